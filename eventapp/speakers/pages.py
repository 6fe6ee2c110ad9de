"""What all pages behind a contributor's link share: who it is, the frame, and the answer."""

from collections.abc import Callable
from typing import Any

from flask import Response, g, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import refresh

from eventapp.events.states import PUBLIC
from eventapp.foundation.attempts import CONFLICT, DONE, attempt
from eventapp.foundation.forms import BaseForm
from eventapp.programme.models import Contributor
from eventapp.registrations.guest_pages import frame_of
from eventapp.speakers.permissions import contributor_for_guest, may_hand_in, may_tell_travel

SEE_OTHER = 303
HOME = "speakers.page"


def opened(token: str) -> Contributor:
    """Whose link it is; the page speaks their language unless another one was chosen."""
    person = contributor_for_guest(token)
    g.guest_locale = person.locale
    refresh()
    return person


def frame(person: Contributor, token: str) -> dict[str, Any]:
    """What every page of a contributor shows around its content."""
    event = person.event
    more = {"person": person, "token": token, "is_public": event.state in PUBLIC}
    if event.state not in PUBLIC:  # the event's page is not there yet
        more["brand_url"] = url_for(HOME, token=token)
    return frame_of(event) | more


def show(template: str, person: Contributor, token: str, **values: Any) -> str:
    """A page of a contributor."""
    return render_template(
        f"speakers/{template}.html",
        **values,
        may_hand_in=may_hand_in(person.event),
        may_tell=may_tell_travel(person.event),
        **frame(person, token),
    )


def show_form(
    template: str,
    token: str,
    person: Contributor,
    form: BaseForm,
    act: Callable[[], object],
    now_seen: Callable[[], object] = lambda: None,
    **values: Any,
) -> ResponseReturnValue:
    """A page with one form; once it has worked, back to the list of what there is to say.

    `now_seen` lets a form carry what stands there now, once the page has said so.
    """
    status = attempt(form, act)
    if status == CONFLICT:
        now_seen()
    if status == DONE:
        return redirect(url_for(HOME, token=token, _anchor="material"), code=SEE_OTHER)
    return answer(show(template, person, token, form=form, **values), status)


def answer(page: str, status: int) -> Response:
    """A page with its status."""
    return make_response(page, status)
