"""Reading schedule.xml, schedule.json, workbooks and lists kept by hand. Pure."""

import json
from contextlib import suppress
from datetime import date, time
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from programme.foreign_files import (
    FILES,
    TARGET,
    event,
    read,
    read_file,
    refusal,
    schedule,
    times,
    told,
    workbook,
    zip_bomb,
)

from eventapp.programme.exchange import BadProgramme
from eventapp.programme.foreign import read_any
from eventapp.programme.foreign.plain_text import LONGEST, without_markup
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.states import ContributorState


def test_a_schedule_xml_is_read_as_a_whole():
    reading = read_file("fair.schedule.xml")
    first = reading.document.sessions[0]

    assert (reading.format, reading.document.event.title) == (
        "schedule.xml",
        "Messe der Möglichkeiten",
    )
    assert (first.key, first.kind, first.language, first.room) == (
        "101",
        SessionKind.LECTURE,
        "de",
        "Plenum",
    )
    assert first.teaser == "Ein Blick in den Garten\n\nKurz gesagt.\n\nLang gesagt."
    assert [(part.speaker, part.role) for part in first.parts] == [
        ("7", Role.INPUT),
        ("8", Role.INPUT),
    ]
    assert {speaker.state for speaker in reading.document.speakers} == {ContributorState.AGREED}


def test_all_that_is_odd_in_a_schedule_xml_is_told():
    assert told(read_file("fair.schedule.xml")) == [
        ("“Why quinces ripen” (102)", "identity", "kein-guid",
         "No valid guid, but good enough to know the session again."),
        ("“Schlafenszeit” (104)", "identity", "8f1d7c52-0b0e-4a3e-9a51-1f6d5f6b9a03",
         "Stands here more than once; taken as a session of its own."),
        ("“Why quinces ripen” (102)", "start", "2027-06-24T14:30:00+00:00",
         "Another offset than the event's clock; taken as the same moment: 24.06.2027 16:30."),
        ("“Nachtgespräch” (103)", "start", "2027-06-25T00:30:00+02:00",
         "After midnight; it belongs to the programme of 24.06.2027 and stays in the night to"
         " 25.06.2027."),
        ("“Schlafenszeit” (104)", "start", "01:45",
         "No date with a time; taken from the day and the start: 25.06.2027 01:45."),
        ("“Why quinces ripen” (102)", "length", "", "Nobody says how long; 45 minutes are taken."),
        ("The whole file", "room", "Keller",
         "The event's place has no such room; it is added. Seats and access without steps are not"
         " in the file: please enter them."),
        ("“Why quinces ripen” (102)", "person", "Alma Birnbaum",
         "The file's person 7 is also called “Alma Quittenbaum”; taken as one person with that"
         " name."),
        ("“Why quinces ripen” (102)", "person", "Alma quittenbaum",
         "Stands in the file as two persons (7 and 9); taken as one."),
        ("“Why quinces ripen” (102)", "person", "Alma quittenbaum",
         "Spelled “Alma Quittenbaum” elsewhere; taken as one person."),
        ("“Why quinces ripen” (102)", "person", "Alma quittenbaum",
         "Stands here twice; taken once."),
        ("The whole file", "kind", "juggling",
         "A kind of session nobody knows here; taken as a lecture, unless the title tells"
         " otherwise."),
        ("“Nachtgespräch” (103)", "language", "fr",
         "Neither German nor English; the texts are kept as the German ones."),
        ("“Warum Quitten reifen” (101)", "text", "<p>Lang <b>gesagt</b>.</p>",
         "HTML; turned into plain text."),
    ]  # fmt: skip


def test_the_night_belongs_to_the_day_before():
    assert times(read_file("fair.schedule.xml")) == [
        ("Warum Quitten reifen", "24.06. 16:00", "24.06. 16:30"),
        ("Why quinces ripen", "24.06. 16:30", "24.06. 17:15"),
        ("Nachtgespräch", "25.06. 00:30", "25.06. 01:30"),
        ("Schlafenszeit", "25.06. 01:45", "25.06. 02:00"),
    ]


