"""A report about a file as it is kept beside the file, to be read in whatever language. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from eventapp.contacts.sheet import messages_in, plain_messages
from eventapp.foundation.message import Message
from eventapp.programme.exchange_entries import ProgrammeDocument
from eventapp.programme.foreign import Reading, Remark, Topic
from eventapp.programme.import_report import ImportReport, Verdict
from eventapp.programme.receiving import days_of
from eventapp.programme.timetable.checks import Conflict, Severity

MOST_CONFLICTS = 300


@dataclass(frozen=True)
class PaperRow:
    """An entry of the file: in which list it stands, its name, and what becomes of it."""

    section: str
    name: str
    verdict: Verdict


@dataclass(frozen=True)
class PaperConflict:
    """What does not fit together in the programme."""

    severity: Severity
    text: Message


@dataclass(frozen=True)
class ConflictGroup:
    """Conflicts of one kind; the first one tells the others."""

    severity: Severity
    conflicts: tuple[PaperConflict, ...]


@dataclass(frozen=True)
class Oddity:
    """One kind of oddity with everything that shows it."""

    topic: Topic
    made: Message
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class Paper:
    """What is told of a file."""

    format: str
    first_day: date | None
    last_day: date | None
    rows: tuple[PaperRow, ...]
    remarks: tuple[Remark, ...]
    missing: tuple[str, ...]
    conflicts: tuple[PaperConflict, ...]
    conflict_count: int

    @property
    def changes_nothing(self) -> bool:
        """Whether the programme is as the file says already."""
        return all(row.verdict is Verdict.UNCHANGED for row in self.rows)

    def count(self, verdict: Verdict, section: str = "") -> int:
        """How many entries, of all lists or of one, have a verdict."""
        return sum(
            row.verdict is verdict and (not section or row.section == section) for row in self.rows
        )

    def oddities(self) -> list[Oddity]:
        """What is odd, the same things together, in the order in which people look at them."""
        order = list(Topic)

        def kind(remark: Remark) -> tuple[int, str]:
            return order.index(remark.topic), remark.made.msgid

        grouped = groupby(sorted(self.remarks, key=kind), key=kind)
        found = [tuple(remarks) for _kind, remarks in grouped]
        return [Oddity(remarks[0].topic, remarks[0].made, remarks) for remarks in found]

    def conflict_groups(self) -> list[ConflictGroup]:
        """What does not fit together, the same kinds together, hard ones first."""
        groups: dict[tuple[Severity, str], list[PaperConflict]] = {}
        for each in self.conflicts:
            groups.setdefault((each.severity, each.text.msgid), []).append(each)
        return [ConflictGroup(each[0].severity, tuple(each)) for each in groups.values()]


def write_paper(
    reading: Reading, document: ProgrammeDocument, report: ImportReport
) -> dict[str, Any]:
    """What is told, as JSON holds it."""
    first_day, last_day = days_of(document) or (None, None)
    return {
        "format": reading.format,
        "first_day": first_day and first_day.isoformat(),
        "last_day": last_day and last_day.isoformat(),
        "rows": [[row.section, row.name, row.verdict.value] for row in report.rows],
        "remarks": [_plain(each) for each in (*reading.remarks, *report.remarks)],
        "missing": list(report.missing),
        "conflicts": _conflicts(report.conflicts[:MOST_CONFLICTS]),
        "conflict_count": len(report.conflicts),
    }


def read_paper(kept: dict[str, Any]) -> Paper:
    """What is told, from what was kept."""
    return Paper(
        format=kept["format"],
        first_day=_day(kept["first_day"]),
        last_day=_day(kept["last_day"]),
        rows=tuple(PaperRow(where, name, Verdict(said)) for where, name, said in kept["rows"]),
        remarks=tuple(map(_remark, kept["remarks"])),
        missing=tuple(kept["missing"]),
        conflicts=tuple(
            PaperConflict(Severity(severity), *messages_in([text]))
            for severity, text in kept["conflicts"]
        ),
        conflict_count=kept["conflict_count"],
    )


def _plain(remark: Remark) -> list[Any]:
    entry, made = plain_messages([remark.entry, remark.made])
    return [entry, remark.topic.value, remark.found, made]


def _remark(kept: list[Any]) -> Remark:
    entry, made = messages_in([kept[0], kept[3]])
    return Remark(entry, Topic(kept[1]), kept[2], made)


def _conflicts(found: Iterable[Conflict]) -> list[list[Any]]:
    return [[each.severity.value, *plain_messages([_keepable(each.text)])] for each in found]


def _keepable(text: Message) -> Message:
    """The message with values that JSON can hold; what is no text of ours is said now."""
    values = {
        name: _keepable(value)
        if isinstance(value, Message)
        else value
        if isinstance(value, str | int)
        else str(value)
        for name, value in text.values.items()
    }
    return Message(text.msgid, values, text.plural, text.count)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
