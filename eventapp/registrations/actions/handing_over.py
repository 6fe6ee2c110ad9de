"""Who registered without an invitation sends somebody else, or takes the place back in time.

The substitute gets an invitation that stands for no invited person, so nobody is counted twice.
"""

from eventapp.accounts.audit import GUEST, Actor
from eventapp.foundation.database import lock_columns, transaction
from eventapp.invitations.actions import invite_in_place, withdraw_unanswered
from eventapp.invitations.errors import SubstituteComes
from eventapp.invitations.models import Invitation
from eventapp.invitations.requests import SubstituteRequest
from eventapp.registrations import mails, queries, substitute_mails
from eventapp.registrations.actions.answers import give_back
from eventapp.registrations.actions.notes import HANDED_OVER, note_step
from eventapp.registrations.actions.offers import offer_freed_places
from eventapp.registrations.actions.proposing import propose, withdraw_proposal
from eventapp.registrations.actions.substitution import (
    check_comes_not_yet,
    is_person,
    pass_on,
)
from eventapp.registrations.errors import NoSuchStep, TooManySubstitutes
from eventapp.registrations.heir_queries import heir_of, times_handed_over
from eventapp.registrations.models import Registration
from eventapp.registrations.permissions import may_hand_over, needs_look, takes_answers
from eventapp.registrations.requests import Mailing
from eventapp.registrations.states import RegistrationState
from eventapp.registrations.substitutions import SubstituteAnswer, answer_of, name_behind
from eventapp.registrations.words import TELL_AGAIN

MOST_NAMED = 5
"""So many people one guest can name: each gets a mail that nobody at the host has looked at."""


def hand_over(
    registration: Registration,
    request: SubstituteRequest,
    *,
    by: Actor = GUEST,
    locale: str | None = None,
    mailing: Mailing = Mailing.SENT,
) -> Invitation | None:
    """Pass place or spot to somebody else at once, and invite them; returns the invitation. None
    where the organisers look at them first: then this is a proposal, and nobody is invited.
    `mailing` is about the guest; the substitute is always written to.

    An earlier substitute who has not answered is told that they are not needed. Raises NoSuchStep,
    TooManySubstitutes, OwnSubstitute, UnavailableSubstitute, and SubstituteComes if an earlier
    substitute has accepted.
    """
    with transaction():
        heir = _look_again(registration)
        earlier = heir.invitation if heir is not None else None
        if heir is not None and earlier is not None and is_person(earlier.person, request):
            return earlier  # the form was sent twice
        held = heir or registration
        _check_may_name(registration, heir)
        locale = locale or registration.locale
        if by == GUEST and needs_look(registration):
            propose(registration, request, locale=locale)
            return None
        follow_up = invite_in_place(registration.event, registration, request, by=by, locale=locale)
        if earlier is not None:
            _withdraw(earlier, by=by)
        check_comes_not_yet(follow_up, held)
        if heir is not None:
            note_step(registration, registration.state, by=by, step=HANDED_OVER)
        step = HANDED_OVER if heir is None else None
        named = pass_on(held, follow_up, by=by, guest=registration, step=step)
        registration.locale = locale
        substitute_mails.queue_substitute_invitation(follow_up, named)
        if mailing is Mailing.SENT:
            substitute_mails.queue_handed_over(registration, follow_up, named)
        offer_freed_places(registration.event)  # what companions left behind
    return follow_up


def take_place_back(
    registration: Registration, *, by: Actor = GUEST, locale: str | None = None
) -> Registration:
    """The guest comes after all, as long as the substitute has not answered, or is not agreed to.

    Doing it twice changes nothing. Raises NoSuchStep, SubstituteComes, AlreadyRegistered.
    """
    with transaction():
        heir = _look_again(registration)
        withdraw_proposal(registration, by=by)
        if registration.is_live:
            return registration
        if heir is None or heir.invitation is None or not takes_answers(registration.event):
            raise NoSuchStep
        _withdraw(heir.invitation, by=by)
        give_back(heir, registration, registration, by=by)
        registration.locale = locale or registration.locale
        if registration.state is not RegistrationState.OFFERED:  # of the offer they know
            mails.queue_acceptance(registration, again=TELL_AGAIN)
        offer_freed_places(registration.event)  # what the substitute's companions left behind
    return registration


def _withdraw(last: Invitation, *, by: Actor) -> None:
    """The substitute is not needed any more, nor are those through whom they came in."""
    named: Invitation | None = last
    while named is not None:
        withdraw_unanswered(named, guest=name_behind(named), by=by)
        named = named.substitute_for


def _look_again(registration: Registration) -> Registration | None:
    """Queue behind rivals at the event; who has the place in the meantime and may not come.

    Raises SubstituteComes where it is theirs for good.
    """
    lock_columns(registration.event)
    queries.registrations_by_ids([registration.id])  # as it is now, companions included
    if registration.state is not RegistrationState.REPLACED:
        return None
    heir = heir_of(registration)
    if heir is None or answer_of(heir) is SubstituteAnswer.LEFT:
        return None
    if answer_of(heir) is SubstituteAnswer.COMES:
        raise SubstituteComes
    return heir if heir.is_live else None


def _check_may_name(registration: Registration, heir: Registration | None) -> None:
    own = registration.invitation is None and takes_answers(registration.event)
    if not own or not (heir or may_hand_over(registration)):
        raise NoSuchStep
    if times_handed_over(registration) >= MOST_NAMED:
        raise TooManySubstitutes
