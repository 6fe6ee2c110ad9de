"""Pages for organisers: where an event takes place, and the rooms there."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import ORGANISERS
from eventapp.events import actions, forms, queries
from eventapp.events.permissions import own_event, room_for_organiser, venue_for_organiser
from eventapp.events.sections import show_section
from eventapp.foundation.access import signed_in

blueprint = Blueprint("events_places", __name__)
BOTH = ["GET", "POST"]


@blueprint.route("/organise/<slug>/settings/place", methods=BOTH)
@signed_in(*ORGANISERS)
def place(slug: str) -> ResponseReturnValue:
    """The venue's address and the ways there."""
    event = own_event(slug)
    venue = event.venue
    if venue is None:
        return redirect(url_for(".new_place", slug=slug), code=303)
    form = forms.VenueForm(venue)

    def change() -> None:
        actions.change_venue(venue, form.change(), seen=form.keep("seen"), by=current_account())

    return show_section(
        event,
        "place",
        form,
        change,
        row=venue,
        kind=actions.VenueChange,
        others=len(queries.events_at(venue.id)) - 1,
    )


@blueprint.route("/organise/<slug>/settings/place/new", methods=BOTH)
@signed_in(*ORGANISERS)
def new_place(slug: str) -> ResponseReturnValue:
    """A venue that the host does not know yet, or another one that it knows."""
    event = own_event(slug)
    form = forms.VenueForm(None)
    others = [row for row in queries.venues_of_host(event.host_id) if row.id != event.venue_id]

    def add() -> None:
        actions.add_venue(event, form.change(), by=current_account())

    return show_section(
        event,
        "new_place",
        form,
        add,
        then="rooms",
        choice=forms.VenueChoiceForm(others),
    )


@blueprint.route("/organise/<slug>/settings/place/choose", methods=["POST"])
@signed_in(*ORGANISERS)
def choose_venue(slug: str) -> ResponseReturnValue:
    """Move the event to another venue of the host."""
    event = own_event(slug)
    venue = venue_for_organiser(event, forms.VenueChoiceForm([]).venue_id())
    moves = event.venue is not None
    actions.choose_venue(event, venue, by=current_account())
    flash(_("The event takes place at %(venue)s.", venue=venue.name), "success")
    if moves:
        flash(_("Sessions that had a room need a new one now."), "info")
    return redirect(url_for(".place", slug=slug), code=303)


@blueprint.route("/organise/<slug>/settings/rooms", methods=BOTH)
@signed_in(*ORGANISERS)
def rooms(slug: str) -> ResponseReturnValue:
    """The rooms of the venue, and a form for one more."""
    event = own_event(slug)
    form = forms.RoomForm(None)

    def add() -> None:
        if event.venue is not None:
            actions.add_room(event.venue, form.change(), by=current_account())

    said = _("The room %(name)s is added.", name=form.name.data or "")
    return show_section(event, "rooms", form, add, said=said, rooms=queries.rooms_of(event))


@blueprint.route("/organise/<slug>/settings/rooms/<int:room_id>", methods=BOTH)
@signed_in(*ORGANISERS)
def room(slug: str, room_id: int) -> ResponseReturnValue:
    """One room."""
    event = own_event(slug)
    row = room_for_organiser(event, room_id)
    form = forms.RoomForm(row)

    def change() -> None:
        actions.change_room(row, form.change(), seen=form.keep("seen"), by=current_account())

    return show_section(
        event, "room", form, change, row=row, kind=actions.RoomChange, then="rooms", room=row
    )


@blueprint.route("/organise/<slug>/settings/rooms/<int:room_id>/remove", methods=["POST"])
@signed_in(*ORGANISERS)
def remove_room(slug: str, room_id: int) -> ResponseReturnValue:
    """Take a room away; refused while sessions take place in it."""
    actions.remove_room(room_for_organiser(own_event(slug), room_id), by=current_account())
    flash(_("The room is removed."), "success")
    return redirect(url_for(".rooms", slug=slug), code=303)
