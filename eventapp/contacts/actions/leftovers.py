"""Taking rows that an import left out away, as a table that the import understands."""

from collections.abc import Sequence

from eventapp.accounts.audit import Actor, record_change
from eventapp.contacts import queries
from eventapp.contacts.errors import NothingKept
from eventapp.contacts.models import ContactImport
from eventapp.contacts.states import ImportState
from eventapp.contacts.verdicts import RowVerdict
from eventapp.contacts.words import LEFT_OUT_WORDS, SURPLUS, VERDICT_WORDS
from eventapp.foundation.database import transaction
from eventapp.foundation.tabular import Cell, Column, Table, unguarded


def export_left_out(done: ContactImport, *, actor: Actor) -> Table:
    """The rows that an import left out, as they were, each with its reason; on record.

    The three columns in front are passed over when the corrected file is imported. Raises
    NothingKept.
    """
    if done.state is not ImportState.IMPORTED or not done.content:
        raise NothingKept
    rows = queries.all_left_out_of(done)
    header = list(done.mapping["header"])
    width = max([len(header), *(len(row.cells) for row in rows)])
    with transaction():
        record_change(actor, "contacts.left_out_exported", done, after={"rows": len(rows)})
    own = [Column(f"import-{at}", str(words)) for at, words in enumerate(LEFT_OUT_WORDS)]
    names = _padded(header, width, filling=str(SURPLUS))
    given = [Column(f"column-{at}", name) for at, name in enumerate(names)]
    return Table(done.filename, own + given, (_left_out_cells(row, width) for row in rows))


def _left_out_cells(row: RowVerdict, width: int) -> list[Cell]:
    reasons = " ".join(map(str, row.reasons))
    cells = _padded([unguarded(cell) for cell in row.cells], width)  # the writer guards them again
    return [row.line, str(VERDICT_WORDS[row.verdict]), reasons, *cells]


def _padded(cells: Sequence[str], width: int, *, filling: str = "") -> list[str]:
    return [*cells, *[filling] * (width - len(cells))]
