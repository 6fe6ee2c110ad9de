"""Where a request's files are put while the rest of its form is read, and why one is not taken."""

import errno
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from eventapp.foundation.errors import Invalid
from eventapp.foundation.message import message

NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT})
PRIVATE = 0o700


class FileRefused(Invalid):
    """A file that is not taken; the sentence stands beside the field "file"."""


class NoSpace(FileRefused):
    """There is no room on the disk."""

    def __init__(self) -> None:
        """Nobody but the host can help."""
        super().__init__(
            "file",
            message(
                "There is no room left on our server, so the file was not kept. Please tell us;"
                " everything else that you entered still stands here."
            ),
        )


class IncomingFile:
    """Where a request's file is put while the rest of the form is read.

    On the disk on which it will stay. When that is full, the form is still read to its end, so that
    nothing typed is lost; only reading the file fails.
    """

    def __init__(self, folder: Path) -> None:
        """An unnamed file: it is gone with its process, whatever happens."""
        self._file: IO[bytes] | None = None
        self.problem: OSError | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE)
            self._file = TemporaryFile(dir=folder)  # noqa: SIM115 - closed with the request
        except OSError as problem:
            self._fail(problem)

    def write(self, some: bytes) -> int:
        """Keep it, unless there is no room."""
        if self.problem is None and self._file is not None:
            try:
                return self._file.write(some)
            except OSError as problem:
                self._fail(problem)
        return len(some)

    def read(self, size: int = -1) -> bytes:
        """What was sent. Raises NoSpace where it could not be kept."""
        return self._whole().read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place in the file; who writes is at its end."""
        if self.problem is not None or self._file is None:
            return 0
        try:
            return self._file.seek(offset, whence)
        except OSError as problem:  # what was still to be written had no room
            self._fail(problem)
            return 0

    def tell(self) -> int:
        """The place in the file."""
        return self._file.tell() if self._file else 0

    def close(self) -> None:
        """Give the room back."""
        if self._file is not None:
            with suppress(OSError):
                self._file.close()

    def __getattr__(self, name: str) -> Any:
        """The rest of what a file can do."""
        return getattr(self._whole(), name)

    def __iter__(self) -> Iterator[bytes]:
        """Line by line."""
        return iter(self._whole())

    def _whole(self) -> IO[bytes]:
        if self.problem is not None or self._file is None:
            raise NoSpace
        return self._file

    def _fail(self, problem: OSError) -> None:
        if problem.errno not in NO_SPACE:
            raise problem
        self.problem = problem
