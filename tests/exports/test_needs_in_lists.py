"""Diet and access needs leave the house only when somebody ticks them, and everybody sees who did
(domain.md 2.3, invariants 15 and 16)."""

import re

import pytest
from exports.taking import rows_of, take
from factories import make_event, make_registration
from registrations.needs_support import give_needs
from sqlalchemy import select

from eventapp.exports.models import KeptColumns
from eventapp.foundation.database import db, transaction
from eventapp.registrations.states import RegistrationKind

PATH = "/organise/licht/lists/guests"
NEEDS = {"diet", "access"}


@pytest.fixture
def event(organiser):
    with transaction():
        organiser.memberships[0].sees_needs = True
    return make_event(organiser.memberships[0].host, slug="licht")


def ticked_on(page):
    """The columns that come along if nobody touches the page."""
    return re.findall(r'name="column" value="([^"]+)" checked', page)


def keep(client, columns):
    return client.post(PATH, data={"step": "keep", "name": "Hotel", "order_of": columns,
                                   "column": columns}, follow_redirects=True).text  # fmt: skip


def test_the_usual_list_has_neither_diet_nor_access_needs(client, event):
    give_needs(make_registration(event), diet="keine Haselnüsse")
    page = client.get(PATH).text

    usual = ticked_on(page)
    taken = take(client, PATH, columns=usual)

    assert not NEEDS & set(usual)
    assert "last_name" in usual
    assert "Nicht dabei: Ernährung, Unterstützungsbedarf." in page
    assert "Haselnüsse" not in taken.get_data(as_text=True)


def test_kept_columns_remember_them_only_if_they_were_ticked(client, event):
    without = keep(client, ["last_name", "city"])
    assert not NEEDS & set(ticked_on(without))
    row = db.session.scalars(select(KeptColumns)).one()

    client.post(f"{PATH}?set={row.id}", data={
        "step": "change", "version": str(row.version), "order_of": ["last_name", "diet"],
        "column": ["last_name", "diet"]})  # fmt: skip
    page = client.get(f"{PATH}?set={row.id}").text

    assert ticked_on(page) == ["last_name", "diet"]
    assert "Mit Gesundheitsdaten: Ernährung." in page


def test_the_history_names_every_column_of_a_long_list(client, event):
    everything = re.findall(r'name="column" value="([^"]+)"', client.get(PATH).text)
    take(client, PATH, columns=everything)

    page = client.get("/organise/history").text

    assert len(everything) > 25
    assert re.search(r"Ernährung, Unterstützungsbedarf</bdi>", page)


def test_who_took_needs_along_stands_under_who_has_looked(client, organiser, event):
    give_needs(make_registration(event))
    take(client, PATH, columns=["last_name", "city"])
    looked = client.get("/organise/licht/needs").text
    assert "hat eine Liste" not in looked

    take(client, PATH, columns=["last_name", "access"])

    looked = client.get("/organise/licht/needs").text
    assert looked.count("hat eine Liste mit Verpflegung oder Unterstützungsbedarf") == 1
    assert organiser.name in looked.split('id="looks"')[1]


def test_the_kitchen_reads_who_was_not_asked_apart_from_who_said_nothing(client, event):
    main = make_registration(event)
    make_registration(event)
    told = make_registration(event, kind=RegistrationKind.COMPANION, main_id=main.id)
    make_registration(event, kind=RegistrationKind.COMPANION, main_id=main.id)
    give_needs(told, diet="vegan")

    rows = rows_of(take(client, "/organise/licht/lists/catering"))

    assert [(row["diet"], row["people"]) for row in rows] == [
        ("vegan", 1),
        ("keine Angabe", 2),
        ("nicht gefragt (Begleitpersonen)", 1),
        ("Gesamt", 4),
    ]
