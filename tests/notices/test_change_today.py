"""Changes of the day: draft and public programme together, those concerned told at once."""

import re
from datetime import timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from factories import (
    make_contribution,
    make_contributor,
    make_event,
    make_registration,
    make_session,
)
from notices.support import mails
from sqlalchemy import select

from eventapp.accounts.models import Account
from eventapp.events.models import Event, Room
from eventapp.events.queries import rooms_of
from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.foundation.delivery import deliver_due
from eventapp.notices.releases.actions import send_due_digests
from eventapp.programme.actions import SessionChange, change_session, parts_of
from eventapp.programme.day_of.actions import DayRequest, change_on_the_day
from eventapp.programme.day_of.planning import plan_of
from eventapp.programme.day_of.queries import day_of
from eventapp.programme.day_of.wishes import ToRoom
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.models import Session
from eventapp.programme.queries import session_of
from eventapp.programme.release_queries import newest_kept, newest_release
from eventapp.programme.states import Appearance, ContributorState, ReleaseReason, SessionState

ROOMS = (("Saal 7", 100), ("Saal 8", 80), ("Zelle", 5))
TODAY = "/organise/licht/programme/today"


@pytest.fixture(autouse=True)
def morning_of_the_event():
    moment = clock.now().replace(hour=8, minute=0, second=0, microsecond=0)
    with clock.held(moment):
        yield


@pytest.fixture
def event(organiser: Account) -> Event:
    starts = clock.now().replace(hour=13, minute=30)
    event = make_event(organiser.memberships[0].host, slug="licht", starts_at=starts)
    for position, (name, places) in enumerate(ROOMS, start=9):
        room = Room(venue=event.venue, name=name, capacity=places, position=position)
        db.session.add(room)
    db.session.commit()
    return event


def room(event: Event, name: str) -> Room:
    return db.session.scalars(select(Room).where(Room.name == name)).one()


def at(event: Event, name: str, **given) -> Session:
    return make_session(event, room=room(event, name), **given)


def words(answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True))).split())


