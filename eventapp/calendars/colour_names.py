"""RFC 7986 wants a calendar's colour as a CSS3 name: the nearest to the host's own. Pure."""

import math
from functools import lru_cache

from eventapp.foundation.colour import BadColour, Oklch, parse

NAMES = {
    "black": "#000000", "dimgray": "#696969", "slategray": "#708090", "darkslategray": "#2f4f4f",
    "maroon": "#800000", "darkred": "#8b0000", "firebrick": "#b22222", "crimson": "#dc143c",
    "orangered": "#ff4500", "chocolate": "#d2691e", "saddlebrown": "#8b4513",
    "darkorange": "#ff8c00", "darkgoldenrod": "#b8860b", "gold": "#ffd700", "olive": "#808000",
    "darkolivegreen": "#556b2f", "olivedrab": "#6b8e23", "forestgreen": "#228b22",
    "green": "#008000", "darkgreen": "#006400", "seagreen": "#2e8b57", "teal": "#008080",
    "darkcyan": "#008b8b", "steelblue": "#4682b4", "dodgerblue": "#1e90ff",
    "royalblue": "#4169e1", "mediumblue": "#0000cd", "navy": "#000080",
    "darkslateblue": "#483d8b", "indigo": "#4b0082", "rebeccapurple": "#663399",
    "purple": "#800080", "mediumvioletred": "#c71585", "deeppink": "#ff1493",
}  # fmt: skip


@lru_cache(maxsize=256)
def nearest_name(colour: str) -> str:
    """The CSS3 name that looks most like a colour as hosts save it; "" if it cannot be read."""
    try:
        wanted = parse(colour)
    except BadColour:
        return ""
    return min(NAMES, key=lambda name: _distance(parse(NAMES[name]), wanted))


def _distance(one: Oklch, other: Oklch) -> float:
    """How different two colours look (Euclidean in Oklab)."""
    return math.dist(_lab(one), _lab(other))


def _lab(colour: Oklch) -> tuple[float, float, float]:
    angle = math.radians(colour.hue)
    return colour.lightness, colour.chroma * math.cos(angle), colour.chroma * math.sin(angle)
