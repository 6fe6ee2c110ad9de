"""Short names in a list of ours (R1, S04) written out as what they stand for. Pure."""

import re
from collections.abc import Mapping

_SPAN = re.compile(r"\s*[–—-]\s*")
_TOKENS = re.compile(r"(\s*[/,+&]\s*)")


def written_out(cell: str, names: Mapping[str, str]) -> str:
    """The cell with every short name replaced that stands alone between commas and strokes.

    "R5/R1" and "R2–R4" (all three of them) as well; other words stay as they are.
    """
    return "".join(_one(part, names) for part in _TOKENS.split(cell))


def _one(part: str, names: Mapping[str, str]) -> str:
    word = part.strip()
    if word in names:
        return names[word]
    ends = _SPAN.split(word)
    if len(ends) == 2 and all(end in names for end in ends):
        known = list(names)
        first, last = (known.index(end) for end in ends)
        if first < last:
            return ", ".join(names[each] for each in known[first : last + 1])
    return part
