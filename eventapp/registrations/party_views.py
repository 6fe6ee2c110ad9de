"""Pages for guests: who comes along, added, named and taken off until the event begins."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.foundation.access import bearer
from eventapp.foundation.attempts import CONFLICT, DONE, attempt
from eventapp.foundation.errors import Refused, found
from eventapp.foundation.forms import ConfirmForm
from eventapp.invitations.permissions import invitation_for_guest
from eventapp.registrations import actions, party_queries, queries
from eventapp.registrations.guest_pages import frame_of, guesses_limited
from eventapp.registrations.models import Registration
from eventapp.registrations.party import may_change_party, party_sheet
from eventapp.registrations.party_forms import (
    CompanionForm,
    RenameForm,
    ids_of,
    rename_form,
)
from eventapp.registrations.permissions import registration_for_guest
from eventapp.registrations.views import accept_together, sent_company

blueprint = Blueprint("registrations_party", __name__)
SEE_OTHER = 303


@blueprint.route("/i/<token>/company", methods=["POST"])
@bearer
@guesses_limited
def accept(token: str) -> ResponseReturnValue:
    """Say yes for oneself and for who comes along; the three big answers need none of it."""
    invitation = invitation_for_guest(token)
    g.guest_locale = queries.language_of(invitation)
    return accept_together(invitation, sent_company(invitation))


@blueprint.route("/r/<token>/companions")
@bearer
@guesses_limited
def companions(token: str) -> str:
    """Who comes along, and whether somebody else can."""
    return _page(_registration(token), CompanionForm(formdata=None))


@blueprint.route("/r/<token>/companions", methods=["POST"])
@bearer
@guesses_limited
def add(token: str) -> ResponseReturnValue:
    """One more person comes along, named or only counted."""
    registration, form = _registration(token), CompanionForm()
    bring = actions.add_companion
    status = attempt(form, lambda: bring(registration, form.name(), seen=form.seen_ids()))
    if status != DONE:
        return _page(registration, form), status
    flash(_("One more person comes with you."), "success")
    return redirect(_party_page(registration), code=SEE_OTHER)


@blueprint.route("/r/<token>/companions/<int:companion_id>")
@bearer
@guesses_limited
def companion(token: str, companion_id: int) -> str:
    """One person who comes along: the name, and the way out."""
    registration = _registration(token)
    one = _companion(registration, companion_id)
    return _companion_page(registration, one, rename_form(one))


@blueprint.route("/r/<token>/companions/<int:companion_id>", methods=["POST"])
@bearer
@guesses_limited
def rename(token: str, companion_id: int) -> ResponseReturnValue:
    """Give the person a name, or another one."""
    registration, form = _registration(token), RenameForm()
    one = _companion(registration, companion_id)
    name = actions.name_companion
    status = attempt(form, lambda: name(one, form.name(), seen=form.seen_name()))
    if status == CONFLICT:
        form.now_seen(one)
    if status != DONE:
        return _companion_page(registration, one, form), status
    flash(_("The name is saved."), "success")
    return redirect(_party_page(registration), code=SEE_OTHER)


@blueprint.route("/r/<token>/companions/<int:companion_id>/remove", methods=["POST"])
@bearer
@guesses_limited
def remove(token: str, companion_id: int) -> ResponseReturnValue:
    """The person does not come along; the place moves on."""
    registration = _registration(token)
    one, words = _companion(registration, companion_id), _("One person less comes with you.")
    if ConfirmForm().validate_on_submit():
        try:
            actions.remove_companion(one)
        except Refused as problem:
            flash(str(problem.text), "warning")
        else:
            flash(words, "success")
    return redirect(_party_page(registration), code=SEE_OTHER)


def _registration(token: str) -> Registration:
    registration = registration_for_guest(token)
    g.guest_locale = registration.locale
    return registration


def _companion(registration: Registration, companion_id: int) -> Registration:
    """Somebody who came or comes along with this very guest. Raises NotFound."""
    return found(party_queries.companion_of(registration, companion_id))


def _party_page(registration: Registration) -> str:
    return url_for(".companions", token=registration.token)


def _page(registration: Registration, form: CompanionForm) -> str:
    sheet = party_sheet(registration)
    form.seen.data = ids_of(sheet.company)
    return render_template(
        "registrations/companions.html",
        registration=registration,
        token=registration.token,
        party=sheet,
        form=form,
        **frame_of(registration.event),
    )


def _companion_page(registration: Registration, one: Registration, form: RenameForm) -> str:
    return render_template(
        "registrations/companion.html",
        registration=registration,
        token=registration.token,
        companion=one,
        may_change=one.is_live and may_change_party(registration),
        somebody_waits=queries.waiting_in_time(registration.event) > 0,
        form=form,
        confirm=ConfirmForm(formdata=None),
        **frame_of(registration.event),
    )
