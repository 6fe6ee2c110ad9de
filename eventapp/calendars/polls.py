"""Polls that find nothing new: calendar programs ask day and night, and nearly always hold the
current version. Through session, hooks and log each would also leave a line in the log."""

import re
from typing import TYPE_CHECKING

from eventapp.calendars import feeds, queries
from eventapp.calendars.answers import has_version, validators
from eventapp.foundation.early_answers import EarlyAnswers

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


class PollAnswers(EarlyAnswers):
    """304 for a feed in its first language whose subscriber is up to date."""

    pages = re.compile(r"/e/([a-z0-9-]+)/calendar\.ics")

    def nothing_new(
        self, slug: str, held: str, environ: "WSGIEnvironment"
    ) -> dict[str, str] | None:
        """The headers of the 304; else None."""
        version = queries.feed_version(slug, self.engine)
        if version is None:
            return None
        config = self.app.config
        etag = feeds.etag_of(version, "feed", config["DEFAULT_LOCALE"], config["SETTINGS"].base_url)
        if not has_version(held, None, etag, version.last_modified_at):
            return None
        return validators(etag, version.last_modified_at)
