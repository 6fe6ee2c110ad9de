"""How entries of the audit trail are asked for and read, on the page and in a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from eventapp.accounts.audit import ERASED, NEVER_KEPT
from eventapp.accounts.models import AuditEntry
from eventapp.accounts.permissions import current_host
from eventapp.desk.trail_queries import TrailFilter, event_titles
from eventapp.desk.trail_words import ERASED_WORD, field_label, value_label
from eventapp.events.models import Event
from eventapp.foundation.i18n import format_day, format_moment
from eventapp.foundation.text import clean
from eventapp.programme.content import CONTENT, UNDOES

ZONE = "Europe/Berlin"
LONGEST_SEARCH = 200
LONGEST_VALUE = 160
MOMENTS = frozenset({"at", "on", "since"})
"""How the names of values end that are moments or days."""
DAY_LENGTH = 10
HIDDEN = NEVER_KEPT | {CONTENT, UNDOES}
"""What is left out: nobody's business, or written for the program."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that changed: its name, what it was, what it became."""

    name: str
    before: str
    after: str


def differences(entry: AuditEntry) -> list[Difference]:
    """What changed, value by value; never what concerns nobody's eyes."""
    names = [name for name in {**entry.before, **entry.after} if name not in HIDDEN]
    return [
        Difference(
            str(field_label(name)),
            _shown(entry.subject_kind, name, entry.before),
            _shown(entry.subject_kind, name, entry.after),
        )
        for name in names
        if entry.before.get(name) != entry.after.get(name)
    ]


def _shown(kind: str, name: str, values: dict[str, Any]) -> str:
    value = values.get(name)
    if value is None:
        return ""
    if value == ERASED:
        return str(ERASED_WORD)
    text = _moment(name, str(value)) or str(value_label(kind, name, str(value)))
    return text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + " …"


def _moment(name: str, text: str) -> str:
    """A moment or day, kept as ISO 8601, as the page writes them; "" for whatever is none."""
    if name.rpartition("_")[2] not in MOMENTS:
        return ""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return ""
    if moment.tzinfo is not None:
        return format_moment(moment, ZONE)
    return format_day(moment.date()) if len(text) == DAY_LENGTH else ""


def trail_filter(asked: Mapping[str, str]) -> TrailFilter:
    """What an address asks for; what it cannot mean is left out."""
    kind, _sep, number = asked.get("subject", "").partition(":")
    event = _event(asked.get("event", ""))
    return TrailFilter(
        search=clean(asked.get("q", ""))[:LONGEST_SEARCH],
        action=clean(asked.get("action", ""))[:LONGEST_SEARCH],
        subject=(clean(kind), clean(number)) if number else None,
        scope=event.scope if event else "",
        begun_at=event.created_at if event else None,
        since=_day(asked.get("since", "")),
        until=_day(asked.get("until", "")),
    )


def _event(slug: str) -> Event | None:
    """An event of the organisation; None for all events."""
    events = event_titles(current_host().id) if slug else {}
    return next((event for event in events.values() if event.slug == slug), None)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