def test_a_night_session_dated_on_its_day_is_put_into_the_night_after_it():
    xml = schedule(event(1, date="2027-06-24T00:30:00+02:00", start="00:30")).replace(
        "<day ", "<day start='2027-06-24T10:00:00+02:00' end='2027-06-25T04:00:00+02:00' "
    )

    assert times(read(xml)) == [("Vortrag 1", "25.06. 00:30", "25.06. 01:00")]


def test_a_schedule_json_says_the_same_as_the_xml():
    xml, found = read_file("fair.schedule.xml").document, read_file("fair.schedule.json").document

    first, night = found.sessions
    assert (first.guid, first.title, first.teaser, first.starts_at, first.ends_at, first.room) == (
        xml.sessions[0].guid,
        xml.sessions[0].title,
        xml.sessions[0].teaser,
        xml.sessions[0].starts_at,
        xml.sessions[0].ends_at,
        xml.sessions[0].room,
    )
    assert (night.key, night.kind, night.guid, night.parts) == (
        "NACHT1",
        SessionKind.LECTURE,
        xml.sessions[2].guid,
        (),
    )
    assert [speaker.name for speaker in found.speakers] == ["Alma Quittenbaum", "Bo Apfelkern"]


def test_two_persons_who_share_a_single_word_stay_two():
    people = "<persons><person id='1'>Mo</person><person id='2'>mo</person></persons>"
    reading = read(schedule(event(1).replace("</event>", f"{people}</event>")))

    assert [speaker.key for speaker in reading.document.speakers] == ["1", "2"]
    assert "kept as two" in told(reading)[-1][3]


def test_a_list_kept_by_hand_is_read_with_all_its_habits():
    reading = read_file("by_hand.csv")

    assert times(reading) == [
        ("Warum Quitten reifen", "24.06. 16:00", "24.06. 16:30"),
        ("Most für alle", "24.06. 18:00", "24.06. 18:45"),
        ("Nachtgespräch", "24.06. 23:30", "25.06. 00:30"),
        ("Mispel am Morgen", "25.06. 00:00", "25.06. 01:00"),
        ("Schlafenszeit", "26.06. 00:00", "26.06. 00:45"),
        ("Ohne Zeit", "", ""),
    ]
    assert [speaker.name for speaker in reading.document.speakers] == [
        "Alma Quittenbaum",
        "Bo Apfelkern",
        "Cleo Mispel",
    ]
    assert [room.name for room in reading.document.rooms] == ["Plenum", "Keller"]


def test_all_that_is_odd_in_a_list_is_told():
    assert {row[2:] for row in told(read_file("by_hand.csv"))} >= {
        ("Bemerkung", "Columns that say nothing here; left out."),
        ("Freitag 24/06/27", "Weekday and date disagree; the date counts."),
        ("Freitag", "A weekday without a date; taken as 25.06.2027."),
        ("0:30 a.m.", "Ends before it begins; taken as the next day."),
        ("irgendwann bald",
         "No time that could be read; the session is taken over without a time."),
        ("25.06.2027 · 12:00 p.m. · 1:00 p.m. · tbd · tbd · tbd · tbd",
         "A row without a title; left out."),
        ("plenum", "Spelled “Plenum” elsewhere; taken as one room."),
        ("Dr. Alma Quittenbaum", "Spelled “Alma Quittenbaum” elsewhere; taken as one person."),
    }  # fmt: skip


