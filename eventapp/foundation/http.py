"""What every answer carries and every request must pass: headers, host, limits, CSRF, caching."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Flask, Request, Response, request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, ValidationError
from werkzeug.wrappers import Response as AnyResponse

from eventapp.foundation.access import Visitor, access_of, large_body_of
from eventapp.foundation.form_guard import CHANGING, csrf
from eventapp.foundation.logs import log_requests
from eventapp.foundation.requests import OwnRequest
from eventapp.foundation.settings import Settings

MEGABYTE = 1024 * 1024
BODY_LIMIT = 8 * MEGABYTE  # a contact list of 20,000 rows
FORM_LIMIT = MEGABYTE  # all text fields together
FORM_PARTS = 1000
GREATEST_ID = 2**31 - 1
PROBES = frozenset({"/healthz", "/readyz", "/metrics"})  # asked by machines under any name
LOCAL_NAMES = ("127.0.0.1", "localhost", "[::1]")

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "frame-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
LETTER_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
FRAME_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors *"
)
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": PERMISSIONS,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PRIVATE_HEADERS = {"X-Robots-Tag": "noindex, nofollow, noarchive", "Cache-Control": "no-store"}
HTTPS_ONLY = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains")

R = TypeVar("R", bound=AnyResponse)


def _by_small_letters(headers: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    return {name.lower(): (name, value) for name, value in headers.items()}


USUAL = _by_small_letters(HEADERS)
INSISTED: Mapping[Visitor | None, dict[str, tuple[str, str]]] = {
    Visitor.SIGNED_IN: _by_small_letters(PRIVATE_HEADERS),
    Visitor.BEARER: _by_small_letters({**PRIVATE_HEADERS, "Referrer-Policy": "no-referrer"}),
}
"""What an answer says whatever its view has said."""


class RowNumber(IntegerConverter):
    """A whole number in an address, as large as a row's id can be; larger ones name nothing."""

    def to_python(self, value: str) -> int:
        """The number; no database is asked for one that it cannot hold."""
        number = int(super().to_python(value))
        if number > GREATEST_ID:
            raise ValidationError
        return number


def secure_responses(app: Flask, settings: Settings) -> None:
    """Guard every request and dress every answer of the application."""
    app.request_class = OwnRequest
    app.url_map.converters["int"] = RowNumber
    _limit(app, settings)
    _trust_proxies(app, settings.trusted_proxies)
    log_requests(app)
    hosts = allowed_hosts(settings)

    @app.before_request
    def refuse_what_is_not_ours() -> None:
        asked = this_request()
        if asked.host not in hosts and asked.path not in PROBES:
            raise BadRequest("foreign host")
        if "\x00" in asked.path or b"%00" in asked.query_string:
            raise BadRequest("NUL in the request")
        if asked.method in CHANGING:
            _let_large_files_in(app, asked)
            _refuse_foreign_forms(asked, hosts)

    csrf.init_app(app)  # after our own guards, so that a foreign host is told nothing of forms

    @app.after_request
    def dress(response: Response) -> Response:
        return _dressed(app, response)


def this_request() -> Request:
    """The request itself: through Flask's stand-in each attribute costs four calls."""
    found: Request = request._get_current_object()  # type: ignore[attr-defined]  # of the stand-in
    return found


def _let_large_files_in(app: Flask, asked: Request) -> None:
    """Only where the view takes them, and only from whom its own check lets in."""
    large = large_body_of(app, asked.endpoint) if asked.endpoint else None
    if large is not None and large.may(**(asked.view_args or {})):
        asked.max_content_length = large.limit


def _refuse_foreign_forms(asked: Request, hosts: frozenset[str]) -> None:
    if _comes_from_elsewhere(asked, hosts):
        raise BadRequest("foreign origin")
    if asked.mimetype != "multipart/form-data":
        asked.max_content_length = FORM_LIMIT  # the form limits count parts only
    if len(asked.form) > FORM_PARTS:
        raise RequestEntityTooLarge
    if any("\x00" in name or "\x00" in value for name, value in asked.form.items(multi=True)):
        raise BadRequest("NUL in the request")


def allowed_hosts(settings: Settings) -> frozenset[str]:
    """The names (with port) we answer to; on this machine also its other names."""
    own = urlsplit(settings.base_url)
    if own.hostname not in {"127.0.0.1", "localhost", "::1"}:
        return frozenset({own.netloc})
    port = f":{own.port}" if own.port else ""
    return frozenset({own.netloc, *(name + port for name in LOCAL_NAMES)})


