"""HTTP/1.1 without sockets: bytes of one connection in, requests out; an answer in, bytes out.

The parser is llhttp, which Node.js uses, in its strict mode: a request that two programs could
read in two ways (two lengths, a bare line feed) is refused. See docs/decisions/0044.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from urllib.parse import unquote_to_bytes
from wsgiref.handlers import format_date_time

from httptools import HttpParserError, HttpParserUpgrade, HttpRequestParser

LINE_LIMIT = 4094
FIELD_LIMIT = 8190
FIELDS_LIMIT = 100
HEAD_LIMIT = 65536
IN_MEMORY = 256 * 1024  # what is longer of a body waits in a file
VERSIONS = frozenset({"1.0", "1.1"})
BODYLESS = frozenset({"204", "304"})
JOINED_BY = {"HTTP_COOKIE": "; "}
ONCE = frozenset({"HTTP_HOST", "CONTENT_TYPE", "CONTENT_LENGTH"})
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Refusal(Exception):
    """What came is no request that we answer; the status says why."""

    def __init__(self, status: str) -> None:
        """`status` is code and words."""
        super().__init__(status)
        self.status = status


class Stage(Enum):
    """What a connection waits for."""

    IDLE = auto()
    HEAD = auto()
    BODY = auto()


@dataclass(slots=True)
class Asked:
    """One request, complete; a body that is longer than allowed was not kept, only its length."""

    method: str
    target: bytes
    version: str
    fields: dict[str, str]
    body: IO[bytes]
    keeps: bool

    def environ(self, common: dict[str, Any]) -> dict[str, Any]:
        """The request as WSGI wants it (PEP 3333)."""
        path, _, query = self.target.partition(b"?")
        if path[:1] != b"/" and b"://" in path:  # meant for proxies, still a right way to ask us
            path = b"/" + path.split(b"://", 1)[1].partition(b"/")[2]
        return {
            **common,
            **self.fields,
            "REQUEST_METHOD": self.method,
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query.decode("latin-1"),
            "SERVER_PROTOCOL": f"HTTP/{self.version}",
            "wsgi.input": self.body,
        }


class Talk:
    """What somebody sends on one connection, read as it comes in, in pieces of any size."""

    def __init__(self, body_limit: int) -> None:
        """Bodies longer than `body_limit` are not kept: the application refuses them itself."""
        self.asked: deque[Asked] = deque()
        self.stage = Stage.IDLE
        self.ended = False  # nothing that still comes will be read
        self.continues = False  # the sender waits to be told to go on
        self._body_limit = body_limit
        self._body: IO[bytes] | None = None
        self._refusal: Refusal | None = None
        self._parser = HttpRequestParser(self)

    def receive(self, data: bytes) -> None:
        """Read on; complete requests are put to `asked`. Raises Refusal."""
        if self.ended:
            return
        try:
            self._parser.feed_data(data)
        except HttpParserUpgrade:  # we go on in our own language, with nothing after this request
            self._end()
        except HttpParserError as problem:
            raise self._refusal or Refusal("400 Bad Request") from problem
        if self.stage is Stage.HEAD:
            self._head_size += len(data)
            if self._head_size > HEAD_LIMIT:
                raise Refusal("431 Request Header Fields Too Large")

    def close(self) -> None:
        """Let go of what has not become an answer."""
        self.ended = True
        for file in (self._body, *(asked.body for asked in self.asked)):
            if file is not None:
                file.close()
        self.asked.clear()

    def on_message_begin(self) -> None:
        """A request begins."""
        self.stage = Stage.HEAD
        self._fields: dict[str, str] = {}
        self._target, self._count, self._head_size = b"", 0, 0
        self._body, self._length = None, 0

    def on_url(self, piece: bytes) -> None:
        """A piece of the address."""
        self._target += piece
        if len(self._target) > LINE_LIMIT:
            self._refuse("414 URI Too Long")

    def on_header(self, name: bytes, value: bytes) -> None:
        """A field of the head; those after the body are nothing to us."""
        if self.stage is not Stage.HEAD:
            return
        self._count += 1
        if len(name) + len(value) > FIELD_LIMIT or self._count > FIELDS_LIMIT:
            self._refuse("431 Request Header Fields Too Large")
        key = environ_key(name)
        if not key:
            return
        text = value.decode("latin-1").strip(" \t")
        if key in self._fields:
            if key in ONCE:
                self._refuse("400 Bad Request")
            text = f"{self._fields[key]}{JOINED_BY.get(key, ',')}{text}"
        self._fields[key] = text

    def on_headers_complete(self) -> None:
        """The head is there: what can be refused is refused before the body comes."""
        self._version = self._parser.get_http_version()
        if self._version not in VERSIONS:
            self._refuse("505 HTTP Version Not Supported")
        if self._version == "1.1" and "HTTP_HOST" not in self._fields:
            self._refuse("400 Bad Request")
        if self._fields.pop("HTTP_TRANSFER_ENCODING", "chunked").lower() != "chunked":
            self._refuse("501 Not Implemented")
        self._keeps = self._parser.should_keep_alive()
        self.stage = Stage.BODY
        self._length = int(self._fields.get("CONTENT_LENGTH") or 0)
        if self._length > self._body_limit:
            self._complete()
            self._end()
        elif self._fields.get("HTTP_EXPECT", "").lower() == "100-continue":
            self.continues = True

    def on_body(self, piece: bytes) -> None:
        """A piece of the body."""
        if self.ended:
            return
        if self._body is None:
            self._body, self._length = SpooledTemporaryFile(IN_MEMORY), 0  # noqa: SIM115 - outlives
        self._body.write(piece)
        self._length += len(piece)
        if self._length > self._body_limit:
            self._complete()
            self._end()

    def on_message_complete(self) -> None:
        """The request is complete."""
        if not self.ended:
            self._complete()

    def _complete(self) -> None:
        body = self._body or BytesIO()
        if self._body is not None:  # also where it came in chunks, without saying how long it is
            body.seek(0)
            self._fields["CONTENT_LENGTH"] = str(self._length)
        method = self._parser.get_method().decode("ascii")
        self.asked.append(
            Asked(method, self._target, self._version, self._fields, body, self._keeps)
        )
        self._body = None
        self.stage, self.continues = Stage.IDLE, False

    def _end(self) -> None:
        self.ended = True
        if self.asked:
            self.asked[-1].keeps = False

    def _refuse(self, status: str) -> None:
        """Leave the parser, which reports every error of ours as one of its own."""
        self._refusal = Refusal(status)
        raise self._refusal


@lru_cache(maxsize=1000)
def environ_key(name: bytes) -> str:
    """The name of a field in WSGI; "" for one with an underscore.

    It would pass for the one with a hyphen: X_Forwarded_For for what only a proxy may say.
    """
    if b"_" in name:
        return ""
    key = name.decode("latin-1").upper().replace("-", "_")
    return key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"


class Reply:
    """An answer on its way from the application to bytes."""

    def __init__(self, asked: Asked, *, may_keep: bool) -> None:
        """`may_keep` is whether the connection may stay open for another request."""
        self.keeps = asked.keeps and may_keep
        self.begun = False
        self._asked = asked
        self._status = ""
        self._headers: list[tuple[str, str]] = []
        self._left: int | None = None  # bytes of the body that are still to come, if told
        self._chunked = False

    def start(
        self, status: str, headers: list[tuple[str, str]], exc_info: Any = None
    ) -> Callable[[bytes], None]:
        """`start_response` of WSGI; without its old `write`, which nobody here uses."""
        if exc_info and self.begun:
            raise exc_info[1].with_traceback(exc_info[2])
        self._status, self._headers = status, headers
        return _no_writing

    def pieces(self, body: Iterable[bytes]) -> Iterator[bytes]:
        """The bytes to send, piece by piece; the first holds the head."""
        for part in body:
            if part:
                head = b"" if self.begun else self._head()
                yield head + self._framed(part)
        if not self.begun:
            yield self._head()
        if self._chunked:
            yield b"0\r\n\r\n"
        if self._left:
            self.keeps = False  # less than was told: the rest can only be missed

    def _head(self) -> bytes:
        self.begun = True
        names = {name.lower(): value for name, value in self._headers}
        told = names.get("content-length")
        self._left = int(told) if told is not None else None
        if self._asked.method == "HEAD" or self._status[:3] in BODYLESS:
            self._left = 0
        elif told is None:
            self._chunked = self._asked.version == "1.1"
            self.keeps = self.keeps and self._chunked
        lines = [f"HTTP/1.1 {self._status}", *(f"{name}: {value}" for name, value in self._headers)]
        if "date" not in names:
            lines.append(f"Date: {_date(int(time.time()))}")
        if self._chunked:
            lines.append("Transfer-Encoding: chunked")
        lines.append(f"Connection: {'keep-alive' if self.keeps else 'close'}")
        text = "\r\n".join(lines)
        if text.count("\n") != len(lines) - 1 or "\0" in text:
            raise ValueError("a line break in a header of the answer")
        return f"{text}\r\n\r\n".encode("latin-1")

    def _framed(self, part: bytes) -> bytes:
        if self._chunked:
            return b"%x\r\n%b\r\n" % (len(part), part)
        if self._left is None:
            return part
        part = part[: self._left]
        self._left -= len(part)
        return part


def _no_writing(_data: bytes) -> None:
    raise NotImplementedError("give the body back instead of writing it")


@lru_cache(maxsize=2)
def _date(second: int) -> str:
    return format_date_time(second)


def refused(status: str) -> bytes:
    """The answer to what was no request."""
    return f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode("ascii")
