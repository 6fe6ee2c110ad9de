"""Noting what an invited person replied. Called by `registrations`, which owns the places."""

from eventapp.accounts.audit import Actor, record_change
from eventapp.contacts.models import PersonColumns
from eventapp.contacts.states import FormOfAddress
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.rows import store_changes
from eventapp.foundation.text import mailbox, spellings
from eventapp.invitations import mails, queries
from eventapp.invitations.errors import OwnSubstitute, SubstituteComes, UnavailableSubstitute
from eventapp.invitations.models import Invitation, Substitute
from eventapp.invitations.requests import SubstituteRequest
from eventapp.invitations.states import Channel, InvitationState


def record_acceptance(invitation: Invitation, *, note: str = "", locale: str | None = None) -> None:
    """The person comes, or would like to."""
    _record(invitation, InvitationState.ACCEPTED, note=note, locale=locale)


def record_regret(invitation: Invitation, *, note: str = "", locale: str | None = None) -> None:
    """The person does not come; always possible, and without reasons."""
    _record(invitation, InvitationState.DECLINED, note=note, locale=locale)


def _record(
    invitation: Invitation, state: InvitationState, *, note: str, locale: str | None
) -> None:
    with transaction():
        if locale and invitation.substitute is not None:
            invitation.substitute.locale = locale  # until now a guess; a contact is the host's
        if invitation.state is not state:
            invitation.move_to(state)
        invitation.replied_at = clock.now()
        invitation.note = note or invitation.note
        store_changes(invitation)


def invite_substitute(
    invitation: Invitation, request: SubstituteRequest, *, by: Actor, locale: str
) -> Invitation:
    """Invite somebody in this guest's place; the caller knows what is passed on, and mails.

    An earlier substitute who has not answered is taken back first. Raises OwnSubstitute,
    UnavailableSubstitute, and SubstituteComes if an earlier one has accepted.
    """
    with transaction():
        check_named(invitation.event, invitation.person, request)
        take_back_substitute(invitation, by=by)
        _record(invitation, InvitationState.SUBSTITUTED, note="", locale=locale)
        follow_up = Invitation(
            event=invitation.event,
            substitute=_substitute(invitation.person, request, locale),
            substitute_for=invitation,
            wave_id=invitation.wave_id,
            channel=Channel.EMAIL,
            state=InvitationState.SENT,
            sent_at=clock.now(),
            reply_by_on=invitation.reply_by_on,
            companions_allowed=invitation.companions_allowed,
        )
        db.session.add(follow_up)
        _note(follow_up, "invitation.invited", by=by)
    return follow_up


def invite_in_place(
    event: Event, guest: PersonColumns, request: SubstituteRequest, *, by: Actor, locale: str
) -> Invitation:
    """The same for a guest who registered without an invitation; belongs to no wave.

    Raises OwnSubstitute, UnavailableSubstitute.
    """
    with transaction():
        check_named(event, guest, request)
        follow_up = Invitation(
            event=event,
            substitute=_substitute(guest, request, locale),
            channel=Channel.EMAIL,
            state=InvitationState.SENT,
            sent_at=clock.now(),
        )
        db.session.add(follow_up)
        _note(follow_up, "invitation.invited", by=by)
    return follow_up


def check_named(event: Event, guest: PersonColumns, request: SubstituteRequest) -> None:
    """Nobody comes in their own place, and who objects to mail is not written to.

    Raises OwnSubstitute, UnavailableSubstitute.
    """
    check_not_oneself(guest, request)
    if queries.objects_to_mail(event.host_id, request.email):
        raise UnavailableSubstitute


def _note(follow_up: Invitation, step: str, *, by: Actor) -> None:
    db.session.flush()  # then it is known whose it is
    record_change(
        by,
        step,
        follow_up,
        after={"state": follow_up.state, "substitute_for": follow_up.substitute_for_id},
        scope=follow_up.event.scope,
        host_id=follow_up.event.host_id,
    )


def check_not_oneself(person: PersonColumns, request: SubstituteRequest) -> None:
    """Raise OwnSubstitute where somebody names themselves, also by a title or a second name more,
    in the other order, or with a mark behind a plus sign of the address."""
    if not person.email or mailbox(person.email) != mailbox(request.email):
        return
    own = spellings(f"{person.first_name} {person.last_name}")
    named = spellings(f"{request.first_name} {request.last_name}")
    if any(map(_is_one_name, own, named)):
        raise OwnSubstitute


def _is_one_name(one: str, other: str) -> bool:
    """Whether two names are the same but for words that only one of them has."""
    few, many = sorted((set(one.split()), set(other.split())), key=len)
    return few == many or (len(few) > 1 and few < many)


def _substitute(guest: PersonColumns, request: SubstituteRequest, locale: str) -> Substitute:
    """The person as named; comes for the same organisation, and is thought to read `locale`."""
    return Substitute(
        form_of_address=FormOfAddress.NONE,
        first_name=request.first_name,
        last_name=request.last_name,
        email=request.email,
        locale=locale,
        organisation_name=guest.organisation_name,
    )


def take_back_substitute(invitation: Invitation, *, by: Actor) -> Invitation | None:
    """Withdraw the invitation of a substitute who has not answered; returns it, or None.

    Where the substitute named somebody in turn, the last of the line counts, and all of them are
    told. Raises SubstituteComes if that one has accepted: the place is theirs now.
    """
    with transaction():
        line = queries.line_after(invitation)
        if line and line[-1].state is InvitationState.ACCEPTED:
            raise SubstituteComes
        last = None
        for guest, named in zip([invitation, *line], line, strict=False):
            last = withdraw_unanswered(named, guest=guest.person.full_name, by=by)
    return last


def withdraw_unanswered(follow_up: Invitation, *, guest: str, by: Actor) -> Invitation | None:
    """Withdraw this invitation to a substitute of `guest`; None if it is over anyway.

    Raises SubstituteComes if the substitute has accepted.
    """
    with transaction():
        if follow_up.state in {InvitationState.WITHDRAWN, InvitationState.DECLINED}:
            return None
        if follow_up.state is InvitationState.ACCEPTED:
            raise SubstituteComes
        follow_up.move_to(InvitationState.WITHDRAWN)
        _note(follow_up, "invitation.withdrawn", by=by)
        mails.queue_withdrawal(follow_up, guest=guest)
    return follow_up
