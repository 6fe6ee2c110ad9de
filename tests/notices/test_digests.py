"""Telling people of releases: one digest to each, however it is interrupted or repeated."""

from collections import Counter
from datetime import timedelta

import pytest
from factories import (
    make_contribution,
    make_contributor,
    make_event,
    make_registration,
    make_session,
)
from notices.support import mails
from notices.test_notice_races import at_once
from sqlalchemy import func, select
from statements import statement_count

from eventapp.accounts.models import Account
from eventapp.events.models import Event
from eventapp.events.states import EventState
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.delivery import deliver_due
from eventapp.foundation.mail_states import MailState
from eventapp.notices.errors import NoSuchStep
from eventapp.notices.releases import actions
from eventapp.notices.releases.actions import sending
from eventapp.notices.releases.actions.telling import LONGEST, QUIET
from eventapp.notices.releases.models import DigestRecipient, ReleaseDigest
from eventapp.notices.releases.states import DigestState
from eventapp.notices.states import Told
from eventapp.programme.actions import (
    SessionChange,
    cancel_session,
    change_session,
    parts_of,
    pending_of,
)
from eventapp.programme.change_words import ReleaseNote
from eventapp.programme.models import Session
from eventapp.programme.queries import session_of
from eventapp.programme.states import SessionState
from eventapp.registrations.actions import cancel_registration
from eventapp.registrations.states import RegistrationState

BOTH = frozenset(Told)
PAGE = "/organise/licht/programme/mails"


@pytest.fixture
def event(organiser: Account) -> Event:
    return make_event(organiser.memberships[0].host, slug="licht")


@pytest.fixture
def plenary(event: Event) -> Session:
    return make_session(event, title_de="Plenum")


def move(session: Session, minutes: int = 30) -> None:
    row = session_of(session.event, session.id)
    names = SessionChange.__dataclass_fields__
    shift = timedelta(minutes=minutes)
    given = {"starts_at": row.starts_at + shift, "ends_at": row.ends_at + shift}
    change = SessionChange(**{name: getattr(row, name) for name in names} | given)
    change_session(row, change, parts_of(row), seen=row.version, by="test")


def release(event: Event, told=BOTH, note: str = "") -> ReleaseDigest | None:
    seen = pending_of(event).marks
    request = actions.ReleaseRequest(told=told, note=ReleaseNote(note, note), seen=seen)
    return actions.release_programme(event, request, by="test")


def work_at(moment) -> None:
    with clock.held(moment):
        actions.send_due_digests()
        deliver_due()
    db.session.expire_all()


def later(minutes: int = 16):
    return clock.now() + timedelta(minutes=minutes)


def written_to() -> list[str]:
    return sorted(mail.to_email for mail in mails() if mail.state is not MailState.RECALLED)


def digests() -> list[ReleaseDigest]:
    db.session.expire_all()
    return list(db.session.scalars(select(ReleaseDigest).order_by(ReleaseDigest.id)))


def guests(event: Event, count: int) -> list[str]:
    made = [make_registration(event, email=f"g{number:03}@demo.example") for number in range(count)]
    return sorted(one.email for one in made)


def test_a_release_writes_no_mail_but_one_row_whatever_the_number_of_guests(event, plenary):
    few = guests(event, 3)
    move(plenary)
    with statement_count() as small:
        release(event)
    assert mails() == []
    for number in range(60):
        make_registration(event, email=f"m{number}@demo.example")
    move(plenary)
    with statement_count() as large:
        release(event)

    assert mails() == []
    assert abs(len(large) - len(small)) <= 2
    work_at(later())
    assert len(written_to()) == 60 + len(few)


def test_nothing_goes_out_before_the_quiet_window_is_over(event, plenary):
    guests(event, 1)
    move(plenary)
    release(event)

    work_at(later(14))
    assert mails() == []
    work_at(later(15))
    assert len(mails()) == 1


def test_releases_within_the_window_make_one_mail_with_all_of_it(event, plenary):
    other = make_session(event, title_de="Werkstatt")
    guests(event, 2)
    move(plenary)
    release(event, note="Wegen Bauarbeiten.")
    with clock.held(later(10)):
        move(other)
        move(plenary, 5)
        release(event, note="Und noch etwas.")
    work_at(later(20))
    assert mails() == []
    work_at(later(26))

    assert written_to() == ["g000@demo.example", "g001@demo.example"]
    text = mails()[0].text
    assert text.count("Plenum: ") == 1
    assert "Werkstatt: " in text
    assert "Wegen Bauarbeiten." in text
    assert "Und noch etwas." in text
    assert [one.state for one in digests()] == [DigestState.SENT]


def test_whoever_releases_all_the_time_is_told_of_within_the_hour(event, plenary):
    guests(event, 1)
    begun = clock.now()
    for number in range(1, 8):
        with clock.held(begun + timedelta(minutes=10 * number)):
            move(plenary, 5)
            release(event)

    assert digests()[0].due_at <= begun + timedelta(minutes=10) + LONGEST
    assert timedelta(minutes=15) == QUIET


def test_what_is_moved_and_moved_back_before_the_mails_go_is_told_to_nobody(event, plenary):
    guests(event, 2)
    move(plenary, 30)
    release(event)
    move(plenary, -30)
    release(event)
    work_at(later())

    assert mails() == []
    assert [one.state for one in digests()] == [DigestState.SENT]


def test_after_the_mails_went_the_way_back_is_told_to_the_same_people(event, plenary):
    told = guests(event, 2)
    move(plenary, 30)
    release(event)
    work_at(later())
    move(plenary, -30)
    release(event)
    work_at(later(40))

    assert Counter(written_to()) == dict.fromkeys(told, 2)


