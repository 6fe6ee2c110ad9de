"""Staff makes one registration of two of one person; places, line, mails and links follow."""

from datetime import timedelta
from functools import partial

import pytest
from factories import (
    make_account,
    make_contact,
    make_event,
    make_host,
    make_invitation,
    make_registration,
)
from registrations.support import all_registrations, latest_mail, mail_kinds, places
from registrations.test_last_place import at_once
from sqlalchemy import select

from eventapp.accounts.models import AuditEntry
from eventapp.consents.models import Consent
from eventapp.consents.states import ConsentKind
from eventapp.contacts.states import Sector
from eventapp.events.states import EventState
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.errors import DomainError
from eventapp.foundation.outbox import OutboxMail
from eventapp.invitations.models import Invitation
from eventapp.invitations.states import InvitationState
from eventapp.registrations import queries
from eventapp.registrations.actions import accept_invitation, accept_offer, cancel_registration
from eventapp.registrations.doubles.actions import (
    join_invitation,
    look_at_pair_again,
    merge_registrations,
    tell_apart,
)
from eventapp.registrations.doubles.pairs import Reason
from eventapp.registrations.doubles.sheet import count_doubles, double_sheet
from eventapp.registrations.errors import DoubleIsGone, EventHasBegun
from eventapp.registrations.models import Registration
from eventapp.registrations.states import RegistrationKind, RegistrationState

S = RegistrationState
ANNA = {"first_name": "Anna", "last_name": "Müller-Öhm", "organisation_name": "Werk Nord GmbH"}


def anna(event, **given) -> Registration:
    return make_registration(event, **ANNA | {"email": "anna@werk.example"} | given)


def elsewhere(event, **given) -> Registration:
    """The same person by another address."""
    return make_registration(event, **ANNA | {"email": "anna@privat.example"} | given)


def companion_of(main: Registration, **given) -> Registration:
    return make_registration(
        main.event,
        **{
            "main": main,
            "kind": RegistrationKind.COMPANION,
            "state": main.state,
            "email": "",
            "organisation_name": "",
            "waiting_since": main.waiting_since,
        }
        | given,
    )


def only_pair(event):
    [pair] = double_sheet(event).doubles
    return pair


def state_of(one: Registration) -> RegistrationState:
    db.session.refresh(one)
    return one.state


# ---- Who is proposed ----------------------------------------------------------------------------


def test_the_same_name_under_another_address_is_proposed_umlauts_aside(app):
    event = make_event()
    anna(event, last_name="Mueller Oehm")
    elsewhere(event)

    assert only_pair(event).reason is Reason.NAME
    assert count_doubles(event) == 1


def test_a_typing_mistake_or_a_title_under_one_address_is_proposed(app):
    event = make_event()
    anna(event, last_name="Müller-Öm", first_name="Dr. Anna")
    anna(event, last_name="Müller-Öhm")

    assert only_pair(event).reason is Reason.ADDRESS


def test_two_people_may_share_one_address(app):
    event = make_event()
    make_registration(event, first_name="Otto", last_name="Ahlers", email="info@amt.example")
    make_registration(event, first_name="Beate", last_name="Zander", email="info@amt.example")

    assert double_sheet(event).doubles == []
    assert count_doubles(event) == 0


def test_one_contact_registered_twice_is_proposed(app):
    event = make_event()
    contact = make_contact(event.host)
    make_registration(event, contact_id=contact.id)
    make_registration(event, contact_id=contact.id)

    assert only_pair(event).reason is Reason.CONTACT


def test_who_was_invited_and_registers_again_by_another_address_is_proposed_as_such(app):
    event = make_event()
    contact = make_contact(event.host, **ANNA, email="anna@werk.example")
    accept_invitation(make_invitation(event, contact))
    elsewhere(event)

    assert only_pair(event).reason is Reason.INVITED


