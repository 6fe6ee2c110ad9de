"""Small vocabularies of what contributors hand in."""

from enum import StrEnum


class Material(StrEnum):
    """What a contributor is asked for, in the order of the page."""

    BIOGRAPHY = "biography"
    PORTRAIT = "portrait"
    SLIDES = "slides"
    TECHNICAL = "technical"
    AVAILABILITY = "availability"
    TRAVEL = "travel"
    DIET = "diet"


class Size(StrEnum):
    """In which sizes a portrait is kept."""

    SMALL = "small"
    LARGE = "large"


class Publication(StrEnum):
    """Whether slides may be published after the event."""

    ALLOWED = "allowed"
    REFUSED = "refused"


SIDES = {Size.SMALL: 320, Size.LARGE: 960}
"""How long the longer side is at most, in pixels."""

FILES = frozenset({Material.PORTRAIT, Material.SLIDES})
"""What comes as a file."""

CONTRIBUTOR = "contributor"
"""Who stands in the trail where somebody did it on their own page."""
