"""Reads of invitations: by link, by address, by event, and as the reply board shows them."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar, cast

from sqlalchemy import Select, Table, bindparam, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from eventapp.accounts.models import AuditEntry
from eventapp.contacts.models import Contact
from eventapp.events.models import Event
from eventapp.events.queries import SURROUNDED, surrounded
from eventapp.events.states import PUBLIC
from eventapp.foundation import clock
from eventapp.foundation.database import connection, connection_after_flush, db
from eventapp.foundation.pages import Page, paginate
from eventapp.foundation.side_by_side import SideBySide, belongs
from eventapp.foundation.text import like_pattern, normalised_email, search_terms
from eventapp.invitations.models import Invitation, Substitute, Wave
from eventapp.invitations.replies import EVERYBODY, ReplyFilter
from eventapp.invitations.states import AFTER_SUBSTITUTION, InvitationState

LINKS_LIMIT, HISTORY_LIMIT = 20, 200
Statement = TypeVar("Statement", bound=Select[*tuple[Any, ...]])


# built once: every personal link begins with it, and building takes as long as asking
_INVITED = SideBySide(Invitation, Contact, Substitute, *SURROUNDED)
_invitations, _contacts, _substitutes, _events, *_ = _INVITED.tables
_BY_PUBLIC_ID = (
    select(*_INVITED.columns)
    .select_from(
        surrounded(
            _invitations.outerjoin(_contacts, _contacts.c.id == _invitations.c.contact_id)
            .outerjoin(_substitutes, _substitutes.c.id == _invitations.c.substitute_id)
            .join(_events, _events.c.id == _invitations.c.event_id)
        )
    )
    .where(_invitations.c.public_id == bindparam("public_id"))
)


def invitation_by_public_id(public_id: str) -> Invitation | None:
    """The invitation with its person, event, venue, host and series. One statement."""
    row = connection().execute(_BY_PUBLIC_ID, {"public_id": public_id}).first()
    if row is None:
        return None
    invitation: Invitation
    invitation, contact, substitute, event, host, venue, series = _INVITED.entities(row)
    belongs(event, host=host, venue=venue, series=series)
    belongs(invitation, contact=contact, substitute=substitute, event=event)
    return invitation


def was_erased(invitation: Invitation) -> bool:
    """Whether the trail says that what is stored about this person was deleted. One statement."""
    entry = select(AuditEntry.id).where(
        AuditEntry.subject_kind == Invitation.__tablename__,
        AuditEntry.subject_id == str(invitation.id),
        AuditEntry.action == "invitation.erased",
        AuditEntry.at >= invitation.created_at,
    )
    return db.session.scalar(entry.limit(1)) is not None


def invitation_of_event(event: Event, invitation_id: int) -> Invitation | None:
    """An invitation to this event, with its person and wave. One statement."""
    return db.session.scalar(
        _with_person(select(Invitation))
        .options(joinedload(Invitation.wave))
        .where(Invitation.id == invitation_id, Invitation.event_id == event.id)
    )


def invitations_by_ids(event: Event, ids: Sequence[int]) -> Sequence[Invitation]:
    """Those of the ids that are invitations to this event, by name. One statement."""
    return db.session.scalars(
        select(Invitation)
        .outerjoin(Invitation.contact)
        .outerjoin(Invitation.substitute)
        .options(contains_eager(Invitation.contact), contains_eager(Invitation.substitute))
        .where(Invitation.event_id == event.id, Invitation.id.in_(ids))
        .order_by(func.coalesce(Contact.sort_name, Substitute.sort_name), Invitation.id)
    ).all()


def _with_person(statement: Select[Invitation]) -> Select[Invitation]:
    return statement.options(joinedload(Invitation.contact), joinedload(Invitation.substitute))


def substitute_invitation_of(invitation: Invitation) -> Invitation | None:
    """The latest invitation to a substitute of this guest, with its person; read afresh."""
    return db.session.scalar(
        _with_person(select(Invitation))
        .where(Invitation.substitute_for_id == invitation.id)
        .order_by(Invitation.id.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )


def line_after(invitation: Invitation) -> list[Invitation]:
    """Whom this guest named last, whom that substitute named, and so on: the last one decides
    whether anybody comes. One statement for each of them, and one more at most."""
    line: list[Invitation] = []
    named = substitute_invitation_of(invitation)
    while named is not None and named not in line:
        line.append(named)
        went_on = named.state in AFTER_SUBSTITUTION
        named = substitute_invitation_of(named) if went_on else None
    return line


def invitations_to_come(contact: Contact) -> Sequence[Invitation]:
    """A contact's invitations to events that are not over, whose links may be out; with events."""
    dead = {InvitationState.WITHDRAWN, InvitationState.PLANNED}
    return db.session.scalars(
        select(Invitation)
        .join(Invitation.event)
        .options(contains_eager(Invitation.event))
        .where(
            Invitation.contact_id == contact.id,
            Event.ends_at > clock.now(),
            Invitation.state.not_in(dead),
        )
        .order_by(Invitation.id)
    ).all()


