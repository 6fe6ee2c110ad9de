"""What the application says without asking Flask is what Flask would have said."""

import pytest
from flask import Flask, Request, url_for
from flask.sessions import SecureCookieSessionInterface

from eventapp.foundation.i18n import choose_locale, locale_of_visit
from eventapp.foundation.web import PageResponse, WebApplication


def flasks(app, endpoint: str, values: dict, path: str = "/") -> str:
    with app.test_request_context(path):
        return Flask.url_for(app, endpoint, **values)


def test_every_address_is_written_as_flask_writes_it(app):
    for rule in app.url_map.iter_rules():
        kinds = {name: type(rule._converters[name]).__name__ for name in rule.arguments}
        values = {name: 7 if kind == "RowNumber" else "ä /?&x" for name, kind in kinds.items()}
        for more in ({}, {"page": 2, "word": "a b&c", "left_out": None}, {"many": ["x", "y"]}):
            given = values | more
            with app.test_request_context("/"):
                assert url_for(rule.endpoint, **given) == flasks(app, rule.endpoint, given)


def test_addresses_with_anchor_or_host_and_from_below_another_path_are_flasks(app):
    with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": "/below"}):
        assert url_for("desk.index") == "/below/"
        assert url_for("desk.index", _anchor="a") == "/below/#a"
        assert url_for("desk.index", _external=True).endswith("/below/")


def test_an_address_is_completed_by_the_part_that_is_being_shown(app):
    with app.test_request_context("/imprint"):
        assert url_for(".privacy") == url_for("accounts.privacy") == "/privacy"


def test_only_addresses_that_are_written_cost_the_time_to_compile_them():
    app = WebApplication("late")
    for name in ("shown", "linked"):
        app.add_url_rule(f"/{name}/<int:number>", name, lambda number: "")
    first, second = (next(app.url_map.iter_rules(name)) for name in ("shown", "linked"))
    compiling = second._build_unknown

    with app.test_request_context("/"):
        before = first._build_unknown
        assert [url_for("shown", number=number) for number in (1, 2)] == ["/shown/1", "/shown/2"]
        assert url_for("shown", number=3, more="ä") == "/shown/3?more=%C3%A4"

    assert first._build_unknown != before
    assert second._build_unknown == compiling


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "localhost:80", "x:8000", "bad host"])
@pytest.mark.parametrize("path", ["/", "/imprint", "/ä", "//evil.example"])
def test_a_request_is_bound_to_its_address_as_flask_binds_it(app, host, path):
    with app.test_request_context("/") as context:
        environ = context.request.environ | {"HTTP_HOST": host, "PATH_INFO": path}
    ours, flask = app.request_class(dict(environ)), app.request_class(dict(environ))

    bound = app.create_url_adapter(ours)
    expected = Flask.create_url_adapter(app, flask)

    assert ours.host == flask.host
    for name in ("server_name", "script_name", "subdomain", "url_scheme", "path_info",
                 "default_method", "query_args", "websocket"):  # fmt: skip
        assert getattr(bound, name) == getattr(expected, name), name


@pytest.mark.parametrize("status", [200, 204, 303, 304, 422])
@pytest.mark.parametrize(
    "more",
    [
        {},
        {"Location": "/ä"},
        {"Location": "/e/plain~x/?page=2"},
        {"Location": "//x.example/a b"},
        {"Content-Location": "/ä"},
        {"content-length": "3"},
    ],
)
def test_an_answer_has_the_headers_that_werkzeug_gives_it(status, more):
    ours = PageResponse("abc", status=status, headers=more)
    werkzeugs = super(PageResponse, PageResponse("abc", status=status, headers=more))

    assert sorted(ours.get_wsgi_headers({})) == sorted(werkzeugs.get_wsgi_headers({}))


def test_a_session_is_read_and_written_as_flask_does_it(app):
    with app.test_client() as client:
        with client.session_transaction() as session:
            session["word"] = "ä"
        name = app.session_interface.get_cookie_name(app)
        value = client.get_cookie(name).value

    kept = SecureCookieSessionInterface().get_signing_serializer(app).loads(value)
    assert kept == {"word": "ä"}


def test_a_key_that_left_the_settings_opens_no_session(app):
    serializer = app.session_interface.get_signing_serializer(app)
    before, app.config["SECRET_KEY"] = (
        app.config["SECRET_KEY"],
        "another key, as long as it must be",
    )
    try:
        assert app.session_interface.get_signing_serializer(app) is not serializer
    finally:
        app.config["SECRET_KEY"] = before


@pytest.mark.parametrize("cookie", ["", "lang=en", "lang=xx", "slang=en", "a=lang; lang=de"])
@pytest.mark.parametrize("accepted", ["", "en", "de-AT,en;q=0.5", "fr", "en;q=0.1, de;q=0.2"])
def test_a_visit_is_answered_in_the_language_of_the_page(app, cookie, accepted):
    headers = {"Cookie": cookie, "Accept-Language": accepted}

    with app.test_request_context("/", headers=headers) as context:
        assert locale_of_visit(context.request.environ) == choose_locale()


@pytest.mark.parametrize("cookie", [None, "", "a=b", "a=b; c=d; a=e", 'a="b c"; ;x', "=y; Ã¤=Ã¶"])
def test_cookies_are_read_as_flask_reads_them(app, cookie):
    with app.test_request_context("/") as context:
        environ = dict(context.request.environ)
    if cookie is not None:
        environ["HTTP_COOKIE"] = cookie

    assert app.request_class(environ).cookies == Request(environ).cookies
