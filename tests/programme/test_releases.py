"""Guests see the released programme, organisers work on the draft."""

from datetime import timedelta
from typing import Any

import pytest
from factories import (
    make_contribution,
    make_contributor,
    make_event,
    make_session,
    make_slot,
    make_venue,
)
from programme.rows import many_sessions
from statements import statement_count

from eventapp.accounts.audit import SYSTEM
from eventapp.events.actions import (
    DatesChange,
    RoomChange,
    change_event,
    change_room,
    choose_venue,
    mark_of,
    postpone_event,
)
from eventapp.events.actions.changes import stored
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.programme.actions import (
    ContributorChange,
    Part,
    SessionChange,
    SlotChange,
    add_session,
    cancel_session,
    change_contributor,
    change_session,
    change_slot,
    forget_contributor,
    parts_of,
    pending_of,
    publish_programme,
    remove_contributor,
    set_contribution_state,
    take_out,
)
from eventapp.programme.errors import DraftMoved, NothingToPublish
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.models import Contributor, Session
from eventapp.programme.queries import contributor_of, session_of
from eventapp.programme.release_models import ReleasedSession
from eventapp.programme.release_queries import (
    kept,
    newest_kept,
    newest_release,
    public_programme,
    release_of,
    releases_of,
)
from eventapp.programme.states import ContributorState, ReleaseReason, SessionState


@pytest.fixture
def event(app) -> Event:
    return make_event()


def of(row: Any, kind: type, **given: Any) -> Any:
    return kind(**{name: getattr(row, name) for name in kind.__dataclass_fields__} | given)


def save(session: Session, **given: Any) -> None:
    session = session_of(session.event, session.id)
    change_session(
        session, of(session, SessionChange, **given), parts_of(session),
        seen=session.version, by=SYSTEM,
    )  # fmt: skip


def later(session: Session, minutes: int = 30) -> dict[str, Any]:
    shift = timedelta(minutes=minutes)
    return {"starts_at": session.starts_at + shift, "ends_at": session.ends_at + shift}


def numbers(event: Event) -> list[int]:
    return [release.number for release in releases_of(event)]


def shown_names(event: Event, number: int | None = None) -> set[str]:
    found = newest_kept(event) if number is None else kept(release_of(event, number))
    return {person.name for one in found.sessions.values() for person in one.people}


PUBLIC = ["/", "/changes", "/changes.atom", "/calendar.ics", "/event.ics", "/sessions/{uid}.ics"]


def public_bytes(client, event: Event, uid: str) -> list[bytes]:
    paths = [f"/e/{event.slug}{path.format(uid=uid)}" for path in PUBLIC]
    return [client.get(path, buffered=True).data for path in paths]


def test_t07_no_step_in_the_draft_changes_a_public_byte(client, event):
    slot = make_slot(event)
    session = make_session(event, slot_id=slot.id, kind=SessionKind.TALK_ROUND,
                           starts_at=slot.starts_at, ends_at=slot.ends_at)  # fmt: skip
    other, hidden = make_session(event), make_session(event)
    person = make_contributor(event)
    part = make_contribution(other, person)
    before = public_bytes(client, event, session.uid)
    mark = event.revision, event.last_modified_at

    save(session, title_de="Entwurf", **later(session, 5))
    save(hidden, public=False)
    change_slot(slot, of(slot, SlotChange, name_de="Entwurf", ends_at=slot.ends_at
                         + timedelta(minutes=5)), seen=slot.version, by=SYSTEM)  # fmt: skip
    set_contribution_state(part, ContributorState.DROPPED_OUT, by=SYSTEM)
    take_out(part, by=SYSTEM)
    cancel_session(other, by=SYSTEM)
    add_session(event, of(session, SessionChange, key="", title_de="Entwurf"), [], by=SYSTEM)

    assert public_bytes(client, event, session.uid) == before
    assert (event.revision, event.last_modified_at) == mark
    assert len(pending_of(event).differences) == 4


def test_a_release_shows_the_draft_and_touches_nothing_else(event):
    moved, same = make_session(event, title_de="Rundgang"), make_session(event)
    before = same.version, same.sequence, same.last_modified_at
    save(moved, title_de="Führung", **later(moved))

    publish_programme(event, by=SYSTEM)

    titles = {one.title for line in public_programme(event).entries for one in line.sessions}
    assert "Führung" in titles
    db.session.refresh(same)
    assert (same.version, same.sequence, same.last_modified_at) == before
    rows = {row.session_id: row.since for row in db.session.query(ReleasedSession)
            if row.release_id == newest_release(event).id}  # fmt: skip
    assert rows == {moved.id: 2, same.id: 1}


