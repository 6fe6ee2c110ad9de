"""Reads for the list of guests: for the page and the file."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from eventapp.contacts.coming import Attendance
from eventapp.contacts.models import Contact
from eventapp.contacts.queries.likely import plain_umlauts, without_umlauts
from eventapp.contacts.signals import coming_asked
from eventapp.contacts.states import Sector
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.foundation.pages import Page, page_of_lines
from eventapp.foundation.text import like_pattern, search_terms
from eventapp.invitations.models import Invitation
from eventapp.invitations.states import OPEN_REPLY
from eventapp.registrations.guest_lines import COLUMNS, MAIN, GuestLine
from eventapp.registrations.guests import GuestFilter
from eventapp.registrations.models import Registration
from eventapp.registrations.queries import BY_NAME, IN_LINE
from eventapp.registrations.states import LIVE, RegistrationKind, RegistrationState
from eventapp.registrations.words import state_label

States = dict[RegistrationState, int]
Statement = TypeVar("Statement", bound=Select[*tuple[Any, ...]])


def states_and_fitting(event: Event, wanted: GuestFilter) -> tuple[States, States]:
    """How many registrations stand in each state, and how many of them fit what is searched for.

    One statement that passes the event's rows once: page and chips need no other count.
    """
    searched = list(_searched(event, wanted))
    fitting = func.count().filter(and_(*searched)) if searched else func.count()
    rows = db.session.execute(
        select(Registration.state, func.count(), fitting)
        .where(Registration.event_id == event.id)
        .group_by(Registration.state)
    ).all()
    return {row[0]: row[1] for row in rows}, {row[0]: row[2] for row in rows}


def _searched(event: Event, wanted: GuestFilter) -> Iterator[ColumnElement[bool]]:
    for term in search_terms(wanted.search):
        yield Registration.search_text.like(like_pattern(term), escape="\\")
    for term in search_terms(wanted.name):
        plain = like_pattern(plain_umlauts(term))
        yield without_umlauts(Registration.name_key).like(plain, escape="\\")
    if wanted.sector is not None:
        yield _of_sector(event, wanted.sector)


def _of_sector(event: Event, sector: Sector) -> ColumnElement[bool]:
    """Of this sector, or in company of somebody who is (decision 0055).

    Nobody asks companions for their sector: numbers count them as unknown, but a list of one sector
    must not lose who comes along.
    """
    main = aliased(Registration)
    mains = select(main.id).where(main.event_id == event.id, main.sector == sector)
    along = and_(Registration.sector == Sector.UNKNOWN, Registration.main_id.in_(mains))
    return or_(Registration.sector == sector, along)


@coming_asked.connect
def attendances_of(contact: Contact) -> list[Attendance]:
    """What a contact, or whoever has the address, is registered for. One statement."""
    same = Registration.contact_id == contact.id
    if contact.email_key:
        same = or_(same, Registration.email_key == contact.email_key)
    rows = db.session.scalars(
        select(Registration)
        .join(Registration.event)
        .options(contains_eager(Registration.event))
        .where(
            same,
            Event.host_id == contact.host_id,
            Event.starts_at > clock.now(),
            Registration.state.in_(LIVE),
            Registration.main_id.is_(None),
        )
        .order_by(Event.starts_at, Registration.id)
    )
    return [_attendance(one) for one in rows]


def _attendance(one: Registration) -> Attendance:
    return Attendance(
        slug=one.event.slug,
        registration_id=one.id,
        title_de=one.event.title_de,
        title_en=one.event.title_en,
        day=one.event.starts_on,
        state=state_label(one.state),
    )


def guests(event: Event, wanted: GuestFilter, number: int, *, total: int) -> Page[GuestLine]:
    """One page of the registrations that pass the filter, of which there are `total`, by name as
    Germans sort. One statement, whatever the number of rows.

    The waiting list comes in its order; companions know whom they come with.
    """
    statement = select(*COLUMNS).outerjoin(MAIN, MAIN.id == Registration.main_id)
    return page_of_lines(_passing(statement, event, wanted), GuestLine, number, total=total)


def silent_substitutes(rows: Iterable[Registration | GuestLine]) -> set[int]:
    """Those who hold a guest's place and have not answered yet. At most one statement."""
    heirs = [
        one.id for one in rows if one.kind is RegistrationKind.SUBSTITUTE and one.state in LIVE
    ]
    if not heirs:
        return set()
    return set(
        db.session.scalars(
            select(Registration.id)
            .join(Registration.invitation)
            .where(Registration.id.in_(heirs), Invitation.state.in_(OPEN_REPLY))
        )
    )


def guests_wanted(event: Event, wanted: GuestFilter) -> Select[Registration]:
    """Selects the registrations that pass the filter in their order: for the file."""
    statement = select(Registration).options(joinedload(Registration.main))
    return _passing(statement, event, wanted)


def _passing(statement: Statement, event: Event, wanted: GuestFilter) -> Statement:
    order = IN_LINE if wanted.group.is_line else BY_NAME
    return statement.where(
        Registration.event_id == event.id,
        Registration.state.in_(wanted.group.states),
        *_searched(event, wanted),
    ).order_by(*order)
