"""When notices are due, and from when on they are pointless."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from factories import moment
from hypothesis import given
from hypothesis import strategies as st

from eventapp.notices.states import NoticeKind, NoticeState, state_at
from eventapp.notices.timing import (
    EventDays,
    anchor,
    closes_at,
    local,
    moved_along,
    next_reminder,
    usual_due,
)

BERLIN = "Europe/Berlin"
DAYS = EventDays(starts_at=moment("2027-06-24T13:30"), zone=BERLIN, reply_by_on=date(2027, 6, 10))
LONG_AGO = moment("2027-03-01T09:00")
REMINDER, PRACTICAL = NoticeKind.REMINDER, NoticeKind.PRACTICAL

zones = st.sampled_from([BERLIN, "America/New_York", "Pacific/Auckland", "UTC"])
moments = st.datetimes(
    datetime(2025, 1, 1),
    datetime(2031, 1, 1),
    timezones=st.just(UTC),
)
events = st.builds(
    lambda starts_at, zone, before: EventDays(
        starts_at=starts_at,
        zone=zone,
        reply_by_on=None
        if before is None
        else starts_at.astimezone(ZoneInfo(zone)).date() - timedelta(days=before),
    ),
    moments,
    zones,
    st.none() | st.integers(0, 60),
)


def test_the_reminder_goes_out_two_weeks_before_the_deadline_at_nine():
    due_at = usual_due(REMINDER, DAYS, made_at=LONG_AGO)

    assert local(due_at, BERLIN).isoformat() == "2027-05-27T09:00:00+02:00"


def test_practical_information_goes_out_a_week_before_the_day():
    due_at = usual_due(PRACTICAL, DAYS, made_at=LONG_AGO)

    assert local(due_at, BERLIN).isoformat() == "2027-06-17T09:00:00+02:00"


@pytest.mark.parametrize(
    ("made_on", "expected"),
    [("2027-05-31", "2027-06-05"), ("2027-06-09", "2027-06-10"), ("2027-06-20", "2027-06-10")],
)
def test_with_little_time_the_reminder_waits_for_half_of_it(made_on, expected):
    due_at = usual_due(REMINDER, DAYS, made_at=moment(f"{made_on}T08:00"))

    assert local(due_at, BERLIN).date() == date.fromisoformat(expected)


def test_t55_the_deadline_ends_with_its_day_on_the_clock_of_the_event():
    """T-55."""
    assert closes_at(REMINDER, DAYS) == moment("2027-06-10T22:00")


def test_without_a_deadline_reminding_makes_sense_until_the_beginning():
    days = EventDays(starts_at=DAYS.starts_at, zone=BERLIN, reply_by_on=None)

    assert closes_at(REMINDER, days) == DAYS.starts_at == closes_at(PRACTICAL, days)


def test_what_is_missed_is_a_matter_of_the_clock_alone():
    """T-56: a clock that was wrong leaves nothing behind."""
    end = moment("2027-06-10T22:00")

    assert state_at(NoticeState.REVIEWED, end, end) is NoticeState.MISSED
    assert state_at(NoticeState.REVIEWED, end, end - timedelta(1)) is NoticeState.REVIEWED
    assert state_at(NoticeState.SENT, end, end) is NoticeState.SENT
    assert state_at(NoticeState.STOPPED, end, end) is NoticeState.STOPPED


@given(events, events, st.sampled_from(NoticeKind), st.integers(0, 60), st.integers(0, 23))
def test_a_notice_keeps_its_distance_and_its_time_of_day(before, after, kind, days, hour):
    """T-54, T-58."""
    day = anchor(kind, before) - timedelta(days=days)
    due_at = datetime(day.year, day.month, day.day, hour, 30, tzinfo=ZoneInfo(before.zone))
    is_gap = local(due_at.astimezone(UTC), before.zone).hour != hour

    moved = local(moved_along(due_at, kind, before=before, after=after), after.zone)

    expected = anchor(kind, after) - timedelta(days=days)
    exists = datetime(
        expected.year, expected.month, expected.day, hour, 30, tzinfo=ZoneInfo(after.zone)
    )
    if not is_gap and local(exists.astimezone(UTC), after.zone).hour == hour:
        assert (moved.date(), moved.hour, moved.minute) == (expected, hour, 30)


@given(events, st.sampled_from(NoticeKind), moments)
def test_the_usual_day_is_never_after_the_last_one(days, kind, made_at):
    due_on = local(usual_due(kind, days, made_at=made_at), days.zone).date()

    assert due_on <= anchor(kind, days)


@given(events, moments)
def test_another_reminder_is_proposed_for_later_and_in_time(days, now):
    end = closes_at(REMINDER, days)
    proposed = next_reminder(days, now=now)

    if now < end:
        assert now <= proposed < end
    if local(now, days.zone).date() < days.deadline and now + timedelta(days=2) < end:
        assert local(proposed, days.zone).date() > local(now, days.zone).date()