def test_every_version_stays_readable(event):
    session = make_session(event, title_de="Erste")
    for title in ("Zweite", "Dritte"):
        save(session, title_de=title)
        publish_programme(event, by=SYSTEM)

    titles = [kept(release_of(event, number)).sessions[session.id].title_de for number in (1, 2, 3)]
    assert titles == ["Erste", "Zweite", "Dritte"]
    assert numbers(event) == [3, 2, 1]


def test_a_draft_that_goes_back_to_what_was_released_has_nothing_to_release(event):
    session = make_session(event, title_de="Alt")
    save(session, title_de="Neu")
    save(session, title_de="Alt")

    assert session.state is SessionState.PUBLISHED
    assert pending_of(event).is_empty
    with pytest.raises(NothingToPublish):
        publish_programme(event, by=SYSTEM)
    assert numbers(event) == [1]


def test_who_decided_on_another_draft_releases_nothing(event):
    session = make_session(event)
    save(session, title_de="Eins")
    seen = pending_of(event).marks
    save(session, title_de="Zwei")

    with pytest.raises(DraftMoved):
        publish_programme(event, seen=seen, by=SYSTEM)

    assert numbers(event) == [1]
    publish_programme(event, seen=pending_of(event).marks, by=SYSTEM)


def test_only_internal_drafts_make_no_release(event):
    make_session(event)
    internal = make_session(event, state=SessionState.DRAFT, kind=SessionKind.INTERNAL)
    revision = event.revision

    publish_programme(event, by=SYSTEM)

    assert (internal.state, numbers(event)) == (SessionState.PUBLISHED, [1])
    assert event.revision == revision


def test_a_session_that_was_moved_and_then_cancelled_is_cancelled_where_people_know_it(event):
    session = make_session(event)
    before = session.starts_at
    save(session, **later(session))
    cancel_session(session_of(event, session.id), by=SYSTEM)

    publish_programme(event, by=SYSTEM)

    assert [one.starts_at for one in public_programme(event).cancelled] == [before]


def test_minute_takers_change_without_anybody_reading_of_it(event):
    session = make_session(event)
    person = make_contributor(event)
    session = session_of(event, session.id)
    part = Part(person.id, Role.PROTOCOL, ContributorState.AGREED)

    change_session(session, of(session, SessionChange), [part], seen=session.version, by=SYSTEM)

    assert pending_of(event).is_empty


def rename_room(room, name: str) -> None:
    change = RoomChange(**stored(room, RoomChange) | {"name": name})
    change_room(room, change, seen=mark_of(room, RoomChange), by=SYSTEM)


def test_a_renamed_room_is_public_at_once_and_the_draft_is_not(event):
    here, elsewhere = (make_session(event, room=room) for room in event.venue.rooms)
    save(here, title_de="Entwurf")

    rename_room(here.room, "Großer Saal")

    shown = newest_kept(event)
    assert shown.release.reason is ReleaseReason.ROOM_RENAMED
    assert shown.sessions[here.id].room_name == "Großer Saal"
    assert shown.sessions[here.id].title_de != "Entwurf"
    db.session.refresh(elsewhere)
    db.session.refresh(here)
    assert (here.sequence, elsewhere.sequence) == (1, 0)
    assert [one.kinds for one in pending_of(event).differences] == [("title",)]


def test_a_room_that_nobody_reads_of_makes_no_release(event):
    make_session(event)

    rename_room(event.venue.rooms[1], "Kammer")

    assert numbers(event) == [1]


def test_another_venue_takes_the_rooms_out_of_what_everybody_reads(event):
    session = make_session(event, room=event.venue.rooms[0])

    choose_venue(event, make_venue(event.host), by=SYSTEM)

    shown = newest_kept(event)
    assert (shown.release.reason, shown.sessions[session.id].room_name) == ("venue_left", "")
    assert pending_of(event).is_empty


