"""Repeated visits to a public page that find nothing new: a browser that has the page asks with
its ETag."""

import re
from collections.abc import Hashable
from typing import TYPE_CHECKING

from eventapp.desk.kept_pages import held_already, known_page, validators
from eventapp.desk.queries import FrontVersion, front_version
from eventapp.foundation.early_answers import EarlyAnswers
from eventapp.foundation.i18n import locale_of_visit

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


class RevisitAnswers(EarlyAnswers):
    """304 for a page that this process has rendered before, where the visitor has it."""

    pages = re.compile(r"/e/([a-z0-9-]+)/")

    def key(self, locale: str, version: FrontVersion) -> Hashable:
        """By what name the page was kept."""
        return locale, version

    def nothing_new(
        self, slug: str, held: str, environ: "WSGIEnvironment"
    ) -> dict[str, str] | None:
        """The headers of the 304; else None."""
        version = front_version(slug, self.engine)
        locale = locale_of_visit(environ) or self.app.config["DEFAULT_LOCALE"]
        kept = known_page(self.key(locale, version)) if version else None
        if kept is None:
            return None
        headers = validators(kept, environ.get("HTTP_ACCEPT_ENCODING", ""))
        return headers if held_already(headers["ETag"], held) else None
