"""What an event still lacks, each with the place where it is mended."""

from collections.abc import Iterable, Iterator, Sequence

from eventapp.desk.tasks import (
    BASICS,
    CASTING,
    DATES,
    MATERIAL,
    NAMED,
    NEW_PLACE,
    NOTICES,
    PERSON,
    PLACE,
    PROGRAMME,
    ROOMS,
    SESSION,
    SLOT,
    SPEAKER,
    TEXTS,
    Part,
    Task,
    Way,
)
from eventapp.events.models import Event
from eventapp.foundation.i18n import localised
from eventapp.foundation.message import Message, message
from eventapp.programme.casting.board import lacking_in
from eventapp.programme.kinds import CALM, MODERATED, MODERATING
from eventapp.programme.models import Session
from eventapp.programme.queries import Programme
from eventapp.programme.states import NAMED_IN_PUBLIC, OUT
from eventapp.speakers.event_queries import handed_in
from eventapp.speakers.material import MISSING, stock_of_handed

_OF_THE_EVENT = (
    ("title", message("Title of the event"), BASICS),
    ("subtitle", message("Subtitle"), BASICS),
    ("intro", message("Introduction"), TEXTS),
    ("funding_notice", message("Funding notice"), NOTICES),
    ("photo_notice", message("Photo notice"), NOTICES),
)
_OF_THE_VENUE = (
    ("transit", message("Way by train and bus"), PLACE),
    ("parking", message("Way by car"), PLACE),
    ("access", message("Accessibility"), PLACE),
)


def missing_tasks(event: Event, programme: Programme) -> list[Task]:
    """Everything that is missing, in the order of the work, with how often."""
    return [
        *_of_the_event(event, programme),
        *_of_the_programme(programme),
        *_of_the_contributors(event),
    ]


def _of_the_contributors(event: Event) -> Iterator[Task]:
    """Whose words, picture or slides are not there yet, and what of it."""
    rows = [(one.contributor, stock_of_handed(one).missing) for one in handed_in(event)]
    parts = [
        Part(
            message(
                "%(name)s: %(what)s",
                name=person.name,
                what=", ".join(str(MISSING[kind]) for kind in missing),
            ),
            Way(SPEAKER, {"contributor_id": person.id}),
        )
        for person, missing in rows
        if missing
    ]
    if parts:
        title = message("Material from contributors")
        yield Task(title, Way(MATERIAL), count=len(parts), parts=parts[:NAMED])


def _of_the_event(event: Event, programme: Programme) -> Iterator[Task]:
    if event.venue_id is None:
        yield Task(message("Place"), Way(NEW_PLACE), count=1)
    elif not programme.rooms:
        yield Task(message("Rooms of the venue"), Way(ROOMS))
    if event.reply_by_on is None:
        yield Task(message("Deadline for answers"), Way(DATES, spot="reply_by"))


def _of_the_programme(programme: Programme) -> list[Task]:
    sessions = programme.planned
    kinds = (
        (message("Times"), _sessions(programme.unplanned, "starts")),
        (message("Rooms"), _sessions((one for one in sessions if not one.room_id), "room")),
        (message("Moderation"), _sessions(filter(_unmoderated, sessions), "parts")),
        (message("Contributors"), _short_of_people(programme)),
        (message("Agreements"), _undecided(sessions)),
        (message("Texts in English"), _untranslated(programme)),
        (message("Publication of sessions"), _sessions(programme.unreleased, None)),
    )
    return [
        Task(title, Way(PROGRAMME), count=len(parts), parts=parts[:NAMED])
        for title, parts in kinds
        if parts
    ]


def _sessions(sessions: Iterable[Session], spot: str | None) -> list[Part]:
    return [_session(one, spot) for one in sessions]


def _session(session: Session, spot: str | None) -> Part:
    name = session.code or localised(session, "title")
    return Part(name, Way(SESSION, {"session_id": session.id}, spot))


def _unmoderated(session: Session) -> bool:
    moderated = any(
        part.role in MODERATING and part.state not in OUT for part in session.contributions
    )
    return session.kind in MODERATED and session.kind not in CALM and not moderated


def _short_of_people(programme: Programme) -> list[Part]:
    """Sessions in which too few people have a place; a missing moderator is told apart."""
    return [
        Part(one.code or localised(one, "title"), Way(CASTING, spot=f"session-{one.id}"))
        for one in [*programme.planned, *programme.unplanned]
        if any(role not in MODERATING for role, _count in lacking_in(one))
    ]


def _undecided(sessions: Sequence[Session]) -> list[Part]:
    waiting = {
        part.contributor_id: part.contributor.name
        for session in sessions
        for part in session.contributions
        if part.state not in NAMED_IN_PUBLIC | OUT
    }
    return [Part(name, Way(PERSON, {"contributor_id": one})) for one, name in waiting.items()]


def _untranslated(programme: Programme) -> list[Part]:
    """What stands on the public page in German only; without a word in German nothing lacks."""
    event = programme.event
    parts = _texts(event, _OF_THE_EVENT)
    if event.venue is not None:
        parts += _texts(event.venue, _OF_THE_VENUE)
    parts += [
        Part(one.name_de, Way(SLOT, {"slot_id": one.id}, "name_en"))
        for one in programme.slots
        if not one.name_en
    ]
    for one in [*programme.planned, *programme.unplanned]:
        lacking = next((name for name in ("title", "teaser") if _is_german_only(one, name)), None)
        if lacking and not one.internal:
            parts.append(_session(one, f"{lacking}_en"))
    return parts


def _is_german_only(row: object, name: str) -> bool:
    return bool(getattr(row, f"{name}_de")) and not getattr(row, f"{name}_en")


def _texts(row: object, kinds: Iterable[tuple[str, Message, str]]) -> list[Part]:
    return [
        Part(words, Way(page, spot=f"{name}_en"))
        for name, words, page in kinds
        if _is_german_only(row, name)
    ]
