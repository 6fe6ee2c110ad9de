"""What the program refuses to start with, and what it never serves (T-68, T-89, T-90)."""

import pytest
from world import ON_SQLITE

from eventapp.app import create_app
from eventapp.foundation import tokens
from eventapp.foundation.database import db
from eventapp.foundation.settings import SecretStr, UnsafeSettings, load_settings
from eventapp.foundation.tokens import LinkKind

OLD, NEW = "o" * 40, "n" * 40
GOOD = {"EVENTAPP_SECRET_KEY": NEW, "EVENTAPP_BASE_URL": "https://events.example.org"}


def start(monkeypatch, **environment):
    monkeypatch.delenv("EVENTAPP_SECRET_KEY", raising=False)
    for name, value in {**GOOD, **environment}.items():
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)
    return load_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("EVENTAPP_SECRET_KEY", None),
        ("EVENTAPP_SECRET_KEY", ""),
        ("EVENTAPP_SECRET_KEY", "short"),
        ("EVENTAPP_SECRET_KEY_FALLBACKS", '["short"]'),
        ("EVENTAPP_BASE_URL", "http://events.example.org"),
        ("EVENTAPP_BASE_URL", "events.example.org"),
        ("EVENTAPP_BASE_URL", "ftp://events.example.org"),
        ("EVENTAPP_BASE_URL", "https://"),
        ("EVENTAPP_DEFAULT_LOCALE", "fr"),
        ("EVENTAPP_TRUSTED_PROXIES", "many"),
    ],
)
def test_t89_a_wrong_setting_stops_the_start_with_one_line_that_names_it(monkeypatch, name, value):
    with pytest.raises(UnsafeSettings) as refused:
        start(monkeypatch, **{name: value})

    line = str(refused.value)
    assert "\n" not in line
    assert name.removesuffix("_FALLBACKS") in line


def test_t89_good_settings_start(monkeypatch):
    assert start(monkeypatch).over_https


def test_t89_the_secret_key_is_in_no_text_about_the_settings(monkeypatch):
    settings = start(monkeypatch, EVENTAPP_SMTP_URL="smtps://user:geheim@mail.example")

    assert NEW not in f"{settings!r} {settings}"
    assert "geheim" not in f"{settings!r} {settings}"


def test_t68_a_link_signed_with_the_old_key_still_opens():
    try:
        tokens.configure([OLD])
        link = tokens.sign(LinkKind.INVITATION, "abc", 1)
        tokens.configure([NEW, OLD])
        assert tokens.verify(link, LinkKind.INVITATION, 1)
        assert tokens.sign(LinkKind.INVITATION, "abc", 1) != link
        tokens.configure([NEW])
        assert not tokens.verify(link, LinkKind.INVITATION, 1)
    finally:
        from conftest import SECRET

        tokens.configure([SECRET])


def built(folder, key, *fallbacks):
    settings = load_settings(
        data_dir=folder,
        database_url=f"sqlite:///{folder / 'x.db'}",
        secret_key=key,
        secret_key_fallbacks=tuple(map(SecretStr, fallbacks)),
        base_url="http://localhost",
    )
    return create_app(settings, TESTING=True)


def test_t68_a_cookie_signed_with_the_old_key_still_counts(tmp_path):
    from conftest import SECRET

    cookie = built(tmp_path, OLD).test_client()
    with cookie.session_transaction() as session:
        session["kept"] = "yes"
    value = cookie.get_cookie("session").value
    try:
        for app, expected in ((built(tmp_path, NEW, OLD), "yes"), (built(tmp_path, NEW), None)):
            browser = app.test_client()
            browser.set_cookie("session", value)
            with browser.session_transaction() as session:
                assert session.get("kept") == expected
            with app.app_context():
                db.engine.dispose()
    finally:
        tokens.configure([SECRET])


@ON_SQLITE
@pytest.mark.parametrize(
    "path",
    [
        "/.git/config",
        "/.env",
        "/eventapp.db",
        "/var/eventapp.db",
        "/static/",
        "/static/../app.py",
        "/static/%2e%2e/pyproject.toml",
        "/static/..%2f..%2fetc/passwd",
        "/static//etc/passwd",
        "/server-status",
        "/console",
        "/templates/layout/base.html",
        "/static/css/",
        "/secret.key",
    ],
)
def test_t90_files_that_are_nobody_s_business_do_not_exist(client, app, path):
    assert client.get(path).status_code in {404, 308}


@ON_SQLITE
@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PUT", "DELETE", "PATCH", "PROPFIND"])
def test_t90_other_methods_are_refused(client, app, method):
    answer = client.open("/imprint", method=method)

    assert answer.status_code in {400, 404, 405}


@ON_SQLITE
def test_t90_no_header_names_the_software(client, app):
    headers = client.get("/healthz").headers

    assert "Server" not in headers
    assert "X-Powered-By" not in headers
