"""Every list leaves the house by one page: as filtered, for a purpose, noted."""

import re

import pytest
from exports.taking import columns_on, csv_rows, rows_of, take, xlsx_rows
from factories import (
    make_account,
    make_contact,
    make_contribution,
    make_contributor,
    make_event,
    make_host,
    make_invitation,
    make_list,
    make_registration,
    make_session,
    make_wave,
    moment,
)
from sqlalchemy import func, select
from statements import statement_count
from world import MARKER, ON_SQLITE, make_world

from eventapp.accounts.audit import record_change
from eventapp.accounts.models import AuditEntry
from eventapp.accounts.states import Role
from eventapp.contacts.states import Sector
from eventapp.edges import LISTINGS
from eventapp.foundation.database import db, transaction
from eventapp.foundation.listing import Belongs
from eventapp.registrations.states import RegistrationState

ROLES_SEEN = ("viewer", "frontdesk", "organiser", "administrator")
FORMULA = "=HYPERLINK(1)"


def path_of(listing, event) -> str:
    start = "/organise" if listing.belongs is Belongs.HOST else f"/organise/{event.slug}"
    return f"{start}/lists/{listing.key}"


def exports_noted():
    return db.session.scalars(select(AuditEntry).filter_by(action="list.exported")).all()


@pytest.fixture
def event(organiser):
    return make_event(organiser.memberships[0].host, slug="licht")


EVERY_LIST = pytest.mark.parametrize("listing", LISTINGS, ids=lambda one: one.key)


@EVERY_LIST
def test_every_list_can_be_had_in_three_formats_with_the_same_rows(app, sign_in, listing):
    world = make_world()
    client = sign_in(app.test_client(), world.accounts["administrator"])
    path = path_of(listing, world.event)

    rows = rows_of(take(client, path))
    sheet = xlsx_rows(take(client, path, format="xlsx"))
    text = csv_rows(take(client, path, format="csv"))

    assert len(rows) == len(text) or listing.key == "history"  # each download is a step of its own
    assert len(sheet) >= len(rows) + 1
    assert [str(cell) for cell in sheet[0]] == list(text[0] if text else sheet[0])


@EVERY_LIST
@ON_SQLITE
@pytest.mark.parametrize("role", ROLES_SEEN)
def test_t04_a_role_takes_no_list_that_is_not_for_it(app, sign_in, listing, role):
    world = make_world()
    client = sign_in(app.test_client(), world.accounts[role])

    answer = take(client, path_of(listing, world.event))

    allowed = Role(role) in listing.roles
    assert answer.status_code == (200 if allowed else 403)
    assert len(exports_noted()) == int(allowed)


@EVERY_LIST
@ON_SQLITE
def test_t01_a_list_of_another_house_is_not_found(app, sign_in, listing):
    world = make_world()
    client = sign_in(app.test_client(), world.accounts["outsider"])

    answer = take(client, path_of(listing, world.event))

    assert MARKER not in answer.get_data(as_text=True)
    assert answer.status_code == (404 if listing.belongs is Belongs.EVENT else 200)


@ON_SQLITE
@pytest.mark.parametrize("listing", [one for one in LISTINGS if Role.VIEWER in one.roles],
                         ids=lambda one: one.key)  # fmt: skip
def test_t04_who_only_reads_takes_no_name_along(app, sign_in, listing):
    world = make_world()
    make_registration(world.event, last_name="Quittung")
    make_contribution(
        make_session(world.event), make_contributor(world.event, last_name="Quittung")
    )
    client = sign_in(app.test_client(), world.accounts["viewer"])

    taken = take(client, path_of(listing, world.event), columns=listing.keys)

    assert taken.status_code == 200
    assert "Quittung" not in taken.get_data(as_text=True)


@EVERY_LIST
def test_t65_a_list_needs_as_many_statements_for_many_rows_as_for_few(app, sign_in, listing):
    def statements(copies):
        world = make_world(copies=copies)
        client = sign_in(app.test_client(), world.accounts["administrator"])
        path = path_of(listing, world.event)
        columns = columns_on(client.get(path).text)
        app.extensions["sqlalchemy"].session.remove()
        with statement_count() as sent:
            take(client, path, columns=columns)
        return len(sent)

    assert statements(2) >= statements(12)


@EVERY_LIST
@ON_SQLITE
def test_t27_filter_and_order_are_words_of_a_list_and_nothing_else(app, sign_in, listing):
    world = make_world()
    client = sign_in(app.test_client(), world.accounts["administrator"])
    evil = "name;DROP TABLE contact--"
    asked = "&".join(f"{name}={evil}" for name in ("group", "sector", "wave", "list", "county",
                     "standing", "organisation", "action", "subject", "since", "set"))  # fmt: skip
    path = f"{path_of(listing, world.event)}?{asked}&q=%25_%5C'"

    assert client.get(path).status_code == 200
    assert take(client, path).status_code == 200
    refused = take(client, path, order=evil)
    assert refused.status_code == 422
    assert refused.mimetype == "text/html"


def test_the_file_holds_exactly_what_the_page_shows(client, event):
    make_registration(event, last_name="Dabei")
    make_registration(event, last_name="Wartet", sector=Sector.PRESS,
                      state=RegistrationState.WAITING)  # fmt: skip
    make_registration(event, last_name="Wartend", state=RegistrationState.WAITING)

    asked = "?group=waiting&sector=press&q=wart"
    page = client.get(f"/organise/licht/guests{asked}").text
    link = re.search(r'href="(/organise/licht/lists/guests[^"]*)"', page)[1].replace("&amp;", "&")

    assert [row["last_name"] for row in rows_of(take(client, link))] == ["Wartet"]
    assert "Wartet" in page
    assert "Wartend" not in page


