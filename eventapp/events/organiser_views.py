"""Pages for organisers: a new event, the sections of its settings, and its life."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.accounts.permissions import current_account, current_host
from eventapp.accounts.states import ORGANISERS
from eventapp.events import actions, forms, queries
from eventapp.events.models import Event
from eventapp.events.permissions import (
    event_for_organiser,
    partner_for_organiser,
    room_for_organiser,
    venue_for_organiser,
)
from eventapp.events.states import possible_steps
from eventapp.events.words import state_sentence, step_consequence, step_label
from eventapp.foundation.access import signed_in
from eventapp.foundation.database import Model
from eventapp.foundation.errors import Invalid, Stale

blueprint = Blueprint("events_organiser", __name__)
BOTH = ["GET", "POST"]
Outcome = list[forms.Difference] | None


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
            return redirect(url_for(".rooms", slug=event.slug), code=303)
    return render_template("events/organiser/new_event.html", form=form, rail="events")


@blueprint.route("/organise/<slug>/settings", methods=BOTH)
@signed_in(*ORGANISERS)
def settings(slug: str) -> ResponseReturnValue:
    """Titles, series, address and places."""
    event = _event(slug)
    form = forms.BasicsForm(event, queries.series_of_host(event.host_id))

    def change() -> None:
        actions.change_basics(event, form.change(), new_series=form.series_to_found(),
                              seen=form.keep("seen"), by=current_account())

    return _section(event, "settings", form, change, kind=actions.BasicsChange)


@blueprint.route("/organise/<slug>/settings/dates", methods=BOTH)
@signed_in(*ORGANISERS)
def dates(slug: str) -> ResponseReturnValue:
    """When the event is, and until when people may answer."""
    event = _event(slug)
    form = forms.DatesForm(event)

    def change() -> None:
        actions.change_event(event, form.change(), seen=form.keep("seen"), by=current_account())

    return _section(event, "dates", form, change, kind=actions.DatesChange,
                    zones=forms.zone_suggestions())


@blueprint.route("/organise/<slug>/settings/texts", methods=BOTH)
@signed_in(*ORGANISERS)
def texts(slug: str) -> ResponseReturnValue:
    """What the public page says about the event."""
    event = _event(slug)
    form = forms.TextsForm(event)

    def change() -> None:
        actions.change_event(event, form.change(), seen=form.keep("seen"), by=current_account())

    return _section(event, "texts", form, change, kind=actions.TextsChange)


@blueprint.route("/organise/<slug>/settings/notices", methods=BOTH)
@signed_in(*ORGANISERS)
def notices(slug: str) -> ResponseReturnValue:
    """What the law and the funder want to be said."""
    event = _event(slug)
    form = forms.NoticesForm(event)

    def change() -> None:
        actions.change_event(event, form.change(), seen=form.keep("seen"), by=current_account())

    return _section(event, "notices", form, change, kind=actions.NoticesChange)


@blueprint.route("/organise/<slug>/settings/place", methods=BOTH)
@signed_in(*ORGANISERS)
def place(slug: str) -> ResponseReturnValue:
    """The venue's address and the ways there."""
    event = _event(slug)
    venue = event.venue
    if venue is None:
        return redirect(url_for(".new_place", slug=slug), code=303)
    form = forms.VenueForm(venue)

    def change() -> None:
        actions.change_venue(venue, form.change(), seen=form.keep("seen"), by=current_account())

    return _section(event, "place", form, change, row=venue, kind=actions.VenueChange,
                    others=len(queries.events_at(venue.id)) - 1)


@blueprint.route("/organise/<slug>/settings/place/new", methods=BOTH)
@signed_in(*ORGANISERS)
def new_place(slug: str) -> ResponseReturnValue:
    """A venue that the host does not know yet, or another one that it knows."""
    event = _event(slug)
    form = forms.VenueForm(None)

    def add() -> None:
        actions.add_venue(event, form.change(), by=current_account())

    return _section(event, "new_place", form, add, then="rooms",
                    choice=forms.VenueChoiceForm(queries.venues_of_host(event.host_id)))


@blueprint.route("/organise/<slug>/settings/place/choose", methods=["POST"])
@signed_in(*ORGANISERS)
def choose_venue(slug: str) -> ResponseReturnValue:
    """Move the event to another venue of the host."""
    event = _event(slug)
    venue = venue_for_organiser(event, forms.VenueChoiceForm([]).venue_id())
    actions.choose_venue(event, venue, by=current_account())
    flash(_("The event takes place at %(venue)s.", venue=venue.name), "success")
    return redirect(url_for(".place", slug=slug), code=303)


