"""The audit trail for organisers: who did what, to what, from what to what, why and when."""

from flask import Blueprint, render_template, request

from eventapp.accounts.permissions import current_host
from eventapp.accounts.states import ORGANISERS
from eventapp.desk import trail_queries as queries
from eventapp.desk.trail_reading import ZONE, differences, trail_filter
from eventapp.desk.trail_words import action_label, actor_label, subject_label
from eventapp.foundation.access import signed_in
from eventapp.foundation.pages import page_number

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
        event_of=lambda entry: queries.event_of(entry, events),
        choices=sorted(((one, str(action_label(one))) for one in taken), key=lambda one: one[1]),
        differences=differences,
        action_label=action_label,
        actor_label=actor_label,
        subject_label=subject_label,
        zone=ZONE,
        rail="trail",
    )
