"""Two contacts of one person become one: fields, lists and history united, blocks kept."""

from datetime import timedelta

import pytest
from factories import (
    make_account,
    make_contact,
    make_contributor,
    make_event,
    make_host,
    make_invitation,
    make_list,
    make_registration,
)
from registrations.support import ludmila, mail_kinds
from registrations.test_last_place import at_once
from sqlalchemy import select
from statements import statement_count

from eventapp.accounts.models import AuditEntry
from eventapp.contacts.actions import (
    block_contact,
    look_at_pair_again,
    merge_contacts,
    remove_contact,
    suppress_address,
    tell_contacts_apart,
)
from eventapp.contacts.errors import ContactsChanged, StillNeeded
from eventapp.contacts.likeness import Likeness
from eventapp.contacts.merging import Side, comparison
from eventapp.contacts.models import Contact, ContactsApart
from eventapp.contacts.queries import uses_of
from eventapp.contacts.queries.likely import likely_contacts
from eventapp.contacts.states import FormOfAddress, ObjectionKind, Sector
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.errors import DomainError
from eventapp.invitations.actions import invite_substitute
from eventapp.invitations.models import Invitation
from eventapp.invitations.states import InvitationState
from eventapp.registrations import queries
from eventapp.registrations.actions import accept_invitation, decline_invitation
from eventapp.registrations.doubles.actions import merge_registrations
from eventapp.registrations.models import Registration
from eventapp.registrations.own_data.actions import correct_guest_address

ANNA = {"first_name": "Anna", "last_name": "Müller-Öhm"}


def anna(host, **given) -> Contact:
    return make_contact(host, **ANNA | {"email": "anna@werk.example"} | given)


def elsewhere(host, **given) -> Contact:
    return make_contact(host, **ANNA | {"email": "anna@privat.example"} | given)


def merge(first, second, choices=None, **given):
    given = {"seen": (first.version, second.version), "actor": "test"} | given
    return merge_contacts(first, second, choices or {}, **given)


def invitations():
    return list(db.session.scalars(select(Invitation).order_by(Invitation.id)))


# ---- Who is proposed ----------------------------------------------------------------------------


def test_the_address_book_proposes_names_umlauts_and_slips_and_nobody_of_others(app):
    host = make_host()
    one = anna(host, last_name="Mueller Oehm")
    second = elsewhere(host)
    slip = make_contact(host, first_name="Bernd", last_name="Kleinschmidt", email="b@x.example")
    typed = make_contact(host, first_name="Bernd", last_name="Kleinschmitt", email="B@x.example")
    make_contact(host, first_name="Jan", last_name="Zander", email="b@x.example")
    elsewhere(make_host())

    pairs = likely_contacts(host.id)

    assert [(pair.ids, pair.likeness) for pair in pairs] == [
        ((slip.id, typed.id), Likeness.SAME_ADDRESS),
        ((one.id, second.id), Likeness.SAME_NAME),
    ]


def test_a_mistake_in_the_first_letter_is_found_by_the_other_name(app):
    host = make_host()
    one = anna(host)
    second = anna(host, last_name="Nüller-Öhm")

    assert [pair.ids for pair in likely_contacts(host.id)] == [(one.id, second.id)]


def test_two_people_are_never_proposed_again_also_not_after_a_merge(app):
    host = make_host()
    one, second, third = anna(host), elsewhere(host), anna(host, email="anna@verein.example")
    tell_contacts_apart(third, one, actor="test")
    tell_contacts_apart(one, third, actor="test")
    assert (one.id, third.id) not in {pair.ids for pair in likely_contacts(host.id)}

    tell_contacts_apart(second, third, actor="test")
    merge(one, second)

    assert likely_contacts(host.id) == []
    assert len(db.session.scalars(select(ContactsApart)).all()) == 1
    remove_contact(third, actor="test")  # being somebody else does not keep anybody
    with pytest.raises(DomainError):
        tell_contacts_apart(one, third, actor="test")


def test_ten_thousand_contacts_are_looked_through_in_two_statements(app):
    host = make_host()
    rows = [
        {"host_id": host.id, "first_name": f"Vor{n % 700}", "last_name": f"Name{n}"}
        for n in range(10_000)
    ]
    with transaction():
        db.session.add_all(
            Contact(**row, email=f"info@amt{n // 6}.example") for n, row in enumerate(rows)
        )
    one, second = anna(host), elsewhere(host)

    with statement_count() as sent:
        pairs = likely_contacts(host.id)

    assert len(sent) == 2
    assert (one.id, second.id) in {pair.ids for pair in pairs}


