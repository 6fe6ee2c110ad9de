"""Pages for guests and for everybody: start page, an event's public page, the personal page."""

from typing import cast

from flask import Blueprint, Flask, Response, current_app, g, render_template, url_for
from flask.sansio.blueprints import BlueprintSetupState
from flask_babel import refresh

from eventapp.accounts.queries import only_host
from eventapp.calendars.answers import calendar_answer
from eventapp.desk import queries
from eventapp.desk.front import big_day, front_of, heading_of
from eventapp.desk.kept_pages import kept_page, page_answer
from eventapp.desk.personal import consents_of, needs_row, standing_of
from eventapp.desk.queries import FrontVersion
from eventapp.desk.revisits import RevisitAnswers
from eventapp.desk.standing import off, places_fact
from eventapp.events.calendar_entry import event_calendar_file, tentative_calendar_file
from eventapp.events.permissions import public_event
from eventapp.events.queries import past_public_events, public_events, rooms_of
from eventapp.foundation import clock
from eventapp.foundation.access import bearer, public
from eventapp.foundation.errors import NotFound
from eventapp.foundation.forms import ConfirmForm
from eventapp.foundation.i18n import current_locale
from eventapp.foundation.qr import qr_code
from eventapp.programme.queries import public_programme
from eventapp.registrations.asked import guest_sheet
from eventapp.registrations.front_door.opening import Opening, opening_of
from eventapp.registrations.front_door.prospects import prospect_of
from eventapp.registrations.heir_queries import proposal_of
from eventapp.registrations.models import Registration
from eventapp.registrations.party import party_sheet
from eventapp.registrations.permissions import (
    may_accept_offer,
    may_answer,
    may_cancel,
    may_hand_over,
    may_return_to_line,
    needs_look,
    registration_for_guest,
)
from eventapp.registrations.queries import rank_of
from eventapp.registrations.states import RegistrationState
from eventapp.registrations.substitutions import (
    SubstituteAnswer,
    Substitution,
    may_change_mind,
    substitution_after,
    substitution_by,
)
from eventapp.registrations.waiting_rule import rule_sentences

blueprint = Blueprint("desk", __name__)


@blueprint.record_once
def answer_revisits_early(state: BlueprintSetupState) -> None:
    """Repeated visits with nothing new to tell need not wait for the rest of the application."""
    app = cast("Flask", state.app)
    app.wsgi_app = RevisitAnswers(app)  # type: ignore[method-assign]  # Flask documents it


@blueprint.route("/")
@public
def index() -> str:
    """What is coming up, next event first, and what has been."""
    rows = [
        (event, heading_of(event), big_day(event), places_fact(event, version), off(version.phase))
        for event, version in queries.with_versions(public_events())
    ]
    past = [(event, heading_of(event)) for event in past_public_events()]
    return render_template("desk/index.html", rows=rows, past=past, host=only_host())


@blueprint.route("/e/<slug>/")
@public
def event_page(slug: str) -> Response:
    """Date, place, programme, calendar and partners of an event."""
    version = queries.front_version(slug)
    if version is None:
        raise NotFound
    return page_answer(kept_page((current_locale(), version), lambda: _front_page(slug, version)))


def _front_page(slug: str, version: FrontVersion) -> str:
    event = public_event(slug)
    programme = public_programme(event)
    front = front_of(event, rooms_of(event), programme, version)
    return render_template(
        "desk/event_page.html",
        event=event,
        programme=programme,
        front=front,
        phase=version.phase,
        base_url=_base_url(),
    )


