"""Named reads of registrations."""

from collections.abc import Iterable, Sequence
from typing import cast

from sqlalchemy import (
    Integer,
    Table,
    and_,
    bindparam,
    func,
    select,
)
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from eventapp.contacts.models import PersonColumns
from eventapp.events.models import Event
from eventapp.events.states import PUBLIC
from eventapp.foundation import clock
from eventapp.foundation.database import connection_after_flush, db
from eventapp.foundation.outbox import OutboxMail
from eventapp.foundation.text import normalised_email
from eventapp.invitations.models import Invitation, Wave
from eventapp.invitations.queries import about
from eventapp.registrations.guest_lines import GuestLine
from eventapp.registrations.models import LIVE_PERSON, Registration
from eventapp.registrations.person_keys import name_key_of
from eventapp.registrations.queue import LATE_PRIORITY, Share, Timeliness, Waiting
from eventapp.registrations.states import (
    HOLDS_PLACE,
    LIVE,
    USES_PLACE,
    RegistrationKind,
    RegistrationState,
)

LINKS_LIMIT = 20
_registrations = cast(Table, Registration.__table__)
BY_NAME = (Registration.sort_name, Registration.id)
IN_LINE = (Registration.priority.desc(), Registration.waiting_since, Registration.id)


def registration_of_event(event: Event, registration_id: int) -> Registration | None:
    """A registration for this event, with its companions."""
    return db.session.scalar(
        select(Registration)
        .options(selectinload(Registration.companions), joinedload(Registration.invitation))
        .where(Registration.id == registration_id, Registration.event_id == event.id)
    )


# built once: every answer needs them; that nobody registered yet takes half as long to see without
# asking for objects
_REGISTERED = select(_registrations.c.id).where(
    _registrations.c.invitation_id == bindparam("invitation"), _registrations.c.main_id.is_(None)
)
_OF_INVITATION = (
    select(Registration)
    .options(selectinload(Registration.companions))
    .where(Registration.invitation_id == bindparam("invitation"), Registration.main_id.is_(None))
    .order_by(Registration.state.in_(LIVE).desc(), Registration.id.desc())
    .limit(1)
    .execution_options(populate_existing=True)
)


def registration_of(invitation: Invitation) -> Registration | None:
    """What the invited person registered, read afresh: the live one, else the latest. One statement
    where there is nothing, else three."""
    if connection_after_flush().scalar(_REGISTERED, {"invitation": invitation.id}) is None:
        return None
    return db.session.scalar(_OF_INVITATION, {"invitation": invitation.id})


REPLY_MAILS = (
    "registrations/mail/regret.txt",
    "registrations/mail/substitute_notice.txt",
)
"""What a guest gets in the language of their reply, also where no registration came of it."""


def language_of(invitation: Invitation) -> str:
    """In which language the guest answered last, else that of the person. Two statements at most.

    The contact is the host's and stays as it is; of a no without a registration the mail that
    thanked for it knows the language.
    """
    if not invitation.replied_at:
        return invitation.person.locale
    registration = registration_of(invitation)
    if registration is not None:
        return registration.locale
    return _language_of_reply(invitation) or invitation.person.locale


def _language_of_reply(invitation: Invitation) -> str | None:
    return db.session.scalar(
        select(OutboxMail.locale)
        .where(OutboxMail.about == about(invitation), OutboxMail.kind.in_(REPLY_MAILS))
        .order_by(OutboxMail.id.desc())
        .limit(1)
    )


def states_of(invitations: Iterable[Invitation]) -> dict[int, RegistrationState]:
    """The live registration's state for each invitation (by id) that has one. One statement."""
    ids = [invitation.id for invitation in invitations]
    rows = db.session.execute(
        select(Registration.invitation_id, Registration.state).where(
            Registration.invitation_id.in_(ids),
            Registration.main_id.is_(None),
            Registration.state.in_(LIVE),
        )
    )
    return {row[0]: row[1] for row in rows if row[0] is not None}


def replies_by_invitation(event: Event) -> dict[int, tuple[RegistrationState | None, str]]:
    """The same for all invitations to an event, with the address given last. One statement."""
    rows = db.session.execute(
        select(Registration.invitation_id, Registration.state, Registration.email)
        .where(
            Registration.event_id == event.id,
            Registration.invitation_id.is_not(None),
            Registration.main_id.is_(None),
        )
        .order_by(Registration.state.in_(LIVE), Registration.id)  # what counts comes last
    )
    return {
        row[0]: (row[1] if row[1] in LIVE else None, row[2]) for row in rows if row[0] is not None
    }


_LIVE_TWIN = select(_registrations.c.id).where(
    _registrations.c.event_id == bindparam("event"),
    _registrations.c.email_key == bindparam("email_key"),
    _registrations.c.name_key == bindparam("name_key"),
    LIVE_PERSON,
)


