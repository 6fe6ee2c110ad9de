"""What an import did or would do."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from eventapp.foundation.message import N_, Message, message
from eventapp.programme.foreign.remarks import Remark
from eventapp.programme.timetable.checks import Conflict


class Verdict(StrEnum):
    """What became of an entry."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


_WORDS = {
    Verdict.ADDED: N_("New"),
    Verdict.CHANGED: N_("Changed"),
    Verdict.UNCHANGED: N_("Unchanged"),
}


def verdict_label(verdict: Verdict) -> Message:
    """What a verdict is called, to be translated."""
    return message(_WORDS[verdict])


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One entry of the file, "sessions T1", what it is called, and what became of it."""

    entry: str
    verdict: Verdict
    name: str = ""

    @property
    def section(self) -> str:
        """Which list of the file it stands in."""
        return self.entry.partition(" ")[0]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do, and which rules the programme then breaks.

    `remarks` are about what the event has already; `missing` are sessions that came from a file
    once and are not in this one: they stay.
    """

    rows: tuple[ImportRow, ...]
    conflicts: tuple[Conflict, ...]
    remarks: tuple[Remark, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many entries got which verdict."""
        counted = Counter(row.verdict for row in self.rows)
        return {verdict.value: counted[verdict] for verdict in Verdict}
