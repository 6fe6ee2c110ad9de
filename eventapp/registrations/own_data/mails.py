"""Mails about a new address: the code to the new one, the news to the old one, the link."""

from typing import Any

from eventapp.foundation.outbox import Address, is_one_address, queue_mail
from eventapp.foundation.tokens import new_public_id
from eventapp.invitations.mails import frame_values, letter_to
from eventapp.registrations.mails import page_link
from eventapp.registrations.models import Registration
from eventapp.registrations.own_data.queries import own_key


def queue_address_code(registration: Registration, *, email: str, code: str) -> None:
    """Whoever reads it there can type it."""
    _queue(registration, "address_code", to=email, code=f"{code[:3]} {code[3:]}")


def queue_address_changed(registration: Registration, *, before: str) -> None:
    """The personal link goes to the new address; the old one learns that it is used no more."""
    _queue(registration, "address_new", to=registration.email, link=page_link(registration))
    if is_one_address(before):
        _queue(registration, "address_old", to=before)


def queue_new_link(registration: Registration) -> None:
    """A new link to the personal page, because the earlier ones open nothing any more."""
    _queue(registration, "link_new", to=registration.email, link=page_link(registration))


def _queue(registration: Registration, template: str, *, to: str, **values: Any) -> None:
    event, locale = registration.event, registration.locale
    letter = letter_to(event, registration, locale)
    queue_mail(
        to=Address(to, registration.name),
        template=f"registrations/mail/{template}.txt",
        values={**frame_values(event, letter), **values},
        locale=locale,
        scope=event.scope,
        reply_to=event.host.email or None,
        dedupe_key=f"{own_key(registration)}:{new_public_id()}",
    )
