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
    with use_locale(locale):
        subject = _block(current_app.jinja_env.get_template(template), "subject", values)
        site = current_app.config["SETTINGS"].base_url
        all_values = {**values, "subject": clean(subject), "locale": locale, "site": site}
        text = _block(current_app.jinja_env.get_template(template), "letter", all_values)
        html = _html(template, all_values)
    return Rendered(clean(subject), _tidied(text), clean(html, multiline=True))


def _block(template: Template, name: str, values: Mapping[str, Any]) -> str:
    """One block of a template, with the blocks that it inherits."""
    context = template.new_context(current_app.jinja_env.globals | dict(values))
    next(iter(template.root_render_func(context)), None)  # "extends" runs, parents are known
    return "".join(context.blocks[name][0](context))


def _html(template: str, values: Mapping[str, Any]) -> str:
    try:
        page = current_app.jinja_env.get_template(template.removesuffix(".txt") + ".html")
    except TemplateNotFound:
        return ""
    return _inliner().inline(page.render(values))


def _tidied(text: str) -> str:
    """At most one empty line in a row, none at the ends."""
    return _BLANK_LINES.sub("\n\n", clean(text, multiline=True)) + "\n"
