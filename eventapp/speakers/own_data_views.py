"""What is stored about a contributor, as a page and to take along, and having it deleted."""

import json

from flask import Blueprint, Response, redirect, url_for
from flask.typing import ResponseReturnValue

from eventapp.foundation.access import bearer
from eventapp.foundation.attempts import DONE, attempt
from eventapp.foundation.forms import ConfirmForm
from eventapp.registrations.guest_pages import guesses_limited
from eventapp.speakers import actions
from eventapp.speakers.guest_queries import guest_behind
from eventapp.speakers.own_data import as_json, in_words, stored_about
from eventapp.speakers.pages import SEE_OTHER, answer, opened, show
from eventapp.speakers.permissions import takes_place

blueprint = Blueprint("speakers_own", __name__)
BOTH = ["GET", "POST"]


@blueprint.route("/s/<token>/data")
@bearer
@guesses_limited
def everything(token: str) -> str:
    """Everything that is stored about the person, in words."""
    person = opened(token)
    return show(
        "data",
        person,
        token,
        parts=stored_about(person),
        in_words=in_words,
        guest=guest_behind(person),
    )


@blueprint.route("/s/<token>/data.json")
@bearer
@guesses_limited
def everything_as_json(token: str) -> Response:
    """The same for programs, as a file."""
    text = json.dumps(as_json(stored_about(opened(token))), ensure_ascii=False, indent=2)
    response = Response(text + "\n", mimetype="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="data.json"'
    return response


@blueprint.route("/s/<token>/delete", methods=BOTH)
@bearer
@guesses_limited
def delete(token: str) -> ResponseReturnValue:
    """Say what goes and what stays, and delete when the button is pressed."""
    person, form = opened(token), ConfirmForm()
    status = attempt(form, lambda: actions.delete_me(person))
    if status == DONE:
        return redirect(url_for("own_data.deleted"), code=SEE_OTHER)
    page = show(
        "delete",
        person,
        token,
        form=form,
        guest=guest_behind(person),
        to_come=takes_place(person.event),
    )
    return answer(page, status)
