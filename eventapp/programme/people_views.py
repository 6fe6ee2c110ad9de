"""Pages for organisers: contributors with their promises, and slots."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import ORGANISERS
from eventapp.events.permissions import own_event
from eventapp.foundation.access import signed_in
from eventapp.foundation.forms import ConfirmForm
from eventapp.foundation.pages import page_number
from eventapp.programme import actions, queries
from eventapp.programme.editing import LIST, SEE_OTHER, done, frame, seen_version, show_entry
from eventapp.programme.forms import ContributorForm, SlotForm, StateForm
from eventapp.programme.permissions import (
    contribution_for_organiser,
    contributor_for_organiser,
    slot_for_organiser,
)
from eventapp.programme.states import next_states

blueprint = Blueprint("programme_people", __name__)
BOTH = ["GET", "POST"]
PEOPLE, SLOTS = "programme_people.people", "programme_people.slots"


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

    said = _("The person is added. Now give them a part in a session.")
    return show_entry(
        event, "person", form, add, said=said, then=PEOPLE, section="people", person=None
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

    return show_entry(
        event,
        "person",
        form,
        store,
        said=_("Saved."),
        then=PEOPLE,
        section="people",
        row=row,
        person=row,
        confirm=ConfirmForm(),
    )


@blueprint.route("/organise/<slug>/programme/people/<int:contributor_id>/remove", methods=["POST"])
@signed_in(*ORGANISERS)
def remove_person(slug: str, contributor_id: int) -> ResponseReturnValue:
    """Forget a person without a part."""
    row = contributor_for_organiser(own_event(slug), contributor_id)
    if not ConfirmForm().validate_on_submit():
        return redirect(url_for(PEOPLE, slug=slug), code=SEE_OTHER)
    actions.remove_contributor(row, by=current_account())
    return done(_("The person is removed."), PEOPLE, slug)


@blueprint.route("/organise/<slug>/programme/contributions/<int:contribution_id>", methods=["POST"])
@signed_in(*ORGANISERS)
def promise(slug: str, contribution_id: int) -> ResponseReturnValue:
    """Note that somebody was asked, has agreed, declined, or dropped out."""
    row = contribution_for_organiser(own_event(slug), contribution_id)
    form, where = StateForm(), f"person-{row.contributor_id}"
    if not form.validate_on_submit():
        return redirect(url_for(PEOPLE, slug=slug, _anchor=where), code=SEE_OTHER)
    actions.set_contribution_state(row, form.state.member(), by=current_account())
    return done(_("Noted."), PEOPLE, slug, _anchor=where)


@blueprint.route(
    "/organise/<slug>/programme/contributions/<int:contribution_id>/remove", methods=["POST"]
)
@signed_in(*ORGANISERS)
def take_out(slug: str, contribution_id: int) -> ResponseReturnValue:
    """Take a person out of one session, so that they can be in the other."""
    row = contribution_for_organiser(own_event(slug), contribution_id)
    if not ConfirmForm().validate_on_submit():
        return redirect(url_for(LIST, slug=slug), code=SEE_OTHER)
    actions.take_out(row, by=current_account())
    return done(_("%(name)s is out of the session.", name=row.contributor.name), LIST, slug)


@blueprint.route("/organise/<slug>/programme/slots", methods=BOTH)
@signed_in(*ORGANISERS)
def slots(slug: str) -> ResponseReturnValue:
    """All slots, and a form for one more."""
    event = own_event(slug)
    form = SlotForm(event, None)

    def add() -> None:
        actions.add_slot(event, form.change(), by=current_account())

    return show_entry(
        event,
        "slots",
        form,
        add,
        said=_("The slot is added. Now put rounds into it."),
        then=SLOTS,
        section="slots",
        programme=queries.programme_of(event),
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

    return show_entry(
        event,
        "slot",
        form,
        store,
        said=_("Saved."),
        then=SLOTS,
        section="slots",
        row=row,
        slot=row,
        rounds=queries.sessions_in_slot(row),
        confirm=ConfirmForm(),
    )


@blueprint.route("/organise/<slug>/programme/slots/<int:slot_id>/remove", methods=["POST"])
@signed_in(*ORGANISERS)
def remove_slot(slug: str, slot_id: int) -> ResponseReturnValue:
    """Take a slot away; its rounds stay at their times."""
    row = slot_for_organiser(own_event(slug), slot_id)
    if not ConfirmForm().validate_on_submit():
        return redirect(url_for(SLOTS, slug=slug), code=SEE_OTHER)
    actions.remove_slot(row, by=current_account())
    return done(_("The slot is removed. Its rounds stay at their times."), SLOTS, slug)
