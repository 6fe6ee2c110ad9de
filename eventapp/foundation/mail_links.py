"""Personal links in mails: a sealed placeholder in the outbox, an address only at the moment of
sending.

The seal keeps people out: who writes something like a placeholder into their name or an organiser
into a text gets it delivered as it stands, never as a working link to somebody's page.
"""

import re
from collections.abc import Callable
from functools import partial

from eventapp.foundation.tokens import LinkKind, is_sealed, seal, sign

_PLACEHOLDER = re.compile(
    r"https://link\.invalid/(?P<row>(?P<kind>[a-z])/(?P<id>[\w-]{1,40})\.(?P<generation>\d{1,9}))"
    r"\.(?P<seal>[0-9a-f]{16})"
)
MASK = "…"
_SUBJECTS = {
    LinkKind.INVITATION.value: LinkKind.INVITATION,
    LinkKind.REGISTRATION.value: LinkKind.REGISTRATION,
    LinkKind.CONFIRMATION.value: LinkKind.REGISTRATION,
}


def link_placeholder(kind: LinkKind, public_id: str, generation: int) -> str:
    """What stands in the outbox for a personal link; survives escaping, as any address does.

    What follows it, such as ".ics", follows the link.
    """
    row = f"{kind.value}/{public_id}.{generation}"
    return f"https://link.invalid/{row}.{seal(row)}"


def fill_links(text: str, base_url: str) -> str:
    """The text with every placeholder turned into the link that works; only for sending."""
    return link_filler(base_url)(text)


def link_filler(base_url: str) -> Callable[[str], str]:
    """`fill_links` for the texts of one mail: a link that stands in several is made once."""
    made: dict[str, str] = {}

    def link(found: re.Match[str]) -> str:
        placeholder = found[0]
        if placeholder not in made:
            made[placeholder] = _link(found, base_url)
        return made[placeholder]

    return partial(_PLACEHOLDER.sub, link)


def mask_links(text: str, base_url: str) -> str:
    """The text with every placeholder shown as a link whose secret is hidden."""
    return _PLACEHOLDER.sub(lambda found: f"{base_url}/{found['kind']}/{MASK}", text)


def links_in(text: str, base_url: str) -> list[str]:
    """The links that work in a text, each once, in order of appearance."""
    found = (_link(one, base_url) for one in _PLACEHOLDER.finditer(text))
    return list(dict.fromkeys(found))


def placeholders_in(text: str) -> list[str]:
    """The placeholders of personal links in a text, each once, in order of appearance."""
    return list(dict.fromkeys(found[0] for found in _PLACEHOLDER.finditer(text)))


def row_in(text: str) -> str:
    """Whose row the first personal link in a text opens, as "i/…" or "r/…"; "" where none stands.

    Links that confirm an address belong to the registration whose page they lead to.
    """
    for found in _PLACEHOLDER.finditer(text):
        kind = _SUBJECTS.get(found["kind"])
        if kind and is_sealed(found["row"], found["seal"]):
            return f"{kind}/{found['id']}"
    return ""


def _link(found: re.Match[str], base_url: str) -> str:
    if not is_sealed(found["row"], found["seal"]):
        return found[0]
    kind = LinkKind(found["kind"])
    return f"{base_url}/{kind.value}/{sign(kind, found['id'], int(found['generation']))}"
