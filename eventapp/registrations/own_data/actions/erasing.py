"""A guest has everything deleted that says who they are. What stays counts, and names nobody:
sector, county, kind, state and the moments of the steps.

So with the trail: that something was done, when and by whom stays; names, addresses and reasons in
entries about the person become "deleted" (decision 0038). It never held needs.
"""

from eventapp.accounts.audit import GUEST, erase_values, record_change
from eventapp.consents import actions as consents
from eventapp.contacts.actions import forget_contact, is_known_from_elsewhere, suppress_address
from eventapp.contacts.actions.forgetting import ONE_INVITATION
from eventapp.contacts.models import PersonColumns
from eventapp.contacts.states import FormOfAddress, ObjectionKind
from eventapp.events.states import EventState
from eventapp.foundation import clock
from eventapp.foundation.database import db, lock_columns, transaction
from eventapp.invitations.models import Invitation
from eventapp.invitations.queries import substitutes_of
from eventapp.questions.actions import forget_answers
from eventapp.registrations import queries
from eventapp.registrations.actions.leaving import note_regret, release
from eventapp.registrations.asked import claim_of
from eventapp.registrations.merge_queries import merge_of
from eventapp.registrations.models import Registration
from eventapp.registrations.own_data import queries as own_queries
from eventapp.registrations.own_data.mails import remove_text
from eventapp.registrations.snapshot import NAME_COLUMNS

ERASED = "registration.erased"
STAYS = frozenset({"locale", "form_of_address"})


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
            _erase(one)  # invitations last: by then nothing else refers to the contact


def erase_guest_for_good(registration: Registration) -> None:
    """The same, and no invitation goes to the address any more: a keyed hash of it remembers."""
    host_id = registration.event.host_id
    with transaction():
        for email in {
            one.email_key: one.email for one in own_queries.selves_of(registration)
        }.values():
            if email:
                suppress_address(host_id, email, kind=ObjectionKind.LINK, actor=GUEST)
        erase_guest(registration)


def _erase(registration: Registration) -> None:
    _leave(registration)
    own_queries.delete_mails_about(registration)
    invitation, contact = registration.invitation, registration.contact
    merged = merge_of(registration) is not None
    for mail in own_queries.mails_naming(registration):
        remove_text(mail, registration.event)
    party = [registration, *registration.companions]
    for one in party:
        _forget(one)
    if invitation is not None:
        db.session.flush()  # what refers to the invited person is counted in the database
        _close(invitation)
    elif contact is not None and merged:  # its invitation was withdrawn when it was merged
        db.session.flush()
        forget_contact(contact)
    for one in party:
        erase_values(Registration.__tablename__, one.id)
    record_change(
        GUEST,
        ERASED,
        registration,
        after={"people": len(party)},
        scope=registration.event.scope,
        host_id=registration.event.host_id,
    )


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


def _leave(registration: Registration) -> None:
    """Who deletes everything before the event does not come; whoever waits gets the place."""
    event = registration.event
    to_come = clock.now() < event.starts_at or event.state is EventState.POSTPONED
    if registration.is_live and to_come:
        release(registration, by=GUEST)
        note_regret(registration.invitation, by=GUEST)


def _forget(registration: Registration) -> None:
    """What is left of a row says from which part of society and which county somebody came."""
    consents.erase([registration.id])
    forget_answers(registration.id, claim=claim_of(registration))
    unname(registration)
    registration.postcode = registration.city = registration.note = registration.group_key = ""
    registration.municipality_ags = None
    registration.contact = registration.invitation = None
    registration.number = f"X-{registration.id}"


def unname(person: PersonColumns) -> None:
    """Empty every column that says who somebody is or how to reach them."""
    person.form_of_address = FormOfAddress.NONE
    for column in NAME_COLUMNS:
        if column not in STAYS:
            setattr(person, column, "")


def _close(invitation: Invitation) -> None:
    """The link in the invitation opens nothing any more; a substitute is known from nowhere else.

    So is a contact who was entered for this invitation only, unless somebody was named instead.
    Whom the guest named stands in for nobody any more, or for who named the guest: their answer
    goes to no address that was deleted.
    """
    invitation.link_generation += 1
    invitation.note = ""
    erase_values(Invitation.__tablename__, invitation.id)
    follow_ups = substitutes_of(invitation)
    for one in follow_ups:
        one.substitute_for = invitation.substitute_for
    if invitation.substitute is not None:
        unname(invitation.substitute)
    elif invitation.contact is not None and not follow_ups:
        forget_contact(invitation.contact)
