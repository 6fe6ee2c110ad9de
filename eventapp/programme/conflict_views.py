"""Pages for organisers: ways out of conflicts, hints one has taken note of, rounds arranged."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import ORGANISERS
from eventapp.events.models import Event
from eventapp.events.permissions import own_event
from eventapp.foundation.access import signed_in
from eventapp.foundation.errors import Invalid
from eventapp.foundation.forms import ConfirmForm
from eventapp.programme import actions, queries
from eventapp.programme.conflict_pages import arranged, hint_in, read_moves
from eventapp.programme.editing import CONFLICT, LIST, SEE_OTHER, done, frame
from eventapp.programme.errors import MovedMeanwhile, OnlyHints, WouldCollide
from eventapp.programme.forms import HintForm, SessionForm, differences
from eventapp.programme.permissions import acknowledged_for_organiser, session_for_organiser

blueprint = Blueprint("programme_conflicts", __name__)
BOTH = ["GET", "POST"]
UNPROCESSABLE = 422


@blueprint.route("/organise/<slug>/programme/hints/<fingerprint>", methods=BOTH)
@signed_in(*ORGANISERS)
def hint(slug: str, fingerprint: str) -> ResponseReturnValue:
    """One hint, and why it may stay; one that is not there any more leads back to the list."""
    event, form = own_event(slug), HintForm()
    trouble = hint_in(queries.programme_of(event), fingerprint)
    if trouble is None:
        flash(str(OnlyHints.default()), "info")
        return redirect(url_for(LIST, slug=slug), code=SEE_OTHER)
    if form.validate_on_submit():
        try:
            actions.acknowledge_conflict(
                event, fingerprint, form.keep("reason"), by=current_account()
            )
        except Invalid as problem:
            form.refuse(problem)
        else:
            return done(_("Noted. The hint stands under “Taken note of”."), LIST, slug)
    text = render_template(
        "programme/organiser/hint.html", form=form, trouble=trouble, **frame(event, "programme")
    )
    return text, UNPROCESSABLE if form.is_submitted() else 200


@blueprint.route("/organise/<slug>/programme/hints/<int:number>/show", methods=["POST"])
@signed_in(*ORGANISERS)
def show_again(slug: str, number: int) -> ResponseReturnValue:
    """A hint of which somebody took note stands among the others again."""
    event = own_event(slug)
    row = acknowledged_for_organiser(event, number)
    if ConfirmForm().validate_on_submit():
        actions.withdraw_acknowledgement(row, by=current_account())
    return done(_("The hint is shown again."), LIST, slug)


@blueprint.route("/organise/<slug>/programme/move", methods=["POST"])
@signed_in(*ORGANISERS)
def move(slug: str) -> ResponseReturnValue:
    """Take a suggestion, unless somebody was faster or it would do harm by now."""
    event = own_event(slug)
    if not ConfirmForm().validate_on_submit():
        return redirect(url_for(LIST, slug=slug), code=SEE_OTHER)
    return _moved(event, request.form.getlist("move"), _("Moved. The conflict is solved."))


@blueprint.route("/organise/<slug>/programme/arrange", methods=BOTH)
@signed_in(*ORGANISERS)
def arrange(slug: str) -> ResponseReturnValue:
    """Where rounds without a time could be; the button puts them there as drafts."""
    event = own_event(slug)
    if ConfirmForm().validate_on_submit():
        moves = request.form.getlist("move")
        said = ngettext(
            "One talk round is planned as a draft.",
            "%(num)s talk rounds are planned as drafts.",
            len(moves),
        )
        return _moved(event, moves, said)
    return render_template(
        "programme/organiser/arrange.html",
        plan=arranged(queries.programme_of(event)),
        confirm=ConfirmForm(),
        **frame(event, "programme"),
    )


def _moved(event: Event, written: Sequence[str], said: str) -> ResponseReturnValue:
    if not written:
        return redirect(url_for(LIST, slug=event.slug), code=SEE_OTHER)
    try:
        actions.move_without_harm(event, read_moves(written), by=current_account())
    except MovedMeanwhile as problem:
        return _not_moved(event, problem)
    except WouldCollide as problem:
        return _not_moved(event, problem)
    return done(said, LIST, event.slug)


def _not_moved(event: Event, problem: MovedMeanwhile | WouldCollide) -> ResponseReturnValue:
    """Why nothing was moved: the stored version beside the wanted one, or what would collide."""
    session, rows = None, []
    if isinstance(problem, MovedMeanwhile):
        session = session_for_organiser(event, problem.number)
        whole = queries.programme_of(event)
        rows = differences(SessionForm(whole, session), problem.differences, whole)
    text = render_template(
        "programme/organiser/not_moved.html",
        problem=problem,
        session=session,
        differences=rows,
        **frame(event, "programme"),
    )
    return text, CONFLICT
