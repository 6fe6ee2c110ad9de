"""Reads for the list of guests: for the page and the file."""

from collections.abc import Iterable, Iterator

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from eventapp.contacts.coming import Attendance
from eventapp.contacts.models import Contact
from eventapp.contacts.queries.likely import plain_umlauts, without_umlauts
from eventapp.contacts.signals import coming_asked
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.foundation.pages import Page, paginate
from eventapp.foundation.text import like_pattern, search_terms
from eventapp.invitations.models import Invitation
from eventapp.invitations.states import OPEN_REPLY
from eventapp.registrations.guests import GuestFilter
from eventapp.registrations.models import Registration
from eventapp.registrations.queries import BY_NAME, IN_LINE
from eventapp.registrations.states import LIVE, RegistrationKind, RegistrationState
from eventapp.registrations.words import state_label

EVERYBODY = GuestFilter()


def counts_by_state(event: Event, wanted: GuestFilter = EVERYBODY) -> dict[RegistrationState, int]:
    """How many registrations of the event stand in each state, of those that are searched for. One
    statement."""
    rows = db.session.execute(
        select(Registration.state, func.count())
        .where(Registration.event_id == event.id, *_searched(wanted))
        .group_by(Registration.state)
    )
    return {row[0]: row[1] for row in rows}


def _searched(wanted: GuestFilter) -> Iterator[ColumnElement[bool]]:
    for term in search_terms(wanted.search):
        yield Registration.search_text.like(like_pattern(term), escape="\\")
    for term in search_terms(wanted.name):
        plain = like_pattern(plain_umlauts(term))
        yield without_umlauts(Registration.name_key).like(plain, escape="\\")
    if wanted.sector is not None:
        yield Registration.sector == wanted.sector


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


def guests(event: Event, wanted: GuestFilter, number: int) -> Page[Registration]:
    """One page of the registrations that pass the filter, by name as Germans sort.

    The waiting list comes in its order; companions know whom they come with. Two statements,
    whatever the number of rows.
    """
    return paginate(guests_wanted(event, wanted), number)


def silent_substitutes(rows: Iterable[Registration]) -> set[int]:
    """Those who hold a guest's place and have not answered yet. At most one statement."""
    heirs = [
        one.id
        for one in rows
        if one.kind is RegistrationKind.SUBSTITUTE and one.is_live and one.invitation_id
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
    """Selects the registrations that pass the filter in their order: for the page and the file."""
    statement = (
        select(Registration)
        .options(joinedload(Registration.main))
        .where(Registration.event_id == event.id, Registration.state.in_(wanted.group.states))
    )
    order = IN_LINE if wanted.group.is_line else BY_NAME
    return statement.where(*_searched(wanted)).order_by(*order)
