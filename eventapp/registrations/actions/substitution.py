"""Sending somebody else: the substitute inherits the place, never needs or consents."""

from eventapp.accounts.audit import GUEST, Actor
from eventapp.foundation.database import db, transaction
from eventapp.foundation.text import normalised_email, sort_key
from eventapp.invitations.actions import invite_substitute
from eventapp.invitations.models import Invitation
from eventapp.invitations.queries import substitute_invitation_of
from eventapp.invitations.requests import SubstituteRequest
from eventapp.invitations.states import InvitationState
from eventapp.registrations import mails, queries
from eventapp.registrations.actions.answers import lock_for_answer, note_answer
from eventapp.registrations.actions.leaving import release
from eventapp.registrations.actions.places import next_number
from eventapp.registrations.errors import AnswersClosed
from eventapp.registrations.models import Registration
from eventapp.registrations.permissions import may_name_substitute
from eventapp.registrations.snapshot import take_place_snapshot, take_snapshot
from eventapp.registrations.states import RegistrationKind, RegistrationState


def name_substitute(
    invitation: Invitation, request: SubstituteRequest, *, by: Actor = GUEST
) -> Invitation:
    """Invite somebody in this guest's place and pass on seat or spot in the queue at once.

    Without a registration the substitute gets an invitation only. Returns it. Raises
    AnswersClosed, OwnSubstitute, and SubstituteComes if an earlier substitute has accepted.
    """
    with transaction():
        lock_for_answer(invitation)
        registration = queries.registration_of(invitation)
        if not may_name_substitute(invitation, registration):
            raise AnswersClosed
        again = _named_before(invitation, request)
        if again is not None:
            return again  # the form was sent twice
        held = _held_by_line(invitation, registration)
        before = invitation.state
        follow_up = invite_substitute(invitation, request)
        heir = _pass_on(held, follow_up) if held is not None else None
        mails.queue_substitute_invitation(follow_up, heir)
        note_answer(invitation, before, by=by)
        mails.queue_substitute_notice(invitation, follow_up)
    return follow_up


def _named_before(invitation: Invitation, request: SubstituteRequest) -> Invitation | None:
    """The unanswered invitation of the very person who is named again."""
    follow_up = substitute_invitation_of(invitation)
    if follow_up is None or follow_up.state is not InvitationState.SENT:
        return None
    person = follow_up.person
    same_name = sort_key(person.last_name, person.first_name) == sort_key(
        request.last_name, request.first_name
    )
    same_address = normalised_email(person.email) == normalised_email(request.email)
    return follow_up if same_name and same_address else None


def _held_by_line(invitation: Invitation, registration: Registration | None) -> Registration | None:
    """The live registration to pass on: the guest's own, or that of a substitute named before."""
    if registration is not None and registration.is_live:
        return registration
    return queries.unanswered_substitution_of(invitation)


def _pass_on(held: Registration, follow_up: Invitation) -> Registration | None:
    """Seat or spot move to the substitute; companions leave with the guest who brought them."""
    _send_companions_home(held)
    state, since, priority = held.state, held.waiting_since, held.priority
    person, event = follow_up.person, follow_up.event
    twin = queries.live_twin(event, person)
    if twin is not None and twin is not held:  # comes anyway: the seat is free for somebody else
        release(held)
        return None
    held.move_to(RegistrationState.REPLACED)
    db.session.flush()
    heir = Registration(
        event=event,
        invitation=follow_up,
        number=next_number(event),
        state=state,
        kind=RegistrationKind.SUBSTITUTE,
        replaces_id=held.id,
        waiting_since=since,
        priority=priority,
    )
    take_snapshot(heir, follow_up.substitute or person)
    take_place_snapshot(heir, held)
    heir.note_moment()
    db.session.add(heir)
    db.session.flush()
    return heir


def _send_companions_home(held: Registration) -> None:
    for companion in held.companions:
        if companion.is_live:
            release(companion)
