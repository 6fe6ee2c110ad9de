"""The organisers' homes: all events of a host, and one event with what matters today."""

from flask import Blueprint, render_template

from eventapp.accounts.permissions import current_account, current_host, current_membership
from eventapp.accounts.states import ORGANISERS, Role
from eventapp.desk.figures import figures_of
from eventapp.desk.overview import headline_of, overview_of
from eventapp.desk.rail import rail_of
from eventapp.events.models import Event
from eventapp.events.permissions import event_for_organiser
from eventapp.events.queries import events_of_host
from eventapp.events.states import EventState
from eventapp.events.words import event_label
from eventapp.foundation import clock
from eventapp.foundation.access import signed_in

blueprint = Blueprint("desk_organiser", __name__)
HOMES = {
    Role.ADMINISTRATOR: "desk_organiser.overview",
    Role.ORGANISER: "desk_organiser.overview",
    Role.VIEWER: "reading.figures",
    Role.FRONTDESK: "reading.names",
}
"""Where in an event each role begins."""
blueprint.add_app_template_global(rail_of)  # the rail stands on pages of slices below, too


@blueprint.route("/organise/")
@signed_in()
def events() -> str:
    """All events of the host, the next one first, those that are over below."""
    found = events_of_host(current_host().id)
    figures = figures_of([event.id for event in found])
    rows = [
        (
            event,
            figures[event.id],
            event_label(event.standing),
            headline_of(event, clock.today(event.zone)),
        )
        for event in found
    ]
    current = [row for row in rows if row[0].state is not EventState.ARCHIVED]
    return render_template(
        "desk/organiser/events.html",
        rail="events",
        home=HOMES[current_membership().role],
        coming=sorted(
            (row for row in current if not _is_over(row[0])), key=lambda row: row[0].starts_at
        ),
        past=[row for row in current if _is_over(row[0])],
        archived=[row for row in rows if row not in current],
    )


def _is_over(event: Event) -> bool:
    """Whether its day is over; that of a postponed event is still to come."""
    return event.ends_at < clock.now() and event.state is not EventState.POSTPONED


@blueprint.route("/organise/<slug>/")
@signed_in(*ORGANISERS)
def overview(slug: str) -> str:
    """One event: numbers, what is due, what is missing, what happened last."""
    event = event_for_organiser(slug, current_account())
    return render_template(
        "desk/organiser/overview.html",
        event=event,
        overview=overview_of(event),
        rail="overview",
        today=clock.today(event.zone),
    )
