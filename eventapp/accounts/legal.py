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
    return fill(text, {"host": host.name, "email": host.email or "–", "phone": host.phone or "–"})


def has_gaps(text: str) -> bool:
    """Whether the organisation still has to complete the text."""
    return GAP.search(text) is not None
