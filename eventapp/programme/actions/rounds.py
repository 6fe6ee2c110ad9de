"""Several talk rounds at once, side by side in one slot."""

from collections.abc import Sequence
from dataclasses import dataclass

from eventapp.accounts.audit import Actor
from eventapp.events.models import Event
from eventapp.events.queries import rooms_of
from eventapp.foundation.database import db, transaction
from eventapp.foundation.errors import Invalid, found
from eventapp.foundation.message import message
from eventapp.programme import queries
from eventapp.programme.actions.changes import AnyPart, SessionChange, SlotChange
from eventapp.programme.actions.sessions import NewSession, add_sessions
from eventapp.programme.actions.slots import add_slot
from eventapp.programme.actions.surroundings import locked_surroundings
from eventapp.programme.kinds import SessionKind
from eventapp.programme.models import Session, Slot


@dataclass(frozen=True, kw_only=True)
class NewRound:
    """A talk round of a slot; without a number of places it has as many as its room."""

    title_de: str
    room_id: int | None
    capacity: int | None
    parts: Sequence[AnyPart]


def add_rounds(
    event: Event, wanted: int | SlotChange, rounds: Sequence[NewRound], *, by: Actor
) -> list[Session]:
    """Rounds as drafts in a slot that is there (its id) or is made with them; all or nothing.

    Raises Invalid where a round of that title is in the slot already, so a form that is sent twice
    adds nothing the second time.
    """
    with transaction():
        around = locked_surroundings(event)
        slot = _slot(event, wanted, by)
        around.slots.add(slot.id)
        there = {session.title_de for session in queries.sessions_in_slot(slot)}
        for number, each in enumerate(rounds):
            if each.title_de in there:
                raise AlreadyThere(number)
        seats = {room.id: room.capacity for room in rooms_of(event)}
        new = [NewSession(_change(each, slot, seats), each.parts) for each in rounds]
        return add_sessions(around, new, by=by)


class AlreadyThere(Invalid):
    """The slot has a round of this title."""

    def __init__(self, number: int) -> None:
        """`number` counts the rounds from 0."""
        super().__init__(f"title-{number}", message("This round is in the slot already."))


def _slot(event: Event, wanted: int | SlotChange, by: Actor) -> Slot:
    if isinstance(wanted, int):
        return found(queries.slot_of(event, wanted))
    like = (wanted.name_de, wanted.starts_at, wanted.ends_at)
    for slot in queries.slots_of(event):
        if (slot.name_de, slot.starts_at, slot.ends_at) == like:
            return slot
    slot = add_slot(event, wanted, by=by)
    db.session.flush()
    return slot


def _change(new: NewRound, slot: Slot, seats: dict[int, int]) -> SessionChange:
    return SessionChange(
        key="",
        kind=SessionKind.TALK_ROUND,
        title_de=new.title_de,
        title_en="",
        teaser_de="",
        teaser_en="",
        questions="",
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        room_id=new.room_id,
        slot_id=slot.id,
        capacity=new.capacity or seats.get(new.room_id or 0) or None,
        public=True,
    )
