"""Pages for organisers: who gets a place, who could follow, and why somebody does not come."""

from collections.abc import Callable, Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import ORGANISERS
from eventapp.events.models import Event
from eventapp.events.permissions import own_event
from eventapp.foundation.access import signed_in
from eventapp.foundation.errors import Invalid
from eventapp.foundation.forms import BaseForm, ConfirmForm
from eventapp.foundation.text import sort_key
from eventapp.programme.casting import actions
from eventapp.programme.casting.forms import PlaceForm, RefusalForm, WhoForm
from eventapp.programme.casting.frames import (
    REFUSED_INPUT,
    back_to_board,
    board_address,
    casting_frame,
    here,
)
from eventapp.programme.casting.permissions import candidate_for_organiser
from eventapp.programme.casting.queries import candidates_for
from eventapp.programme.casting.states import Direction
from eventapp.programme.editing import SEE_OTHER
from eventapp.programme.kinds import usual_role
from eventapp.programme.models import Contribution, Contributor
from eventapp.programme.permissions import contribution_for_organiser, session_for_organiser
from eventapp.programme.queries import contributors_of
from eventapp.programme.states import NAMED_IN_PUBLIC, OUT

blueprint = Blueprint("programme_places", __name__)
PART = "/organise/<slug>/programme/casting/parts/<int:contribution_id>"
BOTH = ["GET", "POST"]


def _people(event: Event, first: Sequence[Contributor] = ()) -> list[Contributor]:
    """Everybody by name, after those who stand on the list."""
    rest = [one for one in contributors_of(event) if one not in first]
    return [*first, *sorted(rest, key=lambda one: sort_key(one.last_name, one.first_name))]


def _done(form: BaseForm, act: Callable[[], object]) -> bool:
    """Act if a good form was sent; what is refused stands beside its field."""
    if not form.validate_on_submit():
        return False
    try:
        act()
    except Invalid as problem:
        form.refuse(problem)
        return False
    return True


def _page(event: Event, name: str, form: BaseForm, **shown: object) -> ResponseReturnValue:
    page = render_template(
        f"programme/casting/{name}.html", form=form, **shown, **casting_frame(event)
    )
    return page, REFUSED_INPUT if form.errors else 200


@blueprint.route(
    "/organise/<slug>/programme/casting/sessions/<int:session_id>/people", methods=BOTH
)
@signed_in(*ORGANISERS)
def add(slug: str, session_id: int) -> ResponseReturnValue:
    """Pencil somebody in for a session."""
    event = own_event(slug)
    session = session_for_organiser(event, session_id)
    roles = [part.role for part in session.contributions if part.state not in OUT]
    form = PlaceForm(_people(event), data={"role": usual_role(session.kind, roles).value})

    def act() -> None:
        actions.add_to_cast(session, form.who(), form.role.member(), by=current_account())

    if _done(form, act):
        return back_to_board(_("Pencilled in. Next, ask them."), slug, session)
    return _page(event, "add", form, session=session)


@blueprint.route(f"{PART}/refusal", methods=BOTH)
@signed_in(*ORGANISERS)
def refuse(slug: str, contribution_id: int) -> ResponseReturnValue:
    """Note that somebody will not come, and why."""
    event = own_event(slug)
    part = contribution_for_organiser(event, contribution_id)
    form = RefusalForm()

    def act() -> None:
        actions.decline(part, form.keep("reason"), by=current_account())

    if _done(form, act):
        said = _("Noted. The place of %(name)s is open.", name=part.contributor.name)
        return back_to_board(said, slug, part.session)
    promised = part.state in NAMED_IN_PUBLIC
    return _page(event, "refusal", form, part=part, promised=promised)


@blueprint.route(f"{PART}/replacement", methods=BOTH)
@signed_in(*ORGANISERS)
def replace(slug: str, contribution_id: int) -> ResponseReturnValue:
    """Choose who takes the place of somebody who will not come."""
    event = own_event(slug)
    part = contribution_for_organiser(event, contribution_id)
    candidates = [one.contributor for one in candidates_for(part)]
    form = WhoForm(_people(event, candidates))

    def act() -> None:
        actions.replace_by(part, form.who(), by=current_account())

    if _done(form, act):
        return back_to_board(_("The place is taken. Next, ask them."), slug, part.session)
    return _page(event, "replacement", form, part=part)


@blueprint.route(f"{PART}/candidates", methods=BOTH)
@signed_in(*ORGANISERS)
def candidates(slug: str, contribution_id: int) -> ResponseReturnValue:
    """Who could take a place, in the order in which they would be asked."""
    event = own_event(slug)
    part = contribution_for_organiser(event, contribution_id)
    form = WhoForm(_people(event))

    def act() -> None:
        actions.add_candidate(part, form.who(), by=current_account())

    if _done(form, act):
        return redirect(_list_address(slug, part), code=SEE_OTHER)
    rows = candidates_for(part)
    return _page(event, "candidates", form, part=part, rows=rows, back=_back(slug, part))


@blueprint.route(f"{PART}/candidates/arrange", methods=["POST"])
@signed_in(*ORGANISERS)
def arrange_candidates(slug: str, contribution_id: int) -> ResponseReturnValue:
    """Move somebody on the list, or take them off it: "up-7", "down-7", "remove-7"."""
    event = own_event(slug)
    part = contribution_for_organiser(event, contribution_id)
    verb, _dash, number = request.form.get("arrange", "").partition("-")
    if ConfirmForm().validate_on_submit() and number.isdecimal() and len(number) < 10:
        row = candidate_for_organiser(event, part, int(number))
        if verb == "remove":
            actions.remove_candidate(row, by=current_account())
        elif verb in set(Direction):
            actions.move_candidate(row, Direction(verb), by=current_account())
    return redirect(_list_address(slug, part), code=SEE_OTHER)


def _list_address(slug: str, part: Contribution) -> str:
    where = "programme_places.candidates"
    return url_for(where, slug=slug, contribution_id=part.id, **here())


def _back(slug: str, part: Contribution) -> str:
    return board_address(slug, part.session)
