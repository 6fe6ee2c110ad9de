"""Taking over programmes of other programs: into drafts, again, and after changes on both sides."""

from datetime import UTC, datetime, timedelta

import pytest
from factories import make_event, make_venue
from programme.foreign_files import FILES, schedule
from programme.foreign_files import event as event_xml
from statements import statement_count

from eventapp.accounts.audit import SYSTEM
from eventapp.events.models import Event
from eventapp.events.queries import rooms_of
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.errors import Overtaken
from eventapp.programme.actions import (
    ImportReport,
    cancel_session,
    discard_file,
    forget_old_files,
    import_programme,
    move_file,
    publish_programme,
    stage_file,
    take_file,
)
from eventapp.programme.exchange import BadProgramme
from eventapp.programme.import_paper import read_paper
from eventapp.programme.kinds import Role
from eventapp.programme.models import ProgrammeFile
from eventapp.programme.queries import contributors_of, programme_of, sessions_of
from eventapp.programme.receiving import read_for
from eventapp.programme.states import ContributorState, SessionState

FAIR = (FILES / "fair.schedule.xml").read_bytes()


@pytest.fixture
def event(app) -> Event:
    starts_at = datetime(2027, 6, 24, 8, tzinfo=UTC)
    return make_event(starts_at=starts_at, ends_at=starts_at + timedelta(days=1, hours=8))


def take_over(event: Event, content: bytes | str) -> ImportReport:
    content = content.encode() if isinstance(content, str) else content
    return import_programme(event, read_for(event, content).document, by=SYSTEM)


def session(event: Event, title: str):
    return next(each for each in sessions_of(event) if title in (each.title_de, each.title_en))


def everything(event: Event):
    programme = programme_of(event)
    return (
        [(each.uid, each.key, each.version, each.sequence) for each in programme.sessions],
        [(each.key, each.name, each.version) for each in programme.contributors],
        [(each.name, each.version) for each in programme.rooms],
        event.revision,
    )


def test_sessions_come_in_as_drafts_and_people_have_agreed(event):
    report = take_over(event, FAIR)

    programme = programme_of(event)
    assert report.counts == {"added": 4 + 1 + 2, "changed": 0, "unchanged": 1}
    assert {each.state for each in programme.sessions} == {SessionState.DRAFT}
    parts = session(event, "Warum Quitten reifen").contributions
    assert [(part.contributor.name, part.role, part.state) for part in parts] == [
        ("Alma Quittenbaum", Role.INPUT, ContributorState.AGREED),
        ("Bo Apfelkern", Role.INPUT, ContributorState.AGREED),
    ]


def test_who_comes_with_a_file_reads_german_until_somebody_says_otherwise(event):
    take_over(event, FAIR)

    parts = session(event, "Warum Quitten reifen").contributions
    assert {part.contributor.locale for part in parts} == {"de"}


def test_the_language_of_a_session_decides_where_its_title_stands(event):
    take_over(event, FAIR)

    english = session(event, "Why quinces ripen")
    assert (english.title_de, english.title_en) == ("", "Why quinces ripen")


def test_an_unknown_room_is_added_and_promises_nothing(event):
    take_over(event, FAIR)

    cellar = rooms_of(event)[-1]
    assert (cellar.name, cellar.step_free, cellar.hearing_loop) == ("Keller", False, False)


@pytest.mark.parametrize("name", ["fair.schedule.xml", "fair.schedule.json", "by_hand.csv"])
def test_the_same_file_again_changes_nothing(event, name):
    content = (FILES / name).read_bytes()
    take_over(event, content)
    before = everything(event)

    report = take_over(event, content)

    assert (report.counts["added"], report.counts["changed"]) == (0, 0)
    assert everything(event) == before


def test_the_same_programme_in_another_format_changes_nothing(event):
    take_over(event, FAIR)
    before = everything(event)

    report = take_over(event, (FILES / "fair.schedule.json").read_bytes())

    assert everything(event) == before
    assert report.missing == ("Why quinces ripen", "Schlafenszeit")


def test_a_newer_file_changes_what_it_names_and_deletes_nothing(event):
    take_over(event, schedule(event_xml(1) + event_xml(2)))

    report = take_over(event, schedule(event_xml(1, title="Neu", duration="01:00")))

    changed = session(event, "Neu")
    assert changed.ends_at - changed.starts_at == timedelta(hours=1)
    assert report.counts["changed"] == 1
    assert report.missing == ("Vortrag 2",)
    assert len(sessions_of(event)) == 2


def test_what_colleagues_refined_stays(event):
    """Kind, short name, roles and promises are theirs; the file knows nothing of them."""
    content = schedule(event_xml(1, persons="<person id='7'>Alma Quittenbaum</person>"))
    take_over(event, content)
    row = session(event, "Vortrag 1")
    with transaction():
        row.key, row.capacity = "V1", 20
        row.contributions[0].role = Role.MODERATION
        row.contributions[0].state = ContributorState.CONFIRMED
        row.contributions[0].contributor.organisation_name = "Kelterei"

    report = take_over(event, content)

    row = session(event, "Vortrag 1")
    part = row.contributions[0]
    assert report.counts["changed"] == 0
    assert (row.key, row.capacity, part.role, part.state, part.contributor.organisation_name) == (
        "V1", 20, Role.MODERATION, ContributorState.CONFIRMED, "Kelterei",
    )  # fmt: skip


