"""What is stored about a guest, as a page and to take along, and having all of it deleted."""

import json

from flask import Blueprint, Response, g, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_babel import refresh
from wtforms import BooleanField

from eventapp.desk.stored import as_json, shown, stored_about
from eventapp.foundation import clock
from eventapp.foundation.access import bearer, public
from eventapp.foundation.forms import ConfirmForm
from eventapp.registrations.errors import AllErased
from eventapp.registrations.guest_pages import frame_of, guesses_limited
from eventapp.registrations.models import Registration
from eventapp.registrations.own_data import actions
from eventapp.registrations.permissions import registration_for_guest
from eventapp.registrations.queries import waiting_in_time

blueprint = Blueprint("own_data", __name__)
SEE_OTHER, GONE = 303, 410


class DeleteForm(ConfirmForm):
    """The button, and whether the address is to be remembered as one that wants no mails."""

    never_again = BooleanField(
        _l("Send me no invitations any more"),
        description=_l("For this we keep a sealed mark of your address that nobody can read."),
    )


@blueprint.app_errorhandler(AllErased)
def all_erased(_problem: AllErased) -> tuple[str, int]:
    """For the link of somebody who had everything deleted: that it is so."""
    return render_template("desk/erased.html"), GONE


@blueprint.route("/r/<token>/data")
@bearer
@guesses_limited
def everything(token: str) -> str:
    """Everything that is stored about the guest, in words."""
    registration = _registration(token)
    return render_template(
        "desk/own_data.html",
        token=token,
        parts=stored_about(registration),
        shown=shown,
        **frame_of(registration.event),
    )


@blueprint.route("/r/<token>/data.json")
@bearer
@guesses_limited
def everything_as_json(token: str) -> Response:
    """The same for programs, as a file."""
    parts = as_json(stored_about(_registration(token)))
    text = json.dumps(parts, ensure_ascii=False, indent=2, sort_keys=False)
    answer = Response(text + "\n", mimetype="application/json")
    answer.headers["Content-Disposition"] = 'attachment; filename="data.json"'
    return answer


@blueprint.route("/r/<token>/delete", methods=["GET", "POST"])
@bearer
@guesses_limited
def delete(token: str) -> ResponseReturnValue:
    """Say what goes and what stays, and delete when the button is pressed."""
    registration, form = _registration(token), DeleteForm()
    if form.validate_on_submit():
        erase = actions.erase_guest_for_good if form.never_again.data else actions.erase_guest
        erase(registration)
        return redirect(url_for(".deleted"), code=SEE_OTHER)
    event = registration.event
    page = render_template(
        "desk/delete_me.html",
        token=token,
        form=form,
        registration=registration,
        gives_up=registration.is_live and clock.now() < event.starts_at,
        somebody_waits=waiting_in_time(event) > 0,
        stays_in_book=actions.stays_in_book(registration),
        **frame_of(event),
    )
    return make_response(page)


@blueprint.route("/deleted")
@public
def deleted() -> str:
    """It is done; names nobody and nothing."""
    return render_template("desk/erased.html")


def _registration(token: str) -> Registration:
    registration = registration_for_guest(token)
    g.guest_locale = registration.locale
    refresh()
    return registration
