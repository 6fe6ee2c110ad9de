"""Pages for organisers: who comes along with a guest, added, named and taken off by staff."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import ORGANISERS
from eventapp.events.permissions import own_event
from eventapp.foundation.access import signed_in
from eventapp.foundation.attempts import CONFLICT, DONE, attempt
from eventapp.foundation.errors import NotFound
from eventapp.registrations import actions
from eventapp.registrations.forms import ReasonForm
from eventapp.registrations.models import Registration
from eventapp.registrations.organiser_views import guest_page
from eventapp.registrations.party_forms import CompanionByHandForm, RenameForm
from eventapp.registrations.permissions import registration_for_organiser

blueprint = Blueprint("registrations_company", __name__, url_prefix="/organise/<slug>/guests")
SEE_OTHER = 303


@blueprint.route("/<int:registration_id>/companions", methods=["POST"])
@signed_in(*ORGANISERS)
def add(slug: str, registration_id: int) -> ResponseReturnValue:
    """One more person comes along with this guest; the guest gets a mail."""
    event, form = own_event(slug), CompanionByHandForm()
    one = registration_for_organiser(event, registration_id)
    status = attempt(
        form,
        lambda: actions.add_companion_by_hand(
            one,
            form.name(),
            seen=form.seen_ids(),
            by=current_account(),
            reason=form.keep("reason"),
        ),
    )
    if status != DONE:
        return guest_page(event, one, party_form=form), status
    flash(_("One more person comes with %(name)s.", name=one.full_name), "success")
    return _to_guest(slug, one)


@blueprint.route("/companions/<int:companion_id>/name", methods=["POST"])
@signed_in(*ORGANISERS)
def rename(slug: str, companion_id: int) -> ResponseReturnValue:
    """Give a companion a name, or another one."""
    event, form = own_event(slug), RenameForm()
    one = registration_for_organiser(event, companion_id)
    name, by = actions.name_companion, current_account()
    status = attempt(form, lambda: name(one, form.name(), seen=form.seen_name(), by=by))
    if status == CONFLICT:
        form.now_seen(one)
    if status != DONE:
        return guest_page(event, one, party_form=form), status
    flash(_("The name is saved."), "success")
    return _to_guest(slug, one)


@blueprint.route("/companions/<int:companion_id>/remove", methods=["POST"])
@signed_in(*ORGANISERS)
def remove(slug: str, companion_id: int) -> ResponseReturnValue:
    """A companion does not come; the place moves on, and the main guest gets a mail."""
    event, form = own_event(slug), ReasonForm()
    one = registration_for_organiser(event, companion_id)
    if one.main is None:
        raise NotFound
    if form.validate_on_submit():
        actions.remove_companion(one, by=current_account(), reason=form.keep("reason"))
        flash(_("One person less comes with %(name)s.", name=one.main.full_name), "success")
    return _to_guest(slug, one.main)


def _to_guest(slug: str, one: Registration) -> ResponseReturnValue:
    way = url_for("registrations_organiser.guest", slug=slug, registration_id=one.id)
    return redirect(way, code=SEE_OTHER)
