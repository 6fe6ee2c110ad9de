"""What the board shows: cards at their places, and what is wrong in words. No queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from eventapp.foundation.i18n import localised
from eventapp.foundation.message import Message
from eventapp.programme.board.lean import Board, BoardSession, timetable_slot
from eventapp.programme.board.sheet import Frame, Spot, bands, labels, spots
from eventapp.programme.conflict_pages import SEPARATOR
from eventapp.programme.models import AcknowledgedConflict
from eventapp.programme.overview import HELPED, IN_TWO_PLACES, UNKNOWN_RULE
from eventapp.programme.timetable.checks import Conflict, Severity
from eventapp.programme.timetable.entries import TimetableSession, TimetableSlot
from eventapp.programme.timetable.places import Place
from eventapp.programme.timetable.suggestions import Suggestion, suggestions
from eventapp.programme.words import RULE_TITLES, SOFT_TITLES

MOST_SHOWN = 12
TRAY = "tray"
Noted = Mapping[str, AcknowledgedConflict]


@dataclass(frozen=True, slots=True)
class Card:
    """A session on the board; without a spot it lies in the tray. Equal cards look the same."""

    session: BoardSession
    spot: Spot | None
    names: tuple[str, ...]
    hard: tuple[Message, ...] = ()
    soft: tuple[Message, ...] = ()

    @property
    def cell(self) -> str:
        """The id of what it stands in."""
        return self.spot.cell if self.spot else TRAY

    @property
    def words(self) -> str:
        """All by which it may be found."""
        session = self.session
        return " ".join((session.key, session.title_de, session.title_en, *self.names)).casefold()


@dataclass(frozen=True, slots=True)
class Trouble:
    """A conflict in the list; `parts` may be given up, `ways` would solve it, `noted` says why a
    hint may stay."""

    conflict: Conflict
    title: Message
    sessions: tuple[BoardSession, ...]
    parts: tuple[tuple[int, BoardSession], ...] = ()
    ways: tuple[Suggestion, ...] = ()
    noted: AcknowledgedConflict | None = None


@dataclass(frozen=True)
class Troubles:
    """The list beside the board: at most so many of each, and how many there are."""

    hard: tuple[Trouble, ...]
    soft: tuple[Trouble, ...]
    noted: tuple[Trouble, ...]
    hard_count: int
    soft_count: int


@dataclass(frozen=True)
class Table:
    """The table of a day."""

    day: date
    frame: Frame
    labels: Sequence[str]
    bands: Sequence[tuple[TimetableSlot, Spot]]
    cards: Mapping[int, Card]
    found: Mapping[int, str]

    def cards_in(self, cell: str) -> list[Card]:
        """What begins in a cell, or lies in the tray."""
        return self._by_cell().get(cell, [])

    def _by_cell(self) -> dict[str, list[Card]]:
        cells: dict[str, list[Card]] = {}
        for card in self.cards.values():
            cells.setdefault(card.cell, []).append(card)
        for own in cells.values():
            own.sort(key=_in_cell)
        return cells


def _in_cell(card: Card) -> tuple[int, int, int, str]:
    at = card.spot.at if card.spot else 0
    return at, card.spot.lane if card.spot else 0, len(card.session.key), card.session.key


def hints_of(board: Board, noted: Noted) -> tuple[list[Conflict], list[Conflict]]:
    """The soft conflicts that stand, and those of which somebody has taken note."""
    soft = [each for each in board.checked.conflicts if each.severity is Severity.SOFT]
    if not noted:
        return soft, []
    known = [(each, each.fingerprint in noted) for each in soft]
    return [each for each, is_known in known if not is_known], [
        each for each, is_known in known if is_known
    ]


def hard_of(board: Board) -> list[Conflict]:
    """The conflicts that keep it from being published."""
    return [each for each in board.checked.conflicts if each.severity is Severity.HARD]


def cards_of(board: Board, frame: Frame, noted: Noted) -> dict[int, Card]:
    """The cards of a table and of the tray, by session."""
    soft, _known = hints_of(board, noted)
    hard_words, soft_words = _markers(hard_of(board)), _markers(soft)
    names = board.timetable.person_of
    where = spots(frame, board.timetable.sessions)
    return {
        number: Card(
            session,
            where.get(number),
            tuple(names[part.person].name for _id, part in session.parts if part.counts),
            hard_words.get(number, ()),
            soft_words.get(number, ()),
        )
        for number, session in board.sessions.items()
        if number in where or session.starts_at is None
    }


def _markers(found: Sequence[Conflict]) -> dict[int, tuple[Message, ...]]:
    markers: dict[int, list[Message]] = {}
    for conflict in found:
        for key in conflict.sessions:
            theirs = markers.setdefault(int(key), [])
            if conflict.marker not in theirs:
                theirs.append(conflict.marker)
    return {key: tuple(theirs) for key, theirs in markers.items()}


def table_of(board: Board, frame: Frame, day: date, noted: Noted, wanted: str = "") -> Table:
    """All that a day's table shows; `found` are those of all days for which one searched."""
    cards = cards_of(board, frame, noted)
    slots = [timetable_slot(slot) for slot in board.slots]
    return Table(
        day,
        frame,
        labels(frame, board.event.zone),
        bands(frame, slots),
        cards,
        _found(board, wanted) if wanted else {},
    )


