"""Reads for the list of guests: for the page and the file."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from eventapp.contacts.queries.likely import plain_umlauts, without_umlauts
from eventapp.events.models import Event
from eventapp.foundation.database import db
from eventapp.foundation.pages import Page, paginate
from eventapp.foundation.text import like_pattern, search_terms
from eventapp.registrations.guests import GuestFilter
from eventapp.registrations.models import Registration
from eventapp.registrations.queries import BY_NAME, IN_LINE
from eventapp.registrations.states import RegistrationState

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


def guests(event: Event, wanted: GuestFilter, number: int) -> Page[Registration]:
    """One page of the registrations that pass the filter, by name as Germans sort.

    The waiting list comes in its order; companions know whom they come with. Two statements,
    whatever the number of rows.
    """
    return paginate(guests_wanted(event, wanted), number)


def guests_wanted(event: Event, wanted: GuestFilter) -> Select[Registration]:
    """Selects the registrations that pass the filter in their order: for the page and the file."""
    statement = (
        select(Registration)
        .options(joinedload(Registration.main))
        .where(Registration.event_id == event.id, Registration.state.in_(wanted.group.states))
    )
    order = IN_LINE if wanted.group.is_line else BY_NAME
    return statement.where(*_searched(wanted)).order_by(*order)
