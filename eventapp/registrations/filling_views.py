"""Pages for organisers: giving places by hand, to people who wait and to who comes instead."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import ORGANISERS
from eventapp.events.permissions import own_event
from eventapp.foundation.access import signed_in
from eventapp.foundation.attempts import DONE, attempt
from eventapp.registrations import actions
from eventapp.registrations.forms import FillForm, ReasonForm
from eventapp.registrations.guests import GuestGroup
from eventapp.registrations.models import Registration
from eventapp.registrations.organiser_views import SEE_OTHER, guest_page
from eventapp.registrations.permissions import registration_for_organiser
from eventapp.registrations.reply_forms import InsteadForm

blueprint = Blueprint("registrations_filling", __name__, url_prefix="/organise/<slug>/guests")


@blueprint.route("/fill", methods=["POST"])
@signed_in(*ORGANISERS)
def fill(slug: str) -> ResponseReturnValue:
    """Offer the free places to those who waited longest."""
    event, form = own_event(slug), ReasonForm()
    if form.validate_on_submit():
        reason = form.keep("reason")
        count = actions.offer_free_places(event, by=current_account(), reason=reason)
        flash(
            ngettext("One party has an offer.", "%(num)s parties have an offer.", count)
            if count
            else _("Nothing could be offered: no place is free, or nobody waits for one."),
            "success" if count else "info",
        )
    group = GuestGroup.WAITING
    return redirect(
        url_for("registrations_organiser.guests", slug=slug, group=group), code=SEE_OTHER
    )


@blueprint.route("/<int:registration_id>/offer", methods=["POST"])
@signed_in(*ORGANISERS)
def offer(slug: str, registration_id: int) -> ResponseReturnValue:
    """Offer this party a place, whoever else waits."""
    return _by_hand(slug, registration_id, _offer)


@blueprint.route("/<int:registration_id>/confirm", methods=["POST"])
@signed_in(*ORGANISERS)
def confirm(slug: str, registration_id: int) -> ResponseReturnValue:
    """Give this party a place at once, whoever else waits."""
    return _by_hand(slug, registration_id, _confirm)


@blueprint.route("/<int:registration_id>/substitute", methods=["POST"])
@signed_in(*ORGANISERS)
def substitute(slug: str, registration_id: int) -> ResponseReturnValue:
    """Somebody else comes instead of a guest without an invitation, who called."""
    event, form = own_event(slug), InsteadForm()
    one = registration_for_organiser(event, registration_id)
    status = attempt(form, lambda: flash(_hand_over(one, form), "success"))
    if status != DONE:
        return guest_page(event, one, again=form), status
    way = url_for("registrations_organiser.guest", slug=slug, registration_id=registration_id)
    return redirect(way, code=SEE_OTHER)


def _hand_over(one: Registration, form: InsteadForm) -> str:
    named = form.request()
    actions.hand_over(one, named, by=current_account(), mailing=form.mailing())
    name = f"{named.first_name} {named.last_name}"
    return str(_("Noted: %(name)s comes instead. The invitation is on its way.", name=name))


def _offer(one: Registration, reason: str, raise_by: int) -> str:
    actions.offer_place(one, by=current_account(), reason=reason, raise_by=raise_by)
    said = ngettext(
        "A place is offered to %(name)s.",
        "%(num)s places are offered to %(name)s.",
        1 + len(one.company),
        name=one.full_name,
    )
    return str(said)


def _confirm(one: Registration, reason: str, raise_by: int) -> str:
    actions.confirm_place(one, by=current_account(), reason=reason, raise_by=raise_by)
    said = ngettext(
        "%(name)s has a place.",
        "%(name)s has %(num)s places.",
        1 + len(one.company),
        name=one.full_name,
    )
    return str(said)


def _by_hand(
    slug: str, registration_id: int, step: Callable[[Registration, str, int], str]
) -> ResponseReturnValue:
    event, form = own_event(slug), FillForm()
    one = registration_for_organiser(event, registration_id)
    status = attempt(
        form, lambda: flash(step(one, form.keep("reason"), form.raise_by()), "success")
    )
    if status != DONE:
        return guest_page(event, one, form), status
    way = url_for("registrations_organiser.guest", slug=slug, registration_id=registration_id)
    return redirect(way, code=SEE_OTHER)
