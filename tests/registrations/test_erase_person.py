"""Delete this person: all events of the organisation and the address book, in one step."""

from datetime import timedelta

import pytest
from factories import (
    make_account,
    make_contact,
    make_contribution,
    make_contributor,
    make_event,
    make_host,
    make_invitation,
    make_list,
    make_session,
)
from factories import make_registration as make
from registrations.needs_support import consents, give_needs, needs
from registrations.support import all_registrations, ludmila, mail_kinds, places
from registrations.test_erase import MARK, answer_of, left_of_mark
from sqlalchemy import select
from world import dump

from eventapp.accounts.models import AuditEntry
from eventapp.consents.states import ConsentKind
from eventapp.contacts import queries as contact_queries
from eventapp.contacts.models import Contact, Suppression
from eventapp.contacts.states import ObjectionKind
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.outbox import OutboxMail
from eventapp.invitations.actions import invite_person
from eventapp.invitations.models import Invitation, Substitute
from eventapp.programme.models import Contributor
from eventapp.programme.states import ContributorState
from eventapp.registrations import queries
from eventapp.registrations.actions import (
    accept_invitation,
    agree,
    decline_invitation,
    name_substitute,
)
from eventapp.registrations.errors import StillInProgramme
from eventapp.registrations.own_data.actions import erase_guest_for_good, erase_person
from eventapp.registrations.own_data.person_queries import Reach
from eventapp.registrations.own_data.requests import Afterwards
from eventapp.registrations.states import RegistrationState

S = RegistrationState


@pytest.fixture
def event(app):
    return make_event(capacity=2)


def marked_contact(host, **given):
    """An entry of which every text says who it is."""
    texts = ("title", "first_name", "last_name", "name_suffix", "position", "organisation_name")
    values = {name: f"{MARK} {name}" for name in texts}
    more = {"email": f"{MARK}@werk.example".lower(), "phone": MARK, "note": MARK, "city": MARK}
    return make_contact(host, **values | more | given)


def erased(subject, *, reach=Reach.ALIKE, afterwards=Afterwards.OPEN, by="Sönke Vaßholz"):
    erase_person(subject, reach=reach, afterwards=afterwards, by=by)


def contacts():
    return list(db.session.scalars(select(Contact).order_by(Contact.id)))


def test_after_it_no_row_of_the_database_knows_the_person(event):
    """Registered here, declined there, asked and silent elsewhere, on a list, with mails."""
    contact = marked_contact(event.host)
    make_list(event.host, contact)
    guest = accept_invitation(make_invitation(event, contact, note=MARK), note=MARK, by="staff")
    give_needs(guest)
    agree(guest, ConsentKind.PHOTO, locale="de")
    answer_of(guest, MARK)
    decline_invitation(make_invitation(make_event(event.host), contact), note=MARK, by="staff")
    invite_person(make_event(event.host), contact, by="staff")
    assert left_of_mark()

    erased(contact)

    assert left_of_mark() == []
    assert (consents(), needs(), mail_kinds(), contacts()) == ([], [], [], [])


def test_what_counts_stays_and_is_tied_to_nobody(event):
    contact = make_contact(event.host, county="Kreis Olpe")
    accept_invitation(make_invitation(event, contact))

    erased(contact)

    (row,) = all_registrations()
    assert (row.state, row.county, row.is_erased) == (S.CANCELLED, "Kreis Olpe", True)
    assert (row.contact_id, row.invitation_id) == (None, None)
    assert db.session.scalars(select(Invitation)).all() == []
    assert places(event) == (0, 0)


def test_a_live_place_goes_to_whoever_waits_longest(event):
    contact = make_contact(event.host)
    accept_invitation(make_invitation(event, contact))
    make(event)
    waiting = make(event, state=S.WAITING)

    erased(contact)

    assert waiting.state is S.OFFERED
    assert mail_kinds() == [(waiting.email, "offer")]
    assert places(event) == (2, 2)


def test_places_at_all_events_are_given_up(event):
    other = make_event(event.host, capacity=1)
    contact = make_contact(event.host)
    for one in (event, other):
        accept_invitation(make_invitation(one, contact))

    erased(contact)

    assert (places(event), places(other)) == ((0, 0), (0, 0))


def test_the_trail_says_what_was_done_and_by_whom_without_the_person(event):
    account = make_account(event.host, name="Sönke Vaßholz")
    contact = marked_contact(event.host)
    accept_invitation(make_invitation(event, contact))

    erased(contact, by=account)

    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    last = entries[-1]
    assert (last.actor, last.action, last.after) == (
        "Sönke Vaßholz",
        "contact.erased",
        {"registrations": 1, "invitations": 1},
    )
    assert {one.host_id for one in entries} == {event.host_id}
    assert MARK not in repr([(one.before, one.after, one.reason) for one in entries])


def test_doing_it_twice_changes_nothing(event):
    guest = make(event)
    erased(guest)
    before = dump()

    erased(guest)

    assert dump() == before


@pytest.mark.parametrize("afterwards", Afterwards)
def test_never_again_is_remembered_without_the_address_and_holds_for_the_next_import(
    event, afterwards
):
    contact = make_contact(event.host, email="Nie@Wieder.example")

    erased(contact, afterwards=afterwards)

    never = afterwards is Afterwards.NEVER_INVITED
    again = make_contact(event.host, email="nie@wieder.example")
    found = contact_queries.suppression_of(event.host_id, again.email)
    assert (found is not None) is never
    assert [one.kind for one in db.session.scalars(select(Suppression))] == (
        [ObjectionKind.ASKED] if never else []
    )
    assert "nie@wieder" not in repr([row for table, row in dump().items() if table != "contact"])