def test_a_german_workbook_with_a_column_for_each_person():
    rows = [
        ["<Veranstaltungsname>", None, None, None, None, None, None, None, None, "Vortragende"],
        ["Ort", "Datum", None, "Uhrzeit", "Titel", "Untertitel", "Beschreibung", "ID", None, 1, 2],
        ["Ratssaal", date(2027, 6, 24), "=B3", time(9), "Begrüßung durch die Stadt", None, None,
         1001, None, "Dr. Alma Quittenbaum, Bürgermeisterin", None],
        ["Ratssaal", date(2027, 6, 24), "=B4", time(9, 20), "Keynote: Most", "Süß", "Viel", 1002,
         None, "Bo Apfelkern, Kelterei Nord", "Cleo Mispel"],
    ]  # fmt: skip
    reading = read(workbook(rows))

    assert reading.format == "xlsx"
    assert times(reading) == [
        ("Begrüßung durch die Stadt", "24.06. 09:00", "24.06. 09:10"),
        ("Keynote: Most", "24.06. 09:20", "24.06. 09:40"),
    ]
    assert [(each.kind, each.key) for each in reading.document.sessions] == [
        (SessionKind.OPENING, "1001"),
        (SessionKind.KEYNOTE, "1002"),
    ]
    assert [
        (each.title, each.name, each.position, each.organisation)
        for each in reading.document.speakers
    ] == [
        ("Dr.", "Alma Quittenbaum", "Bürgermeisterin", ""),
        ("", "Bo Apfelkern", "", "Kelterei Nord"),
        ("", "Cleo Mispel", "", ""),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters_are_found_out(encoding, delimiter):
    """T-32."""
    text = "Titel|Datum|Zeit|Wer\nMöglichkeiten|24.06.2027|9–10 Uhr|Bo Äpfel\n".replace(
        "|", delimiter
    )

    assert times(read(text.encode(encoding))) == [("Möglichkeiten", "24.06. 09:00", "24.06. 10:00")]


@pytest.mark.parametrize(
    ("day", "at", "expected"),
    [
        ("24.6.", "9", "24.06. 09:00"),
        ("2027-06-24", "09:05:00", "24.06. 09:05"),
        ("24. Juni 2027", "14.30 Uhr", "24.06. 14:30"),
        ("Do., 24.06.27", "2 pm", "24.06. 14:00"),
        ("June 24, 2027", "12:15 a.m.", "24.06. 00:15"),
        ("Tag 2", "24", "26.06. 00:00"),
        ("Freitag", "12:00 p.m.", "25.06. 12:00"),
        ("6/24/27", "9h30", "24.06. 09:30"),
    ],
)
def test_days_and_times_as_people_type_them(day, at, expected):
    assert times(read(f"Titel;Datum;Zeit\nA;{day};{at}\n"))[0][1] == expected


def test_weekdays_of_another_season_follow_each_other():
    text = "day,start_hour,title\nSamstag,12,A\nSonntag,9,B\nSamstag,14,C\n"

    assert [found[1] for found in times(read(text))] == ["26.06. 12:00", "27.06. 09:00",
                                                         "26.06. 14:00"]  # fmt: skip


def test_a_time_that_the_clock_skips_is_told():
    """T-54."""
    reading = read("Titel;Datum;Zeit\nA;28.03.2027;2:30\n")

    assert times(reading)[0][1] == "28.03. 03:30"
    assert ("Row 2: A", "start", "2:30") in {row[:3] for row in told(reading)}


def test_days_that_are_not_the_events_are_told_once():
    reading = read(schedule(event(1, date="2014-12-27T11:00:00+01:00"), day="2014-12-27"))

    assert [row[1:] for row in told(reading) if row[1] == "days"] == [
        ("days", "27.12.2014 – 27.12.2014",
         "None of these days is one of the event's. The whole programme can be moved."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "The file is empty."),
        ("<html><p>Nichts</p></html>", "The file is XML, but no schedule.xml."),
        ("<schedule><conference>", "The file is no sound XML: fault in line 1."),
        ('{"schedule": []}', "The file is JSON, but no schedule.json."),
        ("<schedule/>", "There is no session in the file."),
        ("Name;Ort\nA;B\nC;D", "No row of headings: a programme needs a column “Title” and others"
                               " beside it."),
        (b" " * 5_000_001, "The file is larger than 5 MB."),
    ],
)  # fmt: skip
def test_what_is_no_programme_is_refused_with_one_reason(content, reason):
    assert refusal(content) == reason


