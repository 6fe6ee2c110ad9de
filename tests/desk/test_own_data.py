"""Everything stored about a guest: complete, about nobody else, to read and to take along."""

import json
from datetime import timedelta

import pytest
from factories import (
    make_account,
    make_contact,
    make_event,
    make_invitation,
    make_list,
    make_registration,
)
from registrations.needs_support import give_needs
from registrations.public_form import entered
from registrations.support import all_registrations, ludmila
from statements import statement_count

from eventapp.accounts.audit import record_change
from eventapp.accounts.models import AuditEntry
from eventapp.consents.states import ConsentKind
from eventapp.consents.wordings import current_words
from eventapp.desk.stored_columns import COLUMNS
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.questions.models import Question, QuestionAnswer, QuestionChoice
from eventapp.questions.states import QuestionKind
from eventapp.registrations.actions import (
    accept_invitation,
    agree,
    cancel_registration,
    name_substitute,
    withdraw_consent,
)
from eventapp.registrations.front_door.actions import confirm_registration
from eventapp.registrations.models import Registration
from eventapp.registrations.requests import CompanionName
from eventapp.registrations.states import RegistrationKind


@pytest.fixture
def event(app):
    return make_event()


def page_of(client, guest):
    return client.get(f"/r/{guest.token}/data").text


def file_of(client, guest):
    answer = client.get(f"/r/{guest.token}/data.json")
    return json.loads(answer.text)


@pytest.mark.parametrize("table", COLUMNS)
def test_somebody_has_thought_about_every_column(table):
    """A new column is shown to the guest, or stands in the list with None: it is not theirs."""
    assert set(db.metadata.tables[table].columns.keys()) == set(COLUMNS[table])


def test_every_table_about_a_guest_is_thought_of(app):
    """Whatever hangs on a registration or invitation is shown, but for what names only them."""
    hanging = {
        table.name
        for table in db.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name in {"registration", "invitation"}
    }

    # the mails are listed; the history tells of the other
    aside = {"notice_recipient", "digest_recipient", "two_people"}
    assert hanging - set(COLUMNS) == aside


def test_it_holds_all_that_the_slices_know(client, event):
    contact = make_contact(event.host, note="mag keine langen Reden")
    make_list(event.host, contact, name="Verteiler Wirtschaft")
    guest = accept_invitation(make_invitation(event, contact, note="rief am Montag an"))
    give_needs(guest)
    agree(guest, ConsentKind.PHOTO, locale="de")
    withdraw_consent(guest, ConsentKind.PHOTO)
    answered(guest)
    with transaction():
        guest.note = "kommt später"

    page = page_of(client, guest)

    for text in (
        guest.email,
        guest.number,
        "keine Haselnüsse",
        "Rollstuhlplatz",
        current_words(ConsentKind.PHOTO, "de"),
        "auf der persönlichen Seite",
        "Wie kommen Sie?",
        "Mit dem Rad",
        "rief am Montag an",
        "mag keine langen Reden",
        "Verteiler Wirtschaft",
        "kommt später",
        "Ihre Anmeldung ist bestätigt",
        "Einwilligung erteilt",
    ):
        assert text in page, text


def answered(guest):
    with transaction():
        question = Question(
            event_id=guest.event_id,
            kind=QuestionKind.CHOICE,
            label_de="Wie kommen Sie?",
            choices=[QuestionChoice(label_de="Mit dem Rad")],
        )
        db.session.add(question)
        db.session.flush()
        db.session.add(
            QuestionAnswer(
                registration_id=guest.id,
                question_id=question.id,
                choices=[str(question.choices[0].id)],
            )
        )


def test_the_file_says_the_same_for_programs(client, event):
    guest = make_registration(event, last_name="Nüsperling", phone="0151 2345")
    give_needs(guest)
    agree(guest, ConsentKind.PHOTO, locale="en")

    answer = client.get(f"/r/{guest.token}/data.json")
    data = json.loads(answer.text)

    assert answer.mimetype == "application/json"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="data.json"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert data["registration"][0]["last_name"] == "Nüsperling"
    assert data["registration"][0]["registered_at"] == guest.registered_at.isoformat()
    assert data["needs"] == [
        {
            "event": event.title_de,
            "diet": "keine Haselnüsse",
            "access": "Rollstuhlplatz",
            "delete_on": (event.starts_on + timedelta(days=14)).isoformat(),
        }
    ]
    assert [one["kind"] for one in data["consents"]] == ["needs", "photo"]
    assert data["consents"][1]["text_version"] == "1-en"
    assert data["consents"][1]["words"] == current_words(ConsentKind.PHOTO, "en")


