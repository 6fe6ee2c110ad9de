"""Plain text out of what other programs keep as HTML. Pure; scripts and styles are left out."""

import re
from html.parser import HTMLParser

import nh3

LONGEST = 20_000
"""Far more than any of our texts holds; who cuts them to their length says so."""
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>|<!--|&(?:[a-zA-Z]{2,8}|#\d{1,6});")
_BLOCKS = frozenset(
    {"p", "div", "br", "li", "ul", "ol", "tr", "table", "blockquote", "pre", "section", "article"}
    | {"hr", "h1", "h2", "h3", "h4", "h5", "h6"}
)
_SILENT = frozenset({"script", "style", "head", "template", "iframe"})


def has_markup(text: str) -> bool:
    """Whether the text holds tags or character references."""
    return _TAG.search(text) is not None


def without_markup(text: str) -> str:
    """What a reader would see of it; list items begin with a dash.

    Made well-formed first: the parser needs quadratic time for what never closes.
    """
    well_formed = nh3.clean(
        text[:LONGEST],
        tags=set(_BLOCKS),
        clean_content_tags=set(_SILENT),
        attributes={},
        link_rel=None,
    )
    reader = _Reader()
    reader.feed(well_formed)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self.parts.append("\n– " if tag == "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT and self._silent:
            self._silent -= 1
        if tag in _BLOCKS:
            self.parts.append("\n\n" if tag == "p" else "\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)
