"""Releasing a programme: what the page says before, who gets which mail, and nobody two."""

import re
from datetime import timedelta
from html import unescape

import pytest
from factories import (
    make_contribution,
    make_contributor,
    make_event,
    make_registration,
    make_session,
    make_slot,
)
from notices.support import mails

from eventapp.accounts.models import Account
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.notices.releases.actions import send_due_digests
from eventapp.notices.releases.actions.telling import QUIET
from eventapp.programme.actions import (
    SessionChange,
    cancel_session,
    change_session,
    forget_contributor,
    parts_of,
    set_contribution_state,
    take_out,
)
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.models import Session
from eventapp.programme.queries import contributor_of, session_of
from eventapp.programme.release_queries import newest_release, public_programme
from eventapp.programme.states import ContributorState, SessionState
from eventapp.registrations.states import RegistrationState
from eventapp.registrations.trail import trail_of

RELEASE = "/organise/licht/programme/release"
BOTH = {"contributors": "y", "guests": "y"}


@pytest.fixture
def event(organiser: Account) -> Event:
    return make_event(organiser.memberships[0].host, slug="licht")


def save(session: Session, **given) -> None:
    session = session_of(session.event, session.id)
    names = SessionChange.__dataclass_fields__
    change = SessionChange(**{name: getattr(session, name) for name in names} | given)
    change_session(session, change, parts_of(session), seen=session.version, by="test")


def move(session: Session, minutes: int = 30) -> None:
    shift = timedelta(minutes=minutes)
    save(session, starts_at=session.starts_at + shift, ends_at=session.ends_at + shift)


def words(answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True))).split())


def seen(client) -> str:
    page = client.get(RELEASE).get_data(as_text=True)
    return re.search(r'name="seen"[^>]*value="([^"]*)"', page)[1]


def release(client, **given):
    """Release, and let the quiet window pass."""
    answer = client.post(RELEASE, data={"seen": seen(client), **given}, follow_redirects=True)
    with clock.held(clock.now() + QUIET):
        send_due_digests()
    db.session.expire_all()
    return answer


def written_to() -> list[str]:
    return sorted(mail.to_email for mail in mails())


def test_the_page_shows_what_would_become_public_in_groups(client, event):
    moved = make_session(event, title_de="Rundgang")
    off = make_session(event, title_de="Werkstatt")
    make_session(event, title_de="Neuer Punkt", state=SessionState.DRAFT)
    move(moved)
    cancel_session(session_of(event, off.id), by="test")

    page = words(client.get(RELEASE))

    places = [page.index(text) for text in (
        "Entfällt 1", "Werkstatt", "Andere Zeit oder anderer Raum 1", "Rundgang", "Uhr statt",
        "Neu 1", "Neuer Punkt")]  # fmt: skip
    assert places == sorted(places)
    assert "Gäste sehen Fassung 1." in page


def test_without_a_difference_there_is_nothing_to_publish(client, event):
    make_session(event)

    assert "Es gibt nichts zu veröffentlichen" in words(client.get(RELEASE))
    answer = client.post(RELEASE, data={"seen": ""}, follow_redirects=True)
    assert "Es gibt nichts zu veröffentlichen" in words(answer)
    assert newest_release(event).number == 1


def test_a_stale_page_is_409_and_marks_what_else_would_go_out(client, event):
    known, surprise = make_session(event, title_de="Bekannt"), make_session(event)
    save(known, title_de="Bekannt neu")
    before = seen(client)
    save(surprise, title_de="Überraschung")

    answer = client.post(RELEASE, data={"seen": before, "note_de": "Mein Satz", **BOTH})

    text = words(answer)
    assert answer.status_code == 409
    assert "Überraschung neu seit Ihrem letzten Blick" in text
    assert "Bekannt neu neu seit" not in text
    assert "Mein Satz" in text
    assert (newest_release(event).number, mails()) == (1, [])


