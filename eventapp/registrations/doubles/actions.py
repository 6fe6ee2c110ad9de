"""One person registered twice: staff makes one of it, or says for now that it is two people.

The kept registration takes the better place or spot, the other is cancelled; what is left over goes
to whoever waits longest. docs/decisions/0036-doubles.md says what moves and what never does.
"""

from eventapp.accounts.audit import Actor, record_change
from eventapp.consents.states import ConsentKind
from eventapp.foundation.database import db, lock_columns, transaction
from eventapp.invitations import actions as invitation_actions
from eventapp.invitations.models import Invitation
from eventapp.invitations.permissions import may_withdraw
from eventapp.invitations.states import OPEN_REPLY, InvitationState
from eventapp.registrations import mails, queries
from eventapp.registrations.actions.notes import (
    ABSORBED,
    COMPANION_ADDED,
    COMPANION_REMOVED,
    LOOKED_AGAIN,
    MERGED,
    TOLD_APART,
    note_party,
    note_reply,
    note_step,
)
from eventapp.registrations.actions.offers import offer_freed_places
from eventapp.registrations.actions.places import (
    give_back_places,
    party_of,
    places_promised,
    take_places,
)
from eventapp.registrations.actions.telling import drop_needs, take_back
from eventapp.registrations.doubles import mails as double_mails
from eventapp.registrations.doubles import queries as double_queries
from eventapp.registrations.doubles.pairs import Position, better_position, united_company
from eventapp.registrations.errors import DoubleIsGone, EventHasBegun
from eventapp.registrations.models import Registration, RegistrationMerge, TwoPeople
from eventapp.registrations.party import allowance_of
from eventapp.registrations.permissions import may_merge
from eventapp.registrations.place_queries import chance_of
from eventapp.registrations.snapshot import fill_gaps
from eventapp.registrations.states import (
    ARROWS,
    HOLDS_PLACE,
    REGISTERED,
    USES_PLACE,
    RegistrationState,
)


def merge_registrations(kept: Registration, other: Registration, *, by: Actor) -> None:
    """Make one of two registrations of one person: `kept` stays, `other` ends as cancelled.

    The person gets one mail, with the link that counts. Raises DoubleIsGone, EventHasBegun.
    """
    with transaction():
        _look_again(kept, other)
        before, position = kept.state, better_position(kept, other)
        own = [one for one in party_of(kept)[1:] if one is not other]
        brought = [] if other.main_id else party_of(other)[1:]
        most = max(len(own), len(brought), _allowed(kept, other))
        company = united_company(own, brought, most=most)
        promised = places_promised([kept, *own, other, *brought])
        for one in (*own, *brought):
            if one not in company:
                _leave(one, by=by, reason=kept.number)
        _end(other, kept, by=by)
        _join_invitations(kept, other, by=by)
        left = _take_position([kept, *company], position, promised, by=by)
        note_step(kept, before, by=by, reason=other.number, step=ABSORBED)
        give_back_places(kept.event, left)
        double_mails.queue_merged(kept)
        _tell_host_of_companion(kept, other)
        offer_freed_places(kept.event)


def _allowed(kept: Registration, other: Registration) -> int:
    """How many the person may bring by the invitation that stays."""
    theirs = other.invitation if other.main_id is None else None
    return allowance_of(kept.event, kept.invitation or theirs)


def _tell_host_of_companion(kept: Registration, other: Registration) -> None:
    """Who brought the person as a companion learns for whom their own registration is now."""
    if other.main is not None and other.main is not kept:
        mails.queue_party_change(other.main)


def _look_again(kept: Registration, other: Registration) -> None:
    """Queue behind rivals at the event, see where both stand now, and refuse what cannot be."""
    event = kept.event
    lock_columns(event)
    if not may_merge(event):
        raise EventHasBegun
    double_queries.registrations_for_pairs([kept.id, other.id])
    both = {kept.event_id, other.event_id} == {event.id} and kept.id != other.id
    registered = {kept.state, other.state} <= REGISTERED
    if not both or not registered or kept.main_id is not None:
        raise DoubleIsGone
    if (*sorted((kept.id, other.id)), None) in double_queries.known_as_two(event):
        raise DoubleIsGone


def _leave(one: Registration, *, by: Actor, reason: str, step: str | None = None) -> None:
    before, since = one.state, one.waiting_since
    one.move_to(RegistrationState.CANCELLED)
    drop_needs(one)
    note_step(one, before, by=by, reason=reason, step=step, waited_since=since)
    note_party(one, COMPANION_REMOVED, by=by, reason=reason)


def _end(other: Registration, kept: Registration, *, by: Actor) -> None:
    """The other one is over before the kept one takes what was its."""
    for kind in _taken_back(other):
        take_back(kept, kind, by=by)
    _leave(other, by=by, reason=kept.number, step=MERGED)
    db.session.add(RegistrationMerge(registration_id=other.id, kept_id=kept.id))
    db.session.flush()
    fill_gaps(kept, other)
    if not kept.email and queries.live_twin(kept.event, other) is None:
        kept.email = other.email
    kept.registered_at = min(kept.registered_at, other.registered_at)


def _taken_back(other: Registration) -> list[ConsentKind]:
    """A yes stands if it was given in the kept registration, and taken back in neither.

    Needs are no matter of yes or no: each registration has its own.
    """
    in_force = {one.kind for one in other.consents if one.withdrawn_at is None}
    given = {one.kind for one in other.consents}
    return sorted(given - in_force - {ConsentKind.NEEDS})


