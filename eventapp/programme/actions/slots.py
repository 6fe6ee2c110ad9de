"""Slots: times in which several rounds run side by side."""

from dataclasses import asdict, replace

from eventapp.accounts.audit import Actor
from eventapp.events.models import Event
from eventapp.foundation.database import db, lock, transaction
from eventapp.programme import queries
from eventapp.programme.actions.changes import SlotChange, differences, refuse_stale, write
from eventapp.programme.actions.revision import note, touch_session
from eventapp.programme.errors import EndBeforeStart, KeyTaken
from eventapp.programme.keys import free_key
from eventapp.programme.models import Slot
from eventapp.programme.states import SessionState


def add_slot(event: Event, change: SlotChange, *, by: Actor) -> Slot:
    """A slot without rounds yet."""
    with transaction():
        lock(event)
        slot = Slot(event=event, **asdict(_checked(event, change, known_key="")))
        db.session.add(slot)
        note(by, "slot.added", slot, event, name=slot.name_de)
    return slot


def change_slot(slot: Slot, change: SlotChange, *, seen: int, by: Actor) -> None:
    """Rename or move a slot; rounds that keep its times move with it."""
    event = slot.event
    with transaction():
        lock(event)
        lock(slot)
        change = _checked(event, change, known_key=slot.key)
        different = differences(slot, change)
        refuse_stale(slot, seen, different)
        if not different:
            return
        before = slot.starts_at, slot.ends_at
        write(slot, different)
        _move_rounds(slot, before)
        note(by, "slot.changed", slot, event, different=different)


def remove_slot(slot: Slot, *, by: Actor) -> None:
    """Take a slot away; its rounds stay at their times."""
    event = slot.event
    with transaction():
        lock(event)
        lock(slot)
        for session in queries.rounds_for_update(slot):
            session.slot = None
            touch_session(session)
        note(by, "slot.removed", slot, event, name=slot.name_de)
        db.session.flush()
        db.session.delete(slot)


def _move_rounds(slot: Slot, before: tuple[object, object]) -> None:
    if before == (slot.starts_at, slot.ends_at):
        return
    for session in queries.rounds_for_update(slot):
        off = session.state is SessionState.CANCELLED
        if (session.starts_at, session.ends_at) == before and not off:
            session.starts_at, session.ends_at = slot.starts_at, slot.ends_at
            touch_session(session)


def _checked(event: Event, change: SlotChange, *, known_key: str) -> SlotChange:
    if change.ends_at <= change.starts_at:
        raise EndBeforeStart
    taken = queries.keys_of(event, Slot)
    if not change.key:
        return replace(change, key=known_key or free_key("S", taken))
    if change.key != known_key and change.key in taken:
        raise KeyTaken
    return change
