"""Mails about a new address: the code to the new one, the news to the old one, the link."""

from typing import Any

from eventapp.registrations.mails import page_link, queue_to_guest
from eventapp.registrations.models import Registration


def queue_address_code(registration: Registration, *, email: str, code: str) -> None:
    """Whoever reads it there can type it."""
    _queue(registration, "address_code", to=email, code=f"{code[:3]} {code[3:]}")


def queue_address_changed(registration: Registration, *, before: str) -> None:
    """The personal link goes to the new address; the old one learns that it is used no more."""
    _queue(registration, "address_new", to=registration.email, link=page_link(registration))
    _queue(registration, "address_old", to=before)


def queue_new_link(registration: Registration) -> None:
    """A new link to the personal page, because the earlier ones open nothing any more."""
    _queue(registration, "link_new", to=registration.email, link=page_link(registration))


def _queue(registration: Registration, template: str, *, to: str, **values: Any) -> None:
    queue_to_guest(registration, f"registrations/mail/{template}.txt", values, email=to)
