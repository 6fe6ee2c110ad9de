"""The row of a plan as a whole, to which its larger steps are noted."""

import json
from collections.abc import Sequence
from typing import Any

from eventapp.accounts.audit import Actor
from eventapp.accounts.models import AuditEntry
from eventapp.events.models import Event
from eventapp.foundation.database import db, lock
from eventapp.programme.actions.revision import note
from eventapp.programme.content import CONTENT
from eventapp.programme.run_of_show import queries
from eventapp.programme.run_of_show.models import ShowPlan


def locked_plan(event: Event) -> ShowPlan:
    """The event's plan, locked with its event; made with the first step."""
    lock(event)
    plan = queries.plan_of(event)
    if plan is None:
        plan = ShowPlan(event_id=event.id)
        db.session.add(plan)
        db.session.flush()
    else:
        lock(plan)
    return plan


def note_step(
    by: Actor, action: str, plan: ShowPlan, event: Event, kept: Sequence[Any], name: str = ""
) -> None:
    """Keep in the trail what was done to the plan, with what is needed to take it back."""
    content = {CONTENT: (json.dumps(kept, ensure_ascii=False), None)}
    note(by, action, plan, event, different=content, name=name)


def kept_in(step: AuditEntry) -> list[Any]:
    """What was kept with a step."""
    kept: list[Any] = json.loads(str(step.before[CONTENT]))
    return kept