def test_the_same_person_without_an_entry_is_found_by_name_and_address(event):
    other = make_event(event.host)
    same = {"first_name": "Eva", "last_name": "Ohm", "email": "eva@ohm.example"}
    guest, there = make(event, **same), make(other, **same)
    shared = make(other, first_name="Udo", last_name="Ohm", email="eva@ohm.example")
    abroad = make(make_event(make_host()), **same)

    erased(guest)

    assert [one.is_erased for one in (guest, there, shared, abroad)] == [True, True, False, False]


def test_by_a_link_only_what_hangs_on_one_entry_is_found(event):
    same = {"first_name": "Eva", "last_name": "Ohm", "email": "eva@ohm.example"}
    guest, there = make(event, **same), make(make_event(event.host), **same)

    erased(guest, reach=Reach.LINKED)

    assert [one.is_erased for one in (guest, there)] == [True, False]


def test_two_people_at_one_address_are_two(event):
    info = {"last_name": "Ohm", "email": "info@ohm.example"}
    eva = make_contact(event.host, first_name="Eva", **info)
    udo = make_contact(event.host, first_name="Udo", **info)
    for one in (eva, udo):
        accept_invitation(make_invitation(event, one))

    erased(eva)

    assert [one.first_name for one in contacts()] == ["Udo"]
    assert [one.is_erased for one in all_registrations()] == [True, False]
    assert {one.to_name for one in db.session.scalars(select(OutboxMail))} == {udo.full_name}


def test_whom_the_guest_named_keeps_the_place(event):
    contact = marked_contact(event.host)
    invitation = make_invitation(event, contact)
    accept_invitation(invitation)
    follow_up = name_substitute(invitation, ludmila())

    erased(contact)

    assert f"{MARK} last_name".lower() not in repr(dump()).lower()
    assert queries.registration_of(follow_up).state is S.CONFIRMED
    assert follow_up.substitute_for_id is None
    assert places(event) == (1, 1)


def test_a_silent_substitute_is_forgotten_and_gives_the_place_up(event):
    first = make_invitation(event, make_contact(event.host))
    accept_invitation(first)
    follow_up = name_substitute(first, ludmila(first_name=MARK, last_name=MARK))

    erased(follow_up)

    assert left_of_mark() == []
    assert db.session.scalars(select(Substitute)).one().email == ""
    assert places(event) == (0, 0)


def test_who_never_confirmed_leaves_no_row_behind(event):
    guest = make(event, state=S.UNCONFIRMED)

    erased(guest)

    assert all_registrations() == []


def test_nobody_else_is_touched(event):
    make_registration_of_others = make(event)
    give_needs(make_registration_of_others)
    bystander = make_contact(event.host)
    make_invitation(event, bystander)

    erased(marked_contact(event.host))

    assert needs() == [("keine Haselnüsse", "Rollstuhlplatz")]
    assert contacts() == [bystander]
    assert len(db.session.scalars(select(Invitation)).all()) == 1


# ---- Who contributes to a programme -------------------------------------------------------------


def speaker(event, contact, **given):
    same = ("first_name", "last_name", "email")
    person = make_contributor(event, **{name: getattr(contact, name) for name in same})
    make_contribution(make_session(event), person, **given)
    return person


def test_who_contributes_to_a_programme_to_come_has_to_be_taken_out_first(event):
    contact = make_contact(event.host)
    speaker(event, contact)
    guest = accept_invitation(make_invitation(event, contact))
    before = dump()

    with pytest.raises(StillInProgramme):
        erased(contact)
    with pytest.raises(StillInProgramme):
        erased(guest, reach=Reach.LINKED, by="guest")

    assert dump() == before


def test_of_a_programme_that_is_over_the_public_name_stays_and_nothing_else(event):
    contact = make_contact(event.host, email="eva@ohm.example")
    speaker(event, contact, state=ContributorState.AGREED)

    with clock.held(event.ends_at + timedelta(days=30)):
        erased(contact)

    (row,) = db.session.scalars(select(Contributor))
    assert (row.last_name, row.email, row.phone) == (contact.last_name, "", "")
    assert "eva@ohm.example" not in repr(dump())


def test_who_never_agreed_is_not_named_afterwards_either(event):
    contact = make_contact(event.host)
    speaker(event, contact, state=ContributorState.DECLINED)

    with clock.held(event.ends_at + timedelta(days=30)):
        erased(contact)

    assert db.session.scalars(select(Contributor)).all() == []


# ---- A guest who deletes one registration and stays in the address book --------------------------


def test_the_kind_of_a_guest_s_objection_says_that_they_asked(event):
    contact = make_contact(event.host)
    make_list(event.host, contact)
    guest = accept_invitation(make_invitation(event, contact))

    erase_guest_for_good(guest)

    assert contact.block_kind is ObjectionKind.ASKED


def test_row_and_invitation_share_a_day_and_no_minute(event):
    contact = make_contact(event.host)
    make_list(event.host, contact)
    invitation = make_invitation(event, contact)
    guest = accept_invitation(invitation)
    with transaction():
        guest.registered_at -= timedelta(days=1)

    erase_guest_for_good(guest)

    moments = (guest.registered_at, guest.confirmed_at, guest.cancelled_at, invitation.replied_at)
    zone = clock.now().astimezone().tzinfo  # any: whole hours apart from midnight in Berlin
    assert {one.astimezone(zone).minute for one in moments} == {0}
    assert guest.confirmed_at == guest.cancelled_at == invitation.replied_at
    assert invitation.replied_at <= clock.now()
