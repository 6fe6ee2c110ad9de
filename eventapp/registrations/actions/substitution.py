"""Sending somebody else: the substitute inherits the place, never needs or consents."""

from eventapp.accounts.audit import GUEST, Actor
from eventapp.contacts.models import PersonColumns
from eventapp.foundation.database import db, transaction
from eventapp.foundation.text import normalised_email, sort_key
from eventapp.invitations.actions import check_not_oneself, invite_substitute
from eventapp.invitations.errors import UnavailableSubstitute
from eventapp.invitations.models import Invitation
from eventapp.invitations.queries import line_after, substitute_invitation_of
from eventapp.invitations.requests import SubstituteRequest
from eventapp.invitations.states import InvitationState
from eventapp.registrations import queries, substitute_mails
from eventapp.registrations.actions.answers import lock_for_answer
from eventapp.registrations.actions.companions import leave_company_behind
from eventapp.registrations.actions.notes import INHERITED, note_reply, note_step
from eventapp.registrations.actions.offers import offer_freed_places
from eventapp.registrations.actions.places import next_number
from eventapp.registrations.actions.telling import drop_needs
from eventapp.registrations.actions.twins import settled_twin
from eventapp.registrations.errors import AnswersClosed
from eventapp.registrations.models import Registration
from eventapp.registrations.permissions import may_name_substitute
from eventapp.registrations.requests import Mailing
from eventapp.registrations.snapshot import take_snapshot
from eventapp.registrations.states import RegistrationKind, RegistrationState


def name_substitute(
    invitation: Invitation,
    request: SubstituteRequest,
    *,
    by: Actor = GUEST,
    note: str = "",
    locale: str | None = None,
    mailing: Mailing = Mailing.SENT,
) -> Invitation:
    """Invite somebody in this guest's place and pass on place or spot in the queue at once.

    Without a registration the substitute gets an invitation only. Returns it. `mailing` is about
    the guest; the substitute is always written to. Raises
    AnswersClosed, OwnSubstitute, UnavailableSubstitute, and SubstituteComes if an earlier
    substitute has accepted.
    """
    with transaction():
        lock_for_answer(invitation)
        registration = queries.registration_of(invitation)
        if not may_name_substitute(invitation, registration):
            raise AnswersClosed
        again = _named_before(invitation, request)
        if again is not None:
            return again  # the form was sent twice
        if registration is not None:
            check_not_oneself(registration, request)  # who they said they are since
        held = _held_by_line(invitation, registration)
        before, locale = invitation.state, locale or queries.language_of(invitation)
        follow_up = invite_substitute(invitation, request, by=by, locale=locale)
        check_comes_not_yet(follow_up, held)
        invitation.note = note or invitation.note
        note_reply(invitation, before, by=by, note=note, mailing=mailing)
        heir = pass_on(held, follow_up, by=by) if held is not None else None
        if registration is not None:
            registration.locale = locale
        substitute_mails.queue_substitute_invitation(follow_up, heir)
        if mailing is Mailing.SENT:
            substitute_mails.queue_substitute_notice(invitation, follow_up, heir, locale=locale)
        offer_freed_places(invitation.event)  # what companions left behind
    return follow_up


def check_comes_not_yet(follow_up: Invitation, held: Registration | None) -> None:
    """Refuse who has a place or spot of their own, in words that also fit other reasons."""
    twin = settled_twin(follow_up.event, follow_up.person)
    if twin is not None and twin is not held:
        raise UnavailableSubstitute


def _named_before(invitation: Invitation, request: SubstituteRequest) -> Invitation | None:
    """The unanswered invitation of the very person who is named again."""
    follow_up = substitute_invitation_of(invitation)
    if follow_up is None or follow_up.state is not InvitationState.SENT:
        return None
    return follow_up if is_person(follow_up.person, request) else None


def is_person(person: PersonColumns, request: SubstituteRequest) -> bool:
    """Whether this very person is named, by address and name."""
    same_name = sort_key(person.last_name, person.first_name) == sort_key(
        request.last_name, request.first_name
    )
    return same_name and normalised_email(person.email) == normalised_email(request.email)


def _held_by_line(invitation: Invitation, registration: Registration | None) -> Registration | None:
    """The live registration to pass on: the guest's own, or that of a substitute named before."""
    if registration is not None and registration.is_live:
        return registration
    line = line_after(invitation)
    held = queries.registration_of(line[-1]) if line else None
    return held if held is not None and held.is_live else None


def pass_on(
    held: Registration,
    follow_up: Invitation,
    *,
    by: Actor,
    guest: Registration | None = None,
    step: str | None = None,
) -> Registration:
    """Place or spot move to the substitute; companions leave with the guest who brought them.

    The substitute represents whoever held it, or `guest` whose earlier substitute held it; `step`
    is how the trail calls what became of the holder. Where the substitute comes from is nothing
    that the holder's town and sector tell: it stays unknown until they say so.
    """
    leave_company_behind(held, by=by)
    state, since, priority = held.state, held.waiting_since, held.priority
    until = held.offer_expires_at
    person, event = follow_up.person, follow_up.event
    held.move_to(RegistrationState.REPLACED)
    drop_needs(held)
    note_step(held, state, by=by, step=step)
    heir = Registration(
        event=event,
        invitation=follow_up,
        number=next_number(event),
        state=state,
        kind=RegistrationKind.SUBSTITUTE,
        replaces_id=(guest or held).id,
        waiting_since=since,
        offer_expires_at=until,
        priority=priority,
    )
    take_snapshot(heir, follow_up.substitute or person)
    heir.note_moment()
    db.session.add(heir)
    note_step(heir, None, by=by, step=INHERITED)
    return heir
