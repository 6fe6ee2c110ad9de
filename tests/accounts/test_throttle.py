"""Guessing becomes slow; the owner is never locked out for ever."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from argon2 import PasswordHasher, extract_parameters
from factories import make_account, moment

from eventapp.accounts import passwords
from eventapp.accounts.throttle import Failures, address_key, wait_seconds
from eventapp.foundation import clock

NOON = moment("2027-05-03T12:00:00")
PASSWORD = "ein Apfel und drei Stühle"


def test_the_wait_doubles_after_the_free_attempts_and_ends_at_five_minutes():
    waits = [wait_seconds(Failures(count, NOON), free=5, now=NOON) for count in range(4, 16)]

    assert waits == [0, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]


def test_the_wait_runs_down_with_the_clock():
    failures = Failures(7, NOON)

    assert [
        wait_seconds(failures, free=5, now=NOON + timedelta(seconds=passed))
        for passed in (0, 3, 7, 9)
    ] == [8, 5, 1, 0]


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("192.0.2.7", "address:192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "address:2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "address:192.0.2.7"),  # as a server that listens to both sees IPv4
        ("not an address", "address:unknown"),
    ],
)
def test_of_ipv6_the_network_counts(address, key):
    assert address_key(address) == key


def attempt(client, password, email="sonja@agentur.example", address="192.0.2.7"):
    return client.post(
        "/organise/signin",
        data={"email": email, "password": password},
        environ_base={"REMOTE_ADDR": address},
    )


@pytest.fixture
def account(app):
    return make_account(email="sonja@agentur.example", password_hash=passwords.hashed(PASSWORD))


def statuses(client, count, **more):
    return [attempt(client, "falsch", **more).status_code for _ in range(count)]


def test_after_five_failures_even_the_right_password_waits_a_moment(client, account):
    with clock.held(NOON):
        assert statuses(client, 7) == [401, 401, 401, 401, 401, 429, 429]
        refused = attempt(client, PASSWORD)
    with clock.held(NOON + timedelta(seconds=3)):
        admitted = attempt(client, PASSWORD)

    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "2")
    assert "2 " in refused.text
    assert admitted.status_code == 303


def test_refused_attempts_do_not_make_the_wait_longer(client, account):
    with clock.held(NOON):
        statuses(client, 50)
    with clock.held(NOON + timedelta(seconds=3)):
        assert attempt(client, PASSWORD).status_code == 303


def test_an_unknown_account_is_slowed_down_alike(client, app):
    with clock.held(NOON):
        assert statuses(client, 6, email="niemand@agentur.example")[-1] == 429


def test_many_accounts_from_one_address_are_slowed_down_too(client, app):
    with clock.held(NOON):
        tried = [
            attempt(client, "falsch", email=f"n{number}@agentur.example").status_code
            for number in range(31)
        ]

    assert (tried[29], tried[30]) == (401, 429)


def test_strangers_guesses_do_not_slow_down_the_owners_own_browser(client, account):
    with clock.held(NOON):
        attempt(client, PASSWORD)
        client.post("/organise/signout")
        stranger = client.application.test_client()
        assert statuses(stranger, 6, address="198.51.100.9")[-1] == 429

        assert attempt(client, PASSWORD).status_code == 303


def test_the_mark_of_a_known_browser_helps_with_no_other_account(client, account):
    with clock.held(NOON):
        attempt(client, PASSWORD)
        other = make_account(email="otto@agentur.example")

        assert statuses(client, 6, email=other.email)[-1] == 429


def test_failures_are_forgotten_after_a_day(client, account):
    with clock.held(NOON):
        statuses(client, 6)
    with clock.held(NOON + timedelta(hours=25)):
        assert attempt(client, "falsch").status_code == 401


def test_guesses_that_arrive_at_the_same_instant_see_each_other(app, account):
    guessers = 12
    start = Barrier(guessers)

    def guess(number):
        with app.app_context():
            start.wait(timeout=30)
            return attempt(app.test_client(), "falsch", address=f"192.0.2.{number}").status_code

    with clock.held(NOON), ThreadPoolExecutor(guessers) as pool:
        answers = list(pool.map(guess, range(guessers)))

    assert sorted(answers) == [401] * 5 + [429] * 7


def test_an_unknown_account_costs_as_much_computing_as_a_wrong_password(
    client, account, monkeypatch
):
    """T-16: the time tells nobody which accounts there are, as nearly all of it is one hash."""
    computed = []
    verify = PasswordHasher.verify

    def watched(hasher, stored, password):
        computed.append((extract_parameters(stored), password))
        return verify(hasher, stored, password)

    monkeypatch.setattr(PasswordHasher, "verify", watched)
    for email in ("sonja@agentur.example", "niemand@agentur.example"):
        assert attempt(client, "falsch", email=email).status_code == 401

    known, unknown = computed
    assert known == unknown
    assert known[1] == "falsch"


def test_t15_signing_in_oneself_does_not_wipe_the_guesses_at_others(client, account):
    with clock.held(NOON):
        guesses = []
        for number in range(40):
            guesses.append(
                attempt(client, "falsch", email=f"person-{number}@agentur.example").status_code
            )
            if number % 10 == 9:
                attempt(client, PASSWORD)

    assert 429 in guesses
