"""The organisers' home of one event: numbers that matter today, what is due, what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from eventapp.desk import overview_queries as queries
from eventapp.desk.answers import AnswerRow, by_county, by_sector
from eventapp.desk.curve import Chart, Edition, Occasion, chart_of
from eventapp.desk.due import Standing, deadline_words, due_tasks
from eventapp.desk.feed import happenings, since_words
from eventapp.desk.feed_facts import known_of
from eventapp.desk.figures import EventFigures
from eventapp.desk.figures_queries import figures_of
from eventapp.desk.first_steps import FirstStep, first_steps
from eventapp.desk.gaps import missing_tasks
from eventapp.desk.tasks import Task
from eventapp.events.models import Event
from eventapp.events.states import OVER, EventState
from eventapp.foundation import clock
from eventapp.foundation.i18n import format_number, localised
from eventapp.foundation.message import Message, message, plural_message
from eventapp.invitations.models import Wave
from eventapp.invitations.states import InvitationState
from eventapp.notices.queries import notices_due
from eventapp.programme.queries import Programme, programme_of
from eventapp.registrations.doubles.sheet import count_doubles
from eventapp.registrations.permissions import takes_answers

I = InvitationState  # noqa: E741 - short name for the sums below


@dataclass(frozen=True)
class Figure:
    """A number that matters, with what it counts and what to know about it."""

    label: Message
    number: int
    detail: Message | str


@dataclass(frozen=True)
class News:
    """One line of what changed last; `undo` is the entry of the trail that can be taken back."""

    moment: str
    sentence: Message
    undo: int | None


@dataclass(frozen=True)
class Overview:
    """Everything the page shows."""

    headline: Message
    figures: Sequence[Figure]
    chart: Chart | None
    sectors: Sequence[AnswerRow]
    counties: Sequence[AnswerRow]
    due: Sequence[Task]
    missing: Sequence[Task]
    news: Sequence[News]
    steps: Sequence[FirstStep]
    takes_answers: bool

    @property
    def begun(self) -> bool:
        """Whether anybody has been invited or registered."""
        return bool(self.chart or self.sectors)


def overview_of(event: Event) -> Overview:
    """The page's content. A fixed number of statements, however large the event."""
    figures = figures_of([event.id])[event.id]
    programme, waves = programme_of(event), queries.waves_in_order(event)
    invited, uninvited = queries.invited_people(event), queries.registered_uninvited(event)
    today, over = clock.today(event.zone), event.standing in OVER
    return Overview(
        headline=headline_of(event, today),
        figures=_figures(event, figures, today),
        chart=_chart(event, waves, today),
        sectors=by_sector(invited, uninvited),
        counties=by_county(invited, uninvited),
        due=due_tasks(event, _standing(event, figures, programme, waves), today),
        missing=[] if over else missing_tasks(event, programme),
        news=_news(event, today),
        steps=[] if over else first_steps(
            event, figures, rooms=len(programme.rooms),
            contacts=queries.contact_count(event.host_id)),
        takes_answers=takes_answers(event),
    )  # fmt: skip


def _standing(
    event: Event, figures: EventFigures, programme: Programme, waves: Sequence[Wave]
) -> Standing:
    lapsing, count = queries.offers_until(event, _end_of_today(event))
    return Standing(
        figures,
        programme,
        waves,
        undeliverable=queries.undeliverable_invitations(event),
        lapsing=lapsing,
        lapsing_count=count,
        failed_mails=queries.failed_mails(event),
        notices=notices_due(event),
        doubles=0 if event.standing in OVER else count_doubles(event),
    )


def _end_of_today(event: Event) -> datetime:
    tomorrow = clock.today(event.zone) + timedelta(days=1)
    return datetime.combine(tomorrow, time(), ZoneInfo(event.zone))


def headline_of(event: Event, today: date) -> Message:
    """The one sentence about today: the nearest of deadline and event."""
    fixed = _BY_STATE.get(event.state)
    if fixed is not None:
        return fixed
    days = (event.starts_on - today).days
    if days <= 0:
        return message("Today is the day") if days == 0 else message("The event is over")
    if event.reply_by_on is not None and event.reply_by_on >= today:
        return deadline_words((event.reply_by_on - today).days)
    return plural_message("Tomorrow is the day", "%(count)s days to go", days)


