"""What the pages of the casting board share: the filter that stays, and the way back to it."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.programme.casting.states import Stage
from eventapp.programme.casting.words import stage_label
from eventapp.programme.editing import SEE_OTHER, frame
from eventapp.programme.models import Session

BOARD = "programme_casting.board"
REFUSED_INPUT, OVERTAKEN = 422, 409


def today_of(event: Event) -> date:
    """What day it is where the event is."""
    return clock.now().astimezone(ZoneInfo(event.zone)).date()


def chosen_stage() -> Stage | None:
    """The stage in the address, if there is such a one."""
    wanted = request.args.get("stage", "")
    return Stage(wanted) if wanted in set(Stage) else None


def chosen_person() -> int | None:
    """The person in the address, by number."""
    wanted = request.args.get("person", "")
    return int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 10 else None


def here() -> dict[str, Any]:
    """What the address says of the filter, so that every step comes back to it."""
    given = {"stage": chosen_stage(), "person": chosen_person()}
    return {name: value for name, value in given.items() if value is not None}


def casting_frame(event: Event) -> dict[str, Any]:
    """What every page of the board needs."""
    return {**frame(event, "casting"), "here": here(), "stage_label": stage_label}


def board_address(slug: str, session: Session | None = None) -> str:
    """The board as the organiser left it, at a session."""
    anchor = f"session-{session.id}" if session else None
    return url_for(BOARD, slug=slug, _anchor=anchor, **here())


def back_to_board(said: str, slug: str, session: Session | None = None) -> ResponseReturnValue:
    """What was done, said where the organiser was."""
    flash(said, "success")
    return redirect(board_address(slug, session), code=SEE_OTHER)
