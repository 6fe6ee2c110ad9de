"""Named reads about companions, and about colleagues whom one form registered."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import Table, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import aliased

from eventapp.events.models import Event
from eventapp.foundation.database import connection_after_flush, db
from eventapp.invitations.models import Invitation
from eventapp.registrations.models import Registration
from eventapp.registrations.states import LIVE, RegistrationState

_COMPANIONS = (
    select(Registration)
    .where(Registration.main_id == bindparam("main"))
    .order_by(Registration.number)
    .execution_options(populate_existing=True)
)
_rows = cast(Table, Registration.__table__).c
_COMES_WITH = select(_rows.id).where(_rows.main_id == bindparam("main")).limit(1)


def companions_of(registration: Registration) -> Sequence[Registration]:
    """Who comes along with a guest, whatever became of them; read afresh. One statement for most,
    who come alone; else two."""
    main = {"main": registration.id}
    if connection_after_flush().scalar(_COMES_WITH, main) is None:
        return []
    return db.session.scalars(_COMPANIONS, main).all()


def companion_of(main: Registration, companion_id: int) -> Registration | None:
    """The companion of this very guest. One statement."""
    return db.session.scalar(
        select(Registration).where(Registration.id == companion_id, Registration.main_id == main.id)
    )


def signed_off_before(moment: datetime, *, most: int) -> Sequence[Registration]:
    """The companions who were cancelled before, and of whom a name is still known. One statement,
    which locks them."""
    return db.session.scalars(
        select(Registration)
        .where(
            Registration.main_id.is_not(None),
            Registration.state == RegistrationState.CANCELLED,
            Registration.cancelled_at < moment,
            or_(Registration.first_name != "", Registration.last_name != ""),
        )
        .order_by(Registration.id)
        .limit(most)
        .with_for_update()
    ).all()


def count_larger_parties(event: Event) -> int:
    """How many guests bring more people than event and invitation allow. One statement."""
    companion = aliased(Registration)
    own, general = Invitation.companions_allowed, event.companions_allowed
    parties = (
        select(Registration.id)
        .join(companion, and_(companion.main_id == Registration.id, companion.state.in_(LIVE)))
        .outerjoin(Registration.invitation)
        .where(Registration.event_id == event.id)
        .group_by(Registration.id, own)
        .having(func.count() > case((own > general, own), else_=general))
    )
    return db.session.scalar(select(func.count()).select_from(parties.subquery())) or 0


def colleagues_of(registration: Registration) -> Sequence[Registration]:
    """Everybody else whom the same form registered. One statement at most."""
    if not registration.group_key:
        return []
    return db.session.scalars(
        select(Registration).where(
            Registration.event_id == registration.event_id,
            Registration.group_key == registration.group_key,
            Registration.id != registration.id,
        )
    ).all()


def registrant_of(registration: Registration) -> Registration | None:
    """The colleague who registered this person along with themselves. One statement at most."""
    if not registration.group_key:
        return None
    first = db.session.scalar(
        select(Registration)
        .where(
            Registration.event_id == registration.event_id,
            Registration.group_key == registration.group_key,
        )
        .order_by(Registration.id)
        .limit(1)
    )
    return None if first is registration else first
