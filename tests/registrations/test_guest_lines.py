"""The lines of the guest list say what the registrations say, and the chips count them."""

import pytest
from factories import make_event, make_registration

from eventapp.contacts.states import Sector
from eventapp.foundation.database import db
from eventapp.registrations.guest_lines import GuestLine
from eventapp.registrations.guest_queries import guests, states_and_fitting
from eventapp.registrations.guests import GuestFilter, GuestGroup, group_counts
from eventapp.registrations.models import Registration
from eventapp.registrations.states import RegistrationKind, RegistrationState


@pytest.fixture
def event(organiser):
    event = make_event(organiser.memberships[0].host)
    main = make_registration(event, first_name="Änne", last_name="Zöllner")
    for first, last in (("Ida", "Berg"), ("", "")):
        make_registration(
            event,
            kind=RegistrationKind.COMPANION,
            main_id=main.id,
            first_name=first,
            last_name=last,
        )
    make_registration(event, first_name="", last_name="", organisation_name="Stadt Arnsberg")
    make_registration(event, last_name="Wart", state=RegistrationState.WAITING)
    make_registration(event, last_name="Weg", state=RegistrationState.CANCELLED)
    make_registration(event, last_name="Amt", sector=Sector.POLITICS)
    make_registration(make_event(event.host, slug="other"), last_name="Fremd")
    return event


FILTERS = [
    GuestFilter(group=group, search=search, sector=sector, name=name)
    for group in (GuestGroup.ALL, GuestGroup.WAITING, GuestGroup.CANCELLED)
    for search, sector, name in (
        ("", None, ""),
        ("zoellner", None, ""),
        ("e", Sector.POLITICS, ""),
        ("", None, "wart"),
        ("nobody%_", None, ""),
    )
]


def page(event, wanted, number=1):
    counts = group_counts(states_and_fitting(event, wanted)[1])
    return guests(event, wanted, number, total=counts[wanted.group])


def test_a_line_says_what_its_registration_says(event):
    lines = page(event, GuestFilter()).rows
    for line in lines:
        row = db.session.get_one(Registration, line.id)
        for name in (*GuestLine._fields[:-3], "name", "is_named"):
            assert getattr(line, name) == getattr(row, name)
        assert line.main_name == (row.main.name if row.main else "")
    assert {line.main_name for line in lines} == {"", "Änne Zöllner"}


@pytest.mark.parametrize("wanted", FILTERS)
def test_as_many_lines_come_as_the_chip_counts(event, wanted):
    found = page(event, wanted)
    assert found.total == len(found.rows)
    assert {line.event_id for line in found.rows} <= {event.id}
    assert {line.state for line in found.rows} <= wanted.group.states


@pytest.mark.parametrize("wanted", FILTERS)
def test_all_states_are_counted_whatever_is_searched(event, wanted):
    assert states_and_fitting(event, wanted)[0] == states_and_fitting(event, GuestFilter())[0]


def test_a_page_beyond_the_last_shows_the_last(event):
    assert page(event, GuestFilter(), 99).number == 1
    assert page(event, GuestFilter(), 99).rows == page(event, GuestFilter()).rows
