"""What an organiser should do: what is due now, what is missing, and what comes first of all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eventapp.desk.figures import EventFigures
from eventapp.events.models import Event
from eventapp.events.states import EventState
from eventapp.foundation.i18n import localised
from eventapp.foundation.message import Message, message, plural_message
from eventapp.invitations.models import Invitation, Wave
from eventapp.invitations.replies import ReplyGroup
from eventapp.invitations.states import InvitationState, WaveState
from eventapp.programme.checking import conflicts_in
from eventapp.programme.kinds import CALM, MODERATED, MODERATING
from eventapp.programme.models import Session
from eventapp.programme.queries import Programme
from eventapp.programme.states import NAMED_IN_PUBLIC, OUT
from eventapp.programme.timetable import Severity

NAMED = 3
SOON_DAYS = 7


@dataclass(frozen=True)
class Task:
    """Something to do: what, whom it concerns, and which page does it.

    `step` is what the button says that leads there; without one the title leads there. `group`
    narrows the page down to those whom it concerns.
    """

    title: Message
    detail: str
    page: str
    step: Message | None = None
    count: int = 0
    group: str | None = None


REPLIES, WAVES = "registrations_organiser.replies", "invitations_organiser.waves"
PROGRAMME = "programme_organiser.programme"
OUTBOX, LIFE = "outbox.mails", "events_organiser.life"
UNANSWERED = ReplyGroup.UNANSWERED


def due_tasks(
    event: Event,
    figures: EventFigures,
    programme: Programme,
    *,
    days_to_deadline: int | None,
    undeliverable: Sequence[Invitation],
    waves: Iterable[Wave],
    failed_mails: int,
) -> list[Task]:
    """What cannot wait, most pressing first."""
    tasks = [*_conflict_tasks(programme), *_mail_tasks(failed_mails)]
    tasks += _reply_tasks(figures, days_to_deadline)
    tasks += _undeliverable_tasks(figures, undeliverable)
    tasks += [
        Task(
            message("Send “%(wave)s”", wave=wave.name),
            str(message("The wave is still a draft")),
            WAVES,
        )
        for wave in waves
        if wave.state is WaveState.DRAFT and event.state is not EventState.DRAFT
    ]
    return tasks


def _conflict_tasks(programme: Programme) -> list[Task]:
    return [
        Task(
            message("The programme contradicts itself"),
            str(conflict.text),
            PROGRAMME,
            message("Resolve"),
        )
        for conflict in conflicts_in(programme)
        if conflict.severity is Severity.HARD
    ][:NAMED]


def _mail_tasks(failed: int) -> list[Task]:
    if not failed:
        return []
    title = plural_message(
        "One mail could not be delivered", "%(count)s mails could not be delivered", failed
    )
    return [Task(title, "", OUTBOX, message("Look at them"))]


def _reply_tasks(figures: EventFigures, days_to_deadline: int | None) -> list[Task]:
    silent = figures.invitations[InvitationState.SENT]
    if not silent or days_to_deadline is None or days_to_deadline > SOON_DAYS:
        return []
    title = plural_message(
        "One person has not answered", "%(count)s people have not answered", silent
    )
    if days_to_deadline < 0:
        return [Task(title, str(message("The deadline is over")), REPLIES, group=UNANSWERED)]
    detail = plural_message(
        "The deadline ends tomorrow", "The deadline ends in %(count)s days", days_to_deadline
    )
    today = message("The deadline ends today")
    return [
        Task(
            title,
            str(detail if days_to_deadline else today),
            REPLIES,
            message("Look at them"),
            group=UNANSWERED,
        )
    ]


def _undeliverable_tasks(figures: EventFigures, first: Sequence[Invitation]) -> list[Task]:
    count = figures.invitations[InvitationState.UNDELIVERABLE]
    if not count:
        return []
    title = plural_message(
        "One invitation undeliverable", "%(count)s invitations undeliverable", count
    )
    names = [invitation.person.name for invitation in first]
    return [
        Task(
            title,
            named(names, count),
            REPLIES,
            message("Check addresses"),
            group=ReplyGroup.UNDELIVERABLE,
        )
    ]


def missing_tasks(event: Event, programme: Programme) -> list[Task]:
    """What the event still lacks, with how often."""
    sessions = programme.planned
    gaps = (
        (message("Place"), [] if event.venue_id else [""], "events_places.new_place"),
        (message("Times"), _titles(programme.unplanned), PROGRAMME),
        (message("Rooms"), _titles(one for one in sessions if one.room_id is None), PROGRAMME),
        (message("Moderation"), _titles(filter(_unmoderated, sessions)), PROGRAMME),
        (message("Agreements"), _undecided(programme), PROGRAMME),
        (message("English titles"), _titles(one for one in sessions if not one.title_en),
         PROGRAMME),
        (message("Publication of sessions"), _titles(programme.waiting), PROGRAMME),
    )  # fmt: skip
    return [
        Task(title, named([name for name in names if name], len(names)), page, count=len(names))
        for title, names, page in gaps
        if names
    ]


def _titles(sessions: Iterable[Session]) -> list[str]:
    return [session.code or localised(session, "title") for session in sessions]


def _unmoderated(session: Session) -> bool:
    moderated = any(
        part.role in MODERATING and part.state not in OUT for part in session.contributions
    )
    return session.kind in MODERATED and session.kind not in CALM and not moderated


def _undecided(programme: Programme) -> list[str]:
    waiting = {
        part.contributor.name: None
        for session in programme.planned
        for part in session.contributions
        if part.state not in NAMED_IN_PUBLIC | OUT
    }
    return list(waiting)


def named(names: Sequence[str], total: int) -> str:
    """The first few names, and how many more there are."""
    shown = ", ".join(names[:NAMED])
    more = total - len(names[:NAMED])
    if more <= 0 or not shown:
        return shown
    return str(message("%(names)s and %(more)s more", names=shown, more=more))


@dataclass(frozen=True)
class FirstStep:
    """One of the first things to do with a new event, and whether it is done."""

    title: Message
    detail: Message
    page: str
    done: bool


_FIRST = (
    (message("Place and rooms"), message("Where it is, and where people sit."),
     "events_places.rooms"),
    (message("Contacts"), message("Import the list you have, or add people one by one."),
     "contacts_organiser.address_book"),
    (message("Programme"), message("Sessions with times, rooms and people."), PROGRAMME),
    (message("Publish the event"), message("Then everybody can see its page."), LIFE),
    (message("Send a wave of invitations"),
     message("To the lists you choose; nobody gets one twice."), WAVES),
)  # fmt: skip


def first_steps(
    event: Event, figures: EventFigures, *, rooms: int, contacts: int
) -> list[FirstStep]:
    """The way from an empty event to its first answers, in the order of the work."""
    done = (
        rooms > 0,
        contacts > 0,
        figures.sessions > 0,
        event.state is not EventState.DRAFT,
        figures.invited > 0,
    )
    return [FirstStep(*words, done=step) for words, step in zip(_FIRST, done, strict=True)]
