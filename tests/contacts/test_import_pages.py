"""The pages of an import: what is refused at once, what is said once, what is asked before."""

from io import BytesIO

import pytest
from factories import make_contact, make_event, make_invitation, make_list
from sqlalchemy import select

from eventapp.contacts.actions import block_contact, remove_contact
from eventapp.contacts.models import Contact, ContactImport, DistributionList
from eventapp.foundation.database import db


@pytest.fixture
def host(organiser, client):
    client.set_cookie("lang", "en")
    return organiser.memberships[0].host


def upload(client, content):
    data = {"file": (BytesIO(content), "liste.csv"), "target": "0"}
    return client.post("/organise/contacts/import", data=data)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\nName;Ort\nMeier;Olpe", "This is a picture."),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\nName;Ort\nMeier;Olpe", "This file is no text."),
        (b'{"Name": "Meier"}', "This is a JSON file."),
    ],
)
def test_a_file_that_is_no_list_is_refused_beside_the_field_and_not_kept(
    client, host, content, said
):
    answer = upload(client, content)

    assert f"{said} Please" in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert db.session.scalars(select(ContactImport)).all() == []


def test_columns_that_are_not_taken_over_are_said_once_above_all_rows(client, host):
    rows = [f"Name{number};nr{number}@b.example;Tal {number};x" for number in range(30)]
    staged = upload(client, "\n".join(["Nachname;E-Mail;Wanderweg;Lieblingstier", *rows]).encode())

    page = client.get(staged.location).text

    assert page.count("Wanderweg</bdi>") == 2  # beside its choice, and at the head
    assert "2 columns are not taken over" in page
    assert "is not taken over." not in page
    assert "please look" not in page


def test_before_an_import_is_taken_back_the_page_says_what_would_happen(client, host):
    location = upload(client, b"Nachname\nMeier\nSchulze\nKrause\n").location
    client.post(f"{location}/take")
    krause = db.session.scalars(select(Contact).filter_by(last_name="Krause")).one()
    block_contact(krause, reason="", actor="test")

    page = client.get(location).text

    asked = page[page.index("<summary>Show what would happen") :]
    assert "2 contacts are deleted" in asked
    assert "1 contact was changed since the import and stays" in asked
    assert f'action="{location}/undo"' in asked
    assert f'action="{location}/undo"' not in page[: -len(asked)]


def test_an_import_whose_people_are_invited_does_not_offer_to_be_taken_back(client, host):
    location = upload(client, b"Nachname\nMeier\n").location
    client.post(f"{location}/take")
    make_invitation(make_event(host), db.session.scalars(select(Contact)).one())

    page = client.get(location).text

    assert "1 invitation or registration refers to these contacts, so the import stands" in page
    assert "/undo" not in page


def upload_to_new_list(client, content, name="Messe 2027", target="0"):
    data = {"file": (BytesIO(content), "liste.csv"), "target": target, "new_list": name}
    return client.post("/organise/contacts/import", data=data)


def test_from_the_result_one_gets_at_the_people_just_imported_and_at_their_list(client, host):
    make_contact(host, last_name="Vorher")
    location = upload_to_new_list(client, b"Nachname\nMeier\nSchulze\n").location
    preview = client.get(location).text
    assert db.session.scalars(select(DistributionList)).all() == []
    client.post(f"{location}/take")

    result = client.get(location).text
    import_id = int(location.rpartition("/")[2])
    these = client.get(f"/organise/contacts?import={import_id}").text

    made = db.session.scalars(select(DistributionList)).one()
    assert "2 people come on the list “Messe 2027”." in preview
    assert f'href="/organise/contacts?import={import_id}"' in result
    assert f'href="/organise/contacts?list={made.id}"' in result
    assert {one.last_name for one in made.contacts} == {"Meier", "Schulze"}
    assert "new from “liste.csv”" in these
    assert ("Meier" in these, "Vorher" in these) == (True, False)
    assert f'name="import" value="{import_id}"' in these


def test_a_list_and_a_new_one_cannot_both_be_meant(client, host):
    old = make_list(host, name="Alte")

    page = upload_to_new_list(client, b"Nachname\nMeier\n", target=str(old.id)).text

    assert "Please choose a list above, or name a new one here." in page
    assert db.session.scalars(select(ContactImport)).all() == []


def test_the_sentence_about_the_list_counts_who_really_comes_on_it(client, host):
    make_contact(host, first_name="Ada", last_name="Eins", email="a@b.example")
    leaving = make_contact(host, last_name="Zwei", email="z@b.example")
    block_contact(leaving, reason="", actor="test")
    remove_contact(leaving, actor="test")
    rows = b"Vorname;Nachname;E-Mail\n"

    both = client.get(upload_to_new_list(client, rows + b"Ada;Eins;a@b.example\n;Neu;\n").location)
    nobody = client.get(upload_to_new_list(client, rows + b";Zwei;z@b.example\n").location)

    assert "2 people come on the list “Messe 2027”. One of them is in the address" in both.text
    assert "Nobody comes on the list “Messe 2027”." in nobody.text


def test_who_is_known_already_can_be_put_on_a_list_by_a_file_alone(client, host):
    known = make_contact(host, first_name="Ada", last_name="Eins", email="a@b.example")
    location = upload_to_new_list(
        client, b"Vorname;Nachname;E-Mail\nAda;Eins;a@b.example\n"
    ).location

    offered = f'action="{location}/take"' in client.get(location).text
    client.post(f"{location}/take")

    db.session.refresh(known)
    assert offered
    assert [one.name for one in known.lists] == ["Messe 2027"]
    assert "Nobody new was in the file" in client.get(location).text


def test_the_figures_of_an_import_that_was_taken_back_say_what_was_taken_back(client, host):
    location = upload(client, b"Nachname;Firma\nMeier;Werk\nSchulze;Werk\nKrause;Hof\n").location
    client.post(f"{location}/take")
    krause = db.session.scalars(select(Contact).filter_by(last_name="Krause")).one()
    block_contact(krause, reason="", actor="test")
    client.post(f"{location}/undo")

    page = " ".join(client.get(location).text.split())

    assert "<dt>Contacts deleted again</dt><dd>2</dd>" in page
    assert "of 3 imported" in page
    assert "<dt>Contacts that stayed</dt><dd>1</dd>" in page
    assert "<dt>Organisations deleted again</dt><dd>1</dd>" in page
    assert "<dt>Imported</dt>" not in page
