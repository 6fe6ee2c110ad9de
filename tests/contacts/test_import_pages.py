"""The pages of an import: what is refused at once, what is said once, what is asked before."""

from io import BytesIO

import pytest
from factories import make_event, make_invitation
from sqlalchemy import select

from eventapp.contacts.actions import block_contact
from eventapp.contacts.models import Contact, ContactImport
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
