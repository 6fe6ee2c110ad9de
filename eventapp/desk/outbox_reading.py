"""A mail as an organiser may read it: as its recipient sees it, but for the secrets in its links.

In the demo, where nothing leaves the machine, the links are real: there the outbox stands in for
the guests' mailboxes.
"""

from dataclasses import dataclass

from eventapp.foundation.mail_links import fill_links, links_in, mask_links
from eventapp.foundation.outbox import Attachment, OutboxMail
from eventapp.foundation.settings import Settings

NEW_WINDOW = '<head><base target="_blank">'
READABLE = frozenset({"text/calendar", "text/plain"})


@dataclass(frozen=True, slots=True)
class Reading:
    """The parts of a mail; `links` only where they may be followed."""

    text: str
    html: str
    links: list[str]
    files: list[Attachment]


def reading_of(mail: OutboxMail, settings: Settings) -> Reading:
    """What is shown of a mail."""
    if not settings.demo:
        text, html = (
            mask_links(mail.text, settings.base_url),
            mask_links(mail.html, settings.base_url),
        )
        return Reading(text, html, [], mail.files())
    text = fill_links(mail.text, settings.base_url)
    html = fill_links(mail.html, settings.base_url).replace("<head>", NEW_WINDOW, 1)
    return Reading(text, html, links_in(mail.text, settings.base_url), mail.files())


def words_of(file: Attachment) -> str | None:
    """The content of an attachment where a person can read it, else None."""
    return file.body.decode("utf-8", "replace") if file.content_type in READABLE else None
