"""The link by which a crew without accounts reads the plan."""

from eventapp.accounts.audit import Actor
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import transaction
from eventapp.programme.actions.revision import note
from eventapp.programme.run_of_show.actions.plans import locked_plan
from eventapp.programme.run_of_show.errors import LinkClosed
from eventapp.programme.run_of_show.models import ShowPlan


def open_link(event: Event, *, by: Actor) -> ShowPlan:
    """The crew's link opens the plan from now on; one that is open stays as it is."""
    with transaction():
        plan = locked_plan(event)
        if plan.shared_at is None:
            plan.shared_at = clock.now()
            note(by, "show_plan.shared", plan, event)
    return plan


def renew_link(event: Event, *, by: Actor) -> None:
    """Another link; the one that was given out opens nothing any more."""
    with transaction():
        plan = locked_plan(event)
        if plan.shared_at is None:
            raise LinkClosed
        plan.link_generation += 1
        note(by, "show_plan.link_renewed", plan, event)


def close_link(event: Event, *, by: Actor) -> None:
    """No link opens the plan any more."""
    with transaction():
        plan = locked_plan(event)
        if plan.shared_at is not None:
            plan.shared_at = None
            plan.link_generation += 1
            note(by, "show_plan.link_closed", plan, event)
