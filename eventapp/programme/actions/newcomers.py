"""People entered along with the session in which they take part."""

from collections.abc import Sequence
from dataclasses import asdict

from eventapp.accounts.audit import Actor
from eventapp.foundation.database import db
from eventapp.foundation.text import search_key
from eventapp.programme.actions.changes import AnyPart, Newcomer, NewPart, Part
from eventapp.programme.actions.revision import note
from eventapp.programme.actions.surroundings import Surroundings
from eventapp.programme.keys import free_key
from eventapp.programme.models import Contributor


def enter_newcomers(around: Surroundings, parts: Sequence[AnyPart], *, by: Actor) -> list[Part]:
    """The parts with everybody among the event's contributors; nobody is entered twice.

    Who has the same name and organisation as somebody known is that person. Call it inside the
    session's transaction, with the event locked.
    """
    settled = []
    for part in parts:
        if isinstance(part, NewPart):
            likeness = _likeness(part.person)
            known = {_likeness(each): each for each in around.contributors.values()}
            person = known.get(likeness) or _entered(around, part.person, by=by)
            part = Part(person.id, part.role, part.state)
        settled.append(part)
    return settled


def _entered(around: Surroundings, person: Newcomer, *, by: Actor) -> Contributor:
    key = free_key("M", around.contributor_keys)
    contributor = Contributor(event=around.event, key=key, **asdict(person))
    db.session.add(contributor)
    db.session.flush()
    around.contributors[contributor.id] = contributor
    around.contributor_keys.add(key)
    note(by, "contributor.added", contributor, around.event, name=contributor.name)
    return contributor


def _likeness(person: Newcomer | Contributor) -> tuple[str, ...]:
    names = person.first_name, person.last_name, person.organisation_name
    return tuple(search_key(name) for name in names)
