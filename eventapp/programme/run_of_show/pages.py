"""What the pages of a plan show: its columns, the moment, and the words of its delays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.forms import ConfirmForm
from eventapp.programme.editing import frame
from eventapp.programme.run_of_show import queries
from eventapp.programme.run_of_show.cues import Cue, RunOfShow
from eventapp.programme.run_of_show.trades import Trade, trade_in, trade_label
from eventapp.programme.run_of_show.words import late_words, squeeze_words


@dataclass(frozen=True)
class Moment:
    """What happens now, next and later; what is over is left out."""

    at: datetime
    now: Sequence[Cue]
    following: Sequence[Cue]
    later: Sequence[Cue]


def moment_of(show: RunOfShow, trade: Trade | None) -> Moment:
    """The plan at this moment, all of it or what tells a trade something."""
    at = clock.now()
    told = [cue for cue in show.cues if trade is None or cue.said_to(trade)]
    ahead = [(cue.begins_at, cue) for cue in told if cue.begins_at and not cue.is_off]
    to_come = [(begins, cue) for begins, cue in ahead if begins > at]
    first = min((begins for begins, _cue in to_come), default=None)
    return Moment(
        at=at,
        now=[
            cue
            for begins, cue in ahead
            if begins <= at and cue.shown_until and at < cue.shown_until
        ],
        following=[cue for begins, cue in to_come if begins == first],
        later=[cue for begins, cue in to_come if begins != first],
    )


def sheet(show: RunOfShow, asked: str | None) -> dict[str, Any]:
    """What each page with a plan needs: the plan, the trade, which columns say anything, words."""
    trade = trade_in(asked)
    wanted = [trade] if trade else [one for one in Trade if any(c.said_to(one) for c in show.cues)]
    return {
        "show": show,
        "event": show.event,
        "trade": trade,
        "trades": [one for one in Trade if any(cue.said_to(one) for cue in show.cues)],
        "columns": wanted,
        "days": show.days(trade),
        "now": clock.now(),
        "trade_label": trade_label,
        "late_words": late_words,
        "squeeze_words": squeeze_words,
    }


def plan_page(event: Event, asked: str | None) -> dict[str, Any]:
    """What the minute list needs, whoever reads it."""
    show = queries.run_of_show(event)
    own: dict[str, Any] = {
        "confirm": ConfirmForm(),
        "place": place_of(event),
        "differences": None,
        "rooms": [],
    }
    return frame(event, "run_of_show") | sheet(show, asked) | own


def place_of(event: Event) -> str:
    """Where the event is, for the head of a printed plan."""
    venue = event.venue
    return ", ".join(filter(None, (venue.name, venue.city))) if venue else ""