def test_a_named_companion_who_is_registered_as_well_is_proposed_and_goes(app):
    event = make_event()
    companion = companion_of(make_registration(event), first_name="Anna", last_name="Müller-Öhm")
    own = anna(event, state=S.WAITING)

    pair = only_pair(event)

    assert pair.reason is Reason.COMPANION
    assert (pair.kept, pair.other, pair.may_choose) == (own, companion, False)


def test_who_left_is_not_confirmed_or_belongs_to_another_event_is_not_proposed(app):
    event = make_event()
    anna(event)
    elsewhere(event, state=S.CANCELLED)
    elsewhere(event, state=S.UNCONFIRMED)
    elsewhere(make_event(event.host))

    assert count_doubles(event) == 0


def test_the_better_state_stays_and_among_equals_the_older(app):
    event = make_event()
    waiting = anna(event, state=S.WAITING, registered_at=clock.now() - timedelta(days=3))
    confirmed = elsewhere(event)
    assert only_pair(event).kept == confirmed

    older = anna(
        make_event(), state=S.WAITING, registered_at=clock.now() - timedelta(days=3), number="X"
    )
    elsewhere(older.event, state=S.WAITING)
    assert only_pair(older.event).kept == older
    assert waiting.is_live


def test_two_people_are_never_proposed_again(app):
    event = make_event()
    one, other = anna(event), elsewhere(event)

    tell_apart(other, one, by="test")
    tell_apart(one, other, by="test")

    assert count_doubles(event) == 0
    steps = db.session.scalars(
        select(AuditEntry.reason).where(AuditEntry.action == "registration.told_apart")
    ).all()
    assert steps == [other.number]
    with pytest.raises(DoubleIsGone):
        merge_registrations(one, other, by="test")


def test_two_people_may_be_one_after_all(app):
    event = make_event()
    one, other = anna(event), elsewhere(event)
    tell_apart(one, other, by="test")

    look_at_pair_again(other, one, by="test")
    look_at_pair_again(one, other, by="test")

    assert count_doubles(event) == 1
    steps = db.session.scalars(
        select(AuditEntry.reason).where(AuditEntry.action == "registration.looked_again")
    ).all()
    assert steps == [other.number]
    merge_registrations(one, other, by="test")
    assert not other.is_live


def test_only_decisions_that_still_matter_can_be_looked_at_again(app):
    event = make_event()
    one, other, third = anna(event), elsewhere(event), elsewhere(event, email="a@dritt.example")
    invitation = make_invitation(event, make_contact(event.host, **ANNA))
    for stranger in (other, third, invitation):
        tell_apart(one, stranger, by="test")
    shown = double_sheet(event).apart
    assert [pair.other or pair.invitation for pair in shown] == [invitation, third, other]

    cancel_registration(third)
    accept_invitation(invitation)

    assert [pair.other for pair in double_sheet(event).apart] == [other]


# ---- Places and the line ------------------------------------------------------------------------


def test_two_places_become_one_and_the_other_goes_to_who_waits_longest(app):
    event = make_event(capacity=2)
    kept, other = anna(event), elsewhere(event)
    next_one = make_registration(event, state=S.WAITING)

    merge_registrations(kept, other, by="test")

    assert (state_of(kept), state_of(other)) == (S.CONFIRMED, S.CANCELLED)
    assert state_of(next_one) is S.OFFERED
    assert places(event) == (2, 2)
    assert mail_kinds() == [(kept.email, "merged"), (next_one.email, "offer")]


def test_who_waits_takes_the_place_of_the_registration_that_ends_and_nobody_else_does(app):
    event = make_event(capacity=1)
    other = elsewhere(event)
    first = make_registration(event, state=S.WAITING)
    kept = anna(event, state=S.WAITING)

    merge_registrations(kept, other, by="test")

    assert (state_of(kept), state_of(other), state_of(first)) == (
        S.CONFIRMED,
        S.CANCELLED,
        S.WAITING,
    )
    assert places(event) == (1, 1)
    assert "bestätigt" in latest_mail().text


