"""The address book as a file, and the way back."""

import csv
from io import StringIO

from factories import make_contact, make_host, make_list
from sqlalchemy import select

from eventapp.accounts.models import AuditEntry
from eventapp.contacts.actions import import_staged, stage_import
from eventapp.contacts.listings import CONTACTS
from eventapp.contacts.models import Contact
from eventapp.contacts.queries import WhichContacts
from eventapp.exports.actions import Taking, take_list
from eventapp.exports.states import FileFormat
from eventapp.foundation.database import db
from eventapp.foundation.i18n import use_locale
from eventapp.foundation.listing import Choice, Purpose


def exported(host, which=None, kind=FileFormat.CSV):
    taking = Taking(which or WhichContacts(), Choice(CONTACTS.keys), kind, Purpose.CHECK)
    with take_list(CONTACTS, host, taking, by="test") as file:
        return file.read()


def rows_of(content):
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_an_exported_list_comes_back_as_it_was_t31(app):
    host, other = make_host(), make_host()
    contact = make_contact(
        host,
        first_name="=SUMME(1+1)",
        last_name="@cmd",
        postcode="01067",
        phone="+49 221 4710-101",
        note="-1+1\nzweite Zeile",
    )
    make_list(host, contact, name="VIP")

    content = exported(host)
    import_staged(
        stage_import(other, filename="x.csv", content=content, actor="test"), actor="test"
    )

    again = db.session.scalars(select(Contact).where(Contact.host_id == other.id)).one()
    for name in (
        "first_name",
        "last_name",
        "form_of_address",
        "postcode",
        "phone",
        "note",
        "email",
        "sector",
        "organisation_name",
    ):
        assert getattr(again, name) == getattr(contact, name), name
    assert [each.name for each in again.lists] == ["VIP"]


def test_no_cell_is_a_formula_t31(app):
    host = make_host()
    make_contact(host, first_name="=1+1", last_name="@cmd", phone="+49 221 1")

    with use_locale("en"):
        (row,) = rows_of(exported(host))

    assert (row["First name"], row["Last name"], row["Phone"]) == ("'=1+1", "'@cmd", "'+49 221 1")


def test_only_what_the_page_shows_is_exported_and_the_export_is_on_record(app):
    host = make_host()
    make_contact(host, last_name="Gesucht")
    make_contact(host, last_name="Andere")

    with use_locale("en"):
        rows = rows_of(exported(host, WhichContacts(search="gesucht")))

    assert [row["Last name"] for row in rows] == ["Gesucht"]
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.after["rows"]) == ("list.exported", 1)