def test_a_release_for_contributors_alone_tells_guests_nothing_of_it(event, plenary):
    other = make_session(event, title_de="Werkstatt")
    make_contribution(plenary, make_contributor(event, email="ute@demo.example"))
    guests(event, 1)
    move(plenary)
    release(event, told=frozenset({Told.CONTRIBUTORS}))
    move(other)
    release(event)
    work_at(later())

    texts = {mail.to_email: mail.text for mail in mails()}
    assert "Plenum: " in texts["ute@demo.example"]
    assert "Plenum" not in texts["g000@demo.example"]
    assert "Werkstatt: " in texts["g000@demo.example"]


def test_who_cancels_while_it_waits_gets_none_and_who_gets_a_place_does(event, plenary):
    staying = make_registration(event, email="bleibt@demo.example")
    leaving = make_registration(event, email="geht@demo.example")
    move(plenary)
    release(event)
    cancel_registration(leaving, by="test")
    make_registration(event, email="kommt@demo.example")
    work_at(later())

    assert written_to() == ["bleibt@demo.example", "kommt@demo.example"]
    assert staying.state is RegistrationState.CONFIRMED


def test_who_cancels_while_the_mail_server_is_away_gets_none(event, plenary):
    leaving = make_registration(event, email="geht@demo.example")
    move(plenary)
    release(event)
    with clock.held(later()):
        actions.send_due_digests()
        cancel_registration(leaving, by="test")
        deliver_due()

    assert written_to() == []
    assert db.session.scalar(select(func.count(DigestRecipient.id))) == 0


def test_a_worker_that_dies_in_between_leaves_whole_batches_and_the_next_goes_on(
    event, plenary, monkeypatch
):
    """T-56: each person gets the mail once, whatever stops the one who writes it."""
    monkeypatch.setattr(sending, "BATCH", 5)
    people = guests(event, 17)
    make_contribution(plenary, make_contributor(event, email="ute@demo.example"))
    move(plenary)
    release(event)
    whole, calls = sending._note, iter(range(100))

    def dies(digest, rows):
        whole(digest, rows)
        if next(calls) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(sending, "_note", dies)
    with clock.held(later()), pytest.raises(KeyboardInterrupt):
        actions.send_due_digests()
    db.session.rollback()
    assert 0 < len(mails()) < 18
    monkeypatch.setattr(sending, "_note", whole)
    work_at(later())
    work_at(later(30))

    assert written_to() == sorted([*people, "ute@demo.example"])


def test_t56_a_clock_that_jumps_back_or_a_worker_that_slept_tells_each_person_once(event, plenary):
    """T-56."""
    people = guests(event, 3)
    move(plenary)
    release(event)
    for minutes in (-60, 5, 24 * 60, 16, -60, 3 * 24 * 60):
        work_at(later(minutes))

    assert written_to() == people


def test_t50_four_workers_at_once_tell_each_person_once(app, event, plenary, monkeypatch):
    """T-50, T-56."""
    monkeypatch.setattr(sending, "BATCH", 4)
    people = guests(event, 22)
    make_contribution(plenary, make_contributor(event, email="ute@demo.example"))
    move(plenary)
    release(event)

    with clock.held(later()):
        at_once(app, *[actions.send_due_digests] * 4)

    assert written_to() == sorted([*people, "ute@demo.example"])
    assert [one.state for one in digests()] == [DigestState.SENT]


def test_organisers_see_who_waits_and_who_was_told_and_stop_or_send(client, event, plenary):
    guests(event, 4)
    move(plenary)
    digest = release(event)
    page = client.get(PAGE).text
    assert "4 Personen müssen noch erfahren" in page
    assert "Jetzt versenden" in page

    client.post(f"{PAGE}/{digest.id}/send", data={"ok": "y"})
    work_at(clock.now())
    page = client.get(PAGE).text
    assert "4 Personen wurden angeschrieben." in page
    assert "Die Mails dazu anhalten" not in page


def test_a_stopped_digest_tells_nobody_and_takes_back_what_has_not_left(client, event, plenary):
    guests(event, 2)
    move(plenary)
    digest = release(event)
    with clock.held(later()):
        actions.send_due_digests()
    assert len(written_to()) == 2
    client.post(f"{PAGE}/{digest.id}/stop", data={"ok": "y"})
    work_at(later())

    assert written_to() == []
    with pytest.raises(NoSuchStep):
        actions.stop_digest(event, digest.id, by="test")


def test_a_stopped_one_is_not_woken_by_the_next_release(client, event, plenary):
    other = make_session(event, title_de="Werkstatt")
    guests(event, 1)
    move(plenary)
    actions.stop_digest(event, release(event).id, by="test")
    move(other)
    release(event)
    work_at(later())

    [mail] = mails()
    assert "Werkstatt: " in mail.text
    assert "Plenum" not in mail.text


def test_nobody_is_told_of_sessions_of_an_event_that_was_called_off(event, plenary):
    """T-58."""
    guests(event, 1)
    move(plenary)
    release(event)
    with transaction():
        event.state = EventState.CANCELLED
    work_at(later())

    assert mails() == []


def test_a_session_that_came_and_went_before_anybody_was_told_is_no_news(event, plenary):
    surprise = make_session(event, title_de="Überraschung", state=SessionState.DRAFT)
    make_contribution(surprise, make_contributor(event, email="jan@demo.example"))
    release(event)
    cancel_session(session_of(event, surprise.id), by="test")
    release(event)
    work_at(later())

    assert written_to() == []
