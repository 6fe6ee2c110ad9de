"""Lists of plans as crews keep them, read row by row."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from eventapp.contacts.errors import FileRefused
from eventapp.programme.run_of_show.headings import Heading, headings_of
from eventapp.programme.run_of_show.lengths import read_length
from eventapp.programme.run_of_show.reading import (
    Around,
    KnownSession,
    Verdict,
    as_text,
    read_plan,
)

DEMO = Path(__file__).parents[3] / "demo" / "regieplan.csv"
DAY = date(2027, 6, 24)
HEAD = "Zeit;Dauer;Was;Wo;Wer\n"


def at(hour, minute=0, day=24):
    """A moment of the wall clock in summer, in UTC."""
    return datetime(2027, 6, day, hour - 2, minute, tzinfo=UTC)


def read(rows, **more):
    return read_plan(HEAD + rows, Around("Europe/Berlin", DAY, **more))


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("30'", 30),
        ("30’", 30),
        ("5 min", 5),
        ("5 Min.", 5),
        ("ca. 20 min", 20),
        ("1:30", 90),
        ("1 h", 60),
        ("1,5 Std.", 90),
        ("1h15", 75),
        ("2 Stunden", 120),
        ("90", 90),
        ("lang", None),
        ("9999", None),
    ],
)
def test_lengths_are_read_as_people_write_them(text, minutes):
    assert read_length(text) == minutes


def test_columns_are_known_by_the_first_word_that_means_something():
    header = ["Uhrzeit", "Ton/Mikrofon", "Wer macht was", "Farbe", "Room", "Zeit (neu)"]

    assert headings_of(header) == [
        Heading.TIME,
        Heading.SOUND,
        Heading.WHO,
        None,
        Heading.WHERE,
        None,
    ]


def test_every_row_of_the_demo_list_comes_in_without_a_hint():
    rows = read_plan(as_text(DEMO.read_bytes()), Around("Europe/Berlin", DAY))

    assert {row.verdict for row in rows} == {Verdict.TAKEN}
    assert (len(rows), rows[0].starts_at, rows[-1].starts_at) == (20, at(12), at(21))
    sound = rows[1]
    assert (sound.minutes, sound.texts["sound"]) == (30, "2× Headset, 1× Hand")
    assert (rows[0].minutes, rows[0].texts["sound"]) == (0, "")
    assert sum(row.minutes for row in rows) == 407


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_encodings_and_delimiters_make_no_difference(encoding, delimiter):
    lines = [["Zeit", "Was", "Bühne"], ["15:30", "Begrüßung", "Pult"], ["15:40", "Gruß", "–"]]
    text = "\r\n".join(delimiter.join(cells) for cells in lines)

    rows = read_plan(as_text(text.encode(encoding)), Around("Europe/Berlin", DAY))

    assert [(row.what, row.texts["stage"]) for row in rows] == [("Begrüßung", "Pult"), ("Gruß", "")]


def test_what_cannot_be_read_is_left_out_or_hinted_at_and_the_rest_comes_in():
    rows = read("15:30;5 min;Gong;;\nbald;;Rede;;\n16:00;lang;Musik;;\n;;;;\n17:00;;;;\n")

    assert [(row.number, row.verdict) for row in rows] == [
        (2, Verdict.TAKEN),
        (3, Verdict.REFUSED),
        (4, Verdict.HINT),
        (6, Verdict.REFUSED),
    ]


def test_times_past_midnight_belong_to_the_next_day():
    rows = read("23:30;;Abbau;;\n00:15;;Licht aus;;\n25:30;;Tor zu;;\n")

    assert [row.starts_at for row in rows] == [
        datetime(2027, 6, 24, 21, 30, tzinfo=UTC),
        datetime(2027, 6, 24, 22, 15, tzinfo=UTC),
        datetime(2027, 6, 25, 23, 30, tzinfo=UTC),
    ]
    assert [row.verdict for row in rows] == [Verdict.TAKEN, Verdict.HINT, Verdict.TAKEN]


def test_days_are_read_from_a_column_or_from_the_time_itself():
    text = "Tag;Zeit;Was\n25.06.2027;09:00;Aufbau\n;10:00;Probe\n26.06.;08:00;Abbau\n"
    rows = read_plan(text, Around("Europe/Berlin", DAY))
    exported = read("25.06.2027 09:00;;Aufbau;;\n")

    assert [row.starts_at for row in rows] == [at(9, day=25), at(10, day=25), at(8, day=26)]
    assert exported[0].starts_at == at(9, day=25)


def test_a_little_earlier_than_the_row_above_stays_on_the_same_day():
    rows = read("18:30;;Pause;;\n18:15;;Ankunft;;\n")

    assert (rows[1].starts_at, rows[1].verdict) == (at(18, 15), Verdict.HINT)


def test_the_end_gives_the_length_where_none_is_said():
    rows = read("15:30–15:45;;Gruß;;\n")
    by_column = read_plan("Von;Bis;Was\n23:50;00:20;Abbau\n", Around("Europe/Berlin", DAY))

    assert (rows[0].minutes, by_column[0].minutes) == (15, 30)


def test_what_stands_in_the_plan_or_above_already_is_left_out():
    there = frozenset({(at(15, 30), "gong")})

    rows = read("15:30;;Gong;;\n15:40;;Gruß;;\n15:40;;Gruß;;\n", there=there)

    assert [row.verdict for row in rows] == [Verdict.KNOWN, Verdict.TAKEN, Verdict.KNOWN]


SESSION = KnownSession(7, at(15, 30), 10, "Begrüßung", "Saal", "Ada Ohm")
NAMES = {"rooms": {"R1": "Saal", "R2": "Hof", "R3": "Turm"}, "people": {"S1": "Ada Ohm"}}


def test_a_row_follows_the_session_with_which_it_begins_in_its_room():
    [row] = read("15:30;10';Begrüßung;R1;S1\n", sessions=[SESSION], **NAMES)

    assert row.session == SESSION
    assert (row.minutes, row.texts["what"], row.texts["where"], row.texts["who"]) == (
        None,
        "",
        "",
        "",
    )


def test_what_a_row_says_otherwise_than_its_session_stays():
    [row] = read("15:30;5';Auftritt;R1/R2;Band\n", sessions=[SESSION], **NAMES)

    assert row.session == SESSION
    assert (row.minutes, row.texts["what"], row.texts["where"], row.texts["who"]) == (
        5,
        "Auftritt",
        "Saal/Hof",
        "Band",
    )


def test_a_row_elsewhere_or_beside_two_sessions_follows_none():
    other = KnownSession(8, at(15, 30), 10, "Rede", "Hof", "")

    elsewhere = read("15:30;;Aufbau;Turm;\n", sessions=[SESSION])
    beside_two = read("15:30;;Talk-Runden;R1–R3;\n", sessions=[SESSION, other], **NAMES)

    assert (elsewhere[0].session, beside_two[0].session) == (None, None)
    assert beside_two[0].texts["where"] == "Saal, Hof, Turm"


def test_a_list_without_time_or_contents_is_refused_with_the_reason():
    with pytest.raises(FileRefused, match="Time"):
        read_plan("Name;Farbe\nA;rot\n", Around("Europe/Berlin", DAY))


def test_a_formula_guard_of_our_own_export_is_taken_off():
    [row] = read("15:30;;'+1 Stuhl auf die Bühne;;\n")

    assert row.what == "+1 Stuhl auf die Bühne"
