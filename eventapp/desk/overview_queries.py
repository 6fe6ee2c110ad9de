"""Named reads for the organisers' home of one event."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Text, and_, cast, func, or_, select
from sqlalchemy.orm import joinedload

from eventapp.accounts.models import AuditEntry
from eventapp.contacts.models import Contact
from eventapp.desk.answers import Invited, Uninvited
from eventapp.desk.curve import Stay
from eventapp.events.models import Event
from eventapp.events.states import TAKES_PLACE, EventState
from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.foundation.outbox import MailState, OutboxMail
from eventapp.invitations.models import STANDING, Invitation, Wave
from eventapp.invitations.states import InvitationState
from eventapp.registrations.models import Registration
from eventapp.registrations.states import REGISTERED, USES_PLACE, RegistrationState

LATEST = 120
_ENTERED: dict[str, tuple[Any, Any]] = {
    "invitation": (Invitation, Invitation.created_at),
    "registration": (Registration, Registration.registered_at),
}
NAMED = 3


def stays_of(event: Event) -> list[Stay]:
    """Every place that was ever taken, with when it was given back. One statement."""
    rows = db.session.execute(
        select(Registration.confirmed_at, Registration.cancelled_at).where(
            Registration.event_id == event.id,
            Registration.confirmed_at.is_not(None),
            Registration.kind.in_(USES_PLACE),
        )
    )
    return [Stay(taken_at, given_back_at) for taken_at, given_back_at in rows if taken_at]


def last_edition_of(event: Event) -> Event | None:
    """The latest event of the same series that was held before this one. At most one statement."""
    if event.series_id is None:
        return None
    return db.session.scalar(
        select(Event)
        .where(
            Event.series_id == event.series_id,
            Event.host_id == event.host_id,
            Event.starts_at < event.starts_at,
            Event.ends_at < clock.now(),
            Event.state.in_(TAKES_PLACE | {EventState.ARCHIVED}),
        )
        .order_by(Event.starts_at.desc(), Event.id.desc())
        .limit(1)
    )


def invited_people(event: Event) -> list[Invited]:
    """Invitations of contacts by sector, county and state. One statement."""
    rows = db.session.execute(
        select(Contact.sector, Contact.county, Invitation.state, func.count())
        .join(Invitation.contact)
        .where(Invitation.event_id == event.id)
        .group_by(Contact.sector, Contact.county, Invitation.state)
    )
    return [Invited(*row) for row in rows]


def registered_uninvited(event: Event) -> list[Uninvited]:
    """People who registered without an invitation, by sector and county. One statement.

    And who comes in their place: no invited person stands behind that invitation.
    """
    rows = db.session.execute(
        select(Registration.sector, Registration.county, func.count())
        .where(
            Registration.event_id == event.id,
            _nobody_invited(event),
            Registration.main_id.is_(None),
            Registration.state.in_(REGISTERED),
        )
        .group_by(Registration.sector, Registration.county)
    )
    return [Uninvited(*row) for row in rows]


def _nobody_invited(event: Event) -> ColumnElement[bool]:
    named = (
        select(Invitation.id)
        .where(
            Invitation.event_id == event.id,
            Invitation.substitute_id.is_not(None),
            Invitation.substitute_for_id.is_(None),
        )
        .cte("named", recursive=True)
    )
    named = named.union(
        select(Invitation.id).join(named, Invitation.substitute_for_id == named.c.id)
    )
    return or_(
        Registration.invitation_id.is_(None), Registration.invitation_id.in_(select(named.c.id))
    )


def waves_in_order(event: Event) -> Sequence[Wave]:
    """The event's waves, first wave first. One statement."""
    return db.session.scalars(
        select(Wave).where(Wave.event_id == event.id).order_by(Wave.number)
    ).all()


def unanswered_by_wave(event: Event) -> dict[int, int]:
    """How many of each wave (by number) have not answered, but for those invited one by one.

    One statement.
    """
    rows = db.session.execute(
        select(Wave.number, func.count())
        .join(Invitation, Invitation.wave_id == Wave.id)
        .where(
            Wave.event_id == event.id,
            Wave.number != STANDING,
            Invitation.state == InvitationState.SENT,
        )
        .group_by(Wave.number)
    )
    return {row[0]: row[1] for row in rows}


class Outcome(NamedTuple):
    """What became of invited people's answers: who said yes and waits, who gave up a place."""

    accepted_and_wait: int
    gave_up_a_place: int


def outcome_of_answers(event: Event) -> Outcome:
    """Each invited person once; substitutes belong to whom they stand for. One statement."""
    waits = (Invitation.state == InvitationState.ACCEPTED) & (
        Registration.state == RegistrationState.WAITING
    )
    gave_up = (
        (Invitation.state == InvitationState.DECLINED)
        & (Registration.state == RegistrationState.CANCELLED)
        & Registration.confirmed_at.is_not(None)
    )
    row = db.session.execute(
        select(
            func.count(Invitation.id.distinct()).filter(waits),
            func.count(Invitation.id.distinct()).filter(gave_up),
        )
        .join(Registration, Registration.invitation_id == Invitation.id)
        .where(
            Invitation.event_id == event.id,
            Invitation.substitute_id.is_(None),
            Registration.main_id.is_(None),
        )
    ).one()
    return Outcome(*row)


