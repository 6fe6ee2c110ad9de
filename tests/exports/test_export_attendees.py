"""Lists that leave the house: who stands on them, with what, in which order, and who took them."""

import csv
import json
from io import BytesIO, StringIO

import openpyxl
import pytest
from factories import make_account, make_contact, make_event, make_registration, moment
from sqlalchemy import select
from statements import statement_count

from eventapp.accounts.models import AuditEntry
from eventapp.consents.models import Consent, Needs
from eventapp.consents.states import ConsentKind
from eventapp.contacts.states import FormOfAddress, Sector
from eventapp.exports.actions import ExportRequest, export_attendees
from eventapp.exports.columns import ColumnSet, SortOrder
from eventapp.exports.states import FileFormat
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.i18n import use_locale
from eventapp.foundation.listing import Purpose
from eventapp.registrations.guests import GuestFilter, GuestGroup
from eventapp.registrations.models import Registration
from eventapp.registrations.states import RegistrationKind, RegistrationState

R = RegistrationState


def taken(event, locale="de", **wanted) -> bytes:
    """The file that somebody on the command line gets."""
    with use_locale(locale), export_attendees(event, ExportRequest(**wanted), by="test") as file:
        return file.read()


def rows(event, **wanted) -> list[dict[str, object]]:
    return json.loads(taken(event, format=FileFormat.JSON, **wanted))


def names(event, **wanted) -> list[str]:
    return [row["last_name"] for row in rows(event, **wanted)]


def add(*things) -> None:
    with transaction():
        db.session.add_all(things)


def test_a_full_row_tells_what_is_known_of_a_guest(app):
    event = make_event()
    contact = make_contact(event.host, reference="K-0002")
    main = make_registration(event, number="A-0001", last_name="Zabel")
    guest = make_registration(
        event, number="A-0002", kind=RegistrationKind.COMPANION, main_id=main.id,
        contact_id=contact.id, title="Dr.", first_name="Åse", last_name="Müßig",
        name_suffix="MdL", position="Prokura", organisation_name="Kontor; Licht",
        postcode="01069", city="Sundern", county="Hochsauerlandkreis", phone="+49 2331 4710",
        email="aase@demo.example", registered_at=moment("2027-05-03T12:53"),
    )  # fmt: skip
    add(Consent(registration_id=guest.id, kind=ConsentKind.PHOTO, text_version="1"))

    row = next(row for row in rows(event) if row["number"] == "A-0002")

    assert row == {
        "number": "A-0002", "contact": "K-0002", "kind": "companion", "form_of_address": "ms",
        "title": "Dr.", "first_name": "Åse", "last_name": "Müßig", "name_suffix": "MdL",
        "position": "Prokura", "organisation": "Kontor; Licht", "sector": "business",
        "postcode": "01069", "city": "Sundern", "county": "Hochsauerlandkreis",
        "email": "aase@demo.example", "phone": "+49 2331 4710", "locale": "de",
        "state": "confirmed", "rank": None, "companions": None,
        "registered_at": "2027-05-03T14:53:00+02:00",
        "photo": True, "on_list": False, "next_invitation": False,
        "companion_of": "A-0001", "substitute_for": None,
    }  # fmt: skip


def test_csv_reads_in_german_and_opens_in_excel(app):
    event = make_event()
    make_registration(event, number="A-0007", form_of_address=FormOfAddress.MR,
                      sector=Sector.POLITICS, registered_at=moment("2027-05-03T12:53"))  # fmt: skip

    content = taken(event, format=FileFormat.CSV)

    assert content.startswith(b"\xef\xbb\xbf")
    [row] = csv.DictReader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    assert row["Anmelde-Nr."] == "A-0007"
    assert row["Anrede"] == "Herr"
    assert row["Sektor"] == "Politik & Verwaltung"
    assert row["Status"] == "bestätigt"
    assert row["Fotos erlaubt"] == "nein"
    assert row["Angemeldet am"] == "03.05.2027 14:53"


def test_the_heading_is_english_where_english_is_read(app):
    event = make_event()

    assert (
        taken(event, "en", format=FileFormat.CSV)
        .decode("utf-8-sig")
        .startswith("Registration no.;Contact no.;Kind;")
    )


def test_t31_what_a_guest_typed_is_never_a_formula(app):
    event = make_event()
    make_registration(event, last_name="=cmd|' /C calc'!A0", phone="+49 2331 4710")

    [row] = csv.DictReader(
        StringIO(taken(event, format=FileFormat.CSV).decode("utf-8-sig"), newline=""), delimiter=";"
    )
    sheet = openpyxl.load_workbook(BytesIO(taken(event))).active

    assert row["Nachname"] == "'=cmd|' /C calc'!A0"
    assert row["Telefon"] == "'+49 2331 4710"
    assert {cell.data_type for cell in sheet[2] if cell.value is not None} <= {"s", "d"}
    assert "+49 2331 4710" in [cell.value for cell in sheet[2]]


def test_names_come_as_germans_sort_them(app):
    event = make_event()
    for name in ("Zabel", "Österreicher", "von der Heide", "Otto", "Aßmann", "Assauer", "Ågren"):
        make_registration(event, last_name=name)

    assert names(event) == [
        "Ågren", "Assauer", "Aßmann", "von der Heide", "Österreicher", "Otto", "Zabel",
    ]  # fmt: skip


def test_other_orders_fall_back_on_the_name(app):
    event = make_event()
    first = moment("2027-05-03T12:53")
    for name, organisation, at in (("C", "Öko AG", 2), ("B", "Ofen", 1), ("A", "Öko AG", 3)):
        make_registration(event, last_name=name, organisation_name=organisation,
                          registered_at=first.replace(day=at))  # fmt: skip

    assert names(event, order=SortOrder.ORGANISATION) == ["B", "A", "C"]
    assert names(event, order=SortOrder.REGISTERED) == ["B", "C", "A"]


