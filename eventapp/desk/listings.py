"""The desk's lists to take along: mails of an event or of the organisation, and the trail."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from eventapp.accounts.models import AuditEntry, HostOrganisation
from eventapp.accounts.states import ORGANISERS, READERS
from eventapp.desk.outbox_groups import MailFilter, mail_filter
from eventapp.desk.outbox_queries import mails_wanted, scopes_of_host
from eventapp.desk.outbox_words import GROUP_WORDS, STATE_WORDS, occasion
from eventapp.desk.trail_queries import (
    NamesNow,
    TrailFilter,
    entries_wanted,
    event_of,
    event_titles,
    names_of,
)
from eventapp.desk.trail_reading import ZONE, differences, trail_filter
from eventapp.desk.trail_words import action_label, actor_label, subject_label
from eventapp.events.models import Event
from eventapp.events.queries import events_of_host
from eventapp.events.words import EVENT_WORDS
from eventapp.foundation.i18n import format_day, localised
from eventapp.foundation.listing import Belongs, Choice, Concerns, Field, Listing
from eventapp.foundation.message import message
from eventapp.foundation.outbox import OutboxMail
from eventapp.foundation.pages import AT_ONCE, row_count, stream

NOBODY = Concerns.NOBODY
MAIL_FIELDS: tuple[Field[OutboxMail], ...] = (
    Field("to_name", message("To"), lambda one: one.to_name, 26),
    Field("to_email", message("E-mail"), lambda one: one.to_email, 36),
    Field("occasion", message("Occasion"), lambda one: str(occasion(one.kind)), 24),
    Field("subject", message("Subject"), lambda one: one.subject, 50),
    Field("state", message("State"), lambda one: one.state, 18, STATE_WORDS),
    Field("created_at", message("Written"), lambda one: one.created_at, 17),
    Field("sent_at", message("Delivered"), lambda one: one.sent_at, 17),
    Field("attempts", message("Attempts"), lambda one: one.attempts, 9),
)


def _mails(scopes: Sequence[str], wanted: MailFilter) -> Iterator[OutboxMail]:
    for (mail,) in stream(mails_wanted(scopes, wanted)):
        yield mail


def _mails_told(_owner: object, wanted: MailFilter) -> Sequence[object]:
    searched = [message("“%(search)s”", search=wanted.search)] if wanted.search else []
    return [GROUP_WORDS[wanted.group], *searched]


def _count_mails(event: Event, wanted: MailFilter) -> int:
    return row_count(mails_wanted([event.scope], wanted))


def _mails_of_event(event: Event, wanted: MailFilter, _choice: Choice) -> Iterator[OutboxMail]:
    return _mails([event.scope], wanted)


MAILS = Listing(
    key="mails",
    title=message("Mails"),
    belongs=Belongs.EVENT,
    roles=ORGANISERS,
    page="outbox.mails",
    rail="communication",
    fields=MAIL_FIELDS,
    asked=mail_filter,
    told=_mails_told,
    count=_count_mails,
    rows=_mails_of_event,
)


def _count_mails_of_host(host: HostOrganisation, wanted: MailFilter) -> int:
    return row_count(mails_wanted(scopes_of_host(host.id), wanted))


HOST_MAILS = Listing(
    key="all-mails",
    title=message("Mails"),
    belongs=Belongs.HOST,
    roles=ORGANISERS,
    page="outbox.host_mails",
    rail="mails",
    fields=MAIL_FIELDS,
    asked=mail_filter,
    told=_mails_told,
    count=_count_mails_of_host,
    rows=lambda host, wanted, _choice: _mails(scopes_of_host(host.id), wanted),
)


@dataclass(frozen=True, slots=True)
class Step:
    """An entry of the trail with what its thing and its event are called now."""

    entry: AuditEntry
    name: str
    event: Event | None
    names: NamesNow


def _steps(host: HostOrganisation, wanted: TrailFilter, _choice: Choice) -> Iterator[Step]:
    """The entries that pass, newest first. Two statements, and one for each thousand entries."""
    events = event_titles(host.id)
    rows = (row[0] for row in stream(entries_wanted(host.id, wanted, zone=ZONE)))
    while some := list(islice(rows, AT_ONCE)):
        names = names_of(some)
        for one in some:
            name = names.of(one) or one.subject_id
            yield Step(one, name, event_of(one, events), names)


def _changes(one: Step) -> str:
    """What changed, as "Places: 100 → 120; …"."""
    return "; ".join(
        f"{change.name}: {f'{change.before} → {change.after}' if change.before else change.after}"
        for change in differences(one.entry, one.names)
    )


def _steps_told(host: HostOrganisation, wanted: TrailFilter) -> Sequence[object]:
    event = event_titles(host.id).get(wanted.scope) if wanted.scope else None
    return [
        *([localised(event, "title")] if event else []),
        *([action_label(wanted.action)] if wanted.action else []),
        *([subject_label(wanted.subject[0])] if wanted.subject else []),
        *([message("from %(day)s", day=format_day(wanted.since))] if wanted.since else []),
        *([message("to %(day)s", day=format_day(wanted.until))] if wanted.until else []),
        *([message("“%(search)s”", search=wanted.search)] if wanted.search else []),
    ]


def _of_entry(name: str) -> Callable[[Step], str]:
    return lambda one: str(getattr(one.entry, name))


TRAIL = Listing(
    key="history",
    title=message("History"),
    belongs=Belongs.HOST,
    roles=ORGANISERS,
    page="trail.entries",
    rail="trail",
    fields=(
        Field("at", message("Time"), lambda one: one.entry.at, 17),
        Field("actor", message("Who"), lambda one: str(actor_label(one.entry.actor)), 24),
        Field("action", message("What"), lambda one: str(action_label(one.entry.action)), 34),
        Field("kind", message("Kind of thing"),
              lambda one: str(subject_label(one.entry.subject_kind)), 20),
        Field("thing", message("To what"), lambda one: one.name, 30),
        Field("event", message("Event"),
              lambda one: localised(one.event, "title") if one.event else None, 30),
        Field("changes", message("Changes"), _changes, 50),
        Field("reason", message("Reason"), _of_entry("reason"), 30),
    ),
    asked=trail_filter,
    told=_steps_told,
    count=lambda host, wanted: row_count(entries_wanted(host.id, wanted, zone=ZONE)),
    rows=_steps,
)  # fmt: skip

EVENTS: Listing[HostOrganisation, None, Event] = Listing(
    key="events",
    title=message("Events"),
    belongs=Belongs.HOST,
    roles=READERS,
    page="desk_organiser.events",
    rail="events",
    fields=(
        Field("title", message("Title"), lambda one: localised(one, "title"), 44, concerns=NOBODY),
        Field("starts_at", message("Begin"), lambda one: one.starts_at, 17, concerns=NOBODY),
        Field("ends_at", message("End"), lambda one: one.ends_at, 17, concerns=NOBODY),
        Field("venue", message("Venue"), lambda one: one.venue.name if one.venue else None, 30,
              concerns=NOBODY),
        Field("state", message("State"), lambda one: one.standing, 20, EVENT_WORDS, NOBODY),
        Field("capacity", message("Places"), lambda one: one.capacity, 9, concerns=NOBODY),
        Field("taken", message("Places taken"), lambda one: one.places_taken, 9, concerns=NOBODY),
        Field("funding", message("Funding reference"), lambda one: one.funding_reference, 20,
              concerns=NOBODY),
    ),
    asked=lambda _asked: None,
    told=lambda _host, _wanted: (),
    count=lambda host, _wanted: len(events_of_host(host.id)),
    rows=lambda host, _wanted, _choice: events_of_host(host.id),
)  # fmt: skip

LISTINGS = (MAILS, HOST_MAILS, TRAIL, EVENTS)
