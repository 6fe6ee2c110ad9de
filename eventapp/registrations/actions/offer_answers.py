"""What a guest says to an offered place: yes, no, or, when it was too late, once more please."""

from eventapp.accounts.audit import GUEST, Actor
from eventapp.foundation.database import lock_columns, transaction
from eventapp.registrations import mails, queries
from eventapp.registrations.actions.answers import accept_invitation, register_again
from eventapp.registrations.actions.leaving import cancel_registration
from eventapp.registrations.actions.notes import OFFER_DECLINED
from eventapp.registrations.actions.offers import take_offer
from eventapp.registrations.errors import AlreadyRegistered, NoSuchStep, OfferIsOver
from eventapp.registrations.models import Registration
from eventapp.registrations.permissions import guest_timeliness, may_return_to_line
from eventapp.registrations.states import RegistrationState

GONE = frozenset({RegistrationState.WAITING, RegistrationState.EXPIRED})


def accept_offer(
    registration: Registration, *, by: Actor = GUEST, locale: str | None = None
) -> Registration:
    """The held place becomes theirs; saying it twice changes nothing.

    Raises OfferIsOver after the deadline, NoSuchStep for who was offered nothing.
    """
    with transaction():
        _look_again(registration)
        if registration.state is RegistrationState.CONFIRMED:
            return registration
        if registration.state in GONE:
            raise OfferIsOver
        if registration.state is not RegistrationState.OFFERED:
            raise NoSuchStep
        if registration.invitation is not None:  # which has thereby been accepted as well
            return accept_invitation(registration.invitation, by=by, locale=locale)
        take_offer(registration, by=by)
        registration.locale = locale or registration.locale
        mails.queue_promotion(registration)
    return registration


def decline_offer(
    registration: Registration, *, by: Actor = GUEST, locale: str | None = None
) -> None:
    """Leave the held place to the next; who was invited has thereby declined.

    Raises OfferIsOver if the place is not held any more, and for who has accepted it before.
    """
    with transaction():
        _look_again(registration)
        if not registration.is_live:
            return
        if registration.state is RegistrationState.WAITING:
            raise OfferIsOver
        if registration.state is not RegistrationState.OFFERED:
            raise NoSuchStep
        cancel_registration(registration, by=by, locale=locale, step=OFFER_DECLINED)


def return_to_line(
    registration: Registration, *, by: Actor = GUEST, locale: str | None = None
) -> Registration:
    """Who let an offer lapse asks again: the end of the line, or a place if nobody waits.

    Raises NoSuchStep, and as for every answer AnswersClosed, EventIsFull, DeadlineIsOver and
    AlreadyRegistered.
    """
    with transaction():
        _look_again(registration)
        if registration.is_live:
            return registration
        if not may_return_to_line(registration):
            raise NoSuchStep
        if registration.invitation is not None:
            return accept_invitation(registration.invitation, by=by, locale=locale)
        if queries.live_twin(registration.event, registration) is not None:
            raise AlreadyRegistered
        when = guest_timeliness(registration)
        register_again(registration, when, by=by)
        registration.locale = locale or registration.locale
        mails.queue_acceptance(registration)
    return registration


def _look_again(registration: Registration) -> None:
    """Queue behind rivals at the event, then see where the registration stands now."""
    lock_columns(registration.event)
    queries.registrations_by_ids([registration.id])
