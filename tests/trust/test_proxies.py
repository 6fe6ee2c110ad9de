"""Whose address counts behind proxies: only what our own proxies say (T-15, T-70)."""

import pytest

from eventapp.accounts.throttle import FREE_PER_ADDRESS
from eventapp.app import create_app
from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.foundation.settings import load_settings

NOON = clock.now()


@pytest.fixture
def behind(tmp_path):
    """Makes an installation behind so many proxies."""
    made = []

    def make(proxies):
        settings = load_settings(
            data_dir=tmp_path / str(proxies),
            database_url=f"sqlite:///{tmp_path / f'{proxies}.db'}",
            secret_key="k" * 40,
            base_url="http://localhost",
            trusted_proxies=proxies,
        )
        app = create_app(settings, TESTING=True, WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
        with app.app_context():
            db.create_all()
        made.append(app)
        return app.test_client()

    yield make
    for app in made:
        with app.app_context():
            db.engine.dispose()


def last_answer(client, forwarded, count=FREE_PER_ADDRESS + 1):
    """The status after so many guesses at as many accounts; `forwarded` makes the header."""
    with clock.held(NOON):
        answers = [
            client.post(
                "/organise/signin",
                data={"email": f"n{number}@agentur.example", "password": "geraten"},
                headers={"X-Forwarded-For": forwarded(number)},
                environ_base={"REMOTE_ADDR": "192.0.2.1"},
            ).status_code
            for number in range(count)
        ]
    assert set(answers[:-1]) == {401}
    return answers[-1]


def test_t15_t70_without_a_proxy_nobody_chooses_an_address(behind):
    assert last_answer(behind(0), lambda number: f"203.0.113.{number}") == 429


def test_t15_t70_behind_one_proxy_only_its_word_counts(behind):
    spoofed = last_answer(behind(1), lambda number: f"203.0.113.{number}, 198.51.100.7")

    assert spoofed == 429


def test_t70_behind_one_proxy_different_visitors_do_not_pay_for_each_other(behind):
    assert last_answer(behind(1), lambda number: f"203.0.113.{number}") == 401


def test_t15_t70_behind_two_proxies_the_last_two_count(behind):
    def spoofed(number):
        return f"203.0.113.{number}, 198.51.100.7, 10.0.0.2"

    assert last_answer(behind(2), spoofed) == 429


@pytest.mark.parametrize("proxies", [0, 1, 2])
def test_t70_no_proxy_s_word_changes_where_we_are(behind, proxies):
    headers = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Prefix": "/evil",
        "X-Forwarded-Port": "666",
    }

    page = behind(proxies).get("/organise/account", headers=headers)

    assert page.status_code == 303
    assert page.location.startswith("/organise/signin")
