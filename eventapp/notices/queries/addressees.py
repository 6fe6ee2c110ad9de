"""Reads of the people whom a notice may reach, with what stands against it for each of them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, ScalarSelect, Select, func, not_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload, selectinload

from eventapp.contacts.models import Contact
from eventapp.contacts.queries import suppressed_among
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.foundation.outbox import is_one_address
from eventapp.invitations.models import Invitation, Substitute
from eventapp.notices.models import Notice, NoticeRecipient, days_of
from eventapp.notices.reach import (
    Addressee,
    Asked,
    Mailbox,
    Reason,
    reason_against_informing,
    reason_against_reminding,
)
from eventapp.notices.states import NoticeKind
from eventapp.registrations.heir_queries import IS_PROPOSAL
from eventapp.registrations.models import Registration
from eventapp.registrations.states import RegistrationState

FEW = 200
"""Up to so many addresses are looked up one by one, more of them by reading all."""


@dataclass(frozen=True)
class _Known:
    """What the host knows of addresses: whose owners object, and which are dead."""

    objections: frozenset[str]
    dead: frozenset[str]

    def mailbox(self, email_key: str) -> Mailbox:
        return Mailbox(
            is_one=is_one_address(email_key),
            objects=email_key in self.objections,
            undeliverable=email_key in self.dead,
        )


def everybody(notice: Notice) -> list[Addressee]:
    """All people the notice could be for, by name as Germans sort. Five statements at most."""
    statement, _column = _of_kind(notice)
    rows = db.session.execute(statement.order_by("sort_name", "id")).all()
    return _judged(notice, rows)


def addressees(notice: Notice, *, after: int, limit: int) -> list[Addressee]:
    """The next people beyond the id `after`, by id. Five statements at most."""
    statement, column = _of_kind(notice)
    rows = db.session.execute(statement.where(column > after).order_by(column).limit(limit)).all()
    return _judged(notice, rows)


def person_named(notice: Notice, public_id: str) -> int | None:
    """The id of the invitation, or registration, with this random name. One statement."""
    table = Invitation if notice.kind is NoticeKind.REMINDER else Registration
    return db.session.scalar(select(table.id).where(table.public_id == public_id))


def is_still_for(notice: Notice, person_id: int) -> bool:
    """Whether nothing stands against writing to the person, whether or not it was done already."""
    statement, column = _of_kind(notice)
    rows = db.session.execute(statement.where(column == person_id)).all()
    return [reason for _row, reason in _reasons(notice, rows)] == [None]


def _of_kind(notice: Notice) -> tuple[Select[Any], InstrumentedAttribute[int]]:
    if notice.kind is NoticeKind.REMINDER:
        return _invited(notice), Invitation.id
    return _registered(notice), Registration.id


def _invited(notice: Notice) -> Select[Any]:
    def of_person(name: str) -> Any:
        return func.coalesce(getattr(Contact, name), getattr(Substitute, name)).label(name)

    return (
        select(
            Invitation.id.label("id"),
            Invitation.state,
            Invitation.reply_by_on,
            Invitation.no_mail_at,
            Invitation.sent_at,
            _reminded_before(notice).label("reminded_before_at"),
            *map(of_person, _NAMES),
            of_person("sort_name"),
            NoticeRecipient.id.label("has_it"),
        )
        .outerjoin(Invitation.contact)
        .outerjoin(Invitation.substitute)
        .outerjoin(
            NoticeRecipient,
            (NoticeRecipient.invitation_id == Invitation.id)
            & (NoticeRecipient.notice_id == _id_of(notice)),
        )
        .where(Invitation.event_id == notice.event_id)
    )


def _reminded_before(notice: Notice) -> ScalarSelect[datetime]:
    """When another notice asked the person last."""
    other = aliased(NoticeRecipient)
    return (
        select(func.max(other.sent_at))
        .where(other.invitation_id == Invitation.id, other.notice_id != _id_of(notice))
        .scalar_subquery()
    )


_NAMES = ("title", "first_name", "last_name", "organisation_name", "email_key", "locale")


def _registered(notice: Notice) -> Select[Any]:
    return (
        select(
            Registration.id.label("id"),
            Registration.state,
            *(getattr(Registration, name) for name in _NAMES),
            Registration.sort_name.label("sort_name"),
            NoticeRecipient.id.label("has_it"),
        )
        .outerjoin(
            NoticeRecipient,
            (NoticeRecipient.registration_id == Registration.id)
            & (NoticeRecipient.notice_id == _id_of(notice)),
        )
        .where(Registration.event_id == notice.event_id, Registration.main_id.is_(None))
    )


def _id_of(notice: Notice) -> int:
    return notice.id or 0  # one that is not stored has gone to nobody


def _judged(notice: Notice, rows: Sequence[Row[Any]]) -> list[Addressee]:
    return [_addressee(row, reason) for row, reason in _reasons(notice, rows)]


def _reasons(notice: Notice, rows: Sequence[Row[Any]]) -> Iterator[tuple[Row[Any], Reason | None]]:
    """Each row with what stands against writing to the person; three statements at most."""
    event, addresses = notice.event, {row.email_key for row in rows}
    known = _known(event.host_id, addresses)
    if notice.kind is NoticeKind.PRACTICAL:
        for row in rows:
            yield row, reason_against_informing(row.state, known.mailbox(row.email_key))
        return
    registered = _registered_people(event, addresses)
    deadline, today, now = days_of(event).deadline, clock.today(event.zone), clock.now()
    for row in rows:
        yield (
            row,
            reason_against_reminding(
                row.state,
                _unless_objected(known.mailbox(row.email_key), row.no_mail_at),
                is_registered=(row.email_key, row.sort_name) in registered,
                asked=Asked(last_at=_last_asked(row), now=now, today=today),
                deadline=row.reply_by_on or deadline,
            ),
        )


def _last_asked(row: Row[Any]) -> datetime | None:
    moments = [at for at in (row.sent_at, row.reminded_before_at) if at is not None]
    return max(moments, default=None)


def _unless_objected(mailbox: Mailbox, at: datetime | None) -> Mailbox:
    """Who wants no more mails about this event does not want this one."""
    return mailbox if at is None else replace(mailbox, objects=True)


def _addressee(row: Row[Any], reason: Reason | None) -> Addressee:
    name = " ".join(filter(None, (row.title, row.first_name, row.last_name)))
    return Addressee(
        id=row.id,
        name=name or row.organisation_name,
        organisation=row.organisation_name,
        locale=row.locale,
        reason=Reason.HAS_IT if row.has_it is not None else reason,
    )


def _known(host_id: int, addresses: Collection[str]) -> _Known:
    """Two statements."""
    objections = set(suppressed_among(host_id, addresses))
    rows = db.session.execute(
        select(Contact.email_key, Contact.blocked_at, Contact.undeliverable_at).where(
            Contact.host_id == host_id,
            or_(Contact.blocked_at.is_not(None), Contact.undeliverable_at.is_not(None)),
        )
    ).all()
    objections |= {row.email_key for row in rows if row.blocked_at is not None} - {""}
    dead = {row.email_key for row in rows if row.undeliverable_at is not None} - {""}
    return _Known(frozenset(objections), frozenset(dead))


def _registered_people(event: Event, addresses: Collection[str]) -> set[tuple[str, str]]:
    """Who has registered in whatever way and shown that the address is theirs; one statement."""
    statement = select(Registration.email_key, Registration.name_key).where(
        Registration.event_id == event.id,
        Registration.state != RegistrationState.UNCONFIRMED,
        not_(IS_PROPOSAL),
        Registration.email_key != "",
    )
    if len(addresses) <= FEW:
        statement = statement.where(Registration.email_key.in_(addresses))
    return {(row.email_key, row.name_key) for row in db.session.execute(statement)}


def invitations_by_ids(event: Event, ids: Iterable[int]) -> Sequence[Invitation]:
    """These invitations to the event with their people, by id. One statement."""
    return db.session.scalars(
        select(Invitation)
        .options(joinedload(Invitation.contact), joinedload(Invitation.substitute))
        .where(Invitation.event_id == event.id, Invitation.id.in_(list(ids)))
        .order_by(Invitation.id)
        .execution_options(populate_existing=True)
    ).all()


def registrations_by_ids(event: Event, ids: Iterable[int]) -> Sequence[Registration]:
    """These registrations with contact and companions, by id. Two statements."""
    return db.session.scalars(
        select(Registration)
        .options(joinedload(Registration.contact), selectinload(Registration.companions))
        .where(Registration.event_id == event.id, Registration.id.in_(list(ids)))
        .order_by(Registration.id)
        .execution_options(populate_existing=True)
    ).all()