def undeliverable_invitations(event: Event) -> Sequence[Invitation]:
    """The first few invitations that came back, with their people. One statement."""
    return db.session.scalars(
        select(Invitation)
        .options(joinedload(Invitation.contact), joinedload(Invitation.substitute))
        .where(Invitation.event_id == event.id, Invitation.state == InvitationState.UNDELIVERABLE)
        .order_by(Invitation.id)
        .limit(NAMED)
    ).all()


def offers_until(event: Event, moment: datetime) -> tuple[list[Registration], int]:
    """The first few guests whose offer ends before this, soonest first, and how many there are.

    One statement.
    """
    rows = db.session.execute(
        select(Registration, func.count().over())
        .where(
            Registration.event_id == event.id,
            Registration.state == RegistrationState.OFFERED,
            Registration.main_id.is_(None),
            Registration.offer_expires_at < moment,
        )
        .order_by(Registration.offer_expires_at, Registration.id)
        .limit(NAMED)
    ).all()
    return [row[0] for row in rows], rows[0][1] if rows else 0


def waiting_since(event: Event) -> datetime | None:
    """When the person who waits longest began to wait. One statement."""
    return db.session.scalar(
        select(func.min(Registration.waiting_since)).where(
            Registration.event_id == event.id, Registration.state == RegistrationState.WAITING
        )
    )


def failed_mails(event: Event) -> int:
    """Mails about the event that could not be delivered, but for invitations marked as such. One
    statement."""
    return (
        db.session.scalar(
            select(func.count()).where(
                OutboxMail.scope == event.scope,
                OutboxMail.state == MailState.FAILED,
                or_(OutboxMail.returned_at.is_(None), OutboxMail.about.not_like("i/%")),
            )
        )
        or 0
    )


def latest_entries(event: Event) -> Sequence[AuditEntry]:
    """What happened last at the event, latest first, as far back as it may matter. One statement.

    In the order of their numbers, which the index has; nothing from before the event, whose number
    may have been that of one that was deleted.
    """
    return db.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.scope == event.scope, AuditEntry.at >= event.created_at)
        .order_by(AuditEntry.id.desc())
        .limit(LATEST)
    ).all()


def entry_of(event: Event, entry_id: int) -> AuditEntry | None:
    """One entry about this event. One statement."""
    return db.session.scalar(
        select(AuditEntry).where(
            AuditEntry.id == entry_id,
            AuditEntry.scope == event.scope,
            AuditEntry.at >= event.created_at,
            AuditEntry.host_id == event.host_id,
        )
    )


def entries_about(event: Event, kind: str, number: int) -> Sequence[AuditEntry]:
    """What happened last to one thing of the event, latest first. One statement.

    An invitation and what was registered by it are one here. Nothing from before there was this
    thing: its number may have been another's.
    """
    statement = select(AuditEntry).where(
        AuditEntry.scope == event.scope,
        AuditEntry.at >= event.created_at,
        or_(_is_about(kind, [str(number)]), *_belonging(kind, number)),
    )
    if kind in _ENTERED:
        model, entered = _ENTERED[kind]
        since = select(entered).where(model.id == number).scalar_subquery()
        statement = statement.where(AuditEntry.at >= since)
    return db.session.scalars(statement.order_by(AuditEntry.id.desc()).limit(LATEST)).all()


def _is_about(kind: str, numbers: Iterable[str] | Select[str]) -> ColumnElement[bool]:
    return and_(AuditEntry.subject_kind == kind, AuditEntry.subject_id.in_(numbers))


def _belonging(kind: str, number: int) -> Iterator[ColumnElement[bool]]:
    """About what was registered by an invitation, or about the invitation of a main guest."""
    main = Registration.main_id.is_(None)
    if kind == "invitation":
        registered = select(cast(Registration.id, Text))
        yield _is_about(
            "registration", registered.where(Registration.invitation_id == number, main)
        )
    if kind == "registration":
        behind = select(cast(Registration.invitation_id, Text))
        yield _is_about("invitation", behind.where(Registration.id == number, main))


def lines_of(ids: Iterable[int]) -> dict[int, int]:
    """For each of these invitations that a substitute got, that of the guest. One statement."""
    rows = db.session.execute(
        select(Invitation.id, Invitation.substitute_for_id).where(
            Invitation.id.in_(ids), Invitation.substitute_for_id.is_not(None)
        )
    )
    return {row[0]: row[1] for row in rows if row[1] is not None}


def contact_count(host_id: int) -> int:
    """How many contacts the host keeps. One statement."""
    return (
        db.session.scalar(
            select(func.count()).select_from(Contact).where(Contact.host_id == host_id)
        )
        or 0
    )
