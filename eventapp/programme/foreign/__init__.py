"""Reads programmes that other programs and people wrote: schedule.xml, schedule.json, XLSX, CSV.

What a file is, its content tells, never its name. All formats end in the same document; what is odd
is told and not refused. Pure: nothing here knows the database.
"""

import codecs
from collections.abc import Callable
from dataclasses import dataclass

from eventapp.contacts.workbook import is_workbook
from eventapp.foundation.message import message
from eventapp.programme.exchange import (
    MOST_BYTES,
    ProgrammeDocument,
    parse_json,
    programme_in,
    refuse,
    too_large,
)
from eventapp.programme.foreign.assembling import assemble
from eventapp.programme.foreign.raw import RawProgramme, Target
from eventapp.programme.foreign.remarks import (
    Notes,
    Remark,
    Topic,
    topic_label,
)
from eventapp.programme.foreign.schedule_json import read_schedule_json
from eventapp.programme.foreign.schedule_xml import read_schedule_xml
from eventapp.programme.foreign.tables import read_csv, read_xlsx

__all__ = ["Reading", "Remark", "Target", "Topic", "read_any", "topic_label"]

Reader = Callable[[bytes, Target, Notes], RawProgramme]
OWN = "eventapp"
MOST_SESSIONS = 5_000


@dataclass(frozen=True)
class Reading:
    """What was read: the format it was in, the programme, and what was odd."""

    format: str
    document: ProgrammeDocument
    remarks: tuple[Remark, ...] = ()


def read_any(content: bytes, target: Target) -> Reading:
    """The programme in a file of any known format. Raises BadProgramme with the reason."""
    if len(content) > MOST_BYTES:
        raise too_large()
    if not content.strip():
        raise refuse(message("The file is empty."))
    beginning = _beginning(content)
    if beginning in ("{", "["):
        return _read_json(content, target)
    name, reader = next(
        (name, reader) for name, fits, reader in _FORMATS if fits(content, beginning)
    )
    return _assembled(name, target, lambda notes: reader(content, target, notes))


def _beginning(content: bytes) -> str:
    """The first sign of a text, whatever its encoding."""
    for mark in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        content = content.removeprefix(mark)
    return content[:400].replace(b"\x00", b"").lstrip()[:1].decode("ascii", "replace")


_FORMATS: tuple[tuple[str, Callable[[bytes, str], bool], Reader], ...] = (
    ("xlsx", lambda content, _beginning: is_workbook(content), read_xlsx),
    ("schedule.xml", lambda _content, beginning: beginning == "<", read_schedule_xml),
    ("csv", lambda _content, _beginning: True, read_csv),
)


def _read_json(content: bytes, target: Target) -> Reading:
    parsed = parse_json(content)
    if not isinstance(parsed, dict) or "schedule" not in parsed:
        return Reading(OWN, programme_in(parsed))
    return _assembled(
        "schedule.json", target, lambda notes: read_schedule_json(parsed, target, notes)
    )


def _assembled(name: str, target: Target, read: Callable[[Notes], RawProgramme]) -> Reading:
    notes = Notes()
    raw = read(notes)
    if not raw.sessions:
        raise refuse(message("There is no session in the file."))
    if len(raw.sessions) > MOST_SESSIONS:
        raise refuse(message("The file holds more than a programme can."))
    document = assemble(raw, target, notes)
    return Reading(name, document, notes.told())
