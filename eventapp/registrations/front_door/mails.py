"""Mails to people who registered themselves: confirm, registered already, in review, and after."""

from typing import Any

from eventapp.foundation import clock
from eventapp.foundation.outbox import link_placeholder, queue_mail
from eventapp.foundation.tokens import LinkKind
from eventapp.invitations.mails import address_of_person, frame_values, letter_to
from eventapp.registrations import mails
from eventapp.registrations.models import Registration
from eventapp.registrations.states import RegistrationState

QUIET_MINUTES = 10


def confirmation_link(registration: Registration) -> str:
    """The placeholder of the link that shows whose address it is."""
    return link_placeholder(
        LinkKind.CONFIRMATION, registration.public_id, registration.link_generation
    )


def queue_confirmation_request(registration: Registration) -> None:
    """Ask whether it was they who registered; the same again within minutes is one mail."""
    _queue(
        registration,
        "confirm",
        locale=registration.locale,
        once=f"confirm:{registration.id}:{registration.link_generation}",
        link=confirmation_link(registration),
    )


def queue_already_registered(registration: Registration, *, locale: str) -> None:
    """Tell the owner of the address, and nobody else, that they are registered already."""
    _queue(
        registration,
        "already",
        locale=locale,
        once=f"already:{registration.id}",
        link=mails.page_link(registration),
        state=registration.state.value,
    )


def queue_outcome(registration: Registration) -> None:
    """What confirming the address, or approving, led to."""
    if registration.state is RegistrationState.IN_REVIEW:
        _queue(
            registration,
            "in_review",
            locale=registration.locale,
            link=mails.page_link(registration),
        )
    else:
        mails.queue_acceptance(registration)


def queue_rejection(registration: Registration, *, reason: str) -> None:
    """The organisers said no, and perhaps why."""
    _queue(registration, "rejected", locale=registration.locale, reason=reason)


def _queue(
    registration: Registration, template: str, *, locale: str, once: str = "", **values: Any
) -> None:
    """`once` names what is sent only once in ten minutes, however often it is asked for."""
    event = registration.event
    period = int(clock.now().timestamp()) // (QUIET_MINUTES * 60)
    queue_mail(
        to=address_of_person(registration),
        template=f"registrations/mail/{template}.txt",
        values={**frame_values(event, letter_to(event, registration, locale)), **values},
        locale=locale,
        scope=event.scope,
        reply_to=event.host.email or None,
        dedupe_key=f"{once}:{period}" if once else None,
    )
