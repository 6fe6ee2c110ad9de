"""How entries of the audit trail are asked for and read, on the page and in a file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime
from typing import Any

from eventapp.accounts.audit import ERASED, NEVER_KEPT
from eventapp.accounts.models import AuditEntry
from eventapp.accounts.permissions import current_host
from eventapp.desk.trail_field_words import (
    field_label,
    field_names,
    filter_words,
    things_in,
    value_label,
)
from eventapp.desk.trail_queries import NamesNow, TrailFilter, event_titles
from eventapp.desk.trail_words import ERASED_WORD
from eventapp.events.models import Event
from eventapp.exports.catalogue import listing_named
from eventapp.foundation.colour import as_hex
from eventapp.foundation.i18n import format_day, format_moment
from eventapp.foundation.message import message
from eventapp.foundation.text import clean
from eventapp.programme.content import CONTENT, UNDOES

ZONE = "Europe/Berlin"
LONGEST_SEARCH = 200
LONGEST_VALUE = 160
NEVER_CUT = frozenset({"columns"})
"""Who took what along is to be seen in full: the last columns of a list tell about health."""
HIDDEN = NEVER_KEPT | {CONTENT, UNDOES}
"""What is left out: nobody's business, or written for the program."""


DAY_LENGTH = len("2027-06-24")
MOMENTS = ("_at", "_on", "_since", "_from", "_until", "since", "until")
"""How the names of values end that are written as a moment or a day."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that changed: its name, what it was, what it became."""

    name: str
    before: str
    after: str


def differences(entry: AuditEntry, names: NamesNow, zone: str = ZONE) -> list[Difference]:
    """What changed, value by value, in words; never what concerns nobody's eyes."""
    shown = [name for name in {**entry.before, **entry.after} if name not in HIDDEN]
    changed = [
        Difference(
            str(field_label(name)),
            _shown(entry, name, entry.before, names, zone),
            _shown(entry, name, entry.after, names, zone),
        )
        for name in shown
        if entry.before.get(name) != entry.after.get(name)
    ]
    return [one for one in changed if one.before != one.after]


def _shown(
    entry: AuditEntry, name: str, values: Mapping[str, Any], names: NamesNow, zone: str
) -> str:
    value = values.get(name)
    if value == ERASED:
        return str(ERASED_WORD)
    text = "" if value in (None, "") else _words(entry, name, value, names, zone)
    if name in NEVER_CUT:
        return text
    return text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + " …"


def _words(entry: AuditEntry, name: str, value: Any, names: NamesNow, zone: str) -> str:
    things = things_in(entry.subject_kind, [(name, value)])
    if things:
        return names.at(things[0], entry.at) or str(message("no longer there"))
    if name in _READ:
        return _READ[name](str(value), entry)
    if name.endswith(MOMENTS):
        return _moment(str(value), zone)
    return str(value_label(entry.subject_kind, name, value))


def _moment(value: str, zone: str) -> str:
    """A moment or a day, kept as ISO 8601, as pages write them; whatever is none stays."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    if moment.tzinfo is not None:
        return format_moment(moment, zone)
    return format_day(moment.date()) if len(value) == DAY_LENGTH else value


def _list_title(key: str, _entry: AuditEntry) -> str:
    listing = listing_named(key)
    return str(listing.title) if listing else key


def _column_names(keys: str, entry: AuditEntry) -> str:
    """The headings of a list's columns; those of questions have only a key here."""
    listing = listing_named(str({**entry.before, **entry.after}.get("list", "")))
    headings = {one.key: str(one.heading) for one in listing.fields} if listing else {}
    return ", ".join(headings.get(key, key) for key in keys.split(", "))


_READ: Mapping[str, Callable[[str, AuditEntry], str]] = {
    "columns": _column_names,
    "fields": lambda value, _entry: field_names(value),
    "filter": lambda value, _entry: filter_words(value),
    "list": _list_title,
    "colour": lambda value, _entry: as_hex(value),
}
"""Values that are more than one word, and how each is read."""
WAYS: Mapping[str, tuple[str, str]] = {
    "contact": ("contacts_organiser.contact", "contact_id"),
    "organisation": ("contacts_groups.organisation", "organisation_id"),
    "invitation": ("registrations_organiser.invitation", "invitation_id"),
    "registration": ("registrations_organiser.guest", "registration_id"),
    "session": ("programme_organiser.session", "session_id"),
    "slot": ("programme_people.slot", "slot_id"),
    "contributor": ("programme_people.person", "contributor_id"),
    "event": ("desk_organiser.overview", ""),
}
"""On which page a thing is looked at, and what that page's address calls its number."""
OF_THE_HOST = frozenset({"contact", "organisation"})


def way_to(entry: AuditEntry, event: Event | None) -> tuple[str, dict[str, Any]] | None:
    """The page about the thing that an entry concerns, as far as it has one."""
    page, number = WAYS.get(entry.subject_kind, ("", ""))
    if not page or not entry.subject_id.isdecimal():
        return None
    address: dict[str, Any] = {number: int(entry.subject_id)} if number else {}
    if entry.subject_kind in OF_THE_HOST:
        return page, address
    return (page, address | {"slug": event.slug}) if event else None


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
    """None also at the ends of the calendar, beyond which a zone might lead."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if MINYEAR < day.year < MAXYEAR else None
