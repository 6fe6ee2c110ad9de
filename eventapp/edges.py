"""All pages of the application, and what guards them: nothing of it is for the worker."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, url_for

from eventapp.accounts import factor_views as accounts_factor_views
from eventapp.accounts import link_views as accounts_link_views
from eventapp.accounts import listings as accounts_listings
from eventapp.accounts import organiser_views as accounts_organiser_views
from eventapp.accounts import team_views as accounts_team_views
from eventapp.accounts import views as accounts_views
from eventapp.accounts.refusals import check_access
from eventapp.accounts.views import init_sign_in
from eventapp.calendars import views as calendars_views
from eventapp.contacts import double_views as contacts_double_views
from eventapp.contacts import group_views as contacts_group_views
from eventapp.contacts import import_views as contacts_import_views
from eventapp.contacts import listings as contacts_listings
from eventapp.contacts import organiser_views as contacts_organiser_views
from eventapp.desk import deletion_views as desk_deletion_views
from eventapp.desk import edition_views as desk_edition_views
from eventapp.desk import erasing_views as desk_erasing_views
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
from eventapp.desk.programme import frame_views as desk_frame_views
from eventapp.desk.programme import organiser_views as desk_share_views
from eventapp.desk.programme import views as desk_programme_views
from eventapp.events import organiser_views as events_organiser_views
from eventapp.events import place_views as events_place_views
from eventapp.exports import guest_lists, kept_views
from eventapp.exports.organiser_views import list_blueprint
from eventapp.foundation import access, http
from eventapp.foundation import health as foundation_health
from eventapp.foundation.hrefs import mailto, web_address
from eventapp.foundation.limits import limiter
from eventapp.foundation.listing import AnyListing
from eventapp.foundation.problems import answer_problems
from eventapp.invitations import organiser_views as invitations_organiser_views
from eventapp.invitations import recipient_views as invitations_recipient_views
from eventapp.invitations import recipients as invitations_recipients
from eventapp.invitations import single_views as invitations_single_views
from eventapp.notices import organiser_views as notices_organiser_views
from eventapp.notices.releases import digest_views as notices_digest_views
from eventapp.notices.releases import organiser_views as notices_release_views
from eventapp.notices.releases import today_views as notices_today_views
from eventapp.programme import change_views as programme_change_views
from eventapp.programme import conflict_views as programme_conflict_views
from eventapp.programme import import_views as programme_import_views
from eventapp.programme import listings as programme_listings
from eventapp.programme import organiser_views as programme_organiser_views
from eventapp.programme import people_views as programme_people_views
from eventapp.programme import round_views as programme_round_views
from eventapp.programme import schedule_views as programme_schedule_views
from eventapp.programme import version_views as programme_version_views
from eventapp.programme.board import organiser_views as programme_board_views
from eventapp.programme.casting import organiser_views as programme_casting_views
from eventapp.programme.casting import paper_views as programme_paper_views
from eventapp.programme.casting import place_views as programme_place_views
from eventapp.programme.casting import request_views as programme_request_views
from eventapp.programme.day_of import sign_views as programme_door_sign_views
from eventapp.programme.run_of_show import delay_views as run_of_show_delay_views
from eventapp.programme.run_of_show import import_views as run_of_show_import_views
from eventapp.programme.run_of_show import listings as run_of_show_listings
from eventapp.programme.run_of_show import organiser_views as run_of_show_organiser_views
from eventapp.programme.run_of_show import views as run_of_show_views
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
from eventapp.registrations import sending_views as registrations_sending_views
from eventapp.registrations import views as registrations_views
from eventapp.registrations.doubles import organiser_views as registrations_double_views
from eventapp.registrations.front_door import organiser_views as registrations_review_views
from eventapp.registrations.front_door import views as registrations_register_views
from eventapp.registrations.own_data import organiser_views as registrations_mending_views
from eventapp.registrations.own_data import views as registrations_own_views
from eventapp.speakers import file_views as speakers_file_views
from eventapp.speakers import material_views as speakers_material_views
from eventapp.speakers import organiser_views as speakers_organiser_views
from eventapp.speakers import own_data_views as speakers_own_data_views
from eventapp.speakers import views as speakers_views

LISTINGS: tuple[AnyListing, ...] = (
    *accounts_listings.LISTINGS,
    *contacts_listings.LISTINGS,
    *programme_listings.LISTINGS,
    *run_of_show_listings.LISTINGS,
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
    programme_board_views.blueprint,
    programme_people_views.blueprint,
    programme_round_views.blueprint,
    programme_conflict_views.blueprint,
    programme_version_views.blueprint,
    programme_door_sign_views.blueprint,
    programme_change_views.blueprint,
    programme_import_views.blueprint,
    programme_schedule_views.blueprint,
    programme_casting_views.blueprint,
    programme_place_views.blueprint,
    programme_request_views.blueprint,
    programme_paper_views.blueprint,
    run_of_show_views.blueprint,
    run_of_show_organiser_views.blueprint,
    run_of_show_delay_views.blueprint,
    run_of_show_import_views.blueprint,
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
    registrations_sending_views.blueprint,
    registrations_double_views.blueprint,
    registrations_heir_views.blueprint,
    registrations_line_views.blueprint,
    notices_organiser_views.blueprint,
    notices_release_views.blueprint,
    notices_digest_views.blueprint,
    notices_today_views.blueprint,
    registrations_company_views.blueprint,
    registrations_asked_views.blueprint,
    registrations_questions_views.blueprint,
    registrations_objection_views.blueprint,
    registrations_own_views.blueprint,
    registrations_mending_views.blueprint,
    registrations_needs_views.blueprint,
    speakers_views.blueprint,
    speakers_material_views.blueprint,
    speakers_file_views.blueprint,
    speakers_own_data_views.blueprint,
    speakers_organiser_views.blueprint,
    calendars_views.blueprint,
    list_blueprint(LISTINGS),
    kept_views.blueprint,
    desk_views.blueprint,
    desk_organiser_views.blueprint,
    desk_outbox_views.blueprint,
    desk_reading_views.blueprint,
    desk_deletion_views.blueprint,
    desk_edition_views.blueprint,
    desk_erasing_views.blueprint,
    desk_search_views.blueprint,
    desk_history_views.blueprint,
    desk_trail_views.blueprint,
    desk_own_data_views.blueprint,
    desk_undo_views.blueprint,
    desk_programme_views.blueprint,
    desk_frame_views.blueprint,
    desk_share_views.blueprint,
)


def open_edges(app: Flask) -> None:
    """Give the application its pages, and what guards every request and dresses every answer."""
    http.secure_responses(app, app.config["SETTINGS"])
    limiter.init_app(app)
    init_sign_in(app)
    for blueprint in EDGES:
        app.register_blueprint(blueprint)
    answer_problems(app)
    _help_templates(app)
    access.public(app.view_functions["static"])
    access.enforce_access(app, check_access)


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

    app.add_template_filter(web_address)
    app.add_template_filter(mailto)
    app.jinja_env.globals.update(
        static_url=static_url, has_endpoint=has_endpoint, settings=app.config["SETTINGS"]
    )
