"""Talking to the mail server: one connection for many mails, and three ways in which it can fail.

Every step has a time limit, and so has a mail as a whole: a server that answers a letter a second
must not hold the worker. A line may stay open for the mails of the next seconds.
"""

import smtplib
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from math import inf
from threading import Lock, Thread
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

from eventapp.foundation.text import clean

CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 45.0
MAIL_SECONDS = 49.0
GUARD_SECONDS = 1.0  # how often somebody looks whether a mail takes too long
IDLE_SECONDS = 10.0  # servers close quiet lines after half a minute or more
LONGEST_REASON = 300
GO_ON = 354
CLOSING = 421
FULL = 552  # reads as permanent, but mailboxes are emptied; RFC 5321 wants it treated as 452
ASKS_FOR_SIGN_IN = frozenset({530, 534, 535, 538})
Reply = tuple[int, bytes]


class Deferred(Exception):
    """This mail was not taken now; try it again later."""


class Rejected(Exception):
    """This mail will never be taken."""


class ServerAway(Exception):
    """No mail can be sent now: the server does not answer, or does not let us in."""


class Encryption(StrEnum):
    """How the line is protected."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails are handed over."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    encryption: Encryption = Encryption.NONE


def read_smtp_url(url: str) -> MailServer:
    """`smtp://user:password@host:port`, `…?starttls`, or `smtps://…`. Raises ValueError in a line.

    A password goes over an unprotected line on this machine only.
    """
    parts = urlsplit(url)
    options = parse_qs(parts.query, keep_blank_values=True, strict_parsing=False)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or set(options) - {"starttls"}:
        raise ValueError("must be like smtp://user:password@host:587?starttls or smtps://host")
    encryption = Encryption.STARTTLS if "starttls" in options else Encryption.NONE
    if parts.scheme == "smtps":
        encryption = Encryption.TLS
    local = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if parts.password and encryption is Encryption.NONE and not local:
        raise ValueError("a password needs smtps:// or ?starttls")
    return MailServer(
        host=parts.hostname,
        port=parts.port or _usual_port(encryption),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        encryption=encryption,
    )


def _usual_port(encryption: Encryption) -> int:
    return {Encryption.TLS: 465, Encryption.STARTTLS: 587, Encryption.NONE: 25}[encryption]


class Postman:
    """Hands mails over, one after the other; connects when there is one, and again when cut off."""

    def __init__(self, server: MailServer, *, own_name: str, mail_seconds: float = MAIL_SECONDS):
        """`own_name` is how we introduce ourselves; `mail_seconds` the most a mail may take."""
        self._server = server
        self._own_name = own_name
        self._mail_seconds = mail_seconds
        self._smtp: smtplib.SMTP | None = None
        self._cut_at = inf
        self._quiet_since = 0.0
        self._guard: Thread | None = None
        self._guarding = Lock()

    def __enter__(self) -> Self:
        """Connects later, when there is a mail."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Say goodbye."""
        self.hang_up()

    def hang_up(self) -> None:
        """Say goodbye if there is still somebody to say it to; the next mail connects anew."""
        if self._smtp is not None:
            with suppress(smtplib.SMTPException, OSError), self._deadline():
                self._smtp.quit()
        self._drop()

    def rest(self) -> None:
        """Called while there are no mails: a line that has been quiet for a while is closed."""
        if self._smtp is not None and time.monotonic() - self._quiet_since > IDLE_SECONDS:
            self.hang_up()

    def greet(self) -> None:
        """Connect and sign in, and send nothing. Raises ServerAway with what happened."""
        began = time.monotonic()
        with self._deadline():
            try:
                self._connected()
            except ServerAway as problem:
                # whichever limit was met first: it would read as if the server had closed the line
                if time.monotonic() - began >= self._mail_seconds:
                    raise ServerAway(f"no answer within {self._mail_seconds:g} s") from problem
                raise

    def hand_over(self, message: bytes, *, sender: str, recipient: str) -> None:
        """Returns when the server has taken responsibility. Raises Deferred, Rejected, ServerAway.

        `message` has CRLF as its line ends, the addresses are plain (`one_address`). smtplib's own
        commands would parse them, and search the message line by line, which takes longer than
        all the rest.
        After Deferred nobody knows whether the server took it, if the line was cut at the end.
        """
        with self._deadline():
            try:
                smtp = self._begin(sender, len(message))
                self._judge(smtp.docmd("RCPT", f"TO:<{recipient}>"))
                self._judge(self._told(smtp, message))
            except (smtplib.SMTPException, OSError) as problem:
                self._drop()
                raise Deferred(_reason(problem)) from problem
            except ValueError:  # no line for a server; the next mail must not come amid this one
                self._drop()
                raise

    def _begin(self, sender: str, size: int) -> smtplib.SMTP:
        """Announce a mail; a connection that has grown old is replaced once."""
        if self._smtp is not None:
            with suppress(smtplib.SMTPException, OSError):
                reply = _announced(self._smtp, sender, size)
                if reply[0] != CLOSING:
                    self._judge(reply)
                    return self._smtp
            self._drop()
        self._smtp = self._connected()
        self._judge(_announced(self._smtp, sender, size))
        return self._smtp

    def _told(self, smtp: smtplib.SMTP, message: bytes) -> Reply:
        """What the server says to the letter, or to being asked whether it takes one."""
        reply = smtp.docmd("DATA")
        if reply[0] != GO_ON:
            self._judge(reply)
            raise smtplib.SMTPResponseException(*reply)
        end = b".\r\n" if message.endswith(b"\r\n") else b"\r\n.\r\n"
        smtp.send(message.replace(b"\n.", b"\n..") + end)  # RFC 5321, 4.5.2
        return smtp.getreply()

    def _connected(self) -> smtplib.SMTP:
        server = self._server
        secure = server.encryption is Encryption.TLS
        context = ssl.create_default_context() if server.encryption != Encryption.NONE else None
        patience = min(CONNECT_SECONDS, self._mail_seconds)
        smtp = (
            smtplib.SMTP_SSL(local_hostname=self._own_name, timeout=patience, context=context)
            if secure
            else smtplib.SMTP(local_hostname=self._own_name, timeout=patience)
        )
        self._smtp = smtp  # from here on the deadline can cut it
        try:
            smtp._host = server.host  # type: ignore[attr-defined]  # SMTP_SSL checks this name
            code, text = smtp.connect(server.host, server.port)
            if code != 220:
                raise ServerAway(_said(code, text))
            self._sign_in(smtp, context)
        except (smtplib.SMTPException, OSError, ValueError) as problem:
            self._drop()
            raise ServerAway(_reason(problem)) from problem
        except ServerAway:
            self._drop()
            raise
        return smtp

    def _sign_in(self, smtp: smtplib.SMTP, context: ssl.SSLContext | None) -> None:
        if smtp.sock is not None:
            smtp.sock.settimeout(ANSWER_SECONDS)
        smtp.ehlo_or_helo_if_needed()
        if self._server.encryption is Encryption.STARTTLS:
            smtp.starttls(context=context)
            smtp.ehlo()
        if self._server.user:
            smtp.login(self._server.user, self._server.password)

    def _judge(self, reply: Reply) -> None:
        """Nothing if the server agrees; else raise what its answer means."""
        code, text = reply
        if 200 <= code < 300:
            return
        if code == CLOSING or code < 0:
            self._drop()
        elif self._smtp is not None:
            self._reset(self._smtp)
        if code in ASKS_FOR_SIGN_IN:
            raise ServerAway(_said(code, text))
        if code >= 500 and code != FULL:
            raise Rejected(_said(code, text))
        raise Deferred(_said(code, text))

    def _reset(self, smtp: smtplib.SMTP) -> None:
        try:
            smtp.rset()
        except (smtplib.SMTPException, OSError):
            self._drop()

    @contextmanager
    def _deadline(self) -> Iterator[None]:
        """Whoever waits on the line inside finds it closed when the mail has taken too long."""
        self._cut_at = time.monotonic() + self._mail_seconds
        with self._guarding:
            if self._guard is None:
                self._guard = Thread(target=self._keep_guard, name="mail line", daemon=True)
                self._guard.start()
        try:
            yield
        finally:
            self._cut_at, self._quiet_since = inf, time.monotonic()

    def _keep_guard(self) -> None:
        """In a thread of its own, for as long as the line is open: to start one for each mail would
        take longer than to write the mail."""
        while True:
            time.sleep(min(GUARD_SECONDS, self._mail_seconds / 10))
            if time.monotonic() >= self._cut_at:
                self._cut()
            with self._guarding:
                if self._smtp is None and self._cut_at == inf:
                    self._guard = None
                    return

    def _cut(self) -> None:
        smtp = self._smtp
        if smtp is not None and smtp.sock is not None:
            with suppress(OSError):
                smtp.sock.shutdown(2)

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
        self._smtp = None


def _announced(smtp: smtplib.SMTP, sender: str, size: int) -> Reply:
    option = f" SIZE={size}" if smtp.has_extn("size") else ""
    return smtp.docmd("MAIL", f"FROM:<{sender}>{option}")


def _as_bytes(text: bytes | str) -> bytes:
    return text.encode("utf-8", "replace") if isinstance(text, str) else text


def _said(code: int, text: bytes) -> str:
    return clean(f"{code} {text.decode('utf-8', 'replace')}")[:LONGEST_REASON]


def _reason(problem: BaseException) -> str:
    if isinstance(problem, smtplib.SMTPResponseException):
        return _said(problem.smtp_code, _as_bytes(problem.smtp_error))
    return clean(str(problem))[:LONGEST_REASON] or type(problem).__name__
