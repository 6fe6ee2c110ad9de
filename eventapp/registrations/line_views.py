"""What a guest of the waiting list presses on the personal page: yes, no, or once more please."""

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.foundation.access import bearer
from eventapp.foundation.errors import Refused
from eventapp.foundation.forms import ConfirmForm
from eventapp.foundation.i18n import current_locale
from eventapp.registrations import actions
from eventapp.registrations.forms import Answer, AnswerForm
from eventapp.registrations.guest_pages import guesses_limited
from eventapp.registrations.permissions import registration_for_guest

blueprint = Blueprint("registrations_line", __name__)
SEE_OTHER = 303


@blueprint.route("/r/<token>/offer", methods=["POST"])
@bearer
@guesses_limited
def answer_offer(token: str) -> ResponseReturnValue:
    """Accept or decline the place that is held; the page says what came of it."""
    registration, form = registration_for_guest(token), AnswerForm()
    g.guest_locale = registration.locale
    if form.validate_on_submit():
        step = actions.accept_offer if form.choice() is Answer.YES else actions.decline_offer
        try:
            step(registration, locale=current_locale())
        except Refused as problem:  # the deadline is over, or another device was faster
            flash(str(problem.text), "warning")
    else:
        flash(_("Please choose one of the options."), "warning")
    return redirect(url_for("desk.personal_page", token=token), code=SEE_OTHER)


@blueprint.route("/r/<token>/line", methods=["POST"])
@bearer
@guesses_limited
def join_again(token: str) -> ResponseReturnValue:
    """Who let an offer lapse joins the line again, at its end."""
    registration, form = registration_for_guest(token), ConfirmForm()
    g.guest_locale = registration.locale
    if form.validate_on_submit():
        try:
            actions.return_to_line(registration, locale=current_locale())
        except Refused as problem:
            flash(str(problem.text), "warning")
    return redirect(url_for("desk.personal_page", token=token), code=SEE_OTHER)