def _limit(app: Flask, settings: Settings) -> None:
    app.config.update(
        MAX_CONTENT_LENGTH=BODY_LIMIT,
        MAX_FORM_MEMORY_SIZE=FORM_LIMIT,
        MAX_FORM_PARTS=FORM_PARTS,
        SESSION_COOKIE_NAME="__Host-session" if settings.over_https else "session",
        SESSION_COOKIE_SECURE=settings.over_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",  # a link in a mail must find the signed-in person
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: nobody loses a long form
    )
    app.config["OVER_HTTPS"] = settings.over_https


def _trust_proxies(app: Flask, count: int) -> None:
    """Believe what exactly `count` proxies of our own say; never their idea of our host name."""
    if count:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask documents this way
            app.wsgi_app, x_for=count, x_proto=count, x_host=0, x_port=0, x_prefix=0
        )


def _comes_from_elsewhere(asked: Request, hosts: frozenset[str]) -> bool:
    """Whether the browser says that another site sent this form.

    A page with `no-referrer` sends "null" as its origin, so that is no sign of a stranger; there
    Sec-Fetch-Site tells.
    """
    if asked.headers.get("Sec-Fetch-Site") == "cross-site":
        return True
    origin = asked.headers.get("Origin")
    return origin not in {None, "null"} and urlsplit(str(origin)).netloc not in hosts


def _dressed(app: Flask, response: Response) -> Response:
    headers, visitor = response.headers, _visitor(app)
    present = {name.lower() for name, _ in headers}
    insisted = INSISTED.get(visitor, {})
    for name in insisted.keys() & present:
        headers.set(*insisted[name])
    wanted = {**USUAL, **insisted}
    if app.config["OVER_HTTPS"]:
        wanted["strict-transport-security"] = HTTPS_ONLY
    if "content-security-policy" in present and headers["Content-Security-Policy"] == FRAME_POLICY:
        del wanted["x-frame-options"]
    depends = _depends(visitor, response.mimetype)
    if "vary" in present:
        response.vary.update(depends)
    elif depends:
        wanted["vary"] = ("Vary", ", ".join(depends))
    headers[len(headers) :] = [  # at once: one by one they would each be searched for
        header for name, header in wanted.items() if name not in present
    ]
    return response


def _depends(visitor: Visitor | None, kind: str | None) -> tuple[str, ...]:
    """What in a request makes its answer another one."""
    if kind == "text/html":
        return "Accept-Language", "Cookie"
    return ("Cookie",) if visitor in INSISTED else ()


def _visitor(app: Flask) -> Visitor | None:
    endpoint = this_request().endpoint
    access = access_of(app, endpoint) if endpoint else None
    return access.visitor if access else None


def row_number(text: str) -> int:
    """The id in a query string, as `type` of `request.args.get`; ValueError where no row has it."""
    number = int(text)
    if not 0 <= number <= GREATEST_ID:
        raise ValueError(text)
    return number


def no_store(response: R) -> R:
    """Keep this answer out of every cache and index."""
    response.headers.update(PRIVATE_HEADERS)
    return response


def as_letter(response: Response) -> Response:
    """Let foreign HTML, such as a mail, be shown in a frame of our own pages and do nothing."""
    response.headers["Content-Security-Policy"] = LETTER_POLICY
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def for_frames_anywhere(response: R) -> R:
    """Let any site show this answer in a frame: it runs nothing and sends nothing."""
    response.headers["Content-Security-Policy"] = FRAME_POLICY
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def conditional(response: Response, etag: str, last_modified: datetime | None = None) -> Response:
    """Name the version of the answer, and send 304 instead where the visitor has it already."""
    response.set_etag(etag)
    response.last_modified = last_modified
    response.make_conditional(request)
    return response


def own_path(candidate: Any, *, otherwise: str) -> str:
    """A path on this site to go on to, or `otherwise` for anything that leads elsewhere.

    Browsers read "//x", "/\\x" and "/<tab>/x" as other sites, so only plain paths pass.
    """
    text = candidate if isinstance(candidate, str) else ""
    plain = text.startswith("/") and not text.startswith("//") and text.isprintable()
    if not plain or "\\" in text or " " in text:
        return otherwise
    return text


def with_ticked(path: str, ids: Sequence[int]) -> str:
    """The address of a list whose page comes back with these rows ticked, and no others."""
    plain, _mark, query = path.partition("?")
    kept = [(name, value) for name, value in parse_qsl(query) if name not in ("tick", "ticked")]
    return f"{plain}?{urlencode([*kept, *(('ticked', one) for one in ids)])}"
