"""Delete me: everything that says who somebody is goes, what counts stays, others move up."""

from datetime import timedelta

import pytest
from factories import make_account, make_contact, make_event, make_invitation, make_list
from factories import make_registration as make
from registrations.needs_support import consents, give_needs, needs
from registrations.public_form import entered, link_in_mail
from registrations.support import all_registrations, ludmila, mail_kinds, places
from sqlalchemy import select
from world import dump

from eventapp.accounts.audit import record_change
from eventapp.accounts.models import AuditEntry
from eventapp.consents.requests import NeedsRequest
from eventapp.consents.states import ConsentKind
from eventapp.contacts.actions import merge_contacts
from eventapp.contacts.models import Contact
from eventapp.contacts.states import Sector
from eventapp.events.actions import postpone_event
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.mail_links import links_in
from eventapp.foundation.outbox import OutboxMail
from eventapp.foundation.tokens import LinkKind, sign
from eventapp.invitations.models import Invitation
from eventapp.invitations.states import InvitationState
from eventapp.questions.models import Question, QuestionAnswer
from eventapp.questions.states import QuestionKind
from eventapp.registrations import queries
from eventapp.registrations.actions import (
    accept_invitation,
    agree,
    cancel_registration,
    confirm_place,
    correct_address,
    decline_invitation,
    name_substitute,
    offer_free_places,
    tell_needs,
)
from eventapp.registrations.errors import AnswersClosed
from eventapp.registrations.front_door.actions import confirm_registration
from eventapp.registrations.own_data.actions import erase_guest, erase_guest_for_good
from eventapp.registrations.states import RegistrationKind, RegistrationState

S = RegistrationState
MARK = "Quittenmarmelade"


@pytest.fixture
def event(app):
    return make_event(capacity=2)


def marked(event, **given):
    """A guest of whom every text says who they are."""
    texts = ("title", "first_name", "last_name", "name_suffix", "position", "organisation_name")
    values = {name: f"{MARK} {name}" for name in texts}
    return make(
        event,
        **values
        | {
            "email": f"{MARK}@werk.example".lower(),
            "phone": f"0151 {MARK}",
            "city": MARK,
            "postcode": MARK,
            "note": f"Notiz {MARK}",
            "group_key": MARK,
        }
        | given,
    )


def latest_mail_to(email, kind):
    """The latest mail of this kind to the address."""
    return db.session.scalars(
        select(OutboxMail)
        .where(OutboxMail.to_email == email, OutboxMail.kind == f"registrations/mail/{kind}.txt")
        .order_by(OutboxMail.id.desc())
    ).first()


def left_of_mark():
    """Every row of the database in which the mark still stands."""
    return [
        (table, row)
        for table, rows in dump().items()
        for row in rows
        if MARK.lower() in repr(row).lower()
    ]


def test_after_it_no_row_of_the_database_knows_the_person(client, event):
    guest = marked(event)
    tell_needs(guest, NeedsRequest(diet=f"keine {MARK}", access=MARK), locale="de")
    agree(guest, ConsentKind.PHOTO, locale="de")
    answer_of(guest, MARK)
    client.post(f"/r/{guest.token}/address", data={"email": f"{MARK}@neu.example"})
    client.post(
        f"/r/{guest.token}/details",
        data={
            "form_of_address": "ms", "first_name": MARK, "last_name": MARK, "sector": "business",
            "organisation": MARK, "seen": str(guest.version),
        },
    )  # fmt: skip
    cancel_registration(guest)

    erase_guest(guest)

    assert left_of_mark() == []
    assert (consents(), needs(), mail_kinds()) == ([], [], [])


def answer_of(guest, text):
    with transaction():
        question = Question(event_id=guest.event_id, kind=QuestionKind.TEXT, label_de="Was?")
        db.session.add(question)
        db.session.flush()
        db.session.add(QuestionAnswer(registration_id=guest.id, question_id=question.id, text=text))


def test_what_counts_stays(event):
    guest = marked(event, sector=Sector.SCIENCE, county="Kreis Olpe")

    erase_guest(guest)

    (row,) = all_registrations()
    assert (row.sector, row.county, row.kind, row.state) == (
        Sector.SCIENCE,
        "Kreis Olpe",
        RegistrationKind.GUEST,
        S.CANCELLED,
    )
    assert row.is_erased
    assert str(row.name) == "Daten gelöscht"
    assert places(event) == (0, 0)


def test_the_place_goes_to_whoever_waits_longest_and_they_are_told(event):
    guest, _other = marked(event), make(event)
    waiting = make(event, state=S.WAITING)

    erase_guest(guest)

    assert waiting.state is S.OFFERED
    assert mail_kinds() == [(waiting.email, "offer")]
    assert places(event) == (2, 2)


