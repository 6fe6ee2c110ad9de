"""The page on which an organiser takes a list along."""

import csv
import json
from io import BytesIO, StringIO

import openpyxl
import pytest
from factories import make_account, make_event, make_registration
from sqlalchemy import func, select

from eventapp.accounts.models import AuditEntry
from eventapp.accounts.states import Role
from eventapp.contacts.states import Sector
from eventapp.foundation.database import db
from eventapp.registrations.states import RegistrationState

FORM = {"columns": "full", "group": "confirmed", "sector": "", "search": "", "order": "name",
        "format": "csv"}  # fmt: skip


def take(client, **changes):
    """Press the button; the file is read to its end, as a browser does."""
    return client.post("/organise/licht/guests/export", data=FORM | changes, buffered=True)


@pytest.fixture
def event(organiser):
    return make_event(organiser.memberships[0].host, slug="licht")


def test_the_page_offers_lists_with_what_each_holds(client, event):
    page = client.get("/organise/licht/guests/export")

    assert page.status_code == 200
    assert "Einlassliste" in page.text
    assert "Name und Organisation, wie die Pforte sie braucht." in page.text
    assert page.text.count('type="radio"') == 5


def test_the_page_begins_with_the_filter_of_the_list_one_comes_from(client, event):
    page = client.get("/organise/licht/guests/export?group=waiting&sector=press&q=möhn")

    assert '<option selected value="waiting">' in page.text
    assert '<option selected value="press">' in page.text
    assert 'value="möhn"' in page.text


def test_a_filter_that_does_not_exist_is_passed_over(client, event):
    page = client.get("/organise/licht/guests/export?group=nobody&sector=x&columns=y&q=%07")

    assert page.status_code == 200
    assert '<option selected value="confirmed">' in page.text


def test_the_csv_arrives_under_a_name_that_says_what_it_is(client, event):
    make_registration(event, last_name="Müßig")

    answer = take(client)

    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=licht-full-20")
    assert answer.headers["Cache-Control"] == "no-store"
    [row] = csv.DictReader(StringIO(answer.data.decode("utf-8-sig"), newline=""), delimiter=";")
    assert row["Nachname"] == "Müßig"


def test_xlsx_and_json_arrive_as_such(client, event):
    make_registration(event, last_name="Müßig")

    table = take(client, format="xlsx")
    rows = take(client, format="json")

    assert openpyxl.load_workbook(BytesIO(table.data)).active["G2"].value == "Müßig"
    assert json.loads(rows.data)[0]["last_name"] == "Müßig"
    assert rows.mimetype == "application/json"


def test_the_filter_reaches_the_list(client, event):
    make_registration(event, last_name="Dabei")
    make_registration(event, last_name="Wartet", sector=Sector.PRESS,
                      state=RegistrationState.WAITING)  # fmt: skip

    answer = take(client, group="waiting", sector="press", search="wart", format="json")

    assert [row["last_name"] for row in json.loads(answer.data)] == ["Wartet"]


@pytest.mark.parametrize("wrong", [{"columns": "needs"}, {"group": "x"}, {"format": "exe"},
                                   {"sector": "x"}, {"order": ""}])  # fmt: skip
def test_what_is_not_offered_is_refused_and_nothing_is_noted(client, event, wrong):
    answer = take(client, **wrong)

    assert answer.status_code == 200
    assert answer.mimetype == "text/html"
    assert 'role="alert"' in answer.text
    assert db.session.scalar(select(func.count(AuditEntry.id))) == 0


def test_looking_at_the_page_takes_nothing(client, event):
    client.get("/organise/licht/guests/export?columns=full&format=csv")

    assert db.session.scalar(select(func.count(AuditEntry.id))) == 0


def test_a_download_is_noted_under_the_persons_name(client, event, organiser):
    take(client)

    [entry] = db.session.scalars(select(AuditEntry)).all()
    assert (entry.account_id, entry.action) == (organiser.id, "attendees.exported")


def test_an_organiser_of_another_house_finds_no_list(client, event, sign_in):
    sign_in(client, make_account())

    assert client.get("/organise/licht/guests/export").status_code == 404
    assert take(client).status_code == 404


@pytest.mark.parametrize("role", [Role.FRONTDESK, Role.VIEWER])
def test_who_may_not_organise_may_not_take_lists(client, event, sign_in, role):
    sign_in(client, make_account(event.host, role))

    assert take(client).status_code == 403


def test_strangers_are_sent_to_sign_in(app, event):
    answer = take(app.test_client())

    assert answer.status_code in {302, 303}
