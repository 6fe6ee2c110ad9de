"""Forms: nobody else can send them, nobody can add to them (T-08, T-19)."""

import pytest
from pages_as_people import forms_of
from world import ON_SQLITE, dump, make_world, pages

from eventapp.accounts.models import HostOrganisation, Membership, SignInSession
from eventapp.foundation.access import Visitor
from eventapp.foundation.database import db

CHANGING = {"POST", "PUT", "PATCH", "DELETE"}
SMUGGLED = {
    "id": "4711",
    "host_id": "2",
    "event_id": "2",
    "account_id": "1",
    "role": "administrator",
    "state": "confirmed",
    "status": "confirmed",
    "capacity": "9999",
    "places_taken": "0",
    "created_at": "1999-01-01",
    "version_id": "99",
    "public_id": "gekapert",
    "link_generation": "99",
    "uid": "gekapert",
    "sequence": "99",
    "checked_in": "1",
    "password_hash": "x",
    "disabled_at": "",
    "revision": "99",
    "slug_": "x",
}


@pytest.fixture
def world(app):
    return make_world()


@pytest.fixture
def guarded(app, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    return app


OWN_PROOF = {"registrations_objection.object_by_link"}
"""Mail programs press this button (RFC 8058): the secret in the address is all they have."""


def changing(app, world):
    return [
        page
        for page in pages(app, world)
        if page.methods & CHANGING and page.endpoint not in OWN_PROOF
    ]


@ON_SQLITE
def test_t19_no_form_works_without_its_token_and_nothing_is_changed(guarded, world, sign_in):
    browser = sign_in(guarded.test_client(), world.accounts["administrator"])
    before = dump()

    answers = {
        page.endpoint: browser.post(page.path, data={"answer": "yes"}).status_code
        for page in changing(guarded, world)
    }

    assert answers == dict.fromkeys(answers, 400)
    assert dump() == before


def token_of(browser):
    page = browser.get("/organise/settings").text
    return next(form.fields["csrf_token"] for form in forms_of(page) if "csrf_token" in form.fields)


@ON_SQLITE
def test_t19_the_token_of_another_browser_is_worth_nothing(guarded, world, sign_in):
    ours = sign_in(guarded.test_client(), world.accounts["organiser"])
    theirs = sign_in(guarded.test_client(), world.accounts["administrator"])

    answer = ours.post("/organise/signout", data={"csrf_token": token_of(theirs)})

    assert answer.status_code == 400
    assert ours.get("/organise/account").status_code == 200


@ON_SQLITE
def test_t19_the_own_token_works(guarded, world, sign_in):
    """Positive control."""
    browser = sign_in(guarded.test_client(), world.accounts["organiser"])

    answer = browser.post("/organise/signout", data={"csrf_token": token_of(browser)})

    assert answer.status_code == 303


@ON_SQLITE
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_t19_a_form_from_another_site_is_refused_even_with_the_token(
    guarded, world, sign_in, headers
):
    browser = sign_in(guarded.test_client(), world.accounts["organiser"])
    token = token_of(browser)

    answer = browser.post("/organise/signout", data={"csrf_token": token}, headers=headers)

    assert answer.status_code == 400
    assert browser.get("/organise/account").status_code == 200


@ON_SQLITE
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://localhost"},
        {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
        {},
    ],
)
def test_t19_a_page_that_hides_its_address_can_still_send_its_own_form(
    guarded, world, sign_in, headers
):
    browser = sign_in(guarded.test_client(), world.accounts["organiser"])
    token = token_of(browser)

    answer = browser.post("/organise/signout", data={"csrf_token": token}, headers=headers)

    assert answer.status_code == 303


@ON_SQLITE
@pytest.mark.parametrize(
    "sent",
    [
        {"data": '{"answer": "yes"}', "content_type": "text/plain"},
        {"json": {"answer": "yes"}},
        {"data": {"_method": "DELETE"}, "headers": {"X-HTTP-Method-Override": "DELETE"}},
    ],
)
def test_t19_other_ways_to_send_a_form_are_no_way_round(guarded, world, sign_in, sent):
    browser = sign_in(guarded.test_client(), world.accounts["administrator"])
    before = dump()

    statuses = {browser.post(page.path, **sent).status_code for page in changing(guarded, world)}

    assert statuses == {400}
    assert dump() == before


@ON_SQLITE
def test_t19_even_signing_in_needs_a_token(guarded, world, client):
    answer = client.post("/organise/signin", data={"email": "a@b.example", "password": "x"})

    assert answer.status_code == 400
    assert "noch einmal" in answer.text


def test_t08_fields_that_a_form_does_not_offer_are_ignored(app, world, sign_in):
    """Every form is sent back as the page shows it, with more fields than it has."""
    me = world.accounts["organiser"]
    browser = sign_in(app.test_client(), me)
    others = other_rows(me)
    for page in pages(app, world):
        if page.access.visitor is Visitor.SIGNED_IN and "GET" in page.methods:
            shown = browser.get(page.path)
            for form in forms_of(shown.text) if shown.mimetype == "text/html" else ():
                if form.method == "post" and "signout" not in form.action:
                    offered = SMUGGLED.keys() & form.fields.keys()
                    extra = {name: value for name, value in SMUGGLED.items() if name not in offered}
                    answer = browser.post(
                        form.action or page.path, data=form.fields | extra, buffered=True
                    )
                    assert answer.status_code < 500, page.endpoint

    assert "gekapert" not in repr(dump())
    assert "4711" not in {str(row[0]) for rows in dump().values() for row in rows}
    assert other_rows(me) == others


def other_rows(me):
    """What no form of an organiser may touch: other organisations, roles, sign-ins.

    They may answer who asks them into another team, in the role they are asked for.
    """
    rows = dump()
    memberships = db.session.query(Membership).order_by(Membership.id).all()
    return (
        [
            (one.account_id, one.host_id, one.role, one.accepted_at)
            for one in memberships
            if one.account_id != me.id
        ],
        next(one.role for one in memberships if one.account_id == me.id),
        sorted(rows["account"])[1:],
        db.session.query(HostOrganisation).count(),
        db.session.query(SignInSession.id).count() > 0,
    )