# ---- Field by field -----------------------------------------------------------------------------


def test_filled_wins_over_empty_and_newer_over_older_unless_chosen_otherwise(app):
    host = make_host()
    long_ago = clock.now() - timedelta(days=400)
    first = anna(host, phone="02931 1", position="Leitung", title="", updated_at=long_ago)
    second = elsewhere(
        host, phone="", position="Geschäftsführung", title="Dr.", form_of_address=FormOfAddress.NONE
    )

    assert comparison(first, second, (0, 0)).proposal == {
        "title": Side.SECOND,
        "form_of_address": Side.FIRST,
        "position": Side.SECOND,
        "email": Side.SECOND,
        "phone": Side.FIRST,
    }

    merge(first, second, {"email": Side.FIRST})

    assert (first.title, first.phone, first.position) == ("Dr.", "02931 1", "Geschäftsführung")
    assert (first.email, first.email_key) == ("anna@werk.example", "anna@werk.example")
    assert first.form_of_address is FormOfAddress.MS
    assert db.session.get(Contact, second.id) is None


def test_the_entry_that_is_used_wins_over_one_typed_in_today(app):
    host = make_host()
    long_ago = clock.now() - timedelta(days=400)
    known = anna(host, source="Messe 2025", updated_at=long_ago)
    typed = elsewhere(host, first_name="Anne", source="by hand")
    make_invitation(make_event(host), known)

    assert set(comparison(known, typed, uses_of(known, typed)).proposal.values()) == {Side.FIRST}
    assert set(comparison(typed, known, uses_of(typed, known)).proposal.values()) == {Side.SECOND}

    merge(typed, known)

    assert (known.first_name, known.email) == ("Anna", "anna@werk.example")


def test_an_address_that_came_back_is_not_proposed_even_where_it_was_used(app):
    host = make_host()
    known, typed = anna(host, undeliverable_at=clock.now()), elsewhere(host)
    make_invitation(make_event(host), known)

    proposal = comparison(known, typed, uses_of(known, typed)).proposal

    assert proposal["email"] is Side.SECOND


def test_no_address_is_lost(app):
    host = make_host()
    first, second = anna(host, note="Mag Tee"), elsewhere(host)

    merge(first, second, {"email": Side.SECOND})

    assert first.email == "anna@privat.example"
    assert first.note.splitlines() == ["Mag Tee", "Weitere E-Mail-Adresse: anna@werk.example"]


def test_two_people_can_be_looked_at_again(client, organiser):
    host = organiser.memberships[0].host
    first, second = anna(host), elsewhere(host)
    path = f"/organise/contacts/doubles/{first.id}/{second.id}"
    client.post(f"{path}/apart")
    page = client.get("/organise/contacts/doubles", headers={"Accept-Language": "de"}).text

    assert "Als zwei Personen bekannt" in page
    assert likely_contacts(host.id) == []

    answer = client.post(f"{path}/again")

    assert (answer.status_code, answer.location) == (303, path)
    assert len(likely_contacts(host.id)) == 1
    look_at_pair_again(first, second, actor=organiser)  # twice changes nothing
    actions = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions.count("contact.looked_again") == 1


def test_who_enters_a_name_that_is_there_already_is_told(client, organiser):
    host = organiser.memberships[0].host
    first = anna(host)
    second = elsewhere(host)
    words = "Es gibt schon einen Eintrag mit diesem Namen"
    german = {"Accept-Language": "de"}
    page = client.get(f"/organise/contacts/{second.id}", headers=german).text

    assert words in page
    assert f"/organise/contacts/doubles/{second.id}/{first.id}" in page

    tell_contacts_apart(first, second, actor=organiser)
    assert words not in client.get(f"/organise/contacts/{second.id}", headers=german).text


