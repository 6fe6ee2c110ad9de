"""Waves as tests need them: written, and sent to these people."""

from typing import Any

from factories import make_list

from eventapp.contacts.models import Contact
from eventapp.events.models import Event
from eventapp.invitations.actions import draft_wave, send_wave
from eventapp.invitations.models import Wave
from eventapp.invitations.requests import WaveDraft

BODY = "{salutation},\n\nkommen Sie bis {reply_by} zu {event}?\n\n{link}\n\nGruß"


def drafted_wave(event: Event, *contacts: Contact, **given: Any) -> Wave:
    """A wave to a list of these people."""
    target = make_list(event.host, *contacts)
    draft = WaveDraft(
        **{
            "name": "Fachverteiler",
            "list_ids": frozenset({target.id}),
            "subject_de": "Einladung: {event}",
            "body_de": BODY,
        }
        | given
    )
    return draft_wave(event, draft, by="test")


def sent_wave(event: Event, *contacts: Contact, **given: Any) -> Wave:
    """The same, sent to all of them."""
    wave = drafted_wave(event, *contacts, **given)
    send_wave(wave, expected=len(contacts), by="test")
    return wave
