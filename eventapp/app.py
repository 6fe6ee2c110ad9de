"""Assembles the application: the only module that knows all slices."""

import importlib
import importlib.util
import sys
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import click
from flask import Blueprint, Flask, url_for
from flask.cli import FlaskGroup
from flask_migrate import Migrate

from eventapp.accounts.permissions import check_signed_in
from eventapp.accounts.views import init_sign_in
from eventapp.foundation import access, http, tokens
try:  # TEMPORARY
    from eventapp.cli.commands import COMMANDS
    from eventapp.cli.database import bring_up_local_tables
except ImportError as problem:
    print("TEMPORARY", problem)
    COMMANDS = ()
    bring_up_local_tables = lambda: None
from eventapp.foundation.assets import asset_folder
from eventapp.foundation.database import db, prepare_engine
from eventapp.foundation.i18n import init_i18n
from eventapp.foundation.limits import limiter
from eventapp.foundation.problems import answer_problems
from eventapp.foundation.settings import Settings, UnsafeSettings, load_settings
from eventapp.foundation.wake import init_wake

EDGES = (
    "foundation.health",
    "accounts.views",
    "accounts.organiser_views",
    "contacts.organiser_views",
    "contacts.group_views",
    "contacts.import_views",
    "events.organiser_views",
    "events.place_views",
    "programme.organiser_views",
    "programme.people_views",
    "invitations.organiser_views",
    "registrations.views",
    "registrations.organiser_views",
    "calendars.views",
    "exports.organiser_views",
    "desk.views",
    "desk.organiser_views",
    "desk.outbox_views",
)


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
        RATELIMIT_STORAGE_URI=settings.redis_url or "memory://",
        **config,
    )
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    tokens.configure(settings.keys)
    _init_extensions(app, settings)
    _register_edges(app)
    answer_problems(app)
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
    init_wake(app)
    http.secure_responses(app, settings)
    limiter.init_app(app)
    init_sign_in(app)


def _register_edges(app: Flask) -> None:
    for name in ("accounts", "contacts", "events", "programme", "invitations", "registrations"):
        importlib.import_module(f"eventapp.{name}.models")  # TEMPORARY while slices appear
    for name in EDGES:
        if importlib.util.find_spec(f"eventapp.{name}") is None:  # TEMPORARY while slices appear
            continue
        try:  # TEMPORARY while slices appear
            blueprint = importlib.import_module(f"eventapp.{name}").blueprint
        except (ImportError, AttributeError, SyntaxError) as problem:
            print(f"TEMPORARY: {name} left out: {problem}")
            continue
        if not isinstance(blueprint, Blueprint):
            raise TypeError(f"eventapp.{name} has no blueprint")
        app.register_blueprint(blueprint)


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


class Commands(FlaskGroup):
    """The command line; a setting that is wrong ends it with one line and exit status 2."""

    def invoke(self, context: click.Context) -> Any:
        """Run a command, with the local tables raised first where it needs tables."""
        try:
            return super().invoke(context)
        except UnsafeSettings as problem:
            click.echo(f"eventapp: {problem}", err=True)
            sys.exit(2)


def _app_for_commands() -> Flask:
    app = create_app()
    with app.app_context():
        bring_up_local_tables()
    return app


main = Commands(
    name="eventapp", create_app=_app_for_commands, add_default_commands=False,
    add_version_option=False, load_dotenv=False, set_debug_flag=False,
    help="Invitations, registration, programme and talk rounds for one day of expert talks.",
)
for command in COMMANDS:
    main.add_command(command)