def test_the_older_one_stays_whichever_stands_first_and_lists_and_notes_are_united(app):
    host = make_host()
    older = anna(host, note="Mag Tee", reference=None, sector=Sector.UNKNOWN)
    newer = elsewhere(host, note="Spricht Dänisch", reference="K-7", sector=Sector.SCIENCE)
    both, only = make_list(host, older, newer), make_list(host, newer)

    merge(newer, older, {"last_name": Side.SECOND})

    assert {row.id for row in older.lists} == {both.id, only.id}
    assert {"Mag Tee", "Spricht Dänisch"} <= set(older.note.splitlines())
    assert (older.reference, older.sector) == ("K-7", Sector.SCIENCE)


def test_an_address_that_mail_could_not_reach_takes_that_along(app):
    host = make_host()
    first = anna(host)
    second = elsewhere(host, undeliverable_at=clock.now())

    merge(first, second, {"email": Side.SECOND})

    assert first.undeliverable_at is not None


@pytest.mark.parametrize("blocked", ["first", "second"])
def test_a_block_on_either_stays_and_follows_the_address(app, blocked):
    host = make_host()
    rows = {"first": anna(host), "second": elsewhere(host)}
    block_contact(rows[blocked], reason="angerufen", actor="test")
    first, second = rows["first"], rows["second"]
    free = {"first": Side.SECOND, "second": Side.FIRST}[blocked]

    merge(first, second, {"email": free})

    assert first.blocked_at is not None
    assert first.block_reason == "angerufen"
    again = make_contact(host, email=first.email)
    with transaction():
        from eventapp.contacts import queries as contact_queries

        assert contact_queries.suppression_of(host.id, again.email) is not None


@pytest.mark.parametrize(
    ("older", "newer", "stays"),
    [
        (ObjectionKind.GONE, ObjectionKind.LINK, ObjectionKind.LINK),
        (ObjectionKind.ASKED, ObjectionKind.OTHER, ObjectionKind.ASKED),
        (ObjectionKind.LINK, ObjectionKind.ASKED, ObjectionKind.LINK),
    ],
)
def test_of_two_blocks_the_person_s_own_wish_counts_more(app, older, newer, stays):
    host = make_host()
    first, second = anna(host), elsewhere(host)
    with clock.held(clock.now() - timedelta(days=1)):
        block_contact(first, kind=older, actor="test")
        since = first.blocked_at
    block_contact(second, kind=newer, actor="test")

    merge(first, second)

    assert (first.blocked_at, first.block_kind) == (since, stays)


def test_a_block_keeps_its_kind(app):
    host = make_host()
    first, second = anna(host), elsewhere(host)
    block_contact(second, kind=ObjectionKind.LINK, actor="test")

    merge(first, second)

    assert first.block_kind is ObjectionKind.LINK


def test_the_trail_keeps_what_both_said(app):
    host = make_host()
    first, second = anna(host), elsewhere(host)
    colleague = make_account(host)

    merge(first, second, actor=colleague)

    steps = {
        entry.action: entry
        for entry in db.session.scalars(
            select(AuditEntry).where(AuditEntry.action.like("contact.merged%"))
        )
    }
    assert steps["contact.merged_away"].subject_id == str(second.id)
    assert steps["contact.merged_away"].before["email"] == "anna@privat.example"
    assert steps["contact.merged"].before["email"] == "anna@werk.example"
    assert steps["contact.merged"].after["other"] == second.id
    assert {entry.actor for entry in steps.values()} == {colleague.name}


# ---- History ------------------------------------------------------------------------------------


def test_invitations_registrations_and_parts_in_the_programme_move_along(app):
    host = make_host()
    first, second = anna(host), elsewhere(host)
    one, other = make_event(host), make_event(host)
    make_invitation(one, first)
    registration = accept_invitation(make_invitation(other, second))
    public = make_registration(one, contact_id=second.id)
    contributor = make_contributor(one, contact_id=second.id)

    told = merge(first, second)

    assert told == []
    assert {row.contact_id for row in invitations()} == {first.id}
    for row in (registration, public, contributor):
        db.session.refresh(row)
        assert row.contact_id == first.id
    assert registration.invitation_id is not None


