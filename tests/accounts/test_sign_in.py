"""Signing in, staying signed in, signing out."""

from datetime import timedelta

import pytest
from factories import make_account, make_host, make_sign_in, moment

from eventapp.accounts import passwords
from eventapp.accounts.actions import disable_account, set_role
from eventapp.accounts.models import AuditEntry, SignInAttempt, SignInSession
from eventapp.accounts.states import Role
from eventapp.foundation import clock
from eventapp.foundation.database import db

PASSWORD = "ein Apfel und drei Stühle"
NOON = moment("2027-05-03T12:00:00")


@pytest.fixture(scope="module")
def stored() -> str:
    return passwords.hashed(PASSWORD)


@pytest.fixture
def account(app, stored):
    return make_account(email="sonja@agentur.example", password_hash=stored)


def attempt(client, email="sonja@agentur.example", password=PASSWORD, **more):
    return client.post("/organise/signin", data={"email": email, "password": password}, **more)


def test_the_right_password_leads_to_the_page_that_was_asked_for(client, account):
    away = client.get("/organise/account?tab=1")
    answer = client.post(
        away.location, data={"email": " Sonja@Agentur.example ", "password": PASSWORD}
    )

    assert (away.status_code, away.location) == (
        303,
        "/organise/signin?next=/organise/account?tab%3D1",
    )
    assert (answer.status_code, answer.location) == (303, "/organise/account?tab=1")
    assert "Sönke Vaßholz" in client.get("/organise/account").text


def test_the_answer_is_the_same_for_a_wrong_password_and_an_unknown_account(client, account):
    wrong = attempt(client, password="falsch geraten")
    unknown = attempt(client, email="niemand@agentur.example")

    assert wrong.status_code == unknown.status_code == 401
    assert wrong.text.replace("sonja@", "niemand@") == unknown.text


def test_a_disabled_account_gets_the_same_answer_too(client, account):
    disable_account(account, actor="test")

    assert attempt(client).status_code == 401


def test_what_was_typed_stays_but_never_the_password(client, account):
    page = attempt(client, password="falsch geraten").text

    assert 'value="sonja@agentur.example"' in page
    assert "falsch geraten" not in page


def test_the_database_holds_no_secret_that_opens_a_session(client, account):
    attempt(client)
    row = db.session.query(SignInSession).one()
    with client.session_transaction() as cookie:
        secret = cookie["_user_id"]

    other = client.application.test_client()
    for guess in (row.secret_hash, str(row.id), str(account.id), account.email):
        with other.session_transaction() as cookie:
            cookie["_user_id"] = guess
        assert other.get("/organise/account").status_code == 303
    assert secret not in str(vars(row))


def test_signing_in_leaves_a_trace_and_clears_the_persons_failures(client, account):
    attempt(client, password="falsch geraten")
    attempt(client)

    left = [one.key.partition(":")[0] for one in db.session.query(SignInAttempt)]
    assert left == ["address"]  # that others may have guessed from there is not forgotten
    assert [entry.action for entry in db.session.query(AuditEntry)] == ["account.signed_in"]


def test_signing_out_kills_the_cookie_for_good(client, account):
    attempt(client)
    with client.session_transaction() as cookie:
        kept = dict(cookie)

    answer = client.post("/organise/signout")

    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    with client.session_transaction() as cookie:
        cookie.update(kept)
    assert client.get("/organise/account").status_code == 303


def test_a_session_ends_when_nobody_uses_it(client, account, sign_in):
    with clock.held(NOON):
        sign_in(client, account)
    with clock.held(NOON + timedelta(hours=11)):
        assert client.get("/organise/account").status_code == 200
    with clock.held(NOON + timedelta(hours=22)):
        assert client.get("/organise/account").status_code == 200
    with clock.held(NOON + timedelta(hours=35)):
        assert client.get("/organise/account").status_code == 303


def test_a_session_ends_after_a_week_however_busy(client, account, sign_in):
    with clock.held(NOON):
        sign_in(client, account)
    for hour in range(0, 7 * 24, 10):
        with clock.held(NOON + timedelta(hours=hour)):
            assert client.get("/organise/account").status_code == 200
    with clock.held(NOON + timedelta(days=7, seconds=1)):
        assert client.get("/organise/account").status_code == 303


def test_being_seen_is_written_only_now_and_then(client, account, sign_in):
    with clock.held(NOON):
        sign_in(client, account)
    with clock.held(NOON + timedelta(minutes=4)):
        client.get("/organise/account")
    assert db.session.query(SignInSession).one().seen_at == NOON

    with clock.held(NOON + timedelta(minutes=6)):
        client.get("/organise/account")
    db.session.expire_all()
    assert db.session.query(SignInSession).one().seen_at == NOON + timedelta(minutes=6)


@pytest.mark.parametrize(
    "change",
    [
        lambda account: disable_account(account, actor="test"),
        lambda account: set_role(account.memberships[0], Role.VIEWER, actor="test"),
    ],
    ids=["disabled", "other role"],
)
def test_sessions_die_with_the_account_and_with_its_role(client, account, sign_in, change):
    sign_in(client, account)

    change(account)

    assert client.get("/organise/account").status_code == 303


def test_who_is_signed_in_already_goes_straight_on(client, organiser):
    answer = client.get("/organise/signin?next=/organise/settings")

    assert (answer.status_code, answer.location) == (303, "/organise/settings")


def test_a_session_works_for_the_organisation_it_was_begun_for(client, app, sign_in):
    first, second = make_host(), make_host(name="Zweite Agentur")
    account = make_account(first)
    from eventapp.accounts.models import Membership
    from eventapp.foundation.database import transaction

    with transaction():
        account.memberships.append(
            Membership(host=second, role=Role.VIEWER, accepted_at=clock.now())
        )
    with client.session_transaction() as cookie:
        cookie["_user_id"] = make_sign_in(account, host_id=second.id)

    assert client.get("/organise/settings").status_code == 403
