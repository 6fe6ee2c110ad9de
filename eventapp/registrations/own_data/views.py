"""What guests do on their own page: consents, diet and support, their details, their address."""

from flask import Blueprint, flash, g, make_response, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import refresh

from eventapp.accounts.errors import TooManyAttempts
from eventapp.consents.forms import NeedsForm
from eventapp.consents.promises import promises_for
from eventapp.consents.queries import needs_of
from eventapp.consents.states import TICKED, ConsentKind
from eventapp.foundation.access import bearer
from eventapp.foundation.attempts import CONFLICT, DONE, UNPROCESSABLE, attempt
from eventapp.foundation.errors import Invalid, NotFound, Refused
from eventapp.foundation.forms import BaseForm, ConfirmForm
from eventapp.foundation.i18n import current_locale
from eventapp.registrations import actions as registrations
from eventapp.registrations.guest_pages import frame_of, guesses_limited
from eventapp.registrations.models import Registration
from eventapp.registrations.own_data import actions
from eventapp.registrations.own_data.forms import AddressForm, CodeForm, DetailsForm
from eventapp.registrations.permissions import may_tell_needs, registration_for_guest

blueprint = Blueprint("registrations_own", __name__, url_prefix="/r/<token>")
SEE_OTHER, TOO_MANY = 303, 429
NEW_ADDRESS = "new_address"
CONSENTS = "consents"
"""The part of the personal page, and the kind of message that stands there."""


@blueprint.route("/consents/<consent>", methods=["POST"])
@bearer
@guesses_limited
def agree(token: str, consent: str) -> ResponseReturnValue:
    """Consent to one thing, in the words that stood beside the button."""
    registration = _registration(token)
    if ConfirmForm().validate_on_submit():
        registrations.agree(registration, _kind(consent), locale=current_locale())
        flash(_("You have agreed. You can withdraw this at any time."), CONSENTS)
    return _back(token, CONSENTS)


@blueprint.route("/consents/<consent>/withdraw", methods=["POST"])
@bearer
@guesses_limited
def withdraw(token: str, consent: str) -> ResponseReturnValue:
    """Take one consent back; it holds from this moment on."""
    registration = _registration(token)
    if ConfirmForm().validate_on_submit():
        registrations.withdraw_consent(registration, _kind(consent))
        flash(_("Your consent is withdrawn."), CONSENTS)
    return _back(token, CONSENTS)


@blueprint.route("/needs", methods=["GET", "POST"])
@bearer
@guesses_limited
def needs(token: str) -> ResponseReturnValue:
    """Say something about diet or support, change it, or empty the fields."""
    registration = _registration(token)
    form, tell = NeedsForm(obj=needs_of(registration.id)), registrations.tell_needs
    locale = current_locale()
    status = attempt(form, lambda: tell(registration, form.request(), locale=locale))
    if status == DONE:
        flash(_("Saved. Only few people see what you said."), CONSENTS)
        return _back(token, CONSENTS)
    page = render_template(
        "registrations/needs.html",
        form=form,
        token=token,
        stored=needs_of(registration.id),
        may_tell=may_tell_needs(registration),
        promises=promises_for(registration.event, current_locale()),
        **frame_of(registration.event),
    )
    return make_response(page, status)


@blueprint.route("/needs/withdraw", methods=["POST"])
@bearer
@guesses_limited
def withdraw_needs(token: str) -> ResponseReturnValue:
    """Take the consent back; what was said is erased at once."""
    registration = _registration(token)
    if ConfirmForm().validate_on_submit():
        registrations.withdraw_consent(registration, ConsentKind.NEEDS)
        flash(_("What you said about diet and support is deleted."), CONSENTS)
    return _back(token, CONSENTS)


