"""Everything about one person goes, at all events of the organisation and from its address book.

Registrations and invitations go as when guests delete them; then the entry itself, and with it
which invitations there were. Who stands in a programme to come stays until they are taken out of
it; from programmes that are over the name stays, as part of what took place.
"""

from collections.abc import Sequence

from eventapp.accounts.audit import Actor
from eventapp.contacts.actions import erase_contact, suppress_address
from eventapp.contacts.models import Contact
from eventapp.contacts.states import ObjectionKind
from eventapp.events.states import OVER
from eventapp.foundation.database import db, lock_columns, transaction
from eventapp.programme.actions import forget_contributor
from eventapp.programme.models import Contributor
from eventapp.registrations.errors import StillInProgramme
from eventapp.registrations.own_data.actions.erasing import empty_invitation, empty_registration
from eventapp.registrations.own_data.person_queries import (
    Person,
    Reach,
    Subject,
    parts_of,
    person_behind,
)
from eventapp.registrations.own_data.requests import Afterwards


def erase_person(subject: Subject, *, reach: Reach, afterwards: Afterwards, by: Actor) -> None:
    """Delete everything that says who they are; places are given up, nobody is told by mail.

    Doing it twice changes nothing. Raises StillInProgramme, and NotFound where a colleague was
    quicker.
    """
    with transaction():
        for event in person_behind(subject, reach).events:
            lock_columns(event)
        person = person_behind(subject, reach)  # as it is now that rivals wait
        parts = parts_of(person)
        if still_to_come(parts):
            raise StillInProgramme
        if afterwards is Afterwards.NEVER_INVITED:
            _never_invite(person, by=by)
        _empty(person, by=by)
        for contributor in parts:
            forget_contributor(contributor)
        if person.contact is not None:
            _remove(person.contact, person, by=by)


def still_to_come(parts: Sequence[Contributor]) -> list[Contributor]:
    """The parts in programmes that are not over: those have to be taken out first."""
    return [one for one in parts if one.event.standing not in OVER]


def _never_invite(person: Person, *, by: Actor) -> None:
    for email in person.emails:
        suppress_address(person.host_id, email, kind=ObjectionKind.ASKED, actor=by)


def _empty(person: Person, *, by: Actor) -> None:
    unregistered = person.unregistered
    for registration in person.registrations:
        empty_registration(registration, by=by)
    for invitation in unregistered:
        empty_invitation(invitation, by=by)
    db.session.flush()


def _remove(contact: Contact, person: Person, *, by: Actor) -> None:
    """First the invitations to this entry: nobody can be invited whom nobody knows."""
    own = [one for one in person.invitations if one.contact_id == contact.id]
    for invitation in own:
        db.session.delete(invitation)
    db.session.flush()
    erase_contact(contact, registrations=len(person.registrations), invitations=len(own), by=by)
