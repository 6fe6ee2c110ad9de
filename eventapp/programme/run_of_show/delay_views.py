"""Pages for organisers: what a delay would do, and doing it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import ORGANISERS
from eventapp.events.models import Event
from eventapp.events.permissions import own_event
from eventapp.foundation.access import signed_in
from eventapp.foundation.attempts import DONE, SHOWN, UNPROCESSABLE, attempt
from eventapp.foundation.errors import Invalid
from eventapp.foundation.forms import ConfirmForm
from eventapp.programme.editing import SEE_OTHER, done, frame
from eventapp.programme.run_of_show import actions, queries
from eventapp.programme.run_of_show.actions import late_after
from eventapp.programme.run_of_show.forms import DelayForm
from eventapp.programme.run_of_show.models import ShowLine
from eventapp.programme.run_of_show.pages import sheet
from eventapp.programme.run_of_show.permissions import line_for_organiser
from eventapp.programme.run_of_show.preview import preview
from eventapp.programme.run_of_show.words import late_words

blueprint = Blueprint("run_of_show_delays", __name__, url_prefix="/organise/<slug>/run-of-show")
PLAN = "run_of_show.plan"
USUAL = (5, 10, 15)


@blueprint.route("/<int:line_id>/delay", methods=["GET", "POST"])
@signed_in(*ORGANISERS)
def delay(slug: str, line_id: int) -> ResponseReturnValue:
    """What a delay from this line on would do; the button does it, to the run of show alone."""
    event = own_event(slug)
    row = line_for_organiser(event, line_id)
    if request.method == "GET":
        form = DelayForm(request.args)
        if "minutes" in request.args:
            form.minutes.validate(form)  # a look needs no token
        return _page(event, row, form, UNPROCESSABLE if form.errors else SHOWN)
    form = DelayForm()

    def shift() -> None:
        minutes, mark = form.keep("minutes"), form.keep("mark")
        actions.delay_from(event, row.id, minutes, mark=mark, by=current_account())

    status = attempt(form, shift)
    if status != DONE:
        return _page(event, row, form, status)
    said = _("The run of show is shifted: %(by)s.", by=late_words(form.keep("minutes")))
    return done(said, PLAN, slug, _anchor=f"line-{row.id}")


def _page(event: Event, row: ShowLine, form: DelayForm, status: int) -> ResponseReturnValue:
    """The form, and what the minutes in it would do to the plan as it is now."""
    show = queries.run_of_show(event)
    minutes, planned = form.minutes.data, None
    if minutes and not form.minutes.errors:
        try:
            late_after(show, row.id, minutes)
            planned = preview(show, row.id, minutes)
        except Invalid as problem:
            form.refuse(problem)
            status = UNPROCESSABLE
    form.mark.data = show.mark
    text = render_template(
        "programme/run_of_show/delay.html",
        form=form,
        cue=show.cue(row.id),
        preview=planned,
        usual=USUAL,
        **frame(event, "run_of_show") | sheet(show, None),
    )
    return text, status


@blueprint.route("/on-time", methods=["POST"])
@signed_in(*ORGANISERS)
def on_time(slug: str) -> ResponseReturnValue:
    """No line is late any more."""
    event = own_event(slug)
    if ConfirmForm().validate_on_submit():
        actions.back_to_plan(event, by=current_account())
        flash(_("Everything begins as planned again."), "success")
    return redirect(url_for(PLAN, slug=slug), code=SEE_OTHER)
