"""The legal pages: as the organisation edited them, else an honest template to fill in."""

import re
from functools import cache
from pathlib import Path

from eventapp.accounts.models import HostOrganisation, LegalPage
from eventapp.accounts.states import LegalKind
from eventapp.foundation.placeholders import fill

FOLDER = Path(__file__).parent / "legal"
GAP = re.compile(r"\[[^\]\n]+\](?!\()")
"""What a template leaves to the organisation: words in brackets that are no Markdown link."""

_ALONE = re.compile(r"(?<![\[(:<])\{(email|phone)\}")
"""Where the text has made no link of it yet."""
_MAIL = re.compile(r"[\w.+-]+@[\w.-]+\.\w+", re.ASCII)
_PHONE = re.compile(r"[+0-9][0-9 ()/–-]{4,}")


@cache
def template(kind: LegalKind, locale: str) -> str:
    """The text that is shown until the organisation has written its own; Markdown."""
    return (FOLDER / f"{kind}.{locale}.md").read_text(encoding="utf-8")


def body(page: LegalPage | None, kind: LegalKind, locale: str) -> str:
    """What is to be edited or shown in a language, placeholders not yet filled."""
    stored = "" if page is None else {"de": page.body_de, "en": page.body_en}[locale]
    return stored or template(kind, locale)


def filled(text: str, host: HostOrganisation) -> str:
    """The text with the organisation's name and ways to reach it."""
    email, phone = host.email or "–", host.phone or "–"
    led_to = {"email": _mail_link(email), "phone": _phone_link(phone)}
    linked = _ALONE.sub(lambda found: led_to[found[1]], text)
    return fill(linked, {"host": host.name, "email": email, "phone": phone})


def _mail_link(email: str) -> str:
    return f"<{email}>" if _MAIL.fullmatch(email) else email


def _phone_link(phone: str) -> str:
    number = re.sub(r"[^+0-9]", "", phone.replace("(0)", ""))
    return f"[{phone}](tel:{number})" if _PHONE.fullmatch(phone) and number else phone


def has_gaps(text: str) -> bool:
    """Whether the organisation still has to complete the text."""
    return GAP.search(text) is not None
