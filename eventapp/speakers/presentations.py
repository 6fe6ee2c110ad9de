"""Which kind of presentation a file is: told by what is in it, never by its name."""

from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from eventapp.foundation.incoming import FileRefused
from eventapp.foundation.message import message

PDF_WITHIN = 1024  # readers look for the mark here
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
MACROS = message("This presentation holds macros. Please save it without them, or as a PDF.")


def presentation_kind(path: Path, head: bytes) -> Kind:
    """What the file is. Raises FileRefused for anything but the three kinds."""
    if b"%PDF-" in head[:PDF_WITHIN]:
        return PDF
    if head.startswith(b"PK"):
        try:
            with ZipFile(path) as package:
                return _kind_of_package(package)
        except (BadZipFile, OSError, ValueError, KeyError, NotImplementedError, RuntimeError):
            pass  # encrypted, damaged, or of a kind that nobody uses for slides
    raise FileRefused("file", UNKNOWN)


def _kind_of_package(package: ZipFile) -> Kind:
    names = {one.filename: one for one in package.infolist()[:MOST_ENTRIES]}
    if "[Content_Types].xml" in names:
        with package.open("[Content_Types].xml") as types:
            words = types.read(MOST_TYPES)
        if b"macroEnabled" in words:
            raise FileRefused("file", MACROS)
        if POWERPOINT in words:
            return PPTX
    elif "mimetype" in names:
        with package.open("mimetype") as kind:
            if kind.read(len(IMPRESS) + 2).strip() == IMPRESS:
                return ODP
    raise FileRefused("file", UNKNOWN)