def live_links_of(email: str) -> Sequence[Invitation]:
    """Invitations to events that are not over, sent to this address; next event first.

    One statement, at most 20 rows; withdrawn and merely planned ones are left out.
    """
    key = normalised_email(email)
    dead = {InvitationState.WITHDRAWN, InvitationState.PLANNED}
    return db.session.scalars(
        select(Invitation)
        .join(Invitation.event)
        .outerjoin(Invitation.contact)
        .outerjoin(Invitation.substitute)
        .options(
            contains_eager(Invitation.contact),
            contains_eager(Invitation.substitute),
            contains_eager(Invitation.event).joinedload(Event.venue),
            contains_eager(Invitation.event).joinedload(Event.host),
        )
        .where(
            or_(Contact.email_key == key, Substitute.email_key == key),
            Event.ends_at > clock.now(),
            Event.state.in_(PUBLIC),
            Invitation.state.not_in(dead),
        )
        .order_by(Event.starts_at, Invitation.id)
        .limit(LINKS_LIMIT)
    ).all()


_invitation, _contact = cast(Table, Invitation.__table__).c, cast(Table, Contact.__table__).c
_UNANSWERED = (
    select(_invitation.id)
    .join_from(Invitation.__table__, Contact.__table__, _contact.id == _invitation.contact_id)
    .where(
        _invitation.event_id == bindparam("event"),
        or_(
            _invitation.state == InvitationState.SENT,
            _invitation.state == InvitationState.UNDELIVERABLE,
        ),
        _contact.host_id == bindparam("host"),  # the indexes of contacts begin with it
        _contact.email_key == bindparam("email_key"),
        _contact.sort_name == bindparam("sort_name"),
    )
    .order_by(_invitation.id)
    .limit(1)
)


def unanswered_invitation_of(event: Event, email_key: str, sort_name: str) -> Invitation | None:
    """The invitation that this very person, by address and name, has not answered yet.

    One statement, by indexes; two where there is one.
    """
    person = {"email_key": email_key, "sort_name": sort_name}
    found = connection_after_flush().scalar(
        _UNANSWERED, {"event": event.id, "host": event.host_id, **person}
    )
    return db.session.get_one(Invitation, found) if found is not None else None


def invitations_of_contact(contact: Contact) -> Sequence[Invitation]:
    """Invitations of a contact with event and wave, newest first, at most 200. One statement."""
    return db.session.scalars(
        select(Invitation)
        .options(joinedload(Invitation.event), joinedload(Invitation.wave))
        .where(Invitation.contact_id == contact.id)
        .order_by(Invitation.id.desc())
        .limit(HISTORY_LIMIT)
    ).all()


def invitations_among(event: Event, contact_ids: Iterable[int]) -> dict[int, Invitation]:
    """The invitations that these contacts have to the event, by contact. One statement."""
    rows = db.session.scalars(
        select(Invitation).where(
            Invitation.event_id == event.id, Invitation.contact_id.in_(list(contact_ids))
        )
    )
    return {row.contact_id: row for row in rows if row.contact_id is not None}


def counts_by_state(event: Event, wanted: ReplyFilter = EVERYBODY) -> dict[InvitationState, int]:
    """How many invited people stand in each state, of those that pass all but the filter's group.

    Substitutes count with whom they represent, unless they are searched for. One statement.
    """
    statement = (
        select(Invitation.state, func.count())
        .outerjoin(Invitation.contact)
        .outerjoin(Invitation.substitute)
        .where(Invitation.event_id == event.id)
        .group_by(Invitation.state)
    )
    return {row[0]: row[1] for row in db.session.execute(_narrowed(statement, wanted))}


def replies(event: Event, wanted: ReplyFilter, number: int) -> Page[Invitation]:
    """One page of the invitations that pass the filter, by name as Germans sort.

    Substitutes appear when they are searched for. Two statements, whatever the number of rows.
    """
    return paginate(replies_wanted(event, wanted), number)


def replies_wanted(event: Event, wanted: ReplyFilter) -> Select[Invitation]:
    """Selects the invitations that pass, with person and wave, by name: for page and file."""
    statement = (
        select(Invitation)
        .outerjoin(Invitation.contact)
        .outerjoin(Invitation.substitute)
        .options(
            contains_eager(Invitation.contact),
            contains_eager(Invitation.substitute),
            joinedload(Invitation.wave),
        )
        .where(Invitation.event_id == event.id, Invitation.state.in_(wanted.group.states))
        .order_by(func.coalesce(Contact.sort_name, Substitute.sort_name), Invitation.id)
    )
    return _narrowed(statement, wanted)


def _narrowed(statement: Statement, wanted: ReplyFilter) -> Statement:
    text = func.coalesce(Contact.search_text, Substitute.search_text)
    if not wanted.search:
        statement = statement.where(Invitation.substitute_id.is_(None))
    for term in search_terms(wanted.search):
        statement = statement.where(text.like(like_pattern(term), escape="\\"))
    if wanted.sector is not None:
        statement = statement.where(Contact.sector == wanted.sector)
    if wanted.wave is not None:
        statement = statement.join(Invitation.wave).where(Wave.number == wanted.wave)
    return statement
