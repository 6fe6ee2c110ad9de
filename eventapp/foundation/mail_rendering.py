"""Mails from templates: subject and plain text from the .txt, HTML with its styles written in.

Most mails differ from reader to reader in a few words of their own, such as salutation and link.
Such a mail is written once with a mark in place of each of them and kept; for each reader only the
marks are filled.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from css_inline import CSSInliner
from flask import current_app
from jinja2 import Environment, Template, TemplateNotFound

from eventapp.foundation.i18n import use_locale
from eventapp.foundation.message import Message
from eventapp.foundation.text import clean

_BLANK_LINES = re.compile(r"\n[ \t]*(\n[ \t]*)+\n")
_SEED = secrets.token_hex(8)  # nobody can guess what a mark looks like, and write one
_MARK = re.compile(rf"own-{_SEED}-(\w+)-")
_WRITTEN_OTHERWISE = re.compile(r"[&<>\"'\xa0]")
MOST_KEPT = 64


@dataclass(frozen=True, slots=True)
class Rendered:
    """What the recipient reads."""

    subject: str
    text: str
    html: str

    def filled(self, own: Mapping[str, str]) -> "Rendered":
        """The same with one reader's own words in place of the marks."""

        def word(found: re.Match[str]) -> str:
            return own[found[1]]

        return Rendered(
            _MARK.sub(word, self.subject),
            _MARK.sub(word, self.text),
            _MARK.sub(word, self.html),
        )


@lru_cache(maxsize=1)
def _inliner() -> CSSInliner:
    return CSSInliner(keep_style_tags=True, load_remote_stylesheets=False)


def render(
    template: str,
    values: Mapping[str, Any],
    locale: str,
    *,
    own: Mapping[str, str | Message] | None = None,
) -> Rendered:
    """The mail in the recipient's language; the subject is one line whatever the values hold.

    `own` are further values, those that differ from reader to reader: templates write them out, and
    ask at most whether they are empty. With them the mail is kept for the readers that follow; so
    nobody's words may stand in `values` then.
    """
    site = str(current_app.config["SETTINGS"].base_url)
    words = _in_words(own or {}, locale)
    marks = {name: word and f"own-{_SEED}-{name}-" for name, word in words.items()}
    shared = tuple({**values, **marks}.items())
    if not _may_be_kept(shared, words):
        return _written(current_app.jinja_env, template, {**values, **words}, locale, site)
    return _kept(current_app.jinja_env, template, shared, locale, site).filled(words)


def _in_words(own: Mapping[str, str | Message], locale: str) -> dict[str, str]:
    if any(isinstance(words, Message) for words in own.values()):
        with use_locale(locale):
            return {name: str(words) for name, words in own.items()}
    return {name: str(words) for name, words in own.items()}


def _may_be_kept(shared: tuple[object, ...], own: Mapping[str, str]) -> bool:
    """Whether the words go into text and HTML as they are, and the rest can be found again."""
    if not own or current_app.debug:  # where templates are worked on, each mail is written anew
        return False
    try:
        hash(shared)
    except TypeError:
        return False
    return all(_is_written_as_it_is(words) for words in own.values() if words)


def _is_written_as_it_is(words: str) -> bool:
    """Whether nothing in it is cleaned or escaped, nor combines with what stands before it."""
    plain = words[0].isalnum() and not _WRITTEN_OTHERWISE.search(words)
    return plain and clean(words) == words


@lru_cache(maxsize=MOST_KEPT)
def _kept(
    environment: Environment,
    template: str,
    shared: tuple[tuple[str, Any], ...],
    locale: str,
    site: str,
) -> Rendered:
    return _written(environment, template, dict(shared), locale, site)


def _written(
    environment: Environment, template: str, values: Mapping[str, Any], locale: str, site: str
) -> Rendered:
    with use_locale(locale):
        known = {**values, "locale": locale, "site": site}
        blocks = _Blocks(environment.get_template(template), known)
        subject = clean(blocks.text("subject"))
        text = blocks.text("letter")
        html = _html(environment, template, {**known, "subject": subject})
    return Rendered(subject, _tidied(text), clean(html, multiline=True))


class _Blocks:
    """The blocks of one template, with those that it inherits, sharing one context."""

    def __init__(self, template: Template, values: Mapping[str, Any]) -> None:
        self.context = template.new_context(dict(values))
        next(iter(template.root_render_func(self.context)), None)  # "extends" runs, parents known

    def text(self, name: str) -> str:
        """One block, written out."""
        return "".join(self.context.blocks[name][0](self.context))


def _html(environment: Environment, template: str, values: Mapping[str, Any]) -> str:
    try:
        page = environment.get_template(template.removesuffix(".txt") + ".html")
    except TemplateNotFound:
        return ""
    return _inliner().inline(page.render(values))


def _tidied(text: str) -> str:
    """At most one empty line in a row, none at the ends."""
    return _BLANK_LINES.sub("\n\n", clean(text, multiline=True)) + "\n"
