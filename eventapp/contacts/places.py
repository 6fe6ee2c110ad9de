"""Municipalities by the names people write. Pure.

The county always follows from the municipality (its AGS). A postcode only helps to tell two places
of one name apart and to doubt a match; it never makes one, since postcodes cross county borders.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from eventapp.foundation.text import search_terms

OUTSIDE = "außerhalb"
_PART = re.compile(r"\s*\(.*?\)\s*|\s+(?:OT|Ortsteil)\s.*")
_DISTRICT = re.compile(r"\s*[-–,/]\s*")


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality: AGS of eight digits as text, name, county, postcode of its main town."""

    ags: str
    name: str
    county: str
    postcode: str = ""

    @property
    def is_outside(self) -> bool:
        """Whether the list of municipalities itself counts it as outside the region."""
        return self.county.startswith(OUTSIDE)


class Match(StrEnum):
    """How sure a place was recognised."""

    EXACT = "exact"  # the name as the list has it
    COMPLETED = "completed"  # "Sundern" for "Sundern (Sauerland)", "Arnsberg-Neheim" for "Arnsberg"
    DOUBTFUL = "doubtful"  # a known name with a postcode from elsewhere, or several of that name
    UNKNOWN = "unknown"
    NOT_ASKED = "not asked"  # no place given, or no list of municipalities to compare with


@dataclass(frozen=True, slots=True)
class Found:
    """What a place name means: the municipality, if any, and how sure that is."""

    match: Match
    place: Place | None = None
    hint: Place | None = None  # whose postcode it is, where the name is not known


@dataclass(frozen=True)
class Gazetteer:
    """All known municipalities, by folded name."""

    by_name: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    by_postcode: Mapping[str, Place] = field(default_factory=dict)
    outside: str = OUTSIDE

    @classmethod
    def of(cls, places: Iterable[Place]) -> "Gazetteer":
        """Index places by their name and by their name without what stands in brackets."""
        by_name: dict[str, tuple[Place, ...]] = {}
        by_postcode: dict[str, Place] = {}
        outside = OUTSIDE
        for place in places:
            for key in {_key(place.name), _key(_PART.sub("", place.name))}:
                by_name[key] = (*by_name.get(key, ()), place)
            by_postcode[place.postcode] = place
            outside = place.county if place.is_outside else outside
        return cls(by_name, by_postcode, outside)

    def find(self, name: str, postcode: str = "") -> Found:
        """The municipality of that name whose postcode does not contradict."""
        if not name or not self.by_name:
            return Found(Match.NOT_ASKED)
        short = _PART.sub("", name)
        for spelling in (name, short, _DISTRICT.split(short)[0]):
            candidates = self.by_name.get(_key(spelling), ())
            if candidates:
                return _chosen(candidates, name, postcode)
        hint = self.by_postcode.get(postcode) if postcode else None
        return Found(Match.DOUBTFUL if hint else Match.UNKNOWN, hint=hint)

    def locate(self, name: str, postcode: str = "") -> tuple[str | None, str]:
        """(AGS, county) as far as they are certain: ("…", "Kreis Olpe"), (None, "außerhalb…")."""
        found = self.find(name, postcode)
        if found.place is not None:
            return found.place.ags, found.place.county
        return None, self.outside if found.match is Match.UNKNOWN else ""


def _chosen(candidates: tuple[Place, ...], name: str, postcode: str) -> Found:
    near = [place for place in candidates if _plausible(place, postcode)]
    if len(near) != 1:
        return Found(Match.DOUBTFUL)
    same = _key(near[0].name) == _key(name)
    return Found(Match.EXACT if same else Match.COMPLETED, near[0])


def _plausible(place: Place, postcode: str) -> bool:
    """Same postal region (first two digits); cities outside may span several."""
    if place.is_outside or not (postcode and place.postcode):
        return True
    return postcode[:2] == place.postcode[:2]


@lru_cache(maxsize=4096)  # towns and organisations come again and again
def _key(name: str) -> str:
    return " ".join(search_terms(name))
