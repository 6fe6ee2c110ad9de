"""Who asked for support, for the few colleagues who have the right to know."""

from flask import Blueprint, Response, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventapp.accounts.permissions import current_account, may_see_needs_at
from eventapp.accounts.states import ORGANISERS
from eventapp.events.models import Event
from eventapp.events.permissions import event_for_organiser
from eventapp.foundation.access import signed_in
from eventapp.foundation.errors import NotAllowed
from eventapp.foundation.forms import ConfirmForm
from eventapp.foundation.http import no_store
from eventapp.registrations import needs_queries
from eventapp.registrations.actions.looking import look_at_needs, may_read_on
from eventapp.registrations.words import state_label

blueprint = Blueprint("registrations_needs", __name__, url_prefix="/organise/<slug>/needs")
SEE_OTHER = 303
LOOKS_SHOWN = 10


@blueprint.route("")
@signed_in(*ORGANISERS)
def support(slug: str) -> Response:
    """How many asked for support; once the look is noted, for a while, who and for what."""
    event = _event(slug)
    allowed = may_see_needs_at(event.host_id)
    looking = allowed and may_read_on(event, current_account())
    page = render_template(
        "registrations/organiser/needs.html",
        event=event,
        rail="guests",
        allowed=allowed,
        looking=looking,
        count=needs_queries.count_support(event) if allowed else 0,
        rows=needs_queries.support_asked_for(event) if looking else [],
        looks=needs_queries.looks(event, most=LOOKS_SHOWN) if allowed else [],
        state_label=state_label,
        form=ConfirmForm(formdata=None),
    )
    return no_store(make_response(page))


@blueprint.route("", methods=["POST"])
@signed_in(*ORGANISERS)
def look(slug: str) -> ResponseReturnValue:
    """Note the look and open the list. Raises NotAllowed without the right."""
    event = _event(slug)
    if not may_see_needs_at(event.host_id):
        raise NotAllowed
    if ConfirmForm().validate_on_submit():
        look_at_needs(event, by=current_account())
    return redirect(url_for(".support", slug=slug), code=SEE_OTHER)


def _event(slug: str) -> Event:
    return event_for_organiser(slug, current_account())
