"""Organisers' formatted text: Markdown without HTML, cleaned again before it reaches a page."""

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import nh3
from markupsafe import Markup

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

TAGS: Final = {
    "p",
    "br",
    "hr",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "a",
    "blockquote",
    "code",
    "pre",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
ATTRIBUTES: Final[dict[str, set[str]]] = {
    "*": set(),
    "a": {"href"},
    "ol": {"start"},
    "td": {"data-label"},
}
SCHEMES: Final = {"https", "http", "mailto", "tel"}


@cache
def _reader() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415 - large, and few pages need it

    options = {"html": False, "linkify": False, "breaks": True}
    return MarkdownIt("commonmark", options).enable("table").disable("image")


def _label_cells(tokens: "list[Token]") -> None:
    """Each cell carries its column's heading, for narrow windows where columns become lines."""
    headings: list[str] = []
    column = 0
    for token, content in pairwise(tokens):
        if token.type == "table_open":
            headings = []
        elif token.type == "tr_open":
            column = 0
        elif token.type == "th_open":
            headings.append(_plain(content))
        elif token.type == "td_open":
            token.attrSet("data-label", headings[column])
            column += 1


def _plain(content: "Token") -> str:
    return "".join(one.content for one in content.children or ())


def render(text: str) -> Markup:
    """The text as safe HTML: no images, no script, links to web, mail and telephone only.

    Headings start at the second level, because the page has its own first one.
    """
    reader = _reader()
    tokens = reader.parse(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + 1, 4)}"
    _label_cells(tokens)
    html = reader.renderer.render(tokens, reader.options, {})
    cleaned = nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener nofollow"
    )
    return Markup(cleaned)  # noqa: S704 - cleaned by the allow-list above
