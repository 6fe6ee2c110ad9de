"""Calendars over HTTP (RFC 9110): validators first, the bytes only for those who lack them."""

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import quote

from flask import Response, request
from werkzeug.datastructures import Headers
from werkzeug.http import http_date, parse_date, parse_etags

from eventapp.foundation.ics import MIMETYPE
from eventapp.foundation.text import slugify
from eventapp.foundation.web import PageResponse

CACHING = "public, max-age=300"


class CalendarResponse(PageResponse):
    """An answer for programs without a face: the same for everybody, and no cookie in sight.

    It repeats Last-Modified on a 304, which Werkzeug drops and calendar programs go by.
    """

    default_mimetype = MIMETYPE

    def get_wsgi_headers(self, environ: dict[str, object]) -> Headers:
        """Last word on the headers, after every extension that touches the session."""
        last_modified = self.headers.get("Last-Modified")
        headers: Headers = super().get_wsgi_headers(environ)
        headers.remove("Set-Cookie")
        headers.remove("Vary")
        if last_modified is not None:
            headers["Last-Modified"] = last_modified
        return headers


def calendar_answer(
    make: Callable[[], bytes], *, etag: str, last_modified: datetime, name: str
) -> Response:
    """The calendar that `make` gives, or 304 without calling it; `name` as a file, without ending.

    Anybody may ask, accepting anything; there is no cookie and nothing to sign in to.
    """
    tags = request.headers.getlist("If-None-Match")
    held = ",".join(tags) if tags else None
    if has_version(held, request.headers.get("If-Modified-Since"), etag, last_modified):
        response = CalendarResponse(status=304)
    else:
        response = CalendarResponse(make(), content_type=f"{MIMETYPE}; charset=utf-8")
        response.headers["Content-Disposition"] = disposition(name)
    response.headers.update(validators(etag, last_modified))
    return response


def validators(etag: str, last_modified: datetime) -> dict[str, str]:
    """What every answer says of its version, and how long it may be kept without asking."""
    return {"ETag": f'"{etag}"', "Last-Modified": http_date(last_modified),
            "Cache-Control": CACHING}  # fmt: skip


def has_version(held: str | None, since: str | None, etag: str, last_modified: datetime) -> bool:
    """Whether the asker holds these bytes already, by If-None-Match and If-Modified-Since.

    The former decides alone where it is sent; a date that cannot be read counts as none.
    """
    if held is not None:
        return held == f'"{etag}"' or parse_etags(held).contains_weak(etag)
    moment = parse_date(since)
    return moment is not None and last_modified.astimezone(UTC).replace(microsecond=0) <= moment


def disposition(name: str) -> str:
    """To be shown or saved, under an ASCII name for old programs and its own for the others."""
    plain = slugify(name) or "calendar"
    return f"inline; filename=\"{plain}.ics\"; filename*=UTF-8''{quote(name, safe='')}.ics"
