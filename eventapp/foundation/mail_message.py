"""A mail as the bytes that go over the line: headers that cannot be injected, three kinds of part.

multipart/mixed( multipart/alternative( text/plain, text/html ), attachments )

Put together here from what the library's parts give: its classes take five times as long, and
write the same (a test compares the two to the letter).
"""

import re
import secrets
from binascii import b2a_base64, b2a_qp
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address
from email.policy import Compat32
from email.quoprimime import header_encode
from email.utils import encode_rfc2231, format_datetime, formataddr, getaddresses, quote
from functools import lru_cache

from eventapp.foundation.text import clean

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL_PART = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_DOMAIN = re.compile(
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*"
    r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
)


_WITH_FOLDS = Compat32(linesep="\r\n")
LONGEST_ADDRESS = 254
LONGEST_LOCAL_PART = 64
LONGEST_LINE = 78
BASE64_LINE = 76
LONGEST_NAME = 200
LONGEST_WORD = 60
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

    International domains become ASCII as registries do it, so that straße.de is not strasse.de,
    which belongs to somebody else. Quoted and non-ASCII local parts are refused: too many
    servers read them otherwise than we do.
    """
    local, at, domain = text.strip().rpartition("@")
    try:
        ascii_domain = domain if domain.isascii() else _in_ascii(domain)
    except ValueError:
        return None
    address = f"{local}@{ascii_domain}"
    fits = len(address) <= LONGEST_ADDRESS and 0 < len(local) <= LONGEST_LOCAL_PART
    plain = _LOCAL_PART.fullmatch(local) and _DOMAIN.fullmatch(ascii_domain)
    return address if at and fits and plain else None


@lru_cache(maxsize=200)
def _in_ascii(domain: str) -> str:
    """By IDNA 2008; Python's own codec knows the rules of 2003 only. Raises ValueError."""
    from email_validator import validate_email  # noqa: PLC0415 - 40 ms of patterns, seldom needed

    found = validate_email(
        f"x@{domain}", check_deliverability=False, globally_deliverable=False
    ).ascii_domain
    return str(found)


@lru_cache(maxsize=8)
def sender_address(mail_from: str) -> Address:
    """The installation's own address, given as "Name <name@domain>" or bare. Raises ValueError."""
    [(name, email), *others] = getaddresses([mail_from]) or [("", "")]
    address = one_address(email)
    if address is None or others:
        raise ValueError("must be like Agency <noreply@events.example.org>")
    return Address(clean(name), addr_spec=address)


def message_bytes(draft: Draft) -> bytes:
    """The message as sent: 7 bit clean, every line shorter than 998. Raises Unsendable."""
    try:
        kind, body = _letter(draft)
        return _entity([*kind, *_own_headers(draft)], body)
    except (ValueError, LookupError, TypeError, MessageError) as problem:
        raise Unsendable(clean(str(problem))) from problem


Headers = list[tuple[str, str]]
_NAME_AND_ADDRESS = re.compile(r"=\?[^ ;,]+\?= <[^ ;,]+>")  # one place to fold at
_VERSION = ("MIME-Version", "1.0")
_QUOTED = ("Content-Transfer-Encoding", "quoted-printable")
_BASE64 = ("Content-Transfer-Encoding", "base64")


def _letter(draft: Draft) -> tuple[Headers, bytes]:
    """What the message consists of: the headers that say what follows, and what follows."""
    letter = _text("plain", _QUOTED), _in_quoted_printable(draft.text)
    if draft.html:
        html = _entity(_text("html", _BASE64), _in_base64(draft.html.encode()))
        letter = _joined("alternative", [_entity(*letter), html])
    if draft.parts:
        letter = _joined("mixed", [_entity(*letter), *map(_file, draft.parts)])
    return letter


def _text(kind: str, encoding: tuple[str, str]) -> Headers:
    return [_VERSION, ("Content-Type", f'text/{kind}; charset="utf-8"'), encoding]


def _joined(kind: str, parts: Sequence[bytes]) -> tuple[Headers, bytes]:
    # "=_" stands in nothing that is quoted-printable or Base64, so nobody has to look for it
    boundary = f"=_{secrets.token_hex(12)}"
    between = f"\r\n--{boundary}\r\n".encode()
    body = between.join([b"", *parts])[2:] + f"\r\n--{boundary}--\r\n".encode()
    return [("Content-Type", f'multipart/{kind}; boundary="{boundary}"'), _VERSION], body