def test_across_two_events_everything_says_to_which_it_belongs(client, event):
    contact, later = make_contact(event.host), make_event(event.host, title_de="Ein zweiter Abend")
    guests = [accept_invitation(make_invitation(one, contact)) for one in (event, later)]
    for guest in guests:
        give_needs(guest)

    data = file_of(client, guests[0])

    titles = [event.title_de, later.title_de]
    for part in ("registration", "needs", "consents", "invitation"):
        assert [row["event"] for row in data[part]] == titles, part
    assert {row["event"] for row in data["history"] if "event" in row} == set(titles)
    assert {row["event"] for row in data["mails"]} == set(titles)
    assert page_of(client, guests[0]).count("<strong><bdi>Ein zweiter Abend</bdi></strong>") == 4


def test_no_secret_of_a_link_is_in_it(client, event):
    guest = accept_invitation(make_invitation(event, make_contact(event.host)))

    text = client.get(f"/r/{guest.token}/data.json").text

    for secret in (guest.public_id, guest.token, guest.invitation.public_id):
        assert secret not in text


def test_of_others_it_says_nothing(client, event):
    contact = make_contact(event.host)
    guest = accept_invitation(make_invitation(event, contact))
    name_substitute(guest.invitation, ludmila())
    make_registration(event, last_name="Kampschulte")
    colleague = make_account(event.host, name="Sönke Vaßholz")
    with transaction():
        record_change(
            colleague, "registration.mail_sent", guest, reason="bat darum", scope=event.scope
        )

    text = page_of(client, guest) + json.dumps(file_of(client, guest), ensure_ascii=False)

    for other in ("Frøhlich", "ludmila@", "Kampschulte", "Sönke", "Vaßholz"):
        assert other not in text, other
    assert "bat darum" in text
    assert "die Organisation" in text


def test_a_substitute_sees_what_was_said_about_them(client, event):
    first = make_invitation(event, make_contact(event.host, last_name="Kampschulte"))
    accept_invitation(first)
    guest = accept_invitation(name_substitute(first, ludmila()))

    data = file_of(client, guest)

    assert data["invitation"][0]["last_name"] == "Frøhlich"
    assert "named_at" in data["invitation"][0]
    assert "Kampschulte" not in json.dumps(data | {"mails": []})  # their subject is known to them


def test_two_people_of_one_address_see_their_own_mails(client, event):
    for first in ("Eva", "Udo"):
        client.post(
            f"/e/{event.slug}/register",
            data=entered(send="1", first_name=first, email="info@werk.example"),
        )
        confirm_registration(all_registrations()[-1])

    eva, udo = (file_of(client, one)["mails"] for one in all_registrations())

    assert [one["state"] for one in eva + udo] == ["queued"] * 4
    assert len(eva) == len(udo) == 2


def test_companions_are_named_as_the_guest_named_them(client, event):
    guest = make_registration(event)
    make_registration(
        event,
        kind=RegistrationKind.COMPANION,
        main_id=guest.id,
        first_name="Gesa",
        last_name="Rinschedter",
        phone="0151 999",
    )

    data = file_of(client, guest)

    assert data["registration"][0]["companions"] == ["Gesa Rinschedter"]
    assert "0151 999" not in json.dumps(data)


def test_it_can_be_seen_after_the_event_as_well(client, event):
    guest = make_registration(event)

    with clock.held(event.ends_at + timedelta(days=30)):
        assert client.get(f"/r/{guest.token}/data").status_code == 200
        assert client.get(f"/r/{guest.token}/delete").status_code == 200


def test_in_english_it_speaks_english(client, event):
    guest = make_registration(event, locale="en")
    give_needs(guest, diet="vegetarisch")

    page = page_of(client, guest)

    assert "What is stored about you" in page
    assert "vegetarian" in page


def test_t65_the_page_needs_as_many_statements_for_many_rows_as_for_few(client, event):
    """T-65."""
    number, counts = make_registration(event).id, []
    for times in (1, 10):
        guest = db.session.get_one(Registration, number)
        for _ in range(times):
            agree(guest, ConsentKind.PHOTO, locale="de")
            withdraw_consent(guest, ConsentKind.PHOTO)
        db.session.remove()
        with statement_count() as sent:
            client.get(f"/r/{guest.token}/data")
        counts.append(len(sent))

    assert counts[0] == counts[1]


# ---- Delete me ----------------------------------------------------------------------------------


