"""What happened last at an event, one sentence each, latest first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date

from eventapp.accounts.models import AuditEntry
from eventapp.foundation.i18n import current_locale
from eventapp.foundation.message import N_, Message, message
from eventapp.invitations.models import Invitation
from eventapp.registrations.models import Registration
from eventapp.registrations.states import RegistrationKind, RegistrationState

SHOWN = 6
ENTRY_WORDS = {
    "event.created": N_("%(who)s creates the event."),
    "event.published": N_("%(who)s publishes the event."),
    "event.withdrawn": N_("%(who)s makes the event a draft again."),
    "event.postponed": N_("%(who)s postpones the event."),
    "event.resumed": N_("%(who)s announces the new date."),
    "event.cancelled": N_("%(who)s calls the event off."),
    "event.archived": N_("%(who)s puts the event into the archive."),
    "event.changed": N_("%(who)s changes the settings of the event."),
    "event.moved": N_("%(who)s chooses another venue."),
    "registration.opened": N_("%(who)s opens registration."),
    "registration.closed": N_("%(who)s closes registration."),
    "wave.sent": N_("%(who)s sends invitations."),
    "programme.published": N_("%(who)s publishes the programme."),
    "attendees.exported": N_("%(who)s exports the attendee list."),
    "list.exported": N_("%(who)s downloads a list."),
}


@dataclass(frozen=True)
class Happening:
    """Something that happened, and when."""

    at: datetime
    sentence: Message


def happenings(
    registrations: Iterable[Registration],
    regrets: Iterable[Invitation],
    entries: Iterable[AuditEntry],
    *,
    ranks: Mapping[int, int],
) -> list[Happening]:
    """The latest of all three, latest first; `ranks` are the places in line by registration."""
    found = [
        happening for row in registrations for happening in _registered(row, ranks.get(row.id, 0))
    ]
    found += [
        Happening(row.replied_at, message("%(name)s cannot come.", name=row.person.name))
        for row in regrets
        if row.replied_at is not None
    ]
    found += [Happening(row.at, message(ENTRY_WORDS[row.action], who=row.actor)) for row in entries]
    return sorted(found, key=lambda happening: happening.at, reverse=True)[:SHOWN]


def _registered(row: Registration, rank: int) -> list[Happening]:
    if row.state is RegistrationState.WAITING:
        return [
            Happening(
                row.waiting_since or row.registered_at,
                message(
                    "%(name)s is number %(rank)s on the waiting list.", name=row.name, rank=rank
                ),
            )
        ]
    if row.state is RegistrationState.CANCELLED:
        return [
            Happening(
                row.cancelled_at or row.registered_at, message("%(name)s cancels.", name=row.name)
            )
        ]
    if row.state is RegistrationState.CONFIRMED:
        return [Happening(row.confirmed_at or row.registered_at, _comes(row))]
    return []


def _comes(row: Registration) -> Message:
    if row.kind is RegistrationKind.SUBSTITUTE:
        return message("%(name)s comes as a substitute.", name=row.name)
    if row.company:
        return message("%(name)s is coming, with company.", name=row.name)
    return message("%(name)s is coming.", name=row.name)


def since_words(at: datetime, zone: str, today: date) -> str:
    """ "today, 15:45", "yesterday, 15:45", within the week "Di., 16:07", else "24.06., 16:07"."""
    local = at.astimezone(ZoneInfo(zone))
    age = today - local.date()
    time = f"{local:%H:%M}"
    if age == timedelta(0):
        return str(message("today, %(time)s", time=time))
    if age == timedelta(days=1):
        return str(message("yesterday, %(time)s", time=time))
    pattern = "EEE" if timedelta(0) < age < timedelta(days=7) else "dd.MM."
    return f"{format_date(local.date(), pattern, locale=current_locale())}, {time}"