_BY_STATE = {
    EventState.DRAFT: message("The event is a draft"),
    EventState.CANCELLED: message("The event is called off"),
    EventState.POSTPONED: message("The event is postponed"),
    EventState.ENDED: message("The event is over"),
    EventState.ARCHIVED: message("The event is over"),
}


def _figures(event: Event, figures: EventFigures, today: date) -> list[Figure]:
    """Accepted, without answer and declined, with those "more" below them, are all the invited."""
    invitations = figures.invitations
    outcome = queries.outcome_of_answers(event)
    return [
        Figure(message("Places taken"), event.places_taken, _places_detail(event, figures)),
        Figure(message("Accepted"), invitations[I.ACCEPTED], _accepted_detail(figures, outcome)),
        Figure(message("Without answer"), invitations[I.SENT],
               _silent_detail(queries.unanswered_by_wave(event), invitations[I.UNDELIVERABLE])),
        Figure(message("Declined"), invitations[I.DECLINED],
               _declined_detail(outcome, invitations[I.SUBSTITUTED])),
        Figure(message("Waiting list"), figures.waiting, _since_detail(event, today)),
    ]  # fmt: skip


def _accepted_detail(figures: EventFigures, outcome: queries.Outcome) -> Message | str:
    if not figures.invited:
        return ""
    return _one_after_another(
        message("of %(invited)s invited", invited=format_number(figures.invited)),
        plural_message("one of them waits", "%(count)s of them wait", outcome.accepted_and_wait),
    )


def _declined_detail(outcome: queries.Outcome, substituted: int) -> Message | str:
    return _one_after_another(
        plural_message(
            "one of them had a place before",
            "%(count)s of them had a place before",
            outcome.gave_up_a_place,
        ),
        plural_message("one more sends a substitute", "%(count)s more send substitutes",
                       substituted),
    )  # fmt: skip


def _one_after_another(*parts: Message) -> Message | str:
    """What is to be known about a number; what counts nobody is not said."""
    told = [words for words in parts if words.count]
    if len(told) < 2:
        return told[0] if told else ""
    return message("%(first)s; %(second)s", first=told[0], second=told[1])


def _places_detail(event: Event, figures: EventFigures) -> Message:
    capacity = format_number(event.capacity)
    company = [
        plural_message("one substitute", "%(count)s substitutes", figures.substitutes),
        plural_message("one companion", "%(count)s companions", figures.companions),
    ]
    named = [words for words in company if words.count]
    if not named:
        return message("of %(capacity)s", capacity=capacity)
    words = named[0]
    if len(named) > 1:
        words = message("%(first)s and %(second)s", first=named[0], second=named[1])
    return message("of %(capacity)s, with %(company)s", capacity=capacity, company=words)


def _since_detail(event: Event, today: date) -> Message | str:
    since = queries.waiting_since(event)
    if since is None:
        return ""
    return message("since %(moment)s", moment=since_words(since, event.zone, today))


def _silent_detail(by_wave: dict[int, int], undeliverable: int) -> Message | str:
    returned = plural_message("one more undeliverable", "%(count)s more undeliverable",
                              undeliverable)  # fmt: skip
    if len(by_wave) < 2:
        return _one_after_another(returned)
    wave = min(by_wave)
    first = message("%(count)s of them from wave %(wave)s", count=by_wave[wave], wave=wave)
    return _one_after_another(first, returned)


def _chart(event: Event, waves: Sequence[Wave], today: date) -> Chart | None:
    zone = ZoneInfo(event.zone)
    occasions = [
        Occasion(
            wave.sent_at.astimezone(zone).date(),
            str(message("W%(number)s", number=wave.number)),
            wave.name,
        )
        for wave in waves
        if wave.sent_at is not None and not wave.is_standing
    ]
    return chart_of(
        queries.stays_of(event), occasions, zone=event.zone, today=today, ends_on=event.starts_on,
        cap=event.capacity, unit=plural_message("One place", "%(count)s places", event.capacity),
        deadline=event.reply_by_on, last=_last_edition(event),
    )  # fmt: skip


def _last_edition(event: Event) -> Edition | None:
    last = queries.last_edition_of(event)
    if last is None:
        return None
    stays = queries.stays_of(last)
    name = localised(last, "title")
    return Edition(name, last.zone, last.starts_on, last.capacity, stays) if stays else None


def _news(event: Event, today: date) -> list[News]:
    entries = queries.latest_entries(event)
    return [
        News(since_words(one.at, event.zone, today), one.sentence, one.undo)
        for one in happenings(entries, known_of(entries))
    ]