@blueprint.route("/r/<token>")
@bearer
def personal_page(token: str) -> str:
    """A guest's own page: where they stand, the pass, the calendar, consents, what to change."""
    registration = _registration(token)
    event = registration.event
    holds = registration.state is RegistrationState.CONFIRMED
    asked, substitution = guest_sheet(registration), _substitution(registration)
    return render_template(
        "desk/personal_page.html",
        token=token,
        registration=registration,
        event=event,
        heading=heading_of(event),
        day=big_day(event),
        standing=standing_of(
            registration,
            rank_of(registration),
            to_answer=len(asked.open),
            substitution=substitution,
        ),
        substitution=substitution,
        proposal=proposal_of(registration) if needs_look(registration) else None,
        phase=queries.phase_of(event),
        qr=qr_code(registration.public_id) if holds else None,
        consents=consents_of(registration),
        asked=asked,
        needs=needs_row(registration),
        form=ConfirmForm(formdata=None),
        rule_sentences=rule_sentences,
        party=party_sheet(registration),
        **_ways_on(registration, substitution),
        base_url=_base_url(),
    )


@blueprint.route("/r/<token>/calendar.ics")
@bearer
def personal_calendar_file(token: str) -> Response:
    """The event as one calendar entry, the same that the confirmation carries.

    Tentative for who waits. Raises NotFound for who does not come.
    """
    registration = _registration(token)
    if not registration.is_live:
        raise NotFound
    event = registration.event
    waits = registration.state is not RegistrationState.CONFIRMED
    make = tentative_calendar_file if waits else event_calendar_file
    return calendar_answer(
        lambda: make(event, current_locale(), _base_url()),
        etag=f"{event.id}-{event.revision}-{registration.state}-{current_locale()}",
        last_modified=event.last_modified_at,
        name=event.slug,
    )


def _ways_on(
    registration: Registration, substitution: Substitution | None
) -> dict[str, str | bool | None]:
    """What the guest can do, and where they can go; None for each way that is closed."""
    return {
        "may_cancel": may_cancel(registration),
        "may_accept_offer": may_accept_offer(registration),
        "may_return": may_return_to_line(registration),
        "hand_over": _way_to_hand_over(registration, substitution),
        "may_take_back": may_change_mind(registration, substitution),
        "answer_again": _way_to_answer_again(registration, substitution),
        "register_again": _way_to_register_again(registration, substitution),
    }


def _way_to_hand_over(registration: Registration, substitution: Substitution | None) -> str | None:
    """Where the guest names somebody to come instead, also another one while there is no answer."""
    invitation = registration.invitation
    if invitation is None:
        may = may_hand_over(registration) or may_change_mind(registration, substitution)
        return url_for("registrations_heir.name", token=registration.token) if may else None
    if not may_hand_over(registration):
        return None
    return url_for("registrations.substitute", token=invitation.token)


def _substitution(registration: Registration) -> Substitution | None:
    """How things stand with whoever was named to come instead of this guest."""
    if registration.state is not RegistrationState.REPLACED:
        return None
    invitation = registration.invitation
    return substitution_by(invitation) if invitation else substitution_after(registration)


def _way_to_register_again(
    registration: Registration, substitution: Substitution | None
) -> str | None:
    """The public form, empty, for who was not invited and has cancelled, or for whom nobody comes
    any more, while it is open."""
    event, invited = registration.event, registration.invitation is not None
    left = substitution is not None and substitution.has_ended
    gone = registration.state is RegistrationState.CANCELLED or left
    if invited or not gone or opening_of(event) is not Opening.OPEN:
        return None
    if not prospect_of(event, clock.now()).is_open:
        return None
    return url_for("registrations_public.register", slug=event.slug)


def _way_to_answer_again(
    registration: Registration, substitution: Substitution | None
) -> str | None:
    """Where an invited guest who cancelled, or whose substitute may not come, thinks again."""
    invitation = registration.invitation
    if substitution is not None and substitution.answer is SubstituteAnswer.COMES:
        return None
    if registration.is_live or may_return_to_line(registration):
        return None
    if invitation is None or not may_answer(invitation):
        return None
    return url_for("registrations.answer", token=invitation.token)


def _registration(token: str) -> Registration:
    registration = registration_for_guest(token)
    g.guest_locale = registration.locale
    refresh()
    return registration


def _base_url() -> str:
    return str(current_app.config["SETTINGS"].base_url)
