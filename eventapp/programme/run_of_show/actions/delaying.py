"""A delay from one line on, and taking it back. Nothing of it reaches the programme or guests."""

from collections.abc import Mapping

from eventapp.accounts.audit import Actor
from eventapp.accounts.models import AuditEntry
from eventapp.events.models import Event
from eventapp.foundation.database import transaction
from eventapp.foundation.errors import Invalid, Overtaken
from eventapp.foundation.message import message
from eventapp.programme.actions.revision import note
from eventapp.programme.run_of_show import queries
from eventapp.programme.run_of_show.actions.plans import kept_in, locked_plan, note_step
from eventapp.programme.run_of_show.cues import RunOfShow
from eventapp.programme.run_of_show.delays import LONGEST_DELAY, delay
from eventapp.programme.run_of_show.errors import NothingToShift, PlanMoved
from eventapp.programme.run_of_show.models import ShowPlan


def delay_from(event: Event, line_id: int, minutes: int, *, mark: str, by: Actor) -> None:
    """Shift all that is not fixed from this line on, as the preview with this mark showed it.

    Raises PlanMoved if a time has changed since, NothingToShift for a line that cannot be late.
    """
    with transaction():
        plan = locked_plan(event)
        show = queries.run_of_show(event)
        if show.mark != mark:
            raise PlanMoved
        _write(plan, show, late_after(show, line_id, minutes), name=f"{minutes:+d}", by=by)


def back_to_plan(event: Event, *, by: Actor) -> None:
    """No line is late any more."""
    with transaction():
        plan = locked_plan(event)
        show = queries.run_of_show(event)
        _write(plan, show, {cue.id: 0 for cue in show.cues}, name="0", by=by)


def late_after(show: RunOfShow, line_id: int, minutes: int) -> dict[int, int]:
    """How late each line is after a delay. Raises NothingToShift, and Invalid beyond a day."""
    timed = show.timed
    if not minutes or line_id not in {line.id for line in timed}:
        raise NothingToShift
    late = {line.id: line.late for line in delay(timed, line_id, minutes)}
    if any(abs(each) > LONGEST_DELAY for each in late.values()):
        raise Invalid("minutes", message("No line can be more than a day late."))
    return late


def restore_delays(plan: ShowPlan, step: AuditEntry, *, by: Actor) -> None:
    """Every line is as late as before the step. Raises Overtaken if one is not as it left it."""
    event = plan.event
    with transaction():
        locked_plan(event)
        lines = {line.id: line for line in queries.lines_of(event)}
        for number, before, after in kept_in(step):
            line = lines.get(number)
            if line is None or line.late_minutes != after:
                raise Overtaken
            line.late_minutes = before
        note(by, "show_plan.delay_undone", plan, event)


def _write(
    plan: ShowPlan, show: RunOfShow, late: Mapping[int, int], *, name: str, by: Actor
) -> None:
    kept = []
    for cue in show.cues:
        line, wanted = cue.line, late.get(cue.id, cue.line.late_minutes)
        if line.late_minutes != wanted:
            kept.append([line.id, line.late_minutes, wanted])
            line.late_minutes = wanted
    if kept:
        note_step(by, "show_plan.delayed", plan, show.event, kept, name)