def test_the_earlier_spot_in_line_stays(app):
    event = make_event(capacity=0)
    early = clock.now() - timedelta(days=5)
    other = elsewhere(event, state=S.WAITING, waiting_since=early)
    between = make_registration(
        event, state=S.WAITING, waiting_since=clock.now() - timedelta(days=2)
    )
    kept = anna(event, state=S.WAITING)

    merge_registrations(kept, other, by="test")

    assert [one.id for one in queries.line(event)] == [kept.id, between.id]


def test_who_was_late_in_one_of_them_was_in_time_in_the_other(app):
    event = make_event(capacity=0)
    early = clock.now() - timedelta(days=5)
    kept = anna(event, state=S.WAITING, waiting_since=early, priority=-1)
    other = elsewhere(event, state=S.WAITING)

    since = other.waiting_since
    merge_registrations(kept, other, by="test")

    db.session.refresh(kept)
    assert (kept.priority, kept.waiting_since) == (0, since)


def test_an_offer_is_taken_over_with_its_deadline(app):
    event = make_event(capacity=1)
    until = clock.now() + timedelta(hours=20)
    other = elsewhere(event, state=S.OFFERED, offer_expires_at=until, waiting_since=clock.now())
    kept = anna(event, state=S.IN_REVIEW)

    merge_registrations(kept, other, by="test")

    db.session.refresh(kept)
    assert (kept.state, kept.offer_expires_at) == (S.OFFERED, until)
    assert places(event) == (1, 1)
    accept_offer(kept)
    assert (state_of(kept), places(event)) == (S.CONFIRMED, (1, 1))


def test_a_place_of_the_press_is_none_that_a_guest_takes_over(app):
    event = make_event(capacity=0)
    with transaction():
        db.session.add(
            press := Registration(
                event=event,
                number="P-1",
                state=S.CONFIRMED,
                kind=RegistrationKind.PRESS,
                email="anna@presse.example",
                **ANNA,
            )
        )
    kept = anna(event, state=S.WAITING)

    merge_registrations(kept, press, by="test")

    assert (state_of(kept), places(event)) == (S.WAITING, (0, 0))


def test_a_companion_who_registered_as_well_needs_one_place_only(app):
    event = make_event(capacity=2)
    main = make_registration(event)
    companion = companion_of(main, first_name="Anna", last_name="Müller-Öhm")
    kept = anna(event, state=S.WAITING)

    merge_registrations(kept, companion, by="test")

    assert (state_of(kept), state_of(companion), state_of(main)) == (
        S.CONFIRMED,
        S.CANCELLED,
        S.CONFIRMED,
    )
    assert places(event) == (2, 2)


def test_companions_of_both_come_along_nobody_twice(app):
    event = make_event(capacity=5, companions_allowed=2)
    kept, other = anna(event), elsewhere(event)
    companion_of(kept, first_name="Jan", last_name="Öhm")
    same = companion_of(other, first_name="Jan", last_name="Oehm")
    more = companion_of(other, first_name="Eva", last_name="Öhm")

    merge_registrations(kept, other, by="test")

    db.session.refresh(more)
    assert state_of(same) is S.CANCELLED
    assert (more.state, more.main_id) == (S.CONFIRMED, kept.id)
    assert places(event) == (3, 3)


def test_a_companion_in_line_gets_no_place_that_others_wait_for(app):
    event = make_event(capacity=1)
    other = elsewhere(event)
    kept = anna(event, state=S.WAITING)
    companion = companion_of(kept, first_name="Jan", last_name="Öhm")
    make_registration(event, state=S.WAITING)

    merge_registrations(kept, other, by="test")

    assert (state_of(kept), state_of(companion)) == (S.CONFIRMED, S.CANCELLED)
    assert places(event) == (1, 1)


def test_a_companion_in_line_comes_along_if_a_place_is_free_that_nobody_waits_for(app):
    event = make_event(capacity=3)
    other = elsewhere(event)
    kept = anna(event, state=S.WAITING)
    companion = companion_of(kept, first_name="Jan", last_name="Öhm")

    merge_registrations(kept, other, by="test")

    assert state_of(companion) is S.CONFIRMED
    assert places(event) == (2, 2)


