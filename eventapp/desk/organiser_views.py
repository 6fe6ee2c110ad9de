"""The organisers' homes: all events of a host, and one event with what matters today."""

from flask import Blueprint, render_template

from eventapp.accounts.permissions import current_account, current_host
from eventapp.accounts.states import ORGANISERS
from eventapp.desk.figures import figures_of
from eventapp.desk.overview import headline_of, overview_of
from eventapp.events.permissions import event_for_organiser
from eventapp.events.queries import events_of_host
from eventapp.events.words import event_label
from eventapp.foundation import clock
from eventapp.foundation.access import signed_in

blueprint = Blueprint("desk_organiser", __name__)


@blueprint.route("/organise/")
@signed_in(*ORGANISERS)
def events() -> str:
    """All events of the host, the next one first, those that are over below."""
    found = events_of_host(current_host().id)
    figures = figures_of([event.id for event in found])
    rows = [
        (
            event,
            figures[event.id],
            event_label(event.state),
            headline_of(event, clock.today(event.zone)),
        )
        for event in found
    ]
    now = clock.now()
    return render_template(
        "desk/organiser/events.html",
        rail="events",
        coming=sorted(
            (row for row in rows if row[0].ends_at >= now), key=lambda row: row[0].starts_at
        ),
        past=[row for row in rows if row[0].ends_at < now],
    )


@blueprint.route("/organise/<slug>/")
@signed_in(*ORGANISERS)
def overview(slug: str) -> str:
    """One event: numbers, what is due, what is missing, what happened last."""
    event = event_for_organiser(slug, current_account())
    shown = overview_of(event)
    return render_template(
        "desk/organiser/overview.html",
        event=event,
        overview=shown,
        rail="overview",
        rail_counts=shown.counts,
        today=clock.today(event.zone),
    )
