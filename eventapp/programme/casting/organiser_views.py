"""Pages for organisers: the casting board, and the steps of a place."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import ORGANISERS
from eventapp.events.permissions import own_event
from eventapp.foundation.access import signed_in
from eventapp.foundation.forms import ConfirmForm
from eventapp.foundation.text import sort_key
from eventapp.programme.actions import take_out
from eventapp.programme.casting import actions
from eventapp.programme.casting.board import casting_board, filtered
from eventapp.programme.casting.frames import (
    back_to_board,
    board_address,
    casting_frame,
    chosen_person,
    chosen_stage,
    today_of,
)
from eventapp.programme.casting.queries import candidates_in
from eventapp.programme.casting.states import Direction, Stage
from eventapp.programme.editing import SEE_OTHER
from eventapp.programme.errors import NotNow
from eventapp.programme.permissions import contribution_for_organiser, session_for_organiser
from eventapp.programme.queries import programme_of
from eventapp.programme.states import ContributorState

blueprint = Blueprint("programme_casting", __name__)
PART = "/organise/<slug>/programme/casting/parts/<int:contribution_id>"
STEPS = {
    ContributorState.ASKED: actions.note_asked,
    ContributorState.AGREED: actions.agree,
    ContributorState.CONFIRMED: actions.confirm,
}


@blueprint.route("/organise/<slug>/programme/casting")
@signed_in(*ORGANISERS)
def board(slug: str) -> str:
    """Session by session who is sure, who is missing, and who is asked next; panels first."""
    event = own_event(slug)
    whole = casting_board(programme_of(event), candidates_in(event), today_of(event))
    stage, person = chosen_stage(), chosen_person()
    return render_template(
        "programme/casting/board.html",
        board=filtered(whole, stage, person),
        people=sorted(whole.people, key=lambda one: sort_key(one.last_name, one.first_name)),
        stage=stage,
        person=person,
        stages=Stage,
        confirm=ConfirmForm(),
        **casting_frame(event),
    )


@blueprint.route(f"{PART}/step", methods=["POST"])
@signed_in(*ORGANISERS)
def step(slug: str, contribution_id: int) -> ResponseReturnValue:
    """Note that somebody was asked without our mail, has agreed, or is confirmed."""
    part = contribution_for_organiser(own_event(slug), contribution_id)
    wanted = request.form.get("state", "")
    if not ConfirmForm().validate_on_submit():
        return redirect(board_address(slug, part.session), code=SEE_OTHER)
    if wanted not in set(STEPS):
        raise NotNow
    STEPS[ContributorState(wanted)](part, by=current_account())
    return back_to_board(_("Noted."), slug, part.session)


@blueprint.route(f"{PART}/next", methods=["POST"])
@signed_in(*ORGANISERS)
def follow(slug: str, contribution_id: int) -> ResponseReturnValue:
    """The next on the list takes the place of somebody who will not come."""
    part = contribution_for_organiser(own_event(slug), contribution_id)
    if not ConfirmForm().validate_on_submit():
        return redirect(board_address(slug, part.session), code=SEE_OTHER)
    new = actions.next_on_the_list(part, by=current_account())
    said = _("%(name)s has the place now. Next, ask them.", name=new.contributor.name)
    return back_to_board(said, slug, part.session)


@blueprint.route(f"{PART}/drop", methods=["POST"])
@signed_in(*ORGANISERS)
def drop(slug: str, contribution_id: int) -> ResponseReturnValue:
    """There is no such place any more; the person stays among the contributors."""
    part = contribution_for_organiser(own_event(slug), contribution_id)
    session, name = part.session, part.contributor.name
    if not ConfirmForm().validate_on_submit():
        return redirect(board_address(slug, session), code=SEE_OTHER)
    take_out(part, by=current_account())
    return back_to_board(_("%(name)s is out of the session.", name=name), slug, session)


@blueprint.route(f"{PART}/move", methods=["POST"])
@signed_in(*ORGANISERS)
def move(slug: str, contribution_id: int) -> ResponseReturnValue:
    """One place up or down on the podium."""
    part = contribution_for_organiser(own_event(slug), contribution_id)
    wanted = request.form.get("direction", "")
    if ConfirmForm().validate_on_submit() and wanted in set(Direction):
        actions.move_on_podium(part, Direction(wanted), by=current_account())
    return redirect(board_address(slug, part.session), code=SEE_OTHER)


@blueprint.route(
    "/organise/<slug>/programme/casting/sessions/<int:session_id>/order", methods=["POST"]
)
@signed_in(*ORGANISERS)
def arrange(slug: str, session_id: int) -> ResponseReturnValue:
    """The whole podium in an order, as it was dragged."""
    session = session_for_organiser(own_event(slug), session_id)
    if ConfirmForm().validate_on_submit():
        numbers = [one for one in request.form.get("order", "").split(",") if one.isdecimal()]
        order = [int(one) for one in numbers if len(one) < 10]
        actions.arrange_podium(session, order, by=current_account())
    return redirect(board_address(slug, session), code=SEE_OTHER)
