"""For organisers: where the public programme is, and how it gets onto screens and other sites."""

from flask import Blueprint, render_template

from eventapp.accounts.states import ORGANISERS
from eventapp.desk.programme.surroundings import base_url
from eventapp.events.permissions import own_event
from eventapp.foundation.access import signed_in
from eventapp.programme.editing import frame

blueprint = Blueprint("desk_programme_organiser", __name__, url_prefix="/organise/<slug>/programme")


@blueprint.route("/share")
@signed_in(*ORGANISERS)
def share(slug: str) -> str:
    """Addresses of the public programme and of the screen, and the line that puts it elsewhere."""
    event = own_event(slug)
    return render_template(
        "desk/programme/organiser/share.html", base_url=base_url(), **frame(event, "share")
    )
