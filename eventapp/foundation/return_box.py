"""The mailbox to which undeliverable mails come back: looked into, and cleared of what is done.

`imaps://user:password@host/INBOX`, `imap://…?starttls` or `maildir:/folder`. Of each message at
most LARGEST bytes are read: what matters stands at its beginning.
"""

import imaplib
import mailbox
import re
import ssl
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.errors import MessageError
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from eventapp.foundation.text import clean

LARGEST = 256 * 1024
MOST_AT_ONCE = 200
PATIENCE_SECONDS = 20.0
ROUND_SECONDS = 60.0
LONGEST_REASON = 300
THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
MAILDIR = "maildir"
SHAPE = "must be like imaps://user:password@host/INBOX or maildir:/folder"
_UIDVALIDITY = re.compile(rb"(\d+)")


class BoxAway(Exception):
    """The mailbox cannot be read now; says why in a line, without secrets."""


@dataclass(frozen=True, slots=True)
class BoxAddress:
    """Where returned mails lie; `place` is a folder, or the mailbox on the server."""

    kind: str
    place: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = field(default="", repr=False)
    starttls: bool = False


@dataclass(frozen=True, slots=True)
class Returned:
    """A message in the mailbox; `key` names it there for as long as it lies there."""

    key: str
    content: bytes


class ReturnBox(Protocol):
    """What reading returned mails needs of a mailbox."""

    def messages(self, known: frozenset[str]) -> Iterable[Returned]:
        """Those whose keys are not `known`, oldest first, at most MOST_AT_ONCE."""

    def keys(self) -> Sequence[str]:
        """Everything that lies there."""

    def clear(self, key: str) -> None:
        """Take a message out; nothing if it is gone already."""


def read_box_url(url: str) -> BoxAddress:
    """The address in its parts. Raises ValueError with a line that holds no secret.

    A password goes over an unprotected line on this machine only.
    """
    parts = urlsplit(url)
    if parts.scheme == MAILDIR:
        if not parts.path or parts.netloc:
            raise ValueError(SHAPE)
        return BoxAddress(parts.scheme, unquote(parts.path))
    options = parse_qs(parts.query, keep_blank_values=True)
    if parts.scheme not in {"imap", "imaps"} or not parts.hostname or set(options) - {"starttls"}:
        raise ValueError(SHAPE)
    starttls = parts.scheme == "imap" and "starttls" in options
    if parts.scheme == "imap" and not starttls and parts.hostname not in THIS_MACHINE:
        raise ValueError("a password needs imaps:// or ?starttls")
    return BoxAddress(
        kind=parts.scheme,
        place=unquote(parts.path.strip("/")) or "INBOX",
        host=parts.hostname,
        port=parts.port or (993 if parts.scheme == "imaps" else 143),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=starttls,
    )


@contextmanager
def opened(address: BoxAddress) -> Iterator[ReturnBox]:
    """The mailbox, for as long as the block runs. Raises BoxAway."""
    try:
        if address.kind == MAILDIR:
            yield _Folder(address)
        else:
            with _signed_in(address) as line:
                yield _Server(line, address)
    except (imaplib.IMAP4.error, OSError, mailbox.Error, MessageError) as problem:
        raise BoxAway(clean(str(problem))[:LONGEST_REASON] or type(problem).__name__) from problem


class _Folder:
    """A maildir on this machine."""

    def __init__(self, address: BoxAddress) -> None:
        path = Path(address.place)
        if not path.exists():
            raise OSError(f"{path} does not exist")
        self._box = mailbox.Maildir(str(path), create=False)

    def keys(self) -> Sequence[str]:
        return sorted(self._box.keys())

    def messages(self, known: frozenset[str]) -> Iterator[Returned]:
        new = [key for key in self.keys() if key not in known]
        for key in new[:MOST_AT_ONCE]:
            content = self._read(key)
            if content is not None:
                yield Returned(key, content)

    def _read(self, key: str) -> bytes | None:
        try:
            with self._box.get_file(key) as file:
                return file.read(LARGEST)
        except (KeyError, FileNotFoundError):  # somebody else took it out
            return None

    def clear(self, key: str) -> None:
        with suppress(FileNotFoundError):
            self._box.discard(key)


@contextmanager
def _signed_in(address: BoxAddress) -> Iterator[imaplib.IMAP4]:
    context = ssl.create_default_context()
    line: imaplib.IMAP4
    if address.kind == "imaps":
        line = imaplib.IMAP4_SSL(
            address.host, address.port, ssl_context=context, timeout=PATIENCE_SECONDS
        )
    else:
        line = imaplib.IMAP4(address.host, address.port, timeout=PATIENCE_SECONDS)
    try:
        if address.starttls:
            line.starttls(context)
        line.login(address.user, address.password)
        yield line
    finally:
        with suppress(imaplib.IMAP4.error, OSError):
            line.logout()


class _Server:
    """A mailbox on an IMAP server, by unique ids; reading marks nothing as read."""

    def __init__(self, line: imaplib.IMAP4, address: BoxAddress) -> None:
        self._line = line
        (abilities,) = _checked(line.capability())[:1]  # more of them once we are signed in
        self._takes_one_out = b"UIDPLUS" in abilities.upper().split()
        name = address.place.replace("\\", "\\\\").replace('"', '\\"')
        _checked(line.select(f'"{name}"'))
        _state, validity = line.response("UIDVALIDITY")
        found = _UIDVALIDITY.search((validity or [None])[0] or b"0")
        self._validity = found[1].decode() if found else "0"

    def keys(self) -> Sequence[str]:
        answer = _checked(self._line.uid("SEARCH", "UNDELETED"))
        numbers = sorted(int(uid) for uid in (answer[0] or b"").split())
        return [f"{self._validity}/{uid}" for uid in numbers]

    def messages(self, known: frozenset[str]) -> Iterator[Returned]:
        new = [key for key in self.keys() if key not in known]
        until = time.monotonic() + ROUND_SECONDS
        for key in new[:MOST_AT_ONCE]:
            if time.monotonic() > until:  # a slow server does not hold the worker for long
                return
            answer = _checked(self._line.uid("FETCH", _uid(key), f"(BODY.PEEK[]<0.{LARGEST}>)"))
            parts = [part[1] for part in answer if isinstance(part, tuple)]
            if parts:
                yield Returned(key, bytes(parts[0])[:LARGEST])

    def clear(self, key: str) -> None:
        _checked(self._line.uid("STORE", _uid(key), "+FLAGS.SILENT", r"(\Deleted)"))
        if self._takes_one_out:  # else all that anybody has marked would go too
            _checked(self._line.uid("EXPUNGE", _uid(key)))


def _uid(key: str) -> str:
    return key.partition("/")[2]


def _checked(answer: tuple[str, list[Any]]) -> list[Any]:
    state, content = answer
    if state != "OK":
        raise imaplib.IMAP4.error(clean(str(content)))
    return content
