"""Answers that are given before the application begins its work on a request.

Who holds a version and asks whether there is a newer one nearly always hears no. That costs one
small SELECT here; through session, hooks and log it would cost several times that. Everything else
passes on untouched: such an answer may only say what the page itself would. See decision 0015.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from flask import Flask
from sqlalchemy.exc import OperationalError

from eventapp.foundation.database import db
from eventapp.foundation.http import allowed_hosts

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class EarlyAnswers(ABC):
    """Stands before the application and sends 304 where the asker has what there is."""

    pages: ClassVar[re.Pattern[str]]
    """The addresses it answers for; the one group is the short name of the event."""

    def __init__(self, app: Flask) -> None:
        """`app` with its extensions; what it did before it goes on doing behind this."""
        self.app = app
        self._hosts = allowed_hosts(app.config["SETTINGS"])
        self._behind: WSGIApplication = app.wsgi_app
        with app.app_context():
            self.engine = db.engine

    @abstractmethod
    def nothing_new(
        self, slug: str, held: str, environ: "WSGIEnvironment"
    ) -> dict[str, str] | None:
        """The headers of the 304 for who holds these ETags; None lets the application answer."""

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer, or pass on."""
        try:
            headers = self._headers(environ)
        except OperationalError:  # the application has a page for a database that is away
            headers = None
        if headers is None:
            return self._behind(environ, start_response)
        start_response("304 NOT MODIFIED", list(headers.items()))
        return []

    def _headers(self, environ: "WSGIEnvironment") -> dict[str, str] | None:
        held = environ.get("HTTP_IF_NONE_MATCH")
        if not held or environ.get("QUERY_STRING"):
            return None
        page = self.pages.fullmatch(environ["PATH_INFO"])
        if page is None or environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return None
        if environ.get("HTTP_HOST") not in self._hosts:
            return None
        return self.nothing_new(page[1], held, environ)