def _take_position(
    party: list[Registration], position: Position, promised: int, *, by: Actor
) -> int:
    """Everybody stands where the better of the two stood; says how many places are left over.

    Who had no place gets one only if one is free that nobody waits for; else they do not come.
    """
    kept, left = party[0], promised
    for one in party:
        needs_place = position.state in HOLDS_PLACE and one.kind in USES_PLACE
        if needs_place and not left and not _takes_one_more(kept):
            _leave(one, by=by, reason=kept.number)
            continue
        left -= 1 if needs_place and left else 0
        _stand(one, kept, position, by=by)
    return left


def _takes_one_more(kept: Registration) -> bool:
    free, waiting = chance_of(kept.event, kept.invitation)
    return free > 0 and not waiting and take_places(kept.event, 1)


def _stand(one: Registration, kept: Registration, position: Position, *, by: Actor) -> None:
    before, moves = one.state, one is not kept and one.main_id != kept.id
    one.waiting_since, one.priority = position.since, position.priority
    if before is not position.state:
        if position.state not in ARROWS[before]:
            one.move_to(RegistrationState.WAITING)
        one.move_to(position.state)
    one.offer_expires_at = position.until
    if moves:
        one.main = kept
        note_party(one, COMPANION_ADDED, by=by)
    if one is not kept and (moves or before is not one.state):
        note_step(one, before, by=by, reason=kept.number, step=ABSORBED)


def _join_invitations(kept: Registration, other: Registration, *, by: Actor) -> None:
    """One invitation for one person; its old link opens nothing, as it may have been forwarded."""
    invitation = other.invitation if other.main_id is None else None
    if invitation is None:
        return
    lock_columns(invitation)
    if other.replaces_id != kept.id:  # whoever named the person still reads that they come
        kept.replaces_id = kept.replaces_id or other.replaces_id
    other.invitation = None  # who was merged does not come back by it
    if kept.invitation_id is None:
        db.session.flush()
        _give_invitation(kept, invitation, by=by)
    else:
        _end_invitation(invitation, kept, by=by)


def _end_invitation(invitation: Invitation, kept: Registration, *, by: Actor) -> None:
    """The second invitation is over; that no mails are wanted counts for the first one as well."""
    if may_withdraw(invitation):
        invitation_actions.withdraw_invitation(invitation, by=by, reason=kept.number)
        _note_invitation("invitation.merged", invitation, kept, by=by)  # undo stops here
    stays = kept.invitation
    if stays is not None:
        lock_columns(stays)
        stays.no_mail_at = stays.no_mail_at or invitation.no_mail_at


def _give_invitation(kept: Registration, invitation: Invitation, *, by: Actor) -> None:
    before = invitation.state
    if before is not InvitationState.ACCEPTED:
        invitation_actions.record_acceptance(invitation, locale=kept.locale)
        note_reply(invitation, before, by=by)
    invitation.link_generation += 1
    kept.invitation, kept.contact_id = invitation, invitation.contact_id or kept.contact_id
    _note_invitation("invitation.joined", invitation, kept, by=by)


def _note_invitation(step: str, invitation: Invitation, kept: Registration, *, by: Actor) -> None:
    event = kept.event
    record_change(
        by,
        step,
        invitation,
        reason=kept.number,
        scope=event.scope,
        host_id=event.host_id,
    )


def join_invitation(kept: Registration, invitation: Invitation, *, by: Actor) -> None:
    """Who was invited and registered by another address has thereby accepted the invitation.

    Raises DoubleIsGone, EventHasBegun.
    """
    with transaction():
        event = kept.event
        lock_columns(event)
        if not may_merge(event):
            raise EventHasBegun
        double_queries.registrations_for_pairs([kept.id])
        lock_columns(invitation)
        fits = kept.state in REGISTERED and kept.invitation_id is None and kept.main_id is None
        if not fits or invitation.event_id != event.id or invitation.state not in OPEN_REPLY:
            raise DoubleIsGone
        if (kept.id, None, invitation.id) in double_queries.known_as_two(event):
            raise DoubleIsGone
        _give_invitation(kept, invitation, by=by)
        double_mails.queue_merged(kept)


def tell_apart(one: Registration, other: Registration | Invitation, *, by: Actor) -> None:
    """Two people after all: the pair is not proposed again. Doing it twice changes nothing."""
    with transaction():
        lock_columns(one.event)
        first, pair = _pair(one, other)
        if pair.key not in double_queries.known_as_two(one.event):
            db.session.add(pair)
            _note_two(TOLD_APART, first, pair, by=by)


def look_at_pair_again(one: Registration, other: Registration | Invitation, *, by: Actor) -> None:
    """They may be one person after all: the pair is proposed again. Twice changes nothing."""
    with transaction():
        lock_columns(one.event)
        first, pair = _pair(one, other)
        if double_queries.forget_two(pair):
            _note_two(LOOKED_AGAIN, first, pair, by=by)


def _pair(one: Registration, other: Registration | Invitation) -> tuple[Registration, TwoPeople]:
    """Of whom the history tells, and the two as they are kept: the lower id first."""
    if isinstance(other, Invitation):
        return one, TwoPeople(registration_id=one.id, invitation_id=other.id)
    first, second = sorted((one, other), key=lambda registration: registration.id)
    return first, TwoPeople(registration_id=first.id, other_id=second.id)


def _note_two(step: str, first: Registration, pair: TwoPeople, *, by: Actor) -> None:
    other = db.session.get(Registration, pair.other_id) if pair.other_id else None
    record_change(
        by,
        step,
        first,
        after={"registration": pair.other_id, "invitation": pair.invitation_id},
        reason=other.number if other is not None else "",
        scope=first.event.scope,
        host_id=first.event.host_id,
    )
