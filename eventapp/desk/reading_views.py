"""Pages of an event for colleagues who only look: figures and programme, or the names at the door.

They hold no form that changes anything and no personal needs; figures hold no names of guests.
"""

from dataclasses import replace

from flask import Blueprint, render_template, request

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import DOORKEEPERS, READERS
from eventapp.desk.overview import overview_of
from eventapp.events.permissions import event_for_colleague
from eventapp.foundation.access import signed_in
from eventapp.foundation.pages import page_number
from eventapp.foundation.row_help import badges
from eventapp.programme.kinds import kind_label
from eventapp.programme.queries import programme_of
from eventapp.registrations.guest_queries import guests, states_and_fitting
from eventapp.registrations.guests import GuestGroup, group_counts, group_label, guest_filter
from eventapp.registrations.words import STATE_KINDS, state_label

blueprint = Blueprint("reading", __name__, url_prefix="/organise/<slug>")
ALWAYS = (GuestGroup.ALL, GuestGroup.CONFIRMED, GuestGroup.WAITING)
"""The groups that the front desk is offered even while nobody is in them."""
KINDS = {state: kind for state, kind in STATE_KINDS.items() if kind != "warning"}
"""At the door nobody has to do anything about a state: no badge warns."""


@blueprint.route("/figures")
@signed_in(*READERS)
def figures(slug: str) -> str:
    """Numbers, answers by sector and the programme."""
    event = event_for_colleague(slug, current_account(), READERS)
    return render_template(
        "desk/organiser/figures.html",
        event=event,
        overview=overview_of(event),
        sessions=sorted(programme_of(event).sessions, key=lambda one: (one.starts_at, one.id)),
        kind_label=kind_label,
        rail="figures",
    )


@blueprint.route("/names")
@signed_in(*DOORKEEPERS)
def names(slug: str) -> str:
    """Who is expected: names and whether they are confirmed, nothing else."""
    event = event_for_colleague(slug, current_account(), DOORKEEPERS)
    asked = replace(guest_filter(request.args), sector=None)
    wanted = replace(asked, search="", name=asked.search)  # what is not shown is not searched
    counts = group_counts(states_and_fitting(event, wanted)[1])
    number = page_number(request.args.get("page"))
    return render_template(
        "desk/organiser/names.html",
        event=event,
        wanted=asked,
        page=guests(event, wanted, number, total=counts[wanted.group]),
        counts={one: count for one, count in counts.items() if count or one in ALWAYS},
        group_label=group_label,
        state_badges=badges(state_label, KINDS),
        rail="names",
    )
