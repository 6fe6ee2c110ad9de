"""The organisation's name, contact and colour."""

import pytest
from factories import make_host

from eventapp.accounts.models import AuditEntry
from eventapp.foundation.colour import palette_for
from eventapp.foundation.database import db


def save(client, host, **given):
    return client.post(
        "/organise/settings",
        data={
            "version": str(host.version),
            "name": "Agentur Sauerland",
            "email": "post@sauer.example",
            "phone": "02931 1234",
            "colour": "#0a6b4f",
        }
        | given,
    )


@pytest.fixture
def host(organiser):
    return organiser.memberships[0].host


def test_saving_stores_the_palette_that_follows_from_the_colour(client, host):
    answer = save(client, host)

    assert (answer.status_code, answer.location) == (303, "/organise/settings")
    db.session.refresh(host)
    palette = palette_for("#0a6b4f")
    assert (host.name, host.email, host.phone, host.colour) == (
        "Agentur Sauerland",
        "post@sauer.example",
        "02931 1234",
        "#0a6b4f",
    )
    assert host.palette == {"light": palette.light, "dark": palette.dark}
    assert db.session.query(AuditEntry).one().after["colour"] == "#0a6b4f"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"colour": "grün"}, "#1841c6"),
        ({"name": ""}, "füllen Sie"),
        ({"email": "keine Adresse"}, "In dieser Adresse fehlt das @-Zeichen."),
    ],
)
def test_what_does_not_work_is_refused_beside_the_field(client, host, given, words):
    page = save(client, host, **given).text

    assert words in page
    assert 'aria-invalid="true"' in page
    assert db.session.query(AuditEntry).count() == 0


def test_a_colour_can_be_tried_without_saving(client, host):
    page = save(client, host, preview="1", colour="#ffd400").text

    assert palette_for("#ffd400").light["accent"] in page
    assert "einen dunkleren Ton davon" in page
    db.session.refresh(host)
    assert host.colour != "#ffd400"


def test_the_second_of_two_editors_overwrites_nothing(client, host):
    save(client, host)
    seen = host.version

    second = save(client, host, version=str(seen - 1), name="Andere Agentur")

    assert second.status_code == 409
    assert 'value="Andere Agentur"' in second.text
    db.session.refresh(host)
    assert host.name == "Agentur Sauerland"


def test_a_refused_form_still_guards_the_version_it_was_opened_with(client, host):
    page = save(client, host, version="0", name="").text

    assert 'name="version" value="0"' in page


def test_fields_that_nobody_offers_are_ignored(client, host):
    slug = host.slug

    save(client, host, slug="gekapert", id="99", palette="{}", created_at="1999-01-01")

    db.session.refresh(host)
    assert host.slug == slug


def test_the_stylesheet_holds_the_stored_colours_and_nothing_else(client, host):
    save(client, host)

    answer = client.get(f"/hosts/{host.slug}.css")

    assert answer.mimetype == "text/css"
    assert palette_for("#0a6b4f").light["accent"] in answer.text
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.vary


def test_an_organisation_without_a_palette_gets_that_of_its_colour(client, app):
    make_host(slug="neu", colour="#0a6b4f", palette={})

    assert palette_for("#0a6b4f").dark["accent"] in client.get("/hosts/neu.css").text


def test_the_stylesheet_is_kept_for_ever_under_its_version(client, app):
    host = make_host(slug="agentur")

    named = client.get(f"/hosts/agentur.css?v={host.version}")
    plain = client.get("/hosts/agentur.css")
    again = client.get("/hosts/agentur.css", headers={"If-None-Match": plain.headers["ETag"]})

    assert named.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert plain.headers["Cache-Control"] == "public, max-age=300"
    assert (again.status_code, again.data) == (304, b"")


def test_an_unknown_organisation_has_no_stylesheet(client, app):
    assert client.get("/hosts/niemand.css").status_code == 404
