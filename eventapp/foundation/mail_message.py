"""A mail as the bytes that go over the line: headers that cannot be injected, three kinds of part.

multipart/mixed( multipart/alternative( text/plain, text/html ), attachments )
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import lru_cache

from eventapp.foundation.text import clean

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL_PART = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_DOMAIN = re.compile(
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*"
    r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
)
LONGEST_ADDRESS = 254
LONGEST_LOCAL_PART = 64
LONGEST_NAME = 200
ALLOWED_HEADERS = frozenset({"List-Unsubscribe", "List-Unsubscribe-Post", "List-Id"})


class Unsendable(Exception):
    """This mail cannot become a message, now or later; says why in a line."""


@dataclass(frozen=True, slots=True)
class Part:
    """An attached file."""

    filename: str
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Draft:
    """All that a message says; its texts already hold the links that work."""

    message_id: str
    written_at: datetime
    sender: str
    sender_name: str
    recipient: str
    recipient_name: str
    reply_to: str
    locale: str
    subject: str
    text: str
    html: str = ""
    parts: Sequence[Part] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


def one_address(text: str) -> str | None:
    """The address in the form that every mail server takes, or None unless it is exactly one.

    International domains become ASCII. Quoted and non-ASCII local parts are refused: too many
    servers read them otherwise than we do.
    """
    local, at, domain = text.strip().rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    address = f"{local}@{ascii_domain}"
    fits = len(address) <= LONGEST_ADDRESS and 0 < len(local) <= LONGEST_LOCAL_PART
    plain = _LOCAL_PART.fullmatch(local) and _DOMAIN.fullmatch(ascii_domain)
    return address if at and fits and plain else None


@lru_cache(maxsize=8)
def sender_address(mail_from: str) -> Address:
    """The installation's own address, given as "Name <name@domain>" or bare."""
    name, email = parseaddr(mail_from)
    return Address(clean(name), addr_spec=one_address(email) or "")


def build_message(draft: Draft) -> EmailMessage:
    """The message, 7 bit clean, every line shorter than 998. Raises Unsendable."""
    message = EmailMessage(policy=SMTP)
    try:
        _write_headers(message, draft)
        _write_parts(message, draft)
    except (ValueError, LookupError, TypeError) as problem:
        raise Unsendable(clean(str(problem))) from problem
    return message


def _write_headers(message: EmailMessage, draft: Draft) -> None:
    own = sender_address(draft.sender)
    message["From"] = _mailbox(draft.sender_name or own.display_name, own.addr_spec)
    message["To"] = _mailbox(draft.recipient_name, draft.recipient)
    if draft.reply_to:
        message["Reply-To"] = _mailbox("", draft.reply_to)
    message["Subject"] = clean(draft.subject)
    message["Date"] = format_datetime(draft.written_at)
    message["Message-ID"] = draft.message_id
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"  # what Exchange understands instead
    for name, value in draft.headers.items():
        if name in ALLOWED_HEADERS:
            message[name] = clean(value)


def _mailbox(name: str, email: str) -> Address:
    address = one_address(email)
    if address is None:
        raise ValueError("not exactly one e-mail address")
    return Address(clean(name)[:LONGEST_NAME], addr_spec=address)


def _write_parts(message: EmailMessage, draft: Draft) -> None:
    message.set_content(draft.text, cte="quoted-printable")
    if draft.html:
        message.add_alternative(draft.html, subtype="html", cte="base64")
    for part in draft.parts:
        main, slash, sub = part.content_type.partition("/")
        if not slash:
            raise ValueError("an attachment of no known kind")
        params = {"charset": "utf-8"} if main == "text" else {}
        message.add_attachment(
            part.body,
            maintype=main,
            subtype=sub,
            cte="base64",
            filename=clean(part.filename),
            params=params,
        )
    message["Content-Language"] = draft.locale  # now: adding parts would have moved it into one
