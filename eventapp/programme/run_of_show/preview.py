"""What a delay would do, before it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from eventapp.programme.run_of_show.cues import Cue, RunOfShow
from eventapp.programme.run_of_show.delays import Squeeze, beginnings, delay, squeezes


@dataclass(frozen=True, slots=True)
class Shift:
    """One line before and after; both are the same where it stays."""

    cue: Cue
    before: datetime
    after: datetime

    @property
    def moves(self) -> bool:
        """Whether it begins at another time than before."""
        return self.before != self.after


@dataclass(frozen=True)
class Preview:
    """The lines from the delayed one on, what no longer fits, and when all would be over."""

    shifts: Sequence[Shift]
    squeezes: Sequence[Squeeze]
    ends_at: datetime
    beyond_end: bool

    @property
    def moved(self) -> int:
        """How many lines begin at another time."""
        return sum(shift.moves for shift in self.shifts)


def preview(show: RunOfShow, line_id: int, minutes: int) -> Preview:
    """What a delay of so many minutes from this line on would do."""
    timed = show.timed
    after = delay(timed, line_id, minutes)
    old, new = beginnings(timed), beginnings(after)
    cues = [cue for cue in show.cues if cue.id in new]
    place = next(at for at, cue in enumerate(cues) if cue.id == line_id)
    ends_at = max(new[cue.id] + (cue.timed.planned_end - cue.timed.planned_at) for cue in cues)
    planned = max(cue.timed.planned_end for cue in cues)
    return Preview(
        shifts=[Shift(cue, old[cue.id], new[cue.id]) for cue in cues[place:]],
        squeezes=squeezes(after),
        ends_at=ends_at,
        beyond_end=ends_at > show.event.ends_at >= planned,
    )
