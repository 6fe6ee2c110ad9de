"""When and where a session is: what the forms share that ask for it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from eventapp.events.models import Event, Room
from eventapp.foundation.i18n import format_range, localised
from eventapp.programme.forms.base import EntryForm
from eventapp.programme.forms.spans import read_span
from eventapp.programme.models import Session, Slot
from eventapp.programme.queries import Programme

NONE = ""


@dataclass(frozen=True)
class Begun:
    """Where a new session is to begin."""

    starts_at: datetime
    room_id: int | None


class PlacedForm(EntryForm):
    """A form with the fields slot, day, starts, ends, last_day and room, on the event's clock."""

    def __init__(self, programme: Programme, **more: Any) -> None:
        """Offer the slots of the programme and its rooms."""
        self.event = programme.event
        self.slots = {str(slot.id): slot for slot in programme.slots}
        super().__init__(**more)
        self.slot.choices = [(NONE, _("No slot")), *_slot_choices(programme)]
        self.room.choices = [(NONE, _("No room yet")), *_room_choices(programme.rooms)]
        self.starts_at: datetime | None = None
        self.ends_at: datetime | None = None

    def read_place(self) -> bool:
        """Start and end exist on the wall clock, both or neither, in their order; a slot gives its
        times where no end is given."""
        slot = self.chosen_slot()
        if slot is not None and self.ends.data is None:
            self.starts_at, self.ends_at = slot.starts_at, slot.ends_at
            return True
        self._read_times(self.day.data or self.event.starts_on)
        return not any(field.errors for field in self)

    def _read_times(self, day: date) -> None:
        for given, other in ((self.starts, self.ends), (self.ends, self.starts)):
            if given.data is None and other.data is not None:
                given.errors = [*given.errors, _("Please give both times, or neither.")]
        self.starts_at, self.ends_at = read_span(self, self.event, day, self.last_day.data)

    def chosen_slot(self) -> Slot | None:
        """The slot that was chosen."""
        return self.slots.get(self.slot.data)


def shown_place(event: Event, session: Session) -> dict[str, object]:
    """When and where a session is, as the fields show it."""
    shown: dict[str, object] = {
        "room": str(session.room_id or NONE),
        "slot": str(session.slot_id or NONE),
        "day": event.starts_on,
    }
    if session.starts_at and session.ends_at:
        zone = ZoneInfo(event.zone)
        starts, ends = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
        shown |= {"day": starts.date(), "starts": starts.time(), "ends": ends.time()}
        if ends.date() != starts.date():
            shown["last_day"] = ends.date()
    return shown


def _slot_choices(programme: Programme) -> list[tuple[str, str]]:
    zone = programme.event.zone
    return [
        (
            str(slot.id),
            f"{localised(slot, 'name')}, {format_range(slot.starts_at, slot.ends_at, zone)}",
        )
        for slot in programme.slots
    ]


def _room_choices(rooms: Any) -> list[tuple[str, str]]:
    return [(str(room.id), _room_label(room)) for room in rooms]


def _room_label(room: Room) -> str:
    return str(_("%(name)s, %(seats)s seats", name=room.name, seats=room.capacity))


def number_of(choice: str | None) -> int | None:
    """The id that was chosen; None for nothing."""
    return int(choice) if choice and choice.isdecimal() else None
