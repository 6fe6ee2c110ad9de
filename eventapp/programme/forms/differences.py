"""What a colleague stored and what this person wanted, in words instead of numbers."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _

from eventapp.contacts.words import LOCALE_WORDS, form_label
from eventapp.events.forms import Difference
from eventapp.events.forms import differences as in_words
from eventapp.foundation.i18n import localised
from eventapp.programme.actions import Part
from eventapp.programme.kinds import kind_label, role_label
from eventapp.programme.queries import Programme
from eventapp.programme.words import contributor_state_label

FIELDS = {
    "starts_at": "starts",
    "ends_at": "ends",
    "room_id": "room",
    "slot_id": "slot",
    "people": "parts",
    "available_until": "until",
}
Pair = tuple[object, object]


def differences(form: Any, found: Mapping[str, Pair], programme: Programme) -> list[Difference]:
    """The fields in which the stored version and the person's differ, as a table shows them."""
    words = _words(programme)
    told = {
        FIELDS.get(name, name): (words.get(name, _same)(stored), words.get(name, _same)(wanted))
        for name, (stored, wanted) in found.items()
    }
    return in_words(form, told, programme.event.zone)


def _same(value: object) -> object:
    return value


def _words(programme: Programme) -> dict[str, Callable[[Any], object]]:
    rooms = {room.id: room.name for room in programme.rooms}
    slots = {slot.id: localised(slot, "name") for slot in programme.slots}
    people = {person.id: person.name for person in programme.contributors}

    def part(each: Part) -> str:
        state = contributor_state_label(each.state)
        name = people.get(each.contributor_id) or _("A new person")
        return f"{name} ({role_label(each.role)}, {state})"

    return {
        "room_id": rooms.get,
        "slot_id": slots.get,
        "kind": lambda kind: str(kind_label(kind)),
        "locale": lambda locale: str(LOCALE_WORDS[locale]),
        "form_of_address": lambda form: str(form_label(form)),
        "people": lambda parts: ", ".join(map(part, parts)),
    }