def test_who_is_no_longer_named_stays_and_is_told(event):
    with_her = "<person id='7'>Alma Quittenbaum</person>"
    take_over(event, schedule(event_xml(1, persons=with_her)))

    report = take_over(event, schedule(event_xml(1, persons="<person id='8'>Bo Kern</person>")))

    named = [part.contributor.name for part in session(event, "Vortrag 1").contributions]
    assert named == ["Alma Quittenbaum", "Bo Kern"]
    assert [each.made.in_english() for each in report.remarks] == [
        "Alma Quittenbaum is not in the file and stays."
    ]


def test_a_number_that_means_somebody_else_in_another_file_renames_nobody(event):
    take_over(event, schedule(event_xml(1, persons="<person id='7'>Alma Quittenbaum</person>")))

    take_over(event, schedule(event_xml(2, persons="<person id='7'>Bo Kern</person>")))

    assert [each.name for each in contributors_of(event)] == ["Alma Quittenbaum", "Bo Kern"]


def test_a_cancelled_session_stays_cancelled(event):
    content = schedule(event_xml(1))
    take_over(event, content)
    publish_programme(event, by=SYSTEM)
    cancel_session(session(event, "Vortrag 1"), by=SYSTEM)

    report = take_over(event, schedule(event_xml(1, title="Doch")))

    assert [each.title_de for each in sessions_of(event)] == ["Vortrag 1"]
    assert [each.made.in_english() for each in report.remarks] == ["Cancelled here; stays so."]


def test_a_published_session_keeps_its_time_where_the_file_has_none(event):
    take_over(event, schedule(event_xml(1)))
    publish_programme(event, by=SYSTEM)
    before = session(event, "Vortrag 1").starts_at

    take_over(event, schedule(event_xml(1, date="irgendwann", duration="")))

    assert session(event, "Vortrag 1").starts_at == before


def test_the_same_guid_in_two_events_is_two_sessions(event):
    other = make_event(event.host, venue=make_venue(event.host))

    take_over(event, FAIR)
    take_over(other, FAIR)

    uids = {each.uid for each in (*sessions_of(event), *sessions_of(other))}
    assert len(uids) == 8


def test_double_bookings_are_in_the_report(event):
    first, second = event_xml(1), event_xml(2, date="2027-06-24T16:15:00+02:00")

    report = take_over(event, schedule(first + second))

    assert [each.rule.value for each in report.conflicts] == ["room_overlap"]


def test_a_file_is_looked_at_then_taken_then_empty(event):
    staged = stage_file(event, filename="f.xml", content=FAIR, by=SYSTEM)
    foreseen = read_paper(staged.report)
    assert sessions_of(event) == []

    take_file(staged, by=SYSTEM)
    take_file(staged, by=SYSTEM)  # a second click

    assert len(sessions_of(event)) == 4
    assert staged.content == b""
    assert read_paper(staged.report) == foreseen


def test_a_whole_programme_moves_and_keeps_its_times_across_the_clock_change(event):
    """T-54: from June to November, 16:00 stays 16:00."""
    staged = stage_file(event, filename="f.xml", content=FAIR, by=SYSTEM)

    move_file(staged, datetime(2027, 11, 11, tzinfo=UTC).date(), by=SYSTEM)
    take_file(staged, by=SYSTEM)

    moved = session(event, "Warum Quitten reifen")
    assert moved.starts_at == datetime(2027, 11, 11, 15, tzinfo=UTC)
    with pytest.raises(Overtaken):
        move_file(staged, None, by=SYSTEM)


def test_a_file_that_cannot_be_read_leaves_nothing(event):
    with pytest.raises(BadProgramme):
        stage_file(event, filename="f.xml", content=b"<schedule/>", by=SYSTEM)

    assert db.session.query(ProgrammeFile).count() == 0


def test_files_are_forgotten_after_two_weeks_or_at_once(event):
    first = stage_file(event, filename="f.xml", content=FAIR, by=SYSTEM)
    stage_file(event, filename="g.xml", content=FAIR, by=SYSTEM)

    discard_file(first)
    forget_old_files()
    assert db.session.query(ProgrammeFile).count() == 1

    with clock.held(clock.now() + timedelta(days=15)):
        forget_old_files()
    assert db.session.query(ProgrammeFile).count() == 0


def test_a_long_file_needs_as_many_reads_as_a_short_one(event):
    def reads(count: int) -> int:
        content = schedule("".join(event_xml(number) for number in range(count)))
        empty = make_event(event.host)
        with statement_count() as sent:
            take_over(empty, content)
        return len([each for each in sent if each.startswith("SELECT")])

    assert reads(3) == reads(60)