def _file(part: Part) -> bytes:
    main, slash, _sub = part.content_type.partition("/")
    if not slash:
        raise ValueError("an attachment of no known kind")
    kind = [("Content-Type", part.content_type), _VERSION]
    if main == "text":
        kind = [_VERSION, ("Content-Type", f'{part.content_type}; charset="utf-8"')]
    there = ("Content-Disposition", f"attachment; {_filename(clean(part.filename))}")
    return _entity([*kind, _BASE64, there], _in_base64(part.body))


def _filename(name: str) -> str:
    if not name:
        return "filename"
    if name.isascii():
        return f'filename="{quote(name)}"'
    return f"filename*={encode_rfc2231(name, 'utf-8')}"


def _entity(headers: Headers, body: bytes) -> bytes:
    return b"".join([*[_line(*header) for header in headers], b"\r\n", body])


@lru_cache(maxsize=200)
def _line(name: str, value: str) -> bytes:
    """The lines of one header; most are the same in every mail."""
    line = f"{name}: {value}"
    if line.isascii() and line.isprintable():
        if len(line) <= LONGEST_LINE:
            return f"{line}\r\n".encode()
        head, _, tail = line.rpartition(" ")
        if _NAME_AND_ADDRESS.fullmatch(value) and max(len(head), len(tail) + 1) <= LONGEST_LINE:
            return f"{head}\r\n {tail}\r\n".encode()
    return _WITH_FOLDS.fold_binary(name, value)


def _in_quoted_printable(words: str) -> bytes:
    lines = words.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
    # it folds with the kind of line end that it finds, so there has to be one
    return b2a_qp(f"{lines}\r\n".encode())[:-2]


def _in_base64(body: bytes) -> bytes:
    encoded = b2a_base64(body, newline=False)
    lines = range(0, len(encoded), BASE64_LINE)
    return b"".join([encoded[start : start + BASE64_LINE] + b"\r\n" for start in lines])


def _own_headers(draft: Draft) -> Headers:
    headers = [
        ("From", _origin(draft.sender, draft.sender_name)),
        ("To", _mailbox("To", draft.recipient_name, draft.recipient)),
    ]
    if draft.reply_to:
        headers.append(("Reply-To", _mailbox("Reply-To", "", draft.reply_to)))
    headers += [
        ("Subject", _encoded("Subject", clean(draft.subject))),
        ("Date", format_datetime(draft.written_at)),
        ("Message-ID", draft.message_id),
        ("Content-Language", draft.locale),
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "OOF, AutoReply"),  # what Exchange understands instead
    ]
    allowed = [name for name in draft.headers if name in ALLOWED_HEADERS]
    return headers + [(name, clean(draft.headers[name])) for name in allowed]


@lru_cache(maxsize=50)
def _origin(sender: str, name: str) -> str:
    own = sender_address(sender)
    return _mailbox("From", name or own.display_name, own.addr_spec)


def _mailbox(header: str, name: str, email: str) -> str:
    address = one_address(email)
    if address is None:
        raise ValueError("not exactly one e-mail address")
    name = clean(name)[:LONGEST_NAME]
    if _is_plain(name):
        return formataddr((name, address))
    return f"{_encoded(header, name)} <{address}>"


@lru_cache(maxsize=200)
def _encoded(header: str, text: str) -> str:
    """The text as a header holds it, folded; the library takes long to see that one word does."""
    if _is_plain(text):
        return Header(text, "us-ascii", header_name=header).encode()
    word = _encoded_word(text.encode())
    if len(header) + len(": ") + len(word) <= LONGEST_LINE:
        return word
    return Header(text, "utf-8", header_name=header).encode()


def _encoded_word(text: bytes) -> str:
    """The shorter of the two ways of writing it (RFC 2047)."""
    quoted = header_encode(text, "utf-8")
    in_base64 = f"=?utf-8?b?{b2a_base64(text, newline=False).decode()}?="
    return min(quoted, in_base64, key=len)


def _is_plain(text: str) -> bool:
    """Whether it may stand in a header as it is: no umlauts, nothing that cannot be folded.

    What looks encoded already is encoded once more, so that it arrives as it was written.
    """
    longest = max(map(len, text.split()), default=0)
    return text.isascii() and "=?" not in text and longest <= LONGEST_WORD
