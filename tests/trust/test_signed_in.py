"""A signed-in browser: no fixation, no second life, nothing in a cache (T-66, T-69)."""

import pytest
from factories import make_account
from world import ON_SQLITE, make_world, pages

from eventapp.accounts import passwords
from eventapp.foundation.access import Visitor

PASSWORD = "ein Apfel und drei Stühle"


@pytest.fixture
def account(app):
    return make_account(email="sonja@agentur.example", password_hash=passwords.hashed(PASSWORD))


def sign_in_by_form(client):
    return client.post(
        "/organise/signin", data={"email": "sonja@agentur.example", "password": PASSWORD}
    )


def secret_of(client):
    with client.session_transaction() as cookie:
        return cookie.get("_user_id")


@ON_SQLITE
def test_t66_signing_in_throws_away_what_the_cookie_held_before(client, account):
    with client.session_transaction() as cookie:
        cookie["_user_id"] = "planted by somebody else"
        cookie["csrf_token"] = "planted too"

    sign_in_by_form(client)

    with client.session_transaction() as cookie:
        assert cookie["_user_id"] != "planted by somebody else"
        assert cookie.get("csrf_token") != "planted too"


@ON_SQLITE
def test_t66_every_sign_in_has_a_new_secret(client, account):
    sign_in_by_form(client)
    first = secret_of(client)
    client.post("/organise/signout")
    sign_in_by_form(client)

    assert secret_of(client) != first


@ON_SQLITE
def test_t66_an_invented_session_is_no_session(client, account):
    for invented in ("1", str(account.id), "x" * 43, ""):
        with client.session_transaction() as cookie:
            cookie["_user_id"] = invented
        assert client.get("/organise/account").status_code == 303


@ON_SQLITE
def test_t66_a_cookie_signed_with_another_key_is_no_cookie(client, account, app):
    from flask.sessions import SecureCookieSessionInterface

    sign_in_by_form(client)
    stranger = type("App", (), {"secret_key": "another key" * 4, "config": app.config})()
    forged = (
        SecureCookieSessionInterface()
        .get_signing_serializer(stranger)
        .dumps({"_user_id": secret_of(client)})
    )
    client.set_cookie("session", forged)

    assert client.get("/organise/account").status_code == 303


@ON_SQLITE
def test_t69_no_page_of_a_signed_in_person_is_kept_anywhere(app, sign_in):
    world = make_world()
    browser = sign_in(app.test_client(), world.accounts["organiser"])
    kept = {}
    for page in pages(app, world):
        if page.access.visitor is Visitor.SIGNED_IN and "GET" in page.methods:
            headers = browser.get(page.path, buffered=True).headers
            if headers["Cache-Control"] != "no-store" or "Cookie" not in headers["Vary"]:
                kept[page.endpoint] = (headers["Cache-Control"], headers["Vary"])

    assert kept == {}


@ON_SQLITE
@pytest.mark.parametrize("suffix", ["/x.css", "%2fx.css", ";x.css", "/../x.css", ".css", "%00.css"])
def test_t69_a_private_page_does_not_answer_as_a_stylesheet(client, organiser, suffix):
    answer = client.get(f"/organise/account{suffix}", follow_redirects=True)

    assert answer.status_code in {400, 404}


@ON_SQLITE
def test_t69_a_public_page_that_may_be_shared_sets_no_cookie(app):
    world = make_world()
    for page in pages(app, world):
        if page.access.visitor is Visitor.PUBLIC and "GET" in page.methods:
            answer = app.test_client().get(page.path, buffered=True)
            shared = "public" in answer.headers.get("Cache-Control", "")
            assert not (shared and "Set-Cookie" in answer.headers), page.endpoint


@ON_SQLITE
def test_t69_after_signing_out_the_back_button_shows_nothing(client, organiser):
    before = client.get("/organise/account")
    answer = client.post("/organise/signout")

    assert before.headers["Cache-Control"] == "no-store"
    assert '"cache"' in answer.headers["Clear-Site-Data"]
