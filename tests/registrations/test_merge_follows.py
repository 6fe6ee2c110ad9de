"""What hangs on two registrations of one person when they are made one, and afterwards."""

import pytest
from factories import make_account, make_contact, make_event, make_invitation, make_question
from questions.support import choose, chosen, places_agree
from registrations.needs_support import consents, give_needs, needs
from registrations.support import mail_kinds, places
from registrations.test_merge_doubles import anna, companion_of, elsewhere, state_of
from sqlalchemy import select

from eventapp.accounts.models import AuditEntry
from eventapp.consents.states import ConsentKind
from eventapp.contacts.models import Contact, Suppression
from eventapp.desk.undo import open_to_undo
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.errors import Overtaken
from eventapp.registrations import trail_queries
from eventapp.registrations.actions import (
    accept_invitation,
    agree,
    cancel_registration,
    restore_registration,
    take_reply_back,
    withdraw_consent,
)
from eventapp.registrations.doubles.actions import merge_registrations
from eventapp.registrations.own_data.actions import erase_guest, erase_guest_for_good, stays_in_book
from eventapp.registrations.own_data.queries import selves_of
from eventapp.registrations.states import RegistrationState

S = RegistrationState


@pytest.fixture
def event(app):
    return make_event(capacity=5, companions_allowed=2)


def steps_of(row):
    """What the trail says of a registration or an invitation, latest first."""
    return trail_queries.changes_of(row.__tablename__, row.id)


def merged(event, **given):
    """The registration that stays, and the one that was merged into it."""
    kept, other = anna(event), elsewhere(event, **given)
    merge_registrations(kept, other, by="test")
    return kept, other


def test_needs_of_the_registration_that_ends_are_deleted_and_those_of_the_kept_one_stay(event):
    kept, other = anna(event), elsewhere(event)
    give_needs(kept)
    give_needs(other, diet="vegan", access="")

    merge_registrations(kept, other, by="test")

    assert needs() == [("keine Haselnüsse", "Rollstuhlplatz")]
    assert consents() == [("needs", "1-de", "form", False), ("needs", "1-de", "form", True)]


def test_a_no_counts_for_both_and_stands_in_the_history(event):
    kept, other = anna(event), elsewhere(event)
    for one in (kept, other):
        agree(one, ConsentKind.PHOTO, locale="de")
    withdraw_consent(other, ConsentKind.PHOTO)

    merge_registrations(kept, other, by="test")

    assert [withdrawn for *_rest, withdrawn in consents()] == [True, True]
    assert "consent.withdrawn" in [step.action for step in steps_of(kept)]


def test_limited_choices_follow_the_place(event):
    question = make_question(event, ("Rad", 1), ("Bus", 5))
    kept, other = anna(event, state=S.WAITING, waiting_since=clock.now()), elsewhere(event)
    choose(kept, question, "Rad")
    choose(other, question, "Rad")

    merge_registrations(kept, other, by="test")

    assert state_of(kept) is S.CONFIRMED
    assert chosen(kept, question) == (["Rad"], [])
    assert places_agree(event)


def test_places_at_choices_that_end_are_free_again(event):
    question = make_question(event, ("Rad", 2))
    kept, other = anna(event), elsewhere(event)
    for one in (kept, other):
        choose(one, question, "Rad")

    merge_registrations(kept, other, by="test")

    assert places_agree(event)


def test_as_many_come_along_as_the_invitation_allows(event):
    with transaction():
        event.companions_allowed = 0
    kept = elsewhere(event)
    invitation = make_invitation(event, make_contact(event.host), companions_allowed=2)
    other = accept_invitation(invitation)
    names = {"first_name": "Jan", "last_name": "Öhm"}, {"first_name": "Eva", "last_name": "Öhm"}
    companion_of(kept, **names[0])
    companion_of(other, **names[1])

    merge_registrations(kept, other, by="test")

    db.session.refresh(kept)
    assert sorted(one.first_name for one in kept.company) == ["Eva", "Jan"]