# ---- What is said, and what is not ---------------------------------------------------------------


def test_the_kept_one_s_own_words_win_and_gaps_are_filled(app):
    event = make_event()
    kept = anna(event, organisation_name="Werk Süd", phone="", sector=Sector.UNKNOWN, city="")
    other = elsewhere(event, phone="02931 1", organisation_name="Werk Nord", city="Olpe")

    merge_registrations(kept, other, by="test")

    db.session.refresh(kept)
    assert (kept.organisation_name, kept.phone, kept.city) == ("Werk Süd", "02931 1", "Olpe")
    assert (kept.sector, kept.email) == (Sector.BUSINESS, "anna@werk.example")


def test_who_has_no_address_gets_that_of_the_other(app):
    event = make_event()
    kept, other = anna(event, email=""), elsewhere(event)

    merge_registrations(kept, other, by="test")

    assert mail_kinds() == [("anna@privat.example", "merged")]


def test_a_yes_is_never_taken_over_and_a_no_counts_for_both(app):
    event = make_event()
    kept, other = anna(event), elsewhere(event)
    with transaction():
        for registration, kind, withdrawn in (
            (kept, ConsentKind.PHOTO, None),
            (kept, ConsentKind.ATTENDEE_LIST, None),
            (other, ConsentKind.ATTENDEE_LIST, clock.now()),
            (other, ConsentKind.NEXT_INVITATION, None),
        ):
            db.session.add(
                Consent(
                    registration_id=registration.id,
                    kind=kind,
                    text_version="1",
                    withdrawn_at=withdrawn,
                )
            )

    merge_registrations(kept, other, by="test")

    in_force = db.session.scalars(
        select(Consent.kind).where(
            Consent.registration_id == kept.id, Consent.withdrawn_at.is_(None)
        )
    ).all()
    assert in_force == [ConsentKind.PHOTO]


def test_the_trail_of_both_names_the_other(app):
    event = make_event()
    kept, other = anna(event), elsewhere(event)
    colleague = make_account(event.host)

    merge_registrations(kept, other, by=colleague)

    entries = db.session.execute(
        select(AuditEntry.action, AuditEntry.subject_id, AuditEntry.reason, AuditEntry.actor)
    ).all()
    assert ("registration.merged", str(other.id), kept.number, colleague.name) in entries
    assert ("registration.absorbed", str(kept.id), other.number, colleague.name) in entries


# ---- Invitations --------------------------------------------------------------------------------


def test_the_invitation_goes_with_the_person_and_its_old_link_opens_nothing(app, client):
    event = make_event()
    invitation = make_invitation(event, make_contact(event.host, **ANNA))
    invited, old_link = accept_invitation(invitation), invitation.token
    kept = elsewhere(event)

    merge_registrations(kept, invited, by="test")

    db.session.refresh(kept)
    assert (kept.invitation_id, kept.contact_id) == (invitation.id, invitation.contact_id)
    assert queries.registration_of(invitation) == kept
    assert client.get(f"/i/{old_link}").status_code == 404
    assert client.get(f"/i/{invitation.token}").status_code == 200


def test_of_two_invitations_that_of_the_kept_one_stays(app):
    event = make_event()
    first = make_invitation(event, make_contact(event.host, **ANNA))
    second = make_invitation(event, make_contact(event.host, **ANNA))
    kept, other = accept_invitation(first), accept_invitation(second)

    merge_registrations(kept, other, by="test")

    db.session.refresh(second)
    assert second.state is InvitationState.WITHDRAWN
    assert state_of(kept) is S.CONFIRMED
    assert (kept.invitation_id, other.invitation_id) == (first.id, None)


