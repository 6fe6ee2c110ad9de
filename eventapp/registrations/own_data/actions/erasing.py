"""A guest has everything deleted that says who they are. What stays counts, and names nobody:
sector, county, kind, state and the days of the steps. Days, not moments: with those a row could be
laid beside what is known of the same minute.

So with the trail: that something was done, when and by whom stays; names, addresses and reasons in
entries about the person become "deleted" (decision 0038). It never held needs.
"""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from eventapp.accounts.audit import GUEST, Actor, erase_values, record_change
from eventapp.consents import actions as consents
from eventapp.contacts.actions import forget_contact, is_known_from_elsewhere, suppress_address
from eventapp.contacts.actions.forgetting import ONE_INVITATION
from eventapp.contacts.models import Contact
from eventapp.contacts.states import ObjectionKind
from eventapp.events.states import EventState
from eventapp.foundation import clock
from eventapp.foundation.database import db, lock_columns, transaction
from eventapp.invitations.models import Invitation
from eventapp.invitations.queries import substitutes_of
from eventapp.invitations.states import UNANSWERED
from eventapp.questions.actions import forget_answers
from eventapp.registrations import queries
from eventapp.registrations.actions.leaving import note_regret, release
from eventapp.registrations.asked import claim_of
from eventapp.registrations.merge_queries import merge_of
from eventapp.registrations.models import Registration
from eventapp.registrations.own_data import queries as own_queries
from eventapp.registrations.own_data.mails import remove_text
from eventapp.registrations.recipients import Guest
from eventapp.registrations.snapshot import unname
from eventapp.registrations.states import RegistrationState

ERASED = "registration.erased"
MOMENTS = ("registered_at", "confirmed_at", "waiting_since", "cancelled_at")


def erase_guest(registration: Registration) -> None:
    """Delete the guest's data, and that of their companions; before the event a place is passed on.

    Also what an earlier registration of theirs for the event left behind, or one that staff merged
    into it. Asks for no reason, sends
    no mail, works before and after the event. Doing it twice changes nothing.
    """
    with transaction():
        lock_columns(registration.event)
        queries.registrations_by_ids([registration.id])  # as it is now, companions included
        if registration.is_erased:
            return
        selves = own_queries.selves_of(registration)
        for one in sorted(selves, key=lambda self: self.invitation_id is not None):
            entry = _entry_made_for(one)
            empty_registration(one, by=GUEST)
            if entry is not None:  # invitations last: by then nothing else refers to the contact
                db.session.flush()
                forget_contact(entry)


def erase_guest_for_good(registration: Registration) -> None:
    """The same, and no invitation goes to the address any more: a keyed hash of it remembers."""
    host_id = registration.event.host_id
    with transaction():
        for email in {
            one.email_key: one.email for one in own_queries.selves_of(registration)
        }.values():
            if email:
                suppress_address(host_id, email, kind=ObjectionKind.ASKED, actor=GUEST)
        erase_guest(registration)


def _entry_made_for(registration: Registration) -> Contact | None:
    """The contact who may be known from here only; not where somebody was named instead."""
    invitation = registration.invitation
    if invitation is not None:
        return None if substitutes_of(invitation) else invitation.contact
    merged = merge_of(registration) is not None  # its invitation was withdrawn then
    return registration.contact if merged else None


def empty_registration(registration: Registration, *, by: Actor) -> None:
    """One registration with its companions, its invitation and all mails. Needs the event's lock.

    Whoever never confirmed the address was never there: of them nothing stays.
    """
    unconfirmed = registration.state is RegistrationState.UNCONFIRMED
    _leave(registration, by=by)
    _forget_mails(registration)
    invitation = registration.invitation
    party = [registration, *registration.companions]
    for one in party:
        _forget(one)
    if invitation is not None:
        db.session.flush()  # what refers to the invited person is counted in the database
        _close(invitation, by=by)
    for one in party:
        erase_values(Registration.__tablename__, one.id)
    _note(registration, ERASED, by=by, after={"people": len(party)})
    if unconfirmed:
        db.session.delete(registration)


def empty_invitation(invitation: Invitation, *, by: Actor) -> None:
    """An invitation of which no registration came. Needs the event's lock.

    Whom a guest named answers no more; whoever named them hears of it.
    """
    if invitation.substitute is not None and invitation.state in UNANSWERED:
        note_regret(invitation, by=by)
    _forget_mails(invitation)
    _close(invitation, by=by)


def _note(guest: Guest, step: str, *, by: Actor, after: dict[str, int] | None = None) -> None:
    """What was done; from then on nothing before it can be undone."""
    event = guest.event
    record_change(by, step, guest, after=after, scope=event.scope, host_id=event.host_id)


def _forget_mails(guest: Guest) -> None:
    own_queries.delete_mails_about(guest)
    for mail in own_queries.mails_naming(guest):
        remove_text(mail, guest.event)


def stays_in_book(registration: Registration) -> bool:
    """Whether the host keeps the person as a contact, as it knows them from elsewhere as well."""
    invitation = registration.invitation
    if invitation is None or invitation.contact is None:
        return False
    contact_id = invitation.contact_id
    selves = own_queries.selves_of(registration)
    besides = ONE_INVITATION + sum(1 for one in selves if one.contact_id == contact_id)
    named = substitutes_of(invitation)
    return bool(named) or is_known_from_elsewhere(invitation.contact, besides=besides)


def _leave(registration: Registration, *, by: Actor) -> None:
    """Who deletes everything before the event does not come; whoever waits gets the place."""
    event = registration.event
    to_come = clock.now() < event.starts_at or event.state is EventState.POSTPONED
    if registration.is_live and to_come:
        release(registration, by=by)
        note_regret(registration.invitation, by=by)


def _forget(registration: Registration) -> None:
    """What is left of a row says from which part of society and which county somebody came."""
    consents.erase([registration.id])
    forget_answers(registration.id, claim=claim_of(registration))
    unname(registration)
    registration.postcode = registration.city = registration.note = registration.group_key = ""
    registration.municipality_ags = None
    registration.contact = registration.invitation = None
    registration.number = f"X-{registration.id}"
    registration.link_sent_at = None
    for column in MOMENTS:
        setattr(registration, column, _day_of(getattr(registration, column), registration))


def _day_of(moment: datetime | None, guest: Guest) -> datetime | None:
    """The beginning of that day where the event takes place."""
    if moment is None:
        return None
    zone = ZoneInfo(guest.event.zone)
    return datetime.combine(moment.astimezone(zone).date(), time(), zone)


def _close(invitation: Invitation, *, by: Actor) -> None:
    """The link in the invitation opens nothing any more; a substitute is known from nowhere else.

    Whom the guest named stands in for nobody any more, or for who named the guest: their answer
    goes to no address that was deleted.
    """
    invitation.link_generation += 1
    invitation.note = ""
    invitation.replied_at = _day_of(invitation.replied_at, invitation)
    erase_values(Invitation.__tablename__, invitation.id)
    for one in substitutes_of(invitation):
        one.substitute_for = invitation.substitute_for
    if invitation.substitute is not None:
        unname(invitation.substitute)
    _note(invitation, "invitation.erased", by=by)