def test_the_list_holds_whom_the_filter_shows_and_nobody_of_another_event(app):
    event = make_event()
    make_registration(event, last_name="Dabei")
    make_registration(event, last_name="Wartet", state=R.WAITING)
    make_registration(event, last_name="Storniert", state=R.CANCELLED)
    make_registration(event, last_name="Presse", sector=Sector.PRESS, city="Möhnesee")
    make_registration(make_event(), last_name="Fremd")

    assert names(event) == ["Dabei", "Presse"]
    assert names(event, guests=GuestFilter(GuestGroup.ALL)) == ["Dabei", "Presse", "Wartet"]
    assert names(event, guests=GuestFilter(GuestGroup.CANCELLED)) == ["Storniert"]
    assert names(event, guests=GuestFilter(sector=Sector.PRESS)) == ["Presse"]
    assert names(event, guests=GuestFilter(search="moehne")) == ["Presse"]


def test_who_waits_stands_with_the_place_in_line(app):
    event = make_event()
    for hour, name in ((3, "C"), (1, "A"), (2, "B")):
        make_registration(event, last_name=name, state=R.WAITING,
                          waiting_since=moment(f"2027-05-03T0{hour}:00"))  # fmt: skip

    found = rows(event, guests=GuestFilter(GuestGroup.WAITING))

    assert [(row["last_name"], row["rank"]) for row in found] == [("A", 1), ("B", 2), ("C", 3)]


@pytest.mark.parametrize(("columns", "keys"), [
    (ColumnSet.DOOR, ["number", "last_name", "first_name", "title", "organisation", "kind",
                      "companions", "companion_of", "state", "photo"]),
    (ColumnSet.HOST, ["last_name", "first_name", "organisation"]),
])  # fmt: skip
def test_a_list_has_no_more_columns_than_its_purpose_needs(app, columns, keys):
    event = make_event()
    make_registration(event)

    assert list(rows(event, columns=columns)[0]) == keys


def test_only_who_agreed_stands_on_the_list_to_hand_out(app):
    event = make_event()
    agreed, withdrew = make_registration(event), make_registration(event)
    make_registration(event)
    kind = ConsentKind.ATTENDEE_LIST
    add(Consent(registration_id=agreed.id, kind=kind, text_version="1"),
        Consent(registration_id=withdrew.id, kind=kind, text_version="1",
                withdrawn_at=clock.now()))  # fmt: skip

    assert names(event, columns=ColumnSet.HANDOUT) == [agreed.last_name]


def test_the_kitchen_gets_sums_without_names(app):
    event = make_event()
    for diet in ("vegan", "vegan", "vegan ", "Nussallergie", ""):
        guest = make_registration(event)
        add(Needs(registration_id=guest.id, diet=diet, delete_on=event.starts_on))
    make_registration(event)
    make_registration(event, state=R.CANCELLED)

    content = taken(event, columns=ColumnSet.CATERING, format=FileFormat.CSV).decode("utf-8-sig")

    assert content.split("\r\n") == [
        "Ernährung;Personen", "vegan;3", "Nussallergie;1", "keine Angabe;2", "Gesamt;6", "",
    ]  # fmt: skip


def test_diet_and_access_needs_are_in_no_list_of_people(app):
    event = make_event()
    guest = make_registration(event)
    add(Needs(registration_id=guest.id, diet="Nussallergie", access="Assistenzhund",
              delete_on=event.starts_on))  # fmt: skip

    people = [columns for columns in ColumnSet if columns is not ColumnSet.CATERING]
    found = b"".join(taken(event, columns=one, format=FileFormat.CSV) for one in people)

    assert b"Nussallergie" not in found
    assert b"Assistenzhund" not in found


def test_who_took_which_list_of_whom_is_noted(app):
    event = make_event()
    account = make_account(event.host)
    guests = GuestFilter(GuestGroup.CONFIRMED, "möhn", Sector.PRESS)
    wanted = ExportRequest(ColumnSet.HOST, FileFormat.CSV, guests=guests, purpose=Purpose.VISITORS)

    export_attendees(event, wanted, by=account).close()

    [entry] = db.session.scalars(select(AuditEntry)).all()
    assert (entry.actor, entry.action, entry.scope) == (
        account.name, "list.exported", f"event:{event.id}",
    )  # fmt: skip
    assert entry.after == {
        "list": "host", "filter": "group=confirmed, search=möhn, sector=press",
        "columns": "last_name, first_name, organisation", "order": "name", "rows": 0,
        "format": "csv", "purpose": "visitors",
    }  # fmt: skip


def test_an_empty_list_is_a_file_with_a_heading(app):
    event = make_event()

    assert taken(event, columns=ColumnSet.HOST, format=FileFormat.CSV).decode("utf-8-sig") == (
        "Nachname;Vorname;Organisation\r\n"
    )
    assert rows(event) == []


@pytest.mark.parametrize("count", [3, 300])
def test_the_number_of_statements_does_not_depend_on_the_number_of_guests(app, count):
    event = make_event(capacity=400)
    with transaction():
        db.session.add_all(
            Registration(event_id=event.id, number=f"A-{number}", state=R.CONFIRMED,
                         last_name=f"Gast {number}", email=f"{number}@demo.example")
            for number in range(count)
        )  # fmt: skip

    with statement_count() as sent:
        found = rows(event)

    assert len(found) == count
    assert len([statement for statement in sent if statement.startswith("SELECT")]) == 6
