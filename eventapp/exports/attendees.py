"""Lists of an event's guests as tables, in the language in force."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from eventapp.consents.states import ConsentKind
from eventapp.events.models import Event
from eventapp.exports import queries
from eventapp.exports.columns import (
    SET_WORDS,
    Attendee,
    ColumnSet,
    Field,
    SortOrder,
    fields_of,
)
from eventapp.foundation.message import message
from eventapp.foundation.tabular import Cell, Column, Table
from eventapp.foundation.text import sort_key
from eventapp.registrations.guests import GuestFilter


def attendee_table(
    event: Event, *, columns: ColumnSet, order: SortOrder, guests: GuestFilter
) -> Table:
    """The guests who pass the filter, in German order; for the catering only sums."""
    title = str(SET_WORDS[columns])
    if columns is ColumnSet.CATERING:
        return Table(title, _diet_columns(), _diet_rows(event, guests), event.zone)
    people = sorted(_listed(event, columns, guests), key=_sorting(order))
    fields = fields_of(columns)
    headings = [one.column() for one in fields]
    return Table(title, headings, _rows(fields, people), event.zone, count=len(people))


def _listed(event: Event, columns: ColumnSet, guests: GuestFilter) -> list[Attendee]:
    """Everybody who passes; to hand out, only those who agreed to it."""
    people = queries.attendees(event, guests)
    if columns is ColumnSet.HANDOUT:
        return [one for one in people if ConsentKind.ATTENDEE_LIST in one.consents]
    return people


def _rows(fields: Sequence[Field], people: Sequence[Attendee]) -> Iterator[list[Cell]]:
    for one in people:
        yield [column.value(one) for column in fields]


def _sorting(order: SortOrder) -> Callable[[Attendee], tuple[object, ...]]:
    """Names as Germans sort them (DIN 5007-1) decide what the order leaves open."""
    folded = cache(sort_key)
    keys: dict[SortOrder, Callable[[Attendee], tuple[object, ...]]] = {
        SortOrder.NAME: lambda one: (),
        SortOrder.ORGANISATION: lambda one: (folded(one.person.organisation_name),),
        SortOrder.REGISTERED: lambda one: (one.person.registered_at,),
    }
    first = keys[order]
    return lambda one: (*first(one), one.person.sort_name, one.person.number)


def _diet_columns() -> list[Column]:
    return [Column("diet", str(message("Diet")), 34), Column("people", str(message("People")), 12)]


def _diet_rows(event: Event, guests: GuestFilter) -> Iterator[tuple[Cell, Cell]]:
    """One row a diet, no names; the last row is the sum."""
    total = 0
    for diet, people in queries.diets(event, guests):
        total += people
        yield diet or str(message("nothing special")), people
    yield str(message("Total")), total
