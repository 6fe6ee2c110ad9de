"""The second factor: turned on, asked for, lost and turned off."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from factories import make_account, make_sign_in, moment
from sqlalchemy import select

from eventapp.accounts import factor_actions, passwords, second_factor
from eventapp.accounts.models import AuditEntry, RecoveryCode, SignInSession
from eventapp.accounts.second_factor import matching_step, shared_secrets
from eventapp.accounts.states import Role
from eventapp.accounts.throttle import FREE_PER_ACCOUNT
from eventapp.foundation import clock, tokens
from eventapp.foundation.database import db, transaction
from eventapp.foundation.outbox import OutboxMail

PASSWORD = "ein Apfel und drei Stühle"
NOON = moment("2027-05-03T12:00:00")
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # "12345678901234567890" in base32
GERMAN = {"Accept-Language": "de"}


@pytest.fixture(scope="module")
def stored() -> str:
    return passwords.hashed(PASSWORD)


@pytest.fixture
def account(app, stored):
    return make_account(email="sonja@agentur.example", password_hash=stored)


@pytest.fixture
def person(client, sign_in, account):
    with clock.held(NOON):
        secret = make_sign_in(account)
    with client.session_transaction() as cookie:
        cookie["_user_id"] = secret
    return account


def code_at(account, at, *, ahead=0):
    """What the phone shows."""
    db.session.refresh(account)
    generation = account.totp_generation + ahead
    return pyotp.TOTP(shared_secrets(account.public_id, generation)[0]).at(at)


def turn_on(client, account, at=NOON, **given):
    data = {"password": PASSWORD, "code": code_at(account, at, ahead=1)} | given
    with clock.held(at):
        return client.post("/organise/account/second-factor/on", data=data, headers=GERMAN)


@pytest.fixture
def guarded(client, person):
    """The account with a second factor, and its recovery codes."""
    page = turn_on(client, person).text
    codes = [line.partition("</li>")[0] for line in page.split("<li>")[1:] if "-" in line[:6]]
    assert len(codes) == 10
    person.codes = codes
    return person


@pytest.fixture
def door(app, guarded):
    """A new browser, after the right password, at noon and five minutes."""
    door = app.test_client()
    answer = first_step(door)
    assert (answer.status_code, answer.location) == (303, "/organise/signin/code")
    return door


LATER = NOON + timedelta(minutes=5)


def first_step(door, at=LATER, query=""):
    with clock.held(at):
        return door.post(
            f"/organise/signin{query}",
            data={"email": "sonja@agentur.example", "password": PASSWORD},
        )


def second_step(door, code, at=LATER, query=""):
    with clock.held(at):
        return door.post(f"/organise/signin/code{query}", data={"code": code}, headers=GERMAN)


def is_inside(door, at=LATER):
    with clock.held(at):
        return door.get("/organise/account").status_code == 200


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_rfc_6238(seconds, code):
    at = moment("1970-01-01T00:00:00") + timedelta(seconds=seconds)

    assert matching_step(code, [RFC_SECRET], at=at, after=0) == seconds // 30


@pytest.mark.parametrize(
    ("seconds", "fits"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)]
)
def test_t71_a_clock_may_be_wrong_by_thirty_seconds(seconds, fits):
    code = pyotp.TOTP(RFC_SECRET).at(NOON)

    found = matching_step(code, [RFC_SECRET], at=NOON + timedelta(seconds=seconds), after=0)

    assert (found is not None) is fits


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "-12345"])
def test_what_is_no_code_fits_nothing(typed):
    assert matching_step(typed, [RFC_SECRET], at=NOON, after=0) is None


def test_spaces_in_a_code_do_not_matter():
    code = pyotp.TOTP(RFC_SECRET).at(NOON)

    assert matching_step(f" {code[:3]} {code[3:]} ", [RFC_SECRET], at=NOON, after=0)


def test_turning_it_on_shows_recovery_codes_once_and_signs_out_the_others(client, person, sign_in):
    other = sign_in(client.application.test_client(), person)

    page = turn_on(client, person)

    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert page.text.count("<li>") >= 10
    assert is_inside(client, NOON)
    assert not is_inside(other, NOON)
    with clock.held(NOON):
        again = client.get("/organise/account/second-factor", headers=GERMAN).text
    assert "10 Wiederherstellungscodes sind übrig" in again
    assert 'class="qr"' not in again


def test_the_qr_code_and_the_text_hold_the_same_secret(client, person):
    uri = second_factor.enrolment_uri(
        factor_actions.candidate_secret(person), email=person.email, issuer="Agentur Übel"
    )
    with clock.held(NOON):
        page = client.get("/organise/account/second-factor", headers=GERMAN).text

    secret = parse_qs(urlsplit(uri).query)["secret"][0]
    assert secret in page.partition('class="code secret">')[2].partition("<")[0].replace(" ", "")
    assert '<svg class="qr"' in page
    assert parse_qs(urlsplit(uri).query)["issuer"] == ["Agentur Übel"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"code": "000000"}, "Dieser Code stimmt nicht"),
        ({"password": "falsch geraten"}, "nicht Ihr jetziges Passwort"),
        ({"code": ""}, "füllen Sie"),
    ],
)
def test_without_password_and_right_code_it_stays_off(client, person, given, words):
    answer = turn_on(client, person, **given)

    assert words in answer.text
    db.session.refresh(person)
    assert person.totp_since is None
    assert db.session.query(RecoveryCode).count() == 0


def test_guessing_the_password_there_is_slowed_down(client, person):
    for _ in range(FREE_PER_ACCOUNT):
        turn_on(client, person, password="geraten und falsch")

    assert turn_on(client, person).status_code == 429


def test_t71_a_copy_of_the_database_makes_no_code(guarded):
    secret = shared_secrets(guarded.public_id, 1)[0]
    stored = str([tuple(row) for row in db.session.execute(select(RecoveryCode.__table__))])
    everything = stored + str(guarded.__dict__)

    assert secret not in everything
    assert not any(code in stored for code in guarded.codes)


def test_signing_in_takes_a_second_step(door, guarded):
    assert not is_inside(door)

    answer = second_step(door, code_at(guarded, LATER))

    assert (answer.status_code, answer.location) == (303, "/organise/")
    assert is_inside(door)


def test_the_second_step_leads_on_to_the_page_that_was_asked_for(app, guarded):
    door = app.test_client()
    answer = first_step(door, query="?next=/organise/settings")

    assert answer.location == "/organise/signin/code?next=/organise/settings"
    done = second_step(door, code_at(guarded, LATER), query="?next=/organise/settings")
    assert done.location == "/organise/settings"


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_t24_the_second_step_leads_to_no_other_site(app, guarded, target):
    door = app.test_client()
    first = first_step(door, query=f"?next={target}")
    done = second_step(door, code_at(guarded, LATER), query=f"?next={target}")

    assert "evil" not in first.location
    assert done.location == "/organise/"


def test_a_wrong_password_never_comes_to_the_second_step(app, guarded):
    door = app.test_client()
    with clock.held(LATER):
        answer = door.post(
            "/organise/signin", data={"email": guarded.email, "password": "falsch geraten"}
        )
        assert answer.status_code == 401
        assert door.get("/organise/signin/code").status_code == 303


def test_t71_a_code_opens_once(app, door, guarded):
    code = code_at(guarded, LATER)
    second_step(door, code)
    thief = app.test_client()
    first_step(thief)

    assert second_step(thief, code).status_code == 401
    assert not is_inside(thief)


def test_t71_a_code_before_the_last_one_is_worth_nothing(app, door, guarded):
    before = code_at(guarded, LATER - timedelta(seconds=30))
    second_step(door, code_at(guarded, LATER))
    thief = app.test_client()
    first_step(thief)

    assert second_step(thief, before).status_code == 401


def test_t71_the_code_that_turned_it_on_does_not_sign_in(app, guarded):
    door = app.test_client()
    first_step(door, at=NOON)

    assert second_step(door, code_at(guarded, NOON), at=NOON).status_code == 401


def test_t71_guessing_codes_is_slowed_down_and_ends_by_itself(door, guarded):
    for _ in range(FREE_PER_ACCOUNT):
        assert second_step(door, "000000").status_code == 401
    refused = second_step(door, code_at(guarded, LATER))

    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "2")
    then = LATER + timedelta(seconds=3)
    assert second_step(door, code_at(guarded, then), at=then).status_code == 303


def test_t71_the_right_password_does_not_wipe_the_guesses_at_codes(app, door, guarded):
    for _ in range(FREE_PER_ACCOUNT):
        second_step(door, "000000")
        first_step(door)

    assert second_step(door, "000000").status_code == 429


def test_t71_a_recovery_code_opens_once(app, door, guarded):
    code = guarded.codes[3].upper().replace("-", " ")
    assert second_step(door, code).status_code == 303
    thief = app.test_client()
    first_step(thief)

    assert second_step(thief, guarded.codes[3]).status_code == 401
    assert second_step(thief, guarded.codes[4]).status_code == 303
    with clock.held(LATER):
        page = door.get("/organise/account/second-factor", headers=GERMAN).text
    assert "8 Wiederherstellungscodes sind übrig" in page


def test_t71_new_recovery_codes_need_the_password_and_kill_the_old_ones(client, app, guarded):
    path = "/organise/account/second-factor/codes"
    with clock.held(NOON):
        wrong = client.post(path, data={"current": "falsch geraten"}, headers=GERMAN)
        right = client.post(path, data={"current": PASSWORD}, headers=GERMAN)
    door = app.test_client()
    first_step(door)

    assert "nicht Ihr jetziges Passwort" in wrong.text
    assert guarded.codes[0] not in right.text
    assert second_step(door, guarded.codes[0]).status_code == 401


def test_t71_turning_it_off_needs_the_password(client, app, guarded):
    path = "/organise/account/second-factor/off"
    with clock.held(NOON):
        wrong = client.post(path, data={"password": "falsch geraten"}, headers=GERMAN)
        assert "nicht Ihr jetziges Passwort" in wrong.text
        db.session.refresh(guarded)
        assert guarded.totp_since is not None
        assert client.post(path, data={"password": PASSWORD}).status_code == 303
    door = app.test_client()

    assert first_step(door).location == "/organise/"
    assert db.session.query(RecoveryCode).count() == 0


def test_turned_on_again_it_has_another_secret(client, guarded):
    first = shared_secrets(guarded.public_id, guarded.totp_generation)
    with clock.held(NOON):
        client.post("/organise/account/second-factor/off", data={"password": PASSWORD})
    turn_on(client, guarded, at=LATER)

    db.session.refresh(guarded)
    assert guarded.totp_since is not None
    assert shared_secrets(guarded.public_id, guarded.totp_generation) != first


def test_the_half_open_door_closes_after_ten_minutes(door, guarded):
    then = LATER + timedelta(minutes=11)

    answer = second_step(door, code_at(guarded, then), at=then)

    assert (answer.status_code, answer.location) == (303, "/organise/signin")
    assert not is_inside(door, then)


def test_the_half_open_door_closes_with_the_password(door, guarded):
    with transaction():
        guarded.password_hash = passwords.hashed("vier Birnen auf dem Dach")

    assert second_step(door, code_at(guarded, LATER)).location == "/organise/signin"


def test_who_is_locked_meanwhile_does_not_get_through(door, guarded):
    with transaction():
        guarded.disabled_at = LATER

    answer = second_step(door, code_at(guarded, LATER))

    assert (answer.status_code, answer.location) == (303, "/organise/signin")
    assert not is_inside(door)


def test_t17_a_new_password_by_link_does_not_skip_the_second_factor(app, door, guarded):
    from eventapp.accounts.link_actions import Beginning, request_reset, set_password_by_link
    from eventapp.foundation.tokens import LinkKind, sign

    request_reset(guarded.email, asked_from="192.0.2.1")
    db.session.refresh(guarded)
    token = sign(LinkKind.ACCOUNT, guarded.public_id, guarded.link_generation)
    set_password_by_link(token, Beginning(password="vier Birnen auf dem Dach"))
    with clock.held(LATER):
        answer = app.test_client().post(
            "/organise/signin",
            data={"email": guarded.email, "password": "vier Birnen auf dem Dach"},
        )

    assert answer.location == "/organise/signin/code"


def test_an_administrator_can_turn_it_off_for_a_colleague(app, sign_in, guarded, stored):
    host = guarded.memberships[0].host
    boss = make_account(host, Role.ADMINISTRATOR, password_hash=stored)
    office = sign_in(app.test_client(), boss)
    membership_id = guarded.memberships[0].id

    office.post(f"/organise/team/{membership_id}/factor")

    assert first_step(app.test_client()).location == "/organise/"
    entry = db.session.scalars(select(AuditEntry).filter_by(action="account.factor_reset")).one()
    assert (entry.account_id, entry.host_id) == (boss.id, host.id)
    told = db.session.scalars(select(OutboxMail).order_by(OutboxMail.id.desc())).first()
    assert told.to_email == guarded.email
    open_sessions = db.session.query(SignInSession).filter_by(
        account_id=guarded.id, revoked_at=None
    )
    assert open_sessions.count() == 1  # the one just begun


def test_t68_codes_of_an_old_key_still_count(door, guarded, app):
    shown = code_at(guarded, LATER)
    keys = app.config["SETTINGS"].keys
    tokens.configure(["another key that is forty characters long", *keys])
    try:
        assert second_step(door, shown).status_code == 303
    finally:
        tokens.configure(keys)


def test_who_came_in_by_a_recovery_code_hears_how_many_are_left(door, guarded):
    answer = second_step(door, guarded.codes[0])
    with clock.held(LATER):
        home = door.get(answer.location, headers=GERMAN).text

    assert "Es bleiben noch 9" in home


def test_a_code_from_the_phone_says_nothing_about_recovery_codes(door, guarded):
    answer = second_step(door, code_at(guarded, LATER))
    with clock.held(LATER):
        home = door.get(answer.location, headers=GERMAN).text

    assert "Wiederherstellungscode" not in home
