"""The one mail to a person who was registered twice: where they stand, and which link counts."""

from eventapp.foundation.outbox import is_one_address, queue_mail
from eventapp.invitations.mails import address_of_person, frame_values, letter_to
from eventapp.registrations import mails, queries
from eventapp.registrations.models import Registration


def queue_merged(kept: Registration) -> None:
    """To the address of the registration that stays; whoever has none is told by phone."""
    if not is_one_address(kept.email):
        return
    event = kept.event
    queue_mail(
        to=address_of_person(kept),
        template="registrations/mail/merged.txt",
        values={
            **frame_values(event, letter_to(event, kept, kept.locale)),
            "link": mails.page_link(kept),
            "state": kept.state.value,
            "places": 1 + sum(1 for one in kept.companions if one.is_live),
            "rank": queries.rank_of(kept),
            "until": kept.offered_until,
            "zone": event.zone,
        },
        locale=kept.locale,
        scope=event.scope,
        reply_to=event.host.email or None,
    )
