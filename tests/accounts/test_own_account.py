"""One's own password and signed-in browsers."""

from datetime import timedelta

import pytest
from factories import make_account, make_sign_in, moment

from eventapp.accounts import passwords
from eventapp.accounts.models import AuditEntry, SignInAttempt, SignInSession
from eventapp.accounts.throttle import FREE_PER_ACCOUNT
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction

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


@pytest.fixture
def guessed(person, client):
    """Somebody at a browser left open has used up the guesses that cost nothing, at noon."""
    noon = moment("2027-05-03T12:00:00")
    with clock.held(noon):
        make = make_sign_in(person)
        with client.session_transaction() as cookie:
            cookie["_user_id"] = make
        for _ in range(FREE_PER_ACCOUNT):
            assert change(client, current="geraten").status_code == 200
    return noon


def test_guessing_the_current_password_is_slowed_down(client, person, guessed):
    with clock.held(guessed):
        refused = change(client)

    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "2"
    assert "Zu viele Versuche" in refused.text
    db.session.refresh(person)
    assert passwords.matches(person.password_hash, OLD)


def test_after_the_wait_the_right_password_counts_and_clears_the_guesses(client, person, guessed):
    with clock.held(guessed + timedelta(seconds=3)):
        assert change(client).status_code == 303

    assert db.session.query(SignInAttempt).count() == 0


def test_guesses_at_ones_own_page_do_not_keep_the_owner_from_signing_in(client, person, guessed):
    with clock.held(guessed):
        answer = client.application.test_client().post(
            "/organise/signin", data={"email": person.email, "password": OLD}
        )

    assert answer.status_code == 303


def test_a_new_password_that_is_too_weak_is_no_guess(client, person):
    for _ in range(FREE_PER_ACCOUNT + 1):
        assert change(client, new="kurz", repeated="kurz").status_code == 200

    assert db.session.query(SignInAttempt).count() == 0


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


def test_organisers_without_a_second_factor_are_asked_to_turn_it_on(client, person):
    asked = client.get("/organise/account").text
    with transaction():
        person.totp_since = clock.now()
    done = client.get("/organise/account").text

    assert "Bitte schalten Sie den zweiten Faktor ein" in asked
    assert "Bitte schalten Sie den zweiten Faktor ein" not in done


def test_this_browser_is_here_now(client, organiser):
    page = client.get("/organise/account").text

    assert "Jetzt gerade" in page
    assert "Zuletzt gesehen" not in page
