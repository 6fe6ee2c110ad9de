"""Who may open and change an invitation. Strangers get one neutral page."""

from collections.abc import Sequence
from dataclasses import dataclass

from eventapp.events.models import Event
from eventapp.events.states import EventState
from eventapp.foundation.errors import NotFound
from eventapp.foundation.outbox import OBJECTION_GENERATION, mail_by_public_id
from eventapp.foundation.tokens import LinkKind, public_id_of, sign, verify
from eventapp.invitations import queries
from eventapp.invitations.errors import ErasedInvitation, UnknownLink, WithdrawnInvitation
from eventapp.invitations.models import Invitation, Wave
from eventapp.invitations.states import InvitationState, WaveState

NO_ROW_GENERATION = 1


def invitation_for_guest(token: str) -> Invitation:
    """The invitation that this link opens, with person, event and venue. Raises UnknownLink.

    A link of a withdrawn invitation, or of an event that was taken back to a draft, opens nothing.
    Who holds the genuine link learns that it was withdrawn, or the data deleted. The signature is
    computed in every case, so that the time says nothing about the id.
    """
    public_id = public_id_of(token)
    invitation = queries.invitation_by_public_id(public_id) if public_id else None
    generation = invitation.link_generation if invitation else NO_ROW_GENERATION
    genuine = verify(token, LinkKind.INVITATION, generation)
    earlier = verify(token, LinkKind.INVITATION, generation - 1)
    if invitation is None or invitation.event.state is EventState.DRAFT:
        raise UnknownLink
    if earlier and queries.was_erased(invitation):
        raise ErasedInvitation
    if not genuine:
        raise UnknownLink
    if invitation.state is InvitationState.WITHDRAWN:
        raise WithdrawnInvitation(invitation.person.locale)
    return invitation


def invitation_for_organiser(event: Event, invitation_id: int) -> Invitation:
    """An invitation to this event. Raises NotFound for those of other events."""
    invitation = queries.invitation_of_event(event, invitation_id)
    if invitation is None:
        raise NotFound
    return invitation


def invitations_for_organiser(event: Event, ids: Sequence[int]) -> Sequence[Invitation]:
    """All these invitations to this event, by name. Raises NotFound if one is not the event's."""
    invitations = queries.invitations_by_ids(event, ids)
    if len(invitations) != len(set(ids)):
        raise NotFound
    return invitations


def wave_for_organiser(event: Event, number: int) -> Wave:
    """A wave of this event by its number. Raises NotFound for those of other events.

    The standing wave has pages of its own.
    """
    wave = queries.wave_of_event(event, number)
    if wave is None or wave.is_standing:
        raise NotFound
    return wave


@dataclass(frozen=True)
class Objector:
    """Whoever got a mail that one can object to: the address it went to, and what it was about."""

    email: str
    event: Event
    invitation: Invitation | None

    @property
    def objects_to_all(self) -> bool:
        """Whether this address gets no invitations of this host already."""
        return queries.objects_to_mail(self.event.host_id, self.email)

    @property
    def objects_to_event(self) -> bool:
        """Whether the person wants no more mails about this event already."""
        return self.invitation is not None and self.invitation.no_mail_at is not None


def objection_token(invitation: Invitation) -> str | None:
    """The secret to object to more mails: that of the latest mail which says so at its foot.

    None as well for who has objected to all of them already.
    """
    mail = queries.mail_to_object_to(invitation)
    if mail is None or queries.objects_to_mail(invitation.event.host_id, invitation.person.email):
        return None
    return sign(LinkKind.UNSUBSCRIBE, mail, OBJECTION_GENERATION)


def objector_with(token: str) -> Objector:
    """Who objects by this link: it is bound to one mail, and works for as long as that is kept.

    Raises UnknownLink; the signature is computed in every case.
    """
    public_id = public_id_of(token)
    mail = mail_by_public_id(public_id) if public_id else None
    genuine = verify(token, LinkKind.UNSUBSCRIBE, OBJECTION_GENERATION)
    event = queries.event_of_mail(mail) if mail is not None else None
    if mail is None or event is None or not genuine or not mail.may_be_objected_to:
        raise UnknownLink
    return Objector(mail.to_email, event, queries.invitation_of_mail(mail))


def may_change_wave(wave: Wave) -> bool:
    """Words and lists can be changed until the wave is sent."""
    return wave.state in {WaveState.DRAFT, WaveState.APPROVED, WaveState.APPROVAL_REQUESTED}


def may_withdraw(invitation: Invitation) -> bool:
    """Any invitation can be withdrawn, once."""
    return invitation.state is not InvitationState.WITHDRAWN


def may_resend(invitation: Invitation) -> bool:
    """A link can go out again as long as it opens something and there is an address."""
    return may_withdraw(invitation) and bool(invitation.person.email)


def may_mark_undeliverable(invitation: Invitation) -> bool:
    """Only mail that was sent and not answered can have come back."""
    return invitation.state is InvitationState.SENT