def test_another_day_takes_what_was_released_along_and_leaves_the_draft_as_far_from_it(event):
    same, drafted = make_session(event), make_session(event)
    before = same.starts_at
    save(drafted, **later(drafted))
    shift = timedelta(days=7)
    times = {name: getattr(event, name) + shift for name in ("doors_at", "starts_at", "ends_at")}

    change_event(event, DatesChange(**stored(event, DatesChange) | times),
                 seen=mark_of(event, DatesChange), by=SYSTEM)  # fmt: skip

    shown = newest_kept(event)
    assert shown.release.reason is ReleaseReason.DAYS_SHIFTED
    assert {one.starts_at for one in shown.sessions.values()} == {before + shift}
    assert [one.kinds for one in pending_of(event).differences] == [("time",)]


def test_a_postponed_event_makes_no_release_but_newer_entries(event):
    session, draft = make_session(event), make_session(event, state=SessionState.DRAFT)
    before = draft.last_modified_at

    with clock.held(clock.now() + timedelta(hours=1)):
        postpone_event(event, by=SYSTEM)
        db.session.refresh(session)
        db.session.refresh(draft)

        assert session.last_modified_at == clock.now()
    assert (draft.last_modified_at, numbers(event)) == (before, [1])


def named(event: Event, **given: Any) -> Contributor:
    person = make_contributor(event, **{"first_name": "Ute", "last_name": "Möhn"} | given)
    return contributor_of(event, person.id)


def correct(person: Contributor, **given: Any) -> None:
    change = of(person, ContributorChange, **given)
    change_contributor(person, change, seen=person.version, by=SYSTEM)


def test_a_corrected_name_is_public_at_once(event):
    session, person = make_session(event), named(event)
    make_contribution(session, person)

    correct(person, last_name="Mohn")

    assert shown_names(event) == {"Ute Mohn"}
    assert newest_release(event).reason is ReleaseReason.PERSON_CORRECTED
    assert pending_of(event).is_empty


def test_corrections_in_quick_succession_make_one_version(event):
    session = make_session(event)
    people = [named(event, last_name=name) for name in ("Eins", "Zwei")]
    for person in people:
        make_contribution(session, person)

    for person in people:
        correct(contributor_of(event, person.id), first_name="Anna")
    assert numbers(event) == [2, 1]

    with clock.held(clock.now() + timedelta(minutes=16)):
        correct(contributor_of(event, people[0].id), first_name="Ada")
    assert numbers(event) == [3, 2, 1]
    assert shown_names(event, 2) == {"Anna Eins", "Anna Zwei"}


def test_who_is_named_only_in_the_draft_is_corrected_there(event):
    session, person = make_session(event), named(event)
    session = session_of(event, session.id)
    part = Part(person.id, Role.INPUT, ContributorState.AGREED)
    change_session(session, of(session, SessionChange), [part], seen=session.version, by=SYSTEM)

    correct(person, last_name="Mohn")

    assert (numbers(event), shown_names(event)) == ([1], set())


def test_the_name_of_a_deleted_person_leaves_every_release(event):
    session, person = make_session(event), named(event)
    part = make_contribution(session, person)
    save(session, title_de="Zweite")
    publish_programme(event, by=SYSTEM)
    take_out(part, by=SYSTEM)

    remove_contributor(contributor_of(event, person.id), by=SYSTEM)

    assert newest_release(event).reason is ReleaseReason.PERSON_DELETED
    assert [shown_names(event, number) for number in numbers(event)] == [set()] * 3
    assert "Möhn" not in str([row.people for row in db.session.query(ReleasedSession)])


def test_from_a_programme_that_is_over_the_name_that_everybody_reads_stays(event):
    session = make_session(event)
    stays, goes = named(event), named(event, last_name="Ohm")
    make_contribution(session, stays)
    part = make_contribution(session, goes)
    set_contribution_state(part, ContributorState.DROPPED_OUT, by=SYSTEM)
    publish_programme(event, by=SYSTEM)

    for person in (stays, goes):
        forget_contributor(contributor_of(event, person.id))

    assert [shown_names(event, number) for number in (2, 1)] == [{"Ute Möhn"}] * 2
    assert contributor_of(event, goes.id) is None


def test_releasing_costs_the_same_for_3_sessions_and_60(event):
    def cost(sessions: int) -> int:
        many_sessions(event, sessions)
        save(event_session(event), title_de=f"Neu {sessions}")
        with statement_count() as sent:
            publish_programme(event, by=SYSTEM)
        return len(sent)

    assert cost(3) == cost(60)


def event_session(event: Event) -> Session:
    return db.session.query(Session).filter_by(event_id=event.id).order_by(Session.id).first()
