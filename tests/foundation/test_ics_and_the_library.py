"""What we write of a calendar is what the icalendar library would write, to the letter."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventapp.foundation.ics import (
    CalendarEvent,
    EntryStatus,
    FeedHead,
    calendar_feed,
    escaped,
    render_entry,
    web_address,
)
from eventapp.foundation.text import clean
from eventapp.foundation.zones import is_utc, vtimezone

MOMENT = datetime(2027, 6, 24, 14, 50, 15, 999_000, tzinfo=UTC)
PLAIN = CalendarEvent(
    uid="0d4e8a52@eventapp",
    sequence=0,
    created_at=MOMENT,
    last_modified_at=MOMENT,
    starts=MOMENT,
    ends=MOMENT + timedelta(hours=1),
    zone="Europe/Berlin",
    summary="Größe",
)
# the library takes "\N" for a line break wherever somebody has written it, as in "C:\Neu"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=120).filter(
    lambda text: "\\N" not in text
)
URLS = st.sampled_from(["", "https://events.example/e/ä/?a=1,2;b#t1", "no address", "http://x/a b"])


def by_the_library(entry: CalendarEvent) -> bytes:
    event, zone = icalendar.Event(), ZoneInfo(entry.zone)
    start, end = entry.starts, entry.ends
    if entry.all_day:
        end += timedelta(days=1)
    else:
        start, end = start.astimezone(zone), end.astimezone(zone)
        if start.fold or end.fold:
            start, end = start.astimezone(UTC), end.astimezone(UTC)
    for name, value in {
        "uid": entry.uid,
        "dtstamp": entry.last_modified_at.astimezone(UTC).replace(microsecond=0),
        "created": entry.created_at.astimezone(UTC).replace(microsecond=0),
        "last-modified": entry.last_modified_at.astimezone(UTC).replace(microsecond=0),
        "sequence": entry.sequence,
        "dtstart": start,
        "dtend": end,
        "summary": clean(entry.summary),
        "status": entry.status.value,
        "transp": "OPAQUE" if entry.blocks_time else "TRANSPARENT",
    }.items():
        event.add(name, value)
    for name, value in {
        "description": clean(entry.description, multiline=True),
        "location": clean(entry.location),
        "url": web_address(entry.url),
        "categories": [word for word in map(clean, entry.categories) if word],
        "geo": entry.geo,
    }.items():
        if value:
            event.add(name, value)
    return event.to_ical()


def head_by_the_library(head: FeedHead) -> bytes:
    calendar = icalendar.Calendar()
    for name, text in {
        "name": clean(head.name),
        "x-wr-calname": clean(head.name),
        "x-wr-caldesc": clean(head.description),
        "x-wr-timezone": head.zone,
        "color": clean(head.colour),
    }.items():
        if text:
            calendar.add(name, icalendar.vText(text))
    if url := web_address(head.url):
        calendar.add("url", url)
    if source := web_address(head.source):
        calendar.add("source", icalendar.vUri(source, params={"VALUE": "URI"}))
    hour = timedelta(hours=1)
    calendar.add("refresh-interval", icalendar.vDuration(hour, params={"VALUE": "DURATION"}))
    calendar.add("x-published-ttl", icalendar.vDuration(hour))
    return calendar.to_ical().removeprefix(b"BEGIN:VCALENDAR\r\n")


@settings(max_examples=150)
@given(
    texts=st.tuples(TEXTS, TEXTS, TEXTS),
    uid=TEXTS.filter(len),
    categories=st.lists(TEXTS, max_size=3).map(tuple),
    geo=st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
    url=URLS,
    status=st.sampled_from(EntryStatus),
    sequence=st.integers(0, 999),
)
def test_any_entry(texts, uid, categories, geo, url, status, sequence):
    summary, description, location = texts
    entry = replace(
        PLAIN, uid=uid, sequence=sequence, summary=summary, description=description,
        location=location, categories=categories, geo=geo, url=url, status=status,
    )  # fmt: skip

    assert render_entry(entry) == by_the_library(entry)


@given(
    moment=st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),
    minutes=st.integers(1, 5000),
    zone=st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC", "Iceland"]),
)
def test_any_time(moment, minutes, zone):
    entry = replace(PLAIN, starts=moment, ends=moment + timedelta(minutes=minutes), zone=zone)

    assert render_entry(entry) == by_the_library(entry)


@given(first=st.dates(date(2020, 1, 1), date(2040, 1, 1)), more=st.integers(0, 20))
def test_any_days(first, more):
    entry = replace(PLAIN, starts=first, ends=first + timedelta(days=more))

    assert render_entry(entry) == by_the_library(entry)


@settings(max_examples=60)
@given(name=TEXTS, description=TEXTS, url=URLS, source=URLS, colour=st.sampled_from(["", "navy"]))
def test_any_head_of_a_feed(name, description, url, source, colour):
    head = FeedHead(name, "Europe/Berlin", description, url, source, colour)
    ours = calendar_feed(head, []).replace(vtimezone("Europe/Berlin"), b"")

    assert ours.partition(b"CALSCALE:GREGORIAN\r\n")[2] == head_by_the_library(head)


@pytest.mark.parametrize("zone", sorted(one for one in available_timezones() if "/" in one))
def test_the_same_zones_are_taken_for_utc(zone):
    assert is_utc(zone) == (b"DTSTART:" in by_the_library(replace(PLAIN, zone=zone)))


def test_a_path_with_a_capital_n_stays_what_it_is():
    assert escaped("C:\\Neu") == "C:\\\\Neu"
