"""Which kind of presentation a file is: told by what is in it, never by its name."""

import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from eventapp.foundation.incoming import FileRefused
from eventapp.foundation.message import message

PDF_WITHIN = 1024  # readers look for the mark here
CHUNK = 1024 * 1024
ENTRY = b"PK\x01\x02"  # begins each line of a package's list
MOST_ENTRIES = 20_000
MOST_TYPES = 2 * 1024 * 1024
POWERPOINT = b"presentationml.presentation.main+xml"
IMPRESS = b"application/vnd.oasis.opendocument.presentation"


@dataclass(frozen=True)
class Kind:
    """A format with the ending that we give its files."""

    media_type: str
    ending: str


PDF = Kind("application/pdf", "pdf")
PPTX = Kind("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx")
ODP = Kind("application/vnd.oasis.opendocument.presentation", "odp")
ENDINGS = {kind.media_type: kind.ending for kind in (PDF, PPTX, ODP)}
UNKNOWN = message("Please choose a PDF, a PowerPoint file (.pptx) or one of LibreOffice (.odp).")
PACKED = frozenset({ZIP_STORED, ZIP_DEFLATED})
DAMAGED = (
    BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    struct.error,
)
MACROS = message("This presentation holds macros. Please save it without them, or as a PDF.")


def presentation_kind(path: Path, head: bytes) -> Kind:
    """What the file is. Raises FileRefused for anything but the three kinds."""
    if b"%PDF-" in head[:PDF_WITHIN]:
        return PDF
    if head.startswith(b"PK") and not _lists_too_much(path):
        try:
            with ZipFile(path) as package:
                return _kind_of_package(package)
        except DAMAGED:
            pass  # encrypted, damaged, or of a kind that nobody uses for slides
    raise FileRefused("file", UNKNOWN)


def _lists_too_much(path: Path) -> bool:
    """Whether the list in a package is longer than any presentation's.

    Counted before the library reads it, which keeps half a kilobyte of memory for each line; and
    over the whole file, as what its end says of the list may be untrue.
    """
    count, end = 0, b""
    with path.open("rb") as file:
        while some := file.read(CHUNK):
            count += (end + some).count(ENTRY)
            end = some[1 - len(ENTRY) :]
    return count > MOST_ENTRIES


def _beginning(package: ZipFile, entry: ZipInfo, size: int) -> bytes:
    """What a part begins with; only as office programs pack: others ask for memory as they like."""
    if entry.compress_type not in PACKED:
        raise FileRefused("file", UNKNOWN)
    with package.open(entry) as part:
        return part.read(size)


def _kind_of_package(package: ZipFile) -> Kind:
    names = {one.filename: one for one in package.infolist()}
    if "[Content_Types].xml" in names:
        words = _beginning(package, names["[Content_Types].xml"], MOST_TYPES)
        if b"macroEnabled" in words:
            raise FileRefused("file", MACROS)
        if POWERPOINT in words:
            return PPTX
    elif "mimetype" in names:
        kind = _beginning(package, names["mimetype"], len(IMPRESS) + 2)
        if kind.strip() == IMPRESS:
            return ODP
    raise FileRefused("file", UNKNOWN)
