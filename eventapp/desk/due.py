"""What an organiser should do today, most pressing first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from eventapp.desk.casting_tasks import casting_tasks
from eventapp.desk.figures import EventFigures
from eventapp.desk.tasks import (
    DOUBLES,
    GUESTS,
    NAMED,
    NOTICE,
    OUTBOX,
    PROGRAMME,
    REPLIES,
    REVIEW,
    WAVE,
    Task,
    Urgency,
    Way,
    named,
)
from eventapp.events.models import Event
from eventapp.events.states import OVER, EventState
from eventapp.foundation.i18n import format_time
from eventapp.foundation.message import Message, message, plural_message
from eventapp.invitations.models import Invitation, Wave
from eventapp.invitations.replies import ReplyGroup
from eventapp.invitations.states import InvitationState, WaveState
from eventapp.notices.queries import NoticeDue
from eventapp.notices.states import NoticeState
from eventapp.notices.words import title_of
from eventapp.programme.checking import conflicts_in
from eventapp.programme.queries import Programme
from eventapp.programme.timetable.checks import Severity
from eventapp.registrations.guests import GuestGroup
from eventapp.registrations.models import Registration
from eventapp.registrations.permissions import takes_answers
from eventapp.registrations.states import RegistrationState

SOON_DAYS = 7
LOOK = message("Look at them")


@dataclass(frozen=True)
class Standing:
    """How things stand today, as far as something may be due; lists hold the first few."""

    figures: EventFigures
    programme: Programme
    waves: Sequence[Wave]
    undeliverable: Sequence[Invitation]
    lapsing: Sequence[Registration]
    lapsing_count: int
    failed_mails: int
    notices: Sequence[NoticeDue] = ()
    doubles: int = 0


def due_tasks(event: Event, standing: Standing, today: date) -> list[Task]:
    """All that cannot wait; each kind has one line. Of an event that is over only lost mails."""
    figures = standing.figures
    if event.standing in OVER:
        return list(_failed_mails(standing.failed_mails))
    return [
        *_conflicts(standing.programme),
        *casting_tasks(standing.programme, today),
        *_failed_mails(standing.failed_mails),
        *_doubles(standing.doubles),
        *_lapsing_offers(event, standing),
        *_to_approve(figures),
        *_silent(event, figures, today),
        *_notices(standing.notices),
        *_undeliverable(event, figures, standing.undeliverable),
        *_free_places(event, figures),
        *_drafts(event, standing.waves),
    ]


def tasks_at_home(event: Event, figures: EventFigures, notices: Sequence[NoticeDue]) -> list[Task]:
    """What the list of all events says of one: the steps that wait for somebody."""
    if event.standing in OVER:
        return []
    return [
        *_to_approve(figures),
        *_notices(notices),
        *_undeliverable(event, figures, ()),
        *_free_places(event, figures),
    ]


def _conflicts(programme: Programme) -> list[Task]:
    title, step = message("The programme contradicts itself"), message("Resolve")
    hard = [one for one in conflicts_in(programme) if one.severity is Severity.HARD]
    return [Task(title, Way(PROGRAMME), str(one.text), step) for one in hard[:NAMED]]


def _failed_mails(count: int) -> Iterator[Task]:
    if count:
        title = plural_message(
            "One mail could not be delivered", "%(count)s mails could not be delivered", count
        )
        yield Task(title, Way(OUTBOX), step=LOOK)


def _doubles(count: int) -> Iterator[Task]:
    if count:
        title = plural_message(
            "One guest may be registered twice",
            "%(count)s guests may be registered twice",
            count,
        )
        yield Task(title, Way(DOUBLES), step=message("Compare"))


def _lapsing_offers(event: Event, standing: Standing) -> Iterator[Task]:
    if not standing.lapsing:
        return
    title = plural_message(
        "One offered place lapses today",
        "%(count)s offered places lapse today",
        standing.lapsing_count,
    )
    first = standing.lapsing[0].offered_until
    names = named([one.name for one in standing.lapsing], standing.lapsing_count)
    way = Way(GUESTS, {"group": GuestGroup.OFFERED})
    until = Urgency(_until(event, first)) if first else None
    yield Task(title, way, names, urgency=until)


def _until(event: Event, moment: object) -> Message:
    return message("until %(time)s", time=format_time(moment, event.zone))  # type: ignore[arg-type]


def _to_approve(figures: EventFigures) -> Iterator[Task]:
    count = sum(
        number
        for (state, _kind), number in figures.registrations.items()
        if state is RegistrationState.IN_REVIEW
    )
    if count:
        title = plural_message(
            "One registration waits for your approval",
            "%(count)s registrations wait for your approval",
            count,
        )
        yield Task(title, Way(REVIEW), step=message("Decide"))


def _silent(event: Event, figures: EventFigures, today: date) -> Iterator[Task]:
    silent = figures.invitations[InvitationState.SENT]
    if not silent or event.reply_by_on is None or not takes_answers(event):
        return
    days = (event.reply_by_on - today).days
    if days > SOON_DAYS:
        return
    title = plural_message(
        "One person has not answered", "%(count)s people have not answered", silent
    )
    way = Way(REPLIES, {"group": ReplyGroup.UNANSWERED})
    step = LOOK if days >= 0 else None
    yield Task(title, way, str(deadline_words(days)), step)


def deadline_words(days: int) -> Message:
    """How near the reply deadline is, or that it is over."""
    if days < 0:
        return message("The deadline is over")
    if days == 0:
        return message("Answers are due today")
    return plural_message("Answers are due tomorrow", "Answers are due in %(count)s days", days)


def _notices(due: Sequence[NoticeDue]) -> Iterator[Task]:
    """What should go out and waits for somebody to read it, or has missed its time."""
    for one in due:
        missed = one.standing is NoticeState.MISSED
        words = (
            message("Its time is over, it did not go out")
            if missed
            else message("Is due and has not been approved yet")
        )
        title = title_of(one.kind, one.key)
        yield Task(title, Way(NOTICE, {"key": one.key}), str(words), step=message("Read it"))


def _undeliverable(
    event: Event, figures: EventFigures, first: Sequence[Invitation]
) -> Iterator[Task]:
    count = figures.invitations[InvitationState.UNDELIVERABLE]
    if count and event.standing is not EventState.RUNNING:
        title = plural_message(
            "One invitation undeliverable", "%(count)s invitations undeliverable", count
        )
        names = named([invitation.person.name for invitation in first], count)
        way = Way(REPLIES, {"group": ReplyGroup.UNDELIVERABLE})
        yield Task(title, way, names, message("Check addresses"))


def _free_places(event: Event, figures: EventFigures) -> Iterator[Task]:
    """Places are free and somebody waits: nobody is offered one unless an organiser does it."""
    free, waiting = event.places_free - event.reserved_places, figures.waiting
    if free < 1 or not waiting or not takes_answers(event):
        return
    title = plural_message(
        "One place is free while people wait", "%(count)s places are free while people wait", free
    )
    detail = plural_message(
        "One person is on the waiting list", "%(count)s people are on the waiting list", waiting
    )
    way = Way(GUESTS, {"group": GuestGroup.WAITING})
    yield Task(title, way, str(detail), message("Give them out"))


def _drafts(event: Event, waves: Iterable[Wave]) -> Iterator[Task]:
    if event.standing in {EventState.DRAFT, EventState.RUNNING}:
        return
    for wave in waves:
        if wave.state is WaveState.DRAFT and not wave.is_standing:
            title = message("Send “%(wave)s”", wave=wave.name)
            still = str(message("The wave is still a draft"))
            yield Task(title, Way(WAVE, {"number": wave.number}), still, message("Check and send"))
