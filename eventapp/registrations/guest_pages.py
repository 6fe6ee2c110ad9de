"""What pages for guests share: the frame of a sheet about an event, and the limit for guessing."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, url_for
from flask_babel import format_date

from eventapp.accounts.throttle import asker
from eventapp.events.models import Event
from eventapp.events.titles import own_title
from eventapp.foundation.i18n import current_locale, localised
from eventapp.foundation.limits import limiter
from eventapp.registrations.waiting_rule import rule_sentences

NOT_FOUND = 404
GUESS_LIMIT = "60 per minute"


def opened_nothing(response: Response) -> bool:
    """Whether a link was wrong; only such requests count, so that no guest is ever slowed down."""
    return response.status_code == NOT_FOUND


guesses_limited = limiter.limit_wrong(GUESS_LIMIT, asker=asker, is_wrong=opened_nothing)


def frame_of(event: Event) -> dict[str, Any]:
    """What every sheet about an event shows around its content."""
    local = event.starts_at.astimezone(ZoneInfo(event.zone)).date()
    dot = "." if current_locale() == "de" else ""
    return {
        "event": event,
        "rule_sentences": rule_sentences,
        "heading": own_title(event),
        "brand": localised(event.series, "name") if event.series else None,
        "brand_url": url_for("desk.event_page", slug=event.slug),
        "foot_owner": event.host.name,
        "foot_funding": localised(event, "funding_notice"),
        "host_slug": event.host.slug,
        "big_day": f"{local.day}{dot}",
        "long_day": format_date(local, "LLLL yyyy, EEEE"),
    }
