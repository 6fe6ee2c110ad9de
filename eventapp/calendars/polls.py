"""Polls that find nothing new, answered before the application begins its work on a request.

Calendar programs ask day and night, and nearly always hold the current version. Such a poll costs
one small SELECT here; through session, hooks and log it would cost several times that, and leave a
line in the log each. All else passes on untouched: this only says what the feed itself would say.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask
from sqlalchemy.exc import OperationalError

from eventapp.calendars import feeds, queries
from eventapp.calendars.answers import has_version, validators
from eventapp.foundation.database import db
from eventapp.foundation.http import allowed_hosts

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FEED = re.compile(r"/e/([a-z0-9-]+)/calendar\.ics")


class PollAnswers:
    """Stands before the application and sends 304 where a feed's subscriber is up to date."""

    def __init__(self, app: Flask) -> None:
        """`app` with its extensions; what it did before it goes on doing behind this."""
        self._app = app
        self._hosts = allowed_hosts(app.config["SETTINGS"])
        self._behind: WSGIApplication = app.wsgi_app
        with app.app_context():
            self._engine = db.engine

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer, or pass on."""
        try:
            headers = self._nothing_new(environ)
        except OperationalError:  # the application has a page for a database that is away
            headers = None
        if headers is None:
            return self._behind(environ, start_response)
        start_response("304 NOT MODIFIED", list(headers.items()))
        return []

    def _nothing_new(self, environ: "WSGIEnvironment") -> dict[str, str] | None:
        """The headers of the 304 for a poll of a feed in its first language; else None."""
        held = environ.get("HTTP_IF_NONE_MATCH")
        feed = FEED.fullmatch(environ["PATH_INFO"])
        asks = environ["REQUEST_METHOD"] in {"GET", "HEAD"} and not environ.get("QUERY_STRING")
        if not (held and feed and asks and environ.get("HTTP_HOST") in self._hosts):
            return None
        version = queries.feed_version(feed[1], self._engine)
        if version is None:
            return None
        config = self._app.config
        etag = feeds.etag_of(version, "feed", config["DEFAULT_LOCALE"], config["SETTINGS"].base_url)
        if not has_version(held, None, etag, version.last_modified_at):
            return None
        return validators(etag, version.last_modified_at)
