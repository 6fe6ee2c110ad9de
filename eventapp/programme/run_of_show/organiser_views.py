"""Pages for organisers: lines changed in place, sessions taken over, the link of the crew."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import ORGANISERS
from eventapp.events.forms import Difference
from eventapp.events.forms import differences as in_words
from eventapp.events.models import Event
from eventapp.events.permissions import own_event
from eventapp.events.queries import rooms_of
from eventapp.foundation.access import signed_in
from eventapp.foundation.attempts import CONFLICT, UNPROCESSABLE
from eventapp.foundation.errors import Invalid, Stale
from eventapp.foundation.forms import ConfirmForm
from eventapp.foundation.qr import qr_code
from eventapp.programme import queries as programme_queries
from eventapp.programme.editing import SEE_OTHER, done, frame, seen_version
from eventapp.programme.run_of_show import actions, queries
from eventapp.programme.run_of_show.cues import title_of
from eventapp.programme.run_of_show.forms import LineForm
from eventapp.programme.run_of_show.models import ShowLine
from eventapp.programme.run_of_show.pages import plan_page
from eventapp.programme.run_of_show.permissions import line_for_organiser

blueprint = Blueprint("run_of_show_organiser", __name__, url_prefix="/organise/<slug>/run-of-show")
BOTH = ["GET", "POST"]
PLAN = "run_of_show.plan"
CREW = ".crew_link"
NEW = "new"
FIELDS = {"session_id": "session", "starts_at": "starts", "offset_minutes": "offset"}


@blueprint.route("/new", methods=BOTH)
@signed_in(*ORGANISERS)
def new(slug: str) -> ResponseReturnValue:
    """The list with an empty line above it."""
    event = own_event(slug)
    form = LineForm(event, programme_queries.sessions_of(event), None)

    def add() -> ShowLine:
        return actions.add_line(event, form.change(), by=current_account())

    return _entry(event, form, add, None)


@blueprint.route("/<int:line_id>", methods=BOTH)
@signed_in(*ORGANISERS)
def line(slug: str, line_id: int) -> ResponseReturnValue:
    """The list with one line to be changed in its place."""
    event = own_event(slug)
    row = line_for_organiser(event, line_id)
    form = LineForm(event, programme_queries.sessions_of(event), row)

    def store() -> ShowLine:
        seen = seen_version(form)
        actions.change_line(row, form.change(), seen=seen, by=current_account())
        return row

    return _entry(event, form, store, row)


def _entry(
    event: Event, form: LineForm, act: Callable[[], ShowLine], row: ShowLine | None
) -> ResponseReturnValue:
    """Act on a good form and go on to the line; else the list with the form in it, and why."""
    different: list[Difference] | None = None
    if form.validate_on_submit():
        try:
            stored = act()
        except Invalid as problem:
            form.refuse(problem)
        except Stale as problem:
            different = _differences(form, problem, event)
        else:
            return done(_("Saved."), PLAN, event.slug, _anchor=f"line-{stored.id}")
    if row is not None and (different or not form.is_submitted()):
        form.seen.data = str(row.version)
    text = render_template(
        "programme/run_of_show/plan.html",
        form=form,
        editing=row.id if row else NEW,
        **plan_page(event, None) | {"differences": different, "rooms": rooms_of(event)},
    )
    wrong = CONFLICT if different else UNPROCESSABLE
    return text, wrong if form.is_submitted() else 200


def _differences(form: LineForm, problem: Stale, event: Event) -> list[Difference]:
    """What a colleague stored and what this person wanted, in words."""
    sessions: dict[object, str] = {
        one.id: title_of(one) for one in programme_queries.sessions_of(event)
    }
    told = dict(problem.differences)
    if "session_id" in told:
        stored, wanted = told["session_id"]
        told["session_id"] = sessions.get(stored), sessions.get(wanted)
    named = {FIELDS.get(name, name): pair for name, pair in told.items()}
    return in_words(form, named, event.zone)


@blueprint.route("/<int:line_id>/delete", methods=["POST"])
@signed_in(*ORGANISERS)
def delete(slug: str, line_id: int) -> ResponseReturnValue:
    """A line less; the list offers to undo it."""
    event = own_event(slug)
    row = line_for_organiser(event, line_id)
    return _step(event, lambda: actions.delete_line(row, by=current_account()),
                 _("The line is deleted."), PLAN)  # fmt: skip


@blueprint.route("/sessions", methods=["POST"])
@signed_in(*ORGANISERS)
def take_sessions(slug: str) -> ResponseReturnValue:
    """A line for each session that has none."""
    event = own_event(slug)
    if not ConfirmForm().validate_on_submit():
        return redirect(url_for(PLAN, slug=slug), code=SEE_OTHER)
    count = actions.take_over_sessions(event, by=current_account())
    said = ngettext("One session has a line now.", "%(num)s sessions have a line now.", count)
    return done(said if count else _("Every session has a line already."), PLAN, slug)


@blueprint.route("/crew")
@signed_in(*ORGANISERS)
def crew_link(slug: str) -> str:
    """The link for a crew without accounts: open it, renew it, close it."""
    event = own_event(slug)
    plan = queries.plan_of(event)
    shown: dict[str, Any] = {"link": None, "code": None}
    if plan is not None and plan.shared_at is not None:
        base: str = current_app.config["SETTINGS"].base_url
        link = base + url_for("run_of_show.crew", token=plan.token)
        shown = {"link": link, "code": qr_code(link)}
    return render_template(
        "programme/run_of_show/crew_link.html",
        plan=plan,
        confirm=ConfirmForm(),
        **shown,
        **frame(event, "run_of_show"),
    )


@blueprint.route("/crew/open", methods=["POST"])
@signed_in(*ORGANISERS)
def open_link(slug: str) -> ResponseReturnValue:
    """The crew's link opens the plan from now on."""
    event = own_event(slug)
    return _step(event, lambda: actions.open_link(event, by=current_account()),
                 _("The link opens the run of show now."), CREW)  # fmt: skip


@blueprint.route("/crew/renew", methods=["POST"])
@signed_in(*ORGANISERS)
def renew_link(slug: str) -> ResponseReturnValue:
    """Another link instead of the one that was given out."""
    event = own_event(slug)
    said = _("There is a new link. The old one opens nothing any more.")
    return _step(event, lambda: actions.renew_link(event, by=current_account()), said, CREW)


@blueprint.route("/crew/close", methods=["POST"])
@signed_in(*ORGANISERS)
def close_link(slug: str) -> ResponseReturnValue:
    """No link opens the plan any more."""
    event = own_event(slug)
    return _step(event, lambda: actions.close_link(event, by=current_account()),
                 _("The link is closed and opens nothing any more."), CREW)  # fmt: skip


def _step(event: Event, act: Callable[[], object], said: str, page: str) -> ResponseReturnValue:
    if ConfirmForm().validate_on_submit():
        act()
        flash(said, "success")
    return redirect(url_for(page, slug=event.slug), code=SEE_OTHER)
