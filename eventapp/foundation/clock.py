"""The one clock. Inside, every moment is aware and UTC."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_held: datetime | None = None


def now() -> datetime:
    """The current moment in UTC, with microseconds."""
    return _held or datetime.now(UTC)


def today(zone: str) -> date:
    """The current day on the wall calendar of an IANA zone."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def held(at: datetime) -> Iterator[None]:
    """Stop the clock at a moment, for tests."""
    global _held
    before, _held = _held, at.astimezone(UTC)
    try:
        yield
    finally:
        _held = before
