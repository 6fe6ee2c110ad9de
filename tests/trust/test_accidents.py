"""When something goes wrong: what people read, and what the log keeps (T-91, T-92)."""

import json

import pytest
from flask import abort, request
from pages_as_people import tags_of
from sqlalchemy.exc import OperationalError
from world import ON_SQLITE

from eventapp.app import create_app
from eventapp.foundation.access import public
from eventapp.foundation.database import db
from eventapp.foundation.errors import NotAllowed, NotFound, Refused
from eventapp.foundation.logs import log
from eventapp.foundation.settings import load_settings

GERMAN = {"Accept-Language": "de"}


def boom():
    raise RuntimeError("Kennwort=geheim; /r/kR9mZabc.Xd3s1234567890abcdef")


def without_database():
    raise OperationalError("SELECT geheim", {}, Exception("no such host"))


def domain():
    raise {"not_found": NotFound, "not_allowed": NotAllowed, "refused": Refused}[
        request.args["kind"]
    ]


@pytest.fixture(scope="module")
def faulty(tmp_path_factory):
    """The program with pages that fail; accidents are answered as in production."""
    folder = tmp_path_factory.mktemp("faulty")
    settings = load_settings(
        data_dir=folder,
        database_url=f"sqlite:///{folder / 'x.db'}",
        secret_key="a key only for tests, forty characters long",
        base_url="http://localhost",
    )
    app = create_app(settings, WTF_CSRF_ENABLED=False)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    for name, view in (("boom", boom), ("without_database", without_database), ("domain", domain)):
        app.add_url_rule(f"/{name}", endpoint=name, view_func=public(view))
    app.add_url_rule(
        "/status", endpoint="status", view_func=public(lambda: abort(int(request.args["code"])))
    )
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize(
    ("path", "status", "heading"),
    [
        ("/boom", 500, "Bei uns ist etwas schiefgegangen"),
        ("/without_database", 503, "Wir sind gerade nicht erreichbar"),
    ],
)
def test_t92_an_accident_says_sorry_in_german_with_a_number_and_no_details(
    faulty, path, status, heading
):
    answer = faulty.test_client().get(path, headers=GERMAN)

    assert answer.status_code == status
    assert answer.headers["X-Request-Id"] in answer.text
    assert '<html lang="de">' in answer.text
    assert heading in answer.text
    for detail in ("Traceback", "RuntimeError", "geheim", "SELECT", "OperationalError", ".py"):
        assert detail not in answer.text


def test_t92_even_without_templates_there_is_a_page(faulty, monkeypatch):
    def broken(*_arguments, **_values):
        raise OSError("no templates")

    monkeypatch.setattr("eventapp.foundation.problems.render_template", broken)
    answer = faulty.test_client().get("/boom")

    assert answer.status_code == 500
    assert answer.headers["X-Request-Id"] in answer.text
    assert "schiefgelaufen" in answer.text
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 410, 413, 429, 500])
@pytest.mark.parametrize(("locale", "home"), [("de", "Startseite"), ("en", "home page")])
def test_t92_every_refusal_is_a_friendly_page_in_both_languages(faulty, status, locale, home):
    answer = faulty.test_client().get(f"/status?code={status}&lang={locale}")

    tags = tags_of(answer.text)
    assert answer.status_code == status
    assert f'<html lang="{locale}">' in answer.text
    assert home in answer.text
    assert [tag for tag, _values in tags].count("h1") == 1
    assert "main" in {tag for tag, _values in tags}


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("not_found", 404),
        ("not_allowed", 403),
        ("refused", 409),
    ],
)
def test_t92_the_words_of_the_domain_reach_the_page(faulty, kind, status):
    answer = faulty.test_client().get(f"/domain?kind={kind}", headers=GERMAN)

    assert answer.status_code == status
    assert answer.headers["Cache-Control"] == "no-store"


def test_t92_a_page_that_was_asked_the_wrong_way_says_which_way_is_right(faulty):
    answer = faulty.test_client().post("/imprint")

    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) >= {"GET", "HEAD"}


def lines(capfd):
    return [
        json.loads(line) for line in capfd.readouterr().err.splitlines() if line.startswith("{")
    ]


def test_t91_every_log_line_is_one_json_object_that_knows_its_request(faulty, capfd):
    answer = faulty.test_client().get("/boom")

    written = lines(capfd)
    assert {line["request_id"] for line in written} == {answer.headers["X-Request-Id"]}
    assert [line["level"] for line in written] == ["error", "info"]
    assert "RuntimeError" in written[0]["exception"]


def test_t91_an_exception_text_gives_no_link_away(faulty, capfd):
    faulty.test_client().get("/boom")

    assert "Xd3s1234567890abcdef" not in capfd.readouterr().err


@pytest.mark.parametrize(
    "path", ["/e/a%0d%0a{%22level%22:%22forged%22}/", "/e/%1b[31mrot/", "/e/%e2%80%a8x/"]
)
def test_t91_nobody_writes_a_second_line_into_the_log(faulty, capfd, path):
    faulty.test_client().get(path)

    raw = capfd.readouterr().err
    assert len([line for line in raw.splitlines() if line.startswith("{")]) == raw.count("\n")
    assert "\x1b" not in raw
    assert "forged" not in {json.loads(line).get("level") for line in raw.split("\n") if line}


def test_t91_secrets_handed_to_the_log_by_name_are_masked(faulty, capfd):
    log.info("x", password="geheim1", csrf_token="geheim2", cookie="geheim3", new_secret="geheim4")

    assert "geheim" not in capfd.readouterr().err


@ON_SQLITE
def test_t91_a_failed_sign_in_is_logged_without_what_was_typed(client, app, capfd):
    client.post("/organise/signin", data={"email": "sonja@agentur.example", "password": "geheim"})

    raw = capfd.readouterr().err
    assert '"event": "sign-in refused"' in raw
    assert "geheim" not in raw
    assert "sonja" not in raw
