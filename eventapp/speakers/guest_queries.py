"""Whether a contributor is a guest as well: one person with several roles."""

from typing import Any, cast

from sqlalchemy import Row, func, or_, select

from eventapp.contacts.models import PersonColumns
from eventapp.foundation.database import db
from eventapp.foundation.text import normalised_email
from eventapp.programme.models import Contributor
from eventapp.registrations.models import Registration
from eventapp.registrations.person_keys import name_key_of
from eventapp.registrations.states import LIVE

AnyRow = Row[*tuple[Any, ...]]
_KNOWN = (
    Contributor.public_id, Contributor.link_generation, Contributor.contact_id, Contributor.email,
    Contributor.last_name, Contributor.first_name, Contributor.organisation_name,
)  # fmt: skip


def _same_person(registration: PersonColumns, contributor: Contributor | AnyRow) -> bool:
    mine = normalised_email(contributor.email or "")
    theirs = normalised_email(registration.email or "")
    return (
        bool(mine)
        and mine == theirs
        and name_key_of(registration) == name_key_of(cast("PersonColumns", contributor))
    )


def guest_behind(contributor: Contributor) -> Registration | None:
    """The same person's registration at the event: the same entry of the address book, or the same
    name at the same address. Two people who share an address are two. One statement."""
    known = [Registration.email_key == normalised_email(contributor.email or "-")]
    if contributor.contact_id is not None:
        known.append(Registration.contact_id == contributor.contact_id)
    rows = db.session.scalars(
        select(Registration)
        .where(
            Registration.event_id == contributor.event_id,
            Registration.main_id.is_(None),
            Registration.state.in_(LIVE),
            or_(*known),
        )
        .order_by(Registration.id)
    )
    return next((row for row in rows if is_guest(contributor, row)), None)


def contributor_behind(registration: Registration) -> AnyRow | None:
    """The other way round: public id and generation of a guest who contributes as well.

    One statement, without the ORM: each personal page asks.
    """
    known = [func.lower(func.trim(Contributor.email)) == (registration.email_key or "-")]
    if registration.contact_id is not None:
        known.append(Contributor.contact_id == registration.contact_id)
    rows = db.session.execute(
        select(*_KNOWN)
        .where(Contributor.event_id == registration.event_id, or_(*known))
        .order_by(Contributor.id)
    )
    return next((row for row in rows if is_guest(row, registration)), None)


def is_guest(person: Contributor | AnyRow, guest: Registration) -> bool:
    """Whether the two are one person."""
    in_book = person.contact_id is not None and person.contact_id == guest.contact_id
    return in_book or _same_person(guest, person)
