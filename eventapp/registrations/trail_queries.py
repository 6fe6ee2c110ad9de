"""Named reads of what happened to people: changes, mails, and who was asked with whom."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload, load_only

from eventapp.accounts.models import AuditEntry
from eventapp.contacts.models import Contact
from eventapp.foundation.database import db
from eventapp.foundation.outbox import OutboxMail
from eventapp.invitations.models import Invitation, Wave
from eventapp.registrations.deadlines import CONFIRMATION_TIME
from eventapp.registrations.models import Registration
from eventapp.registrations.recipients import LINKS, links_key

LIMIT = 200


Thing = tuple[str, str]
"""Kind and id of a subject, as they stand in an entry."""
Told = Registration | Invitation | Contact | Wave


def changes_about(rows: Iterable[Told], *, limit: int = LIMIT) -> Sequence[AuditEntry]:
    """What the trail of changes knows of these rows, newest first. One statement.

    Only from the moment on at which each was entered: SQLite gives the number of the row that was
    deleted last to the next one, and the trail still speaks of the former.
    """
    entered = {(row.__tablename__, str(row.id)): _entered(row) for row in rows}
    kinds = {kind for kind, _number in entered}
    wanted = [
        and_(
            AuditEntry.subject_kind == kind,
            AuditEntry.subject_id.in_([number for one, number in entered if one == kind]),
        )
        for kind in sorted(kinds)
    ]
    entries = db.session.scalars(
        select(AuditEntry).where(or_(*wanted)).order_by(AuditEntry.id.desc()).limit(limit)
    )
    return [one for one in entries if one.at >= entered[one.subject_kind, one.subject_id]]


def _entered(row: Told) -> datetime:
    """Since when there is this row; who registers once more before confirming was there before."""
    if isinstance(row, Registration):
        return row.registered_at - CONFIRMATION_TIME
    return row.created_at


def mails_about(rows: Iterable[str]) -> Sequence[OutboxMail]:
    """Mails about these rows without their contents, newest first, at most 200. One statement."""
    return db.session.scalars(_HEADS.where(OutboxMail.about.in_(list(rows)))).all()


def lost_links_with_others(
    rows: Collection[str], host_id: int, emails: Iterable[str]
) -> Sequence[OutboxMail]:
    """Mails to these addresses with the links of several people, of whom these are not the first:
    `about` names the first one only. Newest first. One statement at most.

    Found by the keys of such mails, which have an index; ten minutes are a number of seven digits.
    """
    keys = sorted({links_key(host_id, one) for one in emails if one})
    if not rows or not keys:
        return []
    ids = [row.partition("/")[2] for row in rows]
    return db.session.scalars(
        _HEADS.where(
            or_(*(OutboxMail.dedupe_key.between(one, f"{one}9") for one in keys)),
            or_(*(OutboxMail.text.contains(f"/{one}.", autoescape=True) for one in ids)),
            OutboxMail.about.not_in(list(rows)),
            OutboxMail.kind == LINKS,
        )
    ).all()


_HEADS = (
    select(OutboxMail)
    .options(
        load_only(
            OutboxMail.public_id, OutboxMail.scope, OutboxMail.to_email, OutboxMail.subject,
            OutboxMail.state, OutboxMail.last_error, OutboxMail.created_at, OutboxMail.sent_at,
        )
    )
    .order_by(OutboxMail.id.desc())
    .limit(LIMIT)
)  # fmt: skip


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


def parents_of(rows: Iterable[AuditEntry]) -> dict[Thing, Thing]:
    """To what the registrations of these entries belong: companions to their main guest, main
    guests to the invitation from which they came. One statement."""
    kind = Registration.__tablename__
    numbers = {row.subject_id for row in rows if row.subject_kind == kind}
    found = db.session.execute(
        select(Registration.id, Registration.main_id, Registration.invitation_id).where(
            Registration.id.in_(sorted(int(one) for one in numbers if one.isdecimal())),
            or_(Registration.main_id.is_not(None), Registration.invitation_id.is_not(None)),
        )
    )
    invitation = Invitation.__tablename__
    return {
        (kind, str(own)): (kind, str(main)) if main else (invitation, str(invited))
        for own, main, invited in found
    }


def registrations_of_contact(contact: Contact) -> Sequence[Registration]:
    """What a contact has registered, at whichever event, with the event. One statement."""
    return db.session.scalars(
        select(Registration)
        .options(joinedload(Registration.event))
        .where(Registration.contact_id == contact.id, Registration.main_id.is_(None))
        .order_by(Registration.id.desc())
        .limit(LIMIT)
    ).all()


def changes_of(kind: str, subject_id: int) -> Sequence[AuditEntry]:
    """What the trail of changes knows of one row, newest first. One statement."""
    return db.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.subject_kind == kind, AuditEntry.subject_id == str(subject_id))
        .order_by(AuditEntry.id.desc())
        .limit(LIMIT)
    ).all()


def latest_change_of(kind: str, subject_id: int, *, but: Collection[str] = ()) -> AuditEntry | None:
    """What the trail of changes says last of one row, but for these actions. One statement."""
    return next((one for one in changes_of(kind, subject_id) if one.action not in but), None)
