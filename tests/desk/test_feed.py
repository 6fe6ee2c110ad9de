"""What changed last: one sentence for each thing that somebody did."""

from datetime import timedelta

import pytest
from factories import (
    make_account,
    make_contact,
    make_event,
    make_invitation,
    make_list,
    make_registration,
    make_session,
    make_wave,
)
from registrations.support import ludmila

from eventapp.accounts.audit import GUEST, SYSTEM, record_change
from eventapp.desk.overview import overview_of
from eventapp.events.actions import close_registration
from eventapp.events.models import Partner
from eventapp.events.states import PartnerRole
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.i18n import use_locale
from eventapp.invitations.actions import mark_undeliverable, send_wave
from eventapp.notices.models import Notice
from eventapp.notices.states import NoticeKind
from eventapp.programme.actions import cancel_session, delete_draft_session
from eventapp.programme.states import SessionState
from eventapp.registrations.actions import (
    accept_invitation,
    cancel_registration,
    decline_invitation,
    name_substitute,
    restore_registration,
    withdraw_invitation,
    withdraw_invitations,
)
from eventapp.registrations.states import RegistrationKind
from eventapp.registrations.states import RegistrationState as State
from eventapp.registrations.trail_queries import latest_change_of


@pytest.fixture
def event(app):
    with use_locale("en"):
        yield make_event(capacity=1, created_at=clock.now() - timedelta(days=90))


@pytest.fixture
def staff(event):
    return make_account(event.host, name="Sönke Vaßholz")


def invite(event, name):
    return make_invitation(event, make_contact(event.host, first_name="Ada", last_name=name))


def sentences(event):
    return [str(one.sentence) for one in overview_of(event).news]


def undoable(event):
    return [one.undo is not None for one in overview_of(event).news]


def test_guests_tell_their_own_story_once(event):
    accept_invitation(invite(event, "Eins"))
    accept_invitation(invite(event, "Zwei"))
    decline_invitation(invite(event, "Drei"))

    assert sentences(event) == [
        "Ada Drei cannot come.",
        "Ada Zwei is number 1 on the waiting list.",
        "Ada Eins is coming.",
    ]
    assert undoable(event) == [False] * 3


def test_a_wave_that_was_sent_says_who_sent_it_to_how_many(event, staff):
    wave = make_wave(event, name="Welle 1")
    with transaction():
        wave.lists = [make_list(event.host, make_contact(event.host), make_contact(event.host))]
    send_wave(wave, expected=2, by=staff)

    assert sentences(event) == ["Sönke Vaßholz sends the wave “Welle 1” to 2 people."]


def test_a_named_substitute_is_one_line_with_both_names(event):
    invitation = invite(event, "Eins")
    accept_invitation(invitation)
    name_substitute(invitation, ludmila())

    assert sentences(event) == ["Ada Eins names Ludmila Frøhlich as a substitute."]


def test_a_cancellation_says_who_cancelled(event, staff):
    first, second = invite(event, "Eins"), invite(event, "Zwei")
    cancel_registration(accept_invitation(first))
    cancel_registration(accept_invitation(second), by=staff)

    assert sentences(event) == [
        "Sönke Vaßholz cancels for Ada Zwei.",
        "Ada Zwei is coming.",
        "Ada Eins cancels.",
    ]
    assert undoable(event) == [True, False, False]


def test_what_the_program_does_by_itself_is_told_as_such(event):
    holder = accept_invitation(invite(event, "Eins"))
    accept_invitation(invite(event, "Zwei"))
    cancel_registration(holder)

    assert sorted(sentences(event)[:2]) == ["Ada Eins cancels.", "Ada Zwei is offered a place."]


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (accept_invitation, "Sönke Vaßholz notes: Ada Eins is coming."),
        (decline_invitation, "Sönke Vaßholz notes: Ada Eins cannot come."),
        (mark_undeliverable, "Sönke Vaßholz notes: the mail to Ada Eins came back."),
        (withdraw_invitation, "Sönke Vaßholz withdraws the invitation of Ada Eins."),
    ],
)
def test_what_staff_notes_can_be_undone_from_its_line(event, staff, reply, told):
    reply(invite(event, "Eins"), by=staff)

    assert (sentences(event), undoable(event)) == ([told], [True])


def test_a_withdrawal_that_took_the_place_along_is_one_line(event, staff):
    invitation = invite(event, "Eins")
    accept_invitation(invitation)
    withdraw_invitation(invitation, by=staff)

    assert sentences(event)[0] == "Sönke Vaßholz withdraws the invitation of Ada Eins."
    assert len(sentences(event)) == 2


def test_what_was_undone_is_told_and_cannot_be_undone_again(event, staff):
    guest = accept_invitation(invite(event, "Eins"))
    cancel_registration(guest, by=staff)
    step = latest_change_of("registration", guest.id)
    later = clock.now() + timedelta(minutes=1)
    with clock.held(later):
        restore_registration(guest, step, by=staff)

    assert sentences(event)[:2] == [
        "Sönke Vaßholz undoes the cancellation of Ada Eins.",
        "Sönke Vaßholz cancels for Ada Eins.",
    ]
    assert undoable(event) == [False] * 3


def test_after_a_day_nothing_is_offered_to_be_undone(event, staff):
    with clock.held(clock.now() - timedelta(hours=25)):
        mark_undeliverable(invite(event, "Eins"), by=staff)

    assert undoable(event) == [False]


def test_companions_are_part_of_the_line_about_their_guest(event, staff):
    with transaction():
        event.capacity = 2
    guest = make_registration(event, first_name="Ada", last_name="Eins")
    make_registration(event, kind=RegistrationKind.COMPANION, main_id=guest.id)
    cancel_registration(guest, by=staff)

    assert sentences(event) == ["Sönke Vaßholz cancels for Ada Eins."]


