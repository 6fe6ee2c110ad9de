"""Reads about mails and the people they went to: who objected, whose mail it was, what waits."""

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from sqlalchemy import Table, bindparam, func, select
from sqlalchemy.orm import joinedload

from eventapp.contacts.queries import suppressed_among
from eventapp.events.models import Event
from eventapp.foundation.database import connection, db
from eventapp.foundation.mail_states import UNSENT, MailState
from eventapp.foundation.outbox import UNSUBSCRIBE, OutboxMail
from eventapp.foundation.text import normalised_email
from eventapp.foundation.tokens import LinkKind
from eventapp.invitations.models import Invitation
from eventapp.invitations.queries.invitations import invitation_by_public_id

EVENT_SCOPE, INVITATION = "event:", f"{LinkKind.INVITATION}/"
LATEST = 20


def event_of_mail(mail: OutboxMail) -> Event | None:
    """The event whose mail it is, with its host."""
    number = mail.scope.removeprefix(EVENT_SCOPE)
    if not mail.scope.startswith(EVENT_SCOPE) or not number.isdecimal():
        return None
    return db.session.scalar(
        select(Event).options(joinedload(Event.host)).where(Event.id == int(number))
    )


def invitation_of_mail(mail: OutboxMail) -> Invitation | None:
    """The invitation that the mail is about, with its person."""
    public_id = mail.about.removeprefix(INVITATION)
    return invitation_by_public_id(public_id) if mail.about.startswith(INVITATION) else None


def invitations_about(marks: Sequence[str]) -> Sequence[Invitation]:
    """Invitations that mails are about, with their people; a statement for every 500."""
    found: list[Invitation] = []
    ids = [mark.removeprefix(INVITATION) for mark in marks]
    for start in range(0, len(ids), 500):
        found += db.session.scalars(
            select(Invitation)
            .options(joinedload(Invitation.contact), joinedload(Invitation.substitute))
            .where(Invitation.public_id.in_(ids[start : start + 500]))
            .order_by(Invitation.id)
        )
    return found


def about(invitation: Invitation) -> str:
    """What stands at mails that are about this invitation."""
    return f"{INVITATION}{invitation.public_id}"


def last_address(invitation: Invitation) -> str:
    """Where the latest mail about the invitation went, normalised; "" before the first."""
    email = db.session.scalar(
        select(OutboxMail.to_email)
        .where(OutboxMail.about == about(invitation))
        .order_by(OutboxMail.id.desc())
        .limit(1)
    )
    return normalised_email(email or "")


# built once, of the table: each answer page asks, and needs two columns
_mail = cast(Table, OutboxMail.__table__).c
_LATEST_ABOUT = (
    select(_mail.public_id, _mail.headers)
    .where(_mail.about == bindparam("about"))
    .order_by(_mail.id.desc())
    .limit(LATEST)
)


def mail_to_object_to(invitation: Invitation) -> str | None:
    """The public id of the latest mail about the invitation that its recipient can object to. One
    statement."""
    mails = connection().execute(_LATEST_ABOUT, {"about": about(invitation)})
    return next((public_id for public_id, headers in mails if UNSUBSCRIBE in headers), None)


def unwanted_among(
    event: Event, invitations: Iterable[Invitation], given: Mapping[int, str] | None = None
) -> frozenset[int]:
    """Those invitations (by id) whose people want no mails to many: asked before each such mail.

    They objected for good, at their contact or by their address, or to mails about this event.
    `given` are the addresses (by id) to which their mails go instead. One statement.
    """
    people, given = {one.id: one for one in invitations}, given or {}
    keys = {
        number: normalised_email(given.get(number) or one.person.email or "")
        for number, one in people.items()
    }
    objections = suppressed_among(event.host_id, filter(None, keys.values()))
    return frozenset(
        number
        for number, one in people.items()
        if one.no_mail_at is not None
        or keys[number] in objections
        or (one.contact is not None and one.contact.blocked_at is not None)
    )


def unsent_mails_to(host_id: int, email: str) -> Sequence[OutboxMail]:
    """Mails of the host's events to this address that can still be held back, locked."""
    scopes = select(EVENT_SCOPE + func.cast(Event.id, OutboxMail.scope.type)).where(
        Event.host_id == host_id
    )
    return db.session.scalars(
        select(OutboxMail)
        .where(
            OutboxMail.state.in_(UNSENT),
            func.lower(OutboxMail.to_email) == normalised_email(email),
            OutboxMail.scope.in_(scopes),
        )
        .with_for_update()
    ).all()


def stopped_mails(batch: str) -> Sequence[OutboxMail]:
    """Mails of a batch that are held back, locked."""
    return db.session.scalars(
        select(OutboxMail)
        .where(OutboxMail.batch == batch, OutboxMail.state == MailState.STOPPED)
        .order_by(OutboxMail.id)
        .with_for_update()
    ).all()


def unsent_mails_of(batch: str) -> Sequence[OutboxMail]:
    """Mails of a batch that have not left, locked."""
    return db.session.scalars(
        select(OutboxMail)
        .where(OutboxMail.batch == batch, OutboxMail.state.in_(UNSENT))
        .order_by(OutboxMail.id)
        .with_for_update()
    ).all()


def mails_by_state(batch: str) -> dict[MailState, int]:
    """How many mails of a batch stand in which state. One statement."""
    rows = db.session.execute(
        select(OutboxMail.state, func.count())
        .where(OutboxMail.batch == batch)
        .group_by(OutboxMail.state)
    )
    return {row[0]: row[1] for row in rows}
