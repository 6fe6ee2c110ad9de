"""What lies about one guest outside the registration itself, and whether they are there twice."""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import ColumnElement, and_, delete, func, or_, select
from sqlalchemy.orm import joinedload, load_only, selectinload

from eventapp.accounts.models import AuditEntry
from eventapp.contacts.models import Contact
from eventapp.foundation.database import db
from eventapp.foundation.outbox import OutboxMail
from eventapp.foundation.text import normalised_email
from eventapp.invitations.models import Invitation
from eventapp.invitations.queries import substitutes_of
from eventapp.registrations.heir_queries import guest_behind
from eventapp.registrations.models import Registration, RegistrationMerge
from eventapp.registrations.party_queries import colleagues_of, registrant_of
from eventapp.registrations.queries import registration_of
from eventapp.registrations.recipients import LINKS, Guest, person_of, row_of
from eventapp.registrations.states import RegistrationState
from eventapp.registrations.trail_queries import Told, changes_about

MOST = 500
NAMING = frozenset(
    {
        "invitations/mail/withdrawal.txt",
        "registrations/mail/confirm.txt",
        "registrations/mail/proposal_declined.txt",
        "registrations/mail/substitute.txt",
        "registrations/mail/substitute_answer.txt",
        "registrations/mail/substitute_notice.txt",
    }
)
"""Mails in which the name of another guest may stand."""
_HEADS = (
    OutboxMail.subject,
    OutboxMail.to_email,
    OutboxMail.created_at,
    OutboxMail.sent_at,
    OutboxMail.state,
)


def selves_of(registration: Registration) -> Sequence[Registration]:
    """Everything this person registered for the event, by the rule by which nobody is there twice:
    same address and same name; and what staff found to be theirs and merged. Two statements."""
    selves = select(Registration.id).where(_is_same(registration)).cte("selves", recursive=True)
    merged = select(RegistrationMerge.registration_id).where(
        RegistrationMerge.kept_id == selves.c.id
    )
    selves = selves.union(merged)
    return db.session.scalars(
        select(Registration)
        .options(selectinload(Registration.companions), joinedload(Registration.invitation))
        .where(Registration.id.in_(select(selves.c.id)))
        .order_by(Registration.id)
        .execution_options(populate_existing=True)
    ).all()


def _is_same(registration: Registration) -> ColumnElement[bool]:
    if not registration.email_key:
        return Registration.id == registration.id
    return and_(
        Registration.event_id == registration.event_id,
        Registration.email_key == registration.email_key,
        Registration.name_key == registration.name_key,
        Registration.state != RegistrationState.UNCONFIRMED,
    )


def mails_about(guest: Guest) -> Sequence[OutboxMail]:
    """The mails to this guest, earliest first: those about them, and those to them by name.

    Not all mails to the address: two people may share one; then one mail may hold the lost links
    of both. One statement.
    """
    return db.session.scalars(
        select(OutboxMail)
        .options(load_only(*_HEADS))
        .where(_about(guest))
        .order_by(OutboxMail.id)
        .limit(MOST)
    ).all()


def delete_mails_about(guest: Guest) -> None:
    """Forget them; those that have not gone out stay here."""
    db.session.execute(
        delete(OutboxMail).where(_about(guest)),
        execution_options={"synchronize_session": False},
    )


def _about(guest: Guest) -> ColumnElement[bool]:
    event, person = guest.event, person_of(guest)
    invitation = guest.invitation if isinstance(guest, Registration) else None
    guests: list[Guest] = [guest] if invitation is None else [guest, invitation]
    about_them = OutboxMail.about.in_([row_of(one) for one in guests])
    with_others = and_(
        OutboxMail.kind == LINKS,
        or_(*(OutboxMail.text.contains(f"/{one.public_id}.", autoescape=True) for one in guests)),
    )
    by_name = and_(
        func.lower(OutboxMail.to_email) == normalised_email(person.email or ""),
        OutboxMail.to_name.in_({person.full_name, person.name}),
        OutboxMail.to_email != "",
    )
    scopes = (event.scope, f"host:{event.host_id}")
    return and_(OutboxMail.scope.in_(scopes), or_(about_them, with_others, by_name))


def mails_naming(guest: Guest) -> Sequence[OutboxMail]:
    """The mails to others whose kind says who stands in for whom, or who registered whom, as far
    as this guest may be meant. By whom they go to: a name may be one letter, or have changed."""
    others = {row_of(one) for one in _told_about(guest)}
    return db.session.scalars(
        select(OutboxMail).where(OutboxMail.about.in_(others), OutboxMail.kind.in_(NAMING))
    ).all()


def _told_about(guest: Guest) -> Iterator[Guest]:
    """Whom this guest registered, named, or stands in for: they hold mails that name the guest."""
    top = guest if isinstance(guest, Invitation) else guest.invitation
    if isinstance(guest, Registration):
        colleagues = colleagues_of(guest)
        yield from (one for one in colleagues if registrant_of(one) is guest)
        yield from guests_in_turn(guest)
    if top is None:
        return
    line = list(substitutes_of(top))
    while top.substitute_for is not None:  # whoever is last in a line is told of to all above
        top = top.substitute_for
        line.append(top)
    for one in (*line, *map(registration_of, line), guest_behind(top)):
        if one is not None:
            yield one


def guests_in_turn(registration: Registration) -> list[Guest]:
    """Whom this person came instead of, and who came instead of them, with their invitations. One
    statement."""
    found = db.session.scalars(
        select(Registration)
        .options(joinedload(Registration.invitation))
        .where(
            or_(
                Registration.id == (registration.replaces_id or 0),
                Registration.replaces_id == registration.id,
            )
        )
    ).all()
    invitations = [one.invitation for one in found if one.invitation is not None]
    return [*found, *invitations]


def entries_about(rows: Iterable[Told]) -> Sequence[AuditEntry]:
    """What the trail says of registrations, invitations and contact, earliest first. One
    statement."""
    return changes_about(rows, limit=MOST)[::-1]


def contact_with_lists(contact_id: int | None) -> Contact | None:
    """The guest's entry in the address book with the lists that it is on."""
    if contact_id is None:
        return None
    return db.session.scalar(
        select(Contact).options(selectinload(Contact.lists)).where(Contact.id == contact_id)
    )
