"""A page for guests: the organiser's questions, to be answered and changed by the personal link."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.foundation.access import bearer
from eventapp.foundation.errors import Invalid
from eventapp.foundation.forms import BaseForm
from eventapp.questions.answer_fields import with_questions
from eventapp.questions.sheet import Sheet
from eventapp.registrations import actions
from eventapp.registrations.asked import guest_sheet
from eventapp.registrations.guest_pages import frame_of, guesses_limited
from eventapp.registrations.models import Registration
from eventapp.registrations.permissions import registration_for_guest

blueprint = Blueprint("registrations_asked", __name__)
SEE_OTHER, WRONG = 303, 422


@blueprint.route("/r/<token>/questions", methods=["GET", "POST"])
@bearer
@guesses_limited
def answer(token: str) -> ResponseReturnValue:
    """What the organisers would like to know, with the answers so far."""
    registration = registration_for_guest(token)
    g.guest_locale = registration.locale
    sheet = guest_sheet(registration)
    if not sheet.in_form:
        return redirect(url_for("desk.personal_page", token=token), code=SEE_OTHER)
    form: Any = with_questions(BaseForm, sheet)()
    if form.validate_on_submit():
        try:
            actions.answer_questions(registration, form.answers())
        except Invalid as problem:
            sheet, form = refused(guest_sheet(registration), problem)
        else:
            flash(_("Thank you. Your answers are saved."), "success")
            return redirect(url_for("desk.personal_page", token=token), code=SEE_OTHER)
    return _page(registration, sheet, form)


def refused(sheet: Sheet, problem: Invalid) -> tuple[Sheet, Any]:
    """The form once more as it was sent, with what was full or gone when it was to be kept."""
    form: Any = with_questions(BaseForm, sheet)()
    if form.validate():
        form.refuse(problem)
    return sheet, form


def _page(registration: Registration, sheet: Sheet, form: Any) -> ResponseReturnValue:
    event = registration.event
    page = render_template(
        "registrations/asked/answer.html",
        token=registration.token,
        registration=registration,
        sheet=sheet,
        form=form,
        **frame_of(event),
    )
    return page, WRONG if form.errors else 200
