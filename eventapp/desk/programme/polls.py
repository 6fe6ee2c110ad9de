"""Phones that ask whether the programme has changed, and nearly always hear no."""

import re
from collections.abc import Hashable

from eventapp.desk.queries import FrontVersion
from eventapp.desk.revisits import RevisitAnswers


class NewsPolls(RevisitAnswers):
    """304 for the changes of a day, where the visitor has them."""

    pages = re.compile(r"/e/([a-z0-9-]+)/news")

    def key(self, locale: str, version: FrontVersion) -> Hashable:
        """By what name the list of changes was kept."""
        return news_key(locale, version)


def news_key(locale: str, version: FrontVersion) -> Hashable:
    """What tells one list of changes from the next."""
    return "news", locale, version.of_programme
