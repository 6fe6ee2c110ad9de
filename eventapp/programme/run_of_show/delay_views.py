"""Pages for organisers: what a delay would do, and doing it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import ORGANISERS
from eventapp.events.permissions import own_event
from eventapp.foundation.access import signed_in
from eventapp.foundation.attempts import CONFLICT, UNPROCESSABLE
from eventapp.foundation.errors import Invalid
from eventapp.foundation.forms import ConfirmForm
from eventapp.programme.editing import SEE_OTHER, done, frame
from eventapp.programme.run_of_show import actions, queries
from eventapp.programme.run_of_show.actions import late_after
from eventapp.programme.run_of_show.cues import RunOfShow
from eventapp.programme.run_of_show.errors import PlanMoved
from eventapp.programme.run_of_show.forms import DelayForm
from eventapp.programme.run_of_show.pages import sheet
from eventapp.programme.run_of_show.permissions import line_for_organiser
from eventapp.programme.run_of_show.preview import Preview, preview
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
    form = DelayForm(request.form if request.method == "POST" else request.args)
    asked = request.method == "POST" or "minutes" in request.args
    status = 200
    if form.validate_on_submit():
        try:
            actions.delay_from(event, row.id, form.keep("minutes"), mark=form.keep("mark"),
                               by=current_account())  # fmt: skip
        except PlanMoved as problem:
            form.form_errors.append(str(problem.text))
            status = CONFLICT
        except Invalid as problem:
            form.refuse(problem)
            status = UNPROCESSABLE
        else:
            said = _("The run of show is shifted: %(by)s.", by=late_words(form.keep("minutes")))
            return done(said, PLAN, slug, _anchor=f"line-{row.id}")
    show = queries.run_of_show(event)
    planned = _preview(show, line_id, form) if asked else None
    if form.errors and status == 200:
        status = UNPROCESSABLE
    form.mark.data = show.mark
    text = render_template(
        "programme/run_of_show/delay.html",
        form=form,
        cue=show.cue(line_id),
        preview=planned,
        usual=USUAL,
        **frame(event, "run_of_show") | sheet(show, None),
    )
    return text, status


def _preview(show: RunOfShow, line_id: int, form: DelayForm) -> Preview | None:
    """What the delay would do; None where the form says why not."""
    if not form.errors and not _is_good(form):
        return None
    if form.minutes.errors or not form.minutes.data:
        return None
    try:
        late_after(show, line_id, form.minutes.data)
    except Invalid as problem:
        form.refuse(problem)
        return None
    return preview(show, line_id, form.minutes.data)


def _is_good(form: DelayForm) -> bool:
    """Whether the minutes in an address are a number that may be; a look needs no token."""
    return bool(form.minutes.validate(form))


@blueprint.route("/on-time", methods=["POST"])
@signed_in(*ORGANISERS)
def on_time(slug: str) -> ResponseReturnValue:
    """No line is late any more."""
    event = own_event(slug)
    if ConfirmForm().validate_on_submit():
        actions.back_to_plan(event, by=current_account())
        flash(_("Everything begins as planned again."), "success")
    return redirect(url_for(PLAN, slug=slug), code=SEE_OTHER)