def test_the_page_says_plainly_what_goes_and_what_stays_and_does_nothing_yet(client, event):
    guest = make_registration(event)

    page = client.get(f"/r/{guest.token}/delete").text

    for text in (
        "Ihr Platz wird aufgegeben und steht wieder anderen offen",
        "Was gelöscht wird",
        "Was bleibt",
        "für die Statistik: Sektor, Kreis",
        "Sie brauchen keinen Grund",
    ):
        assert text in page
    db.session.refresh(guest)
    assert guest.email


def test_one_button_deletes_everything_and_the_page_it_leads_to_knows_nobody(client, event):
    guest = make_registration(event, last_name="Nüsperling")

    answer = client.post(f"/r/{guest.token}/delete", follow_redirects=True)

    assert answer.status_code == 200
    assert answer.request.path == "/deleted"
    assert "Alles ist gelöscht" in answer.text
    assert "Nüsperling" not in answer.text


def test_pressing_it_twice_says_the_same(client, event):
    guest = make_registration(event)
    address = f"/r/{guest.token}/delete"
    client.post(address)

    again = client.post(address)

    assert again.status_code == 410
    assert "Diese Anmeldung ist gelöscht" in again.text


def test_who_is_known_from_elsewhere_reads_that_the_address_book_keeps_them(client, event):
    known = make_contact(event.host)
    make_list(event.host, known)
    for contact, stays in ((known, True), (make_contact(event.host, source="by hand"), False)):
        guest = accept_invitation(make_invitation(event, contact))

        page = client.get(f"/r/{guest.token}/delete").text

        assert ("Nur diese Anmeldung löschen" in page) is stays
        assert ("an den Zeiten im Änderungsverlauf" in page) is stays


def test_t69_none_of_these_pages_is_kept_or_framed(client, event):
    guest = make_registration(event)

    for part in ("data", "data.json", "delete", "details", "address", "needs"):
        answer = client.get(f"/r/{guest.token}/{part}")
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert client.get(f"/r/{guest.token}/{part}/x.css").status_code == 404


@pytest.mark.parametrize("part", ["data", "data.json", "delete", "details", "address", "needs"])
def test_t09_a_wrong_link_opens_none_of_these_pages(client, event, part):
    guest = make_registration(event)

    for token in (guest.token[:-1], guest.public_id, guest.token.swapcase(), "x.y"):
        assert client.get(f"/r/{token}/{part}").status_code == 404


def test_t13_opening_every_page_changes_nothing(client, event):
    guest = make_registration(event)
    before = guest.version

    for part in ("data", "data.json", "delete", "details", "address", "needs"):
        client.get(f"/r/{guest.token}/{part}?confirm=1")
        client.head(f"/r/{guest.token}/{part}")

    db.session.refresh(guest)
    assert (guest.version, guest.is_erased) == (before, False)


def test_a_number_that_was_given_again_brings_nobody_else_s_history(client, event):
    """SQLite reuses the number of the row that was deleted last; the trail keeps the old entry."""
    guest = accept_invitation(make_invitation(event, make_contact(event.host)))
    with transaction():
        db.session.add(
            AuditEntry(
                at=guest.contact.created_at - timedelta(days=30),
                actor="Sönke Vaßholz",
                action="contact.merged_away",
                subject_kind="contact",
                subject_id=str(guest.contact_id),
                before={"last_name": "Vorgängerin"},
                reason="Vorgängerin",
                host_id=event.host_id,
            )
        )

    assert "Vorgängerin" not in client.get(f"/r/{guest.token}/data").text
    assert "Vorgängerin" not in client.get(f"/r/{guest.token}/data.json").text


def test_a_companion_who_was_signed_off_stands_nowhere_any_more(client):
    names = [CompanionName("Ann", "Alt"), CompanionName("Bob", "Baum")]
    guest = accept_invitation(make_invitation(make_event(companions_allowed=2)), companions=names)

    client.post(f"/r/{guest.token}/companions/{guest.company[1].id}/remove")

    assert file_of(client, guest)["registration"][0]["companions"] == ["Ann Alt"]
    assert "Bob" not in page_of(client, guest)


def test_the_name_of_who_left_with_the_guest_is_said_to_go_soon(client):
    guest = accept_invitation(
        make_invitation(make_event(companions_allowed=1)), companions=[CompanionName("Ann", "Alt")]
    )

    cancel_registration(guest)

    stored = file_of(client, guest)["registration"][0]
    assert (stored.get("companions"), stored["companions_gone"]) == (None, ["Ann Alt"])
    assert "Ann Alt (der Name wird innerhalb von zwei Tagen gelöscht)" in page_of(client, guest)
