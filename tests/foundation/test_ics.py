"""Calendar text, read back by vobject and recurring-ical-events and looked at byte by byte;
the library that writes it is never the only judge."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from eventapp.foundation.ics import (
    CalendarEvent,
    EntryStatus,
    FeedHead,
    calendar_feed,
    calendar_file,
    folded,
    render_entry,
    web_address,
)

BERLIN = ZoneInfo("Europe/Berlin")
FAMILY = "👩‍👩‍👧‍👦"
ENTRY = CalendarEvent(
    uid="0d4e8a52-7a4e-4d55-9a3b-6f2c1b0e9d77@eventapp",
    sequence=3,
    created_at=datetime(2027, 3, 1, 9, tzinfo=UTC),
    last_modified_at=datetime(2027, 5, 2, 10, 30, 15, 999_000, tzinfo=UTC),
    starts=datetime(2027, 6, 24, 16, 50, tzinfo=BERLIN),
    ends=datetime(2027, 6, 24, 17, 35, tzinfo=BERLIN),
    zone="Europe/Berlin",
    summary="Größe; Nähe, Würze",
    description="Moderation: Dr. Müßig\nRaum mit Rampe",
    location="Werkstatt, Alte Gießerei, Hagen",
    geo=(51.36, 7.47),
    url="https://events.example/e/x/#t1",
    categories=("Talk-Runde",),
)
HEAD = FeedHead(
    name="Fachimpuls; Digital, nah",
    zone="Europe/Berlin",
    description="Programm",
    url="https://events.example/e/x/",
    source="https://events.example/e/x/calendar.ics",
    colour="teal",
)


def read(calendar: bytes) -> object:
    """The calendar as vobject sees it; it refuses what is not well formed."""
    return vobject.readOne(calendar.decode())


def unfolded(calendar: bytes) -> list[str]:
    return calendar.decode().replace("\r\n ", "").split("\r\n")


def test_an_independent_reader_finds_every_property_again():
    event = read(calendar_file(ENTRY)).vevent

    assert event.uid.value == ENTRY.uid
    assert event.sequence.value == "3"
    assert event.summary.value == "Größe; Nähe, Würze"
    assert event.description.value == "Moderation: Dr. Müßig\nRaum mit Rampe"
    assert event.location.value == "Werkstatt, Alte Gießerei, Hagen"
    assert event.dtstart.value == ENTRY.starts
    assert event.dtend.value == ENTRY.ends
    assert event.url.value == ENTRY.url
    assert event.status.value == "CONFIRMED"
    assert event.transp.value == "OPAQUE"
    assert event.categories.value == ["Talk-Runde"]


def test_the_stamp_is_the_last_change_and_never_now():
    lines = unfolded(calendar_file(ENTRY))

    assert "DTSTAMP:20270502T103015Z" in lines
    assert "LAST-MODIFIED:20270502T103015Z" in lines
    assert "CREATED:20270301T090000Z" in lines


def test_the_same_entry_gives_the_same_bytes():
    assert calendar_file(ENTRY) == calendar_file(replace(ENTRY))


def test_times_name_the_zone_whose_block_is_in_the_file():
    lines = unfolded(calendar_file(ENTRY))

    assert "DTSTART;TZID=Europe/Berlin:20270624T165000" in lines
    assert "TZID:Europe/Berlin" in lines
    assert lines.index("END:VTIMEZONE") < lines.index("BEGIN:VEVENT")


def test_a_file_has_no_method_and_no_attendee():
    text = calendar_file(ENTRY).decode()

    assert "METHOD" not in text
    assert "ATTENDEE" not in text
    assert "VALARM" not in text


def test_empty_properties_are_left_out():
    bare = replace(ENTRY, description="", location=" ", url="", geo=None, categories=("",))

    names = {line.split(":")[0].split(";")[0] for line in unfolded(render_entry(bare))}

    assert names & {"DESCRIPTION", "LOCATION", "URL", "GEO", "CATEGORIES"} == set()


def test_lines_end_with_crlf_and_hold_at_most_75_octets_of_whole_characters():
    long = replace(ENTRY, summary=f"Ä{FAMILY}" * 60, description="ß" * 999)

    lines = calendar_file(long).split(b"\r\n")

    assert max(len(line) for line in lines) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert all(line.decode() for line in lines[:-1])
    assert read(calendar_file(long)).vevent.summary.value == f"Ä{FAMILY}" * 60


@settings(max_examples=60)
@given(st.text(max_size=300), st.text(max_size=300))
def test_t29_t59_t93_any_text_gives_a_valid_entry_that_no_line_can_break_out_of(title, text):
    calendar = calendar_file(replace(ENTRY, summary=f"x{title}", description=f"x{text}"))

    assert names_of_lines(calendar) == names_of_lines(calendar_file(ENTRY))
    assert max(len(line) for line in calendar.split(b"\r\n")) <= 75
    assert read(calendar).vevent.uid.value == ENTRY.uid


def names_of_lines(calendar: bytes) -> list[str]:
    return [line.split(":")[0].split(";")[0] for line in unfolded(calendar)]


def test_t29_line_breaks_and_control_characters_do_not_reach_the_calendar():
    evil = replace(
        ENTRY, summary="a\r\nATTENDEE:mailto:x@y\x00\x07\x0b", location="b\nMETHOD:REQUEST"
    )

    lines = unfolded(calendar_file(evil))

    assert "SUMMARY:a ATTENDEE:mailto:x@y" in lines
    assert "LOCATION:b METHOD:REQUEST" in lines
    assert not any(line.startswith(("ATTENDEE", "METHOD")) for line in lines)


def test_t29_a_line_break_in_the_name_of_a_feed_is_a_space():
    lines = unfolded(
        calendar_feed(replace(HEAD, name="a\r\nMETHOD:REQUEST; b", description="c\nd"), [])
    )

    assert "NAME:a METHOD:REQUEST\\; b" in lines
    assert "X-WR-CALNAME:a METHOD:REQUEST\\; b" in lines
    assert "X-WR-CALDESC:c d" in lines


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://a/\r\nMETHOD:X", "https://a/b c",
                                 "//a/b", "http://[", "mailto:x@y", "https://"])  # fmt: skip
def test_an_address_that_is_none_is_left_out_and_harms_nobody(url):
    assert web_address(url) == ""
    assert "URL" not in calendar_file(replace(ENTRY, url=url)).decode()


def test_a_feed_says_what_it_is_and_how_often_to_come():
    lines = unfolded(calendar_feed(HEAD, [render_entry(ENTRY)]))

    head = lines[: lines.index("BEGIN:VTIMEZONE")]
    assert head[:4] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//eventapp//eventapp calendar//EN",
        "CALSCALE:GREGORIAN",
    ]
    assert sorted(head[4:]) == [
        "COLOR:teal",
        "NAME:Fachimpuls\\; Digital\\, nah",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "SOURCE;VALUE=URI:https://events.example/e/x/calendar.ics",
        "URL:https://events.example/e/x/",
        "X-PUBLISHED-TTL:PT1H",
        "X-WR-CALDESC:Programm",
        "X-WR-CALNAME:Fachimpuls\\; Digital\\, nah",
        "X-WR-TIMEZONE:Europe/Berlin",
    ]


def test_an_empty_feed_still_carries_its_zone():
    calendar = read(calendar_feed(HEAD, []))

    assert [part.name for part in calendar.components()] == ["VTIMEZONE"]


def test_a_cancelled_entry_says_so_and_blocks_no_time():
    event = read(calendar_file(replace(ENTRY, status=EntryStatus.CANCELLED))).vevent

    assert event.status.value == "CANCELLED"
    assert event.transp.value == "TRANSPARENT"


def test_a_whole_day_ends_on_the_day_after_and_blocks_no_time():
    day = replace(ENTRY, starts=date(2027, 6, 24), ends=date(2027, 6, 24))

    lines = unfolded(calendar_file(day))

    assert "DTSTART;VALUE=DATE:20270624" in lines
    assert "DTEND;VALUE=DATE:20270625" in lines
    assert "TRANSP:TRANSPARENT" in lines


@pytest.mark.parametrize(("start", "end"), [
    (datetime(2026, 3, 28, 22, tzinfo=BERLIN), datetime(2026, 3, 29, 4, tzinfo=BERLIN)),
    (datetime(2026, 10, 24, 22, tzinfo=BERLIN), datetime(2026, 10, 25, 4, tzinfo=BERLIN)),
    (datetime(2026, 10, 25, 0, 15, tzinfo=UTC), datetime(2026, 10, 25, 0, 45, tzinfo=UTC)),
    (datetime(2026, 10, 25, 0, 45, tzinfo=UTC), datetime(2026, 10, 25, 1, 15, tzinfo=UTC)),
    (datetime(2026, 10, 25, 1, 15, tzinfo=UTC), datetime(2026, 10, 25, 1, 45, tzinfo=UTC)),
])  # fmt: skip
def test_t54_a_night_in_which_the_clocks_change_keeps_its_moments_and_length(start, end):
    calendar = calendar_file(replace(ENTRY, starts=start, ends=end))

    event = read(calendar).vevent
    assert event.dtstart.value.astimezone(UTC) == start.astimezone(UTC)
    assert event.dtend.value.astimezone(UTC) == end.astimezone(UTC)
    [occurrence] = recurring_ical_events.of(icalendar.Calendar.from_ical(calendar)).between(
        start.astimezone(UTC) - timedelta(days=1), end.astimezone(UTC) + timedelta(days=1)
    )
    assert occurrence.start.astimezone(UTC) == start.astimezone(UTC)


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"])
@pytest.mark.parametrize("month", [1, 7])
def test_other_zones_keep_their_moments(zone, month):
    start = datetime(2027, month, 24, 13, 30, tzinfo=UTC)
    far = replace(ENTRY, zone=zone, starts=start, ends=start + timedelta(hours=1))

    event = read(calendar_file(far)).vevent

    assert event.dtstart.value.astimezone(UTC) == start
    assert event.dtstart.params.get("TZID", [zone]) == [zone]
    assert f"DTSTART;TZID={zone}:" in calendar_file(far).decode()


def test_a_moment_in_utc_names_no_zone():
    utc = replace(ENTRY, zone="UTC")

    assert "DTSTART:20270624T145000Z" in unfolded(calendar_file(utc))


def test_two_hundred_sessions_are_all_there_and_under_their_own_uid():
    rendered = [render_entry(replace(ENTRY, uid=f"{number}@eventapp")) for number in range(200)]

    events = read(calendar_feed(HEAD, rendered)).vevent_list

    assert [event.uid.value for event in events] == [f"{number}@eventapp" for number in range(200)]


@pytest.mark.parametrize("times", [
    {"ends": ENTRY.starts},
    {"starts": datetime(2027, 6, 24, 16, 50)},
    {"starts": date(2027, 6, 24)},
    {"starts": date(2027, 6, 24), "ends": date(2027, 6, 23)},
    {"ends": date(2027, 6, 25)},
])  # fmt: skip
def test_times_that_make_no_sense_are_refused(times):
    with pytest.raises(ValueError, match=ENTRY.uid):
        render_entry(replace(ENTRY, **times))


@given(st.text(st.sampled_from("a ä€👩^\\;\t:"), max_size=300))
def test_lines_are_folded_where_icalendar_folds_them(text):
    assert folded(text) == icalendar.parser.Contentline(text).to_ical()
