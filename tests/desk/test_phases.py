"""What can be done about coming to an event, today."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from factories import moment

from eventapp.desk.phases import Moments, Phase, phase_at
from eventapp.events.states import EventState

START = moment("2027-06-24T13:30")
MOMENTS = Moments(
    EventState.OPEN,
    "Europe/Berlin",
    START,
    START + timedelta(hours=5),
    moment("2027-04-12T06:00"),
    date(2027, 6, 10),
)


@pytest.mark.parametrize(
    ("at", "phase"),
    [
        ("2027-04-12T05:59", Phase.NOT_YET),
        ("2027-04-12T06:00", Phase.OPEN),
        ("2027-06-10T21:59", Phase.OPEN),
        ("2027-06-10T22:00", Phase.LATE),
        ("2027-06-24T13:30", Phase.RUNNING),
        ("2027-06-24T18:30", Phase.OVER),
    ],
)
def test_the_day_of_the_deadline_counts_to_its_local_midnight(at, phase):
    assert phase_at(MOMENTS, moment(at)) is phase


@pytest.mark.parametrize(
    ("state", "phase"),
    [
        (EventState.CANCELLED, Phase.CALLED_OFF),
        (EventState.POSTPONED, Phase.POSTPONED),
        (EventState.CLOSED, Phase.CLOSED),
        (EventState.ENDED, Phase.OVER),
        (EventState.ARCHIVED, Phase.OVER),
    ],
)
def test_a_state_that_somebody_set_wins_over_the_deadline(state, phase):
    assert phase_at(replace(MOMENTS, state=state), moment("2027-05-01T12:00")) is phase


@pytest.mark.parametrize(
    ("opens_at", "phase"), [(None, Phase.NOT_YET), (moment("2027-05-01T11:00"), Phase.OPEN)]
)
def test_a_published_event_opens_by_itself_on_its_day_or_else_by_hand(opens_at, phase):
    published = replace(MOMENTS, state=EventState.RELEASED, opens_at=opens_at)

    assert phase_at(published, moment("2027-05-01T12:00")) is phase


def test_without_deadlines_registration_is_open_until_it_begins():
    open_end = replace(MOMENTS, opens_at=None, reply_by_on=None)

    assert phase_at(open_end, START - timedelta(minutes=1)) is Phase.OPEN
