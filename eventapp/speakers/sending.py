"""How files leave: under names of our own, never to be opened in the page of anybody."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import IO
from zipfile import ZIP_STORED, ZipFile

from flask import Response

from eventapp.foundation import uploads
from eventapp.foundation.errors import NotFound
from eventapp.foundation.http import conditional
from eventapp.foundation.text import slugify
from eventapp.foundation.uploads import StoredFile
from eventapp.speakers.models import Portrait, Slides
from eventapp.speakers.presentations import ENDINGS
from eventapp.speakers.states import Size

SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"
FOR_A_WHILE = "public, max-age=300"
"""So long may others show a portrait that was withdrawn; who has it asks for no bytes again."""
CHUNK = 256 * 1024


def download_name(slides: Slides, number: int) -> str:
    """Like "moehn-ute-2.pdf": told by whose it is, not by what they called it."""
    person = slides.contributor
    name = slugify(f"{person.last_name} {person.first_name}") or "slides"
    return f"{name}-{number}.{ENDINGS.get(slides.file.media_type, 'bin')}"


def as_attachment(slides: Slides, number: int) -> Response:
    """To be saved, whatever a browser would like to do with it."""
    row = slides.file
    response = Response(_pieces_of(_path(row)), mimetype=row.media_type)
    response.content_length = row.size
    response.headers.set(
        "Content-Disposition", "attachment", filename=download_name(slides, number)
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def as_picture(portrait: Portrait, size: Size) -> Response:
    """The picture itself, which is a JPEG that we painted."""
    row = portrait.file(size)
    response = Response(_path(row).read_bytes(), mimetype=row.media_type)
    response.headers["Content-Security-Policy"] = SANDBOX
    return conditional(response, sha256(row.sha256.encode()).hexdigest()[:32])


def _path(row: StoredFile) -> Path:
    path = uploads.path_of(row)
    if not path.is_file():
        raise NotFound
    return path


def _pieces_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while some := file.read(CHUNK):
            yield some


class _Pieces:
    """What a ZIP is written to, piece by piece; it is never whole in memory."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._position = 0

    def write(self, some: bytes) -> int:
        self._pieces.append(bytes(some))
        self._position += len(some)
        return len(some)

    def tell(self) -> int:
        return self._position

    def flush(self) -> None:
        return None

    def taken(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def zip_of(slides: Sequence[Slides], name: str) -> Response:
    """All presentations in one file, each under its own name of ours."""
    response = Response(_zipped(_named(slides)), mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def _named(slides: Sequence[Slides]) -> list[tuple[str, StoredFile]]:
    counts: dict[int, int] = {}
    named = []
    for one in slides:
        counts[one.contributor_id] = counts.get(one.contributor_id, 0) + 1
        named.append((download_name(one, counts[one.contributor_id]), one.file))
    used: set[str] = set()
    return [(_unique(name, used, number), row) for number, (name, row) in enumerate(named, 1)]


def _unique(name: str, used: set[str], number: int) -> str:
    """Two people of one name have two files."""
    wanted = f"{number}-{name}" if name in used else name
    used.add(wanted)
    return wanted


def _zipped(files: Sequence[tuple[str, StoredFile]]) -> Iterator[bytes]:
    pieces = _Pieces()
    # presentations are packed already; what is written here is asked for nothing but the above
    target: IO[bytes] = pieces  # type: ignore[assignment]
    with ZipFile(target, "w", ZIP_STORED) as package:
        for name, row in files:
            path = uploads.path_of(row)
            if not path.is_file():
                continue
            with path.open("rb") as source, package.open(name, "w", force_zip64=True) as part:
                while some := source.read(CHUNK):
                    part.write(some)
                    yield pieces.taken()
    yield pieces.taken()
