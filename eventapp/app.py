"""Assembles the application. With `edges`, which has its pages, the only module that knows all."""

import os
import sys
from typing import Any

import click
from flask import Flask
from flask.cli import ScriptInfo

from eventapp.cli.commands import COMMANDS, WITHOUT_PAGES, WITHOUT_TABLES, LazyGroup
from eventapp.cli.database import bring_up_local_tables
from eventapp.foundation import tokens
from eventapp.foundation.assets import asset_folder
from eventapp.foundation.database import db, engine_options, prepare_engine
from eventapp.foundation.i18n import init_i18n
from eventapp.foundation.kept_templates import keep_templates
from eventapp.foundation.logs import configure_logs
from eventapp.foundation.settings import Settings, UnsafeSettings, load_settings
from eventapp.foundation.templating import Templates
from eventapp.foundation.wake import init_wake
from eventapp.foundation.web import WebApplication


def create_app(settings: Settings | None = None, **config: Any) -> Flask:
    """A ready application. Raises UnsafeSettings when a setting is missing or unsafe."""
    from eventapp.edges import open_edges  # noqa: PLC0415 - all pages and forms: not for the worker

    app = create_inner_app(settings, **config)
    open_edges(app)
    return app


def create_inner_app(settings: Settings | None = None, **config: Any) -> Flask:
    """The same without pages: for the worker, which they would cost a fifth of its memory."""
    settings = settings or load_settings()
    app = WebApplication(
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
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database),
        SEND_FILE_MAX_AGE_DEFAULT=31536000,
        RATELIMIT_STORAGE_URI=settings.redis_url or "memory://",
        **config,
    )
    app.jinja_environment = Templates
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    tokens.configure(settings.keys)
    configure_logs()
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    keep_templates(app)
    init_i18n(app, default=settings.default_locale)
    init_wake(app)
    return app


class Commands(LazyGroup):
    """The command line; a setting that is wrong ends it with one line and exit status 2."""

    def invoke(self, context: click.Context) -> Any:
        """Run a command; the application is made when the command asks for it."""
        os.umask(0o077)  # the data folder holds people's addresses: for its owner alone
        context.obj = ScriptInfo(create_app=_app_for_commands, set_debug_flag=False)
        try:
            return super().invoke(context)
        except UnsafeSettings as problem:
            click.echo(f"eventapp: {problem}", err=True)
            sys.exit(2)


def _app_for_commands() -> Flask:
    wanted = click.get_current_context().find_root().invoked_subcommand
    app = create_inner_app() if wanted in WITHOUT_PAGES else create_app()
    if wanted not in WITHOUT_TABLES:
        with app.app_context():
            bring_up_local_tables()
    return app


main = Commands(
    name="eventapp",
    places=COMMANDS,
    help="Invitations, registration, programme and talk rounds for one day of expert talks.",
)
