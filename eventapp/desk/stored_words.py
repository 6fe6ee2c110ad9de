"""How people read what is stored about them, where a program has a word of its own for it."""

from enum import StrEnum
from typing import Any

from eventapp.accounts.audit import GUEST, SYSTEM
from eventapp.contacts.states import FormOfAddress, ObjectionKind, Sector
from eventapp.contacts.words import (
    LOCALE_WORDS,
    county_label,
    form_label,
    objection_label,
    sector_label,
)
from eventapp.foundation.mail_states import MailState
from eventapp.foundation.message import Message, message
from eventapp.invitations.states import Channel, InvitationState
from eventapp.invitations.words import invitation_label
from eventapp.registrations.states import RegistrationKind, RegistrationState
from eventapp.registrations.words import kind_label, state_label

WHO = {GUEST: message("you"), SYSTEM: message("automatically")}
STAFF = message("the organisers")
CHANNELS = {
    Channel.EMAIL: message("E-mail"),
    Channel.POST: message("letter post"),
    Channel.PHONE: message("Phone"),
}
SENT_OR_NOT = {
    MailState.QUEUED: message("not sent yet"),
    MailState.INFLIGHT: message("on its way"),
    MailState.AWAITING_RETRY: message("not sent yet, is tried again"),
    MailState.SENT: message("sent"),
    MailState.FAILED: message("could not be sent"),
    MailState.KEPT: message("written, not sent"),
    MailState.RETURNED: message("came back"),
    MailState.STOPPED: message("stopped, not sent"),
    MailState.RECALLED: message("taken back, not sent"),
}
"""What became of a mail, for its reader: colleagues have words of their own."""
WORDS: dict[type[StrEnum], Any] = {
    FormOfAddress: form_label,
    Sector: sector_label,
    RegistrationKind: kind_label,
    RegistrationState: state_label,
    InvitationState: invitation_label,
    MailState: lambda state: SENT_OR_NOT[state],
    Channel: lambda channel: CHANNELS[channel],
    ObjectionKind: objection_label,
}


def words_for(value: Any, key: str) -> Message | str | None:
    """How people read a value of this column; None where it reads as it is."""
    if key == "locale":
        return LOCALE_WORDS.get(value)
    if key == "county":
        return county_label(value)
    label = WORDS.get(type(value))
    return label(value) if label is not None else None
