"""What an event of a series takes over from the one before, and on which day it is. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from eventapp.foundation.errors import Invalid
from eventapp.foundation.message import message

_EDITIONS = UUID("0f6b1f0c-9a57-5c0c-8f11-7f1d7e6c2a42")
_YEAR = timedelta(weeks=52)


class Taken(StrEnum):
    """What can be taken over. Nothing about guests is among it."""

    PLACE = "place"
    PARTNERS = "partners"
    TEXTS = "texts"
    SETTINGS = "settings"
    QUESTIONS = "questions"
    NOTICES = "notices"
    PROGRAMME = "programme"
    PEOPLE = "people"


UNLESS_ASKED = frozenset(Taken) - {Taken.PEOPLE}
"""What is taken over unless somebody says otherwise: everything but persons."""


@dataclass(frozen=True, kw_only=True)
class NextEdition:
    """What an organiser wants of the next edition.

    `once` marks the page it was asked from: the same page sent twice makes one event.
    """

    title_de: str
    title_en: str
    edition: int | None
    slug: str
    day: date
    take: Collection[Taken]
    once: str

    def uid(self, before: str) -> str:
        """The calendar UID of the new event, by the UID of the one before it."""
        return f"{uuid5(_EDITIONS, f'{before} {self.once}')}@eventapp"


@dataclass(frozen=True)
class DayShift:
    """By how many days everything moves; on the wall clock of `zone` its time of day stays."""

    days: int
    zone: str

    def moment(self, at: datetime) -> datetime:
        """So many days later, at the same time of day.

        Of two moments with one wall time the first is meant. Raises Invalid, beside the field of
        the day, where the clocks leave that time out.
        """
        wall = at.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None) + timedelta(days=self.days)
        moved = wall.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)
        if moved.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None) != wall:
            raise Invalid(
                "day",
                message(
                    "In the night of that day the clocks go forward: %(time)s does not exist, but "
                    "something begins or ends then. Please choose another day, or mend that time "
                    "first.",
                    time=f"{wall:%H:%M}",
                ),
            )
        return moved

    def maybe(self, at: datetime | None) -> datetime | None:
        """The same for what may have no time."""
        return None if at is None else self.moment(at)

    def date(self, on: date | None) -> date | None:
        """So many days later."""
        return None if on is None else on + timedelta(days=self.days)


def proposed_day(last: date, today: date) -> date:
    """The same weekday a year later, and later still until it is ahead."""
    day = last + _YEAR
    while day <= today:
        day += _YEAR
    return day