def _found(board: Board, wanted: str) -> dict[int, str]:
    names = board.timetable.person_of
    words = wanted.casefold().split()
    hits = {}
    for number, session in board.sessions.items():
        people = tuple(names[part.person].name for _id, part in session.parts)
        text = Card(session, None, people).words
        if all(word in text for word in words):
            hits[number] = session.code or localised(session, "title")
    return hits


def troubles_of(board: Board, noted: Noted) -> Troubles:
    """What is wrong, hard first, without ways out: those take their time."""
    hard, (soft, known) = hard_of(board), hints_of(board, noted)
    return Troubles(
        tuple(_trouble(board, each) for each in hard[:MOST_SHOWN]),
        tuple(_trouble(board, each) for each in soft[:MOST_SHOWN]),
        tuple(_trouble(board, each, noted[each.fingerprint]) for each in known[:MOST_SHOWN]),
        len(hard),
        len(soft),
    )


def with_ways(board: Board, troubles: Troubles) -> Troubles:
    """The same with what would help for the first few hard ones."""
    helped = [
        Trouble(each.conflict, each.title, each.sessions, each.parts, tuple(ways))
        for each in troubles.hard[:HELPED]
        for ways in [suggestions(board.checked, each.conflict)]
    ]
    rest = troubles.hard[HELPED:]
    return Troubles(
        (*helped, *rest), troubles.soft, troubles.noted, troubles.hard_count, troubles.soft_count
    )


def _trouble(
    board: Board, conflict: Conflict, noted: AcknowledgedConflict | None = None
) -> Trouble:
    titles = RULE_TITLES if conflict.severity is Severity.HARD else SOFT_TITLES
    concerned = tuple(board.sessions[int(key)] for key in conflict.sessions)
    return Trouble(
        conflict,
        titles.get(conflict.rule, UNKNOWN_RULE),
        concerned,
        tuple(
            (number, session)
            for session in concerned
            for number, part in session.parts
            if conflict.rule in IN_TWO_PLACES and part.person in conflict.persons
        ),
        noted=noted,
    )


def written_way(board: Board, session: TimetableSession, place: Place) -> str:
    """A move of a suggestion as a hidden field carries it."""
    version = board.sessions[int(session.key)].version
    moments = (int(place.starts_at.timestamp()), int(place.ends_at.timestamp()))
    parts = (session.key, version, *moments, place.room or "", place.slot or "")
    return SEPARATOR.join(map(str, parts))
