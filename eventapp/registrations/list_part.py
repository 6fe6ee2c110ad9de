"""What the page with the list of guests shows."""

from typing import Any

from flask import request

from eventapp.accounts.permissions import may_see_needs_at
from eventapp.contacts.states import Sector
from eventapp.contacts.words import sector_label
from eventapp.events.models import Event
from eventapp.foundation.pages import page_number
from eventapp.foundation.row_help import Kept, address_of_each, badges
from eventapp.registrations import guests as guest_groups
from eventapp.registrations.deadlines import offer_end
from eventapp.registrations.doubles.sheet import count_doubles, count_doubles_among
from eventapp.registrations.forms import ReasonForm
from eventapp.registrations.guest_queries import guests, silent_substitutes, states_and_fitting
from eventapp.registrations.place_queries import room_of
from eventapp.registrations.queries import ranks
from eventapp.registrations.states import RegistrationState
from eventapp.registrations.words import STATE_KINDS, kind_label, state_label


def list_part(event: Event) -> dict[str, Any]:
    """The guests whom the address asks for, the numbers above them, and what can be done."""
    wanted = guest_groups.guest_filter(request.args)
    states, fitting = states_and_fitting(event, wanted)
    chips, number = guest_groups.group_counts(fitting), page_number(request.args.get("page"))
    page, room = guests(event, wanted, number, total=chips[wanted.group]), room_of(event)
    may_fill = room.open > 0 and states.get(RegistrationState.WAITING, 0) > 0
    return {
        "wanted": wanted,
        "page": page,
        "room": room,
        "doubles": count_doubles_among(event, page.rows) if request.args else count_doubles(event),
        "fill_form": ReasonForm(formdata=None) if may_fill else None,
        "counts": guest_groups.group_counts(states),
        "chip_counts": chips,
        "group_label": guest_groups.group_label,
        "ranks": ranks(page.rows),
        "silent": silent_substitutes(page.rows),
        "sectors": list(Sector),
        "sector_label": sector_label,
        "may_see_needs": may_see_needs_at(event.host_id),
        "offer_end": offer_end,
        **_asked_once(event),
    }


def _asked_once(event: Event) -> dict[str, Any]:
    """What the rows say again and again."""
    return {
        "state_badges": badges(state_label, STATE_KINDS),
        "kind_words": Kept(kind_label),
        "sector_words": Kept(sector_label),
        "address": address_of_each(
            "registrations_organiser.guest", "registration_id", slug=event.slug
        ),
    }
