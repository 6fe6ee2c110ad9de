"""Who may answer, hand over, cancel and see what. Strangers get one neutral page."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from eventapp.events.models import Event
from eventapp.events.outline import EventOutline
from eventapp.events.states import TAKES_PLACE, EventState, RegistrationMode
from eventapp.foundation import clock
from eventapp.foundation.errors import NotFound
from eventapp.foundation.tokens import LinkKind, public_id_of, verify
from eventapp.invitations.errors import UnknownLink
from eventapp.invitations.models import Invitation
from eventapp.invitations.states import InvitationState
from eventapp.registrations import queries
from eventapp.registrations.by_link_queries import Opened, opened_by_public_id
from eventapp.registrations.errors import (
    AllErased,
    ForgottenConfirmation,
    MergedAway,
    UnknownConfirmation,
)
from eventapp.registrations.merge_queries import kept_for
from eventapp.registrations.models import Registration
from eventapp.registrations.queue import Timeliness
from eventapp.registrations.states import HOLDS_PLACE, RegistrationKind, RegistrationState

NO_ROW_GENERATION = 1
HANDS_OVER = HOLDS_PLACE | {RegistrationState.WAITING}


def opened_for_guest(token: str) -> Opened:
    """What this link opens: the registration with event and venue, and what else there is to read.

    Raises UnknownLink for every link that opens nothing, and while the address is not confirmed;
    AllErased once the person had everything deleted;
    MergedAway where staff found that the person is registered twice: the link may have been
    forwarded, so it does not lead on to the other registration.
    """
    opened = _by_link(token, LinkKind.REGISTRATION)
    if opened is None or opened.registration.state is RegistrationState.UNCONFIRMED:
        raise UnknownLink
    registration = opened.registration
    if registration.is_erased:
        raise AllErased
    if kept_for(registration) is not None:
        raise MergedAway(registration.locale)
    return opened


def registration_for_guest(token: str) -> Registration:
    """The registration alone."""
    return opened_for_guest(token).registration


def opened_to_confirm(token: str) -> Opened:
    """The same for the link of a confirmation mail, confirmed or not.

    Raises UnknownConfirmation, and ForgottenConfirmation for a link of ours whose row was deleted.
    """
    opened = _by_link(token, LinkKind.CONFIRMATION)
    if opened is None:
        genuine = verify(token, LinkKind.CONFIRMATION, NO_ROW_GENERATION)
        raise ForgottenConfirmation if genuine else UnknownConfirmation
    return opened


def _by_link(token: str, kind: LinkKind) -> Opened | None:
    """The signature is computed in any case, so that the time says nothing about the id."""
    public_id = public_id_of(token)
    opened = opened_by_public_id(public_id) if public_id else None
    generation = opened.registration.link_generation if opened else NO_ROW_GENERATION
    genuine = verify(token, kind, generation)
    if opened is None or not genuine:
        return None
    registration = opened.registration
    if registration.event.state is EventState.DRAFT:
        return None
    if registration.main_id is not None:  # companions are managed by whom they come with
        return None
    return opened


def registration_for_organiser(event: Event, registration_id: int) -> Registration:
    """A registration for this event. Raises NotFound for those of other events."""
    registration = queries.registration_of_event(event, registration_id)
    if registration is None:
        raise NotFound
    return registration


def main_guest_for_organiser(event: Event, registration_id: int) -> Registration:
    """The same of somebody who registered or was invited; companions have no data of their own.

    Raises NotFound, also for who had everything deleted.
    """
    registration = registration_for_organiser(event, registration_id)
    if registration.main_id is not None or registration.is_erased:
        raise NotFound
    return registration


def takes_answers(event: Event) -> bool:
    """Whether invited people can still say anything: published, not called off, not begun."""
    return event.state in TAKES_PLACE and clock.now() < event.starts_at


def reply_deadline(event: EventOutline, invitation: Invitation | None) -> date | None:
    """The last day, in the event's zone and to its midnight, on which answers are in time."""
    return event.reply_by_on if invitation is None else invitation.answer_by


def is_past_deadline(event: EventOutline, invitation: Invitation | None, *, on: date) -> bool:
    """Whether that day is over."""
    deadline = reply_deadline(event, invitation)
    return deadline is not None and on > deadline


def timeliness(invitation: Invitation) -> Timeliness:
    """Late after the deadline, and while the event's registration is closed."""
    event = invitation.event
    return _timeliness(event, invitation, clock.today(event.zone))


def public_timeliness(event: EventOutline, asked_at: datetime) -> Timeliness:
    """The same for who was not invited: the moment counts at which the form was sent."""
    asked_on = asked_at.astimezone(ZoneInfo(event.zone)).date()
    return _timeliness(event, None, asked_on)