def value(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
    return found[1] if found else ""


def look(client, session: Session, step: str, **given):
    data = {"contributors": "y", "guests": "y", "look": "y"} | given
    return client.post(f"{TODAY}/{session.id}/{step}", data=data)


def do(client, session: Session, step: str, **given):
    """Look at the preview, then press the button."""
    seen = look(client, session, step, **given).text
    data = {name: value(seen, name) for name in ("seen", "knowingly", "release")}
    data |= {"contributors": "y", "guests": "y", "do": "y"} | given
    answer = client.post(f"{TODAY}/{session.id}/{step}", data=data, follow_redirects=True)
    send_due_digests()
    deliver_due()
    db.session.expire_all()
    return answer


def shown(session: Session):
    return newest_kept(session.event).sessions[session.id]


def written_to() -> list[str]:
    return sorted(mail.to_email for mail in mails())


def save(session: Session, **given) -> None:
    row = session_of(session.event, session.id)
    names = SessionChange.__dataclass_fields__
    change = SessionChange(**{name: getattr(row, name) for name in names} | given)
    change_session(row, change, parts_of(row), seen=row.version, by="test")


def test_the_page_shows_what_takes_place_and_what_can_be_done(client, event):
    at(event, "Saal 7", title_de="Rundgang")

    page = words(client.get(TODAY))

    assert "Rundgang" in page
    assert "Saal 7" in page
    assert "Anderer Raum Andere Zeit Entfällt" in page


@pytest.mark.parametrize(("hours", "open"), [(-48, False), (-24, True), (0, True), (11.2, False)])
def test_it_is_open_on_the_day_and_the_day_before(client, event, hours, open):
    session = at(event, "Saal 7")
    with clock.held(clock.now() + timedelta(hours=hours)):
        page = words(client.get(TODAY))
        answer = do(client, session, "drop")

    assert ("Anderer Raum" in page) is open
    assert ("an den Tagen der Veranstaltung" in page) is not open
    assert answer.status_code == (200 if open else 409)
    appears = Appearance.CANCELLED if open else Appearance.TAKES_PLACE
    assert shown(session).appearance is appears


def test_the_preview_says_what_it_means_and_who_is_told_and_changes_nothing(client, event):
    session = at(event, "Saal 7", title_de="Rundgang")
    make_contribution(session, make_contributor(event, last_name="Bärwald"))
    make_registration(event)

    page = words(look(client, session, "room", where=f"room-{room(event, 'Saal 8').id}"))

    assert "Saal 8 statt Saal 7" in page
    assert "Eine Person: Friedlinde Bärwald" in page
    assert "Ein Gast: Es betrifft alle." in page
    assert (newest_release(event).number, shown(session).room_name) == (1, "Saal 7")


def test_two_sessions_trade_rooms_and_only_those_concerned_are_told(client, event):
    one = at(event, "Saal 7", kind=SessionKind.TALK_ROUND, title_de="Daten")
    two = at(event, "Saal 8", kind=SessionKind.TALK_ROUND, title_de="Wege")
    three = at(event, "Zelle", kind=SessionKind.TALK_ROUND, capacity=3)
    for name, session in (("ute", one), ("jan", two), ("eva", three)):
        person = make_contributor(event, email=f"{name}@demo.example")
        make_contribution(session, person, Role.MODERATION)
    make_registration(event, email="gast@demo.example")
    before = {each.id: session_of(event, each.id).sequence for each in (one, two, three)}

    answer = do(client, one, "room", where=f"with-{two.id}", note_de="Beamer defekt.")

    assert "Erledigt" in words(answer)
    assert (shown(one).room_name, shown(two).room_name) == ("Saal 8", "Saal 7")
    assert session_of(event, one.id).room.name == "Saal 8"
    assert session_of(event, one.id).state is SessionState.PUBLISHED
    assert written_to() == ["jan@demo.example", "ute@demo.example"]
    assert "Beamer defekt." in mails()[0].text
    after = {each.id: session_of(event, each.id).sequence for each in (one, two, three)}
    assert [after[each.id] - before[each.id] for each in (one, two, three)] == [1, 1, 0]
    release = newest_release(event)
    assert (release.reason, release.note_de) == (ReleaseReason.ON_THE_DAY, "Beamer defekt.")


def test_what_else_waits_in_the_draft_goes_on_waiting(client, event):
    session, other = at(event, "Saal 7", title_de="Alt"), make_session(event, title_de="Fern")
    save(session, title_de="Neuer Titel")
    save(other, title_de="Auch neu")

    page = words(client.get(f"{TODAY}/{session.id}/room"))
    do(client, session, "room", where=f"room-{room(event, 'Saal 8').id}")

    assert "Im Entwurf dieses Programmpunkts wartet noch etwas anderes Neuer Titel" in page
    assert (shown(session).title_de, shown(session).room_name) == ("Alt", "Saal 8")
    assert shown(other).title_de == "Fern"
    draft = session_of(event, session.id)
    assert (draft.title_de, draft.room.name) == ("Neuer Titel", "Saal 8")
    assert draft.state is SessionState.CHANGED


def test_a_plenary_session_at_another_time_is_told_to_all_guests(client, event):
    session = at(event, "Saal 7")
    guests = [make_registration(event, email=f"g{n}@demo.example").email for n in range(3)]

    answer = do(client, session, "time", starts="16:00", ends="16:20")

    assert answer.status_code == 200
    assert written_to() == sorted(guests)
    assert shown(session).ends_at - shown(session).starts_at == timedelta(minutes=20)


def test_a_dropped_session_stays_in_calendars_as_cancelled(client, event):
    session = at(event, "Saal 7", title_de="Rundgang")
    make_contribution(session, make_contributor(event, email="ute@demo.example"))

    do(client, session, "drop")

    assert shown(session).appearance is Appearance.CANCELLED
    assert session_of(event, session.id).state is SessionState.CANCELLED
    assert "Rundgang: entfällt" in mails()[0].text
    assert "Rundgang" in words(client.get("/e/licht/changes"))


def test_somebody_takes_the_place_of_a_moderator_and_all_who_moderate_learn_it(client, event):
    session = at(event, "Saal 7", kind=SessionKind.PANEL)
    old = make_contributor(event, email="alt@demo.example")
    new = make_contributor(event, email="neu@demo.example", last_name="Zander")
    beside = make_contributor(event, email="neben@demo.example")
    panel = make_contributor(event, email="podium@demo.example")
    for person, role in ((old, Role.MODERATION), (beside, Role.MODERATION), (panel, Role.PANEL)):
        make_contribution(session, person, role)

    answer = do(client, session, "person", leaving=f"{old.id}-moderation", coming=str(new.id))

    assert answer.status_code == 200, words(answer)
    people = [(one.contributor_id, one.role) for one in shown(session).people]
    assert people[0] == (new.id, Role.MODERATION)
    assert old.id not in [number for number, _role in people]
    assert session_of(event, session.id).state is SessionState.PUBLISHED
    states = {one.contributor_id: one.state for one in session_of(event, session.id).contributions}
    assert (states[old.id], states[new.id]) == (
        ContributorState.DROPPED_OUT,
        ContributorState.AGREED,
    )
    assert written_to() == ["neben@demo.example", "neu@demo.example"]


def test_nobody_is_put_in_two_places(client, event):
    session = at(event, "Saal 7")
    person = make_contributor(event, last_name="Bärwald")
    make_contribution(session, person)
    starts = event.starts_at + timedelta(hours=2)
    later = at(event, "Saal 8", starts_at=starts, ends_at=starts + timedelta(hours=1))
    make_contribution(later, person)
    clash = f"{event.starts_at.astimezone(ZoneInfo(event.zone)):%H:%M}"

    answer = do(client, later, "time", starts=clash, ends="18:00")

    assert answer.status_code == 409
    assert "Das würde sich überschneiden" in words(answer)
    assert "Zeit jetzt ändern" not in words(answer)
    assert shown(later).starts_at == starts


def test_a_room_that_is_too_small_may_be_the_lesser_evil_if_somebody_says_so(client, event):
    session = at(event, "Saal 7", capacity=60)
    where = f"room-{room(event, 'Zelle').id}"

    refused = do(client, session, "room", where=where)
    assert refused.status_code == 409
    assert "Das verletzt eine Regel" in words(refused)
    assert shown(session).room_name == "Saal 7"

    done = do(client, session, "room", where=where, anyway="y")
    assert done.status_code == 200
    assert shown(session).room_name == "Zelle"


def test_t52_two_organisers_at_once_the_second_sees_both(client, event, organiser):
    """T-52."""
    session = at(event, "Saal 7", title_de="Rundgang")
    seen = look(client, session, "time", starts="16:00", ends="16:20").text
    day = day_of(event)
    wish = ToRoom(session.id, room(event, "Saal 8").id)
    change_on_the_day(event, DayRequest(wish=wish, seen=plan_of(day, wish).marks), by=organiser)

    data = {name: value(seen, name) for name in ("seen", "knowingly", "release")}
    data |= {"starts": "16:00", "ends": "16:20", "note_de": "Mein Satz", "do": "y"}
    answer = client.post(f"{TODAY}/{session.id}/time", data=data)

    page = words(answer)
    assert answer.status_code == 409
    assert (
        "In der Zwischenzeit hat jemand aus dem Team geändert: Rundgang Saal 8 statt Saal 7" in page
    )
    assert "16:00–16:20 Uhr statt" in page
    assert "Mein Satz" in page
    assert newest_release(event).number == 2


def test_bad_input_is_422_beside_its_field_and_nothing_is_lost(client, event):
    session = at(event, "Saal 7")

    answer = look(client, session, "time", starts="25:99", ends="16:20", note_de="Mein Satz")
    assert answer.status_code == 422
    assert "Bitte geben Sie eine Uhrzeit" in words(answer)
    assert "Mein Satz" in answer.text
    assert look(client, session, "room", where="").status_code == 422
    assert look(client, session, "room", where="room-99999").status_code == 422
    assert client.get(f"{TODAY}/{session.id}/nonsense").status_code == 404


def test_t01_rooms_and_people_of_another_event_are_refused(client, event):
    """T-01, T-02."""
    session, other = at(event, "Saal 7"), make_event(event.host)
    here, stranger = make_contributor(event), make_contributor(other)
    make_contribution(session, here)
    beside = make_session(other, room=rooms_of(other)[0])
    place = f"{here.id}-{Role.INPUT.value}"

    answers = [
        look(client, session, "room", where=f"room-{rooms_of(other)[0].id}"),
        look(client, session, "room", where=f"with-{beside.id}"),
        look(client, session, "person", leaving=place, coming=str(stranger.id)),
        look(client, beside, "drop"),
    ]

    assert [answer.status_code for answer in answers] == [422, 422, 422, 404]
    assert stranger.full_name not in "".join(answer.text for answer in answers)


def test_undoing_says_how_many_mails_are_gone_and_tells_the_same_people(client, event):
    session = at(event, "Saal 7", title_de="Rundgang")
    make_contribution(session, make_contributor(event, email="ute@demo.example"))
    make_registration(event, email="gast@demo.example")
    do(client, session, "room", where=f"room-{room(event, 'Saal 8').id}")

    page = words(client.get(f"{TODAY}/2/undo"))
    client.post(f"{TODAY}/2/undo", data={"ok": "y"})
    send_due_digests()
    deliver_due()

    assert "2 Mails zu der Änderung sind schon hinausgegangen" in page
    assert "Saal 7 statt Saal 8" in page
    assert shown(session).room_name == "Saal 7"
    assert session_of(event, session.id).room.name == "Saal 7"
    assert written_to() == ["gast@demo.example"] * 2 + ["ute@demo.example"] * 2
    assert "Saal 7 statt Saal 8" in mails()[-1].text


def test_undone_before_the_worker_wrote_nobody_hears_of_it(client, event):
    session = at(event, "Saal 7")
    make_registration(event)
    seen = look(client, session, "drop").text
    data = {name: value(seen, name) for name in ("seen", "knowingly", "release")}
    client.post(f"{TODAY}/{session.id}/drop", data=data | {"guests": "y", "do": "y"})
    client.post(f"{TODAY}/2/undo", data={"ok": "y"})
    send_due_digests()

    assert mails() == []
    assert shown(session).appearance is Appearance.TAKES_PLACE
    assert session_of(event, session.id).state is SessionState.PUBLISHED


def test_undoing_a_replacement_brings_the_first_one_back(client, event):
    session = at(event, "Saal 7", kind=SessionKind.PANEL)
    old, new = make_contributor(event), make_contributor(event)
    make_contribution(session, old, Role.MODERATION)
    before = shown(session)
    do(client, session, "person", leaving=f"{old.id}-moderation", coming=str(new.id))
    client.post(f"{TODAY}/2/undo", data={"ok": "y"})

    db.session.expire_all()
    assert shown(session) == before
    assert [one.contributor_id for one in session_of(event, session.id).contributions] == [old.id]
    assert session_of(event, session.id).state is SessionState.PUBLISHED


def test_what_was_changed_since_cannot_be_undone(client, event):
    session = at(event, "Saal 7")
    do(client, session, "drop")
    client.post(f"{TODAY}/2/undo", data={"ok": "y"})
    again = client.post(f"{TODAY}/2/undo", data={"ok": "y"})

    assert again.status_code == 409
    assert "Das geht nicht" in words(client.get(f"{TODAY}/2/undo"))


def test_who_waits_for_a_quiet_window_is_told_all_of_it_at_once(client, event, organiser):
    from notices.test_digests import release

    session, other = at(event, "Saal 7", title_de="Rundgang"), make_session(event, title_de="Fern")
    make_registration(event, email="gast@demo.example")
    save(other, starts_at=other.starts_at + timedelta(minutes=30),
         ends_at=other.ends_at + timedelta(minutes=30))  # fmt: skip
    release(event)
    do(client, session, "drop")

    [mail] = mails()
    assert "Fern: " in mail.text
    assert "Rundgang: entfällt" in mail.text


def test_t20_words_of_organisers_are_text_on_every_page_of_the_day(client, event):
    """T-20."""
    marker = "<script>alert(1)</script>"
    session = at(event, "Saal 7", title_de=marker)
    make_contribution(session, make_contributor(event, last_name=marker))
    do(client, session, "room", where=f"room-{room(event, 'Saal 8').id}", note_de=marker)

    for path in ("", f"/{session.id}/room", f"/{session.id}/person", "/2/undo"):
        assert marker not in client.get(f"{TODAY}{path}").text
    assert marker not in mails()[0].html
