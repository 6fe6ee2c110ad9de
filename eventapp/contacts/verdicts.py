"""The verdict on each row of a list, with its reasons: it is imported, or left out. Pure.

Rows are compared with the rows above them and with the people already in the address book. Only
what would be imported counts: a faulty row makes nobody a duplicate.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from eventapp.contacts.cells import Verdict
from eventapp.contacts.doubles import KnownPerson, Seen
from eventapp.contacts.mapping import Column
from eventapp.contacts.places import Gazetteer
from eventapp.contacts.reading import ContactList, Record
from eventapp.contacts.rows import Person, read_row
from eventapp.foundation.message import Message, message
from eventapp.foundation.text import normalised_email

IMPORTED = (Verdict.OK, Verdict.WARNING)
OBJECTED = message("Has objected to invitations and is left out.")
FEW = 10  # one row in so many


@dataclass(frozen=True, slots=True)
class RowVerdict:
    """What is to happen to one row, why, and the person in it (as far as it can be read)."""

    line: int
    verdict: Verdict
    reasons: tuple[Message, ...] = ()
    person: Person | None = None
    known_id: int | None = None  # whom in the address book it repeats
    cells: tuple[str, ...] = ()  # the row as the file has it

    @property
    def is_imported(self) -> bool:
        """Whether the row becomes a contact."""
        return self.verdict in IMPORTED


@dataclass(frozen=True)
class Known:
    """The address book to compare with, and those addresses of the list that objected."""

    people: Sequence[KnownPerson] = ()
    suppressed: frozenset[str] = frozenset()  # normalised addresses


def judge(
    contact_list: ContactList,
    columns: Sequence[Column],
    gazetteer: Gazetteer,
    known: Known,
    *,
    progress: Callable[[int], None] = lambda _rows: None,
) -> tuple[RowVerdict, ...]:
    """One verdict for each row after the header, in order; `progress` hears of each row."""
    columns = without_regular_unknowns(columns, contact_list.records)
    seen = Seen()
    for person in known.people:
        seen.add_known(person)
    verdicts = []
    for record in contact_list.records:
        judged = _judge_row(record, contact_list.header, columns, gazetteer, seen, known.suppressed)
        verdicts.append(replace(judged, cells=record.cells))
        progress(1)
    return tuple(verdicts)


def without_regular_unknowns(
    columns: Sequence[Column], records: Sequence[Record]
) -> tuple[Column, ...]:
    """The columns without those unknown ones that many rows fill: the list's matter, not a row's.

    A value that stands nearly alone in its column is still said beside its row; nobody would miss
    it otherwise, and said of every row it would hide what else is to be said.
    """
    few = max(1, len(records) // FEW)
    return tuple(
        Column.IGNORED if column is Column.UNKNOWN and _filled(records, place) > few else column
        for place, column in enumerate(columns)
    )


def _filled(records: Sequence[Record], place: int) -> int:
    """How many rows have something in the column at this place."""
    return sum(bool("".join(record.cells[place : place + 1]).strip()) for record in records)


def count_verdicts(verdicts: Iterable[RowVerdict]) -> dict[str, int]:
    """How many rows got which verdict; all are named, objections only where there are some."""
    counted = Counter(row.verdict for row in verdicts)
    named = (one for one in Verdict if one is not Verdict.BLOCKED or counted[one])
    return {verdict.value: counted[verdict] for verdict in named}


def count_known(verdicts: Iterable[RowVerdict]) -> int:
    """How many people of the address book the rows repeat: they join the lists of their rows."""
    return len({row.known_id for row in verdicts if row.known_id is not None})


def _judge_row(
    record: Record,
    header: Sequence[str],
    columns: Sequence[Column],
    gazetteer: Gazetteer,
    seen: Seen,
    suppressed: frozenset[str],
) -> RowVerdict:
    if record.is_blank:
        return RowVerdict(record.line, Verdict.SKIP, (message("Empty row."),))
    person, findings = read_row(record, header, columns, gazetteer)
    faults = tuple(each.text for each in findings if each.gravity is Verdict.ERROR)
    if faults:
        return RowVerdict(record.line, Verdict.ERROR, faults, person)
    double, doubts = seen.compare(person)
    if double is not None:
        return RowVerdict(record.line, Verdict.DUPLICATE, (double.text,), person, double.known_id)
    if normalised_email(person.email) in suppressed:
        return RowVerdict(record.line, Verdict.BLOCKED, (OBJECTED,), person)
    reasons = [finding.text for finding in findings] + doubts
    seen.add_row(record.line, person)
    verdict = Verdict.WARNING if reasons else Verdict.OK
    return RowVerdict(record.line, verdict, tuple(reasons), person)
