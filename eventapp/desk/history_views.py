"""What happened to one person over all events: asked, reminded, answered, changed, by whom."""

from flask import Blueprint, render_template

from eventapp.accounts.permissions import current_host
from eventapp.accounts.states import ORGANISERS
from eventapp.contacts.permissions import contact_for_organiser
from eventapp.events.queries import events_of_host
from eventapp.foundation.access import signed_in
from eventapp.registrations.trail import trail_of_contact

blueprint = Blueprint("history", __name__)
ZONE = "Europe/Berlin"


@blueprint.route("/organise/contacts/<int:contact_id>/history")
@signed_in(*ORGANISERS)
def contact(contact_id: int) -> str:
    """A contact's history, newest first."""
    host = current_host()
    shown = contact_for_organiser(contact_id, host)
    events = {event.scope: event for event in events_of_host(host.id)}
    return render_template(
        "desk/organiser/contact_history.html",
        rail="contacts",
        contact=shown,
        steps=trail_of_contact(shown),
        events=events,
        zone=ZONE,
    )
