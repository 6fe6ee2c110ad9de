"""Fields and helpers that the forms of events share."""

import re
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, Form, HiddenField, IntegerField
from wtforms.validators import NumberRange, ValidationError

from eventapp.foundation import clock, hrefs
from eventapp.foundation.errors import Invalid
from eventapp.foundation.forms import (
    BaseForm,
    DateField,
    Filled,
    OptionalRaw,
    TextField,
    local_moment,
)

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
MOST_PEOPLE = 100_000
POSTCODE_LENGTH = 12
_GERMAN = re.compile(r"(?:D-)?(\d{5})", re.ASCII)
_FOREIGN = re.compile(r"(?!D-)[A-Z]{1,3}-[0-9A-Z][0-9A-Z -]*[0-9A-Z]", re.ASCII)


class NumberField(IntegerField):  # type: ignore[misc]  # WTForms ships no types
    """A whole number within limits, with its complaints in words."""

    def __init__(
        self,
        label: object,
        *,
        least: int = 0,
        most: int = MOST_PEOPLE,
        required: bool = True,
        **more: Any,
    ) -> None:
        """Both limits are allowed values."""
        within = NumberRange(least, most, _l("Please give a number from %(min)s to %(max)s."))
        super().__init__(
            label,
            validators=[Filled() if required else OptionalRaw(), within],
            render_kw={"min": least, "max": most, "inputmode": "numeric"},
            **more,
        )

    def process_formdata(self, valuelist: list[str]) -> None:
        """Accept what people write: 1.000 as well as 1000."""
        text = valuelist[0].strip().replace(".", "").replace(" ", "") if valuelist else ""
        if not text:
            self.data = None
        elif text.isascii() and text.lstrip("-").isdigit() and len(text) < 10:
            self.data = int(text)
        else:
            self.data = None
            raise ValueError(_("Please give a whole number."))


class DayField(DateField):
    """A day within this century, so that no calculation with it can run over."""

    def __init__(self, label: object, *, required: bool = True, **more: Any) -> None:
        """`required` adds the check that something was given."""
        super().__init__(label, required=required, validators=[_plausible], **more)


class ZoneField(TextField):
    """An IANA zone such as Europe/Berlin, with suggestions."""

    def __init__(self, label: object, **more: Any) -> None:
        """Adds the check that the zone exists."""
        super().__init__(label, limit=60, validators=[known_zone], **more)


def known_zone(form: Form, field: Field) -> None:
    """Refuse a zone that the zone data does not know."""
    try:
        ZoneInfo(field.data or "")
    except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
        raise ValidationError(
            _("This time zone is unknown. An example is Europe/Berlin.")
        ) from problem


def zone_suggestions() -> list[str]:
    """The zones to offer: all of Europe, and UTC."""
    return ["UTC", *sorted(zone for zone in available_timezones() if zone.startswith("Europe/"))]


def web_address(form: Form, field: Field) -> None:
    """Refuse what is not the address of a page."""
    if field.data and not hrefs.web_address(field.data):
        raise ValidationError(_("Please give an address such as https://www.example.org."))


def plausible_postcode(form: Form, field: Field) -> None:
    """Refuse what is neither five digits nor a postcode behind the letters of another country."""
    written = str(field.data or "").upper()
    german = _GERMAN.fullmatch(written)
    if written and not german and not _FOREIGN.fullmatch(written):
        raise ValidationError(_("Please give five digits, or the country as well: A-6020."))
    field.data = german[1] if german else written


def _plausible(form: Form, field: Field) -> None:
    if field.data and not EARLIEST <= field.data <= LATEST:
        raise ValidationError(_("Please check the year."))


def moment_of(
    field: Field, day: date | None, clock_time: time | None, zone: str
) -> datetime | None:
    """The moment of a day and a wall clock; puts what is wrong with it beside the field."""
    if day is None or clock_time is None:
        return None
    try:
        return local_moment(day, clock_time, zone)
    except Invalid as problem:
        field.errors = [*field.errors, str(problem.text)]
        return None


class SeenForm(BaseForm):
    """A form that says which version of things it was filled from."""

    seen = HiddenField()


class DatedForm(BaseForm):
    """A form that asks back when the day is over: mostly a slip, but some enter past events."""

    in_past = BooleanField(_l("Yes, the day is meant like this"))

    @property
    def asks_about_past(self) -> bool:
        """Whether the question belongs on the page."""
        return bool(self.in_past.errors or self.in_past.data)

    def accepts(self, starts_at: datetime | None) -> bool:
        """Whether the event is still to come, or is meant to lie in the past."""
        if starts_at is None or starts_at > clock.now() or self.in_past.data:
            return True
        self.in_past.errors = [_("This day or hour is over already. Is it meant like this?")]
        return False