def test_companions_go_too(event):
    guest = make(event)
    marked(event, kind=RegistrationKind.COMPANION, main_id=guest.id, email="")
    db.session.refresh(guest)

    erase_guest(guest)

    assert {one.state for one in all_registrations()} == {S.CANCELLED}
    assert all(one.is_erased for one in all_registrations())
    assert left_of_mark() == []
    assert places(event) == (0, 0)


def test_after_the_event_it_works_as_well_and_the_place_counts_as_it_was(event):
    guest = marked(event)

    with clock.held(event.ends_at + timedelta(days=3)):
        erase_guest(guest)

    assert all_registrations()[0].state is S.CONFIRMED
    assert left_of_mark() == []


def test_while_an_event_is_postponed_the_place_is_given_up(event):
    guest = marked(event)
    postpone_event(event, by="system")

    erase_guest(guest)

    assert all_registrations()[0].state is S.CANCELLED
    assert places(event) == (0, 0)


def test_doing_it_twice_changes_nothing(event):
    guest = marked(event)
    erase_guest(guest)
    before = dump()

    erase_guest(guest)

    assert dump() == before


def test_the_trail_says_that_it_was_done_and_by_whom_but_not_who_it_was(event):
    guest = marked(event)

    erase_guest(guest)

    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(one.actor, one.action) for one in entries] == [
        ("guest", "registration.cancelled"),
        ("guest", "registration.erased"),
    ]


# ---- Invited people -----------------------------------------------------------------------------


def test_who_was_in_the_address_book_before_stays_there_and_has_declined(event):
    contact = make_contact(event.host)
    make_list(event.host, contact)
    invitation = make_invitation(event, contact, note="am Telefon")
    guest = accept_invitation(invitation)

    erase_guest(guest)

    kept = db.session.scalars(select(Invitation)).one()
    assert (kept.state, kept.note, kept.contact_id) == (InvitationState.DECLINED, "", contact.id)
    assert all_registrations()[0].invitation_id is None
    assert all_registrations()[0].contact_id is None


def test_t12_both_links_are_dead_and_the_personal_one_says_why(client, event):
    contact = make_contact(event.host)
    make_list(event.host, contact)
    invitation = make_invitation(event, contact)
    guest = accept_invitation(invitation)
    links = [f"/r/{guest.token}", f"/r/{guest.token}/data", f"/r/{guest.token}/calendar.ics"]
    invited = f"/i/{invitation.token}"

    erase_guest(guest)

    answers = [client.get(link) for link in links]
    assert [one.status_code for one in answers] == [410] * 3
    assert all("Diese Anmeldung ist gelöscht" in one.text for one in answers)
    assert client.get(invited).status_code == 410


def test_a_contact_made_for_this_event_only_goes_as_well(event):
    contact = make_contact(event.host, first_name=MARK, source="by hand")
    guest = accept_invitation(make_invitation(event, contact))

    erase_guest(guest)

    assert db.session.scalars(select(Contact)).all() == []
    assert left_of_mark() == []


@pytest.mark.parametrize("known", ["list", "import", "another event"])
def test_a_contact_that_the_host_knows_from_elsewhere_stays(event, known):
    contact = make_contact(event.host, source="" if known == "import" else "by hand")
    if known == "list":
        make_list(event.host, contact)
    if known == "another event":
        make_invitation(make_event(event.host), contact)
    guest = accept_invitation(make_invitation(event, contact))

    erase_guest(guest)

    assert [one.id for one in db.session.scalars(select(Contact))] == [contact.id]


def test_who_was_named_by_the_guest_keeps_the_place_and_their_mail_names_nobody(event):
    contact = make_contact(event.host, first_name=MARK, last_name="Ohm", source="by hand")
    invitation = make_invitation(event, contact)
    guest = accept_invitation(invitation)
    name_substitute(invitation, ludmila())

    erase_guest(guest)

    heir = all_registrations()[-1]
    assert (heir.state, heir.email) == (S.CONFIRMED, "ludmila@werk.example")
    assert [kind for _to, kind in mail_kinds()] == ["substitute"]
    texts = [(one.text, one.html, one.subject) for one in db.session.scalars(select(OutboxMail))]
    assert f"{MARK} Ohm" not in repr(texts)


@pytest.mark.parametrize("name", ["n", "e", "Q"])
def test_mails_to_others_lose_their_text_and_keep_their_links(event, name):
    """A name of one letter leaves no mail with holes, nor a link that waits to go out and is dead;
    nor does a name stay that was mended since."""
    invitation = make_invitation(event, make_contact(event.host, email="eva@alt.example"))
    accept_invitation(invitation)
    guest = accept_invitation(name_substitute(invitation, ludmila(last_name=MARK)))
    with transaction():
        guest.first_name, guest.last_name, guest.title = "", name, ""
    confirmation = latest_mail_to("eva@alt.example", "confirmation").text

    erase_guest(guest)

    assert left_of_mark() == []
    notice = latest_mail_to("eva@alt.example", "substitute_notice")
    assert (notice.subject, notice.html) == (event.title_de, "")
    assert "Der Text wurde entfernt" in notice.text
    assert links_in(notice.text, "") == [f"/i/{invitation.token}"]
    assert latest_mail_to("eva@alt.example", "confirmation").text == confirmation


