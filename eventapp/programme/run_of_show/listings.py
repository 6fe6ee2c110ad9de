"""The plan as a list to take along."""

from collections.abc import Callable, Sequence

from eventapp.events.models import Event
from eventapp.foundation.listing import Asked, Belongs, Choice, Concerns, Field, Listing
from eventapp.foundation.message import message
from eventapp.foundation.tabular import YES_NO, Cell
from eventapp.programme.run_of_show import queries
from eventapp.programme.run_of_show.cues import Cue
from eventapp.programme.run_of_show.permissions import COLLEAGUES
from eventapp.programme.run_of_show.trades import Trade, trade_in, trade_label


def _asked(asked: Asked) -> str:
    """The trade of the page, "" for all lines."""
    return trade_in(asked.get("trade")) or ""


def _told(_event: Event, wanted: str) -> Sequence[object]:
    return [trade_label(Trade(wanted))] if wanted else []


def _rows(event: Event, wanted: str, _choice: Choice | None = None) -> list[Cue]:
    trade = trade_in(wanted)
    cues = queries.run_of_show(event).cues
    return [cue for cue in cues if trade is None or cue.said_to(trade)]


def _of_line(name: str) -> Callable[[Cue], Cell]:
    return lambda cue: getattr(cue.line, name)


NOBODY = Concerns.NOBODY
RUN_OF_SHOW = Listing(
    key="run_of_show",
    title=message("Run of show"),
    belongs=Belongs.EVENT,
    roles=COLLEAGUES,
    page="run_of_show.plan",
    rail="programme",
    fields=(
        Field("begins_at", message("Begin"), lambda cue: cue.begins_at, 17, concerns=NOBODY),
        Field("planned_at", message("Planned"), lambda cue: cue.planned_at, 17, concerns=NOBODY),
        Field("minutes", message("Minutes"), lambda cue: cue.minutes, 9, concerns=NOBODY),
        Field("what", message("What"), lambda cue: cue.what, 44, concerns=NOBODY),
        Field("where", message("Where"), lambda cue: cue.where, 20, concerns=NOBODY),
        Field("who", message("Who"), lambda cue: cue.who, 34),
        *(
            Field(trade.value, trade_label(trade), _of_line(trade.value), 26, concerns=NOBODY)
            for trade in Trade
        ),
        Field("remark", message("Remark"), _of_line("remark"), 40, concerns=NOBODY),
        Field("fixed", message("Fixed"), _of_line("fixed"), 8, YES_NO, NOBODY),
    ),
    asked=_asked,
    told=_told,
    count=lambda event, wanted: len(_rows(event, wanted)),
    rows=_rows,
)  # fmt: skip

LISTINGS = (RUN_OF_SHOW,)
