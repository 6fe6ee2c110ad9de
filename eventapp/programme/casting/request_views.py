"""Pages for organisers: the request to contribute, read before it is sent."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import ORGANISERS
from eventapp.events.models import Event
from eventapp.events.permissions import own_event
from eventapp.foundation.access import signed_in
from eventapp.programme.casting.actions import (
    Asking,
    ask_by_mail,
    asking_again,
    still_to_ask,
)
from eventapp.programme.casting.errors import NobodyToAsk
from eventapp.programme.casting.forms import RequestForm
from eventapp.programme.casting.frames import (
    OVERTAKEN,
    REFUSED_INPUT,
    back_to_board,
    casting_frame,
    today_of,
)
from eventapp.programme.casting.mails import preview_of
from eventapp.programme.casting.queries import last_terms
from eventapp.programme.models import Session
from eventapp.programme.permissions import contribution_for_organiser, session_for_organiser

blueprint = Blueprint("programme_requests", __name__)
BOTH = ["GET", "POST"]


@blueprint.route(
    "/organise/<slug>/programme/casting/sessions/<int:session_id>/request", methods=BOTH
)
@signed_in(*ORGANISERS)
def to_all(slug: str, session_id: int) -> ResponseReturnValue:
    """Ask everybody who is pencilled in for a session."""
    event = own_event(slug)
    session = session_for_organiser(event, session_id)
    return _request(event, session, still_to_ask(session))


@blueprint.route(
    "/organise/<slug>/programme/casting/parts/<int:contribution_id>/request", methods=BOTH
)
@signed_in(*ORGANISERS)
def to_one(slug: str, contribution_id: int) -> ResponseReturnValue:
    """Ask one person, or remind them."""
    event = own_event(slug)
    part = contribution_for_organiser(event, contribution_id)
    return _request(event, part.session, asking_again(part))


def _request(event: Event, session: Session, asking: Asking) -> ResponseReturnValue:
    form = RequestForm(event, today_of(event), data={"terms_de": last_terms(event)})
    overtaken = False
    if form.validate_on_submit() and request.form.get("go") == "send":
        seen, words = str(form.seen.data or ""), form.words()
        try:
            count = ask_by_mail(event, asking, words, seen=seen, by=current_account())
        except NobodyToAsk:
            overtaken = True
        else:
            said = ngettext(
                "The request is on its way.", "%(num)s requests are on their way.", count
            )
            return back_to_board(said, event.slug, session)
    form.seen.data = asking.seen
    page = render_template(
        "programme/casting/request.html",
        form=form,
        asking=asking,
        session=session,
        previews=[preview_of(event, part, form.words()) for part in asking.reachable],
        english=any(part.contributor.locale != "de" for part in asking.reachable),
        overtaken=overtaken,
        **casting_frame(event),
    )
    return page, OVERTAKEN if overtaken else REFUSED_INPUT if form.errors else 200
