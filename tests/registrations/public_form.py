"""What the tests of public registration share: the form as people send it, and the mails' links."""

import re
from datetime import timedelta
from typing import Any

from registrations.support import latest_mail

from eventapp.contacts.states import Sector
from eventapp.foundation import clock
from eventapp.foundation.mail_links import links_in
from eventapp.foundation.traps import opening_mark
from eventapp.registrations.requests import PersonRequest, RegisterRequest

HERMINE = {
    "first_name": "Hermine",
    "last_name": "Äußerlich",
    "email": "hermine@werk.example",
    "sector": "business",
    "city": "Arnsberg",
}


def mark_of_a_minute_ago() -> str:
    """The hidden field of a form that was open for a while, as people take their time."""
    with clock.held(clock.now() - timedelta(minutes=1)):
        return opening_mark()


def entered(**given: Any) -> dict[str, str]:
    """The form as a person sends it."""
    return (
        HERMINE | {"form_of_address": "none", "rows": "1", "seen": mark_of_a_minute_ago()} | given
    )


def hermine(**given: Any) -> RegisterRequest:
    """One person, as the form hands her to the action."""
    who = {name: HERMINE[name] for name in ("first_name", "last_name", "email")}
    person = {name: given.pop(name) for name in list(given) if name in who}
    return RegisterRequest(
        **{
            "people": (PersonRequest(**(who | person)),),
            "sector": Sector.BUSINESS,
            "city": "Arnsberg",
            "asked_from": "192.0.2.7",
        }
        | given
    )


def link_in_mail(letter: str = "o") -> str:
    """The path of the link in the latest mail, as its reader opens it."""
    links = links_in(latest_mail().text, "http://localhost")
    return next(link for link in links if f"/{letter}/" in link).removeprefix("http://localhost")


def neutral(page: str) -> str:
    """A page without what differs from request to request."""
    return re.sub(r'name="csrf_token"[^>]*|value="[^"]*"', "", page)