def test_a_silent_invitation_is_proposed_and_counts_as_accepted(app, client):
    event = make_event()
    invitation = make_invitation(event, make_contact(event.host, **ANNA))
    old_link, registered = invitation.token, elsewhere(event)
    [pair] = double_sheet(event).silent
    assert (pair.registration, pair.invitation) == (registered, invitation)

    join_invitation(registered, invitation, by="test")

    db.session.refresh(invitation)
    assert invitation.state is InvitationState.ACCEPTED
    assert queries.registration_of(invitation) == registered
    assert client.get(f"/i/{old_link}").status_code == 404
    assert (count_doubles(event), places(event)) == (0, (1, 1))
    assert mail_kinds() == [(registered.email, "merged")]
    with pytest.raises(DoubleIsGone):
        join_invitation(registered, invitation, by="test")


def test_a_silent_invitation_of_somebody_else_is_not_proposed_again(app):
    event = make_event()
    invitation = make_invitation(event, make_contact(event.host, **ANNA))
    registered = elsewhere(event)

    tell_apart(registered, invitation, by="test")

    assert count_doubles(event) == 0
    with pytest.raises(DoubleIsGone):
        join_invitation(registered, invitation, by="test")


# ---- Links and mails ----------------------------------------------------------------------------


def test_the_old_link_says_what_happened_and_leads_nowhere(app, client):
    event = make_event()
    kept, other = anna(event), elsewhere(event)
    old = other.token

    merge_registrations(kept, other, by="test")

    for path in (f"/r/{old}", f"/r/{old}/cancel", f"/r/{old}/calendar.ics"):
        page = client.get(path)
        assert page.status_code == 410
        assert "mit einer anderen zusammengeführt" in page.text
        assert kept.public_id not in page.text
        assert kept.last_name not in page.text
        assert "Location" not in page.headers
    assert client.post(f"/r/{old}/cancel").status_code == 410
    assert client.get(f"/r/{kept.token}").status_code == 200


def test_the_person_gets_one_mail_with_the_link_that_counts(app):
    event = make_event()
    kept, other = anna(event, locale="en"), elsewhere(event)

    merge_registrations(kept, other, by="test")

    [mail] = db.session.scalars(select(OutboxMail)).all()
    assert mail.to_email == kept.email
    assert kept.public_id in mail.text
    assert other.public_id not in mail.text
    assert "on our list twice" in mail.subject


# ---- What cannot be -----------------------------------------------------------------------------


@pytest.mark.parametrize("change", ["cancelled", "other event", "itself", "companion"])
def test_what_is_no_pair_any_more_is_refused_and_changes_nothing(app, change):
    event = make_event()
    kept, other = anna(event), elsewhere(event)
    if change == "cancelled":
        cancel_registration(other)
    elif change == "other event":
        other = elsewhere(make_event(event.host))
    elif change == "itself":
        other = kept
    else:
        kept = companion_of(other, first_name="Jan", last_name="Öhm")
    before = places(event)

    with pytest.raises(DoubleIsGone):
        merge_registrations(kept, other, by="test")

    assert places(event) == before


def test_once_the_event_has_begun_nothing_is_merged(app):
    event = make_event(starts_at=clock.now() - timedelta(hours=1))
    kept, other = anna(event), elsewhere(event)

    assert count_doubles(event) == 0
    with pytest.raises(EventHasBegun):
        merge_registrations(kept, other, by="test")


def test_a_postponed_event_can_be_tidied(app):
    event = make_event(state=EventState.POSTPONED)
    kept, other = anna(event), elsewhere(event)

    merge_registrations(kept, other, by="test")

    assert places(event) == (1, 1)


# ---- At once, with real threads ------------------------------------------------------------------


def tried(step, *rows):
    try:
        step(*rows)
    except DomainError as problem:
        return type(problem)
    return None


def merge_ids(pair):
    kept, other = (db.session.get_one(Registration, number) for number in pair)
    return tried(lambda: merge_registrations(kept, other, by="test"))