def test_the_waiting_list_comes_in_its_order(client, event):
    for hour, name in ((3, "A"), (1, "C"), (2, "B")):
        make_registration(event, last_name=name, state=RegistrationState.WAITING,
                          waiting_since=moment(f"2027-05-03T0{hour}:00"))  # fmt: skip

    found = rows_of(take(client, "/organise/licht/lists/guests?group=waiting"))

    assert [(row["last_name"], row["rank"]) for row in found] == [("C", 1), ("B", 2), ("A", 3)]


def test_a_download_without_purpose_is_refused_and_keeps_what_was_ticked(client, event):
    answer = take(client, "/organise/licht/lists/guests", columns=["city"], purpose="")

    assert answer.status_code == 422
    assert 'id="column-city" name="column" value="city" checked' in answer.text
    assert answer.text.count(" checked>") == 1
    assert exports_noted() == []


def test_another_purpose_wants_a_word_about_it(client, event):
    path = "/organise/licht/lists/guests"

    assert take(client, path, purpose="other").status_code == 422
    assert take(client, path, purpose="other", note="Tombola").status_code == 200


def test_who_took_what_of_whom_and_what_for_is_noted(client, event, organiser):
    make_registration(event, last_name="Möhn")

    take(client, "/organise/licht/lists/guests?q=möhn", columns=["city", "last_name"],
         format="csv", purpose="press", note="für den WDR", order="name")  # fmt: skip

    [entry] = exports_noted()
    assert (entry.account_id, entry.reason, entry.scope) == (
        organiser.id, "für den WDR", event.scope,
    )  # fmt: skip
    assert entry.after == {
        "list": "guests", "filter": "search=möhn", "columns": "city, last_name", "order": "name",
        "rows": 1, "format": "csv", "purpose": "press",
    }  # fmt: skip
    history = client.get("/organise/history?q=WDR").text
    assert "Liste heruntergeladen" in history


def test_looking_at_the_page_takes_nothing(client, event):
    client.get("/organise/licht/lists/guests?format=csv&purpose=check")

    assert db.session.scalar(select(func.count(AuditEntry.id))) == 0


def test_the_columns_come_as_they_were_put_in_order(client, event):
    make_registration(event, last_name="Müßig", city="Sundern")

    sheet = xlsx_rows(take(client, "/organise/licht/lists/guests",
                           columns=["city", "last_name"], format="xlsx"))  # fmt: skip

    assert sheet == [["Ort", "Nachname"], ["Sundern", "Müßig"]]


def test_a_step_up_moves_a_column_without_script(client, event):
    path = "/organise/licht/lists/guests"
    order = ["number", "city", "last_name"]

    page = client.post(path, data={"order_of": order, "column": ["city"], "move": "up:city"})

    assert columns_on(page.text)[:3] == ["city", "number", "last_name"]
    assert page.text.count('type="checkbox" id="column-') > 20
    assert 'id="column-city" name="column" value="city" checked' in page.text
    assert 'id="column-number" name="column" value="number">' in page.text


def test_no_column_at_all_is_no_list(client, event):
    answer = client.post("/organise/licht/lists/guests",
                         data={"order_of": ["city"], "purpose": "check", "format": "csv",
                               "order": ""})  # fmt: skip

    assert answer.status_code == 422
    assert "mindestens eine Spalte" in answer.text


def test_a_column_that_the_list_does_not_have_is_passed_over(client, event):
    make_registration(event)

    [row] = rows_of(take(client, "/organise/licht/lists/host",
                         columns=["email", "last_name", "public_id", "diet"]))  # fmt: skip

    assert list(row) == ["last_name"]


def test_the_file_is_named_after_event_and_list_in_the_readers_language(client, event):
    german = take(client, "/organise/licht/lists/door")
    english = take(client, "/organise/licht/lists/door?lang=en")

    assert "licht-empfangsliste-20" in german.headers["Content-Disposition"]
    assert "licht-reception-list-20" in english.headers["Content-Disposition"]
    assert german.headers["Cache-Control"] == "no-store"


def test_t31_no_cell_of_any_list_is_a_formula(app, sign_in):
    world = make_world()
    host, event = world.host, world.event
    contact = make_contact(host, last_name=FORMULA, organisation_name=FORMULA, phone="+49 221 1",
                           city=FORMULA)  # fmt: skip
    make_list(host, contact, name=FORMULA)
    make_invitation(event, contact, wave_id=make_wave(event, name=FORMULA).id)
    make_registration(event, last_name=FORMULA, phone="+49 221 1", city=FORMULA)
    with transaction():
        record_change(FORMULA, "test.done", event, reason=FORMULA)
    client = sign_in(app.test_client(), world.accounts["administrator"])

    for listing in LISTINGS:
        path = path_of(listing, event)
        text = take(client, path, format="csv").data.decode("utf-8-sig")
        assert not re.search(r"(^|;)\"?[=+@]", text, re.MULTILINE), listing.key
    rows = csv_rows(take(client, "/organise/lists/contacts", format="csv"))
    assert "'+49 221 1" in [row["Telefon"] for row in rows]


def test_t01_nothing_of_another_event_is_in_a_list(client, event):
    make_registration(make_event(event.host), last_name="Woanders")
    make_registration(make_event(make_host()), last_name="Fremd")

    assert rows_of(take(client, "/organise/licht/lists/guests")) == []


def test_t63_strangers_get_no_list(app, event):
    for listing in LISTINGS:
        answer = app.test_client().post(path_of(listing, event), data={"purpose": "check"})
        assert answer.status_code == 303


def test_an_account_of_another_house_finds_no_list(client, event, sign_in):
    sign_in(client, make_account())

    assert client.get("/organise/licht/lists/guests").status_code == 404
