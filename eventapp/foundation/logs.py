"""Log lines: one JSON object each, with the request's id, without secrets and line breaks."""

import logging
import re
import sys
import time
from datetime import UTC, datetime
from json import JSONEncoder
from secrets import token_hex
from typing import Any, TextIO

import structlog
from flask import Flask, Request, Response, g, has_request_context, request
from structlog.typing import EventDict, Processor, WrappedLogger

SECRET_PATH = re.compile(r"/(a|c|i|k|o|r|s|u)/[\w~.%-]{8,}")
SECRET_FIELD = re.compile(r"pass(word|wort)|token|secret|cookie|authorization", re.IGNORECASE)
MASK = "…"

REQUESTS = logging.getLogger("eventapp.requests")

log = structlog.stdlib.get_logger("eventapp")
_ENCODER = JSONEncoder(ensure_ascii=False)


class _CurrentStderr(logging.StreamHandler[TextIO]):
    """Writes to whatever the error stream is now, as tests and servers exchange it."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:
        """The error stream of this moment."""
        return sys.stderr

    @stream.setter
    def stream(self, _other: TextIO) -> None:
        """Ignored: the stream is always the current one."""


def masked(text: str) -> str:
    """The text with the secret part of personal addresses left out."""
    return SECRET_PATH.sub(rf"/\1/{MASK}", text)


def request_id() -> str:
    """The id under which the log knows this request; "" outside of one."""
    return str(g.get("request_id", "")) if has_request_context() else ""


def configure_logs() -> None:
    """Send all log lines, also those of libraries, through one JSON formatter. Twice is once."""
    shared: list[Processor] = [
        _add_request_id,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _mask,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    root = logging.getLogger()
    if any(isinstance(handler, _CurrentStderr) for handler in root.handlers):
        return
    handler = _CurrentStderr()
    handler.setFormatter(
        _Lines(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root.addHandler(handler)
    logging.getLogger("eventapp").setLevel(logging.INFO)


def log_requests(app: Flask) -> None:
    """Give every request an id and write one line about it when it has been answered."""
    configure_logs()

    @app.before_request
    def begin() -> None:
        g.request_id = token_hex(16)
        g.began = time.perf_counter()

    @app.after_request
    def finish(response: Response) -> Response:
        number = g.get("request_id", "")
        response.headers.add("X-Request-Id", number)
        asked: Request = request._get_current_object()  # type: ignore[attr-defined]
        if asked.endpoint != "static" and REQUESTS.isEnabledFor(logging.INFO):
            spent = time.perf_counter() - g.get("began", time.perf_counter())
            REQUESTS.handle(_request_line(asked, number, response.status_code, spent))
        return response


def _request_line(asked: Request, number: str, status: int, seconds: float) -> logging.LogRecord:
    """The line as the formatter would write it, by the shortest way: there is one per request."""
    record = logging.LogRecord(REQUESTS.name, logging.INFO, __file__, 0, "request", None, None)
    record.written = _ENCODER.encode(
        {
            "method": asked.method,
            "path": masked(asked.path),
            "status": status,
            "milliseconds": round(seconds * 1000, 1),
            "event": "request",
            "request_id": number,
            "level": "info",
            "timestamp": datetime.now(UTC).isoformat().replace("+00:00", "Z"),
        }
    )
    return record


class _Lines(structlog.stdlib.ProcessorFormatter):
    """Writes entries as JSON; a line that is written already stays as it is."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        return getattr(record, "written", None) or super().format(record)


def _add_request_id(_logger: WrappedLogger, _name: str, entry: EventDict) -> EventDict:
    known = request_id()
    return {**entry, "request_id": known} if known else entry


def _mask(_logger: WrappedLogger, _name: str, entry: EventDict) -> EventDict:
    """Mask secrets in names and in addresses; line breaks and escapes become JSON escapes later."""
    return {name: _masked_value(name, value) for name, value in entry.items()}


def _masked_value(name: str, value: Any) -> Any:
    if SECRET_FIELD.search(name):
        return MASK
    if isinstance(value, str):
        return masked(value)
    return value