def test_a_note_that_is_too_long_is_said_at_the_field_and_stays(client, event):
    save(make_session(event), title_de="Neu")

    answer = client.post(RELEASE, data={"seen": seen(client), "note_de": "x" * 1001})

    assert answer.status_code == 422
    assert "x" * 1001 in answer.text


def test_contributors_get_one_mail_with_all_their_sessions_in_old_and_new(client, event):
    one, two = make_session(event, title_de="Rundgang"), make_session(event, title_de="Werkstatt")
    other = make_session(event, title_de="Fremdes")
    person = make_contributor(event, email="ute@demo.example")
    for session in (one, two):
        make_contribution(session, person)
    make_contribution(other, make_contributor(event, email="jan@demo.example"))
    move(one)
    cancel_session(session_of(event, two.id), by="test")

    answer = release(client, note_de="Wegen Bauarbeiten.", **BOTH)

    [mail] = mails()
    assert "Eine Person muss noch erfahren, was sich geändert hat." in words(answer)
    assert mail.to_email == "ute@demo.example"
    assert mail.subject == "Programmänderung: Fachimpuls „Licht“"
    assert re.search(
        r"– Rundgang: \d\d:\d\d–\d\d:\d\d Uhr statt \d\d:\d\d–\d\d:\d\d Uhr", mail.text
    )
    assert "– Werkstatt: entfällt" in mail.text
    assert "Fremdes" not in mail.text
    assert "Wegen Bauarbeiten." in mail.text
    assert newest_release(event).note_de == "Wegen Bauarbeiten."


def test_each_reads_their_own_language(client, event):
    session = make_session(event)
    make_contribution(session, make_contributor(event, locale="en", email="ann@demo.example"))
    make_registration(event, email="bob@demo.example", locale="en")
    move(session)

    release(client, note_de="Bauarbeiten.", note_en="Building works.", **BOTH)

    assert written_to() == ["ann@demo.example", "bob@demo.example"]
    for mail in mails():
        assert " instead of " in mail.text
        assert "Building works." in mail.text
        assert mail.subject.startswith("Programme changed: ")


def test_who_contributes_and_comes_as_a_guest_gets_one_mail_with_both(client, event):
    mine, plenary = make_session(event, title_de="Meins"), make_session(event, title_de="Plenum")
    person = make_contributor(event, first_name="Ute", last_name="Möhn", email="Ute@demo.example")
    make_contribution(mine, person)
    make_registration(event, first_name="Ute", last_name="Möhn", email="ute@demo.example")
    move(plenary)
    save(mine, title_de="Meins neu")

    release(client, **BOTH)

    [mail] = mails()
    assert "Meins neu" in mail.text
    assert "– Plenum: " in mail.text


def test_guests_with_a_place_learn_of_what_is_for_all_of_them(client, event):
    session = make_session(event)
    for number, state in enumerate(RegistrationState):
        make_registration(event, state=state, email=f"{number}@demo.example")
    make_registration(event, email="gast@demo.example")
    move(session)

    release(client, **BOTH)

    confirmed = list(RegistrationState).index(RegistrationState.CONFIRMED)
    assert written_to() == [f"{confirmed}@demo.example", "gast@demo.example"]


def test_guests_are_not_told_of_rounds_rooms_titles_or_new_sessions(client, event):
    slot = make_slot(event)
    round_one = make_session(event, slot_id=slot.id, kind=SessionKind.TALK_ROUND,
                             starts_at=slot.starts_at, ends_at=slot.ends_at)  # fmt: skip
    make_contribution(round_one, make_contributor(event, email=""), Role.MODERATION)
    plenary = make_session(event)
    make_session(event, state=SessionState.DRAFT)
    make_registration(event)
    save(plenary, title_de="Neu", room_id=event.venue.rooms[0].id)
    move(round_one, 5)

    page = words(client.get(RELEASE))
    release(client, **BOTH)

    assert "Davon muss niemand erfahren." in page
    assert mails() == []


