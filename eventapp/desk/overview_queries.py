"""Named reads for the organisers' home of one event."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from eventapp.accounts.models import AuditEntry
from eventapp.contacts.models import Contact
from eventapp.contacts.states import Sector
from eventapp.desk.curve import Stay
from eventapp.events.models import Event
from eventapp.foundation.database import db
from eventapp.foundation.outbox import MailState, OutboxMail
from eventapp.invitations.models import STANDING, Invitation, Wave
from eventapp.invitations.states import InvitationState
from eventapp.registrations.models import Registration
from eventapp.registrations.states import USES_PLACE, RegistrationState

LATEST = 8
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


def answers_by_sector(event: Event) -> dict[Sector, Counter[InvitationState]]:
    """Invitations of contacts by sector and state. One statement."""
    rows = db.session.execute(
        select(Contact.sector, Invitation.state, func.count())
        .join(Invitation.contact)
        .where(Invitation.event_id == event.id)
        .group_by(Contact.sector, Invitation.state)
    )
    answers: dict[Sector, Counter[InvitationState]] = {}
    for sector, state, count in rows:
        answers.setdefault(sector, Counter())[state] = count
    return answers


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


def undeliverable_invitations(event: Event) -> Sequence[Invitation]:
    """The first few invitations that came back, with their people. One statement."""
    return db.session.scalars(
        select(Invitation)
        .options(joinedload(Invitation.contact), joinedload(Invitation.substitute))
        .where(Invitation.event_id == event.id, Invitation.state == InvitationState.UNDELIVERABLE)
        .order_by(Invitation.id)
        .limit(NAMED)
    ).all()


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


def latest_registrations(event: Event) -> Sequence[Registration]:
    """Registrations that changed last, latest first, with companions. Two statements."""
    changed_at = func.coalesce(
        Registration.cancelled_at, Registration.confirmed_at, Registration.registered_at
    )
    return db.session.scalars(
        select(Registration)
        .options(selectinload(Registration.companions))
        .where(Registration.event_id == event.id, Registration.main_id.is_(None))
        .order_by(changed_at.desc(), Registration.id.desc())
        .limit(LATEST)
    ).all()


def latest_regrets(event: Event) -> Sequence[Invitation]:
    """Invitations that were declined last, latest first, with their people. One statement."""
    return db.session.scalars(
        select(Invitation)
        .options(joinedload(Invitation.contact), joinedload(Invitation.substitute))
        .where(
            Invitation.event_id == event.id,
            Invitation.state == InvitationState.DECLINED,
            Invitation.replied_at.is_not(None),
        )
        .order_by(Invitation.replied_at.desc(), Invitation.id.desc())
        .limit(LATEST)
    ).all()


def latest_entries(event: Event, actions: Sequence[str]) -> Sequence[AuditEntry]:
    """What colleagues did last of these kinds, latest first. One statement."""
    return db.session.scalars(
        select(AuditEntry)
        .where(
            AuditEntry.scope == event.scope,
            AuditEntry.action.in_(actions),
            AuditEntry.account_id.is_not(None),
        )
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(LATEST)
    ).all()


def contact_count(host_id: int) -> int:
    """How many contacts the host keeps. One statement."""
    return (
        db.session.scalar(
            select(func.count()).select_from(Contact).where(Contact.host_id == host_id)
        )
        or 0
    )
