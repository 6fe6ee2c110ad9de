"""What can be changed on the day, and how what everybody sees would look then. Pure.

A change touches a few fields of one session, or of two; all else stays as it was released, whatever
the draft says by now.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import singledispatch

from eventapp.programme.comparing import ShownPerson, ShownSession, Version
from eventapp.programme.kinds import Role
from eventapp.programme.states import Appearance


@dataclass(frozen=True, slots=True)
class ToRoom:
    """A session goes to another room."""

    session_id: int
    room_id: int


@dataclass(frozen=True, slots=True)
class Swap:
    """Two sessions trade rooms."""

    session_id: int
    other_id: int


@dataclass(frozen=True, slots=True)
class AtTime:
    """A session takes place at another time."""

    session_id: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Drop:
    """A session does not take place."""

    session_id: int


@dataclass(frozen=True, slots=True)
class Replace:
    """Somebody takes another's place in a session."""

    session_id: int
    role: Role
    leaving_id: int
    coming_id: int


Wish = ToRoom | Swap | AtTime | Drop | Replace


@dataclass(frozen=True)
class Names:
    """What rooms and people are called where a release names them."""

    rooms: Mapping[int, str]
    person: Callable[[int, Role], ShownPerson]


def wished(version: Version, wish: Wish, names: Names) -> dict[int, ShownSession]:
    """The sessions that would be otherwise, as everybody would see them.

    Raises KeyError for sessions and rooms that there are not.
    """
    return _after(wish, version, names)


@singledispatch
def _after(wish: object, _version: Version, _names: Names) -> dict[int, ShownSession]:
    raise TypeError(f"{wish} is no change of the day")


@_after.register
def _room(wish: ToRoom, version: Version, names: Names) -> dict[int, ShownSession]:
    return {wish.session_id: _in_room(version[wish.session_id], wish.room_id, names)}


@_after.register
def _swap(wish: Swap, version: Version, names: Names) -> dict[int, ShownSession]:
    one, other = version[wish.session_id], version[wish.other_id]
    if one.room_id is None or other.room_id is None:
        raise KeyError("who has no room cannot trade it")
    return {
        one.session_id: _in_room(one, other.room_id, names),
        other.session_id: _in_room(other, one.room_id, names),
    }


def _in_room(shown: ShownSession, room_id: int, names: Names) -> ShownSession:
    return replace(shown, room_id=room_id, room_name=names.rooms[room_id])


@_after.register
def _time(wish: AtTime, version: Version, _names: Names) -> dict[int, ShownSession]:
    shown = version[wish.session_id]
    return {wish.session_id: replace(shown, starts_at=wish.starts_at, ends_at=wish.ends_at)}


@_after.register
def _drop(wish: Drop, version: Version, _names: Names) -> dict[int, ShownSession]:
    shown = version[wish.session_id]
    return {wish.session_id: replace(shown, appearance=Appearance.CANCELLED)}


@_after.register
def _replace(wish: Replace, version: Version, names: Names) -> dict[int, ShownSession]:
    shown = version[wish.session_id]
    coming = names.person(wish.coming_id, wish.role)
    people = tuple(
        coming if (one.contributor_id, one.role) == (wish.leaving_id, wish.role) else one
        for one in shown.people
    )
    if people == shown.people:
        raise KeyError("nobody like that is in this session")
    return {wish.session_id: replace(shown, people=people)}
