"""The portraits that everybody may see beside people's names."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Portrait:
    """A picture of a person that may be shown: address, size in pixels, whose work it is."""

    url: str
    width: int
    height: int
    credit: str = ""


Portraits = Mapping[int, Portrait]
"""Portraits by the contributor's number."""
