"""Mails about substitutes: to them, and to the guest who named them."""

from eventapp.invitations.mails import link_to
from eventapp.invitations.models import Invitation
from eventapp.invitations.queries import substitute_invitation_of
from eventapp.invitations.states import AFTER_SUBSTITUTION, InvitationState
from eventapp.registrations import queries
from eventapp.registrations.heir_queries import guest_behind, heir_of
from eventapp.registrations.mails import page_link, queue_about
from eventapp.registrations.models import Registration
from eventapp.registrations.recipients import Guest, reader_of
from eventapp.registrations.states import RegistrationState
from eventapp.registrations.substitutions import (
    SubstituteAnswer,
    kept_by,
    name_behind,
    substitution_by,
)

PROMISES = {RegistrationState.CONFIRMED: "place", RegistrationState.OFFERED: "offer"}


def queue_substitute_invitation(follow_up: Invitation, heir: Registration | None) -> None:
    """Invite the substitute, and say whether a place or a spot in the queue is kept for them."""
    queue_about(
        follow_up,
        "substitute",
        may_object=True,
        link=link_to(follow_up),
        promise=_promise(heir),
        until=heir.offered_until if heir is not None else None,
        zone=follow_up.event.zone,
        guest=name_behind(follow_up),
    )


def queue_substitute_notice(
    invitation: Invitation, follow_up: Invitation, heir: Registration | None, *, locale: str
) -> None:
    """Tell the guest that the substitute has been invited, and what is kept for them."""
    _queue_notice(reader_of(invitation), follow_up, heir, link=link_to(invitation), locale=locale)


def queue_handed_over(
    registration: Registration, follow_up: Invitation, heir: Registration
) -> None:
    """The same for a guest without an invitation, whose own page says how things stand."""
    _queue_notice(
        registration, follow_up, heir, link=page_link(registration), locale=registration.locale
    )


def queue_proposal_declined(guest: Registration, substitute: str, *, reason: str) -> None:
    """The organisers do not let the substitute in; the guest, or whom they sent before, still has
    the place."""
    queue_about(
        guest,
        "proposal_declined",
        substitute=substitute,
        reason=reason,
        link=page_link(guest),
        promise=_promise(guest) if guest.is_live else "",
    )


def _queue_notice(
    guest: Guest, follow_up: Invitation, heir: Registration | None, *, link: str, locale: str
) -> None:
    queue_about(
        guest,
        "substitute_notice",
        locale=locale,
        link=link,
        invited=_was_invited(guest),
        substitute=follow_up.person.full_name,
        promise=_promise(heir),
        until=heir.offered_until if heir is not None else None,
        zone=follow_up.event.zone,
    )


def _promise(heir: Registration | None) -> str:
    return PROMISES.get(heir.state, "line") if heir is not None else ""


def queue_substitute_answer(follow_up: Invitation, heir: Registration | None) -> None:
    """Tell the guest what the substitute said, as long as the guest counts on this one.

    Where the guest had been named in turn, everybody up the line; nobody while somebody whom the
    substitute named may still come.
    """
    further = substitution_by(follow_up) if follow_up.state in AFTER_SUBSTITUTION else None
    if further is not None and further.answer is not SubstituteAnswer.LEFT:
        return
    named = follow_up
    while (invitation := named.substitute_for) is not None:
        if invitation.state not in AFTER_SUBSTITUTION:
            return
        if substitute_invitation_of(invitation) is not named:
            return  # somebody else has been named since
        if invitation.state is InvitationState.SUBSTITUTED:
            locale, link = queries.language_of(invitation), link_to(invitation)
            _queue_answer(reader_of(invitation), follow_up, heir, link=link, locale=locale)
        named = invitation
    _queue_answer_by_page(named, follow_up, heir)


def _queue_answer_by_page(
    named: Invitation, follow_up: Invitation, heir: Registration | None
) -> None:
    """For a guest without an invitation, unless they named somebody else or registered anew.

    `named` is whom the guest named, who may have named somebody in turn.
    """
    guest = guest_behind(named)
    if guest is None or guest.is_erased or guest.state is not RegistrationState.REPLACED:
        return
    latest = heir_of(guest)
    if latest is None or latest.invitation is not follow_up:
        return
    if queries.live_twin(guest.event, guest) is None:
        _queue_answer(guest, follow_up, heir, link=page_link(guest), locale=guest.locale)


def _queue_answer(
    guest: Guest, follow_up: Invitation, heir: Registration | None, *, link: str, locale: str
) -> None:
    queue_about(
        guest,
        "substitute_answer",
        locale=locale,
        link=link,
        invited=_was_invited(guest),
        substitute=follow_up.person.full_name,
        comes=follow_up.state is InvitationState.ACCEPTED,
        kept=kept_by(heir).value,
    )


def _was_invited(guest: Guest) -> bool:
    return isinstance(guest, Invitation) or guest.invitation is not None
