"""Columns that colleagues keep under a name: chosen, changed, renamed, removed; nothing is lost."""

import pytest
from exports.taking import columns_on, rows_of, take
from factories import make_account, make_event, make_host, make_registration
from sqlalchemy import select

from eventapp.accounts.models import AuditEntry
from eventapp.accounts.states import Role
from eventapp.contacts.listings import CONTACTS
from eventapp.edges import LISTINGS
from eventapp.exports.actions import keep_columns
from eventapp.exports.models import KeptColumns
from eventapp.foundation.database import db

GUESTS = next(one for one in LISTINGS if one.key == "guests")
PATH = "/organise/licht/lists/guests"


@pytest.fixture
def event(organiser):
    return make_event(organiser.memberships[0].host, slug="licht")


@pytest.fixture
def kept(event):
    return keep_columns(event.host, GUESTS, "Hotel", ["city", "last_name"], by="test")


def sets():
    return {row.name: row.columns for row in db.session.scalars(select(KeptColumns))}


def post(client, path=PATH, **data):
    return client.post(path, data=data)


def test_columns_are_kept_in_their_order_for_all_colleagues(client, event, sign_in):
    make_registration(event, last_name="Müßig", city="Sundern")

    answer = post(client, f"{PATH}?group=confirmed", step="keep", name="Hotel",
                  order_of=["city", "number", "last_name"],
                  column=["city", "last_name"])  # fmt: skip

    assert answer.status_code == 303
    assert sets() == {"Hotel": ["city", "last_name"]}
    sign_in(client, make_account(event.host, Role.ADMINISTRATOR))
    page = client.get(answer.location).text
    assert "group=confirmed" in answer.location
    assert columns_on(page)[:2] == ["city", "last_name"]
    assert page.count(" checked>") == 2
    chosen = rows_of(take(client, answer.location, columns=["city", "last_name"]))
    assert chosen == [{"city": "Sundern", "last_name": "Müßig"}]


def test_kept_columns_of_the_history_are_offered_beside_the_filter_for_one_event(client, event):
    history = next(one for one in LISTINGS if one.key == "history")
    keep_columns(event.host, history, "Kurz", [history.fields[0].key], by="test")

    page = client.get("/organise/lists/history?event=licht")

    assert page.status_code == 200
    assert "Kurz" in page.text


def test_columns_of_one_list_are_not_offered_at_another(client, event, kept):
    assert "Hotel" in client.get(PATH).text
    assert "Hotel" not in client.get("/organise/licht/lists/replies").text
    page = client.get(f"/organise/licht/lists/replies?set={kept.id}").text
    assert "umbenennen" not in page


def test_other_columns_under_the_same_name(client, event, kept):
    answer = post(client, f"{PATH}?set={kept.id}", step="change", version=1,
                  order_of=["email"], column=["email"])  # fmt: skip

    assert answer.status_code == 303
    assert sets() == {"Hotel": ["email"]}
    entry = db.session.scalars(select(AuditEntry).filter_by(action="columns.changed")).one()
    assert entry.before["columns"] == "city, last_name"


def test_t53_a_stale_choice_overwrites_nothing_and_shows_both(client, event, kept):
    change = {"step": "change", "version": 1}
    post(client, f"{PATH}?set={kept.id}", **change, order_of=["email"], column=["email"])

    answer = post(client, f"{PATH}?set={kept.id}", **change, order_of=["phone"], column=["phone"])

    assert answer.status_code == 409
    assert sets() == {"Hotel": ["email"]}
    assert "gemerkt sind jetzt diese" in answer.text
    assert "<p>E-Mail</p>" in answer.text
    assert 'value="phone" checked' in answer.text


@pytest.mark.parametrize("name", ["", " ", "x" * 61, "Hotel"])
def test_a_name_that_cannot_be_is_refused_beside_the_field(client, event, kept, name):
    answer = post(client, step="keep", name=name, order_of=["city"], column=["city"])

    assert answer.status_code == 422
    assert sets() == {"Hotel": ["city", "last_name"]}
    assert 'id="name-error"' in answer.text


def test_no_column_is_nothing_to_keep(client, event):
    answer = post(client, step="keep", name="Leer", order_of=["city"])

    assert answer.status_code == 422
    assert sets() == {}


def test_a_set_is_renamed_and_the_way_back_leads_to_the_list(client, event, kept):
    answer = post(client, f"/organise/lists/columns/{kept.id}?back={PATH}", name="Bus", version=1)

    assert (answer.status_code, answer.location) == (303, PATH)
    assert sets() == {"Bus": ["city", "last_name"]}


def test_a_stale_name_is_refused_with_the_one_that_is_kept(client, event, kept):
    path = f"/organise/lists/columns/{kept.id}"
    post(client, path, name="Bus", version=1)

    answer = post(client, path, name="Bahn", version=1)

    assert answer.status_code == 409
    assert "„Bus“" in answer.text
    assert 'value="Bahn"' in answer.text
    assert post(client, path, name="Bahn", version=2).status_code == 303


def test_a_taken_name_is_refused(client, event, kept):
    other = keep_columns(event.host, CONTACTS, "Bus", ["city"], by="test")

    answer = post(client, f"/organise/lists/columns/{other.id}", name="Hotel", version=1)

    assert answer.status_code == 422
    assert sets()["Bus"] == ["city"]


def test_a_set_is_removed_and_another_house_keeps_its_own(client, event, kept, sign_in):
    theirs = keep_columns(make_host(), GUESTS, "Hotel", ["city"], by="test")

    assert post(client, f"/organise/lists/columns/{theirs.id}/remove").status_code == 404
    answer = post(client, f"/organise/lists/columns/{kept.id}/remove?back=https://evil.example")

    assert answer.status_code == 303
    assert answer.location == "/organise/"
    assert [row.host_id for row in db.session.scalars(select(KeptColumns))] == [theirs.host_id]


def test_a_kept_column_that_is_gone_or_not_allowed_is_passed_over(client, event):
    kept = KeptColumns(host_id=event.host_id, name="Alt", columns=["diet", "gone", "city"])
    db.session.add(kept)
    db.session.commit()

    page = client.get(f"{PATH}?set={kept.id}").text

    assert page.count(" checked>") == 1
    assert "column-diet" not in page
