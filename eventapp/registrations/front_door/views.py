"""Pages on which anybody registers: the form, what happens now, and the link of the mail."""

from dataclasses import replace

from flask import (
    Blueprint,
    Response,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from eventapp.accounts.errors import TooManyAttempts
from eventapp.consents.promises import promises_for
from eventapp.events.models import Event
from eventapp.events.permissions import public_event
from eventapp.foundation import clock
from eventapp.foundation.access import bearer, public
from eventapp.foundation.attempts import CONFLICT, DONE, attempt
from eventapp.foundation.errors import NotFound, Refused
from eventapp.foundation.form_guard import form_token
from eventapp.foundation.forms import CSRF, ConfirmForm
from eventapp.foundation.http import no_store
from eventapp.foundation.i18n import current_locale
from eventapp.foundation.slots import slot
from eventapp.foundation.traps import opening_mark
from eventapp.questions.answer_fields import with_questions
from eventapp.registrations.asked import form_sheet
from eventapp.registrations.by_link_queries import Opened
from eventapp.registrations.errors import ForgottenConfirmation, UnknownConfirmation
from eventapp.registrations.forms import LostLinkForm
from eventapp.registrations.front_door import actions
from eventapp.registrations.front_door.blank_pages import blank_page
from eventapp.registrations.front_door.confirmation_page import confirmation_page
from eventapp.registrations.front_door.form_state import FormState
from eventapp.registrations.front_door.forms import (
    MOST_PEOPLE,
    RegisterForm,
    form_for,
    people_in,
    without_row,
)
from eventapp.registrations.front_door.opening import Opening, opening_of
from eventapp.registrations.front_door.prospects import Prospect, prospect_of
from eventapp.registrations.front_door.queries import events_to_register_for
from eventapp.registrations.guest_pages import NOT_FOUND, frame_of, guesses_limited
from eventapp.registrations.models import Registration
from eventapp.registrations.party import allowance_of
from eventapp.registrations.permissions import opened_to_confirm
from eventapp.registrations.requests import RegisterRequest
from eventapp.registrations.states import RegistrationState

blueprint = Blueprint("registrations_public", __name__)
SEE_OTHER, TOO_MANY = 303, 429
TYPED_ADDRESS = "registered_with"


@blueprint.app_errorhandler(UnknownConfirmation)
def unknown_confirmation(problem: UnknownConfirmation) -> Response:
    """For a link that is too old, how to register again; for a wrong one, how to get the right."""
    page = render_template(
        "registrations/unknown_confirmation.html",
        forgotten=isinstance(problem, ForgottenConfirmation),
        events=events_to_register_for(),
    )
    return no_store(make_response(page, NOT_FOUND))


@blueprint.route("/e/<slug>/register")
@public
def register(slug: str) -> Response:
    """The form, or why there is none; what registering leads to is said before anybody types."""
    words = {CSRF: form_token, "seen": opening_mark}
    return no_store(make_response(blank_page(slug, _blank_form, words)))


@blueprint.route("/e/<slug>/register", methods=["POST"])
@public
def send_form(slug: str) -> ResponseReturnValue:
    """Add or remove a row, or keep what was entered and mail the link; known or not alike."""
    event = public_event(slug)
    form = _form_class(event, _wanted_rows())(formdata=_sent())
    if {"add", "remove"} & request.form.keys():
        return no_store(_form_page(event, form))
    if opening_of(event) is not Opening.OPEN:  # it was, when the page was opened
        return no_store(_form_page(event, form, status=CONFLICT))
    try:
        status = attempt(form, lambda: actions.register(event, _request_of(form)))
    except TooManyAttempts as problem:
        form.form_errors.append(str(problem.text))
        page = no_store(_form_page(event, form, status=TOO_MANY))
        page.headers["Retry-After"] = str(problem.wait_seconds)
        return page
    if status != DONE:
        return no_store(_form_page(event, form, status=status))
    session[TYPED_ADDRESS] = [slug, form.keep("email"), form.people - 1]
    return redirect(url_for(".sent", slug=slug), code=SEE_OTHER)


@blueprint.route("/e/<slug>/register/sent")
@public
def sent(slug: str) -> ResponseReturnValue:
    """What happens now, in the same words for everybody; the link can be sent again from here.

    Who has sent no form, or that of another event, is led to it: no mail is on its way.
    """
    for_event, address, *colleagues = session.get(TYPED_ADDRESS) or ("", "")
    if for_event != slug:
        public_event(slug)
        return redirect(url_for(".register", slug=slug), code=SEE_OTHER)
    words = {
        CSRF: form_token,
        "address": lambda: address,
        "colleagues": lambda: _about_colleagues() if any(colleagues) else "",
    }
    return no_store(make_response(blank_page(slug, _blank_sent_page, words)))


@blueprint.route("/o/<token>")
@bearer
@guesses_limited
def confirmation(token: str) -> ResponseReturnValue:
    """Show what was entered and a button; opening the link alone confirms nothing."""
    opened = _opened(token)
    if opened.registration.state is not RegistrationState.UNCONFIRMED:
        return redirect(_personal_page(opened.registration), code=SEE_OTHER)
    return _confirmation_page(opened)


@blueprint.route("/o/<token>", methods=["POST"])
@bearer
@guesses_limited
def confirm(token: str) -> ResponseReturnValue:
    """The address is theirs; the personal page says what came of it."""
    opened = _opened(token)
    if not ConfirmForm().validate_on_submit():
        return _confirmation_page(opened)
    try:
        actions.confirm_registration(opened.registration)
    except NotFound:  # deleted between our look and our lock
        raise ForgottenConfirmation from None
    except Refused as problem:
        return _confirmation_page(opened, problem=str(problem.text))
    return redirect(_personal_page(opened.registration), code=SEE_OTHER)


def _form_class(event: Event, people: int) -> type[RegisterForm]:
    """The form with as many rows, and with the questions of the organisers at its end."""
    return with_questions(form_for(people, allowance_of(event, None)), form_sheet(event))


def _wanted_rows() -> int:
    rows = people_in(request.form.get("rows"))
    if "add" in request.form:
        return min(rows + 1, MOST_PEOPLE)
    return max(rows - 1, 1) if "remove" in request.form else rows


def _sent() -> MultiDict[str, str]:
    rows, gone = people_in(request.form.get("rows")), request.form.get("remove")
    return request.form if gone is None else without_row(request.form, gone, rows)


def _request_of(form: RegisterForm) -> RegisterRequest:
    asked_from = request.remote_addr or ""
    entered = form.request(locale=current_locale(), asked_from=asked_from)
    return replace(entered, answers=form.answers())


def _blank_form(event: Event, state: FormState) -> str:
    form = _form_class(event, 1)(formdata=None).for_anybody()
    form.seen.data = slot("seen")
    return _form_text(event, form, state.opening, state.prospect)


def _about_colleagues() -> str:
    return str(_("Colleagues whom you have registered get a mail each."))


def _blank_sent_page(event: Event, state: FormState) -> str:
    address = slot("address")
    return render_template(
        "registrations/register_sent.html",
        form=LostLinkForm(formdata=None, email=address).for_anybody(),
        address=address,
        colleagues=slot("colleagues"),
        prospect=state.prospect,
        **frame_of(event),
    )


def _form_page(event: Event, form: RegisterForm, *, status: int = 200) -> Response:
    page = _form_text(event, form, opening_of(event), prospect_of(event, clock.now()))
    return make_response(page, status)


def _form_text(event: Event, form: RegisterForm, opening: Opening, prospect: Prospect) -> str:
    return render_template(
        "registrations/register.html",
        form=form,
        opening=opening,
        prospect=prospect if opening is Opening.OPEN else None,
        most=MOST_PEOPLE,
        added=form.people if "add" in request.form else 0,
        company_entered=form.has_company(),
        promises=promises_for(event, current_locale()),
        **frame_of(event),
    )


def _opened(token: str) -> Opened:
    opened = opened_to_confirm(token)
    g.guest_locale = opened.registration.locale
    return opened


def _personal_page(registration: Registration) -> str:
    return url_for("desk.personal_page", token=registration.token)


def _confirmation_page(opened: Opened, *, problem: str = "") -> Response:
    page = confirmation_page(opened, problem)
    return make_response(page, CONFLICT if problem else 200)
