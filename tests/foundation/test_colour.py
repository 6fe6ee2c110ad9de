"""One colour becomes a palette on which everything can be read, for every colour there is."""

import re
from itertools import chain, product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventapp.foundation import colour
from eventapp.foundation.colour import (
    BadColour,
    contrast,
    palette_for,
    parse,
    stylesheet,
    to_hex,
)

DEFAULT_COLOUR = "oklch(45% 0.21 264)"
STATIC = Path(__file__).parents[2] / "static"
TOKENS = (STATIC / "css" / "tokens.css").read_text()
HOST_COLOURS = [
    f"oklch({lightness} {chroma} {hue})"
    for hue, lightness, chroma in product(
        range(0, 360, 10), (0.2, 0.35, 0.5, 0.65, 0.8, 0.95), (0.02, 0.1, 0.2, 0.3)
    )
]
NEWER = (
    r"oklch\(|oklab\(|\blab\(|\blch\(|color-mix\(|light-dark\(|rgb\(from|@container|@scope|@property|"
    r"subgrid|\d[dsl]v[hw]\b|\dlh\b|&\s|:user-invalid|:popover-open|@starting-style"
)
hexes = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def declared(css: str) -> tuple[dict[str, str], dict[str, str]]:
    """(light, dark) custom properties with a hex value."""
    light, dark = css.split("@media (prefers-color-scheme: dark)", 1)
    read = re.compile(r"--([a-z-]+): (#[0-9a-f]+);")
    return dict(read.findall(light)), dict(read.findall(dark))


def test_864_host_colours_can_be_read_in_light_and_dark():
    worst_light = worst_dark = worst_deep = 21.0

    for value in HOST_COLOURS:
        palette = palette_for(value)
        worst_light = min(worst_light, contrast(palette.light["accent"], "#ffffff"))
        worst_dark = min(worst_dark, contrast(palette.dark["accent"], "#0f1017"))
        worst_deep = min(
            worst_deep,
            contrast(palette.light["accent-deep"], "#ffffff"),
            contrast(palette.dark["accent-deep"], "#ffffff"),
        )

    assert len(HOST_COLOURS) == 864
    assert (worst_light >= 4.9, worst_dark >= 7.8, worst_deep >= 8.6) == (True, True, True)


@given(hexes)
def test_any_colour_gives_a_palette_of_plain_hex(value):
    palette = palette_for(value)

    assert set(palette.light) == set(palette.dark)
    for figure in chain(palette.light.values(), palette.dark.values()):
        assert re.fullmatch(r"#[0-9a-f]{6}(1f|3d)?", figure)


@given(hexes)
def test_reading_and_writing_a_colour_are_inverse(value):
    assert to_hex(parse(value)) == value


@given(hexes, hexes)
def test_contrast_does_not_ask_for_the_order(one, other):
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21


@pytest.mark.parametrize(
    ("value", "hex_value"),
    [
        ("oklch(100% 0 0)", "#ffffff"),
        ("oklch(62.8% 0.2577 29.23)", "#ff0000"),
        ("oklch(0.452 0.3132 264.05)", "#0000ff"),
        ("oklch(20% 0.03 277deg)", "#131524"),
        ("oklch(70% 0.4 150)", "#00be58"),
    ],
    ids=["white", "red", "blue", "ink", "outside of what screens show"],
)
def test_oklch_becomes_what_a_screen_shows(value, hex_value):
    assert to_hex(parse(value)) == hex_value


@pytest.mark.parametrize(
    "value",
    [
        "",
        "blue",
        "#12345",
        "#1234567",
        "oklch()",
        "oklch(45 0.21 264)",
        "oklch(1 2 3)",
        "#1841c6;}body{display:none",
        "oklch(45% 0.21 264)/**/",
        "rgb(1,2,3)",
    ],
)
def test_what_is_no_colour_is_refused_in_words(value):
    with pytest.raises(BadColour, match="Please give a colour such as #1841c6"):
        palette_for(value)


def test_a_palette_that_cannot_be_read_is_refused_with_both_figures(monkeypatch):
    monkeypatch.setattr(colour, "LEAST_CONTRAST", 12.0)

    with pytest.raises(BadColour, match=r"accent has a contrast of 7\.\d to 1, 12\.0 to 1"):
        palette_for(DEFAULT_COLOUR)


def test_a_light_brand_colour_is_said_to_turn_into_its_dark_relative():
    assert palette_for("oklch(80% 0.17 95)").adjusted
    assert not palette_for(DEFAULT_COLOUR).adjusted


def test_the_stylesheet_of_an_organisation_holds_its_palette_in_both_schemes():
    palette = palette_for("#7a1f5c")

    assert declared(stylesheet(palette)) == (palette.light, palette.dark)


def test_tokens_start_from_the_palette_of_the_default_colour():
    light, dark = declared(TOKENS)
    palette = palette_for(DEFAULT_COLOUR)

    assert palette.light.items() <= light.items()
    assert palette.dark.items() <= dark.items()


def test_the_grounds_of_the_contrast_check_are_those_of_the_tokens():
    light, dark = declared(TOKENS)

    assert colour._LIGHT.grounds == (light["paper"], light["surface"])
    assert colour._DARK.grounds == (dark["paper"], dark["surface"])


@pytest.mark.parametrize("path", sorted(STATIC.rglob("*.css")), ids=lambda path: path.name)
def test_no_stylesheet_asks_for_what_safari_15_4_or_chrome_105_lack(path):
    css = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)

    assert re.findall(NEWER, css) == []