def test_t46_two_organisers_who_keep_one_each_leave_exactly_one(app):
    event = make_event(capacity=2)
    one, other = anna(event), elsewhere(event)
    waiting = [make_registration(event, state=S.WAITING).id for _ in range(3)]

    outcomes = at_once(app, merge_ids, [(one.id, other.id), (other.id, one.id)] * 4)

    db.session.expire_all()
    assert outcomes.count(None) == 1
    assert set(outcomes) == {None, DoubleIsGone}
    assert sorted([one.state, other.state]) == [S.CANCELLED, S.CONFIRMED]
    assert [db.session.get_one(Registration, number).state for number in waiting] == [
        S.OFFERED,
        S.WAITING,
        S.WAITING,
    ]
    assert places(event) == (2, 2)
    assert [kind for _, kind in mail_kinds()] == ["merged", "offer"]


@pytest.mark.parametrize("who", ["kept", "other"])
def test_t46_a_guest_who_cancels_at_the_same_instant_leaves_places_and_states_in_step(app, who):
    for _ in range(4):
        event = make_event(capacity=2)
        kept, other = anna(event), elsewhere(event)
        make_registration(event, state=S.WAITING)
        leaver = (kept if who == "kept" else other).id

        def cancel(number):
            return tried(lambda: cancel_registration(db.session.get_one(Registration, number)))

        at_once(
            app,
            lambda step: step(),
            [lambda pair=(kept.id, other.id): merge_ids(pair), lambda one=leaver: cancel(one)],
        )

        db.session.expire_all()
        held = [one for one in all_registrations() if one.event_id == event.id and one.holds_place]
        assert places(event) == (len(held), len(held))
        assert len(held) <= 2
        assert not (kept.is_live and other.is_live)


def test_an_answer_by_the_old_link_at_the_same_instant_makes_no_second_registration(app):
    event = make_event(capacity=5)
    invitation = make_invitation(event, make_contact(event.host, **ANNA))
    registered = elsewhere(event)

    def answer(number):
        return tried(lambda: accept_invitation(db.session.get_one(Invitation, number)))

    def join(number):
        return tried(
            lambda: join_invitation(
                db.session.get_one(Registration, registered.id),
                db.session.get_one(Invitation, number),
                by="test",
            )
        )

    at_once(app, lambda step: step(invitation.id), [answer, join])

    db.session.expire_all()
    live = [one for one in all_registrations() if one.is_live and one.invitation_id]
    assert len(live) == 1
    held = sum(one.holds_place for one in all_registrations())
    assert places(event) == (held, held)


# ---- Pages --------------------------------------------------------------------------------------


@pytest.fixture
def staff(app, client, sign_in):
    host = make_host()
    return sign_in(client, make_account(host)), host


def test_the_guests_page_hints_at_doubles_and_is_silent_without(staff):
    page, host = staff
    event = make_event(host)
    anna(event)
    path = f"/organise/{event.slug}/guests"
    assert "doubles" not in page.get(path).text

    elsewhere(event)

    text = page.get(path).text
    assert f"{path}/doubles" in text
    assert "Eine Person ist vielleicht zweimal angemeldet" in text


def test_staff_merges_by_the_page_and_may_choose_which_one_stays(staff):
    page, host = staff
    event = make_event(host)
    older, newer = anna(event), elsewhere(event)
    path = f"/organise/{event.slug}/guests/doubles"
    shown = page.get(path).text
    assert "anna@werk.example" in shown
    assert "anna@privat.example" in shown

    answer = page.post(f"{path}/merge", data={"one": older.id, "other": newer.id, "keep": newer.id})

    assert (answer.status_code, answer.location) == (303, path)
    assert (state_of(older), state_of(newer)) == (S.CANCELLED, S.CONFIRMED)
    assert "Niemand scheint zweimal angemeldet zu sein" in page.get(path).text
    assert newer.number in page.get(f"/organise/{event.slug}/guests/{older.id}").text
    assert older.number in page.get(f"/organise/{event.slug}/guests/{newer.id}").text