def test_mails_up_the_line_lose_the_name_of_the_last(event):
    first = make_invitation(event, make_contact(event.host, email="eva@alt.example"))
    accept_invitation(first)
    second = name_substitute(first, ludmila())
    third = name_substitute(second, ludmila(first_name=MARK, last_name=MARK, email="k@x.example"))
    guest = accept_invitation(third)
    assert MARK in latest_mail_to("eva@alt.example", "substitute_answer").text

    erase_guest(guest)

    assert left_of_mark() == []


@pytest.mark.parametrize("answer", [accept_invitation, decline_invitation])
@pytest.mark.parametrize("erase", [erase_guest, erase_guest_for_good])
def test_who_deleted_everything_does_not_hear_what_their_substitute_says(event, erase, answer):
    """They stay in the address book, and the invitation stays with them."""
    contact = make_contact(event.host, first_name=MARK, email="eva@alt.example")
    make_list(event.host, contact)
    invitation = make_invitation(event, contact)
    guest = accept_invitation(invitation)
    follow_up = name_substitute(invitation, ludmila())

    erase(guest)
    answer(follow_up)

    assert "eva@alt.example" not in [to for to, _kind in mail_kinds()]
    assert invitation.state is InvitationState.SUBSTITUTED


def test_whoever_named_the_one_who_deleted_everything_still_hears_who_comes(event):
    first = make_invitation(event, make_contact(event.host, email="eva@alt.example"))
    accept_invitation(first)
    second = name_substitute(first, ludmila())
    accept_invitation(second)
    third = name_substitute(second, ludmila(first_name="Karl", email="karl@drei.example"))

    erase_guest(queries.registration_of(second))
    accept_invitation(third)

    assert mail_kinds().count(("eva@alt.example", "substitute_answer")) == 2


def test_a_substitute_who_wants_to_be_forgotten_is_known_from_nowhere(event):
    first = make_invitation(event, make_contact(event.host))
    accept_invitation(first)
    follow_up = name_substitute(first, ludmila(first_name=MARK, last_name=MARK))
    guest = accept_invitation(follow_up)

    erase_guest(guest)

    assert left_of_mark() == []


def test_nobody_says_yes_for_a_substitute_who_had_everything_deleted(event):
    first = make_invitation(event, make_contact(event.host))
    accept_invitation(first)
    follow_up = name_substitute(first, ludmila())
    erase_guest(queries.registration_of(follow_up))

    for answer in (accept_invitation, decline_invitation):
        with pytest.raises(AnswersClosed):
            answer(follow_up)

    assert queries.registration_of(follow_up) is None


# ---- Others -------------------------------------------------------------------------------------


def test_mails_to_others_under_the_same_address_stay(client, event):
    for first in ("Eva", "Udo"):
        client.post(
            f"/e/{event.slug}/register",
            data=entered(send="1", first_name=first, email="info@werk.example"),
        )
        confirm_registration(all_registrations()[-1])
    eva, udo = all_registrations()

    erase_guest(eva)

    left = db.session.scalars(select(OutboxMail)).all()
    assert {one.to_name for one in left} == {udo.full_name}
    assert len(left) == 2


def test_nobody_else_is_touched(event):
    other = make(event)
    give_needs(other)
    agree(other, ConsentKind.PHOTO, locale="de")
    guest = marked(event)

    erase_guest(guest)

    assert needs() == [("keine Haselnüsse", "Rollstuhlplatz")]
    assert len(consents()) == 2
    assert other.state is S.CONFIRMED


def test_what_an_earlier_registration_left_behind_goes_as_well(event):
    contact = make_contact(event.host, first_name=MARK, last_name="Ohm", email="ohm@werk.example")
    make_list(event.host, contact)
    invitation = make_invitation(event, contact)
    accept_invitation(invitation)
    name_substitute(invitation, ludmila())
    again = marked(event, first_name=MARK, last_name="Ohm", email="ohm@werk.example")

    erase_guest(again)

    assert [one.is_erased for one in all_registrations()] == [True, False, True]
    assert {table for table, _row in left_of_mark()} == {"contact"}


