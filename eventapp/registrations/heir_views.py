"""Pages for guests without an invitation who send somebody else, or come themselves after all."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventapp.foundation.access import bearer
from eventapp.foundation.attempts import DONE, attempt
from eventapp.foundation.errors import Refused
from eventapp.foundation.forms import ConfirmForm
from eventapp.foundation.i18n import current_locale
from eventapp.registrations import actions
from eventapp.registrations.forms import SubstituteForm
from eventapp.registrations.guest_pages import frame_of, guesses_limited
from eventapp.registrations.models import Registration
from eventapp.registrations.party import company_words
from eventapp.registrations.permissions import may_hand_over, needs_look, registration_for_guest
from eventapp.registrations.states import RegistrationState
from eventapp.registrations.substitutions import may_change_mind, substitution_after
from eventapp.registrations.words import TELL_AGAIN

blueprint = Blueprint("registrations_heir", __name__)
SEE_OTHER = 303


@blueprint.route("/r/<token>/substitute")
@bearer
@guesses_limited
def name(token: str) -> ResponseReturnValue:
    """Who comes instead? Invited guests have that page at their invitation."""
    registration = _registration(token)
    if registration.invitation is not None and may_hand_over(registration):
        return redirect(url_for("registrations.substitute", token=registration.invitation.token))
    if not _may_name(registration):
        return redirect(url_for("desk.personal_page", token=token), code=SEE_OTHER)
    return _page(registration, SubstituteForm(formdata=None))


@blueprint.route("/r/<token>/substitute", methods=["POST"])
@bearer
@guesses_limited
def invite(token: str) -> ResponseReturnValue:
    """Pass the place on and invite whoever was named; the personal page says how things stand."""
    registration, form = _registration(token), SubstituteForm()
    hand_over, locale = actions.hand_over, current_locale()
    status = attempt(form, lambda: hand_over(registration, form.request(), locale=locale))
    if status != DONE:
        return _page(registration, form), status
    return redirect(url_for("desk.personal_page", token=token), code=SEE_OTHER)


@blueprint.route("/r/<token>/substitute/back", methods=["POST"])
@bearer
@guesses_limited
def take_back(token: str) -> ResponseReturnValue:
    """The guest comes after all; the substitute is told that they are not needed."""
    registration, form = _registration(token), ConfirmForm()
    if form.validate_on_submit():
        try:
            gave_up = not registration.is_live
            actions.take_place_back(registration, locale=current_locale())
        except Refused as problem:
            flash(str(problem.text), "warning")
        else:
            if gave_up:
                flash(str(TELL_AGAIN), "info")
    return redirect(url_for("desk.personal_page", token=token), code=SEE_OTHER)


def _registration(token: str) -> Registration:
    registration = registration_for_guest(token)
    g.guest_locale = registration.locale
    return registration


def _may_name(registration: Registration) -> bool:
    if registration.state is not RegistrationState.REPLACED:
        return may_hand_over(registration)
    return may_change_mind(registration, substitution_after(registration))


def _page(registration: Registration, form: SubstituteForm) -> str:
    return render_template(
        "registrations/substitute.html",
        form=form,
        way_back=url_for("desk.personal_page", token=registration.token),
        left_behind=company_words(registration.company),
        looked_at=needs_look(registration),
        **frame_of(registration.event),
    )
