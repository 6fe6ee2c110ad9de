"""One colour of an organisation becomes the palette of its pages; computed here, served as hex.

Browsers down to Safari 15.4 and Chrome 105 know neither relative colours nor `oklch()`. So the
lightness is clamped, the rest derived and the contrast checked when the colour is saved.
Figures of oklch: lightness 0…1, chroma from 0, hue in degrees (Ottosson's Oklab, CSS Color 4).
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from eventapp.foundation.errors import DomainError
from eventapp.foundation.message import message

LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3: text of any size

_HEX = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", re.IGNORECASE)
_NUMBER = r"([0-9]*\.?[0-9]+)"
_OKLCH = re.compile(
    rf"oklch\(\s*{_NUMBER}(%?)\s+{_NUMBER}\s+(-?[0-9]*\.?[0-9]+)(?:deg)?\s*\)", re.IGNORECASE
)


class BadColour(DomainError):
    """This cannot be read as a colour, or nothing on it could be read."""


@dataclass(frozen=True)
class Oklch:
    """A colour as the eye orders it."""

    lightness: float
    chroma: float
    hue: float

    def as_light_as(self, lightness: float, *, chroma: float) -> "Oklch":
        """The same hue in another lightness, with at most this chroma."""
        return Oklch(lightness, min(self.chroma, chroma), self.hue)

    def towards(self, lightness: float, share: float) -> "Oklch":
        """Mixed with that much black (lightness 0) or white (1)."""
        mixed = self.lightness + (lightness - self.lightness) * share
        return Oklch(mixed, self.chroma * (1 - share), self.hue)


@dataclass(frozen=True)
class Palette:
    """Names of tokens.css (without the dashes) to hex values, for each scheme."""

    light: Mapping[str, str]
    dark: Mapping[str, str]
    adjusted: bool
    """True where the light accent is a darker relative of the colour that was chosen."""


@dataclass(frozen=True)
class _Scheme:
    """What a scheme adds to the host's colour: grounds to stand on, and where lightness ends."""

    grounds: tuple[str, ...]
    on_accent: str
    lightness: Callable[[float], float]
    accent_chroma: float
    deep: tuple[float, float]
    soft: tuple[float, float]
    tint: tuple[float, float]
    pressed_towards: float


_LIGHT = _Scheme(
    grounds=("#ffffff", "#f5f6f9"),
    on_accent="#ffffff",
    lightness=lambda value: min(value, 0.46),
    accent_chroma=0.21,
    deep=(0.36, 0.18),
    soft=(0.62, 0.14),
    tint=(0.962, 0.016),
    pressed_towards=0.0,
)
_DARK = _Scheme(
    grounds=("#0f1017", "#171922"),
    on_accent="#0c0e1c",
    lightness=lambda value: max(value, 0.8),
    accent_chroma=0.1,
    deep=(0.33, 0.14),
    soft=(0.6, 0.13),
    tint=(0.27, 0.045),
    pressed_towards=1.0,
)


def palette_for(value: str) -> Palette:
    """The palette that follows from one colour, "#1841c6" or "oklch(45% 0.21 264)".

    Raises BadColour if the value cannot be read, or with both figures if a text would be too pale.
    """
    host = parse(value)
    light, dark = _derive(host, _LIGHT), _derive(host, _DARK)
    for name, ground, text in chain(_pairs(light, _LIGHT), _pairs(dark, _DARK)):
        if contrast(ground, text) < LEAST_CONTRAST:
            raise BadColour(
                message(
                    "This colour does not work: %(name)s has a contrast of %(figure)s to 1, "
                    "%(least)s to 1 is the least.",
                    name=name,
                    figure=f"{contrast(ground, text):.1f}",
                    least=LEAST_CONTRAST,
                )
            )
    return Palette(light, dark, adjusted=host.lightness > _LIGHT.lightness(host.lightness) + 0.005)


