"""A small application with the templates and filters, to render macros and frames alone."""

import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask, render_template, render_template_string
from flask_wtf import CSRFProtect

from eventapp.foundation.i18n import init_i18n

ROOT = Path(__file__).parents[2]
ENDPOINTS = {
    "desk.index": "/",
    "accounts.imprint": "/imprint",
    "accounts.privacy": "/privacy",
    "accounts.signout": "/signout",
    "accounts.host_stylesheet": "/hosts/<slug>.css",
    "desk_organiser.events": "/organise/",
    "desk_organiser.overview": "/organise/<slug>/",
    "desk_organiser.overview_now": "/organise/<slug>/now",
    "programme_organiser.programme": "/organise/<slug>/programme",
    "contacts_organiser.address_book": "/organise/contacts",
}
NOBODY = SimpleNamespace(is_authenticated=False)


@pytest.fixture(scope="module")
def pages() -> Flask:
    """A small application: the templates, the filters, and some of the pages."""
    app = Flask(
        __name__, template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static")
    )
    app.config.update(SECRET_KEY="for tests only", TESTING=True)
    init_i18n(app, default="de")
    CSRFProtect(app)
    for endpoint, rule in ENDPOINTS.items():
        app.add_url_rule(rule, endpoint, lambda **_: "")
    app.jinja_env.globals.update(
        static_url=lambda path: f"/static/{path}?v=1",
        has_endpoint=app.view_functions.__contains__,
        may_open=app.view_functions.__contains__,
        rail_of=lambda event: SimpleNamespace(nearness="in 14 days", counts={"programme": 18}),
    )
    return app


@pytest.fixture
def show(pages: Flask) -> Callable[..., str]:
    """Render a template's source, or a file, as a reader of that language gets it."""

    def rendered(source: str, *, address: str = "/", language: str = "en", **values) -> str:
        with pages.test_request_context(address, headers={"Accept-Language": language}):
            values.setdefault("current_user", NOBODY)
            if source.endswith(".html"):
                html = render_template(source, **values)
            else:
                html = render_template_string(source, **values)
        return re.sub(r">\s+<", "><", re.sub(r"\s+", " ", html)).strip()

    return rendered