def test_many_of_a_kind_by_one_colleague_are_one_line(event, staff):
    many = [invite(event, f"Gast{number:02}") for number in range(12)]
    withdraw_invitations(event, many, seen_at=clock.now(), by=staff)
    close_registration(event, by=staff)

    assert sentences(event) == [
        "Sönke Vaßholz closes registration.",
        "Sönke Vaßholz withdraws the invitation of Ada Gast11. The same for 11 more.",
    ]


def test_the_programme_is_told_by_the_hour_but_what_hurts_is_named(event, staff):
    with transaction():
        for _ in range(5):
            record_change(staff, "session.changed", make_session(event), scope=event.scope)
    cancel_session(make_session(event, title_de="Podium", title_en=""), by=staff)
    delete_draft_session(make_session(event, state=SessionState.DRAFT, title_de="Runde"), by=staff)

    assert sentences(event) == [
        "Sönke Vaßholz deletes the draft “Runde”.",
        "Sönke Vaßholz cancels the session “Podium”.",
        "Sönke Vaßholz works on the programme.",
    ]
    assert undoable(event) == [True, True, False]


def test_a_step_that_has_no_sentence_yet_is_named_as_in_the_history(event, staff):
    with transaction():
        record_change(staff, "slot.invented", event, scope=event.scope)

    assert sentences(event) == ["slot.invented: Fachimpuls “Light” (Sönke Vaßholz)."]


def test_nothing_of_an_event_that_had_this_number_before_is_told(app, staff):
    event = make_event()
    with clock.held(clock.now() - timedelta(days=1)), transaction():
        record_change(staff, "event.deleted", event, scope=event.scope)

    assert sentences(event) == []


def test_names_are_text_whatever_signs_they_hold(event):
    accept_invitation(invite(event, "100 %(name)s"))

    assert sentences(event) == ["Ada 100 %(name)s is coming."]


def test_a_notice_that_went_out_is_told_by_its_name(event, staff):
    notice = Notice(event=event, kind=NoticeKind.REMINDER, due_at=clock.now())
    with transaction():
        db.session.add(notice)
        record_change(
            staff, "notice.reviewed", notice, scope=event.scope, after={"kind": notice.kind}
        )
        record_change(SYSTEM, "notice.sent", notice, scope=event.scope, after={"people": 34})

    assert sentences(event) == [
        "The notice “Reminder” has gone out to 34 people.",
        "Sönke Vaßholz approves the notice “Reminder”.",
    ]


def test_what_the_program_moves_in_the_programme_is_no_colleague_s_work(event):
    with transaction():
        record_change(SYSTEM, "session.changed", make_session(event), scope=event.scope)

    assert sentences(event) == ["The programme has changed along with the event."]


def test_nobody_reads_a_dash_for_a_thing_without_a_name(event, staff):
    with transaction():
        event.partners.append(Partner(name="", role=PartnerRole.FUNDER))
    with transaction():
        record_change(staff, "partner.added", event.partners[0], scope=event.scope)

    assert sentences(event) == ["Partner added (Sönke Vaßholz)."]


@pytest.mark.parametrize(
    ("action", "by_staff", "english", "german"),
    [
        ("registration.cancelled", False, "[deleted] cancels.", "[gelöscht] sagt ab."),
        ("registration.confirmed", False, "[deleted] is coming.", "[gelöscht] sagt zu."),
        (
            "registration.offered",
            True,
            "Sönke Vaßholz offers [deleted] a place.",
            "Sönke Vaßholz bietet [gelöscht] einen Platz an.",
        ),
    ],
)
def test_who_has_no_name_any_more_is_deleted(event, staff, action, by_staff, english, german):
    guest = make_registration(event, first_name="", last_name="", organisation_name="")
    with transaction():
        actor = staff if by_staff else GUEST
        record_change(actor, action, guest, scope=event.scope, host_id=event.host_id)

    with use_locale("de"):
        told = sentences(event)

    assert sentences(event) == [english]
    assert told == [german]


def test_an_offer_to_a_guest_in_company_says_so(event, staff):
    guest = make_registration(event, first_name="Carla", last_name="Ohm", state=State.WAITING)
    make_registration(event, kind=RegistrationKind.COMPANION, main_id=guest.id, state=State.WAITING)
    with transaction():
        record_change(
            staff, "registration.offered", guest, scope=event.scope, host_id=event.host_id
        )

    assert sentences(event) == ["Sönke Vaßholz offers Carla Ohm a place, with company."]


def test_things_are_called_in_the_readers_language(event, staff):
    session = make_session(event, title_de="Podium", title_en="Panel", state=SessionState.PUBLISHED)
    with transaction():
        record_change(staff, "session.cancelled", session, scope=event.scope, host_id=event.host_id)

    english = sentences(event)
    with use_locale("de"):
        german = sentences(event)

    assert english == ["Sönke Vaßholz cancels the session “Panel”."]
    assert "Podium" in german[0]


def test_what_staff_noted_is_told_as_noted_by_staff(event, staff):
    first, second = invite(event, "Eins"), invite(event, "Zwei")
    accept_invitation(first)
    accept_invitation(second, by=staff)  # the event is full: the waiting list
    name_substitute(first, ludmila(), by=staff)

    assert sentences(event)[:2] == [
        "Sönke Vaßholz notes: Ludmila Frøhlich comes for Ada Eins.",
        "Sönke Vaßholz notes: Ada Zwei is coming.",
    ]
