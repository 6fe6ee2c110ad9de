"""People entered along with the session in which they take part."""

from collections.abc import Sequence
from dataclasses import asdict

from eventapp.accounts.audit import Actor
from eventapp.events.models import Event
from eventapp.foundation.database import db
from eventapp.foundation.text import search_key
from eventapp.programme import queries
from eventapp.programme.actions.changes import AnyPart, Newcomer, NewPart, Part
from eventapp.programme.actions.revision import note
from eventapp.programme.keys import free_key
from eventapp.programme.models import Contributor


def enter_newcomers(event: Event, parts: Sequence[AnyPart], *, by: Actor) -> list[Part]:
    """The parts with everybody among the event's contributors; nobody is entered twice.

    Who has the same name and organisation as somebody known is that person. Call it inside the
    session's transaction, with the event locked.
    """
    known = {_likeness(each): each for each in queries.contributors_of(event)}
    taken = queries.keys_of(event, Contributor)
    settled = []
    for part in parts:
        if isinstance(part, NewPart):
            likeness = _likeness(part.person)
            if likeness not in known:
                known[likeness] = _entered(event, part.person, free_key("M", taken), by=by)
                taken.add(known[likeness].key)
            part = Part(known[likeness].id, part.role, part.state)
        settled.append(part)
    return settled


def _entered(event: Event, person: Newcomer, key: str, *, by: Actor) -> Contributor:
    contributor = Contributor(event=event, key=key, **asdict(person))
    db.session.add(contributor)
    db.session.flush()
    note(by, "contributor.added", contributor, event, name=contributor.name)
    return contributor


def _likeness(person: Newcomer | Contributor) -> tuple[str, ...]:
    names = person.first_name, person.last_name, person.organisation_name
    return tuple(search_key(name) for name in names)
