"""The file that a workbook is: a compressed folder of XML parts, opened with care. Pure.

What it claims to hold is looked at before anything is unpacked; macros, pictures and links to other
files are never looked at. No part may bring definitions of its own (XXE, billion laughs).
"""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from xml.etree.ElementTree import Element
from xml.parsers import expat

from eventapp.contacts.errors import FileRefused
from eventapp.foundation.message import Message, message

MAX_UNPACKED = 300 * 1024 * 1024
MAX_PARTS = 2000
MAX_RATIO = 200  # an honest sheet shrinks to a tenth, one of a single repeated value to a fiftieth
SMALL = 1024 * 1024  # a part so small may be as compressible as it likes
LARGEST_TREE = 8 * 1024 * 1024  # a tree in memory is twenty times its text
_ENCRYPTED = 0x1

_DAMAGED = message("The workbook is damaged. Please open it in Excel and save it again as XLSX.")
_BOMB = message("The workbook unpacks to more than a list can be. Please save the list alone.")
_LOCKED = message("The workbook is protected by a password. Please save it without one.")
_ODS = message("This is an OpenDocument workbook (ODS). Please save it as XLSX or CSV UTF-8.")
_BINARY = message("This is a binary workbook (XLSB). Please save it as XLSX or CSV UTF-8.")
_ARCHIVE = message("This is a compressed file. Please unpack it and choose the list in it.")
_DEFINITIONS = message(
    "The workbook holds definitions that no list needs. Please save it again as XLSX."
)


_FAULTS = (
    zipfile.BadZipFile, zlib.error, expat.ExpatError, SyntaxError, EOFError, OSError, LookupError,
    RuntimeError, ValueError, OverflowError,
)  # fmt: skip
"""What reading a broken file may raise; ElementTree's own error is a SyntaxError."""


class _Forbidden(Exception):
    """A part of the file brings a document type or entities of its own."""


class Package:
    """An opened workbook: its parts by name, read one at a time."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        """`archive` has been looked at already."""
        self._archive = archive
        self.names = frozenset(archive.namelist())

    def tree(self, name: str) -> Element | None:
        """A small part as a tree; None where there is none."""
        # imported here: only who uploads a workbook needs it
        from defusedxml.ElementTree import fromstring  # noqa: PLC0415

        if name not in self.names:
            return None
        if self._archive.getinfo(name).file_size > LARGEST_TREE:
            raise damaged()
        with _only_sound_parts():
            root: Element = fromstring(self._archive.read(name), forbid_dtd=True)
        return root

    def parse(
        self,
        name: str,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None],
        text: Callable[[str], None],
    ) -> None:
        """Read a large part from its beginning to its end, event by event."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _forbid
        parser.ExternalEntityRefHandler = _forbid
        with _only_sound_parts(), self._archive.open(name) as part:
            parser.ParseFile(part)


def open_package(content: bytes) -> Package:
    """The parts of a workbook. Raises FileRefused for what is none, or is more than a list."""
    with _only_sound_parts():
        archive = zipfile.ZipFile(io.BytesIO(content))
    names = set(archive.namelist())
    _refuse_if(_BOMB if _is_bomb(archive) else None)
    _refuse_if(_other_kind(archive, names))
    if any(part.flag_bits & _ENCRYPTED for part in archive.infolist()):
        raise FileRefused(_LOCKED)
    return Package(archive)


def _refuse_if(reason: Message | None) -> None:
    if reason is not None:
        raise FileRefused(reason)


def _is_bomb(archive: zipfile.ZipFile) -> bool:
    parts = archive.infolist()
    return (
        len(parts) > MAX_PARTS
        or sum(part.file_size for part in parts) > MAX_UNPACKED
        or any(
            part.file_size > SMALL and part.file_size > MAX_RATIO * max(part.compress_size, 1)
            for part in parts
        )
    )


def _other_kind(archive: zipfile.ZipFile, names: set[str]) -> Message | None:
    if "xl/workbook.bin" in names:
        return _BINARY
    if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
        return None
    return _ODS if "content.xml" in names and "mimetype" in names else _ARCHIVE


@contextmanager
def _only_sound_parts() -> Iterator[None]:
    """Whatever is wrong with the file becomes a sentence for the person who chose it."""
    from defusedxml.common import DefusedXmlException  # noqa: PLC0415 - see `Package.tree`

    try:
        yield
    except (_Forbidden, DefusedXmlException) as problem:
        raise FileRefused(_DEFINITIONS) from problem
    except _FAULTS as problem:
        raise FileRefused(_DAMAGED) from problem


def _forbid(*_: Any) -> Any:
    raise _Forbidden


def damaged() -> FileRefused:
    """What is said of a workbook whose parts do not fit together."""
    return FileRefused(_DAMAGED)
