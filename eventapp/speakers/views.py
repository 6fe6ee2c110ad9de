"""The contributor's own page: where they stand, yes and no, what is new."""

from flask import Blueprint, Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.foundation.access import bearer
from eventapp.foundation.attempts import DONE, attempt
from eventapp.foundation.errors import NotFound, Refused
from eventapp.foundation.forms import ConfirmForm
from eventapp.programme.kinds import role_label
from eventapp.programme.words import contributor_badge, contributor_state_label
from eventapp.registrations.guest_pages import guesses_limited
from eventapp.speakers import actions
from eventapp.speakers.calendar_file import own_calendar
from eventapp.speakers.forms import AgreeForm, RefusalForm, SeenForm
from eventapp.speakers.material import TITLES
from eventapp.speakers.pages import HOME, SEE_OTHER, answer, opened, show
from eventapp.speakers.permissions import (
    contribution_for_contributor,
    may_give_up,
    takes_place,
)
from eventapp.speakers.reading import sessions_of, speaker_page
from eventapp.speakers.states import FILES, Material

blueprint = Blueprint("speakers", __name__)
BOTH = ["GET", "POST"]
WAYS = {
    kind: f"speakers_{'files' if kind in FILES else 'material'}.{kind.value}" for kind in Material
}
"""Which page asks for what."""


@blueprint.route("/s/<token>")
@bearer
@guesses_limited
def page(token: str) -> str:
    """Where the person stands, their sessions, and what there is to say and hand in."""
    person = opened(token)
    shown = speaker_page(person)
    return show(
        "page",
        person,
        token,
        page=shown,
        missing=[TITLES[one] for one in shown.stock.missing],
        ways=WAYS,
        form=ConfirmForm(formdata=None),
        promises=takes_place(person.event),
        titles=TITLES,
        kinds=list(Material),
        role_label=role_label,
        state_label=contributor_state_label,
        state_badge=contributor_badge,
    )


@blueprint.route("/s/<token>/contributions/<int:contribution_id>/agree", methods=["POST"])
@bearer
@guesses_limited
def agree(token: str, contribution_id: int) -> ResponseReturnValue:
    """Say yes to one part."""
    person = opened(token)
    part, form = contribution_for_contributor(person, contribution_id), AgreeForm()
    if form.validate_on_submit():
        try:
            actions.agree(part, mark=form.seen)
        except Refused as problem:
            flash(str(problem.text), "warning")
    return redirect(url_for(HOME, token=token), code=SEE_OTHER)


@blueprint.route("/s/<token>/contributions/<int:contribution_id>/decline", methods=BOTH)
@bearer
@guesses_limited
def decline(token: str, contribution_id: int) -> ResponseReturnValue:
    """Say no to one part, or take a yes back: why, and who could come instead."""
    person = opened(token)
    part, form = contribution_for_contributor(person, contribution_id), RefusalForm()
    shown = next(one for one in sessions_of(person) if one.part_id == part.id)
    status = attempt(form, lambda: actions.decline(part, form.refusal()))
    if status == DONE:
        flash(_("Noted. Thank you for telling us."), "success")
        return redirect(url_for(HOME, token=token), code=SEE_OTHER)
    text = show(
        "decline",
        person,
        token,
        form=form,
        part=part,
        session=shown,
        may=may_give_up(part, person.event),
        role_label=role_label,
    )
    return answer(text, status)


@blueprint.route("/s/<token>/seen", methods=["POST"])
@bearer
@guesses_limited
def seen(token: str) -> ResponseReturnValue:
    """Note that what is new was read."""
    person, form = opened(token), SeenForm()
    if form.validate_on_submit():
        try:
            actions.acknowledge(person, mark=form.seen)
        except Refused as problem:
            flash(str(problem.text), "warning")
    return redirect(url_for(HOME, token=token), code=SEE_OTHER)


@blueprint.route("/s/<token>/calendar.ics")
@bearer
@guesses_limited
def calendar(token: str) -> Response:
    """The person's own sessions as calendar entries."""
    person = opened(token)
    content = own_calendar(person)
    if content is None:
        raise NotFound
    response = Response(content, mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'attachment; filename="{person.event.slug}.ics"'
    return response