def test_who_brought_the_person_is_told_for_whom_their_own_registration_is_now(event):
    main = anna(event, first_name="Otto", email="otto@werk.example")
    companion = companion_of(main, first_name="Anna", last_name="Müller-Öhm")
    kept = elsewhere(event)

    merge_registrations(kept, companion, by="test")

    assert mail_kinds() == [(kept.email, "merged"), (main.email, "party")]
    assert "registration.companion_removed" in [step.action for step in steps_of(main)]


def test_undoing_a_cancellation_brings_nobody_back_who_is_there_by_another_registration(event):
    staff = make_account(event.host)
    kept, other = anna(event), elsewhere(event)
    merge_registrations(kept, other, by=staff)
    step = steps_of(other)[0]

    with pytest.raises(Overtaken):
        restore_registration(other, step, by=staff)

    assert (state_of(other), places(event)) == (S.CANCELLED, (1, 1))
    cancel_registration(kept, by=staff)
    restore_registration(kept, steps_of(kept)[0], by=staff)
    assert (state_of(kept), state_of(other), places(event)) == (S.CONFIRMED, S.CANCELLED, (1, 1))


def test_the_second_invitation_of_a_merged_person_is_not_offered_to_be_reinstated(event):
    staff = make_account(event.host)
    one, second = (make_invitation(event, make_contact(event.host)) for _ in range(2))
    with transaction():
        second.no_mail_at = clock.now()
    kept, other = accept_invitation(one), accept_invitation(second)

    merge_registrations(kept, other, by=staff)

    steps = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).all()
    withdrawn = [step.id for step in steps if step.action == "invitation.withdrawn"]
    assert len(withdrawn) == 1
    assert not open_to_undo(steps) & set(withdrawn)
    db.session.refresh(one)
    assert one.no_mail_at == second.no_mail_at


def test_a_noted_yes_is_not_taken_back_once_another_registration_hangs_on_it(event):
    staff = make_account(event.host)
    invitation = make_invitation(event, make_contact(event.host))
    kept = accept_invitation(invitation, by=staff)
    step = steps_of(invitation)[0]
    merge_registrations(kept, elsewhere(event), by=staff)

    with pytest.raises(Overtaken):
        take_reply_back(invitation, step, by=staff)

    assert state_of(kept) is S.CONFIRMED


def test_what_was_merged_belongs_to_the_person_also_by_way_of_a_third_one(event):
    kept, other = merged(event)
    last = anna(event, email="oehm@verein.example")
    merge_registrations(last, kept, by="test")

    assert [one.id for one in selves_of(last)] == [kept.id, other.id, last.id]
    assert [one.id for one in selves_of(other)] == [other.id]


def test_the_data_page_shows_what_was_merged_and_when(client, event):
    kept, other = merged(event, phone="0151 2345")

    data = client.get(f"/r/{kept.token}/data.json").json

    assert [one["number"] for one in data["registration"]] == [kept.number, other.number]
    assert "merged_at" not in data["registration"][0]
    assert data["registration"][1]["merged_at"]
    assert other.email in client.get(f"/r/{kept.token}/data").text


def test_delete_me_deletes_what_was_merged_as_well(client, event):
    kept, other = merged(event)
    old_link = other.token

    erase_guest(kept)

    for one in (kept, other):
        db.session.refresh(one)
        assert one.is_erased
    assert mail_kinds() == []
    assert client.get(f"/r/{old_link}").status_code == 410


def test_never_again_counts_for_both_addresses(event):
    kept, other = merged(event)

    erase_guest_for_good(kept)

    assert len(db.session.scalars(select(Suppression)).all()) == 2
    assert other.email == ""


@pytest.mark.parametrize("second", ["the invitation moves", "each has an invitation"])
def test_contacts_that_were_made_for_this_event_only_go_as_well(event, second):
    contacts = [make_contact(event.host, source="by hand") for _ in range(2)]
    other = accept_invitation(make_invitation(event, contacts[0]))
    kept = anna(event)
    if second == "each has an invitation":
        kept = accept_invitation(make_invitation(event, contacts[1]))
    else:
        with transaction():
            db.session.delete(contacts[1])
    merge_registrations(kept, other, by="test")
    assert not stays_in_book(kept)

    erase_guest(kept)

    assert db.session.scalars(select(Contact)).all() == []
