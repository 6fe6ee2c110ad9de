"""Lengths as people write them: 30', "5 min", "1:30", "1,5 Std.", "–". Pure."""

import re

LONGEST_MINUTES = 24 * 60
_MINUTES = re.compile(r"(?:ca\.?\s*)?(\d{1,4})\s*(?:['’′´`]|m|min|minuten?|minutes?)?\.?")
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)(?::00)?\s*(?:h|std|stunden?)?\.?")
_HOURS = re.compile(r"(\d{1,2})(?:[.,](\d{1,2}))?\s*(?:h|std|stunden?|hours?)\.?")
_MIXED = re.compile(
    r"(\d{1,2})\s*(?:h|std|stunden?|hours?)\.?\s*([0-5]?\d)\s*(?:'|m|min|minuten?|minutes?)?\.?"
)


def read_length(text: str) -> int | None:
    """Whole minutes; None for what cannot be read as a length up to a day."""
    words = text.strip().casefold()
    minutes = _read(words)
    return minutes if minutes is not None and minutes <= LONGEST_MINUTES else None


def _read(words: str) -> int | None:
    if found := _MINUTES.fullmatch(words):
        return int(found[1])
    for pattern in (_CLOCK, _MIXED):
        if found := pattern.fullmatch(words):
            return int(found[1]) * 60 + int(found[2])
    if found := _HOURS.fullmatch(words):
        return int(found[1]) * 60 + round(float(f"0.{found[2] or 0}") * 60)
    return None
