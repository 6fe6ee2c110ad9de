"""The lists of an event's guests: the whole one, and one for each usual purpose."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select

from eventapp.accounts.states import DOORKEEPERS, ORGANISERS, READERS, Role
from eventapp.consents.states import ConsentKind
from eventapp.contacts.states import Sector
from eventapp.contacts.words import COUNTY_WORDS, SECTOR_WORDS, sector_label
from eventapp.events.models import Event
from eventapp.exports import queries
from eventapp.exports.columns import (
    ORDER_WORDS,
    SET_HINTS,
    SET_WORDS,
    Attendee,
    ColumnSet,
    SortOrder,
    answer_field,
    fields_of,
)
from eventapp.foundation.listing import Asked, Belongs, Choice, Concerns, Field, Listing, Purpose
from eventapp.foundation.message import message
from eventapp.foundation.pages import row_count
from eventapp.questions.queries import answer_columns
from eventapp.registrations.guests import GuestFilter, GuestGroup, group_label, guest_filter
from eventapp.registrations.states import RegistrationKind
from eventapp.speakers.event_queries import catering_sums

FAMILY = "guests"
PAGE = "registrations_organiser.guests"
CONFIRMED = {"group": "confirmed"}
Wanted = Callable[[Event, GuestFilter], Select[Any]]
ROLES: dict[ColumnSet, tuple[Role, ...]] = {
    ColumnSet.DOOR: DOORKEEPERS,
    ColumnSet.CATERING: READERS,
    ColumnSet.EVIDENCE: READERS,
}
"""Who may take a list beside the organisers: the front desk what the door needs, readers sums."""
PURPOSES = {
    ColumnSet.DOOR: Purpose.DOOR,
    ColumnSet.HOST: Purpose.VISITORS,
    ColumnSet.PRESS: Purpose.PRESS,
    ColumnSet.CATERING: Purpose.CATERING,
    ColumnSet.EVIDENCE: Purpose.EVIDENCE,
}
BEGINS = {ColumnSet.DOOR: {"group": "all"}, ColumnSet.PRESS: {"group": "all"}}


def _wanted(columns: ColumnSet) -> Wanted:
    """The registrations of a list: those of the filter, for some purposes narrowed further."""
    kinds = (RegistrationKind.PRESS,) if columns is ColumnSet.PRESS else ()

    def wanted(event: Event, asked: GuestFilter) -> Select[Any]:
        statement = queries.registrations_wanted(event, asked, kinds)
        if columns is ColumnSet.HANDOUT:
            return queries.agreed_to(statement, ConsentKind.ATTENDEE_LIST)
        return statement

    return wanted


def _told(_event: Event, wanted: GuestFilter) -> Sequence[object]:
    return [
        group_label(wanted.group),
        *(
            [message("%(sector)s, with companions", sector=sector_label(wanted.sector))]
            if wanted.sector
            else []
        ),
        *([message("“%(search)s”", search=wanted.search)] if wanted.search else []),
    ]


def _answers(event: Event) -> tuple[Field[Attendee], ...]:
    """A column for each question of the event; a list for one purpose has none of them."""
    return tuple(answer_field(one.key, one.heading) for one in answer_columns(event))


def _people(columns: ColumnSet) -> Listing[Event, GuestFilter, Attendee]:
    wanted = _wanted(columns)

    def rows(event: Event, asked: GuestFilter, choice: Choice) -> Iterator[Attendee]:
        order = SortOrder(choice.order)
        return queries.attendees(event, wanted(event, asked), order, choice.columns)

    return Listing(
        key="guests" if columns is ColumnSet.FULL else columns.value,
        title=SET_WORDS[columns],
        belongs=Belongs.EVENT,
        roles=ROLES.get(columns, ORGANISERS),
        page=PAGE,
        rail="guests",
        fields=fields_of(columns),
        asked=guest_filter,
        told=_told,
        count=lambda event, asked: row_count(wanted(event, asked)),
        rows=rows,
        hint=SET_HINTS[columns],
        purpose=PURPOSES.get(columns),
        family=FAMILY,
        begins=BEGINS.get(columns, CONFIRMED) if columns is not ColumnSet.FULL else {},
        orders={order.value: words for order, words in ORDER_WORDS.items()},
        more_fields=_answers if columns is ColumnSet.FULL else None,
    )


@dataclass(frozen=True, slots=True)
class Sum:
    """How many people, of what kind; the last row of a list is the total."""

    people: int
    of: tuple[str | Sector, ...] = ()

    def part(self, number: int) -> str | Sector | None:
        """What the people have in common; nothing in the row of the total."""
        return self.of[number] if number < len(self.of) else None


def _only_crowds(asked: Asked) -> GuestFilter:
    """Sums of few people would name them: no search, no sector, nobody who left or waits."""
    wanted = guest_filter(asked)
    group = wanted.group if wanted.group is GuestGroup.ALL else GuestGroup.CONFIRMED
    return replace(wanted, group=group, search="", sector=None)


def _sums(
    columns: ColumnSet,
    fields: tuple[Field[Sum], ...],
    counted: Callable[[Event, Select[Any]], Sequence[Sum]],
) -> Listing[Event, GuestFilter, Sum]:
    wanted = _wanted(columns)

    def rows(event: Event, asked: GuestFilter, _choice: Choice) -> Iterator[Sum]:
        sums = counted(event, wanted(event, asked))
        yield from sums
        yield Sum(sum(one.people for one in sums), (str(message("Total")),))

    return Listing(
        key=columns.value,
        title=SET_WORDS[columns],
        belongs=Belongs.EVENT,
        roles=ROLES[columns],
        page=PAGE,
        rail="guests",
        fields=fields,
        asked=_only_crowds,
        told=_told,
        count=lambda event, asked: len(counted(event, wanted(event, asked))) + 1,
        rows=rows,
        hint=SET_HINTS[columns],
        purpose=PURPOSES[columns],
        family=FAMILY,
        begins=CONFIRMED,
    )


def _diets(event: Event, wanted: Select[Any]) -> Sequence[Sum]:
    """Guests, and contributors who are none and have said what they eat."""
    unsaid = {"": message("nothing special"), None: message("not asked (companions)")}
    guests = [Sum(people, (diet or str(unsaid[diet]),)) for diet, people in queries.diets(wanted)]
    contributors = [
        Sum(people, (str(message("%(diet)s (contributors)", diet=diet)),))
        for diet, people in catering_sums(event)
    ]
    return [*guests, *contributors]


def _origins(_event: Event, wanted: Select[Any]) -> Sequence[Sum]:
    unknown = str(message("unknown"))
    return [
        Sum(people, (sector, county or unknown, town or unknown))
        for sector, county, town, people in queries.origins(wanted)
    ]


_COUNT: Field[Sum] = Field(
    "people", message("People"), lambda one: one.people, 12, concerns=Concerns.NOBODY
)
CATERING = _sums(
    ColumnSet.CATERING,
    (
        Field("diet", message("Diet"), lambda one: one.part(0), 34, concerns=Concerns.NOBODY),
        _COUNT,
    ),
    _diets,
)
EVIDENCE = _sums(
    ColumnSet.EVIDENCE,
    (
        Field("sector", message("Sector"), lambda one: one.part(0), 26, SECTOR_WORDS,
              Concerns.NOBODY),
        Field("county", message("County"), lambda one: one.part(1), 26, COUNTY_WORDS,
              Concerns.NOBODY),
        Field("city", message("Town"), lambda one: one.part(2), 26, concerns=Concerns.NOBODY),
        _COUNT,
    ),
    _origins,
)  # fmt: skip
GUEST_LISTS: dict[ColumnSet, Listing[Event, GuestFilter, Any]] = {
    **{
        one: _people(one)
        for one in (ColumnSet.FULL, ColumnSet.DOOR, ColumnSet.HOST, ColumnSet.HANDOUT,
                    ColumnSet.PRESS)
    },
    ColumnSet.CATERING: CATERING,
    ColumnSet.EVIDENCE: EVIDENCE,
}  # fmt: skip
LISTINGS = tuple(GUEST_LISTS.values())
