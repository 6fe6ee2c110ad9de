"""Pages for organisers: a new event, the sections of its settings, and its life."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.accounts.permissions import current_account, current_host
from eventapp.accounts.states import ORGANISERS
from eventapp.events import actions, forms, queries
from eventapp.events.models import Event
from eventapp.events.permissions import own_event, partner_for_organiser
from eventapp.events.sections import show_section
from eventapp.events.signals import companions_lowered
from eventapp.events.states import PartnerRole, possible_steps
from eventapp.events.words import partner_label, state_sentence, step_consequence, step_label
from eventapp.foundation.access import signed_in
from eventapp.foundation.attempts import SHOWN, UNPROCESSABLE
from eventapp.foundation.errors import Invalid
from eventapp.foundation.message import Message

blueprint = Blueprint("events_organiser", __name__)
BOTH = ["GET", "POST"]


@blueprint.route("/organise/events/new", methods=BOTH)
@signed_in(*ORGANISERS)
def new_event() -> ResponseReturnValue:
    """One page with the few things without which there is no event."""
    host = current_host()
    form = forms.NewEventForm(queries.series_of_host(host.id), queries.venues_of_host(host.id))
    if form.validate_on_submit():
        try:
            event = actions.create_event(host, form.request(), by=current_account())
        except Invalid as problem:
            form.refuse(problem)
        else:
            flash(_("The draft is made. Only colleagues can see it."), "success")
            return redirect(url_for("events_places.rooms", slug=event.slug), code=303)
    page = render_template("events/organiser/new_event.html", form=form, rail="events")
    return page, UNPROCESSABLE if form.errors else SHOWN


@blueprint.route("/organise/<slug>/settings", methods=BOTH)
@signed_in(*ORGANISERS)
def settings(slug: str) -> ResponseReturnValue:
    """Titles, series, address and places."""
    event = own_event(slug)
    form = forms.BasicsForm(event, queries.series_of_host(event.host_id))
    allowed = event.companions_allowed
    came_of_it: list[Message] = []

    def change() -> None:
        came_of_it.extend(
            actions.change_basics(
                event,
                form.change(),
                new_series=form.series_to_found(),
                seen=form.keep("seen"),
                by=current_account(),
            )
        )
        if event.companions_allowed < allowed:
            warnings = [said for _asked, said in companions_lowered.send(event) if said]
            for warning in warnings:
                flash(str(warning), "warning")

    return show_section(
        event, "settings", form, change, kind=actions.BasicsChange, came_of_it=came_of_it
    )


@blueprint.route("/organise/<slug>/settings/dates", methods=BOTH)
@signed_in(*ORGANISERS)
def dates(slug: str) -> ResponseReturnValue:
    """When the event is, and until when people may answer."""
    event = own_event(slug)
    zones = forms.zone_suggestions()
    return _columns(event, "dates", forms.DatesForm(event), actions.DatesChange, zones=zones)


@blueprint.route("/organise/<slug>/settings/texts", methods=BOTH)
@signed_in(*ORGANISERS)
def texts(slug: str) -> ResponseReturnValue:
    """What the public page says about the event."""
    event = own_event(slug)
    return _columns(event, "texts", forms.TextsForm(event), actions.TextsChange)


@blueprint.route("/organise/<slug>/settings/notices", methods=BOTH)
@signed_in(*ORGANISERS)
def notices(slug: str) -> ResponseReturnValue:
    """What the law and the funder want to be said."""
    event = own_event(slug)
    return _columns(event, "notices", forms.NoticesForm(event), actions.NoticesChange)


def _columns(event: Event, section: str, form: Any, kind: Any, **shown: Any) -> ResponseReturnValue:
    """A section that stores columns of the event and nothing else."""

    def change() -> None:
        actions.change_event(event, form.change(), seen=form.keep("seen"), by=current_account())

    return show_section(event, section, form, change, kind=kind, **shown)


@blueprint.route("/organise/<slug>/settings/partners", methods=BOTH)
@signed_in(*ORGANISERS)
def partners(slug: str) -> ResponseReturnValue:
    """The organisations named on the page, and a form for one more."""
    event = own_event(slug)
    form = forms.PartnerForm(None)

    def add() -> None:
        actions.add_partner(event, form.change(), by=current_account())

    labels = {role: partner_label(role) for role in PartnerRole}
    return show_section(event, "partners", form, add, labels=labels)


@blueprint.route("/organise/<slug>/settings/partners/<int:partner_id>", methods=BOTH)
@signed_in(*ORGANISERS)
def partner(slug: str, partner_id: int) -> ResponseReturnValue:
    """One partner."""
    event = own_event(slug)
    row = partner_for_organiser(event, partner_id)
    form = forms.PartnerForm(row)

    def change() -> None:
        actions.change_partner(row, form.change(), seen=form.keep("seen"), by=current_account())

    return show_section(
        event,
        "partner",
        form,
        change,
        row=row,
        kind=actions.PartnerChange,
        then="partners",
        partner=row,
    )


@blueprint.route("/organise/<slug>/settings/partners/<int:partner_id>/remove", methods=["POST"])
@signed_in(*ORGANISERS)
def remove_partner(slug: str, partner_id: int) -> ResponseReturnValue:
    """Name a partner no longer."""
    actions.remove_partner(partner_for_organiser(own_event(slug), partner_id), by=current_account())
    flash(_("The partner is removed."), "success")
    return redirect(url_for(".partners", slug=slug), code=303)


@blueprint.route("/organise/<slug>/life", methods=BOTH)
@signed_in(*ORGANISERS)
def life(slug: str) -> ResponseReturnValue:
    """Where the event stands, and each step it can take, with what it means for whom."""
    event = own_event(slug)
    form = forms.StepForm()
    if form.validate_on_submit():
        actions.take_step(event, form.step.member(), by=current_account())
        return redirect(url_for(".life", slug=slug), code=303)
    steps = [
        (step, step_label(step), step_consequence(step)) for step in possible_steps(event.standing)
    ]
    return render_template(
        "events/organiser/life.html",
        event=event,
        form=form,
        rail="settings",
        section="life",
        steps=steps,
        sentence=state_sentence(event.standing),
    )
