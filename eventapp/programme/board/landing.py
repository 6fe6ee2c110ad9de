"""Where a session comes to be that was dropped somewhere. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from eventapp.programme.kinds import SessionKind
from eventapp.programme.timetable.entries import TimetableSlot
from eventapp.programme.timetable.places import Place, in_slot


class Gesture(StrEnum):
    """What was done to a session: carried to another place, or pulled longer or shorter."""

    CARRY = "carry"
    PULL = "pull"


def landing(
    kind: SessionKind, place: Place, slots: Iterable[TimetableSlot], gesture: Gesture
) -> Place:
    """A talk round dropped in a slot takes it; pulled, it keeps the slot it stays within.

    Nothing else has a slot. In slots that overlap, the one that begins latest is meant.
    """
    if kind is not SessionKind.TALK_ROUND:
        return replace(place, slot=None)
    by_begin = sorted(slots, key=lambda slot: (slot.starts_at, str(slot.key)), reverse=True)
    if gesture is Gesture.CARRY:
        hit = next((s for s in by_begin if s.starts_at <= place.starts_at < s.ends_at), None)
        return in_slot(hit, place.room) if hit else replace(place, slot=None)
    around = next(
        (s for s in by_begin if s.starts_at < place.ends_at and place.starts_at < s.ends_at), None
    )
    return replace(place, slot=around.key if around else None)
