"""The zone blocks are read back by dateutil, which shares no code with us, and held against
zoneinfo around every change of the clocks."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import pytest
from dateutil.tz import tzical

from eventapp.foundation.zones import vtimezone

BERLIN = """\
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE
"""


def moments_around_changes(zone: str) -> list[datetime]:
    """Both sides of every change of the clocks from 2021 to 2036, and the middle of each month."""
    info = ZoneInfo(zone)
    moments, at = [], datetime(2021, 1, 15, tzinfo=UTC)
    while at.year < 2037:
        later = at + timedelta(hours=6)
        if at.astimezone(info).utcoffset() != later.astimezone(info).utcoffset():
            moments += [at - timedelta(hours=12), later + timedelta(hours=12)]
        if at.day == 15:
            moments.append(at)
        at = later
    return moments


def reread(zone: str) -> object:
    """The block as an independent reader understands it."""
    return tzical(StringIO(vtimezone(zone).decode())).get(zone)


def test_berlin_has_the_two_rules_that_every_program_knows():
    assert vtimezone("Europe/Berlin").decode() == BERLIN.replace("\n", "\r\n")


@pytest.mark.parametrize("zone", [
    "Europe/Berlin", "Europe/London", "Europe/Dublin", "America/New_York", "Asia/Kolkata",
    "Australia/Lord_Howe", "America/Santiago", "Asia/Jerusalem", "America/Mexico_City",
    "America/Nuuk", "Africa/Cairo", "Africa/Casablanca", "Africa/Juba", "America/Whitehorse",
    "Pacific/Apia", "Asia/Almaty", "Europe/Istanbul", "UTC",
])  # fmt: skip
def test_the_block_agrees_with_the_zone_data_around_every_change(zone):
    read, info = reread(zone), ZoneInfo(zone)

    wrong = [
        moment
        for moment in moments_around_changes(zone)
        if (wall := moment.astimezone(info).replace(tzinfo=None))
        and wall.replace(tzinfo=read).utcoffset() != wall.replace(tzinfo=info).utcoffset()
    ]

    assert wrong == []


def test_the_onset_is_given_in_the_wall_time_before_the_change():
    lord_howe = vtimezone("Australia/Lord_Howe").decode()

    assert "DTSTART:20081005T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=1SU" in lord_howe
    assert "TZOFFSETFROM:+1030\r\nTZOFFSETTO:+1100" in lord_howe


def test_a_zone_without_summer_time_has_one_observance_and_no_rule():
    kolkata = vtimezone("Asia/Kolkata").decode()

    assert kolkata.count("BEGIN:STANDARD") == 1
    assert "RRULE" not in kolkata
    assert "DAYLIGHT" not in kolkata


def test_a_rule_that_was_given_up_ends_a_day_after_its_last_change_in_utc():
    assert "UNTIL=20221031T070000Z" in vtimezone("America/Mexico_City").decode()


@pytest.mark.parametrize("zone", sorted(available_timezones())[::25])
def test_no_block_uses_lists_of_dates_or_a_comment(zone):
    block = vtimezone(zone).decode()

    assert "RDATE" not in block
    assert "COMMENT" not in block
    assert block.startswith(f"BEGIN:VTIMEZONE\r\nTZID:{zone}\r\nBEGIN:")


def test_the_block_is_made_once_per_process():
    assert vtimezone("Europe/Berlin") is vtimezone("Europe/Berlin")


def test_an_unknown_zone_is_refused():
    with pytest.raises(ZoneInfoNotFoundError):
        vtimezone("Mars/Olympus_Mons")
