"""Who may see a plan. Strangers, lines of other events and wrong links: "not found"."""

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import READERS, Role
from eventapp.events.models import Event
from eventapp.events.permissions import event_for_colleague
from eventapp.foundation.errors import NotFound, found
from eventapp.foundation.tokens import LinkKind, public_id_of, verify
from eventapp.programme.run_of_show import queries
from eventapp.programme.run_of_show.models import ShowLine, ShowPlan

COLLEAGUES = (*READERS, Role.FRONTDESK)
"""Everybody who works for the organisation: the plan names no guest."""


def event_of_colleague(slug: str) -> Event:
    """The event, if the signed-in person works for its host in whatever role. Raises NotFound."""
    return event_for_colleague(slug, current_account(), COLLEAGUES)


def line_for_organiser(event: Event, line_id: int) -> ShowLine:
    """A line of an event that the person organises. Raises NotFound for those of others."""
    return found(queries.line_of(event, line_id))


def plan_for_organiser(event: Event, plan_id: int) -> ShowPlan:
    """The plan of an event that the person organises. Raises NotFound for that of another."""
    plan = queries.plan_of(event)
    if plan is None or plan.id != plan_id:
        raise NotFound
    return plan


def plan_for_crew(token: str) -> ShowPlan:
    """The plan that a link opens. Raises NotFound for wrong, old and closed links alike."""
    plan = queries.plan_by_public_id(public_id_of(token))
    genuine = verify(token, LinkKind.CREW, plan.link_generation if plan else 0)
    if plan is None or not genuine or plan.shared_at is None:
        raise NotFound
    return plan
