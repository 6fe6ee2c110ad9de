"""Whom a release concerns: contributors by their part, guests by what is for all of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from eventapp.programme.comparing import GOES, ChangeKind, PartKind, SessionDifference
from eventapp.programme.kinds import MODERATING, Role, SessionKind
from eventapp.programme.models import Contribution, Contributor, Session
from eventapp.programme.states import NAMED_IN_PUBLIC, OUT

FOR_ALL_IN_IT = GOES | {
    ChangeKind.ADDED,
    ChangeKind.REINSTATED,
    ChangeKind.TIME,
    ChangeKind.ROOM,
    ChangeKind.TITLE,
}
"""What everybody who does something in a session has to know. Of others who join or leave it, those
who moderate it learn as well."""
FOR_GUESTS = GOES | {ChangeKind.REINSTATED, ChangeKind.TIME}
FOR_GUESTS_ON_THE_DAY = FOR_GUESTS | {ChangeKind.ROOM}
"""Before the day a room is looked up; on it, guests are on their way to the old one."""


@dataclass(frozen=True)
class Concerned:
    """A contributor, and what a release changes for them, by time."""

    contributor: Contributor
    differences: tuple[SessionDifference, ...]
    left: frozenset[int]
    """Sessions, by id, in which they have no part any more."""


def concerned_contributors(
    differences: Sequence[SessionDifference],
    sessions: Iterable[Session],
    contributors: Iterable[Contributor],
) -> list[Concerned]:
    """Everybody to be told, in the order of the contributors.

    Whoever has declined or dropped out knows it from themselves.
    """
    rows = {session.id: session for session in sessions}
    found: dict[int, list[SessionDifference]] = {}
    left: dict[int, set[int]] = {}
    for each in differences:
        parts = rows[each.session_id].contributions if each.session_id in rows else []
        for number in _still_in(each, parts):
            found.setdefault(number, []).append(each)
        for number in _no_longer_in(each, parts):
            found.setdefault(number, []).append(each)
            left.setdefault(number, set()).add(each.session_id)
    return [
        Concerned(person, tuple(found[person.id]), frozenset(left.get(person.id, ())))
        for person in contributors
        if person.id in found
    ]


def _still_in(difference: SessionDifference, parts: Sequence[Contribution]) -> list[int]:
    sure = [part for part in parts if part.state in NAMED_IN_PUBLIC]
    drafted = {part.contributor_id for part in parts}
    kept = difference.after.people if difference.after else ()
    joined = {
        change.person.contributor_id
        for change in difference.parts
        if change.kind is PartKind.JOINED
    }
    everybody = not FOR_ALL_IN_IT.isdisjoint(difference.kinds)
    told = [
        part.contributor_id
        for part in sure
        if everybody or part.contributor_id in joined or _leads(part, difference)
    ]
    if everybody:  # who is taken out in the draft alone still has to be there
        told += [one.contributor_id for one in kept if one.contributor_id not in drafted]
    return list(dict.fromkeys(told))


def _leads(part: Contribution, difference: SessionDifference) -> bool:
    others = any(change.kind is not PartKind.NAMED for change in difference.parts)
    return part.role in MODERATING and others


def _no_longer_in(difference: SessionDifference, parts: Sequence[Contribution]) -> Iterator[int]:
    if difference.before is None or not difference.parts:
        return
    there = {part.contributor_id for part in parts if part.state not in OUT}
    knows = {part.contributor_id for part in parts if part.state in OUT}
    gone = [
        change.person.contributor_id
        for change in difference.parts
        if change.kind is PartKind.LEFT and change.person.role is not Role.PROTOCOL
    ]
    yield from dict.fromkeys(one for one in gone if one not in there | knows)


def for_all_guests(
    differences: Sequence[SessionDifference], kinds: frozenset[ChangeKind] = FOR_GUESTS
) -> list[SessionDifference]:
    """What concerns every guest: the plenary programme at another time, or not at all.

    Rounds of a slot are not for all: guests learn of theirs once they have a seat in it.
    """
    return [each for each in differences if _is_plenary(each) and _is_felt(each, kinds)]


def _is_plenary(difference: SessionDifference) -> bool:
    known = difference.before or difference.shown
    return known.slot_id is None and known.kind is not SessionKind.TALK_ROUND


def _is_felt(difference: SessionDifference, kinds: frozenset[ChangeKind]) -> bool:
    return difference.before is not None and not kinds.isdisjoint(difference.kinds)
