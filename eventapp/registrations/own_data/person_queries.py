"""Everything that one organisation keeps about one person, found from wherever they are met."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased, contains_eager, joinedload, selectinload

from eventapp.contacts.models import Contact, PersonColumns
from eventapp.events.models import Event
from eventapp.foundation.database import db
from eventapp.foundation.text import normalised_email
from eventapp.invitations.models import Invitation
from eventapp.programme.models import Contribution, Contributor
from eventapp.registrations.models import Registration, RegistrationMerge
from eventapp.registrations.person_keys import name_key_of
from eventapp.registrations.recipients import Guest
from eventapp.registrations.states import RegistrationState

Subject = Contact | Guest
Key = tuple[str, str]


class Reach(StrEnum):
    """What counts as the same person at other events.

    Linked is what hangs on one entry of the address book: sure enough for whoever holds a link.
    Alike is also who has the same address and the same name: staff looks at it first.
    """

    LINKED = "linked"
    ALIKE = "alike"


@dataclass(frozen=True)
class Person:
    """The entry in the address book, if there is one, with all invitations and registrations.

    Of registrations the main ones, companions hang on them; who was erased is nobody any more.
    """

    host_id: int
    contact: Contact | None
    invitations: Sequence[Invitation]
    registrations: Sequence[Registration]

    @property
    def events(self) -> list[Event]:
        """All events at which the person was invited or registered, always in one order."""
        guests: list[Guest] = [*self.registrations, *self.invitations]
        found = {one.event_id: one.event for one in guests}
        return [found[number] for number in sorted(found)]

    @property
    def unregistered(self) -> list[Invitation]:
        """The invitations of which no registration came that is still there."""
        registered = {one.invitation_id for one in self.registrations}
        return [one for one in self.invitations if one.id not in registered]

    @property
    def emails(self) -> list[str]:
        """Every address under which the person is known, each once."""
        found = {normalised_email(one.email or ""): one.email for one in self.known_as}
        return [email for key, email in found.items() if key]

    @property
    def known_as(self) -> list[PersonColumns]:
        """Every row that names the person."""
        people: list[PersonColumns] = [
            *self.registrations,
            *(one.person for one in self.invitations),
        ]
        return [self.contact, *people] if self.contact is not None else people


def person_behind(subject: Subject, reach: Reach) -> Person:
    """Whom an entry, an invitation or a registration belongs to, read afresh. Five statements at
    most."""
    contact = entry_of(subject)
    host_id = subject.host_id if isinstance(subject, Contact) else subject.event.host_id
    registrations = _registrations(subject, contact, host_id, reach)
    own = {one.invitation_id for one in registrations if one.invitation_id is not None}
    own |= {subject.id} if isinstance(subject, Invitation) else set()
    invitations = db.session.scalars(
        select(Invitation)
        .options(
            joinedload(Invitation.event),
            joinedload(Invitation.contact),
            joinedload(Invitation.substitute),
        )
        .where(or_(Invitation.id.in_(own), _of_contact(Invitation.contact_id, contact)))
        .order_by(Invitation.event_id, Invitation.id)
        .execution_options(populate_existing=True)
    ).all()
    return Person(host_id, contact, invitations, registrations)


def entry_of(subject: Subject) -> Contact | None:
    """The entry in the address book that surely is this person's."""
    if isinstance(subject, Contact):
        return subject
    invited = subject.invitation if isinstance(subject, Registration) else None
    return subject.contact or (invited.contact if invited is not None else None)


def _registrations(
    subject: Subject, contact: Contact | None, host_id: int, reach: Reach
) -> Sequence[Registration]:
    rows = db.session.scalars(
        select(Registration)
        .options(
            selectinload(Registration.companions),
            joinedload(Registration.event),
            joinedload(Registration.invitation),
            joinedload(Registration.contact),
        )
        .where(
            Registration.id.in_(_ids_of(subject, contact, host_id, reach)),
            Registration.main_id.is_(None),
        )
        .order_by(Registration.event_id, Registration.id)
        .execution_options(populate_existing=True)
    )
    return [row for row in rows if not row.is_erased]


def _ids_of(subject: Subject, contact: Contact | None, host_id: int, reach: Reach) -> Select[int]:
    """By the rule by which nobody is there twice at one event: same address and same name; and
    what staff found to be theirs and merged."""
    seed, one = aliased(Registration), aliased(Registration)
    seeds = select(seed.id).where(
        seed.main_id.is_(None), or_(*_seeds(seed, subject, contact, host_id, reach))
    )
    same_person = select(one.id).where(
        one.event_id == Registration.event_id,
        one.email_key == Registration.email_key,
        one.name_key == Registration.name_key,
        one.email_key != "",
        one.id.in_(seeds),
    )
    is_there = Registration.state != RegistrationState.UNCONFIRMED
    found = or_(Registration.id.in_(seeds), and_(is_there, same_person.exists()))
    selves = select(Registration.id).where(found).cte("selves", recursive=True)
    merged = select(RegistrationMerge.registration_id).where(
        RegistrationMerge.kept_id == selves.c.id
    )
    return select(selves.union(merged).c.id)


def _seeds(
    seed: type[Registration], subject: Subject, contact: Contact | None, host_id: int, reach: Reach
) -> Iterator[ColumnElement[bool]]:
    yield _of_contact(seed.contact_id, contact)
    if isinstance(subject, Registration):
        yield seed.id == subject.id
    if isinstance(subject, Invitation):
        yield seed.invitation_id == subject.id
    if contact is not None:
        yield seed.invitation_id.in_(
            select(Invitation.id).where(Invitation.contact_id == contact.id)
        )
    if reach is Reach.ALIKE:
        here = select(Event.id).where(Event.host_id == host_id)
        for email_key, name_key in _keys(subject, contact):
            yield and_(
                seed.event_id.in_(here), seed.email_key == email_key, seed.name_key == name_key
            )


def _keys(subject: Subject, contact: Contact | None) -> set[Key]:
    """Address and name by which the person is found at other events."""
    person = subject.person if isinstance(subject, Invitation) else subject
    return _named([person] if contact is None else [person, contact])


def _named(people: Iterable[PersonColumns]) -> set[Key]:
    keys = {(normalised_email(one.email or ""), name_key_of(one)) for one in people}
    return {(email, name) for email, name in keys if email and name}


def _of_contact(
    column: InstrumentedAttribute[int | None], contact: Contact | None
) -> ColumnElement[bool]:
    return column == contact.id if contact is not None else false()


def parts_of(person: Person) -> list[Contributor]:
    """Where the person stands in a programme, by the same name and address, or linked to the
    entry; with the event and the sessions. Two statements."""
    keys = _named(person.known_as)
    emails = sorted({email for email, _name in keys})
    rows = db.session.scalars(
        select(Contributor)
        .join(Contributor.event)
        .options(
            contains_eager(Contributor.event),
            selectinload(Contributor.contributions).joinedload(Contribution.session),
        )
        .where(
            Event.host_id == person.host_id,
            or_(
                func.lower(Contributor.email).in_(emails),
                _of_contact(Contributor.contact_id, person.contact),
            ),
        )
        .order_by(Event.starts_at, Contributor.id)
    )
    linked = person.contact.id if person.contact is not None else 0
    return [one for one in rows if one.contact_id == linked or _named([one]) & keys]
