"""Mails about a new address: the code to the new one, the news to the old one, the link; and what
is left of mails to others that named somebody who had everything deleted."""

from typing import Any

from flask_babel import gettext as _

from eventapp.events.models import Event
from eventapp.foundation.i18n import localised, use_locale
from eventapp.foundation.mail_links import placeholders_in
from eventapp.foundation.outbox import OutboxMail
from eventapp.foundation.text import search_key
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


def remove_text(mail: OutboxMail, event: Event) -> None:
    """Nothing but its links is left of a mail; with those it goes out all the same if it waits."""
    links = placeholders_in(mail.text)
    with use_locale(mail.locale):
        title = localised(event, "title")
        why = _(
            "This mail was about %(event)s. Its text was removed, as somebody whom it named had "
            "all their data deleted.",
            event=title,
        )
        how = [_("Your personal link tells you how things stand:")] if links else []
    mail.subject, mail.html = title, ""
    mail.text = "\n\n".join([why, *how, *links]) + "\n"
    mail.search = search_key(mail.to_name, mail.to_email, mail.subject)


def _queue(registration: Registration, template: str, *, to: str, **values: Any) -> None:
    queue_to_guest(registration, f"registrations/mail/{template}.txt", values, email=to)
