"""Reading programme files. Pure: no application, no database."""

import json
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from programme.programmes import DEMO, as_bytes, demo_file

from eventapp.contacts.states import FormOfAddress
from eventapp.programme.exchange import BadProgramme, read_programme
from eventapp.programme.exchange_entries import PartEntry, SlotEntry, SpeakerEntry
from eventapp.programme.kinds import Role
from eventapp.programme.states import ContributorState


def faults(content: bytes) -> list[tuple[str, str, str]]:
    with pytest.raises(BadProgramme) as caught:
        read_programme(content)
    return [(fault.entry, fault.field, str(fault.reason)) for fault in caught.value.faults]


def test_the_demo_is_read_as_a_whole():
    document = read_programme(DEMO.read_bytes())

    assert document.event.title == "Fachimpuls „Digitale Kompetenzlandschaft Südwestfalen“"
    assert document.event.doors_at == datetime(2027, 6, 24, 13, 0, tzinfo=UTC)
    assert [
        len(each) for each in (document.rooms, document.speakers, document.slots, document.sessions)
    ] == [5, 21, 2, 18]
    assert document.slots[0] == SlotEntry(
        "A",
        "Talk-Runden I",
        datetime(2027, 6, 24, 14, 50, tzinfo=UTC),
        datetime(2027, 6, 24, 15, 35, tzinfo=UTC),
    )
    assert document.speakers[2] == SpeakerEntry(
        key="S03",
        form_of_address=FormOfAddress.MS,
        title="Prof. Dr.-Ing.",
        first_name="Mechthild",
        last_name="Überwasser-Kröger",
        position="Lehrstuhl Vernetzte Produktion",
        organisation="Technische Akademie Märkischer Kreis (Demo)",
        email="mechthild.ueberwasser-kroeger@mitwirkende-demo.example",
        available_from=datetime(2027, 6, 24, 13, 0, tzinfo=UTC),
        available_until=datetime(2027, 6, 24, 16, 0, tzinfo=UTC),
        availability_fixed=False,
        state=ContributorState.AGREED,
    )


def test_who_takes_the_minutes_is_the_last_of_the_people():
    round_one = read_programme(DEMO.read_bytes()).sessions[6]

    assert round_one.parts == (
        PartEntry("S12", Role.MODERATION),
        PartEntry("S15", Role.INPUT),
        PartEntry("S19", Role.PROTOCOL),
    )


def test_moving_by_weeks_keeps_the_time_on_the_wall_across_the_clock_change():
    document = read_programme(DEMO.read_bytes())

    moved = document.moved(7 * 20)  # from June to November

    assert moved.event.starts_at == datetime(2027, 11, 11, 14, 30, tzinfo=UTC)  # 15:30, winter
    assert moved.speakers[2].available_until == datetime(2027, 11, 11, 17, 0, tzinfo=UTC)
    assert str(moved.event.reply_by_on) == "2027-10-28"
    assert moved.moved(-7 * 20) == document


def test_all_faults_are_named_at_once_with_their_entry_and_field():
    programme = demo_file()
    programme["rooms"][0]["capacity"] = "viele"
    programme["speakers"][0]["status"] = "vielleicht"
    programme["sessions"][1]["people"][0] = {"speaker": "S99", "role": "Impuls"}
    programme["sessions"][2].pop("title")
    programme["sessions"][3]["end"] = "2027-06-24T15:00:00+02:00"
    programme["sessions"][4]["start"] = "24.06.2027 16:10"
    programme["sessions"][5]["room"] = "R9"
    programme["sessions"][6]["people"].append({"speaker": "S12", "role": "Moderation"})

    assert faults(as_bytes(programme)) == [
        ("rooms R1", "capacity", "A whole number from 0 to 100000 is expected here."),
        (
            "speakers S01",
            "status",
            "“vielleicht” is unknown; possible are: pencilled, asked, agreed, confirmed, declined, "
            "dropped_out, vorgemerkt, angefragt, zugesagt, bestätigt, abgesagt, ausgefallen.",
        ),
        ("sessions P02, people 1", "speaker", "“S99” is not in this file."),
        ("sessions P03", "title", "This is missing."),
        ("sessions P04", "end", "The end must come after the start."),
        ("sessions P05", "start", "A time such as 2027-06-24T15:30:00+02:00 is expected here."),
        ("sessions P06", "room", "“R9” is not in this file."),
        ("sessions T1", "people", "“S12” stands here twice with the same role."),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The file is not JSON: fault in line 1."),
        (b'{\n"event": {}, \n', "The file is not JSON: fault in line 3."),
        ('{"event": "Müller"}'.encode("cp1252"), "The file is not UTF-8 text."),
        (b"[" * 100_000, "The file is nested too deeply."),
        (b'{"a": ' + b"9" * 10_000 + b"}", "The file is not JSON."),
        (b" " * 5_000_001, "The file is larger than 5 MB."),
    ],
)
def test_what_is_no_programme_at_all_is_refused_with_one_reason(content, reason):
    assert faults(content) == [("programme", "", reason)]


def test_two_sessions_with_one_key_are_refused():
    programme = demo_file()
    programme["sessions"][1]["id"] = "P01"

    assert faults(as_bytes(programme)) == [("programme", "sessions", "“P01” stands here 2 times.")]


@pytest.mark.parametrize(
    "moment",
    [
        "9999-12-31T23:59:00+02:00",
        "0001-01-01T00:00:00+14:00",
        "2027-06-24T15:30:00",
        "2027-02-30T15:30:00+01:00",
        "\u0000",
        "morgen",
    ],
)
def test_moments_no_calendar_has_are_refused(moment):
    """T-57: years without sense, no zone, days that do not exist."""
    programme = demo_file()
    programme["sessions"][0]["start"] = moment

    assert {fault[:2] for fault in faults(as_bytes(programme))} == {("sessions P01", "start")}


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "CEST", "Europe/berlin"])
def test_zones_that_do_not_exist_are_refused(zone):
    """T-57."""
    programme = demo_file()
    programme["event"]["tz"] = zone

    assert faults(as_bytes(programme)) == [("programme.event", "tz", f"“{zone}” is no time zone.")]


def test_texts_are_cleaned_on_the_way_in():
    """T-59: control characters and direction overrides go, letters are composed."""
    programme = demo_file()
    programme["sessions"][0]["title"] = "  Ein\u0000la\u202e\u0308ss \n heute  "

    document = read_programme(as_bytes(programme))

    assert document.sessions[0].title == "Einläss heute"


def test_a_name_of_100_kilobytes_is_refused():
    """T-60."""
    programme = demo_file()
    programme["speakers"][0]["nachname"] = "ö" * 100_000

    assert faults(as_bytes(programme)) == [
        ("speakers S01", "nachname", "At most 200 characters, please.")
    ]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "title", "start", "end", "people", "speaker", "capacity", "room"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(
    st.dictionaries(
        st.sampled_from(["series", "event", "rooms", "speakers", "slots", "sessions", "rules"]),
        anything,
    )
)
def test_no_json_makes_the_reader_stumble(programme):
    with suppress(BadProgramme):
        read_programme(json.dumps(programme).encode())