def _derive(host: Oklch, scheme: _Scheme) -> dict[str, str]:
    accent = host.as_light_as(scheme.lightness(host.lightness), chroma=scheme.accent_chroma)
    tint = to_hex(accent)
    return {
        "accent": tint,
        "on-accent": scheme.on_accent,
        "accent-deep": to_hex(host.as_light_as(scheme.deep[0], chroma=scheme.deep[1])),
        "accent-soft": to_hex(host.as_light_as(scheme.soft[0], chroma=scheme.soft[1])),
        "accent-tint": to_hex(host.as_light_as(scheme.tint[0], chroma=scheme.tint[1])),
        "accent-hover": to_hex(accent.towards(scheme.pressed_towards, 0.12)),
        "accent-active": to_hex(accent.towards(scheme.pressed_towards, 0.24)),
        "accent-veil": f"{tint}1f",
        "accent-veil-active": f"{tint}3d",
        "on-host": to_hex(host.as_light_as(0.26, chroma=0.1)),
        "on-host-hover": to_hex(host.as_light_as(0.93, chroma=0.03)),
        "on-host-active": to_hex(host.as_light_as(0.87, chroma=0.05)),
    }


def _pairs(palette: Mapping[str, str], scheme: _Scheme) -> Iterator[tuple[str, str, str]]:
    """What is read on what: (name, ground, text)."""
    for ground in (*scheme.grounds, palette["accent-tint"]):
        yield "accent", ground, palette["accent"]
    for name in ("accent", "accent-hover", "accent-active"):
        yield name, palette[name], palette["on-accent"]
    yield "accent-deep", palette["accent-deep"], "#ffffff"
    for ground in ("#ffffff", palette["on-host-hover"], palette["on-host-active"]):
        yield "on-host", ground, palette["on-host"]


def stylesheet(palette: Palette) -> str:
    """The stylesheet of an organisation: its palette in both schemes, nothing else."""
    dark = "\n".join(f"  {line}" for line in _block(palette.dark).splitlines())
    return f"{_block(palette.light)}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}\n"


def _block(values: Mapping[str, str]) -> str:
    lines = "\n".join(f"  --{name}: {value};" for name, value in values.items())
    return f":root {{\n{lines}\n}}"


def parse(value: str) -> Oklch:
    """Read "#rrggbb" or "oklch(l c h)". Raises BadColour."""
    text = value.strip()
    if found := _HEX.fullmatch(text):
        return _from_srgb(tuple(int(part, 16) / 255 for part in found.groups()))
    if found := _OKLCH.fullmatch(text):
        lightness = float(found[1]) / (100 if found[2] else 1)
        if lightness <= 1 and float(found[3]) <= 1:  # the whole of either scale
            return Oklch(lightness, float(found[3]), float(found[4]) % 360)
    raise BadColour(message("Please give a colour such as #1841c6."))


def as_hex(value: str) -> str:
    """A colour as people write it, "#1841c6", however it was set; what is no colour stays."""
    try:
        return value if _HEX.fullmatch(value) else to_hex(parse(value))
    except BadColour:
        return value


def contrast(one: str, other: str) -> float:
    """Contrast of two hex colours after WCAG, 1 to 21; their order does not matter."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def to_hex(colour: Oklch) -> str:
    """The nearest colour a screen can show: same lightness and hue, less chroma if need be."""
    if not _shows(colour):
        colour = _within_gamut(colour)
    channels = (round(255 * min(max(_gamma(part), 0), 1)) for part in _linear_srgb(colour))
    return "#" + "".join(f"{channel:02x}" for channel in channels)


def _within_gamut(colour: Oklch) -> Oklch:
    inside, outside = 0.0, colour.chroma
    for _ in range(20):
        middle = (inside + outside) / 2
        if _shows(Oklch(colour.lightness, middle, colour.hue)):
            inside = middle
        else:
            outside = middle
    return Oklch(colour.lightness, inside, colour.hue)


def _shows(colour: Oklch) -> bool:
    return all(-1e-4 <= part <= 1 + 1e-4 for part in _linear_srgb(colour))


def _linear_srgb(colour: Oklch) -> tuple[float, float, float]:
    angle = math.radians(colour.hue)
    a, b = colour.chroma * math.cos(angle), colour.chroma * math.sin(angle)
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _from_srgb(channels: tuple[float, ...]) -> Oklch:
    red, green, blue = (_ungamma(channel) for channel in channels)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    return Oklch(lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)


def _luminance(value: str) -> float:
    red, green, blue = (_ungamma(int(value[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _gamma(linear: float) -> float:
    if linear <= 0.0031308:  # where sRGB's curve starts
        return 12.92 * linear
    return float(1.055 * linear ** (1 / 2.4) - 0.055)


def _ungamma(channel: float) -> float:
    if channel <= 0.04045:  # where sRGB's curve starts
        return channel / 12.92
    return float(((channel + 0.055) / 1.055) ** 2.4)
