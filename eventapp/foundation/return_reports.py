"""What a returned mail says: whose mail it was, to whom, whether for good, and why. Pure.

RFC 3464 reports are read by their fields; older ones by the few signs that are certain. Whatever a
stranger sends is read as data, and never breaks anything: what cannot be read says nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message as Mail
from email.policy import compat32
from enum import StrEnum

from eventapp.foundation.message import Message, message
from eventapp.foundation.text import clean, normalised_email

MOST_PARTS = 50
LONGEST_TEXT = 64 * 1024
LONGEST_REASON = 300
LONGEST_LINE = 200
MOST_NAMES = 20
_OWN_ID = re.compile(r"<[0-9a-f]{32}@[A-Za-z0-9.-]{1,253}>")
_ENVELOPE = re.compile(r"[+=](\d{1,10})-([0-9a-f]{16})@")
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_CODE = re.compile(r"(?<!\d)([45])\d\d[ -]")
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,253}")
_RETURNED_MAIL = re.compile(r"^(?:Return-Path|Received|Message-ID|DKIM-Signature):", re.M | re.I)
_WHERE_TO = ("To", "Delivered-To", "X-Original-To", "Envelope-To")


class Finality(StrEnum):
    """Whether a returned mail can arrive after all."""

    PERMANENT = "permanent"
    GIVEN_UP = "given_up"  # not for good, but nobody tries any more
    TEMPORARY = "temporary"
    NONE = "none"  # no report about a failure at all


@dataclass(frozen=True, slots=True)
class Report:
    """What a message says about one of our mails; addresses normalised."""

    message_ids: tuple[str, ...] = ()
    envelopes: tuple[tuple[int, str], ...] = ()
    recipients: frozenset[str] = frozenset()
    finality: Finality = Finality.NONE
    code: str = ""
    reason: str = ""
    sender: str = ""
    subject: str = ""


def envelope_text(mail_id: int) -> str:
    """What is sealed in the envelope sender of a mail."""
    return f"envelope {mail_id}"


def read_report(content: bytes) -> Report:
    """What the message says; an empty report where it cannot be read."""
    try:
        return _read(message_from_bytes(content, policy=compat32))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return Report(subject="?")


def _read(mail: Mail) -> Report:
    parts = list(_parts(mail))
    words = "\n".join(_text(part) for part in parts)[:LONGEST_TEXT]
    blocks = [block for part in parts for block in _recipient_blocks(part)]
    block = _worst(blocks)
    if block is not None:
        finality, code = _verdict(block)
    else:
        finality, code = _old_style(mail, words) if not blocks else (Finality.NONE, "")
    return Report(
        message_ids=_message_ids(mail, parts, words),
        envelopes=_envelopes(mail),
        recipients=_recipients(block, mail, words),
        finality=finality,
        code=code,
        reason=_reason(block, code),
        sender=_line(mail, "From"),
        subject=_line(mail, "Subject"),
    )


def _parts(mail: Mail) -> Iterator[Mail]:
    for count, part in enumerate(mail.walk()):
        if count >= MOST_PARTS:
            return
        yield part


def _line(mail: Mail, name: str) -> str:
    return clean(str(mail.get(name, "")))[:LONGEST_LINE]


def _text(part: Mail) -> str:
    """The words of a part that is no container; of the returned headers as well."""
    if part.is_multipart() or part.get_content_maintype() not in {"text", "message"}:
        return ""
    content = part.get_payload(decode=True)
    return content[:LONGEST_TEXT].decode("latin-1") if isinstance(content, bytes) else ""


def _recipient_blocks(part: Mail) -> list[Mail]:
    """The fields about each recipient, of a delivery report; the library cuts it into blocks."""
    if part.get_content_type() != "message/delivery-status" or not part.is_multipart():
        return []
    blocks = part.get_payload()
    return [one for one in blocks if isinstance(one, Mail) and one.get("Action")][:MOST_NAMES]


def _message_ids(mail: Mail, parts: list[Mail], words: str) -> tuple[str, ...]:
    """Names of mails that can be ours, those of the returned message first."""
    named = [str(part.get("Message-ID", "")) for part in parts[1:]]
    named += [words, str(mail.get("In-Reply-To", "")), str(mail.get("References", ""))]
    return tuple(dict.fromkeys(_OWN_ID.findall(" ".join(named))))[:MOST_NAMES]


def _envelopes(mail: Mail) -> tuple[tuple[int, str], ...]:
    """(number of the mail, seal) as they stand in the address to which this was returned."""
    where = " ".join(str(one) for name in _WHERE_TO for one in mail.get_all(name, [])[:5])
    return tuple((int(number), seal) for number, seal in _ENVELOPE.findall(where.lower()))[:5]


def _worst(blocks: list[Mail]) -> Mail | None:
    """The first recipient who was not reached, else the first who was not reached yet."""
    for action in ("failed", "delayed"):
        for block in blocks:
            if str(block.get("Action")).strip().lower() == action:
                return block
    return None


def _verdict(block: Mail) -> tuple[Finality, str]:
    code = _code_in(str(block.get("Status", "")))
    if str(block.get("Action")).strip().lower() == "delayed":
        return Finality.TEMPORARY, code
    return (Finality.GIVEN_UP if code.startswith("4") else Finality.PERMANENT), code


def _recipients(block: Mail | None, mail: Mail, words: str) -> frozenset[str]:
    """Whom the report names as not reached; in a report without fields, whoever it mentions."""
    fields = [str(block.get(name, "")) for name in _NAMES] if block is not None else []
    given = [*filter(None, fields)] or mail.get_all("X-Failed-Recipients", [])[:MOST_NAMES]
    text = " ".join(str(one).rpartition(";")[2] for one in given) if given else words
    return frozenset(normalised_email(one.strip(".")) for one in _ADDRESS.findall(text))


_NAMES = ("Final-Recipient", "Original-Recipient")


def _looks_returned(mail: Mail) -> bool:
    """Signs of reports older than RFC 3464: an empty envelope sender, or the postmaster's names."""
    sender = str(mail.get("From", "")).lower()
    empty = str(mail.get("Return-Path", "")).strip() == "<>"
    named = "mailer-daemon" in sender or "postmaster" in sender
    return empty or named or mail.get("X-Failed-Recipients") is not None