def test_who_deleted_everything_can_register_again(client, event):
    client.post(f"/e/{event.slug}/register", data=entered(send="1"))
    confirm_registration(all_registrations()[0])
    erase_guest(all_registrations()[0])

    client.post(f"/e/{event.slug}/register", data=entered(send="1"))
    client.post(link_in_mail())

    assert [one.state for one in all_registrations()] == [S.CANCELLED, S.CONFIRMED]


def test_the_links_of_others_still_open(client, event):
    other, guest = make(event), marked(event)

    erase_guest(guest)

    assert client.get(f"/r/{other.token}").status_code == 200
    forged = sign(LinkKind.REGISTRATION, guest.public_id, guest.link_generation + 1)
    assert client.get(f"/r/{forged}").status_code == 404


def test_organisers_see_that_it_was_deleted_and_not_who_it_was(client, sign_in, event):
    sign_in(client, make_account(event.host))
    guest = marked(event)
    with clock.held(event.ends_at + timedelta(days=1)):
        erase_guest(guest)

    listed = client.get(f"/organise/{event.slug}/guests").text
    page = client.get(f"/organise/{event.slug}/guests/{guest.id}")

    assert "Daten gelöscht" in listed
    assert page.status_code == 200
    assert "00:00 Uhr" not in page.text  # of the registration only the day is kept
    assert MARK not in listed + page.text


# ---- The history forgets as well ----------------------------------------------------------------


def written():
    """Everything that entries say besides who, what and when."""
    statement = select(AuditEntry).order_by(AuditEntry.id)
    rows = db.session.scalars(statement.execution_options(populate_existing=True))
    return [(row.action, row.before, row.after, row.reason) for row in rows]


def test_the_history_forgets_name_and_address_and_keeps_the_steps(event):
    host = event.host
    mail = f"{MARK}@werk.example".lower()
    contact = make_contact(host, last_name="Ohm", email="alt@werk.example", source="by hand")
    invitation = make_invitation(event, contact)
    guest = accept_invitation(invitation, note=f"Rief an: {MARK}", by=make_account(host))
    correct_address(invitation, mail, by="test")
    steps = [action for action, *_rest in written()]
    assert mail in str(written())

    erase_guest(guest)

    assert MARK.lower() not in str(written()).lower()
    assert "alt@werk.example" not in str(written())
    assert [action for action, *_rest in written()][: len(steps)] == steps
    assert ("contact.changed", {"email": "deleted"}, {"email": "deleted"}, "") in written()


def test_the_reason_for_giving_one_guest_a_place_goes_too(event):
    """It stands nowhere but at the guest, also where places were added or given out."""
    for _ in range(2):
        make(event)
    waiting = make(event, state=S.WAITING)
    confirm_place(waiting, by="staff", reason=f"{MARK} sitzt im Rollstuhl", raise_by=1)
    with transaction():
        event.capacity += 1
    other = make(event, state=S.WAITING)
    offer_free_places(event, by="staff", reason=f"{MARK} hat angerufen")
    assert left_of_mark()

    for guest in (waiting, other):
        erase_guest(guest)

    assert not left_of_mark()


def test_the_history_forgets_whoever_was_merged_into_the_contact(event):
    same = {"first_name": "Eva", "last_name": "Ohm", "source": "by hand"}
    kept = make_contact(event.host, email="eva@werk.example", **same)
    other = make_contact(event.host, email="marke@privat.example", **same)
    with transaction():
        record_change("test", "contact.changed", other, after={"email": "marke@privat.example"})
    merge_contacts(kept, other, {}, seen=(kept.version, other.version), actor="test")
    stranger = make_contact(event.host, last_name="Bleibt", email="bleibt@werk.example")
    with transaction():
        record_change("test", "contact.changed", stranger, after={"email": stranger.email})
    guest = accept_invitation(make_invitation(event, kept))

    erase_guest(guest)

    assert "privat.example" not in str(written())
    assert "eva@werk.example" not in str(written())
    assert "Eva Ohm" not in str(written())
    assert "bleibt@werk.example" in str(written())


def test_the_history_keeps_what_it_says_of_a_contact_who_stays(event):
    contact = make_contact(event.host, email="alt@werk.example")
    make_list(event.host, contact)
    with transaction():
        record_change("test", "contact.changed", contact, before={"email": "frueher@werk.example"})

    erase_guest(accept_invitation(make_invitation(event, contact)))

    assert "frueher@werk.example" in str(written())


def test_a_contact_whom_staff_removes_is_forgotten_by_the_history_too(client, sign_in, event):
    sign_in(client, make_account(event.host))
    contact = make_contact(event.host)
    with transaction():
        record_change("test", "contact.changed", contact, before={"email": "frueher@werk.example"})

    client.post(f"/organise/contacts/{contact.id}/remove")

    assert "frueher@werk.example" not in str(written())
    page = client.get("/organise/history", headers={"Accept-Language": "de"}).text
    assert "gelöscht" in page
