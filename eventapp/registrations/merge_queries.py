"""Named reads of registrations that staff made one, for those who must know of it."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import aliased

from eventapp.events.models import Event
from eventapp.foundation.database import db
from eventapp.registrations.models import Registration, RegistrationMerge
from eventapp.registrations.states import LIVE, RegistrationState


def events_registered_twice(one_id: int, other_id: int) -> Sequence[Event]:
    """Events for which both contacts have a live registration of their own. One statement."""
    other = aliased(Registration)
    return db.session.scalars(
        select(Event)
        .join(Registration, Registration.event_id == Event.id)
        .join(other, other.event_id == Event.id)
        .where(
            Registration.contact_id == one_id,
            other.contact_id == other_id,
            Registration.state.in_(LIVE),
            other.state.in_(LIVE),
        )
        .order_by(Event.id)
    ).all()


def kept_for(registration: Registration) -> Registration | None:
    """The registration into which this one was merged; a statement only for cancelled ones."""
    if registration.state is not RegistrationState.CANCELLED:
        return None
    return db.session.scalar(
        select(Registration)
        .join(RegistrationMerge, RegistrationMerge.kept_id == Registration.id)
        .where(RegistrationMerge.registration_id == registration.id)
    )


def merge_of(registration: Registration) -> RegistrationMerge | None:
    """That and when a registration was merged; a statement only for cancelled ones."""
    if registration.state is not RegistrationState.CANCELLED:
        return None
    return db.session.get(RegistrationMerge, registration.id)


def merged_into(registration: Registration) -> Sequence[Registration]:
    """The registrations of the same person that were merged into this one. One statement."""
    return db.session.scalars(
        select(Registration)
        .join(RegistrationMerge, RegistrationMerge.registration_id == Registration.id)
        .where(RegistrationMerge.kept_id == registration.id)
        .order_by(Registration.id)
    ).all()


def other_twins(registration: Registration) -> Sequence[Registration]:
    """The other registrations, of whatever state, of the person that this one now speaks of;
    reads, never writes."""
    if not registration.email_key:
        return []
    with db.session.no_autoflush:
        return db.session.scalars(
            select(Registration)
            .where(
                Registration.event_id == registration.event_id,
                Registration.email_key == registration.email_key,
                Registration.name_key == registration.name_key,
                Registration.id != registration.id,
            )
            .order_by(Registration.id)
        ).all()


def remove_unconfirmed(registration: Registration) -> None:
    """Delete what nobody confirmed, at once: before anything that waits to be written is."""
    with db.session.no_autoflush:
        db.session.execute(
            delete(Registration).where(
                Registration.id == registration.id,
                Registration.state == RegistrationState.UNCONFIRMED,
            ),
            execution_options={"synchronize_session": "fetch"},
        )
