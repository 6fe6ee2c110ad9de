"""Pages for organisers: the board, what its script sends, and a plain form for each move."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import ORGANISERS
from eventapp.events.models import Event
from eventapp.events.permissions import own_event
from eventapp.foundation.access import signed_in
from eventapp.foundation.errors import DomainError, NotFound, Refused, found
from eventapp.foundation.forms import ConfirmForm
from eventapp.programme import actions
from eventapp.programme.board import queries
from eventapp.programme.board.actions import offered_steps, redo_move, undo_move
from eventapp.programme.board.answers import (
    Answer,
    asked_by_script,
    not_moved,
    troubles_html,
)
from eventapp.programme.board.cards import table_of, troubles_of, with_ways, written_way
from eventapp.programme.board.forms import MoveForm, sent_gesture, sent_number, sent_place
from eventapp.programme.board.landing import landing
from eventapp.programme.board.lean import Board, calendar_of, timetable_slot
from eventapp.programme.board.sheet import frame_of
from eventapp.programme.board.words import news_in_words, where
from eventapp.programme.conflict_pages import read_moves
from eventapp.programme.editing import (
    CONFLICT,
    SEE_OTHER,
    attempt,
    done,
    frame,
    seen_version,
    send_version,
)
from eventapp.programme.permissions import session_for_organiser
from eventapp.programme.queries import acknowledged_in, programme_of

blueprint = Blueprint("programme_board", __name__)
BOARD = "programme_board.board"
UNPROCESSABLE = 422
NOT_MODIFIED, NOTHING_ASKED = 304, 204
LONGEST_SEARCH = 100


@blueprint.route("/organise/<slug>/programme/grid")
@signed_in(*ORGANISERS)
def board(slug: str) -> str:
    """The programme as a table of rooms and times, a day at a time, in which sessions are moved."""
    event = own_event(slug)
    mark = queries.mark_of(event)  # before the rest: what comes in between is told as news
    whole, noted = queries.board_of(event), acknowledged_in(event)
    days = whole.calendar.days(whole.timetable.sessions)
    day = _chosen_day(days, whole.calendar.first_day)
    wanted = request.args.get("q", "")[:LONGEST_SEARCH].strip()
    rooms = [room.key for room in whole.rooms]
    table = frame_of(whole.calendar, day, whole.timetable.sessions, rooms)
    return render_template(
        "programme/board/board.html",
        board=whole,
        days=days,
        table=table_of(whole, table, day, noted, wanted),
        troubles=with_ways(whole, troubles_of(whole, noted)),
        offered=offered_steps(event, current_account(), whole.sessions)[0],
        wanted=wanted,
        mark=mark,
        written_way=written_way,
        confirm=ConfirmForm(),
        **frame(event, "grid"),
    )


def _chosen_day(days: Sequence[date], fallback: date) -> date:
    """The day in the address if it is one of the board's, else the event's first."""
    wanted = request.args.get("day", "")
    return next((day for day in days if day.isoformat() == wanted), fallback)


@blueprint.route("/organise/<slug>/programme/board/move", methods=["POST"])
@signed_in(*ORGANISERS)
def drop(slug: str) -> ResponseReturnValue:
    """What the script sends: one session, where it was dropped, and which version was seen."""
    event, fields = own_event(slug), request.form
    if "session" not in fields:
        return _back(slug)
    number, seen = sent_number(fields, "session"), sent_number(fields, "seen")
    wanted = sent_place(fields)
    before = queries.board_of(event)
    session = found(before.sessions.get(number))
    slots = [timetable_slot(slot) for slot in before.slots]
    place = wanted and landing(session.kind, wanted, slots, sent_gesture(fields))

    def act() -> list[int]:
        move = actions.SessionMove(number, seen, place)
        actions.move_sessions(event, [move], by=current_account())
        return [number]

    return _acted(event, before, act)


@blueprint.route("/organise/<slug>/programme/board/take", methods=["POST"])
@signed_in(*ORGANISERS)
def take(slug: str) -> ResponseReturnValue:
    """Take a suggestion from the list beside the board, unless it would do harm by now."""
    event = own_event(slug)
    if "move" not in request.form:
        return _back(slug)
    moves = read_moves(request.form.getlist("move"))

    def act() -> list[int]:
        actions.move_without_harm(event, moves, by=current_account())
        return [move.session_id for move in moves]

    return _acted(event, queries.board_of(event), act)


@blueprint.route("/organise/<slug>/programme/board/undo", methods=["POST"])
@signed_in(*ORGANISERS)
def undo(slug: str) -> ResponseReturnValue:
    """Take one's own last move back."""
    return _stepped(slug, undo_move)


