"""The organisers' homes: all events of a host, and one event with what matters today."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date

from flask import Blueprint, Response, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from eventapp.accounts.permissions import current_account, current_host, current_membership
from eventapp.accounts.states import DOORKEEPERS, ORGANISERS, READERS, Role
from eventapp.desk.due import tasks_at_home
from eventapp.desk.figures import EventFigures
from eventapp.desk.figures_queries import figures_of
from eventapp.desk.overview import Overview, headline_of, overview_of
from eventapp.desk.rail import Rail, rail_of
from eventapp.desk.search import HOMES
from eventapp.desk.tasks import Task
from eventapp.events.models import Event
from eventapp.events.permissions import event_for_colleague, event_for_organiser
from eventapp.events.queries import events_of_host
from eventapp.events.states import EventState
from eventapp.events.words import event_label
from eventapp.foundation import clock
from eventapp.foundation.access import signed_in
from eventapp.foundation.http import conditional
from eventapp.notices.queries import notices_due_at

SEE_OTHER = 303
HOME_ROLES = {Role.VIEWER: READERS, Role.FRONTDESK: DOORKEEPERS}
"""Who may open the page on which a role begins."""
blueprint = Blueprint("desk_organiser", __name__)
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
        due=_due_at([row[0] for row in current], figures),
    )


def _due_at(events: Sequence[Event], figures: Mapping[int, EventFigures]) -> dict[int, list[Task]]:
    """What waits for an organiser at each event; the others cannot do it."""
    if current_membership().role not in ORGANISERS:
        return {}
    notices = notices_due_at(events)
    return {one.id: tasks_at_home(one, figures[one.id], notices[one.id]) for one in events}


def _is_over(event: Event) -> bool:
    """Whether its day is over; that of a postponed event is still to come."""
    return event.ends_at < clock.now() and event.state is not EventState.POSTPONED


@blueprint.route("/organise/<slug>/")
@signed_in()
def overview(slug: str) -> ResponseReturnValue:
    """One event: numbers, what is due, what is missing, what happened last.

    Colleagues share this address: who may not organise is led to where their role begins.
    """
    role = current_membership().role
    if role not in ORGANISERS:
        event = event_for_colleague(slug, current_account(), HOME_ROLES[role])
        return redirect(url_for(HOMES[role], slug=event.slug), code=SEE_OTHER)
    event = event_for_organiser(slug, current_account())
    told, today = overview_of(event), clock.today(event.zone)
    now = _now(event, told)
    return render_template(
        "desk/organiser/overview.html",
        event=event,
        overview=told,
        now=now,
        mark=_mark(now, rail_of(event), today),
        rail="overview",
        today=today,
    )


@blueprint.route("/organise/<slug>/now")
@signed_in(*ORGANISERS)
def overview_now(slug: str) -> Response:
    """What the overview tells, for the page that is open; 304 while that shows it already."""
    event = event_for_organiser(slug, current_account())
    now, told, today = _now(event, overview_of(event)), rail_of(event), clock.today(event.zone)
    page = render_template(
        "desk/organiser/overview_answer.html", event=event, now=now, told=told, today=today
    )
    return conditional(make_response(page), _mark(now, told, today))


def _now(event: Event, told: Overview) -> Markup:
    page = render_template("desk/organiser/overview_now.html", event=event, overview=told)
    return Markup(page)  # noqa: S704 - a template of ours, which escapes


def _mark(now: str, told: Rail, today: date) -> str:
    """The version of what the page shows, so that the same is sent and drawn only once."""
    content = f"{today} {sorted(told.counts.items())} {now}"
    return hashlib.blake2b(content.encode(), digest_size=12).hexdigest()
