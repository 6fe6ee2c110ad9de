"""What the pages about conflicts show, and how a move travels through a form."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from eventapp.foundation.errors import NotFound
from eventapp.foundation.message import Message
from eventapp.programme import queries
from eventapp.programme.actions import SessionMove
from eventapp.programme.checking import checked, waiting_rounds
from eventapp.programme.models import Session, Slot
from eventapp.programme.overview import Overview, Trouble, overview_of, with_ways_out
from eventapp.programme.queries import Programme
from eventapp.programme.timetable.arranging import arrange
from eventapp.programme.timetable.checks import Checked, TimetableSession
from eventapp.programme.timetable.places import Place

MOST_MOVES = 200
SEPARATOR = "/"


def looked_over(programme: Programme, found: Checked, pending: Collection[int] = ()) -> Overview:
    """The programme with its conflicts, what was noted of them, and ways out. One statement."""
    page = overview_of(programme, found, queries.acknowledged_in(programme.event), pending)
    return with_ways_out(page, found)


def hint_in(programme: Programme, fingerprint: str) -> Trouble | None:
    """A hint that is there right now, noted or not. One statement."""
    page = overview_of(programme, checked(programme), queries.acknowledged_in(programme.event))
    hints = (*page.soft, *page.noted)
    return next((one for one in hints if one.conflict.fingerprint == fingerprint), None)


@dataclass(frozen=True)
class Line:
    """A round with where it would be, as a row of the plan; `written` is the move for the form."""

    session: Session
    place: Place
    room: str
    slot: Slot
    written: str


@dataclass(frozen=True)
class Plan:
    """What "arrange for me" would do: rounds and places, rounds left over and why, new hints."""

    lines: tuple[Line, ...]
    left: tuple[tuple[Session, Message], ...]
    hints: tuple[Message, ...]


def arranged(programme: Programme) -> Plan:
    """Slots and rooms for the rounds that wait. Computed once; the form carries the moves."""
    before = checked(programme)
    found = arrange(before, waiting_rounds(programme))
    sessions = {session.id: session for session in programme.sessions}
    rooms = {room.id: room.name for room in programme.rooms}
    slots = {slot.id: slot for slot in programme.slots}
    known = {one.fingerprint for one in before.conflicts}
    return Plan(
        lines=tuple(
            Line(
                sessions[int(session.key)],
                place,
                rooms[int(place.room or 0)],
                slots[int(place.slot or 0)],
                written_move(programme, session, place),
            )
            for session, place in found.placed
        ),
        left=tuple((sessions[int(session.key)], why) for session, why in found.left),
        hints=tuple(
            one.text for one in before.after(found.change).conflicts if one.fingerprint not in known
        ),
    )


def written_move(programme: Programme, session: TimetableSession, place: Place) -> str:
    """A move as a hidden field carries it: the session, its version, and where it is to be."""
    versions = {row.id: row.version for row in programme.sessions}
    parts = (
        session.key,
        versions[int(session.key)],
        _seconds(place.starts_at),
        _seconds(place.ends_at),
        place.room or "",
        place.slot or "",
    )
    return SEPARATOR.join(map(str, parts))


def read_moves(written: Sequence[str]) -> list[SessionMove]:
    """The moves of a form. Raises NotFound for what none of our pages has written."""
    try:
        moves = [_read(each) for each in written]
    except (ValueError, OverflowError, OSError) as strange:
        raise NotFound from strange
    if not 0 < len(moves) <= MOST_MOVES or len({each.session_id for each in moves}) < len(moves):
        raise NotFound
    return moves


def _read(written: str) -> SessionMove:
    number, seen, start, end, room, slot = written.split(SEPARATOR)
    place = Place(_moment(start), _moment(end), _number(room), _number(slot))
    return SessionMove(_whole(number), _whole(seen), place)


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _moment(text: str) -> datetime:
    return datetime.fromtimestamp(_whole(text), UTC)


def _number(text: str) -> int | None:
    return _whole(text) if text else None


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len("9999999999")):
        raise ValueError(text)
    return int(text)
