"""The template engine, with one shortcut: all templates read the same names.

Jinja gives each template a ChainMap of names of its own over those that all share, and goes through
it for every include, import and parent of a page. We never give a template names of its own.
"""

from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment


class Templates(Environment):
    """Flask's environment, in which a template without names of its own reads the shared ones."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The shared names themselves; a template's own lie over them, as in Jinja."""
        return super().make_globals(d) if d else self.globals
