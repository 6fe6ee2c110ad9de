"""Who gets which place: added, replaced by the next, and the list of those who could follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from eventapp.accounts.audit import Actor
from eventapp.contacts.states import FormOfAddress
from eventapp.foundation.database import db, lock, transaction
from eventapp.programme.actions.changes import Newcomer, NewPart
from eventapp.programme.actions.newcomers import enter_newcomers
from eventapp.programme.actions.revision import note, touch_session
from eventapp.programme.actions.surroundings import Surroundings, locked_surroundings
from eventapp.programme.casting.errors import NobodyOnTheList, ThereAlready
from eventapp.programme.casting.models import Candidate
from eventapp.programme.casting.queries import candidates_for
from eventapp.programme.casting.states import Direction
from eventapp.programme.errors import NotNow
from eventapp.programme.kinds import Role
from eventapp.programme.models import Contribution, Contributor, Session
from eventapp.programme.states import OUT, SessionState


@dataclass(frozen=True)
class Stranger:
    """Somebody who does not contribute to the event yet, as far as one knows."""

    form_of_address: FormOfAddress
    title: str
    first_name: str
    last_name: str
    organisation_name: str
    email: str


Thing = TypeVar("Thing")
Who = int | Stranger
"""A contributor of the event by number, or somebody new."""


def add_to_cast(session: Session, who: Who, role: Role, *, by: Actor) -> Contribution:
    """Pencil somebody in as the last on the podium. Raises ThereAlready, NotNow if it is off."""
    with transaction():
        around = locked_surroundings(session.event)
        _lock_living(session)
        person = _person(around, who, by=by)
        return _enter(session, person, role, len(session.contributions), by=by)


def replace_by(contribution: Contribution, who: Who, *, by: Actor) -> Contribution:
    """Somebody else takes the place of a person who will not come, with its list and position.

    Raises NotNow where the person may still come or was followed already, ThereAlready.
    """
    session = contribution.session
    with transaction():
        around = locked_surroundings(session.event)
        _lock_living(session)
        lock(contribution)
        person = _person(around, who, by=by)
        return _follow(contribution, person, by=by)


def next_on_the_list(contribution: Contribution, *, by: Actor) -> Contribution:
    """The first candidate takes the place. Raises NobodyOnTheList, NotNow as `replace_by` does."""
    session = contribution.session
    with transaction():
        lock(session.event)
        _lock_living(session)
        lock(contribution)
        there = _people_in(session, contribution.role)
        candidates = [one for one in candidates_for(contribution) if one.contributor not in there]
        if not candidates:
            raise NobodyOnTheList
        return _follow(contribution, candidates[0].contributor, by=by)


def _follow(contribution: Contribution, person: Contributor, *, by: Actor) -> Contribution:
    session = contribution.session
    followed = any(one.replaces_id == contribution.id for one in session.contributions)
    if contribution.state not in OUT or followed:
        raise NotNow
    place = session.contributions.index(contribution)
    new = _enter(session, person, contribution.role, place, by=by, instead_of=contribution)
    _hand_on_list(contribution, new)
    return new


def _enter(
    session: Session,
    person: Contributor,
    role: Role,
    place: int,
    *,
    by: Actor,
    instead_of: Contribution | None = None,
) -> Contribution:
    parts = session.contributions
    if person in _people_in(session, role):
        raise ThereAlready(person.name)
    new = Contribution(contributor=person, role=role)
    new.replaces_id = instead_of.id if instead_of else None
    parts.insert(place, new)
    renumber(parts)
    db.session.flush()
    touch_session(session)
    names = {"name": ("", person.name)}
    if instead_of:
        names["instead_of"] = ("", instead_of.contributor.name)
    note(by, "contribution.added", new, session.event, different=names)
    return new


def _people_in(session: Session, role: Role) -> list[Contributor]:
    return [one.contributor for one in session.contributions if one.role is role]


def _hand_on_list(old: Contribution, new: Contribution) -> None:
    """Whoever has the place now needs no candidate's place; the others stay in their order."""
    for one in candidates_for(old):
        if one.contributor_id == new.contributor_id:
            db.session.delete(one)
        else:
            one.contribution = new


def add_candidate(contribution: Contribution, who: Who, *, by: Actor) -> Candidate:
    """Put somebody at the end of the list for a place. Raises ThereAlready."""
    session = contribution.session
    with transaction():
        around = locked_surroundings(session.event)
        _lock_living(session)
        lock(contribution)
        person = _person(around, who, by=by)
        known = candidates_for(contribution)
        there = _people_in(session, contribution.role)
        if person in there or person in [one.contributor for one in known]:
            raise ThereAlready(person.name)
        row = Candidate(contribution=contribution, contributor=person, position=len(known))
        db.session.add(row)
        note(by, "candidate.added", contribution, session.event, different=_named(person))
        return row


def remove_candidate(candidate: Candidate, *, by: Actor) -> None:
    """Take somebody off the list for a place; the person stays among the contributors."""
    contribution = candidate.contribution
    event = contribution.session.event
    with transaction():
        lock(event)
        lock(candidate)
        gone = {name: (new, old) for name, (old, new) in _named(candidate.contributor).items()}
        note(by, "candidate.removed", contribution, event, different=gone)
        db.session.delete(candidate)


def move_candidate(candidate: Candidate, direction: Direction, *, by: Actor) -> None:
    """Ask somebody earlier or later than before; the first stays first, the last last."""
    contribution = candidate.contribution
    event = contribution.session.event
    with transaction():
        lock(event)
        lock(candidate)
        rows = list(candidates_for(contribution))
        if step(rows, rows.index(candidate), direction):
            for position, one in enumerate(rows):
                one.position = position
            note(
                by, "candidate.moved", contribution, event, different=_named(candidate.contributor)
            )


def step(rows: list[Thing], place: int, direction: Direction) -> bool:
    """Move one of a list a place up or down; False where it has nowhere to go."""
    other = place + (1 if direction is Direction.DOWN else -1)
    if not 0 <= other < len(rows):
        return False
    rows[place], rows[other] = rows[other], rows[place]
    return True


def renumber(parts: Sequence[Contribution]) -> None:
    """Keep the order of the list as positions."""
    for position, one in enumerate(parts):
        one.position = position


def _lock_living(session: Session) -> None:
    lock(session)
    if session.state is SessionState.CANCELLED:
        raise NotNow


def _named(person: Contributor) -> dict[str, tuple[object, object]]:
    return {"name": ("", person.name)}


def _person(around: Surroundings, who: Who, *, by: Actor) -> Contributor:
    """Whoever is meant, entered where nobody of that name and organisation is there yet."""
    if isinstance(who, int):
        if who not in around.contributors:
            raise NotNow
        return around.contributors[who]
    newcomer = Newcomer(who.first_name, who.last_name, who.organisation_name)
    [part] = enter_newcomers(around, [NewPart(newcomer, Role.PANEL)], by=by)
    person = around.contributors[part.contributor_id]
    person.email = person.email or who.email
    person.title = person.title or who.title
    if person.form_of_address is FormOfAddress.NONE:
        person.form_of_address = who.form_of_address
    return person
