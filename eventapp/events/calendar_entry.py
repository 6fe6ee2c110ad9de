"""An event as a calendar entry: the same in its file, in the mails and wherever else it goes."""

from dataclasses import replace

from eventapp.events.models import Event, Venue
from eventapp.events.states import EventState
from eventapp.foundation.i18n import format_time, localised, use_locale
from eventapp.foundation.ics import CalendarEvent, EntryStatus, calendar_file
from eventapp.foundation.message import message

STATUS = {
    EventState.DRAFT: EntryStatus.TENTATIVE,
    EventState.POSTPONED: EntryStatus.TENTATIVE,
    EventState.CANCELLED: EntryStatus.CANCELLED,
}


def entry_for_event(event: Event, locale: str, base_url: str) -> CalendarEvent:
    """The whole event as one entry; needs its venue and series."""
    status = status_of(event)
    with use_locale(locale):
        return CalendarEvent(
            uid=event.uid,
            sequence=event.sequence,
            created_at=event.created_at,
            last_modified_at=event.last_modified_at,
            starts=event.starts_at,
            ends=event.ends_at,
            zone=event.zone,
            summary=marked(localised(event, "title"), status, event),
            description=_description(event, base_url),
            location=address_of(event.venue),
            url=page_of(event, base_url),
            status=status,
            categories=(localised(event.series, "name"),) if event.series else (),
        )


def event_calendar_file(event: Event, locale: str, base_url: str) -> bytes:
    """The calendar file to download or to attach to a mail about the event."""
    return calendar_file(entry_for_event(event, locale, base_url))


def tentative_calendar_file(event: Event, locale: str, base_url: str) -> bytes:
    """The same for who is on the waiting list: the day is marked, not promised."""
    entry = entry_for_event(event, locale, base_url)
    if entry.status is EntryStatus.CONFIRMED:
        entry = replace(entry, status=EntryStatus.TENTATIVE)
    return calendar_file(entry)


def status_of(event: Event) -> EntryStatus:
    """Whether the event takes place, as calendars say it."""
    return STATUS.get(event.state, EntryStatus.CONFIRMED)


def marked(title: str, status: EntryStatus, event: Event) -> str:
    """The title, with "Cancelled: " or "Postponed: " in front: calendar programs may not say it.

    In the language in force.
    """
    if status is EntryStatus.CANCELLED:
        return str(message("Cancelled: %(title)s", title=title))
    if event.state is EventState.POSTPONED:
        return str(message("Postponed: %(title)s", title=title))
    return title


def address_of(venue: Venue | None) -> str:
    """Name, street, postcode and city on one line; "" without a venue."""
    if venue is None:
        return ""
    parts = (venue.name, venue.street, f"{venue.postcode} {venue.city}".strip())
    return ", ".join(part for part in parts if part)


def page_of(event: Event, base_url: str) -> str:
    """The public page of the event."""
    return f"{base_url}/e/{event.slug}/"


def _description(event: Event, base_url: str) -> str:
    lines = [localised(event, "subtitle")]
    if event.doors_at is not None:
        time = format_time(event.doors_at, event.zone)
        lines.append(str(message("Admission from %(time)s", time=time)))
    lines.append(page_of(event, base_url))  # few programs show URL, so it stands here as well
    return "\n".join(line for line in lines if line)
