"""First come, first served: who gets a place now, who waits, who moves up. Pure.

Nobody overtakes: while people wait, a newcomer joins the queue even if a place is free, and a party
that does not fit holds back those behind it until it does. Who asks after the deadline stands
behind everybody who was in time, holds nobody back, and moves up only when an organiser says so.

An organiser may keep places for the guests of declared waves. They are no shortcut to others: who
belongs to such a wave first uses what is kept, in order among themselves, and for more stands in
the one line with everybody.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from eventapp.registrations.states import RegistrationState

LATE_PRIORITY = -1
"""The priority of those who asked after the deadline; everybody else has 0 or more."""


class Timeliness(StrEnum):
    """Whether somebody asks for a place before the deadline; later, nobody gets one unseen."""

    IN_TIME = "in_time"
    LATE = "late"


class Share(StrEnum):
    """Which places are for somebody: those open to all, or also those kept for declared waves."""

    OPEN = "open"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Room:
    """The places that nobody has been promised; `kept` of them are for guests of declared waves."""

    free: int
    kept: int = 0

    @classmethod
    def after(cls, *, free: int, reserved: int, used: int) -> "Room":
        """What is left where so many places are reserved, and so many of these are used."""
        return cls(free=free, kept=min(max(0, reserved - used), max(0, free)))

    @property
    def open(self) -> int:
        """How many are free for everybody."""
        return max(0, self.free - self.kept)

    def for_share(self, share: Share) -> int:
        """How many are free for somebody with this share."""
        return self.free if share is Share.KEPT else self.open


@dataclass(frozen=True, slots=True)
class Waiting:
    """One party of the waiting list: its registration's id and how many places it needs."""

    id: int
    party: int
    timeliness: Timeliness = Timeliness.IN_TIME
    share: Share = Share.OPEN

    @property
    def is_in_time(self) -> bool:
        """Whether the party asked before the deadline, so that it moves up by itself."""
        return self.timeliness is Timeliness.IN_TIME

    def open_places(self, kept: int) -> int:
        """How many of the places that are open to all the party needs beside the kept ones."""
        return max(0, self.party - kept) if self.share is Share.KEPT else self.party


def first_state(
    *, party: int, free: int, waiting: int, timeliness: Timeliness
) -> RegistrationState:
    """Confirmed if the party fits, is in time and nobody in time waits; else the waiting list."""
    if party <= free and waiting == 0 and timeliness is Timeliness.IN_TIME:
        return RegistrationState.CONFIRMED
    return RegistrationState.WAITING


def moving_up(free: int, line: Iterable[Waiting], *, kept: int = 0) -> list[Waiting]:
    """Who of the line, longest wait first, gets the free places; the first that does not fit holds
    back those behind, so that a large party is not overtaken for ever."""
    lucky: list[Waiting] = []
    held_back: set[Share] = set()
    for one in line:
        share = Share.OPEN if one.open_places(kept) else Share.KEPT
        if not _fits(one, Room(free, kept)) or held_back & {share, one.share}:
            held_back |= {share, one.share}
        else:
            kept -= one.party - one.open_places(kept)
            free -= one.party
            lucky.append(one)
        if held_back == set(Share) or not free:
            break
    return lucky


def _fits(one: Waiting, room: Room) -> bool:
    return one.party <= room.free and one.open_places(room.kept) <= room.open
