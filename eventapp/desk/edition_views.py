"""The next edition of an event: what it takes over, and the button that makes it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import ORGANISERS
from eventapp.desk.edition_actions import make_next_edition
from eventapp.desk.edition_forms import NextEditionForm
from eventapp.desk.edition_queries import template_of
from eventapp.events.permissions import own_event
from eventapp.foundation.access import signed_in
from eventapp.foundation.attempts import SHOWN, UNPROCESSABLE
from eventapp.foundation.errors import Invalid
from eventapp.foundation.message import plural_message

blueprint = Blueprint("edition", __name__)


@blueprint.route("/organise/<slug>/next-edition", methods=["GET", "POST"])
@signed_in(*ORGANISERS)
def next_edition(slug: str) -> ResponseReturnValue:
    """A form filled from this event; what comes of it is a draft."""
    event = own_event(slug)
    form = NextEditionForm(event, template_of(event))
    if form.validate_on_submit():
        try:
            made = make_next_edition(event, form.request(), by=current_account())
        except Invalid as problem:
            form.refuse(problem)
        else:
            flash(_said(made.sessions), "success")
            return redirect(url_for("desk_organiser.overview", slug=made.event.slug), code=303)
    page = render_template(
        "desk/organiser/next_edition.html",
        event=event,
        form=form,
        rail="settings",
    )
    return page, UNPROCESSABLE if form.is_submitted() else SHOWN


def _said(sessions: int) -> str:
    made = str(_("The next edition is there as a draft. Only colleagues can see it."))
    if not sessions:
        return made
    along = plural_message(
        "One session has come along as a draft.",
        "%(count)s sessions have come along as drafts.",
        sessions,
    )
    return f"{made} {along}"
