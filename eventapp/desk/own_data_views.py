"""What is stored about a guest, as a page and to take along, and having all of it deleted."""

import json
from typing import Any

from flask import Blueprint, Response, flash, g, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import refresh
from wtforms import BooleanField

from eventapp.accounts.audit import GUEST
from eventapp.desk.farewell import Farewell, farewell_to, gives_up
from eventapp.desk.stored import as_json, shown, stored_about
from eventapp.events.permissions import public_event
from eventapp.foundation.access import bearer, public
from eventapp.foundation.errors import Refused
from eventapp.foundation.forms import ConfirmForm
from eventapp.invitations.errors import ErasedInvitation
from eventapp.invitations.models import Invitation
from eventapp.invitations.permissions import invitation_for_guest
from eventapp.registrations.errors import AllErased
from eventapp.registrations.guest_pages import frame_of, guesses_limited
from eventapp.registrations.models import Registration
from eventapp.registrations.own_data import actions
from eventapp.registrations.own_data.person_queries import Reach
from eventapp.registrations.own_data.requests import Afterwards
from eventapp.registrations.permissions import registration_for_guest
from eventapp.registrations.queries import language_of, registration_of, waiting_in_time
from eventapp.registrations.recipients import Guest, person_of
from eventapp.speakers.permissions import contributor_token_for

blueprint = Blueprint("own_data", __name__)
SEE_OTHER, CONFLICT, GONE = 303, 409, 410


class DeleteForm(ConfirmForm):
    """Which button: for one registration, or for everything; and whether the address is to be
    remembered as one that wants no mails."""

    everywhere = BooleanField()
    never_again = BooleanField(
        _l("Send me no invitations any more"),
        description=_l("For this we keep a sealed mark of your address that nobody can read."),
    )

    def afterwards(self) -> Afterwards:
        """What the second tick says."""
        return Afterwards.NEVER_INVITED if self.never_again.data else Afterwards.OPEN


@blueprint.app_errorhandler(ErasedInvitation)
@blueprint.app_errorhandler(AllErased)
def all_erased(problem: AllErased | ErasedInvitation) -> tuple[str, int]:
    """For the link of a registration or an invitation that was deleted: that it is so."""
    kind = "link" if isinstance(problem, AllErased) else "invitation"
    return render_template("desk/erased.html", kind=kind), GONE


@blueprint.route("/r/<token>/data")
@bearer
@guesses_limited
def everything(token: str) -> str:
    """Everything that is stored about the guest, in words."""
    return _data_page(_registration(token))


@blueprint.route("/r/<token>/data.json")
@bearer
@guesses_limited
def everything_as_json(token: str) -> Response:
    """The same for programs, as a file."""
    return _data_file(_registration(token))


@blueprint.route("/i/<token>/data")
@bearer
@guesses_limited
def invited(token: str) -> str:
    """The same for somebody who is invited, whatever they answered."""
    return _data_page(_invitation(token))


@blueprint.route("/i/<token>/data.json")
@bearer
@guesses_limited
def invited_as_json(token: str) -> Response:
    """The same for programs, as a file."""
    return _data_file(_invitation(token))


def _data_page(guest: Guest) -> str:
    return render_template(
        "desk/own_data.html",
        parts=stored_about(guest),
        shown=shown,
        speaker_token=contributor_token_for(guest) if isinstance(guest, Registration) else "",
        **_ways(guest),
        **frame_of(guest.event),
    )


def _data_file(guest: Guest) -> Response:
    text = json.dumps(as_json(stored_about(guest)), ensure_ascii=False, indent=2, sort_keys=False)
    answer = Response(text + "\n", mimetype="application/json")
    answer.headers["Content-Disposition"] = 'attachment; filename="data.json"'
    return answer


@blueprint.route("/r/<token>/delete", methods=["GET", "POST"])
@bearer
@guesses_limited
def delete(token: str) -> ResponseReturnValue:
    """Say what goes and what stays, and delete when the button is pressed."""
    registration, form = _registration(token), DeleteForm()
    event, farewell = registration.event, farewell_to(registration, Reach.LINKED)
    if form.validate_on_submit():
        more = _more_is_stored(registration, farewell)
        if more and form.everywhere.data:
            return _delete_person(registration, form, farewell)
        _erase_here(registration, form.afterwards())
        if more:
            return redirect(url_for(".deleted_here", slug=event.slug), code=SEE_OTHER)
        return redirect(url_for(".deleted"), code=SEE_OTHER)
    return _delete_page(registration, form, farewell)