def guest_timeliness(registration: Registration) -> Timeliness:
    """The same for a guest who asks for more now, invited or not."""
    event = registration.event
    return _timeliness(event, registration.invitation, clock.today(event.zone))


def _timeliness(event: EventOutline, invitation: Invitation | None, asked_on: date) -> Timeliness:
    over = is_past_deadline(event, invitation, on=asked_on)
    closed = event.state is EventState.CLOSED
    return Timeliness.LATE if over or closed else Timeliness.IN_TIME


def may_merge(event: Event) -> bool:
    """Whether staff can still make one of two registrations: until the event begins."""
    paused = event.state is EventState.POSTPONED
    return (paused or event.state in TAKES_PLACE) and clock.now() < event.starts_at


def may_accept_offer(registration: Registration) -> bool:
    """Whether a place is held for the guest, now, before the deadline of the offer."""
    until = registration.offered_until
    return (
        registration.state is RegistrationState.OFFERED
        and until is not None
        and clock.now() < until
        and takes_answers(registration.event)
    )


def may_be_given_place(registration: Registration) -> bool:
    """Whether staff can offer or give a place by hand: to main guests who wait or have an offer."""
    waits = registration.state in {RegistrationState.WAITING, RegistrationState.OFFERED}
    return waits and registration.main_id is None and takes_answers(registration.event)


def may_return_to_line(registration: Registration) -> bool:
    """Who let an offer lapse can ask again, and then stands at the end of the line."""
    return (
        registration.state is RegistrationState.EXPIRED
        and registration.kind is not RegistrationKind.COMPANION
        and takes_answers(registration.event)
    )


def may_answer(invitation: Invitation) -> bool:
    """Whether the answer page offers answers at all; a regret is taken to the very start.

    Nobody answers for a substitute who had everything deleted.
    """
    over = invitation.state is InvitationState.WITHDRAWN or invitation.is_nameless
    return takes_answers(invitation.event) and not over


def needs_look(registration: Registration) -> bool:
    """Whether the organisers look first at whom this guest wants to send: who registered for an
    event with approval. Who was invited speaks for their office, and sends whom they like."""
    reviewed = registration.event.registration_mode is RegistrationMode.APPROVAL
    return reviewed and registration.invitation is None


def may_name_substitute(invitation: Invitation, registration: Registration | None) -> bool:
    """In time; afterwards only who holds a place or waits can still hand that over. Not whom the
    organisers let in themselves as the substitute of a guest: see `needs_look`."""
    if not may_answer(invitation) or _was_looked_at(invitation):
        return False
    live = registration is not None and registration.is_live
    return live or timeliness(invitation) is Timeliness.IN_TIME


def _was_looked_at(invitation: Invitation) -> bool:
    """Whether this is the substitute of somebody who registered for an event with approval."""
    reviewed = invitation.event.registration_mode is RegistrationMode.APPROVAL
    in_place = invitation.substitute_id is not None and invitation.substitute_for_id is None
    return reviewed and in_place


def may_hand_over(registration: Registration) -> bool:
    """Whether the guest can name somebody to come instead: who was invited by that link, everybody
    else who has a place or waits by the personal one."""
    invitation = registration.invitation
    if invitation is not None:
        return may_name_substitute(invitation, registration)
    return (
        registration.state in HANDS_OVER
        and registration.kind in {RegistrationKind.GUEST, RegistrationKind.SUBSTITUTE}
        and takes_answers(registration.event)
    )


def may_cancel(registration: Registration) -> bool:
    """Places and spots in the queue can be given up until the event starts.

    Companions follow their main guest and are not cancelled on their own.
    """
    return (
        registration.is_live
        and registration.kind is not RegistrationKind.COMPANION
        and takes_answers(registration.event)
    )


def may_renew(registration: Registration) -> bool:
    """Whether a new link can be sent: to main guests who come, wait or are looked at."""
    written_to = registration.is_live and not registration.is_proposal
    return written_to and registration.main_id is None and bool(registration.email)


def may_agree(registration: Registration) -> bool:
    """Whoever comes, waits or came can consent; taking a consent back is always possible."""
    proposed = registration.is_proposal  # knows of nothing yet
    on = registration.event.state is not EventState.CANCELLED
    return registration.is_live and on and not proposed


def may_note_needs(registration: Registration) -> bool:
    """What staff can note for somebody who told it by phone: also for a companion, but only for
    one whose name is known, since nobody else can consent for them."""
    return may_tell_needs(registration) and (registration.main_id is None or registration.is_named)


def may_tell_needs(registration: Registration) -> bool:
    """Diet and support can be told until the event begins, by whoever may still come."""
    return may_agree(registration) and clock.now() < registration.event.starts_at
