"""Named reads of people who seem to be registered twice, and of what staff decided about them."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from eventapp.contacts.likeness import Somebody
from eventapp.contacts.models import Contact
from eventapp.contacts.queries.likely import MOST_COMPARED, alike_in, recurring, without_umlauts
from eventapp.events.models import Event
from eventapp.foundation.database import db
from eventapp.invitations.models import Invitation
from eventapp.invitations.states import OPEN_REPLY
from eventapp.registrations.models import Registration, TwoPeople
from eventapp.registrations.states import REGISTERED, RegistrationKind

LATEST = 20
"""So many decisions can be taken back on the page."""


def recurring_guests(event: Event) -> tuple[list[Somebody], set[int]]:
    """Registered people whose name, address or contact another one has as well; who comes along.

    Coarsely: which of them are likely one person is for `likeness` to say. One statement.
    """
    here, contact = _registered(event), Registration.contact_id
    again = or_(
        alike_in(Registration, Registration.name_key, *here),
        contact.in_(recurring(contact, *here, contact.is_not(None))),
    )
    rows = db.session.execute(
        select(*_COMPARED, Registration.kind)
        .where(*here, again)
        .order_by(Registration.name_key, Registration.id)
        .limit(MOST_COMPARED)
    ).all()
    companions = {row[0] for row in rows if row[6] is RegistrationKind.COMPANION}
    return [Somebody(*row[:6]) for row in rows], companions


_COMPARED = (
    Registration.id,
    Registration.first_name,
    Registration.last_name,
    Registration.organisation_name,
    Registration.email,
    Registration.contact_id,
)


def _registered(event: Event) -> tuple[ColumnElement[bool], ...]:
    """Who counts, by a name: companions may be counted only."""
    return (
        Registration.event_id == event.id,
        Registration.state.in_(REGISTERED),
        Registration.name_key != "",
    )


def _people(statement: Select[*tuple[Any, ...]]) -> list[Somebody]:
    return [Somebody(*row) for row in db.session.execute(statement.limit(MOST_COMPARED))]


def uninvited_like_silent(event: Event) -> tuple[list[Somebody], list[Somebody]]:
    """Guests who were not invited, and unanswered invitations, that share a name or an address.

    Two statements; the people of the invitations come with their invitations' ids.
    """
    invitations = _silent_like(event, _uninvited(event))
    if not invitations:
        return [], []
    silent = _silent(event)
    names = select(without_umlauts(Contact.sort_name)).join(Invitation.contact).where(*silent)
    addresses = select(Contact.email_key).join(Invitation.contact).where(*silent)
    guests = _people(
        select(*_COMPARED)
        .where(
            *_uninvited(event),
            or_(
                without_umlauts(Registration.name_key).in_(names),
                Registration.email_key.in_(addresses),
            ),
        )
        .order_by(Registration.name_key, Registration.id)
    )
    return guests, invitations


def _uninvited(event: Event) -> tuple[ColumnElement[bool], ...]:
    return (
        *_registered(event),
        Registration.invitation_id.is_(None),
        Registration.kind != RegistrationKind.COMPANION,
    )


def _silent(event: Event) -> tuple[ColumnElement[bool], ...]:
    return Invitation.event_id == event.id, Invitation.state.in_(OPEN_REPLY)


def _silent_like(event: Event, guests: tuple[ColumnElement[bool], ...]) -> list[Somebody]:
    """The contacts of unanswered invitations that have a name or address of one of these guests."""
    names = select(without_umlauts(Registration.name_key)).where(*guests)
    addresses = select(Registration.email_key).where(*guests, Registration.email_key != "")
    return _people(
        select(
            Invitation.id,
            Contact.first_name,
            Contact.last_name,
            Contact.organisation_name,
            Contact.email,
            Contact.id,
        )
        .join(Invitation.contact)
        .where(
            *_silent(event),
            or_(without_umlauts(Contact.sort_name).in_(names), Contact.email_key.in_(addresses)),
        )
        .order_by(Contact.sort_name, Invitation.id)
    )


def known_as_two(event: Event) -> set[tuple[int, int | None, int | None]]:
    """What staff decided: (registration, other registration, invitation). One statement."""
    rows = db.session.execute(
        select(TwoPeople.registration_id, TwoPeople.other_id, TwoPeople.invitation_id)
        .join(Registration, TwoPeople.registration_id == Registration.id)
        .where(Registration.event_id == event.id)
    )
    return {(row[0], row[1], row[2]) for row in rows}


def forget_two(pair: TwoPeople) -> bool:
    """Take back that two are two people; whether anybody had said so. One statement."""
    gone = db.session.execute(
        delete(TwoPeople).where(
            TwoPeople.registration_id == pair.registration_id,
            TwoPeople.other_id.is_not_distinct_from(pair.other_id),
            TwoPeople.invitation_id.is_not_distinct_from(pair.invitation_id),
        )
    )
    return bool(gone.rowcount)  # type: ignore[attr-defined]  # a statement that deletes has one


def told_apart(event: Event) -> Sequence[tuple[Registration, Registration | Invitation]]:
    """Whom staff said to be two people, the latest few, latest first. One statement.

    As long as it matters: who has cancelled is proposed to nobody, and who has answered neither.
    """
    other = aliased(Registration)
    rows = db.session.execute(
        select(Registration, other, Invitation)
        .join(TwoPeople, TwoPeople.registration_id == Registration.id)
        .outerjoin(other, TwoPeople.other_id == other.id)
        .outerjoin(Invitation, TwoPeople.invitation_id == Invitation.id)
        .options(joinedload(Invitation.contact))
        .where(
            Registration.event_id == event.id,
            Registration.state.in_(REGISTERED),
            or_(other.state.in_(REGISTERED), Invitation.state.in_(OPEN_REPLY)),
        )
        .order_by(TwoPeople.decided_at.desc(), TwoPeople.id.desc())
        .limit(LATEST)
    )
    return [(row[0], row[1] or row[2]) for row in rows]


def registrations_for_pairs(ids: Collection[int]) -> dict[int, Registration]:
    """These registrations by id, with companions, main guest and invitation. Two statements."""
    rows = db.session.scalars(
        select(Registration)
        .options(
            selectinload(Registration.companions),
            joinedload(Registration.main),
            joinedload(Registration.invitation),
        )
        .where(Registration.id.in_(ids))
        .execution_options(populate_existing=True)
    )
    return {one.id: one for one in rows}


def invitations_for_pairs(ids: Collection[int]) -> dict[int, Invitation]:
    """These invitations by id, with their contacts. One statement."""
    rows = db.session.scalars(
        select(Invitation).options(joinedload(Invitation.contact)).where(Invitation.id.in_(ids))
    )
    return {one.id: one for one in rows}
