"""One slot: its name and its time."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l

from eventapp.events.forms.fields import DayField
from eventapp.events.models import Event
from eventapp.foundation.forms import TextField, TimeField
from eventapp.programme.actions import SlotChange
from eventapp.programme.forms.base import EntryForm
from eventapp.programme.forms.spans import read_span
from eventapp.programme.models import Slot


class SlotForm(EntryForm):
    """A slot as an organiser sees it; times on the event's wall clock."""

    name_de = TextField(_l("Name in German"))
    name_en = TextField(_l("Name in English"), required=False)
    day = DayField(_l("Day"))
    starts = TimeField(_l("Begins at"))
    ends = TimeField(_l("Ends at"))

    def __init__(self, event: Event, slot: Slot | None, **more: Any) -> None:
        """Show a slot as it is, or an empty one on the event's day."""
        self.event, self.slot_key = event, slot.key if slot else ""
        super().__init__(data=_shown(event, slot), **more)
        self.starts_at: datetime | None = None
        self.ends_at: datetime | None = None

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: start and end exist on the wall clock, in their order."""
        if not super().validate(extra_validators):
            return False
        self.starts_at, self.ends_at = read_span(self, self.event, self.keep("day"))
        return not any(field.errors for field in self)

    def change(self) -> SlotChange:
        """What the organiser wants the slot to say; only after `validate`."""
        if self.starts_at is None or self.ends_at is None:
            raise ValueError("the form has not been validated")
        return SlotChange(
            key=self.slot_key,
            name_de=self.keep("name_de"),
            name_en=self.keep("name_en"),
            starts_at=self.starts_at,
            ends_at=self.ends_at,
        )


def _shown(event: Event, slot: Slot | None) -> dict[str, object]:
    if slot is None:
        return {"day": event.starts_on}
    zone = ZoneInfo(event.zone)
    starts = slot.starts_at.astimezone(zone)
    return {
        "name_de": slot.name_de,
        "name_en": slot.name_en,
        "day": starts.date(),
        "starts": starts.time(),
        "ends": slot.ends_at.astimezone(zone).time(),
    }
