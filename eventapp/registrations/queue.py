"""First come, first served: who gets a place now, who waits, who moves up. Pure.

Nobody overtakes: while people wait, a newcomer joins the queue even if a place is free, and a party
that does not fit holds back those behind it until it does. Who asks after the deadline stands
behind everybody who was in time, holds nobody back, and moves up only when an organiser says so.
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


@dataclass(frozen=True, slots=True)
class Waiting:
    """One party of the waiting list: its registration's id and how many places it needs."""

    id: int
    party: int
    timeliness: Timeliness = Timeliness.IN_TIME


def first_state(
    *, party: int, free: int, waiting: int, timeliness: Timeliness
) -> RegistrationState:
    """Confirmed if the party fits, is in time and nobody in time waits; else the waiting list."""
    if party <= free and waiting == 0 and timeliness is Timeliness.IN_TIME:
        return RegistrationState.CONFIRMED
    return RegistrationState.WAITING


def moving_up(free: int, line: Iterable[Waiting]) -> list[Waiting]:
    """Who of the line, longest wait first, gets the free places; stops at the first that does
    not fit, so that a large party is not overtaken for ever."""
    lucky: list[Waiting] = []
    for one in line:
        if one.party > free:
            break
        free -= one.party
        lucky.append(one)
    return lucky
