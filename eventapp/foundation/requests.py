"""The request as this program reads it: files of a form lie on the disk on which they will stay."""

from typing import IO, TYPE_CHECKING, Any, cast

from flask import Request

from eventapp.foundation.incoming import IncomingFile
from eventapp.foundation.uploads import incoming_folder

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


class OwnRequest(Request):
    """Puts files on the disk on which they will stay; reads forms to their end if it is full."""

    def __init__(self, environ: "WSGIEnvironment", *args: Any, **options: Any) -> None:
        """As Flask's."""
        super().__init__(environ, *args, **options)
        self._incoming: list[IncomingFile] = []

    def close(self) -> None:
        """Let go of all files, also of a form that was given up before its end."""
        super().close()
        for each in self._incoming:
            each.close()

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        if not filename:
            return super()._get_file_stream(
                total_content_length, content_type, filename, content_length
            )
        self._incoming.append(IncomingFile(incoming_folder()))
        return cast("IO[bytes]", self._incoming[-1])