def _old_style(mail: Mail, words: str) -> tuple[Finality, str]:
    """By the codes in the words above the returned mail; without any, nothing is certain."""
    own = _RETURNED_MAIL.split(words, maxsplit=1)[0]
    code = _code_in(own)
    if not code:
        plain = _CODE.search(own)
        code = f"{plain[1]}.0.0" if plain else ""
    if not _looks_returned(mail) or not code or code.startswith("2"):
        return Finality.NONE, ""
    return (Finality.TEMPORARY if code.startswith("4") else Finality.PERMANENT), code


def _code_in(text: str) -> str:
    found = _STATUS.search(text)
    return found[0] if found else ""


def _reason(block: Mail | None, code: str) -> str:
    """The code and what the other server said."""
    said = str(block.get("Diagnostic-Code", "")) if block is not None else ""
    return clean(f"{code} {said.partition(';')[2] or said}")[:LONGEST_REASON]


# ---- In words ----------------------------------------------------------------------------------

UNKNOWN_REASON = message("The mail could not be delivered")
_BY_SUBJECT = {
    "1": message("This address does not exist"),
    "2": message("The mailbox takes no mail"),
    "3": message("The recipient’s mail server cannot take the mail"),
    "4": message("The recipient’s mail server cannot be reached"),
    "6": message("The recipient’s mail server cannot read the mail"),
    "7": message("The recipient’s mail server refuses mail from us"),
}
_BY_DETAIL = {
    "1.2": message("This domain takes no mail"),
    "1.6": message("The mailbox has moved"),
    "1.10": message("This domain takes no mail"),
    "2.1": message("The mailbox is closed"),
    "2.2": message("The mailbox is full"),
    "2.3": message("The mail is too large for the mailbox"),
    "4.7": message("The recipient’s mail server could not be reached for days"),
}


def reason_in_words(text: str) -> Message:
    """Why a mail came back, from the status code in what the other server said."""
    found = _STATUS.search(text)
    if found is None:
        return UNKNOWN_REASON
    detail = f"{int(found[2])}.{int(found[3])}"
    return _BY_DETAIL.get(detail) or _BY_SUBJECT.get(found[2], UNKNOWN_REASON)


def is_about_address(text: str) -> bool:
    """Whether the address is at fault, and not we, our server, or theirs for a while."""
    found = _STATUS.search(text)
    return found[2] in {"0", "1", "2"} if found else "relay" not in text.lower()


def is_for_good(text: str) -> bool:
    """Whether what a server said in the line means never: 5.x.x, or a plain code from 500 on."""
    code = _code_in(text)
    return code.startswith("5") if code else text[:1] == "5"
