"""The one mail to a person who was registered twice: where they stand, and which link counts."""

from eventapp.registrations import mails, queries
from eventapp.registrations.models import Registration


def queue_merged(kept: Registration) -> None:
    """To the address of the registration that stays; whoever has none is told by phone."""
    mails.queue_about(
        kept,
        "merged",
        link=mails.page_link(kept),
        state=kept.state.value,
        places=1 + sum(1 for one in kept.companions if one.is_live),
        rank=queries.rank_of(kept),
        until=kept.offered_until,
        zone=kept.event.zone,
    )
