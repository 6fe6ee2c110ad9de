"""Pages for organisers: who registered for an event with approval, and yes or no to each."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import ORGANISERS
from eventapp.contacts.words import sector_label
from eventapp.events.permissions import own_event
from eventapp.foundation.access import signed_in
from eventapp.foundation.pages import page_number
from eventapp.registrations.forms import RejectForm
from eventapp.registrations.front_door import actions
from eventapp.registrations.front_door.queries import in_review
from eventapp.registrations.heir_queries import proposers_of
from eventapp.registrations.permissions import registration_for_organiser
from eventapp.registrations.words import state_label

blueprint = Blueprint("registrations_review", __name__, url_prefix="/organise/<slug>/guests")
SEE_OTHER = 303


@blueprint.route("/review")
@signed_in(*ORGANISERS)
def waiting(slug: str) -> str:
    """Who waits for a decision, longest wait first."""
    event = own_event(slug)
    page = in_review(event, page_number(request.args.get("page")))
    return render_template(
        "registrations/organiser/review.html",
        event=event,
        rail="guests",
        page=page,
        proposers=proposers_of(page.rows),
        form=RejectForm(formdata=None),
        sector_label=sector_label,
    )


@blueprint.route("/<int:registration_id>/approve", methods=["POST"])
@signed_in(*ORGANISERS)
def approve(slug: str, registration_id: int) -> ResponseReturnValue:
    """Yes: a place, or the waiting list."""
    one = registration_for_organiser(own_event(slug), registration_id)
    let_in = actions.approve_registration(one, by=current_account())
    words = _("%(name)s: %(state)s.", name=let_in.full_name, state=state_label(let_in.state))
    flash(str(words), "success")
    return redirect(url_for(".waiting", slug=slug), code=SEE_OTHER)


@blueprint.route("/<int:registration_id>/reject", methods=["POST"])
@signed_in(*ORGANISERS)
def reject(slug: str, registration_id: int) -> ResponseReturnValue:
    """No, perhaps with a reason for the guest to read."""
    one, form = registration_for_organiser(own_event(slug), registration_id), RejectForm()
    if form.validate_on_submit():
        by, reason = current_account(), form.keep("reason")
        told = actions.reject_registration(one, by=by, reason=reason)
        flash(_("%(name)s gets a mail that says no.", name=told.full_name), "success")
    else:
        flash(form.error_summary()[0][1], "danger")
    return redirect(url_for(".waiting", slug=slug), code=SEE_OTHER)