def test_contributors_are_ticked_for_changes_and_not_for_the_first_release(client, event):
    def ticked() -> bool:
        box = re.search(r'<input[^>]*name="contributors"[^>]*>', client.get(RELEASE).text)[0]
        return "checked" in box

    session = make_session(event, state=SessionState.DRAFT)
    make_contribution(session, make_contributor(event))
    assert not ticked()

    release(client)
    move(session_of(event, session.id))
    assert ticked()


def test_nobody_is_told_unless_somebody_wants_it(client, event):
    session = make_session(event)
    make_contribution(session, make_contributor(event))
    make_registration(event)
    move(session)

    answer = release(client)

    assert "Das Programm ist veröffentlicht." in words(answer)
    assert mails() == []


@pytest.mark.parametrize("state", [ContributorState.ASKED, ContributorState.DROPPED_OUT])
def test_who_has_not_agreed_or_has_left_themselves_is_not_told(client, event, state):
    session = make_session(event)
    start = ContributorState.AGREED if state is ContributorState.DROPPED_OUT else state
    part = make_contribution(session, make_contributor(event), state=start)
    set_contribution_state(part, state, by="test")
    move(session)

    release(client, contributors="y")

    assert mails() == []


def test_who_was_taken_out_learns_it_and_who_takes_the_minutes_learns_of_moves(client, event):
    session = make_session(event, title_de="Rundgang")
    part = make_contribution(session, make_contributor(event, email="raus@demo.example"))
    scribe = make_contributor(event, email="notiz@demo.example")
    make_contribution(session, scribe, Role.PROTOCOL)
    take_out(part, by="test")
    move(session)

    release(client, contributors="y")

    texts = {mail.to_email: mail.text for mail in mails()}
    assert "Rundgang: Sie werden dort nicht mehr genannt" in texts["raus@demo.example"]
    assert "Uhr statt" in texts["notiz@demo.example"]


def test_moderators_learn_who_joins_and_others_on_the_podium_do_not(client, event):
    session = make_session(event, kind=SessionKind.PANEL)
    for name, role in (("leitet", Role.MODERATION), ("sitzt", Role.PANEL)):
        make_contribution(session, make_contributor(event, email=f"{name}@demo.example"), role)
    part = make_contribution(session, make_contributor(event, email="neu@demo.example"),
                             Role.PANEL, state=ContributorState.ASKED)  # fmt: skip
    set_contribution_state(part, ContributorState.AGREED, by="test")

    release(client, contributors="y")

    assert written_to() == ["leitet@demo.example", "neu@demo.example"]


def test_who_has_no_address_is_named_on_the_page(client, event):
    session = make_session(event)
    make_contribution(session, make_contributor(event, last_name="Briefpost", email=""))
    move(session)

    assert "bitte sagen Sie es ihnen selbst: Friedlinde Briefpost" in words(client.get(RELEASE))
    release(client, contributors="y")
    assert mails() == []


def test_mails_about_a_deleted_contributor_go_with_them(client, event):
    session, person = make_session(event), make_contributor(event)
    make_contribution(session, person)
    move(session)
    release(client, contributors="y")
    assert len(mails()) == 1

    forget_contributor(contributor_of(event, person.id))

    assert mails() == []


def test_the_history_of_a_guest_knows_the_mail(client, event):
    session, guest = make_session(event), make_registration(event)
    move(session)

    release(client, guests="y")

    told = [str(step.what) for step in trail_of(guest)]
    assert any("Programm" in text and "Fachimpuls „Licht“" in text for text in told)


def test_a_hard_conflict_stops_the_release_and_all_its_mails(client, event):
    room = event.venue.rooms[0]
    make_session(event, room=room)
    second = make_session(event)
    make_contribution(second, make_contributor(event))
    before = public_programme(event)
    save(second, room_id=room.id)

    answer = client.post(RELEASE, data={"seen": "", **BOTH})

    assert answer.status_code == 409
    assert "Ein Raum ist doppelt belegt." in words(answer)
    db.session.expire_all()
    assert (public_programme(event), mails()) == (before, [])
