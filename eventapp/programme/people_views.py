"""Pages for organisers: contributors with their promises, and slots."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import ORGANISERS
from eventapp.foundation.access import signed_in
from eventapp.foundation.pages import page_number
from eventapp.programme import actions, queries
from eventapp.programme.editing import (
    SEE_OTHER,
    attempt,
    frame,
    own_event,
    seen_version,
    send_version,
)
from eventapp.programme.forms import ConfirmForm, ContributorForm, SlotForm, StateForm
from eventapp.programme.permissions import (
    contribution_for_organiser,
    contributor_for_organiser,
    slot_for_organiser,
)
from eventapp.programme.states import next_states

blueprint = Blueprint("programme_people", __name__)
BOTH = ["GET", "POST"]


@blueprint.route("/organise/<slug>/programme/people")
@signed_in(*ORGANISERS)
def people(slug: str) -> str:
    """Everybody who contributes, what they do where, and whether they have agreed."""
    event = own_event(slug)
    return render_template(
        "programme/organiser/people.html",
        page=queries.contributors_page(event, page_number(request.args.get("page"))),
        next_states=next_states,
        **frame(event, "people"),
    )


@blueprint.route("/organise/<slug>/programme/people/new", methods=BOTH)
@signed_in(*ORGANISERS)
def new_person(slug: str) -> ResponseReturnValue:
    """A person who may then be given parts in sessions."""
    event = own_event(slug)
    form = ContributorForm(event, None)

    def add() -> None:
        actions.add_contributor(event, form.change(), by=current_account())

    if attempt(form, event, add).done:
        flash(_("The person is added. Now give them a part in a session."), "success")
        return redirect(url_for(".people", slug=slug), code=SEE_OTHER)
    return render_template(
        "programme/organiser/person.html", form=form, person=None, **frame(event, "people")
    )


@blueprint.route("/organise/<slug>/programme/people/<int:contributor_id>", methods=BOTH)
@signed_in(*ORGANISERS)
def person(slug: str, contributor_id: int) -> ResponseReturnValue:
    """One contributor to be changed."""
    event = own_event(slug)
    row = contributor_for_organiser(event, contributor_id)
    form = ContributorForm(event, row)

    def store() -> None:
        seen = seen_version(form)
        actions.change_contributor(row, form.change(), seen=seen, by=current_account())

    change = attempt(form, event, store)
    if change.done:
        flash(_("Saved."), "success")
        return redirect(url_for(".people", slug=slug), code=SEE_OTHER)
    send_version(form, row, change)
    page = render_template(
        "programme/organiser/person.html",
        form=form,
        person=row,
        differences=change.differences,
        confirm=ConfirmForm(),
        **frame(event, "people"),
    )
    return page, change.status


@blueprint.route("/organise/<slug>/programme/people/<int:contributor_id>/remove", methods=["POST"])
@signed_in(*ORGANISERS)
def remove_person(slug: str, contributor_id: int) -> ResponseReturnValue:
    """Forget a person without a part."""
    row = contributor_for_organiser(own_event(slug), contributor_id)
    if ConfirmForm().validate_on_submit():
        actions.remove_contributor(row, by=current_account())
        flash(_("The person is removed."), "success")
    return redirect(url_for(".people", slug=slug), code=SEE_OTHER)


@blueprint.route("/organise/<slug>/programme/contributions/<int:contribution_id>", methods=["POST"])
@signed_in(*ORGANISERS)
def promise(slug: str, contribution_id: int) -> ResponseReturnValue:
    """Note that somebody was asked, has agreed, declined, or dropped out."""
    row = contribution_for_organiser(own_event(slug), contribution_id)
    form = StateForm()
    if form.validate_on_submit():
        actions.set_contribution_state(row, form.state.member(), by=current_account())
        flash(_("Noted."), "success")
    return redirect(
        url_for(".people", slug=slug, _anchor=f"person-{row.contributor_id}"), code=SEE_OTHER
    )


@blueprint.route(
    "/organise/<slug>/programme/contributions/<int:contribution_id>/remove", methods=["POST"]
)
@signed_in(*ORGANISERS)
def take_out(slug: str, contribution_id: int) -> ResponseReturnValue:
    """Take a person out of one session, so that they can be in the other."""
    row = contribution_for_organiser(own_event(slug), contribution_id)
    if ConfirmForm().validate_on_submit():
        actions.take_out(row, by=current_account())
        flash(_("%(name)s is out of the session.", name=row.contributor.name), "success")
    return redirect(url_for("programme_organiser.programme", slug=slug), code=SEE_OTHER)


@blueprint.route("/organise/<slug>/programme/slots", methods=BOTH)
@signed_in(*ORGANISERS)
def slots(slug: str) -> ResponseReturnValue:
    """All slots, and a form for one more."""
    event = own_event(slug)
    form = SlotForm(event, None)

    def add() -> None:
        actions.add_slot(event, form.change(), by=current_account())

    if attempt(form, event, add).done:
        flash(_("The slot is added. Now put rounds into it."), "success")
        return redirect(url_for(".slots", slug=slug), code=SEE_OTHER)
    return render_template(
        "programme/organiser/slots.html",
        form=form,
        programme=queries.programme_of(event),
        **frame(event, "slots"),
    )


@blueprint.route("/organise/<slug>/programme/slots/<int:slot_id>", methods=BOTH)
@signed_in(*ORGANISERS)
def slot(slug: str, slot_id: int) -> ResponseReturnValue:
    """One slot to be renamed or moved."""
    event = own_event(slug)
    row = slot_for_organiser(event, slot_id)
    form = SlotForm(event, row)

    def store() -> None:
        seen = seen_version(form)
        actions.change_slot(row, form.change(), seen=seen, by=current_account())

    change = attempt(form, event, store)
    if change.done:
        flash(_("Saved."), "success")
        return redirect(url_for(".slots", slug=slug), code=SEE_OTHER)
    send_version(form, row, change)
    page = render_template(
        "programme/organiser/slot.html",
        form=form,
        slot=row,
        differences=change.differences,
        rounds=queries.sessions_in_slot(row),
        confirm=ConfirmForm(),
        **frame(event, "slots"),
    )
    return page, change.status


@blueprint.route("/organise/<slug>/programme/slots/<int:slot_id>/remove", methods=["POST"])
@signed_in(*ORGANISERS)
def remove_slot(slug: str, slot_id: int) -> ResponseReturnValue:
    """Take a slot away; its rounds stay at their times."""
    row = slot_for_organiser(own_event(slug), slot_id)
    if ConfirmForm().validate_on_submit():
        actions.remove_slot(row, by=current_account())
        flash(_("The slot is removed. Its rounds stay at their times."), "success")
    return redirect(url_for(".slots", slug=slug), code=SEE_OTHER)
