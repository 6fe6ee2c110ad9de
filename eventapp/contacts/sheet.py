"""A list between upload and decision as one text: a row a line, with its verdict once read. Pure.

A line is a letter for the verdict and JSON after it, so that a page of a long list is shown by
reading its fifty lines only. After the import the same form holds the rows that were left out.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from eventapp.contacts.cells import Verdict
from eventapp.contacts.reading import Record
from eventapp.contacts.verdicts import RowVerdict
from eventapp.foundation.message import Message

_UNREAD = "-"
_LETTERS = {
    Verdict.OK: "o",
    Verdict.WARNING: "w",
    Verdict.ERROR: "e",
    Verdict.DUPLICATE: "d",
    Verdict.BLOCKED: "b",
    Verdict.SKIP: "s",
}
_VERDICTS = {letter: verdict for verdict, letter in _LETTERS.items()}


def sheet_of_records(records: Iterable[Record]) -> str:
    """The rows as they were uploaded, not judged yet."""
    return "\n".join(_line(_UNREAD, record.line, record.cells, ()) for record in records)


def sheet_of_verdicts(verdicts: Iterable[RowVerdict]) -> str:
    """The rows with their verdicts and the reasons for them."""
    return "\n".join(
        _line(_LETTERS[row.verdict], row.line, row.cells, row.reasons) for row in verdicts
    )


def records_in(sheet: str) -> tuple[Record, ...]:
    """All rows, whether they are judged or not."""
    parsed = (json.loads(line[1:]) for line in lines_in(sheet))
    return tuple(Record(number, tuple(cells)) for number, cells, _reasons in parsed)


def lines_in(sheet: str, only: Verdict | None = None) -> Sequence[str]:
    """The lines of the sheet, or those with one verdict, to be read by `verdict_in`."""
    lines = sheet.split("\n") if sheet else []
    return [line for line in lines if line[0] == _LETTERS[only]] if only else lines


def verdict_in(line: str) -> RowVerdict:
    """One judged row; the person in it has to be read again."""
    number, cells, reasons = json.loads(line[1:])
    return RowVerdict(number, _VERDICTS[line[0]], messages_in(reasons), cells=tuple(cells))


def plain_messages(said: Iterable[Message]) -> list[Any]:
    """Messages as JSON holds them, to be read by `messages_in`."""
    return list(map(_plain, said))


def messages_in(plain: Sequence[Any]) -> tuple[Message, ...]:
    """Messages as they were kept, to be said in whatever language."""
    return tuple(map(_message, plain))


def _line(letter: str, number: int, cells: Sequence[str], reasons: Sequence[Message]) -> str:
    content = [number, cells, plain_messages(reasons)]
    return letter + json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _plain(said: Message) -> list[Any]:
    """A message as JSON holds it, so that it is read later in whatever language."""
    values = {
        name: _plain(value) if isinstance(value, Message) else value
        for name, value in said.values.items()
    }
    return [said.msgid, values, said.plural, said.count]


def _message(plain: Sequence[Any]) -> Message:
    msgid, values, plural, count = plain
    inner = {
        name: _message(value) if isinstance(value, list) else value
        for name, value in values.items()
    }
    return Message(msgid, inner, plural, count)