@blueprint.route("/organise/<slug>/programme/board/redo", methods=["POST"])
@signed_in(*ORGANISERS)
def redo(slug: str) -> ResponseReturnValue:
    """Make the move again that was undone last."""
    return _stepped(slug, redo_move)


def _stepped(slug: str, act: Callable[..., list[int]]) -> ResponseReturnValue:
    event = own_event(slug)
    if not request.form.get("step"):
        return _back(slug)
    number = sent_number(request.form, "step")
    return _acted(event, queries.board_of(event), lambda: act(event, number, by=current_account()))


def _back(slug: str) -> ResponseReturnValue:
    """Nothing was asked for."""
    return redirect(url_for(BOARD, slug=slug), code=SEE_OTHER)


def _acted(event: Event, before: Board, act: Callable[[], list[int]]) -> ResponseReturnValue:
    """Act, and tell what is otherwise now: the script in parts, everybody else by the board."""
    answer = Answer.to(event, current_account(), request.form) if asked_by_script() else None
    if not ConfirmForm().validate_on_submit():
        raise NotFound
    try:
        numbers = act()
    except DomainError as problem:
        if answer is None or isinstance(problem, NotFound):
            raise
        status = CONFLICT if isinstance(problem, Refused) else UNPROCESSABLE
        return not_moved(answer, problem, queries.board_of(event)), status
    fresh = queries.board_sessions(event, numbers)
    after = before.after({number: fresh.get(number) for number in numbers})
    said = [str(where(after, fresh[number])) for number in numbers if number in fresh]
    if answer is None:
        return done(" ".join(said), BOARD, event.slug, **_day_of(request.form))
    return answer.changes(before, after, said, numbers)


def _day_of(fields: Any) -> dict[str, str]:
    return {"day": fields["day"]} if fields.get("day") else {}


@blueprint.route("/organise/<slug>/programme/board/news")
@signed_in(*ORGANISERS)
def news(slug: str) -> ResponseReturnValue:
    """What others have changed since; nothing at all, and quickly, if that is nothing."""
    event = own_event(slug)
    mark = queries.mark_of(event)
    if request.if_none_match.contains(str(mark)):
        return make_response("", NOT_MODIFIED)
    if not request.args.get("frame"):
        return make_response("", NOTHING_ASKED)
    answer = Answer.to(event, current_account(), request.args)
    since = queries.news_since(event, answer.shown.mark, current_account())
    numbers = [int(each.subject_id) for each in since if each.subject_kind == "session"]
    said = news_in_words(since, queries.titles_among(event, numbers))
    response = make_response(answer.everything(queries.board_of(event), said, mark))
    response.set_etag(str(mark))
    return response


@blueprint.route("/organise/<slug>/programme/board/conflicts")
@signed_in(*ORGANISERS)
def conflicts(slug: str) -> str:
    """The list of conflicts with what would help, which takes longer than a move may."""
    event = own_event(slug)
    whole, noted = queries.board_of(event), acknowledged_in(event)
    return troubles_html(whole, with_ways(whole, troubles_of(whole, noted)))


@blueprint.route("/organise/<slug>/programme/<int:session_id>/move", methods=["GET", "POST"])
@signed_in(*ORGANISERS)
def move(slug: str, session_id: int) -> ResponseReturnValue:
    """When and where one session is to be; a colleague's move in the meantime is shown beside."""
    event = own_event(slug)
    row = session_for_organiser(event, session_id)
    form = MoveForm(programme_of(event), row)

    def store() -> None:
        wanted = actions.SessionMove(row.id, seen_version(form), form.place())
        actions.move_sessions(event, [wanted], by=current_account())

    change = attempt(form, event, store)
    if change.done:
        return done(_said(event, row.id), BOARD, slug, **_day_in(event, form))
    send_version(form, row, change)
    page = render_template(
        "programme/board/move.html",
        form=form,
        session=row,
        differences=change.differences,
        **frame(event, "grid"),
    )
    refused = form.is_submitted() and not change.differences
    return page, UNPROCESSABLE if refused else change.status


def _said(event: Event, number: int) -> str:
    whole = queries.board_of(event)
    return str(where(whole, whole.sessions[number]))


def _day_in(event: Event, form: MoveForm) -> dict[str, str]:
    place = form.place()
    return {"day": calendar_of(event).day_of(place.starts_at).isoformat()} if place else {}
