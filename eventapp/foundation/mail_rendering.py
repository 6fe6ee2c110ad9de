"""Mails from templates: subject and plain text from the .txt, HTML with its styles written in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from css_inline import CSSInliner
from flask import current_app
from jinja2 import Template, TemplateNotFound

from eventapp.foundation.i18n import use_locale
from eventapp.foundation.text import clean

_BLANK_LINES = re.compile(r"\n[ \t]*(\n[ \t]*)+\n")


@dataclass(frozen=True, slots=True)
class Rendered:
    """What the recipient reads."""

    subject: str
    text: str
    html: str


@lru_cache(maxsize=1)
def _inliner() -> CSSInliner:
    return CSSInliner(keep_style_tags=True, load_remote_stylesheets=False)


def render(template: str, values: Mapping[str, Any], locale: str) -> Rendered:
    """The mail in the recipient's language; the subject is one line whatever the values hold."""
    site = current_app.config["SETTINGS"].base_url
    with use_locale(locale):
        known = {**values, "locale": locale, "site": site}
        blocks = _Blocks(current_app.jinja_env.get_template(template), known)
        subject = clean(blocks.text("subject"))
        text = blocks.text("letter")
        html = _html(template, {**known, "subject": subject})
    return Rendered(subject, _tidied(text), clean(html, multiline=True))


class _Blocks:
    """The blocks of one template, with those that it inherits, sharing one context."""

    def __init__(self, template: Template, values: Mapping[str, Any]) -> None:
        self.context = template.new_context(dict(values))
        next(iter(template.root_render_func(self.context)), None)  # "extends" runs, parents known

    def text(self, name: str) -> str:
        """One block, written out."""
        return "".join(self.context.blocks[name][0](self.context))


def _html(template: str, values: Mapping[str, Any]) -> str:
    try:
        page = current_app.jinja_env.get_template(template.removesuffix(".txt") + ".html")
    except TemplateNotFound:
        return ""
    return _inliner().inline(page.render(values))


def _tidied(text: str) -> str:
    """At most one empty line in a row, none at the ends."""
    return _BLANK_LINES.sub("\n\n", clean(text, multiline=True)) + "\n"
