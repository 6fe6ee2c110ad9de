"""The trail of what happened before today, as if people had done it here."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import select

from eventapp.accounts.audit import GUEST, Actor, record_change
from eventapp.accounts.models import Account
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import Model, db, transaction
from eventapp.invitations.models import Invitation, Wave
from eventapp.invitations.states import InvitationState
from eventapp.registrations.models import Registration
from eventapp.registrations.states import RegistrationKind, RegistrationState

Row = TypeVar("Row", bound=Model)


class Step(NamedTuple):
    """One entry: when, by whom, what, to which row, and what the entry knows besides."""

    at: datetime
    by: Actor
    action: str
    row: Model
    after: dict[str, object]


def write_trail(event: Event, *, by: Account) -> None:
    """One entry for each wave, answer and registration of the event, in the order of time."""
    with transaction():
        steps = [*_waves(event, by), *_answers(event, by), *_registrations(event)]
        for step in sorted(steps, key=lambda one: one.at):
            with clock.held(step.at):
                record_change(
                    step.by,
                    step.action,
                    step.row,
                    after=step.after,
                    scope=event.scope,
                    host_id=event.host_id,
                )
                db.session.flush()  # that is when an entry learns what time it is


def _waves(event: Event, by: Account) -> Iterator[Step]:
    invited = [one.wave_id for one in _of(event, Invitation) if one.contact_id]
    for wave in _of(event, Wave):
        if wave.sent_at is not None:
            yield Step(wave.sent_at, by, "wave.sent", wave, {"invited": invited.count(wave.id)})


def _answers(event: Event, by: Account) -> Iterator[Step]:
    for invitation in _of(event, Invitation):
        after: dict[str, object] = {"state": invitation.state}
        answered_at = invitation.replied_at
        if invitation.substitute_for is not None and answered_at:
            about = after | {"substitute_for": invitation.substitute_for_id}
            yield Step(answered_at, GUEST, "invitation.invited", invitation, about)
            guest = invitation.substitute_for
            substituted: dict[str, object] = {"state": guest.state}
            yield Step(answered_at, GUEST, "invitation.substituted", guest, substituted)
        elif invitation.state is InvitationState.DECLINED and answered_at:
            yield Step(answered_at, GUEST, "invitation.declined", invitation, after)
        elif invitation.state is InvitationState.UNDELIVERABLE and invitation.sent_at:
            yield Step(invitation.sent_at, by, "invitation.undeliverable", invitation, after)


def _registrations(event: Event) -> Iterator[Step]:
    for one in _of(event, Registration):
        state = one.state
        if one.cancelled_at is not None:
            yield Step(one.cancelled_at, GUEST, "registration.cancelled", one, {"state": state})
            state = RegistrationState.CONFIRMED
        action = f"registration.{state}"
        if one.kind is RegistrationKind.SUBSTITUTE:
            action = "registration.inherited"
        yield Step(one.registered_at, GUEST, action, one, {"state": state})


def _of(event: Event, kind: type[Row]) -> list[Row]:
    table: Any = kind
    return list(db.session.scalars(select(kind).where(table.event_id == event.id)))
