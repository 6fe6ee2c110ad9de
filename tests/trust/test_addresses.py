"""Where the program sends people, under which name it answers, who may frame it (T-24 to T-26)."""

import pytest
from factories import make_account
from world import ON_SQLITE, make_world, pages

from eventapp.accounts import passwords
from eventapp.app import create_app
from eventapp.foundation.database import db
from eventapp.foundation.http import own_path
from eventapp.foundation.settings import load_settings

PASSWORD = "ein Apfel und drei Stühle"
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil",
    "/\t/evil.example",
    "/%09/evil.example/..//",
    "javascript:alert(1)",
    "///evil.example",
    "",
    " /organise",
    "/organise\r\nSet-Cookie: x=1",
    "http:/evil.example",
    "evil.example",
    "/\x00",
]


@ON_SQLITE
@pytest.mark.parametrize("target", ELSEWHERE)
def test_t24_after_signing_in_nobody_is_sent_to_another_site(client, app, target):
    make_account(email="sonja@agentur.example", password_hash=passwords.hashed(PASSWORD))

    answer = client.post(
        "/organise/signin",
        query_string={"next": target},
        data={"email": "sonja@agentur.example", "password": PASSWORD},
    )

    assert answer.status_code in {303, 400}
    if answer.status_code == 303:
        assert answer.location == "/organise/" or answer.location.startswith("/%09/")


@pytest.mark.parametrize("path", ["/organise/", "/e/fest/?a=b#c", "/organise/contacts?q=%C3%B6"])
def test_t24_own_paths_pass(path):
    assert own_path(path, otherwise="/") == path


@ON_SQLITE
@pytest.mark.parametrize("locale", ["//evil.example", "de\r\nX: y", "<script>", "zz", "de,en"])
def test_t24_the_language_switch_knows_two_languages_and_no_address(client, app, locale):
    answer = client.get("/organise/signin", query_string={"lang": locale})

    assert answer.status_code == 200
    assert "lang=" not in answer.headers.get("Set-Cookie", "")
    assert "<script>" not in answer.text


@ON_SQLITE
@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "localhost:8001",
        "evil.example:80",
        "",
        "[::2]",
        "localhost@evil.example",
    ],
)
def test_t25_a_foreign_host_name_gets_nothing(client, app, host):
    world = make_world()

    answer = client.get(f"/e/{world.event.slug}/", headers={"Host": host})

    assert answer.status_code == 400
    assert world.event.title_de not in answer.text


@ON_SQLITE
def test_t25_no_header_makes_a_page_speak_of_another_host(app, sign_in):
    world = make_world()
    browser = sign_in(app.test_client(), world.accounts["organiser"])
    evil = dict.fromkeys(("X-Forwarded-Host", "X-Host", "X-Original-Host"), "evil.example")

    for page in pages(app, world):
        if "GET" in page.methods:
            answer = browser.get(
                page.path, headers=evil | {"Forwarded": "host=evil.example"}, buffered=True
            )
            assert b"evil.example" not in answer.data
            assert "evil.example" not in str(answer.headers)


@ON_SQLITE
def test_t25_this_machine_answers_to_its_own_names(client, app):
    assert [
        client.get("/healthz", headers={"Host": host}).status_code
        for host in ("localhost", "127.0.0.1", "[::1]")
    ] == [200, 200, 200]
    assert client.get("/organise/signin", headers={"Host": "127.0.0.1"}).status_code == 200


@pytest.fixture(scope="module")
def public_app(tmp_path_factory):
    """An installation on the internet, behind one proxy."""
    folder = tmp_path_factory.mktemp("public")
    settings = load_settings(
        data_dir=folder,
        database_url=f"sqlite:///{folder / 'x.db'}",
        secret_key="k" * 40,
        base_url="https://events.example.org",
        trusted_proxies=1,
    )
    app = create_app(settings, TESTING=True)
    with app.app_context():
        db.create_all()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def public_client(public_app):
    client = public_app.test_client()
    client.environ_base["HTTP_X_FORWARDED_PROTO"] = "https"
    return client


def test_t25_on_the_internet_only_the_configured_name_works(public_client):
    def status(host, path="/organise/signin"):
        return public_client.get(path, headers={"Host": host}).status_code

    assert status("events.example.org") == 200
    assert [status(host) for host in ("localhost", "127.0.0.1", "events.example.org:8000")] == [
        400,
        400,
        400,
    ]
    assert status("10.0.0.7:8000", "/healthz") == 200  # a probe knows no name


def test_t67_the_cookie_is_for_this_host_only_and_never_leaves_https(public_client):
    answer = public_client.get("/organise/signin", headers={"Host": "events.example.org"})

    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain=" not in cookie


@ON_SQLITE
def test_t67_on_this_machine_the_cookie_works_without_https(client, app, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    cookie = client.get("/organise/signin").headers["Set-Cookie"]

    assert cookie.startswith("session=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))


def test_t26_browsers_are_told_to_be_strict(public_client):
    headers = public_client.get("/organise/signin", headers={"Host": "events.example.org"}).headers

    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert headers["X-Content-Type-Options"] == "nosniff"


FOR_OTHER_SITES = "desk_frames.embed"
"""The one page that is made for frames; `desk/programme/test_frames.py` looks at it."""


@ON_SQLITE
def test_t26_no_page_can_be_framed_and_every_page_has_the_policy(app, sign_in):
    world = make_world()
    browser = sign_in(app.test_client(), world.accounts["organiser"])
    loose = {}
    for page in pages(app, world):
        if "GET" in page.methods:
            headers = browser.get(page.path, buffered=True).headers
            policy = headers.get("Content-Security-Policy", "")
            strict = "default-src 'none'" in policy and "'unsafe-eval'" not in policy
            framed = "frame-ancestors 'none'" not in policy and "sandbox" not in policy
            framed &= page.endpoint != FOR_OTHER_SITES
            if not strict or framed or ("'unsafe-inline'" in policy and "sandbox" not in policy):
                loose[page.endpoint] = policy

    assert loose == {}
    assert headers["X-Content-Type-Options"] == "nosniff"
