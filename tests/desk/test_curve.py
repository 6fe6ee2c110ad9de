"""The curve of places taken, day by day."""

from datetime import date

from factories import moment

from eventapp.desk.curve import Mark, Occasion, Point, Stay, chart_of
from eventapp.foundation.message import message


def draw(stays, occasions=(), today=date(2027, 5, 10)):
    return chart_of(
        stays,
        occasions,
        zone="Europe/Berlin",
        today=today,
        ends_on=date(2027, 6, 24),
        cap=120,
        unit=message("120 places"),
        today_word="today",
    )


def test_without_places_taken_there_is_no_curve():
    assert draw([]) is None


def test_places_add_up_and_go_down_when_given_back():
    chart = draw(
        [
            Stay(moment("2027-05-01T10:00"), None),
            Stay(moment("2027-05-03T10:00"), moment("2027-05-07T10:00")),
        ]
    )

    assert chart.points == (
        Point(date(2027, 5, 1), 1, ""),
        Point(date(2027, 5, 3), 2, ""),
        Point(date(2027, 5, 7), 1, ""),
        Point(date(2027, 5, 10), 1, ""),
    )


def test_a_day_is_that_of_the_wall_calendar():
    chart = draw([Stay(moment("2027-05-01T22:30"), None)])

    assert chart.points[0].day == date(2027, 5, 2)


def test_waves_are_marked_and_explained():
    chart = draw(
        [Stay(moment("2027-05-03T10:00"), None)], [Occasion(date(2027, 5, 1), "W1", "Wave 1")]
    )

    assert chart.points[0] == Point(date(2027, 5, 1), 0, "Wave 1")
    assert chart.marks == (Mark(date(2027, 5, 1), "W1"), Mark(date(2027, 5, 10), "today"))


def test_after_the_event_the_curve_ends_with_it():
    chart = draw([Stay(moment("2027-05-01T10:00"), None)], today=date(2027, 8, 1))

    assert chart.points[-1].day == chart.ends_on == date(2027, 6, 24)