@blueprint.route("/organise/<slug>/settings/rooms", methods=BOTH)
@signed_in(*ORGANISERS)
def rooms(slug: str) -> ResponseReturnValue:
    """The rooms of the venue, and a form for one more."""
    event = _event(slug)
    form = forms.RoomForm(None)

    def add() -> None:
        if event.venue is not None:
            actions.add_room(event.venue, form.change(), by=current_account())

    return _section(event, "rooms", form, add, rooms=queries.rooms_of(event))


@blueprint.route("/organise/<slug>/settings/rooms/<int:room_id>", methods=BOTH)
@signed_in(*ORGANISERS)
def room(slug: str, room_id: int) -> ResponseReturnValue:
    """One room."""
    event = _event(slug)
    row = room_for_organiser(event, room_id)
    form = forms.RoomForm(row)

    def change() -> None:
        actions.change_room(row, form.change(), seen=form.keep("seen"), by=current_account())

    return _section(event, "room", form, change, row=row, kind=actions.RoomChange, then="rooms",
                    room=row)


@blueprint.route("/organise/<slug>/settings/rooms/<int:room_id>/remove", methods=["POST"])
@signed_in(*ORGANISERS)
def remove_room(slug: str, room_id: int) -> ResponseReturnValue:
    """Take a room away; refused while sessions take place in it."""
    actions.remove_room(room_for_organiser(_event(slug), room_id), by=current_account())
    flash(_("The room is removed."), "success")
    return redirect(url_for(".rooms", slug=slug), code=303)


@blueprint.route("/organise/<slug>/settings/partners", methods=BOTH)
@signed_in(*ORGANISERS)
def partners(slug: str) -> ResponseReturnValue:
    """The organisations named on the page, and a form for one more."""
    event = _event(slug)
    form = forms.PartnerForm(None)

    def add() -> None:
        actions.add_partner(event, form.change(), by=current_account())

    return _section(event, "partners", form, add)


@blueprint.route("/organise/<slug>/settings/partners/<int:partner_id>", methods=BOTH)
@signed_in(*ORGANISERS)
def partner(slug: str, partner_id: int) -> ResponseReturnValue:
    """One partner."""
    event = _event(slug)
    row = partner_for_organiser(event, partner_id)
    form = forms.PartnerForm(row)

    def change() -> None:
        actions.change_partner(row, form.change(), seen=form.keep("seen"), by=current_account())

    return _section(event, "partner", form, change, row=row, kind=actions.PartnerChange,
                    then="partners", partner=row)


@blueprint.route("/organise/<slug>/settings/partners/<int:partner_id>/remove", methods=["POST"])
@signed_in(*ORGANISERS)
def remove_partner(slug: str, partner_id: int) -> ResponseReturnValue:
    """Name a partner no longer."""
    actions.remove_partner(partner_for_organiser(_event(slug), partner_id), by=current_account())
    flash(_("The partner is removed."), "success")
    return redirect(url_for(".partners", slug=slug), code=303)


@blueprint.route("/organise/<slug>/life", methods=BOTH)
@signed_in(*ORGANISERS)
def life(slug: str) -> ResponseReturnValue:
    """Where the event stands, and each step it can take, with what it means for whom."""
    event = _event(slug)
    form = forms.StepForm()
    if form.validate_on_submit():
        actions.take_step(event, form.step.member(), by=current_account())
        flash(str(state_sentence(event.state)), "success")
        return redirect(url_for(".life", slug=slug), code=303)
    steps = [(step, step_label(step), step_consequence(step))
             for step in possible_steps(event.state)]
    return render_template("events/organiser/life.html", event=event, form=form, rail="settings",
                           section="life", steps=steps, sentence=state_sentence(event.state))


def _event(slug: str) -> Event:
    return event_for_organiser(slug, current_account())


def _section(
    event: Event, section: str, form: Any, act: Callable[[], None], *,
    kind: Any = None, row: Model | None = None, then: str | None = None, **shown: Any,
) -> ResponseReturnValue:
    """Show a section's form; on a good submission act, and come back to `then` or the section.

    `kind` is the bundle of columns the form was filled from, so that a colleague's change in the
    meantime is noticed; then both versions are shown.
    """
    differences: Outcome = None
    if form.validate_on_submit():
        differences = _try(event, form, act)
        if differences is None and not form.errors:
            flash(_("Saved."), "success")
            return redirect(url_for(f".{then or section}", slug=event.slug), code=303)
    if kind is not None and (differences or not form.is_submitted()):
        form.seen.data = actions.mark_of(row or event, kind)
    page = render_template(f"events/organiser/{section}.html", event=event, form=form,
                           rail="settings", section=then or section, differences=differences,
                           **shown)
    return page, 409 if differences else 200


def _try(event: Event, form: Any, act: Callable[[], None]) -> Outcome:
    """What stands in the way: differences to a colleague's version; complaints go to the form."""
    try:
        act()
    except Invalid as problem:
        form.refuse(problem)
    except Stale as problem:
        return forms.differences(form, problem.differences, event.zone)
    return None
