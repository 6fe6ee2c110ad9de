"""The demo's days, moved so that its event lies ahead and what happened lies behind. Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

NEAREST_DAYS = 15
WEEK = 7
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d[+-]\d\d:\d\d")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Shift:
    """Whole weeks by which the written dates move; wall clock times stay as they are.

    `days` moves the event and its deadlines, `days_of_past` what already happened, one week less.
    """

    days: int
    zone: str

    @property
    def days_of_past(self) -> int:
        """Days by which records of what happened move."""
        return self.days - WEEK

    def day(self, written: date) -> date:
        """A day of the event or a deadline."""
        return written + timedelta(days=self.days)

    def past_moment(self, written: str) -> datetime:
        """When something happened, from "03.05.2027 14:53" or "03.05.2027" (then at nine)."""
        text = written if " " in written else f"{written} 09:00"
        local = datetime.strptime(text, "%d.%m.%Y %H:%M").replace(tzinfo=ZoneInfo(self.zone))
        return local + timedelta(days=self.days_of_past)

    def moved(self, text: str) -> str:
        """A JSON text with every moment and day in it moved; offsets follow the zone's rules."""
        text = _MOMENT.sub(self._moved_moment, text)
        return _DAY.sub(self._moved_day, text) if self.days else text

    def _moved_moment(self, found: re.Match[str]) -> str:
        local = datetime.fromisoformat(f"{found[1]}T{found[2]}:00") + timedelta(days=self.days)
        moment = local.replace(tzinfo=ZoneInfo(self.zone)).isoformat()
        # the day is moved back here, because the pass over days moves it again
        back = (local - timedelta(days=self.days)).date().isoformat()
        return moment.replace(local.date().isoformat(), back, 1)

    def _moved_day(self, found: re.Match[str]) -> str:
        return self.day(date.fromisoformat(found[0])).isoformat()


def shift_for(event_day: date, *, today: date, zone: str) -> Shift:
    """The shift after which the event lies 15 to 21 days ahead."""
    ahead = (event_day - today).days
    return Shift(days=-WEEK * ((ahead - NEAREST_DAYS) // WEEK), zone=zone)
