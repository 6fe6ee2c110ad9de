"""Pages for organisers: the draft of a programme as a list, and its sessions."""

from datetime import UTC, date, datetime

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import ORGANISERS
from eventapp.events.models import Event
from eventapp.events.permissions import own_event
from eventapp.events.queries import rooms_of
from eventapp.foundation.access import signed_in
from eventapp.foundation.forms import ConfirmForm
from eventapp.programme import actions, queries
from eventapp.programme.checking import checked
from eventapp.programme.conflict_pages import looked_over
from eventapp.programme.editing import (
    LIST,
    frame,
    seen_version,
    show_entry,
    show_question,
)
from eventapp.programme.forms import Begun, SessionForm
from eventapp.programme.kinds import SessionKind
from eventapp.programme.permissions import session_for_organiser

blueprint = Blueprint("programme_organiser", __name__)
BOTH = ["GET", "POST"]
NEW = "programme_organiser.new_session"
LONGEST_MOMENT = len("9999999999")


@blueprint.route("/organise/<slug>/programme")
@signed_in(*ORGANISERS)
def programme(slug: str) -> str:
    """The programme as a list, with what does not fit together."""
    event = own_event(slug)
    pending = actions.pending_of(event)
    page = looked_over(pending.programme, pending.checked, pending.marks)
    day = _chosen_day(page.days, event.starts_on)
    return render_template(
        "programme/organiser/programme.html",
        page=page,
        lines=page.lines_on(day),
        day=day,
        confirm=ConfirmForm(),
        **frame(event, "programme"),
    )


def _chosen_day(days: list[date], fallback: date) -> date:
    """The day in the address if something happens on it, else the first such day."""
    wanted = request.args.get("day", "")
    return next((day for day in days if day.isoformat() == wanted), (days or [fallback])[0])


@blueprint.route("/organise/<slug>/programme/new", methods=BOTH)
@signed_in(*ORGANISERS)
def new_session(slug: str) -> ResponseReturnValue:
    """An empty form; what comes of it is a draft."""
    event = own_event(slug)
    wanted = request.args.get("kind", "")
    kind = SessionKind(wanted) if wanted in set(SessionKind) else None
    form = SessionForm(queries.programme_of(event), None, kind=kind, place=_begun(event))

    def add() -> None:
        actions.add_session(event, form.change(), form.parts.parts(), by=current_account())

    said = _("The session is added as a draft.")
    goes_on = "next" in request.form
    return show_entry(
        event,
        "session",
        form,
        add,
        said=said,
        then=NEW if goes_on else LIST,
        section="programme",
        session=None,
        kinds=SessionKind,
        begun_as=kind,
    )


def _begun(event: Event) -> Begun | None:
    """Where somebody chose an empty place on the board, as the address says it."""
    at = request.args.get("at", "")
    if not (at.isascii() and at.isdigit() and len(at) <= LONGEST_MOMENT):
        return None
    starts_at = datetime.fromtimestamp(int(at), UTC)
    room = request.args.get("room", "")
    known = {str(each.id): each.id for each in rooms_of(event)}
    return Begun(starts_at, known.get(room))


@blueprint.route("/organise/<slug>/programme/<int:session_id>", methods=BOTH)
@signed_in(*ORGANISERS)
def session(slug: str, session_id: int) -> ResponseReturnValue:
    """One session to be changed; a colleague's change in the meantime is shown beside it."""
    event = own_event(slug)
    row = session_for_organiser(event, session_id)
    whole = queries.programme_of(event)
    form = SessionForm(whole, row)

    def store() -> None:
        parts, seen = form.parts.parts(), seen_version(form)
        actions.change_session(row, form.change(), parts, seen=seen, by=current_account())

    return show_entry(
        event,
        "session",
        form,
        store,
        said=_("Saved."),
        then=LIST,
        section="programme",
        row=row,
        session=row,
        troubles=looked_over(whole, checked(whole)).troubles_of(row),
    )


@blueprint.route("/organise/<slug>/programme/<int:session_id>/cancel", methods=BOTH)
@signed_in(*ORGANISERS)
def cancel(slug: str, session_id: int) -> ResponseReturnValue:
    """What cancelling means, and the button that does it."""
    event = own_event(slug)
    row = session_for_organiser(event, session_id)

    def act() -> None:
        actions.cancel_session(row, by=current_account())

    said = _("The session is cancelled in the draft. Everybody learns of it when you publish.")
    return show_question(event, "cancel", act, said=said, then=LIST, session=row)


@blueprint.route("/organise/<slug>/programme/<int:session_id>/delete", methods=BOTH)
@signed_in(*ORGANISERS)
def delete(slug: str, session_id: int) -> ResponseReturnValue:
    """What deleting a draft means, and the button that does it."""
    event = own_event(slug)
    row = session_for_organiser(event, session_id)

    def act() -> None:
        actions.delete_draft_session(row, by=current_account())

    said = _("The draft is deleted.")
    return show_question(event, "delete", act, said=said, then=LIST, session=row)