def test_a_colleague_who_was_faster_is_told_with_409(staff):
    page, host = staff
    event = make_event(host)
    one, other = anna(event), elsewhere(event)
    cancel_registration(other)

    answer = page.post(
        f"/organise/{event.slug}/guests/doubles/merge", data={"one": one.id, "other": other.id}
    )

    assert answer.status_code == 409
    assert "in der Zwischenzeit" in answer.text


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"one": "x"},
        {"one": "1", "other": "2", "keep": "3"},
        {"one": "1", "other": "2", "invitation": "3"},
    ],
)
def test_an_odd_form_is_answered_with_422(staff, typed):
    page, host = staff
    event = make_event(host)

    answer = page.post(f"/organise/{event.slug}/guests/doubles/merge", data=typed)

    assert answer.status_code == 422


def test_a_pair_of_another_organisation_is_not_found(staff):
    page, host = staff
    event, foreign = make_event(host), make_event()
    one, other = anna(foreign), elsewhere(foreign)
    path = f"/organise/{event.slug}/guests/doubles"

    for step in ("merge", "apart", "again"):
        answer = page.post(f"{path}/{step}", data={"one": one.id, "other": other.id})
        assert answer.status_code == 404
    assert one.is_live
    assert other.is_live


def test_two_people_by_the_page_and_a_silent_invitation_joined_by_it(staff):
    page, host = staff
    event = make_event(host)
    one, other = anna(event), elsewhere(event)
    path = f"/organise/{event.slug}/guests/doubles"

    assert page.post(f"{path}/apart", data={"one": one.id, "other": other.id}).status_code == 303
    assert count_doubles(event) == 0

    known = page.get(path).text
    assert "Als zwei Personen bekannt" in known
    answer = page.post(f"{path}/again", data={"one": one.id, "other": other.id})
    assert (answer.status_code, answer.location) == (303, path)
    assert count_doubles(event) == 1
    assert "Als zwei Personen bekannt" not in page.get(path).text

    invitation = make_invitation(
        event, make_contact(host, first_name="Udo", last_name="Ahlers", email="udo@amt.example")
    )
    guest = make_registration(event, first_name="Udo", last_name="Ahlers")
    assert "Eingeladen und nicht geantwortet" in page.get(path).text
    answer = page.post(f"{path}/merge", data={"one": guest.id, "invitation": invitation.id})
    assert answer.status_code == 303
    db.session.refresh(invitation)
    assert invitation.state is InvitationState.ACCEPTED


def test_the_hint_stays_with_a_search_and_stands_at_the_guest(client, organiser):
    """Whoever looks for a name, or at one of the two, learns that there are two."""
    event = make_event(organiser.memberships[0].host)
    two = [
        make_registration(event, first_name="Ada", last_name="Ohm", email=f"ada{n}@werk.example")
        for n in range(2)
    ]
    other = make_registration(event, first_name="Bo", last_name="Klein")
    read = partial(client.get, headers={"Accept-Language": "de"})
    guests = f"/organise/{event.slug}/guests"

    assert "Eine Person ist vielleicht zweimal angemeldet" in read(f"{guests}?q=ohm").text
    assert f"{guests}/doubles#guest-{two[1].id}" in read(f"{guests}/{two[1].id}").text
    assert f'id="guest-{two[1].id}"' in read(f"{guests}/doubles").text
    assert "vielleicht zweimal" not in read(f"{guests}/{other.id}").text


def test_the_chips_count_within_the_search(client, organiser):
    event = make_event(organiser.memberships[0].host)
    for name in ("Ohm", "Volt", "Watt"):
        make_registration(event, last_name=name)
    make_registration(event, last_name="Ohm", state=RegistrationState.CANCELLED)
    guests = f"/organise/{event.slug}/guests"
    whole = client.get(guests, headers={"Accept-Language": "de"}).text
    found = client.get(f"{guests}?q=ohm", headers={"Accept-Language": "de"}).text

    assert "Angemeldet<span>3</span>" in whole
    assert "Storniert<span>1</span>" in whole
    assert "Angemeldet<span>1</span>" in found
    assert "Storniert<span>1</span>" in found
