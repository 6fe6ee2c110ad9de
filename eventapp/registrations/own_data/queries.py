"""What lies about one guest outside the registration itself, and whether they are there twice."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, delete, func, or_, select
from sqlalchemy.orm import joinedload, load_only, selectinload

from eventapp.accounts.models import AuditEntry
from eventapp.contacts.models import Contact
from eventapp.foundation.database import db
from eventapp.foundation.outbox import OutboxMail
from eventapp.invitations.models import Invitation
from eventapp.questions.models import Question, QuestionAnswer
from eventapp.registrations.models import Registration, RegistrationMerge
from eventapp.registrations.states import RegistrationState

MOST = 500
_HEADS = (
    OutboxMail.subject,
    OutboxMail.to_email,
    OutboxMail.created_at,
    OutboxMail.sent_at,
    OutboxMail.state,
)


def selves_of(registration: Registration) -> Sequence[Registration]:
    """Everything this person registered for the event, by the rule by which nobody is there twice:
    same address and same name; and what staff found to be theirs and merged. Two statements."""
    selves = select(Registration.id).where(_is_same(registration)).cte("selves", recursive=True)
    merged = select(RegistrationMerge.registration_id).where(
        RegistrationMerge.kept_id == selves.c.id
    )
    selves = selves.union(merged)
    return db.session.scalars(
        select(Registration)
        .options(selectinload(Registration.companions), joinedload(Registration.invitation))
        .where(Registration.id.in_(select(selves.c.id)))
        .order_by(Registration.id)
        .execution_options(populate_existing=True)
    ).all()


def _is_same(registration: Registration) -> ColumnElement[bool]:
    if not registration.email_key:
        return Registration.id == registration.id
    return and_(
        Registration.event_id == registration.event_id,
        Registration.email_key == registration.email_key,
        Registration.name_key == registration.name_key,
        Registration.state != RegistrationState.UNCONFIRMED,
    )


def mails_about(registration: Registration) -> Sequence[OutboxMail]:
    """The mails to this guest, earliest first: those with their links, and those to them by name.

    Not all mails to the address: two people may share one. One statement.
    """
    return db.session.scalars(
        select(OutboxMail)
        .options(load_only(*_HEADS))
        .where(_about(registration))
        .order_by(OutboxMail.id)
        .limit(MOST)
    ).all()


def own_key(registration: Registration) -> str:
    """How the keys of those mails begin that are the guest's, wherever they go, without a link."""
    return f"own:{registration.public_id}"


def delete_mails_about(registration: Registration) -> None:
    """Forget them; those that have not gone out stay here."""
    db.session.execute(
        delete(OutboxMail).where(_about(registration)),
        execution_options={"synchronize_session": False},
    )


def _about(registration: Registration) -> ColumnElement[bool]:
    event = registration.event
    public_ids = [registration.public_id]
    if registration.invitation is not None:
        public_ids.append(registration.invitation.public_id)
    with_links = or_(
        *(OutboxMail.text.contains(f"/{one}.", autoescape=True) for one in public_ids),
        OutboxMail.dedupe_key.startswith(f"{own_key(registration)}:", autoescape=True),
    )
    by_name = and_(
        func.lower(OutboxMail.to_email) == registration.email_key,
        OutboxMail.to_name.in_({registration.full_name, registration.name}),
        OutboxMail.to_email != "",
    )
    scopes = (event.scope, f"host:{event.host_id}")
    return and_(OutboxMail.scope.in_(scopes), or_(with_links, by_name))


def mails_with_link_of(invitation: Invitation) -> Sequence[OutboxMail]:
    """The mails that hold the link of an invitation. One statement."""
    return db.session.scalars(
        select(OutboxMail).where(
            OutboxMail.scope == invitation.event.scope,
            OutboxMail.text.contains(f"/{invitation.public_id}.", autoescape=True),
        )
    ).all()


def substitutes_named_by(invitation: Invitation) -> Sequence[Invitation]:
    """The invitations of those whom this guest named to come instead. One statement."""
    return db.session.scalars(
        select(Invitation).where(Invitation.substitute_for_id == invitation.id)
    ).all()


def answers_of(registration: Registration) -> Sequence[QuestionAnswer]:
    """What the guest answered, in the order of the questions. Three statements."""
    return db.session.scalars(
        select(QuestionAnswer)
        .join(QuestionAnswer.question)
        .options(selectinload(QuestionAnswer.question).selectinload(Question.choices))
        .where(QuestionAnswer.registration_id == registration.id)
        .order_by(Question.position, Question.id)
    ).all()


def entries_about(registration: Registration) -> Sequence[AuditEntry]:
    """What the trail says of registration, invitation and contact, earliest first.

    Only from the day on which invitation and contact were entered: SQLite gives the number of the
    row that was deleted last to the next one, and the trail still speaks of the former.
    """
    about = [_entries_of(Registration.__tablename__, registration.id)]
    for table, number in (
        (Invitation, registration.invitation_id),
        (Contact, registration.contact_id),
    ):
        if number is not None:
            entered = select(table.created_at).where(table.id == number).scalar_subquery()
            about.append(_entries_of(table.__tablename__, number) & (AuditEntry.at >= entered))
    return db.session.scalars(
        select(AuditEntry).where(or_(*about)).order_by(AuditEntry.id).limit(MOST)
    ).all()


def _entries_of(kind: str, number: int) -> ColumnElement[bool]:
    return and_(AuditEntry.subject_kind == kind, AuditEntry.subject_id == str(number))


def contact_with_lists(contact_id: int | None) -> Contact | None:
    """The guest's entry in the address book with the lists that it is on."""
    if contact_id is None:
        return None
    return db.session.scalar(
        select(Contact).options(selectinload(Contact.lists)).where(Contact.id == contact_id)
    )
