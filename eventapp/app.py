"""Assembles the application: the only module that knows all slices."""

import os
import sys
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import click
from flask import Flask, url_for
from flask.cli import ScriptInfo

from eventapp.accounts import factor_views as accounts_factor_views
from eventapp.accounts import link_views as accounts_link_views
from eventapp.accounts import listings as accounts_listings
from eventapp.accounts import organiser_views as accounts_organiser_views
from eventapp.accounts import team_views as accounts_team_views
from eventapp.accounts import views as accounts_views
from eventapp.accounts.refusals import check_access
from eventapp.accounts.views import init_sign_in
from eventapp.calendars import views as calendars_views
from eventapp.cli.commands import COMMANDS, WITHOUT_TABLES, LazyGroup
from eventapp.cli.database import bring_up_local_tables
from eventapp.contacts import double_views as contacts_double_views
from eventapp.contacts import group_views as contacts_group_views
from eventapp.contacts import import_views as contacts_import_views
from eventapp.contacts import listings as contacts_listings
from eventapp.contacts import organiser_views as contacts_organiser_views
from eventapp.desk import deletion_views as desk_deletion_views
from eventapp.desk import history_views as desk_history_views
from eventapp.desk import listings as desk_listings
from eventapp.desk import organiser_views as desk_organiser_views
from eventapp.desk import outbox_views as desk_outbox_views
from eventapp.desk import own_data_views as desk_own_data_views
from eventapp.desk import reading_views as desk_reading_views
from eventapp.desk import search_views as desk_search_views
from eventapp.desk import trail_views as desk_trail_views
from eventapp.desk import undo_views as desk_undo_views
from eventapp.desk import views as desk_views
from eventapp.events import organiser_views as events_organiser_views
from eventapp.events import place_views as events_place_views
from eventapp.exports import guest_lists, kept_views
from eventapp.exports.organiser_views import list_blueprint
from eventapp.foundation import access, http, tokens
from eventapp.foundation import health as foundation_health
from eventapp.foundation.assets import asset_folder
from eventapp.foundation.database import db, engine_options, prepare_engine
from eventapp.foundation.i18n import init_i18n
from eventapp.foundation.limits import limiter
from eventapp.foundation.listing import AnyListing
from eventapp.foundation.problems import answer_problems
from eventapp.foundation.settings import Settings, UnsafeSettings, load_settings
from eventapp.foundation.templating import Templates
from eventapp.foundation.wake import init_wake
from eventapp.foundation.web import WebApplication
from eventapp.invitations import organiser_views as invitations_organiser_views
from eventapp.invitations import recipient_views as invitations_recipient_views
from eventapp.invitations import recipients as invitations_recipients
from eventapp.invitations import single_views as invitations_single_views
from eventapp.notices import organiser_views as notices_organiser_views
from eventapp.programme import listings as programme_listings
from eventapp.programme import organiser_views as programme_organiser_views
from eventapp.programme import people_views as programme_people_views
from eventapp.questions import organiser_views as questions_organiser_views
from eventapp.registrations import asked_organiser_views as registrations_questions_views
from eventapp.registrations import asked_views as registrations_asked_views
from eventapp.registrations import bulk_views as registrations_bulk_views
from eventapp.registrations import filling_views as registrations_filling_views
from eventapp.registrations import heir_views as registrations_heir_views
from eventapp.registrations import line_views as registrations_line_views
from eventapp.registrations import listings as registrations_listings
from eventapp.registrations import needs_views as registrations_needs_views
from eventapp.registrations import objection_views as registrations_objection_views
from eventapp.registrations import organiser_views as registrations_organiser_views
from eventapp.registrations import party_organiser_views as registrations_company_views
from eventapp.registrations import party_views as registrations_party_views
from eventapp.registrations import reply_views as registrations_reply_views
from eventapp.registrations import views as registrations_views
from eventapp.registrations.doubles import organiser_views as registrations_double_views
from eventapp.registrations.front_door import organiser_views as registrations_review_views
from eventapp.registrations.front_door import views as registrations_register_views
from eventapp.registrations.own_data import organiser_views as registrations_mending_views
from eventapp.registrations.own_data import views as registrations_own_views

LISTINGS: tuple[AnyListing, ...] = (
    *accounts_listings.LISTINGS,
    *contacts_listings.LISTINGS,
    *programme_listings.LISTINGS,
    *invitations_recipients.LISTINGS,
    *registrations_listings.LISTINGS,
    *guest_lists.LISTINGS,
    *desk_listings.LISTINGS,
)
EDGES = (
    foundation_health.blueprint,
    accounts_views.blueprint,
    accounts_organiser_views.blueprint,
    accounts_team_views.blueprint,
    accounts_factor_views.blueprint,
    accounts_link_views.blueprint,
    contacts_organiser_views.blueprint,
    contacts_group_views.blueprint,
    contacts_double_views.blueprint,
    contacts_import_views.blueprint,
    events_organiser_views.blueprint,
    events_place_views.blueprint,
    programme_organiser_views.blueprint,
    programme_people_views.blueprint,
    invitations_organiser_views.blueprint,
    invitations_recipient_views.blueprint,
    invitations_single_views.blueprint,
    questions_organiser_views.blueprint,
    registrations_views.blueprint,
    registrations_party_views.blueprint,
    registrations_organiser_views.blueprint,
    registrations_reply_views.blueprint,
    registrations_bulk_views.blueprint,
    registrations_register_views.blueprint,
    registrations_review_views.blueprint,
    registrations_filling_views.blueprint,
    registrations_double_views.blueprint,
    registrations_heir_views.blueprint,
    registrations_line_views.blueprint,
    notices_organiser_views.blueprint,
    registrations_company_views.blueprint,
    registrations_asked_views.blueprint,
    registrations_questions_views.blueprint,
    registrations_objection_views.blueprint,
    registrations_own_views.blueprint,
    registrations_mending_views.blueprint,
    registrations_needs_views.blueprint,
    calendars_views.blueprint,
    list_blueprint(LISTINGS),
    kept_views.blueprint,
    desk_views.blueprint,
    desk_organiser_views.blueprint,
    desk_outbox_views.blueprint,
    desk_reading_views.blueprint,
    desk_deletion_views.blueprint,
    desk_search_views.blueprint,
    desk_history_views.blueprint,
    desk_trail_views.blueprint,
    desk_own_data_views.blueprint,
    desk_undo_views.blueprint,
)


def create_app(settings: Settings | None = None, **config: Any) -> Flask:
    """A ready application. Raises UnsafeSettings when a setting is missing or unsafe."""
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
    _init_extensions(app, settings)
    for blueprint in EDGES:
        app.register_blueprint(blueprint)
    answer_problems(app)
    _help_templates(app)
    access.public(app.view_functions["static"])
    access.enforce_access(app, check_access)
    return app


def _init_extensions(app: Flask, settings: Settings) -> None:
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    init_i18n(app, default=settings.default_locale)
    init_wake(app)
    http.secure_responses(app, settings)
    limiter.init_app(app)
    init_sign_in(app)


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

    app.jinja_env.globals.update(
        static_url=static_url, has_endpoint=has_endpoint, settings=app.config["SETTINGS"]
    )


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
    app = create_app()
    wanted = click.get_current_context().find_root().invoked_subcommand
    if wanted not in WITHOUT_TABLES:
        with app.app_context():
            bring_up_local_tables()
    return app


main = Commands(
    name="eventapp",
    places=COMMANDS,
    help="Invitations, registration, programme and talk rounds for one day of expert talks.",
)
