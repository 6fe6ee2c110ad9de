"""The organisations that are named on the event's page."""

from dataclasses import asdict

from eventapp.accounts.audit import Actor
from eventapp.events.actions.changes import PartnerChange, apply
from eventapp.events.actions.revision import touch_event
from eventapp.events.actions.trail import note_change, note_row
from eventapp.events.models import Event, Partner
from eventapp.foundation.database import db, lock, transaction


def add_partner(event: Event, change: PartnerChange, *, by: Actor) -> Partner:
    """Name a partner after the others."""
    with transaction():
        lock(event)
        position = max((partner.position for partner in event.partners), default=0) + 1
        partner = Partner(event=event, position=position, **asdict(change))
        db.session.add(partner)
        touch_event(event)
        note_row(by, "partner.added", partner, partner.name, below=event)
    return partner


def change_partner(partner: Partner, change: PartnerChange, *, seen: str, by: Actor) -> None:
    """Change name, part or address of a partner."""
    with transaction():
        lock(partner.event)
        lock(partner)
        before = apply(partner, change, seen=seen)
        if before:
            touch_event(partner.event)
            note_change(by, "partner.changed", partner, before, below=partner.event)


def remove_partner(partner: Partner, *, by: Actor) -> None:
    """Name a partner no longer."""
    event = partner.event
    with transaction():
        lock(event)
        note_row(by, "partner.removed", partner, partner.name, below=event)
        event.partners.remove(partner)
        touch_event(event)