@blueprint.route("/details", methods=["GET", "POST"])
@bearer
@guesses_limited
def details(token: str) -> ResponseReturnValue:
    """Correct name, work and place; nothing a colleague or a guest did meanwhile is overwritten."""
    registration = _registration(token)
    form, change = DetailsForm(registration), actions.change_details
    status = attempt(form, lambda: change(registration, form.request(), seen=form.seen_version()))
    if status == DONE:
        flash(_("Your details are changed."), "success")
        return _back(token)
    if status == CONFLICT:
        form.seen.data = str(registration.version)
    return _page(registration, "details", form, status=status)


@blueprint.route("/address")
@bearer
@guesses_limited
def address(token: str) -> ResponseReturnValue:
    """Where to type a new address, and then the code that went there."""
    return _address_page(_registration(token))


@blueprint.route("/address", methods=["POST"])
@bearer
@guesses_limited
def send_code(token: str) -> ResponseReturnValue:
    """Mail a code to the new address."""
    registration, form = _registration(token), AddressForm()
    if not form.validate_on_submit():
        return _address_page(registration, form, status=UNPROCESSABLE)
    try:
        actions.ask_for_address(registration, form.keep("email"))
    except (Invalid, TooManyAttempts) as problem:
        return _address_page(registration, form, problem=problem)
    session[NEW_ADDRESS] = {"of": registration.public_id, "email": form.keep("email")}
    return redirect(url_for(".address", token=token), code=SEE_OTHER)


@blueprint.route("/address/code", methods=["POST"])
@bearer
@guesses_limited
def take_address(token: str) -> ResponseReturnValue:
    """Take the new address if the code is right."""
    registration, form = _registration(token), CodeForm()
    email = _asked_for(registration)
    if not email:
        return redirect(url_for(".address", token=token), code=SEE_OTHER)
    if not form.validate_on_submit():
        return _address_page(registration, form, status=UNPROCESSABLE)
    try:
        actions.change_address(registration, email, code=str(form.code.data))
    except (Invalid, Refused, TooManyAttempts) as problem:
        return _address_page(registration, form, problem=problem)
    session.pop(NEW_ADDRESS, None)
    flash(_("Your new address is %(email)s.", email=email), "success")
    return _back(registration.token)  # the link of this page opens nothing any more


def _asked_for(registration: Registration) -> str:
    """The address to which a code went from this browser, for this guest."""
    asked = session.get(NEW_ADDRESS)
    return str(asked["email"]) if asked and asked["of"] == registration.public_id else ""


def _address_page(
    registration: Registration,
    form: AddressForm | CodeForm | None = None,
    *,
    status: int = 200,
    problem: Invalid | Refused | TooManyAttempts | None = None,
) -> ResponseReturnValue:
    """Both steps on one page; `form` is the one that was sent."""
    asked = _asked_for(registration)
    shown: BaseForm = form or (CodeForm(formdata=None) if asked else AddressForm(formdata=None))
    if isinstance(problem, Invalid):
        shown.refuse(problem)
        status = UNPROCESSABLE
    elif problem is not None:
        shown.form_errors.append(str(problem.text))
        status = TOO_MANY if isinstance(problem, TooManyAttempts) else CONFLICT
    return _page(registration, "address", shown, asked=asked, status=status)


def _page(
    registration: Registration, name: str, form: BaseForm, *, asked: str = "", status: int
) -> ResponseReturnValue:
    page = render_template(
        f"registrations/{name}.html",
        form=form,
        token=registration.token,
        registration=registration,
        asked=asked,
        **frame_of(registration.event),
    )
    return make_response(page, status)


def _kind(consent: str) -> ConsentKind:
    """One of the consents that stand for themselves. Raises NotFound."""
    if consent not in set(TICKED):
        raise NotFound
    return ConsentKind(consent)


def _registration(token: str) -> Registration:
    registration = registration_for_guest(token)
    g.guest_locale = registration.locale
    refresh()
    return registration


def _back(token: str, part: str | None = None) -> ResponseReturnValue:
    return redirect(url_for("desk.personal_page", token=token, _anchor=part), code=SEE_OTHER)
