"""Reading what contributors say."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField

from eventapp.consents.forms import NeedsForm
from eventapp.events.forms.fields import DayField, moment_of
from eventapp.events.models import Event
from eventapp.foundation.errors import Invalid
from eventapp.foundation.forms import (
    BaseForm,
    EmailField,
    LongTextField,
    TextField,
    TimeField,
)
from eventapp.foundation.message import message
from eventapp.programme.casting.actions import LONGEST_REASON
from eventapp.programme.models import Contributor
from eventapp.speakers.marks import mark_of_texts, mark_of_times, mark_of_travel
from eventapp.speakers.models import SpeakerSheet
from eventapp.speakers.requests import Availability, Refusal, Travel

BIOGRAPHY_LENGTH = 500
NOTE_LENGTH = 500

__all__ = [
    "AgreeForm", "AvailabilityForm", "BiographyForm", "NeedsForm", "RefusalForm", "SeenForm",
    "TechnicalForm", "TravelForm",
]  # fmt: skip


class MarkedForm(BaseForm):
    """Carries the mark of what was on the page, so that nothing unseen is written over."""

    mark = HiddenField()

    @property
    def seen(self) -> str:
        """The mark that the page carried."""
        return str(self.mark.data or "")


class SeenForm(MarkedForm):
    """The button "seen"."""


class AgreeForm(SeenForm):
    """The button "I will be there", the same for one part."""


class RefusalForm(BaseForm):
    """Why somebody cannot come, and whom they propose."""

    reason = LongTextField(
        _l("Would you tell us why?"),
        required=True,
        limit=LONGEST_REASON,
        description=_l("Only the organisers read this."),
    )
    colleague_name = TextField(_l("Name"), required=False)
    colleague_organisation = TextField(_l("Organisation"), required=False)
    colleague_email = EmailField(_l("E-mail address"), required=False)

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: whoever is proposed has a name."""
        fine = bool(super().validate(extra_validators))
        more = self.colleague_email.data or self.colleague_organisation.data
        if more and not self.colleague_name.data:
            self.refuse(Invalid("colleague_name", message("Please give the name as well.")))
            return False
        return fine

    def refusal(self) -> Refusal:
        """What was said; only after `validate`."""
        return Refusal(
            reason=self.keep("reason"),
            colleague_name=self.keep("colleague_name"),
            colleague_email=self.keep("colleague_email"),
            colleague_organisation=self.keep("colleague_organisation"),
        )


def _counted() -> dict[str, str]:
    return {"data-counted": str(BIOGRAPHY_LENGTH), "rows": "7"}


class BiographyForm(MarkedForm):
    """A few words about the person, in both languages."""

    biography_de = LongTextField(
        _l("About you, in German"),
        limit=BIOGRAPHY_LENGTH,
        description=_l("At most 500 characters."),
        render_kw=_counted(),
    )
    biography_en = LongTextField(
        _l("About you, in English"),
        limit=BIOGRAPHY_LENGTH,
        description=_l("At most 500 characters. Left empty, the German text is shown."),
        render_kw=_counted(),
    )

    def __init__(self, person: Contributor, **more: Any) -> None:
        """Show what is stored."""
        super().__init__(
            data={"biography_de": person.biography_de, "biography_en": person.biography_en}, **more
        )
        if not self.is_submitted():
            self.now_seen(person)

    def now_seen(self, person: Contributor) -> None:
        """Whoever saves the next time has read what is stored."""
        self.mark.data = mark_of_texts(person.biography_de, person.biography_en)


class TechnicalForm(MarkedForm):
    """What somebody needs on the stage."""

    technical = LongTextField(
        _l("What do you need?"),
        limit=NOTE_LENGTH,
        description=_l(
            "For example your own laptop, sound from a video, a flip chart, no lectern. Leave it"
            " empty if you need nothing special."
        ),
        render_kw={"rows": "4"},
    )

    def __init__(self, sheet: SpeakerSheet | None, **more: Any) -> None:
        """Show what is stored."""
        super().__init__(data={"technical": sheet.technical if sheet else ""}, **more)
        if not self.is_submitted():
            self.now_seen(sheet)

    def now_seen(self, sheet: SpeakerSheet | None) -> None:
        """Whoever saves the next time has read what is stored."""
        self.mark.data = mark_of_texts(sheet.technical if sheet else "")


class TravelForm(MarkedForm):
    """How somebody comes."""

    arrival = TextField(
        _l("How and when do you arrive?"),
        required=False,
        description=_l("For example by train, 13:42 at the main station."),
    )
    parking = BooleanField(_l("I need a parking space"))
    hotel = BooleanField(_l("I need a room for the night"))
    hotel_note = TextField(
        _l("From when to when"),
        required=False,
        description=_l("For example the night before."),
    )

    def __init__(self, sheet: SpeakerSheet | None, **more: Any) -> None:
        """Show what is stored."""
        names = ("arrival", "parking", "hotel", "hotel_note")
        super().__init__(
            data={name: getattr(sheet, name) for name in names} if sheet else None, **more
        )
        if not self.is_submitted():
            self.now_seen(sheet)

    def now_seen(self, sheet: SpeakerSheet | None) -> None:
        """Whoever saves the next time has read what is stored."""
        self.mark.data = mark_of_travel(sheet)

    def travel(self) -> Travel:
        """What was said; only after `validate`."""
        return Travel(
            arrival=self.keep("arrival"),
            hotel=bool(self.keep("hotel")),
            hotel_note=self.keep("hotel_note"),
            parking=bool(self.keep("parking")),
        )


class AvailabilityForm(MarkedForm):
    """From when until when somebody is there, on the event's wall clock."""

    day = DayField(_l("Day"))
    available_from = TimeField(_l("There from"), required=False)
    until = TimeField(_l("There until"), required=False)
    availability_fixed = BooleanField(_l("These times are fixed: at others I cannot be there"))

    def __init__(self, event: Event, person: Contributor, **more: Any) -> None:
        """Show what is stored."""
        self.zone = event.zone
        super().__init__(data=_shown_times(event, person), **more)
        self.from_at: datetime | None = None
        self.until_at: datetime | None = None
        if not self.is_submitted():
            self.now_seen(person)

    def now_seen(self, person: Contributor) -> None:
        """Whoever saves the next time has read what is stored."""
        self.mark.data = mark_of_times(person)

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: the times exist, and follow each other."""
        if not super().validate(extra_validators):
            return False
        day = self.day.data
        self.from_at = moment_of(self.available_from, day, self.available_from.data, self.zone)
        self.until_at = moment_of(self.until, day, self.until.data, self.zone)
        if self.from_at and self.until_at and self.until_at <= self.from_at:
            self.refuse(Invalid("until", message("The end must come after the start.")))
        return not any(field.errors for field in self)

    def availability(self) -> Availability:
        """What was said; only after `validate`."""
        return Availability(
            available_from=self.from_at,
            available_until=self.until_at,
            availability_fixed=bool(self.keep("availability_fixed")),
        )


def _shown_times(event: Event, person: Contributor) -> dict[str, object]:
    zone = ZoneInfo(event.zone)
    shown: dict[str, object] = {
        "day": event.starts_on,
        "availability_fixed": person.availability_fixed,
    }
    for name, moment in (("until", person.available_until),
                         ("available_from", person.available_from)):  # fmt: skip
        if moment is not None:
            local = moment.astimezone(zone)
            shown |= {name: local.time(), "day": local.date()}
    return shown
