"""Short names that nobody has to invent: T1, T2 for rounds, P01 for other sessions. Pure."""

from collections.abc import Container
from itertools import count


def free_key(prefix: str, taken: Container[str]) -> str:
    """The first of "T1", "T2", … that is not taken."""
    return next(key for key in (f"{prefix}{number}" for number in count(1)) if key not in taken)
