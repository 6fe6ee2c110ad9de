"""The curve of places taken, day by day."""

from datetime import date

import pytest
from factories import moment

from eventapp.desk.curve import Edition, Mark, Occasion, Point, Stay, chart_of
from eventapp.foundation.i18n import use_locale
from eventapp.foundation.message import message


def draw(stays, occasions=(), today=date(2027, 5, 10), **more):
    return chart_of(
        stays,
        occasions,
        zone="Europe/Berlin",
        today=today,
        ends_on=date(2027, 6, 24),
        **{"cap": 120, "unit": message("120 places")} | more,
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


def test_the_last_edition_is_moved_to_the_same_distance_from_the_event():
    last = Edition(
        "Forum 3",
        "Europe/Berlin",
        date(2026, 6, 25),
        120,
        [
            Stay(moment("2026-03-01T10:00"), None),
            Stay(moment("2026-05-04T10:00"), None),
            Stay(moment("2026-05-30T10:00"), None),
        ],
    )

    chart = draw([Stay(moment("2027-05-01T10:00"), None)], last=last)

    assert [(point.day, point.total) for point in chart.earlier] == [
        (date(2027, 5, 1), 1),  # what was taken before this curve begins
        (date(2027, 5, 3), 2),
        (date(2027, 5, 29), 3),
        (date(2027, 6, 24), 3),
    ]
    assert [point.before for point in chart.points] == [1, 2]
    assert str(chart.comparison).startswith("Forum 3, ")
    assert "2 of 120 places at this time before the event" in str(chart.comparison)


def test_a_last_edition_of_another_size_is_drawn_as_full_as_it_was():
    stays = [Stay(moment("2026-05-04T10:00"), None)] * 20
    last = Edition("Forum 3", "Europe/Berlin", date(2026, 6, 25), 40, stays)

    chart = draw([Stay(moment("2027-05-01T10:00"), None)], cap=10, last=last)

    assert (chart.earlier[-1].total, chart.top) == (5, 10)
    assert "20 of 40 places" in str(chart.comparison)


@pytest.mark.parametrize(
    ("deadline", "drawn"),
    [
        (date(2027, 6, 10), True),
        (date(2027, 4, 10), False),
        (date(2027, 7, 1), False),
        (None, False),
    ],
)
def test_the_deadline_is_a_line_where_the_curve_has_that_day(deadline, drawn):
    chart = draw([Stay(moment("2027-05-01T10:00"), None)], deadline=deadline)

    assert (chart.deadline is not None) is drawn


def test_the_table_says_when_all_was_taken_and_when_answers_were_due():
    stays = [Stay(moment(f"2027-05-0{day}T10:00"), None) for day in (1, 3)]

    chart = draw(stays, cap=2, deadline=date(2027, 5, 10))

    assert [(row.day.day, row.occasion) for row in chart.rows] == [
        (3, "fully booked"),
        (10, "deadline for answers"),
    ]


def test_the_table_has_no_row_for_what_did_not_happen():
    chart = draw([Stay(moment("2027-05-01T10:00"), None)])

    assert [(row.day.day, row.occasion) for row in chart.rows] == [(10, "")]


def test_a_wave_of_today_and_today_share_one_label():
    today = date(2027, 5, 10)
    chart = draw([Stay(moment("2027-05-03T10:00"), None)], [Occasion(today, "W3", "Wave 3")])

    assert chart.marks == (Mark(today, "W3, today"),)


@pytest.mark.parametrize(("locale", "day"), [("de", "10.06."), ("en", "10 Jun")])
def test_days_are_written_one_way_in_each_language(app, locale, day):
    with use_locale(locale):
        chart = draw([Stay(moment("2027-05-03T10:00"), None)], deadline=date(2027, 6, 10))

        assert day in chart.deadline.label
        assert f"{'03.05.' if locale == 'de' else '3 May'}" in str(chart.summary)


@pytest.mark.parametrize(
    ("cap", "lines"),
    [(122, [0, 50, 100]), (120, [0, 50, 100]), (30, [0, 10, 20]), (1, [0]), (4, [0, 2]),
     (1000, [0, 500]), (70, [0, 20, 40, 60])],
)  # fmt: skip
def test_the_lines_across_stand_at_round_numbers(cap, lines):
    chart = draw([Stay(moment("2027-05-01T10:00"), None)], cap=cap)

    assert chart.rules == lines
