"""The link to a contributor's page: sent, renewed, asked for by who has lost it."""

from typing import Any

from eventapp.accounts.audit import Actor
from eventapp.foundation import clock
from eventapp.foundation.database import lock, transaction
from eventapp.foundation.outbox import is_one_address
from eventapp.programme.models import Contributor
from eventapp.registrations.signals import links_requested
from eventapp.speakers import mails, queries
from eventapp.speakers.actions.common import note, sheet_for
from eventapp.speakers.errors import NoAddress
from eventapp.speakers.own_sessions import seen_after
from eventapp.speakers.reading import sessions_of


def send_link(person: Contributor, *, by: Actor) -> None:
    """Mail the link to the person's page; from here on, what changes is new for them.

    Raises NoAddress.
    """
    with transaction():
        lock(person.event)
        lock(person)
        _send(person)
        note(by, "speaker.link_sent", person)


def renew_link(person: Contributor, *, by: Actor) -> None:
    """Make every earlier link dead and mail the new one. Raises NoAddress."""
    with transaction():
        lock(person.event)
        lock(person)
        person.link_generation += 1
        _send(person)
        note(by, "speaker.link_renewed", person)


def _send(person: Contributor) -> None:
    if not is_one_address(person.email):
        raise NoAddress
    mails.queue_link(person)
    sheet = sheet_for(person)
    if sheet.seen_at is None:
        sheet.seen, sheet.seen_at = seen_after(sessions_of(person)), clock.now()


@links_requested.connect
def send_lost_links(email: str, **asked: Any) -> None:
    """Whoever asks for the links of an address gets those of contributors as well."""
    for person in queries.contributors_with_address(email):
        mails.queue_lost_link(person, locale=str(asked["locale"]), at=clock.now())
