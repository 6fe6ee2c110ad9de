"""Deleting an event that was begun by mistake: what goes with it, and the button that does it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import ORGANISERS
from eventapp.desk.deletion import why_to_keep
from eventapp.desk.deletion_actions import delete_draft
from eventapp.desk.deletion_queries import attached_to
from eventapp.events.permissions import own_event
from eventapp.foundation.access import signed_in
from eventapp.foundation.forms import ConfirmForm
from eventapp.foundation.i18n import localised

blueprint = Blueprint("deletion", __name__)


@blueprint.route("/organise/<slug>/delete", methods=["GET", "POST"])
@signed_in(*ORGANISERS)
def event(slug: str) -> ResponseReturnValue:
    """What deleting the draft means, or why it cannot be deleted."""
    draft, form = own_event(slug), ConfirmForm()
    attached = attached_to(draft)
    problem = why_to_keep(draft, attached)
    if form.validate_on_submit() and problem is None:
        title = localised(draft, "title")
        delete_draft(draft, by=current_account())
        flash(_("The draft “%(title)s” is deleted.", title=title), "success")
        return redirect(url_for("desk_organiser.events"), code=303)
    page = render_template(
        "desk/organiser/deletion.html",
        event=draft,
        attached=attached,
        problem=problem,
        form=form,
        rail="settings",
    )
    return page, 409 if form.is_submitted() else 200
