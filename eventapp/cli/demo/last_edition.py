"""Who came to the last edition of the series: the curve with which this one is compared."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import islice

from eventapp.cli.demo.dates import Shift
from eventapp.cli.demo.history import make_wave
from eventapp.contacts.models import Contact
from eventapp.events.models import Event
from eventapp.foundation.database import db, transaction
from eventapp.invitations.models import Invitation, Wave
from eventapp.invitations.states import InvitationState
from eventapp.registrations.models import Registration
from eventapp.registrations.snapshot import take_snapshot
from eventapp.registrations.states import HOLDS_PLACE, RegistrationState

SENT = "23.11.2026 10:00"
INVITED, CAME = 140, 103
EVERY_CANCELLED = 14
DAYS_OF_ANSWERS, HASTE = 48, 1.3
SILENT = 15


def load_last_edition(event: Event, contacts: Mapping[str, Contact], shift: Shift) -> None:
    """One wave, and answers that come slowly at first and then steadily until the deadline."""
    sent_at = shift.past_moment(SENT)
    with transaction():
        wave = make_wave(event, 1, "Handwerk und Handel", sent_at)
        db.session.add(wave)
        guests = [
            _invite(event, wave, contact, sent_at, count)
            for count, contact in enumerate(islice(_people(contacts), INVITED))
        ]
        came = [one for one in guests if one is not None]
        for count, one in enumerate(came, start=1):
            one.number = f"A-{count:04}"
        event.last_registration_number = len(came)
        event.places_taken = sum(one.state in HOLDS_PLACE for one in came)


def _people(contacts: Mapping[str, Contact]) -> Iterator[Contact]:
    return (one for one in contacts.values() if one.last_name and not one.blocked_at)


def _invite(
    event: Event, wave: Wave, contact: Contact, sent_at: datetime, count: int
) -> Registration | None:
    """An invitation and, if it was accepted, the registration that came of it."""
    invitation = Invitation(
        event=event,
        wave=wave,
        contact=contact,
        state=InvitationState.SENT,
        reply_by_on=event.reply_by_on,
        sent_at=sent_at,
        created_at=sent_at,
    )
    db.session.add(invitation)
    if count < CAME:
        return _register(invitation, contact, sent_at, count)
    if count % SILENT:
        invitation.state = InvitationState.DECLINED
        invitation.replied_at = sent_at + timedelta(days=count % 30)
    return None


def _register(
    invitation: Invitation, contact: Contact, sent_at: datetime, count: int
) -> Registration:
    """A place, which now and then somebody gave back."""
    at = sent_at + timedelta(days=DAYS_OF_ANSWERS * (count / CAME) ** (1 / HASTE))
    left = count % EVERY_CANCELLED == EVERY_CANCELLED - 1
    invitation.state = InvitationState.DECLINED if left else InvitationState.ACCEPTED
    invitation.replied_at = at
    registration = Registration(
        event=invitation.event,
        invitation=invitation,
        contact_id=contact.id,
        state=RegistrationState.CANCELLED if left else RegistrationState.CONFIRMED,
        registered_at=at,
        confirmed_at=at,
        cancelled_at=at + timedelta(days=5) if left else None,
    )
    take_snapshot(registration, contact)
    db.session.add(registration)
    return registration
