"""Where a session is to be, as a plain form; and what the board's own script sends."""

from datetime import UTC, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField

from eventapp.events.forms.fields import DayField
from eventapp.foundation.errors import NotFound
from eventapp.foundation.forms import TimeField
from eventapp.programme.board.landing import Gesture
from eventapp.programme.forms import PlacedForm, number_of, shown_place
from eventapp.programme.models import Session
from eventapp.programme.queries import Programme
from eventapp.programme.timetable.places import Place

LONGEST_NUMBER = 10


class MoveForm(PlacedForm):
    """When and where one session is to be, on the event's wall clock."""

    slot = SelectField(
        _l("Slot"), description=_l("Without an end below, the session takes the slot's times.")
    )
    day = DayField(_l("Day"), required=False)
    starts = TimeField(_l("Begins at"), required=False)
    ends = TimeField(_l("Ends at"), required=False)
    last_day = DayField(_l("Last day, if it is another one"), required=False)
    room = SelectField(_l("Room"))
    unplanned = BooleanField(_l("No time yet: put it aside"))

    def __init__(self, programme: Programme, session: Session, **more: Any) -> None:
        """Show where the session is."""
        super().__init__(programme, data=shown_place(programme.event, session), **more)

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: times that exist, in their order; none at all only if that is said."""
        if not super().validate(extra_validators):
            return False
        if self.unplanned.data:
            return True
        if self.chosen_slot() is None or self.ends.data is not None:
            for field in (self.starts, self.ends):
                if field.data is None and not field.errors:
                    field.errors = [*field.errors, _l("Please fill this in.")]
        return self.read_place()

    def place(self) -> Place | None:
        """Where the session is to be, None for no time; only after `validate`."""
        if self.unplanned.data or self.starts_at is None or self.ends_at is None:
            return None
        room, slot = number_of(self.room.data), number_of(self.slot.data)
        return Place(self.starts_at, self.ends_at, room, slot)


def sent_place(fields: Any) -> Place | None:
    """Where the script wants a session; None for the tray. Raises NotFound for what no page sends.

    Begin and end are seconds since 1970, room 0 is none.
    """
    if not fields.get("starts") and not fields.get("ends"):
        return None
    try:
        starts, ends = (_moment(fields.get(name)) for name in ("starts", "ends"))
        return Place(starts, ends, _whole(fields.get("room")) or None)
    except (ValueError, OverflowError, OSError) as strange:
        raise NotFound from strange


def sent_number(fields: Any, name: str) -> int:
    """A whole number that the script sends. Raises NotFound for anything else."""
    try:
        return _whole(fields.get(name))
    except ValueError as strange:
        raise NotFound from strange


def sent_gesture(fields: Any) -> Gesture:
    """What was done to the session."""
    return Gesture.PULL if fields.get("gesture") == Gesture.PULL else Gesture.CARRY


def _moment(text: str | None) -> datetime:
    return datetime.fromtimestamp(_whole(text), UTC)


def _whole(text: str | None) -> int:
    if not (text and text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
        raise ValueError(text)
    return int(text)
