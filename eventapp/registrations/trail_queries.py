"""Named reads of what happened to people: changes, mails, and who was asked with whom."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload, load_only

from eventapp.accounts.models import AuditEntry
from eventapp.contacts.models import Contact
from eventapp.foundation.database import db
from eventapp.foundation.outbox import OutboxMail
from eventapp.invitations.models import Invitation
from eventapp.registrations.models import Registration

LIMIT = 200


def changes_about(subjects: Mapping[tuple[str, int], datetime]) -> Sequence[AuditEntry]:
    """What the trail of changes knows of these rows, newest first, at most 200. One statement.

    Of each only since the moment it was entered: SQLite gives the number of the row that was
    deleted last to the next one, and the trail still speaks of the former.
    """
    by_kind: dict[str, list[str]] = {}
    for kind, number in subjects:
        by_kind.setdefault(kind, []).append(str(number))
    wanted = [
        and_(AuditEntry.subject_kind == kind, AuditEntry.subject_id.in_(ids))
        for kind, ids in by_kind.items()
    ]
    found = db.session.scalars(
        select(AuditEntry).where(or_(*wanted)).order_by(AuditEntry.id.desc()).limit(LIMIT)
    )
    return [one for one in found if one.at >= subjects[one.subject_kind, int(one.subject_id)]]


def mails_about(rows: Iterable[str]) -> Sequence[OutboxMail]:
    """Mails about these rows without their contents, newest first, at most 200. One statement."""
    return db.session.scalars(
        select(OutboxMail)
        .options(
            load_only(
                OutboxMail.public_id, OutboxMail.scope, OutboxMail.to_email, OutboxMail.subject,
                OutboxMail.state, OutboxMail.last_error, OutboxMail.created_at, OutboxMail.sent_at,
            )
        )
        .where(OutboxMail.about.in_(list(rows)))
        .order_by(OutboxMail.id.desc())
        .limit(LIMIT)
    ).all()  # fmt: skip


def registrations_by(invitations: Iterable[Invitation]) -> Sequence[Registration]:
    """What came of these invitations. One statement."""
    return db.session.scalars(
        select(Registration)
        .options(joinedload(Registration.event))
        .where(
            Registration.invitation_id.in_([one.id for one in invitations]),
            Registration.main_id.is_(None),
        )
        .order_by(Registration.id)
    ).all()


def registrations_of_contact(contact: Contact) -> Sequence[Registration]:
    """What a contact has registered, at whichever event, with the event. One statement."""
    return db.session.scalars(
        select(Registration)
        .options(joinedload(Registration.event))
        .where(Registration.contact_id == contact.id, Registration.main_id.is_(None))
        .order_by(Registration.id.desc())
        .limit(LIMIT)
    ).all()


def invitations_of_contact(contact: Contact) -> Sequence[Invitation]:
    """All invitations of a contact with event and wave, newest first. One statement."""
    return db.session.scalars(
        select(Invitation)
        .options(joinedload(Invitation.event), joinedload(Invitation.wave))
        .where(Invitation.contact_id == contact.id)
        .order_by(Invitation.id.desc())
        .limit(LIMIT)
    ).all()


def substitutes_of(invitation: Invitation) -> Sequence[Invitation]:
    """Invitations of those whom the guest named to come instead, with the people. One statement."""
    return db.session.scalars(
        select(Invitation)
        .options(joinedload(Invitation.substitute))
        .where(Invitation.substitute_for_id == invitation.id)
        .order_by(Invitation.id)
    ).all()