@pytest.mark.parametrize("answered", ["first", "second"])
def test_invited_to_one_event_by_both_the_answered_invitation_stays_and_the_page_says_so(
    app, answered, client
):
    host = make_host()
    event = make_event(host)
    rows = {"first": anna(host), "second": elsewhere(host)}
    letters = {name: make_invitation(event, row) for name, row in rows.items()}
    registration = accept_invitation(letters[answered])
    silent = letters["second" if answered == "first" else "first"]
    dead = silent.token

    told = merge(rows["first"], rows["second"])

    [left] = invitations()
    assert (left.id, left.contact_id) == (letters[answered].id, rows["first"].id)
    assert queries.registration_of(left) == registration
    assert event.title_de in str(told[0])
    assert client.get(f"/i/{dead}").status_code == 404
    assert client.get(f"/i/{left.token}").status_code == 200


def test_a_regret_says_more_than_silence_and_a_substitute_stays_with_the_person(app):
    host = make_host()
    first, second = anna(host), elsewhere(host)
    event = make_event(host)
    make_invitation(event, first)
    declined = make_invitation(event, second)
    decline_invitation(declined)
    named = make_invitation(make_event(host), first)
    again = make_invitation(named.event, second)
    with transaction():
        follow_up = invite_substitute(again, ludmila(), by="test", locale="de")
    accept_invitation(named)

    merge(first, second)

    by_event = {row.event_id: row for row in invitations() if row.contact_id == first.id}
    assert by_event[event.id].id == declined.id
    assert by_event[named.event_id].id == named.id
    db.session.refresh(follow_up)
    assert follow_up.substitute_for_id == named.id


def test_who_is_registered_twice_is_made_one_at_the_event_first(app):
    host = make_host()
    first, second = anna(host), elsewhere(host)
    event = make_event(host)
    one, other = (accept_invitation(make_invitation(event, row)) for row in (first, second))

    with pytest.raises(StillNeeded):
        merge(first, second)
    assert len(invitations()) == 2

    merge_registrations(one, other, by="test")
    merge(first, second)

    [left] = invitations()
    assert left.state is InvitationState.ACCEPTED
    assert queries.registration_of(left) == one


def test_two_places_at_an_event_that_is_over_stand_in_nobody_s_way(app):
    host = make_host()
    first, second = anna(host), elsewhere(host)
    event = make_event(host)
    rows = [accept_invitation(make_invitation(event, row)) for row in (first, second)]
    with transaction():
        event.starts_at = clock.now() - timedelta(days=2)
        event.ends_at = clock.now() - timedelta(days=1)

    merge(first, second)

    for row in rows:
        db.session.refresh(row)
        assert row.contact_id == first.id


# ---- At once ------------------------------------------------------------------------------------


def test_what_somebody_else_has_changed_is_refused_and_nothing_happens(app):
    host = make_host()
    first, second = anna(host), elsewhere(host)
    seen = (first.version, second.version)
    block_contact(second, reason="", actor="test")

    with pytest.raises(ContactsChanged):
        merge(first, second, seen=seen)

    assert db.session.get(Contact, second.id) is not None


def test_many_who_merge_the_same_pair_at_once_leave_one_contact_and_one_trail(app):
    host = make_host()
    first, second = anna(host), elsewhere(host)
    event = make_event(host)
    for row in (first, second):
        make_invitation(event, row)
    ids = (first.id, second.id)

    def rival(pair):
        try:
            merge(*(db.session.get_one(Contact, number) for number in pair))
        except DomainError as problem:
            return type(problem)
        except Exception as problem:
            if "Row" in str(problem) or "No row" in str(problem):
                return ContactsChanged  # it was gone when the page was asked for
            raise
        return None

    outcomes = at_once(app, rival, [ids, ids[::-1]] * 3)

    db.session.expire_all()
    assert outcomes.count(None) == 1
    assert set(outcomes) == {None, ContactsChanged}
    assert len(invitations()) == 1
    merged = select(AuditEntry).where(AuditEntry.action == "contact.merged")
    assert len(db.session.scalars(merged).all()) == 1


