"""Mails to people who registered themselves: confirm, registered already, in review, and after."""

from typing import Any

from eventapp.foundation import clock
from eventapp.foundation.outbox import link_placeholder
from eventapp.foundation.tokens import LinkKind
from eventapp.registrations import mails
from eventapp.registrations.front_door.prospects import Prospect, prospect_of
from eventapp.registrations.models import Registration
from eventapp.registrations.party_queries import registrant_of
from eventapp.registrations.person_keys import name_key_of
from eventapp.registrations.states import RegistrationState

QUIET_MINUTES = 10


def confirmation_link(registration: Registration) -> str:
    """The placeholder of the link that shows whose address it is."""
    return link_placeholder(
        LinkKind.CONFIRMATION, registration.public_id, registration.link_generation
    )


def queue_confirmation_request(
    registration: Registration, prospect: Prospect, *, registrant: Registration
) -> None:
    """Ask whoever `registrant` entered, mostly themselves; again within minutes is one mail."""
    own = registrant.email == registration.email
    by_other = registrant.full_name if not _is_same(registrant, registration) else ""
    _queue_once(
        registration,
        "confirm",
        once=f"confirm:{registration.id}:{registration.link_generation}",
        link=confirmation_link(registration),
        prospect=prospect.value,
        registrant=by_other,
        for_whom=registration.full_name if by_other and own else "",
    )


def queue_confirmation_anew(registration: Registration) -> None:
    """The same later, for a new link: with what confirming would lead to by now."""
    party = 1 + len(registration.company)
    prospect = prospect_of(registration.event, registration.registered_at, party=party)
    registrant = registrant_of(registration) or registration
    queue_confirmation_request(registration, prospect, registrant=registrant)


def _is_same(registrant: Registration, registration: Registration) -> bool:
    """Whether the people are one; an office goes by its name."""
    return registrant is registration or name_key_of(registrant) == name_key_of(registration)


def queue_already_registered(registration: Registration, *, locale: str) -> None:
    """Tell the owner of the address, and nobody else, that they are registered already."""
    _queue_once(
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
        mails.queue_about(registration, "in_review", link=mails.page_link(registration))
    else:
        mails.queue_acceptance(registration)


def queue_rejection(registration: Registration, *, reason: str) -> None:
    """The organisers said no, and perhaps why."""
    mails.queue_about(registration, "rejected", reason=reason)


def _queue_once(
    registration: Registration, template: str, *, once: str, locale: str = "", **values: Any
) -> None:
    """`once` names what is sent only once in ten minutes, however often it is asked for."""
    period = int(clock.now().timestamp()) // (QUIET_MINUTES * 60)
    mails.queue_to_guest(
        registration,
        f"registrations/mail/{template}.txt",
        values,
        locale=locale,
        dedupe_key=f"{once}:{period}",
    )
