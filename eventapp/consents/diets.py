"""Usual diets, under one word each whatever the language, so that the kitchen's sums are right."""

USUAL = (
    ("vegetarisch", "vegetarian"),
    ("vegan", "vegan"),
    ("halal", "halal"),
    ("koscher", "kosher"),
    ("glutenfrei", "gluten-free"),
    ("laktosefrei", "lactose-free"),
)
"""In German, as they are kept, and in English."""

_KEPT = {word.casefold(): german for german, english in USUAL for word in (german, english)}
_ENGLISH = dict(USUAL)


def suggestions(locale: str) -> list[str]:
    """What the form offers; anything else can be typed."""
    return [english if locale == "en" else german for german, english in USUAL]


def kept_word(said: str) -> str:
    """The one word for a usual diet; anything else as it was said."""
    return _KEPT.get(said.casefold(), said)


def diet_in(locale: str, kept: str) -> str:
    """A diet in the reader's language, as far as it is a usual one."""
    return _ENGLISH.get(kept, kept) if locale == "en" else kept
