"""Roles hold on every way in, and a refused attempt leaves a note (T-04, T-05)."""

from base64 import b64encode

import pytest
from factories import make_account, make_host, make_invitation, make_registration
from sqlalchemy import select
from world import ON_SQLITE, make_world, pages, token_for

from eventapp.accounts.actions import disable_account, set_role
from eventapp.accounts.models import AuditEntry
from eventapp.accounts.states import Role
from eventapp.foundation.database import db

HELPERS = pytest.mark.parametrize("role", ["viewer", "frontdesk"])


@pytest.fixture
def world(app):
    return make_world()


def refusals():
    return db.session.scalars(select(AuditEntry).filter_by(action="access.refused")).all()


@HELPERS
def test_t04_a_helper_who_acts_directly_is_refused_and_noted(app, world, sign_in, role):
    helper = world.accounts[role]
    browser = sign_in(app.test_client(), helper)
    path = f"/organise/{world.event.slug}/guests/{world.rows['registration_id']}/cancel"

    answer = browser.post(path, data={"reason": "so"})

    assert answer.status_code == 403
    (entry,) = refusals()
    assert (entry.account_id, entry.host_id) == (helper.id, world.host.id)
    assert entry.after == {"page": path, "role": role}


@HELPERS
def test_t04_a_helper_who_only_looks_is_refused_without_a_note(app, world, sign_in, role):
    browser = sign_in(app.test_client(), world.accounts[role])

    assert browser.get("/organise/contacts").status_code == 403
    assert refusals() == []


def test_t04_an_organiser_cannot_let_themselves_or_others_in(app, world, sign_in):
    organiser = world.accounts["organiser"]
    browser = sign_in(app.test_client(), organiser)
    own = organiser.memberships[0].id

    given = {"email": "a@b.example", "role": "administrator"}
    assert browser.post("/organise/team", data=given).status_code == 403
    assert browser.post(f"/organise/team/{own}/role", data=given).status_code == 403
    db.session.refresh(organiser.memberships[0])
    assert organiser.memberships[0].role is Role.ORGANISER
    assert len(refusals()) == 2


def test_t05_a_role_that_is_taken_away_is_gone_at_the_next_request(app, world, sign_in):
    organiser = world.accounts["organiser"]
    browser = sign_in(app.test_client(), organiser)
    path = f"/organise/{world.event.slug}/guests"
    assert browser.get(path).status_code == 200

    set_role(organiser.memberships[0], Role.FRONTDESK, actor="test")

    assert browser.get(path).status_code == 303
    assert sign_in(browser, organiser).get(path).status_code == 403


def test_t05_a_locked_account_is_out_at_the_next_request(app, world, sign_in):
    organiser = world.accounts["organiser"]
    browser = sign_in(app.test_client(), organiser)
    disable_account(organiser, actor="test")

    assert browser.get("/organise/").status_code == 303
    assert sign_in(browser, organiser).get("/organise/").status_code == 303


@ON_SQLITE
def test_t01_a_role_counts_at_its_own_organisation_only(app, world, sign_in):
    elsewhere = make_account(make_host(), Role.VIEWER)
    browser = sign_in(app.test_client(), elsewhere)

    assert browser.get(f"/organise/{world.event.slug}/figures").status_code == 404


@ON_SQLITE
def test_t04_a_viewer_reads_no_name_of_a_guest(app, world, sign_in):
    make_registration(world.event, first_name="Quentin", last_name="Quittung")
    make_invitation(world.event)
    browser = sign_in(app.test_client(), world.accounts["viewer"])

    for path in ("/organise/", f"/organise/{world.event.slug}/figures"):
        assert "Quittung" not in browser.get(path).text


@ON_SQLITE
def test_t04_the_front_desk_reads_names_and_states_and_nothing_else(app, world, sign_in):
    make_registration(
        world.event,
        first_name="Quentin",
        last_name="Quittung",
        email="quentin@werk.example",
        organisation_name="Mostwerk",
    )
    browser = sign_in(app.test_client(), world.accounts["frontdesk"])

    page = browser.get(f"/organise/{world.event.slug}/names?q=quittung").text

    assert "<b>Quittung</b>, Quentin" in page
    assert "quentin@werk.example" not in page
    assert "Mostwerk" not in page
    assert page.count("<form") == 3  # both searches, and signing out


@pytest.mark.parametrize("scheme", ["Bearer", "Token", "Basic"])
def test_t06_no_token_in_a_header_opens_a_page_of_the_organisers(app, world, scheme):
    """A personal link is worth its own page; colleagues have no tokens, they sign in."""
    secret = token_for(world, next(page.rule for page in pages(app, world) if "/r/" in page.path))
    value = b64encode(f"organiser:{secret}".encode()).decode() if scheme == "Basic" else secret
    sent = {"Authorization": f"{scheme} {value}", "X-API-Key": secret, "Accept": "application/json"}
    closed = [page for page in pages(app, world) if page.path.startswith("/organise/")]

    opened = {
        page.endpoint: answer.status_code
        for page in closed
        for plain, answer in [
            (app.test_client().get(page.path), app.test_client().get(page.path, headers=sent))
        ]
        if answer.status_code != plain.status_code
    }

    assert opened == {}
