"""One's own password and signed-in browsers."""

import pytest
from factories import make_account, make_sign_in

from eventapp.accounts import passwords
from eventapp.accounts.models import AuditEntry, SignInSession
from eventapp.foundation.database import db

OLD = "ein Apfel und drei Stühle"
NEW = "vier Birnen auf dem Dach"


@pytest.fixture
def person(client, sign_in, app):
    account = make_account(password_hash=passwords.hashed(OLD))
    sign_in(client, account)
    return account


def change(client, **given):
    return client.post(
        "/organise/account/password", data={"current": OLD, "new": NEW, "repeated": NEW} | given
    )


def test_a_new_password_signs_out_every_other_browser(client, person, sign_in):
    other = sign_in(client.application.test_client(), person)

    answer = change(client)

    assert (answer.status_code, answer.location) == (303, "/organise/account")
    assert client.get("/organise/account").status_code == 200
    assert other.get("/organise/account").status_code == 303
    db.session.refresh(person)
    assert passwords.matches(person.password_hash, NEW)


def test_the_secret_in_the_cookie_changes_with_the_password(client, person):
    with client.session_transaction() as cookie:
        before = cookie["_user_id"]
    change(client)
    with client.session_transaction() as cookie:
        assert cookie["_user_id"] != before


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"current": "falsch"}, "nicht Ihr jetziges Passwort"),
        ({"new": "kurz", "repeated": "kurz"}, "mindestens 10 Zeichen"),
        ({"repeated": "etwas ganz anderes"}, "stimmen nicht überein"),
        ({"current": ""}, "füllen Sie"),
    ],
)
def test_what_is_wrong_is_said_in_words_and_nothing_changes(client, person, given, words):
    page = client.post(
        "/organise/account/password", data={"current": OLD, "new": NEW, "repeated": NEW} | given
    ).text

    assert words in page
    assert "<title>Fehler: " in page
    db.session.refresh(person)
    assert passwords.matches(person.password_hash, OLD)


def test_browsers_are_listed_in_words_with_a_way_to_sign_them_out(client, person):
    make_sign_in(person, user_agent="Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0")

    page = client.get("/organise/account").text

    assert "Firefox, Linux" in page
    assert "dieser Browser" in page
    assert page.count("/revoke") == 1


def test_a_browser_can_be_signed_out_from_another_one(client, person, sign_in):
    other = sign_in(client.application.test_client(), person)
    row = db.session.query(SignInSession).order_by(SignInSession.id.desc()).first()

    client.post(f"/organise/account/sessions/{row.id}/revoke")

    assert other.get("/organise/account").status_code == 303
    assert client.get("/organise/account").status_code == 200
    assert db.session.query(AuditEntry).one().action == "account.session_revoked"


def test_the_browsers_of_others_do_not_exist(client, person, app):
    stranger = make_account()
    make_sign_in(stranger)
    row = db.session.query(SignInSession).filter_by(account_id=stranger.id).one()

    assert client.post(f"/organise/account/sessions/{row.id}/revoke").status_code == 404
    assert client.post("/organise/account/sessions/999999/revoke").status_code == 404
    db.session.refresh(row)
    assert row.revoked_at is None