def test_an_answer_at_the_same_instant_counts_or_is_refused_and_makes_one_registration(app):
    for _ in range(4):
        host = make_host()
        first, second = anna(host), elsewhere(host)
        event = make_event(host)
        make_invitation(event, first)
        letter = make_invitation(event, second)
        numbers = (first.id, second.id, letter.id)

        def answer(invitation_id):
            accept_invitation(db.session.get_one(Invitation, invitation_id))

        def unite(ids):
            merge(*(db.session.get_one(Contact, number) for number in ids))

        def tried(step):
            try:
                step()
            except DomainError as problem:
                return type(problem)
            return None

        at_once(
            app,
            tried,
            [
                lambda number=numbers[2]: answer(number),
                lambda ids=numbers[:2]: unite(ids),
            ],
        )

        db.session.expire_all()
        [left] = [row for row in invitations() if row.event_id == event.id]
        live = db.session.scalars(
            select(Registration).where(Registration.event_id == event.id)
        ).all()
        assert len(live) <= 1
        assert (left.state is InvitationState.ACCEPTED) == bool(live)
        assert event.places_taken == len(live)


# ---- Pages --------------------------------------------------------------------------------------


@pytest.fixture
def staff(client, sign_in):
    host = make_host()
    return sign_in(client, make_account(host)), host


def test_staff_finds_compares_and_merges(staff):
    page, host = staff
    first, second = anna(host, position="Leitung"), elsewhere(host, position="Rat")
    assert "/organise/contacts/doubles" in page.get("/organise/contacts").text
    path = f"/organise/contacts/doubles/{first.id}/{second.id}"
    assert path in page.get("/organise/contacts/doubles").text
    shown = page.get(path).text
    assert "Leitung" in shown
    assert "Rat" in shown

    answer = page.post(
        f"{path}/merge",
        data={
            "first_version": first.version,
            "second_version": second.version,
            "take_position": "first",
        },
    )

    assert (answer.status_code, answer.location) == (303, f"/organise/contacts/{first.id}")
    db.session.refresh(first)
    assert (first.position, first.email) == ("Leitung", "anna@privat.example")
    assert "Niemand scheint doppelt da zu sein" in page.get("/organise/contacts/doubles").text


def test_a_stale_page_is_answered_with_409_and_shows_what_is_there_now(staff):
    page, host = staff
    first, second = anna(host), elsewhere(host)

    answer = page.post(
        f"/organise/contacts/doubles/{first.id}/{second.id}/merge",
        data={"first_version": "999", "second_version": "x"},
    )

    assert answer.status_code == 409
    assert "in der Zwischenzeit" in answer.text


def test_two_people_by_the_page(staff):
    page, host = staff
    first, second = anna(host), elsewhere(host)

    answer = page.post(f"/organise/contacts/doubles/{second.id}/{first.id}/apart")

    assert (answer.status_code, answer.location) == (303, "/organise/contacts/doubles#apart")
    assert likely_contacts(host.id) == []


def test_a_contact_of_others_or_with_itself_is_not_found(staff):
    page, host = staff
    first, foreign = anna(host), anna(make_host())

    for one, second in ((first.id, foreign.id), (foreign.id, first.id), (first.id, first.id)):
        path = f"/organise/contacts/doubles/{one}/{second}"
        assert page.get(path).status_code == 404
        assert page.post(f"{path}/merge").status_code == 404
        assert page.post(f"{path}/apart").status_code == 404


# ---- An address that is not written to any more ------------------------------------------------


@pytest.mark.parametrize("stays", list(Side))
def test_t12_links_that_went_to_the_address_given_up_open_nothing(client, stays):
    """T-12: new ones go to the one that stays, where links open as before."""
    host = make_host()
    pair = anna(host), elsewhere(host)
    links = [make_invitation(make_event(host), one) for one in pair]
    old = [one.token for one in links]
    kept, lost = (0, 1) if stays is Side.FIRST else (1, 0)
    address = pair[kept].email

    merge(*pair, {"email": stays})

    assert client.get(f"/i/{old[lost]}").status_code == 404
    assert client.get(f"/i/{old[kept]}").status_code == 200
    assert client.get(f"/i/{links[lost].token}").status_code == 200
    assert mail_kinds() == [(address, "link")]


@pytest.mark.parametrize("stays", list(Side))
def test_t12_who_has_accepted_is_written_to_at_the_address_that_stays(client, stays):
    """T-12."""
    host = make_host()
    pair = anna(host), elsewhere(host)
    guests = [accept_invitation(make_invitation(make_event(host), one)) for one in pair]
    old = [one.token for one in guests]
    kept, lost = (0, 1) if stays is Side.FIRST else (1, 0)
    address = pair[kept].email

    merge(*pair, {"email": stays})

    assert {one.email for one in guests} == {address}
    assert client.get(f"/r/{old[lost]}").status_code == 404
    assert client.get(f"/r/{old[kept]}").status_code == 200


