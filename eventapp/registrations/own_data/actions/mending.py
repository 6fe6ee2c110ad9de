"""Guests, or staff for them, put right what is stored about them.

A guest's new address is taken once it is shown to be theirs; staff have spoken to them. Either way
the links that went to the old one open nothing any more. The trail notes which columns changed,
never what stood or stands in them.
"""

from collections.abc import Iterable
from dataclasses import asdict

from eventapp.accounts.actions import count_attempt
from eventapp.accounts.audit import GUEST, Actor, record_change
from eventapp.accounts.throttle import new_address_code_key, new_address_keys
from eventapp.contacts.queries import gazetteer
from eventapp.foundation import clock
from eventapp.foundation.database import expect_version, lock_columns, transaction
from eventapp.foundation.text import normalised_email
from eventapp.registrations.actions.links import close_links
from eventapp.registrations.actions.twins import stands_alone
from eventapp.registrations.errors import (
    AlreadyRegistered,
    AwaitsConfirmation,
    NoSuchStep,
    SameAddress,
    WrongCode,
)
from eventapp.registrations.merge_queries import other_twins
from eventapp.registrations.models import Registration, index_registration
from eventapp.registrations.own_data import mails as own_mails
from eventapp.registrations.own_data.actions.renewing import send_page_link
from eventapp.registrations.own_data.address_codes import code_for, is_code
from eventapp.registrations.own_data.requests import DetailsRequest
from eventapp.registrations.states import RegistrationState

DETAILS_CHANGED = "registration.details_changed"
ADDRESS_CHANGED = "registration.address_changed"


def change_details(
    registration: Registration, request: DetailsRequest, *, seen: int, by: Actor = GUEST
) -> None:
    """Correct name, work and place. Raises Stale, AlreadyRegistered for a second self, and
    AwaitsConfirmation while somebody of that name can still confirm their own registration."""
    with transaction():
        lock_columns(registration.event)
        lock_columns(registration)
        expect_version(registration, seen)
        was = _person(registration)
        wanted = asdict(request)
        changed = sorted(
            name for name, value in wanted.items() if getattr(registration, name) != value
        )
        for name in changed:
            setattr(registration, name, wanted[name])
        if not changed:
            return
        _check_name_free(registration, was)  # before any statement writes what was just set
        if {"city", "postcode"} & set(changed):
            registration.municipality_ags, registration.county = gazetteer().locate(
                registration.city, registration.postcode
            )
        _note(registration, DETAILS_CHANGED, changed, by=by)


def ask_for_address(registration: Registration, email: str) -> None:
    """Mail a code to the new address; nothing changes until it is typed.

    Raises SameAddress and TooManyAttempts.
    """
    if normalised_email(email) == registration.email_key:
        raise SameAddress
    with transaction():
        count_attempt(new_address_keys(normalised_email(email), registration.public_id))
        code = code_for(registration, email, clock.now())
        own_mails.queue_address_code(registration, email=email, code=code)


def change_address(registration: Registration, email: str, *, code: str) -> None:
    """Take the new address, tell the old one, and send a new link to the new one.

    The links that went to the old one open nothing any more, the invitation's neither. Raises
    WrongCode, AlreadyRegistered and TooManyAttempts.
    """
    count_attempt((new_address_code_key(registration.public_id),))
    with transaction():
        lock_columns(registration.event)
        lock_columns(registration)
        if not is_code(registration, email, code, clock.now()):
            raise WrongCode
        before, was = registration.email, _person(registration)
        registration.email = email
        _check_alone(registration, was)
        _move_links(registration, before)
        _note(registration, ADDRESS_CHANGED, ["email"])
        own_mails.queue_address_changed(registration, before=before)


def correct_guest_address(registration: Registration, email: str, *, by: Actor) -> None:
    """Write to this address from now on, for a guest who said so, and send a new link there.

    Who has not confirmed yet is asked to there. The wrong address is not told: it may be a
    stranger's. Raises SameAddress, AlreadyRegistered, and NoSuchStep for who is not registered.
    """
    with transaction():
        lock_columns(registration.event)
        lock_columns(registration)
        if not registration.is_live or registration.main_id is not None:
            raise NoSuchStep
        if normalised_email(email) == registration.email_key:
            raise SameAddress
        before, was = registration.email, _person(registration)
        registration.email = email
        _check_alone(registration, was)
        _move_links(registration, before)
        _note(registration, ADDRESS_CHANGED, ["email"], by=by)
        send_page_link(registration)


def _move_links(registration: Registration, before: str) -> None:
    """A substitute is known from nowhere else, so their invitation goes to the new address too."""
    close_links(registration)
    invitation = registration.invitation
    substitute = invitation.substitute if invitation is not None else None
    if substitute is not None and normalised_email(substitute.email) == normalised_email(before):
        substitute.email = registration.email


def _person(registration: Registration) -> tuple[str, str]:
    """By what two registrations are taken for the same person's."""
    return registration.email_key, registration.name_key


def _check_alone(registration: Registration, was: tuple[str, str]) -> None:
    """Nobody becomes somebody who is or was registered: their data would open with this link.

    Colleagues may share an address, so a forwarded link and a changed name would be enough. Needs
    the event's lock; `was` is who the registration spoke of before.
    """
    index_registration(registration)
    if _person(registration) != was and not stands_alone(registration):
        raise AlreadyRegistered


def _check_name_free(registration: Registration, was: tuple[str, str]) -> None:
    """The same for another name. An address is shown to be one's own; a name is not, so it takes
    nothing from a colleague of the same address who has not confirmed yet."""
    index_registration(registration)
    twins = other_twins(registration) if _person(registration) != was else []
    if any(one.state is not RegistrationState.UNCONFIRMED for one in twins):
        raise AlreadyRegistered
    if twins:
        raise AwaitsConfirmation


def _note(
    registration: Registration, step: str, changed: Iterable[str], *, by: Actor = GUEST
) -> None:
    record_change(
        by,
        step,
        registration,
        after={"fields": ", ".join(changed)},
        scope=registration.event.scope,
        host_id=registration.event.host_id,
    )
