"""How far a place in a session is, as the casting board sorts it."""

from enum import StrEnum


class Stage(StrEnum):
    """What is to be done about a place, in the order of the work."""

    OPEN = "open"
    TO_ASK = "to_ask"
    WAITING = "waiting"
    AGREED = "agreed"
    CONFIRMED = "confirmed"


class Direction(StrEnum):
    """Where something moves in a list."""

    UP = "up"
    DOWN = "down"
