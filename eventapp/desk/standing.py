"""Places and registration, said plainly: how many are free, until when, and who comes next."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from eventapp.desk.phases import Phase
from eventapp.desk.queries import FrontVersion
from eventapp.events.models import Event
from eventapp.events.states import RegistrationMode
from eventapp.foundation.i18n import format_day, format_number, format_time
from eventapp.foundation.message import Message, message, plural_message


@dataclass(frozen=True)
class Fact:
    """A label, what matters, and a line below it."""

    label: Message
    strong: str
    detail: str = ""


def places_fact(event: Event, version: FrontVersion) -> Fact:
    """How many places are free; when none is, how the waiting list works."""
    label = message("Places")
    free = event.capacity - version.places_taken - version.places_kept
    total = plural_message("One place", "%(count)s places", event.capacity)
    if version.phase in {Phase.OVER, Phase.CALLED_OFF, Phase.POSTPONED, Phase.RUNNING}:
        return Fact(label, str(total))
    if not version.places_taken and not version.places_kept:
        return Fact(label, str(total), str(message("First come, first served")))
    if free > 0:
        left = plural_message(
            "One of %(capacity)s free",
            "%(count)s of %(capacity)s free",
            free,
            capacity=format_number(event.capacity),
        )
        return Fact(label, str(left), str(_afterwards(event)))
    return Fact(label, str(message("Fully booked")), str(_line(event, version.waiting)))


def leads_to_line(event: Event, version: FrontVersion) -> bool:
    """Whether who registers now joins the waiting list, as nobody overtakes who waits already."""
    free = event.capacity - version.places_taken - version.places_kept
    open_to_all = event.registration_mode is RegistrationMode.OPEN and event.waiting_list
    full = free < 1 or version.waiting > 0
    return open_to_all and (full or version.phase is Phase.LATE)


def _afterwards(event: Event) -> Message:
    if event.waiting_list:
        return message("Then a waiting list, first come, first served")
    return message("First come, first served")


def _line(event: Event, waiting: int) -> Message:
    if not event.waiting_list:
        return message("All places are taken")
    if not waiting:
        return message("There is a waiting list, first come, first served")
    return plural_message(
        "One person is on the waiting list, first come, first served",
        "%(count)s people are on the waiting list, first come, first served",
        waiting,
    )


def off(phase: Phase) -> Message | None:
    """That the event does not take place, or not on this day; None where it does."""
    return _CLOSED[phase] if phase in {Phase.CALLED_OFF, Phase.POSTPONED} else None


def registration_fact(event: Event, version: FrontVersion) -> Fact:
    """Until when people may answer, and from when people are admitted."""
    return Fact(message("Registration"), str(_deadline(event, version.phase)), str(_doors(event)))


def _deadline(event: Event, phase: Phase) -> Message:
    if phase is Phase.NOT_YET and event.registration_opens_at is not None:
        local = event.registration_opens_at.astimezone(ZoneInfo(event.zone))
        return message("from %(day)s", day=format_day(local.date()))
    if phase in _CLOSED:
        return _CLOSED[phase]
    if event.reply_by_on is None:
        return message("open until it begins")
    day = format_day(event.reply_by_on)
    if phase is Phase.LATE:
        return message("ended on %(day)s", day=day)
    return message("until %(day)s", day=day)


_CLOSED = {
    Phase.CALLED_OFF: message("called off"),
    Phase.POSTPONED: message("postponed"),
    Phase.OVER: message("over"),
    Phase.RUNNING: message("has begun"),
    Phase.CLOSED: message("closed"),
    Phase.NOT_YET: message("opens soon"),
}


def _doors(event: Event) -> Message:
    if event.doors_at is None:
        return message("Free of charge")
    return message(
        "Free of charge, admission from %(time)s", time=format_time(event.doors_at, event.zone)
    )
