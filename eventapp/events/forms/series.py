"""Choosing the series of an event, or founding one."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from eventapp.events.models import Series

NEW = "new"
NONE = ""


def series_choices(series: Sequence[Series]) -> list[tuple[str, str]]:
    """The host's series, between none and a new one."""
    known = [(str(row.id), row.name_de) for row in series]
    return [(NONE, _("No series")), *known, (NEW, _("A new series"))]


def number_of(choice: str | None) -> int | None:
    """The id that was chosen, if one was."""
    return int(choice) if choice and choice.isdecimal() else None


def new_series_name(form: Any) -> str:
    """What the series is called that is to be founded, or ""."""
    return str(form.new_series.data or "") if form.series.data == NEW else ""
