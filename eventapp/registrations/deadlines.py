"""How long a place is held for somebody of the waiting list, and a form for confirmation. Pure."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

CONFIRMATION_TIME = timedelta(hours=48)
NAME_TIME = timedelta(hours=25)
"""How long the name of a companion stays whose guest has cancelled: longer than that is undone."""
OFFER_HOURS = 48
SHORT_OFFER_HOURS = 4
SHORT_FROM_DAYS = 2
"""From this many days before the event on, offers are short: a late place must not go stale."""


def offer_deadline(now: datetime, starts_at: datetime, zone: str) -> datetime:
    """Until when an offer made now can be accepted; never beyond the beginning of the event.

    Days are counted on the wall calendar of the event's zone.
    """
    place = ZoneInfo(zone)
    days = (starts_at.astimezone(place).date() - now.astimezone(place).date()).days
    hours = SHORT_OFFER_HOURS if days <= SHORT_FROM_DAYS else OFFER_HOURS
    return min(now + timedelta(hours=hours), starts_at)


def offer_end(expires_at: datetime | None, starts_at: datetime) -> datetime | None:
    """When an offer ends, also where the event was moved forward after it was made."""
    return min(expires_at, starts_at) if expires_at is not None else None