def _more_is_stored(guest: Guest, farewell: Farewell) -> bool:
    """Whether this one registration is not all, so that its guest can choose."""
    if isinstance(guest, Invitation):
        return False
    return bool(farewell.elsewhere(guest.event)) or actions.stays_in_book(guest)


def _erase_here(registration: Registration, afterwards: Afterwards) -> None:
    never = afterwards is Afterwards.NEVER_INVITED
    (actions.erase_guest_for_good if never else actions.erase_guest)(registration)


@blueprint.route("/i/<token>/delete", methods=["GET", "POST"])
@bearer
@guesses_limited
def delete_invited(token: str) -> ResponseReturnValue:
    """The same for somebody who is invited; who is registered too has a page of their own."""
    invitation, form = _invitation(token), DeleteForm()
    registration = registration_of(invitation)
    if registration is not None and not registration.is_erased:
        return redirect(url_for(".delete", token=registration.token), code=SEE_OTHER)
    farewell = farewell_to(invitation, Reach.LINKED)
    if form.validate_on_submit():
        return _delete_person(invitation, form, farewell)
    return _delete_page(invitation, form, farewell)


def _delete_person(guest: Guest, form: DeleteForm, farewell: Farewell) -> ResponseReturnValue:
    """Everywhere; where they were given a part in a programme meanwhile, the page says so."""
    event = guest.event
    try:
        actions.erase_person(guest, reach=Reach.LINKED, afterwards=form.afterwards(), by=GUEST)
    except Refused as problem:
        form.form_errors.append(str(problem.text))
        return _delete_page(guest, form, farewell, status=CONFLICT)
    if form.afterwards() is Afterwards.NEVER_INVITED:
        flash(_("%(host)s sends no more invitations to your address.", host=event.host.name))
    return redirect(url_for(".deleted"), code=SEE_OTHER)


def _delete_page(
    guest: Guest, form: DeleteForm, farewell: Farewell, *, status: int = 200
) -> Response:
    event = guest.event
    page = render_template(
        "desk/delete_me.html",
        form=form,
        guest=guest,
        person=person_of(guest),
        registration=guest if isinstance(guest, Registration) else None,
        farewell=farewell,
        elsewhere=farewell.elsewhere(event),
        gives_up=gives_up,
        somebody_waits=waiting_in_time(event) > 0,
        offers_choice=_more_is_stored(guest, farewell),
        **_ways(guest),
        **frame_of(event),
    )
    return make_response(page, status)


@blueprint.route("/deleted")
@public
def deleted() -> str:
    """Everything is gone; names nobody and nothing."""
    return render_template("desk/erased.html", kind="everything")


@blueprint.route("/e/<slug>/deleted")
@public
def deleted_here(slug: str) -> str:
    """A registration is gone, and where the rest of it is; names nobody."""
    return render_template("desk/erased.html", kind="registration", event=public_event(slug))


def _ways(guest: Guest) -> dict[str, Any]:
    """Where the pages about one's data lead, by the link that was used."""
    token = guest.token
    if isinstance(guest, Invitation):
        return {
            "data_url": url_for(".invited", token=token),
            "file_url": url_for(".invited_as_json", token=token),
            "delete_url": url_for(".delete_invited", token=token),
            "back_url": url_for("registrations.answer", token=token),
            "details_url": None,
        }
    return {
        "data_url": url_for(".everything", token=token),
        "file_url": url_for(".everything_as_json", token=token),
        "delete_url": url_for(".delete", token=token),
        "back_url": url_for("desk.personal_page", token=token),
        "details_url": url_for("registrations_own.details", token=token),
    }


def _registration(token: str) -> Registration:
    registration = registration_for_guest(token)
    g.guest_locale = registration.locale
    refresh()
    return registration


def _invitation(token: str) -> Invitation:
    invitation = invitation_for_guest(token)
    g.guest_locale = language_of(invitation)
    refresh()
    return invitation