@pytest.mark.parametrize(
    "head",
    [
        "<!DOCTYPE schedule [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
        "<!DOCTYPE schedule [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]>",
        "<!DOCTYPE schedule SYSTEM 'http://127.0.0.1:9/x.dtd'>",
    ],
)
def test_definitions_of_a_file_are_refused(head):
    """T-34: XXE and billion laughs, in a schedule as in a workbook."""
    assert refusal(head + schedule(event(1, title="&b;"))) == (
        "The file holds definitions of its own, which no schedule needs."
    )


def test_t34_what_is_nested_in_a_schedule_is_read_once():
    """T-34, T-62: days in days would each hold all sessions; some kilobytes became millions."""
    inner = b"<room name='A'><event id='7'><title>Rede</title></event></room>"
    days = b"<schedule>" + b"<day>" * 400 + inner * 400 + b"</day>" * 400 + b"</schedule>"

    with pytest.raises(BadProgramme):  # what stands in a day within a day belongs to none
        read_any(days, TARGET)
    once = b"<schedule><day>" + inner * 400 + b"</day></schedule>"
    assert len(read_any(once, TARGET).document.sessions) == 400


def test_a_workbook_that_unpacks_to_more_than_a_list_is_refused():
    """T-34."""
    assert "unpacks to more" in refusal(zip_bomb())


def test_texts_are_cleaned_and_cut():
    """T-59, T-60: control characters go, and a name of 100 KB is cut and told."""
    long = "ö" * 100_000
    reading = read(schedule(event(1, title=f"  A\u202eB \n {long}", abstract=long)))

    session = reading.document.sessions[0]
    assert session.title.startswith("AB öö")
    assert (len(session.title), len(session.teaser)) == (200, 5_000)
    assert [row[1] for row in told(reading)] == ["title", "text"]


FIELDS = ["conference", "days", "rooms", "date", "start", "duration", "persons", "title", "guid"]
FIELDS += ["id", "name", "public_name", "day_start", "language", "type"]
MOMENTS = ["", "24:00", "25:61", "0:00 a.m.", "99.99.9999", "31.02.2027", "Freitag", "Tag 99", "-1"]
MOMENTS += ["2027-06-24T16:00:00+02:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:00-12:00"]
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(FIELDS),
            inner,
            max_size=6,
        )
    ),
    max_leaves=25,
)
moments = st.sampled_from(MOMENTS)


@given(anything)
def test_no_schedule_json_makes_the_reader_stumble(schedule_in_it):
    with suppress(BadProgramme):
        read(json.dumps({"schedule": schedule_in_it}))


@given(st.lists(st.tuples(moments, moments, moments, st.text(max_size=30)), max_size=4))
def test_no_schedule_xml_makes_the_reader_stumble(found):
    events = "".join(
        event(number, date=date, start=start, duration=length, title=escape(title))
        for number, (date, start, length, title) in enumerate(found)
    )
    with suppress(BadProgramme):
        read(schedule(events))


@given(st.lists(st.tuples(moments, moments, moments, st.text(max_size=30)), max_size=4))
def test_no_list_makes_the_reader_stumble(found):
    """T-57: years, hours and days without sense."""
    rows = [";".join((*cells[:3], json.dumps(cells[3]))) for cells in found]
    with suppress(BadProgramme):
        read("\n".join(["Datum;Zeit;Ende;Titel", *rows]))


@settings(max_examples=60)
@given(st.data())
def test_no_broken_file_makes_the_reader_stumble(data):
    name = data.draw(st.sampled_from(["fair.schedule.xml", "fair.schedule.json", "by_hand.csv"]))
    content = bytearray((FILES / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=6))
    with suppress(BadProgramme):
        read_any(bytes(content), TARGET)


@pytest.mark.parametrize("opened", ["<!--", "<div>", "<a href='", "<![CDATA[", "&"])
def test_t32_what_never_closes_is_cut_and_read(opened):
    """T-32: before, two megabytes of this took minutes."""
    assert len(without_markup("Vorweg " + opened * 400_000)) <= LONGEST
