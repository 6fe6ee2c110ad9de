"""What becomes of invitations when two contacts turn out to be one person."""

from collections.abc import Sequence

from eventapp.accounts.audit import Actor, record_change
from eventapp.contacts.models import Contact
from eventapp.contacts.signals import address_moves, contacts_merge, merge_begins
from eventapp.foundation.database import db, lock_columns
from eventapp.foundation.message import Message, message
from eventapp.invitations import queries
from eventapp.invitations.models import Invitation
from eventapp.invitations.states import InvitationState

I = InvitationState  # noqa: E741 - short name for the order below
SAYS_MOST = (
    I.ACCEPTED,
    I.SUBSTITUTED,
    I.DECLINED,
    I.SENT,
    I.UNDELIVERABLE,
    I.PLANNED,
    I.WITHDRAWN,
)


@merge_begins.connect
@address_moves.connect
def lock_their_events(contact_ids: Sequence[int]) -> None:
    """Whoever answers queues at the event first, so whoever merges or moves does."""
    for event in queries.events_of_contacts(contact_ids):
        lock_columns(event)


@contacts_merge.connect
def unite_invitations(kept: Contact, *, other: Contact, by: Actor) -> list[Message]:
    """One person has one invitation to an event: the answered one stays, with its link."""
    told: list[Message] = []
    for one, second in queries.invited_twice(kept.id, other.id):
        stays, goes = sorted((one, second), key=_preference)
        _unite(stays, goes, by=by)
        told.append(
            message(
                "Both were invited to “%(event)s”: the invitation that says most stays, the other "
                "one's link opens nothing any more.",
                event=stays.event.title_de,
            )
        )
    return told


def given_up_with(kept: Contact, other: Contact) -> set[int]:
    """Which invitations (by id) would go if the two became one. One statement."""
    pairs = queries.invited_twice(kept.id, other.id)
    return {max(pair, key=_preference).id for pair in pairs}


def _preference(invitation: Invitation) -> tuple[int, int]:
    return SAYS_MOST.index(invitation.state), invitation.id


def _unite(stays: Invitation, goes: Invitation, *, by: Actor) -> None:
    """It stays its contact's until all that refers to the other contact is moved."""
    lock_columns(stays)
    lock_columns(goes)
    record_change(
        by,
        "invitation.merged",
        stays,
        before={"other": goes.id, "state": goes.state},
        after={"state": stays.state},
        scope=stays.event.scope,
        host_id=stays.event.host_id,
    )
    stays.companions_allowed = max(stays.companions_allowed, goes.companions_allowed)
    stays.no_mail_at = stays.no_mail_at or goes.no_mail_at
    stays.note = "\n".join(dict.fromkeys(filter(None, (stays.note, goes.note))))
    for substitute in queries.substitutes_of(goes):
        substitute.substitute_for = stays
    db.session.flush()
    db.session.delete(goes)
    db.session.flush()
