"""Organisers' texts with placeholders: a fixed table, one pass, nothing is ever evaluated."""

import re
from collections.abc import Mapping

_PLACEHOLDER = re.compile(r"\{([a-z_]{1,40})\}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with each known `{name}` replaced once; a value's own braces and unknown names stay.

    The result is plain text: escape it for where it lands.
    """
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def unknown_names(text: str, known: frozenset[str] | set[str]) -> list[str]:
    """Placeholders in the text that nobody will fill, in order of appearance."""
    found = (name for name in _PLACEHOLDER.findall(text) if name not in known)
    return list(dict.fromkeys(found))
