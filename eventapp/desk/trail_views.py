"""The audit trail for organisers: who did what, to what, from what to what, why and when."""

from flask import Blueprint, render_template, request

from eventapp.accounts.permissions import current_host
from eventapp.accounts.states import ORGANISERS
from eventapp.desk import trail_queries as queries
from eventapp.desk.trail_reading import ZONE, differences, trail_filter, way_to
from eventapp.desk.trail_words import action_label, actor_label, subject_label
from eventapp.desk.undo import OFFERED_FOR, is_undoable, open_to_undo
from eventapp.foundation import clock
from eventapp.foundation.access import signed_in
from eventapp.foundation.pages import page_number
from eventapp.registrations.trail_queries import parents_of

blueprint = Blueprint("trail", __name__)


@blueprint.route("/organise/history")
@signed_in(*ORGANISERS)
def entries() -> str:
    """Every step in the organisation, newest first, with search and filters."""
    host, wanted = current_host(), trail_filter(request.args)
    events = queries.event_titles(host.id)
    page = queries.entries(host.id, wanted, page_number(request.args.get("page")), zone=ZONE)
    taken = queries.actions_taken(host.id)
    return render_template(
        "desk/organiser/trail.html",
        page=page,
        wanted=wanted,
        names=queries.names_of(page.rows),
        events=events,
        event=events.get(wanted.scope),
        event_of=lambda entry: queries.event_of(entry, events),
        undoable=_undoable(host.id),
        choices=sorted(((one, str(action_label(one))) for one in taken), key=lambda one: one[1]),
        differences=differences,
        action_label=action_label,
        actor_label=actor_label,
        subject_label=subject_label,
        way_to=way_to,
        zone=ZONE,
        rail="trail",
    )


def _undoable(host_id: int) -> set[int]:
    """The steps that the home of their event offers to take back as well. Two statements."""
    steps = queries.latest_of_host(host_id, clock.now() - OFFERED_FOR)
    open_steps = open_to_undo(steps, parents_of(steps))
    return {one.id for one in steps if one.id in open_steps and is_undoable(one)}
