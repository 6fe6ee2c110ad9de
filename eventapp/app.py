"""Assembles the application: the only module that knows all slices."""

import importlib
import importlib.util
from collections.abc import Callable
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, render_template, url_for
from flask_migrate import Migrate

try:  # TEMPORARY while slices appear
    from eventapp.accounts.permissions import check_signed_in, init_sign_in
except ImportError:
    check_signed_in = lambda access: None  # noqa
    init_sign_in = lambda app: None  # noqa
try:
    from eventapp.foundation import http
except ImportError:
    from types import SimpleNamespace
    http = SimpleNamespace(secure_responses=lambda app, settings: None)
from eventapp.foundation import access, tokens
from eventapp.foundation.assets import asset_folder
from eventapp.foundation.database import db, prepare_engine
from eventapp.foundation.errors import DomainError, Invalid, NotAllowed, NotFound, Refused
from eventapp.foundation.i18n import init_i18n
from eventapp.foundation.limits import limiter
from eventapp.foundation.settings import Settings, load_settings

EDGES = (
    "accounts.views",
    "accounts.organiser_views",
    "contacts.organiser_views",
    "events.organiser_views",
    "programme.organiser_views",
    "invitations.organiser_views",
    "registrations.views",
    "registrations.organiser_views",
    "calendars.views",
    "exports.organiser_views",
    "desk.views",
    "desk.organiser_views",
    "desk.outbox_views",
)
STATUS: dict[type[DomainError], int] = {NotFound: 404, NotAllowed: 403, Refused: 409, Invalid: 400}


def create_app(settings: Settings | None = None, **config: Any) -> Flask:
    """A ready application. Raises UnsafeSettings when a setting is missing or unsafe."""
    settings = settings or load_settings()
    app = Flask(
        "eventapp",
        template_folder=str(asset_folder("templates")),
        static_folder=str(asset_folder("static")),
        static_url_path="/static",
    )
    app.config.from_mapping(
        SETTINGS=settings,
        SECRET_KEY=settings.keys[0],
        SECRET_KEY_FALLBACKS=settings.keys[1:],
        SQLALCHEMY_DATABASE_URI=settings.database,
        SEND_FILE_MAX_AGE_DEFAULT=31536000,
        **config,
    )
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    tokens.configure(settings.keys)
    _init_extensions(app, settings)
    _register_edges(app)
    _answer_problems(app)
    _help_templates(app)
    access.public(app.view_functions["static"])
    access.enforce_access(app, check_signed_in)
    return app


def _init_extensions(app: Flask, settings: Settings) -> None:
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    Migrate(app, db, directory=str(asset_folder("migrations")), render_as_batch=True)
    init_i18n(app, default=settings.default_locale)
    http.secure_responses(app, settings)
    limiter.init_app(app)
    init_sign_in(app)


def _register_edges(app: Flask) -> None:
    for name in ("accounts", "contacts", "events", "programme", "invitations", "registrations"):
        importlib.import_module(f"eventapp.{name}.models")  # TEMPORARY while slices appear
    for name in EDGES:
        if importlib.util.find_spec(f"eventapp.{name}") is None:  # TEMPORARY while slices appear
            continue
        blueprint = importlib.import_module(f"eventapp.{name}").blueprint
        if not isinstance(blueprint, Blueprint):
            raise TypeError(f"eventapp.{name} has no blueprint")
        app.register_blueprint(blueprint)


def _answer_problems(app: Flask) -> None:
    def show(problem: DomainError, *, status: int) -> tuple[str, int]:
        return render_template("layout/problem.html", problem=problem, status=status), status

    for kind, status in STATUS.items():
        handler: Callable[[Any], Any] = partial(show, status=status)
        app.register_error_handler(kind, handler)


def _help_templates(app: Flask) -> None:
    folder = Path(str(app.static_folder))

    @lru_cache(maxsize=None if not app.debug else 0)
    def static_url(path: str) -> str:
        """The address of a static file, with its content's hash so that it may be kept for ever."""
        mark = sha256((folder / path).read_bytes()).hexdigest()[:10]
        return url_for("static", filename=path, v=mark)

    def has_endpoint(name: str) -> bool:
        """Whether a page exists, for links to parts that may not be installed."""
        return name in app.view_functions

    app.jinja_env.globals.update(static_url=static_url, has_endpoint=has_endpoint,
                                 settings=app.config["SETTINGS"])
