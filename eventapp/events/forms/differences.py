"""Two people changed one thing: what is stored now beside what this person entered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from eventapp.foundation.i18n import format_day, format_moment

_LABELS = {
    "series_id": _l("Series"),
    "starts_at": _l("Begins at"),
    "ends_at": _l("Ends at"),
    "doors_at": _l("Admission from"),
    "registration_opens_at": _l("Registration opens on"),
    "reply_by_on": _l("Answer until"),
    "wishes_close_at": _l("Wishes for talk rounds until"),
    "min_room_change_minutes": _l("Minutes to change rooms"),
}


@dataclass(frozen=True)
class Difference:
    """One field in both versions, as words."""

    label: str
    stored: str
    wanted: str


def differences(
    form: Any, found: Mapping[str, tuple[object, object]], zone: str
) -> list[Difference]:
    """The fields in which the stored version and the person's differ; times in the event's zone."""
    return [
        Difference(_label(form, name), _words(stored, zone), _words(wanted, zone))
        for name, (stored, wanted) in found.items()
    ]


def _label(form: Any, name: str) -> str:
    return str(form[name].label.text) if name in form else str(_LABELS.get(name, name))


def _words(value: object, zone: str) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, datetime):
        return format_moment(value.astimezone(ZoneInfo(zone)), zone)
    if isinstance(value, date):
        return format_day(value)
    return str(value.value if isinstance(value, StrEnum) else value)