def test_of_two_invitations_the_one_that_stays_moves_with_its_address(client):
    host = make_host()
    first, second = anna(host), elsewhere(host)
    event = make_event(host)
    make_invitation(event, first)
    invitation = make_invitation(event, second, state=InvitationState.DECLINED)
    old = invitation.token

    merge(first, second, {"email": Side.FIRST})

    [left] = invitations()
    assert (left.id, left.contact_id) == (invitation.id, first.id)
    assert client.get(f"/i/{old}").status_code == 404


def told_for(page: str, side: str) -> list[str]:
    """What the page says would happen if the address of this side stayed."""
    part = page.partition(f'id="moves-{side}"')[2].partition("</ul>")[0]
    return [" ".join(one.partition("</li>")[0].split()) for one in part.split("<li>")[1:]]


def compared(page, first, second) -> str:
    path = f"/organise/contacts/doubles/{first.id}/{second.id}"
    return page.get(path, headers={"Accept-Language": "de"}).text


def test_before_merging_the_page_says_whom_the_chosen_address_makes_us_write_to(staff):
    page, host = staff
    first, second = anna(host), elsewhere(host)
    make_invitation(make_event(host, title_de="Licht"), first)
    accept_invitation(make_invitation(make_event(host, title_de="Ton"), first))
    make_invitation(make_event(host, title_de="Bild"), first, state=InvitationState.DECLINED)
    before = len(mail_kinds())

    shown = compared(page, first, second)

    mail = "Ein neuer persönlicher Link zu „{}“ geht sofort per Mail an anna@privat.example; "
    dead = "Der persönliche Link zu „Bild“ öffnet nichts mehr, und ein neuer wird nicht versendet."
    assert told_for(shown, "first") == ["Es geht keine Mail hinaus."]
    assert told_for(shown, "second") == [
        mail.format("Licht") + "der frühere öffnet nichts mehr.",
        mail.format("Ton") + "der frühere öffnet nichts mehr.",
        dead,
    ]
    merge(first, second, {"email": Side.SECOND})
    assert [to for to, _kind in mail_kinds()[before:]] == ["anna@privat.example"] * 2


def test_the_page_names_no_mail_to_who_objected_or_for_an_invitation_that_ends(staff):
    page, host = staff
    event = make_event(host)
    first, second = anna(host), elsewhere(host, blocked_at=clock.now())
    make_invitation(make_event(host), first)
    for one in (first, second):
        make_invitation(event, one)

    shown = compared(page, first, second)

    assert "geht sofort per Mail" not in shown
    assert len(told_for(shown, "second")) == 2
    assert told_for(shown, "first") == ["Es geht keine Mail hinaus."]  # of the two hers ends
    merge(first, second, {"email": Side.SECOND})
    assert mail_kinds() == []


def test_the_page_about_a_contact_says_what_another_address_does(staff):
    page, host = staff
    contact = anna(host)
    path = f"/organise/contacts/{contact.id}"
    german = {"Accept-Language": "de"}
    assert "Wenn sich die Adresse ändert" not in page.get(path, headers=german).text
    guest = accept_invitation(make_invitation(make_event(host, title_de="Licht"), contact))

    assert (
        "zu „Licht“ geht sofort per Mail an die neue Adresse" in page.get(path, headers=german).text
    )
    correct_guest_address(guest, "anna@daheim.example", by="test")
    assert "per Mail an anna@daheim.example" in page.get(path, headers=german).text


def test_an_objection_at_the_address_that_a_guest_gave_stops_no_change_of_the_contact(staff):
    page, host = staff
    contact, second = anna(host), elsewhere(host)
    guest = accept_invitation(make_invitation(make_event(host), contact))
    correct_guest_address(guest, "anna@daheim.example", by="test")
    suppress_address(host.id, "anna@daheim.example", kind=ObjectionKind.ASKED, actor="test")
    before = mail_kinds()

    assert "ein neuer wird nicht versendet" in compared(page, contact, second)
    merge(contact, second, {"email": Side.SECOND})

    assert contact.email == "anna@privat.example"
    assert mail_kinds() == before