def live_twin(event: Event, person: PersonColumns) -> Registration | None:
    """The live registration of the same person: same address and same name. One statement, by an
    index; two where there is one."""
    key = normalised_email(person.email)
    if not key:
        return None
    found = connection_after_flush().scalar(
        _LIVE_TWIN, {"event": event.id, "email_key": key, "name_key": name_key_of(person)}
    )
    return db.session.get_one(Registration, found) if found is not None else None


_rows = _registrations.c
_WAITS = (_rows.state == RegistrationState.WAITING, _rows.main_id.is_(None))
WAITS_IN_TIME = (*_WAITS, _rows.priority > LATE_PRIORITY)
"""Which registrations are parties that wait and asked before the deadline."""
_WAITING_IN_TIME = (
    select(func.count())
    .select_from(_registrations)
    .where(_rows.event_id == bindparam("event", type_=Integer), *WAITS_IN_TIME)
)


def waiting_in_time(event: Event) -> int:
    """How many parties wait who asked before the deadline."""
    return connection_after_flush().scalar(_WAITING_IN_TIME, {"event": event.id}) or 0


def line(event: Event) -> list[Waiting]:
    """The waiting parties with their sizes, in the order in which they move up. One statement."""
    companion = aliased(Registration)
    rows = db.session.execute(
        select(Registration.id, Registration.priority, func.count(companion.id), Wave.uses_reserved)
        .outerjoin(Registration.invitation)
        .outerjoin(Invitation.wave)
        .outerjoin(
            companion,
            and_(
                companion.main_id == Registration.id,
                companion.state.in_(LIVE),
                companion.kind.in_(USES_PLACE),
            ),
        )
        .where(_rows.event_id == event.id, *_WAITS)
        .group_by(Registration.id, Registration.priority, Wave.uses_reserved)
        .order_by(*IN_LINE)
    )
    return [
        Waiting(
            id=row[0],
            party=1 + row[2],
            timeliness=Timeliness.LATE if row[1] == LATE_PRIORITY else Timeliness.IN_TIME,
            share=Share.KEPT if row[3] else Share.OPEN,
        )
        for row in rows
    ]


_BY_IDS = (
    select(Registration)
    .options(selectinload(Registration.companions))
    .where(Registration.id.in_(bindparam("ids", expanding=True)))
    .execution_options(populate_existing=True)
)


def registrations_by_ids(ids: Sequence[int]) -> Sequence[Registration]:
    """These registrations with companions, in the order of the ids; read afresh."""
    found = {one.id: one for one in db.session.scalars(_BY_IDS, {"ids": list(ids)})}
    return [found[one] for one in ids if one in found]


def rank_of(registration: Registration) -> int:
    """The place in line, counting from 1; 0 for those who do not wait. One statement."""
    if registration.state is not RegistrationState.WAITING:
        return 0
    return ranks([registration]).get(registration.id, 0)


def ranks(registrations: Iterable[Registration | GuestLine]) -> dict[int, int]:
    """The place in line of each registration (by id) that waits. One statement."""
    waiting = [
        one
        for one in registrations
        if one.state is RegistrationState.WAITING and one.main_id is None
    ]
    if not waiting:
        return {}
    numbered = (
        select(Registration.id, func.row_number().over(order_by=IN_LINE).label("rank"))
        .where(_rows.event_id == waiting[0].event_id, *_WAITS)
        .subquery()
    )
    rows = db.session.execute(
        select(numbered.c.id, numbered.c.rank).where(numbered.c.id.in_([one.id for one in waiting]))
    )
    return {row[0]: row[1] for row in rows}


def places_held(event: Event) -> int:
    """Places that are promised, counted from the registrations themselves."""
    return (
        db.session.scalar(
            select(func.count()).where(
                Registration.event_id == event.id,
                Registration.state.in_(HOLDS_PLACE),
                Registration.kind.in_(USES_PLACE),
            )
        )
        or 0
    )


def live_registrations_of(email: str) -> Sequence[Registration]:
    """Live registrations of this address for events that are not over; next event first.

    One statement, at most 20 rows; companions use their main guest's link.
    """
    return db.session.scalars(
        select(Registration)
        .join(Registration.event)
        .options(
            contains_eager(Registration.event).joinedload(Event.venue),
            contains_eager(Registration.event).joinedload(Event.host),
        )
        .where(
            Registration.email_key == normalised_email(email),
            Registration.state.in_(LIVE),
            Registration.kind != RegistrationKind.COMPANION,
            Event.ends_at > clock.now(),
            Event.state.in_(PUBLIC),
        )
        .order_by(Event.starts_at, Registration.id)
        .limit(LINKS_LIMIT)
    ).all()
