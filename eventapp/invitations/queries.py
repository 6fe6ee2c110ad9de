"""Named reads of waves and invitations."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from eventapp.contacts.models import Contact, DistributionList, list_membership
from eventapp.contacts.queries import suppressed_among
from eventapp.events.models import Event
from eventapp.events.states import PUBLIC
from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.foundation.outbox import is_one_address
from eventapp.foundation.pages import Page, paginate
from eventapp.foundation.text import like_pattern, normalised_email, search_terms
from eventapp.invitations.models import Invitation, Substitute, Wave, wave_list
from eventapp.invitations.replies import ReplyFilter
from eventapp.invitations.selection import Candidate, Invited
from eventapp.invitations.states import InvitationState

LINKS_LIMIT = 20


# built once: every personal link begins with it, and building takes as long as asking
_BY_PUBLIC_ID = (
    select(Invitation)
    .options(
        joinedload(Invitation.contact),
        joinedload(Invitation.substitute),
        joinedload(Invitation.event).options(
            joinedload(Event.venue), joinedload(Event.host), joinedload(Event.series)
        ),
    )
    .where(Invitation.public_id == bindparam("public_id"))
)


def invitation_by_public_id(public_id: str) -> Invitation | None:
    """The invitation with its person, event, venue and host. One statement."""
    return db.session.scalar(_BY_PUBLIC_ID, {"public_id": public_id})


def invitation_of_event(event: Event, invitation_id: int) -> Invitation | None:
    """An invitation to this event, with its person and wave. One statement."""
    return db.session.scalar(
        _with_person(select(Invitation))
        .options(joinedload(Invitation.wave))
        .where(Invitation.id == invitation_id, Invitation.event_id == event.id)
    )


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


def waves_of(event: Event) -> Sequence[Wave]:
    """The event's waves with their lists, first wave first. Two statements."""
    return db.session.scalars(
        select(Wave)
        .options(selectinload(Wave.lists))
        .where(Wave.event_id == event.id)
        .order_by(Wave.number)
    ).all()


def wave_of_event(event: Event, number: int) -> Wave | None:
    """The wave of this number with its lists."""
    return db.session.scalar(
        select(Wave)
        .options(selectinload(Wave.lists))
        .where(Wave.event_id == event.id, Wave.number == number)
    )


def invited_by_wave(event: Event) -> dict[int, int]:
    """How many invitations each wave (by id) has sent. One statement."""
    rows = db.session.execute(
        select(Invitation.wave_id, func.count())
        .where(Invitation.event_id == event.id, Invitation.wave_id.is_not(None))
        .group_by(Invitation.wave_id)
    )
    return {wave_id: count for wave_id, count in rows if wave_id is not None}


def last_wave_number(event: Event) -> int:
    """The highest number a wave of the event has; 0 before the first."""
    return db.session.scalar(select(func.max(Wave.number)).where(Wave.event_id == event.id)) or 0


def lists_with_sizes(host_id: int) -> list[tuple[DistributionList, int]]:
    """The host's distribution lists by name, with the number of contacts. One statement."""
    rows = db.session.execute(
        select(DistributionList, func.count(list_membership.c.contact_id))
        .outerjoin(list_membership, list_membership.c.list_id == DistributionList.id)
        .where(DistributionList.host_id == host_id)
        .group_by(DistributionList.id)
        .order_by(DistributionList.name)
    )
    return [(row[0], row[1]) for row in rows]


def lists_by_ids(host_id: int, list_ids: Iterable[int]) -> Sequence[DistributionList]:
    """Those of the lists that belong to the host."""
    return db.session.scalars(
        select(DistributionList).where(
            DistributionList.host_id == host_id, DistributionList.id.in_(set(list_ids))
        )
    ).all()


def candidates_of(wave: Wave) -> list[Candidate]:
    """Everybody on the wave's lists, once, sorted as Germans sort. Two statements."""
    on_lists = (
        select(list_membership.c.contact_id)
        .join(wave_list, wave_list.c.list_id == list_membership.c.list_id)
        .where(wave_list.c.wave_id == wave.id)
    )
    rows = db.session.execute(
        select(
            Contact.id,
            Contact.title,
            Contact.first_name,
            Contact.last_name,
            Contact.organisation_name,
            Contact.email_key,
            Contact.sort_name,
            Contact.blocked_at,
            Contact.undeliverable_at,
        )
        .where(Contact.id.in_(on_lists))
        .order_by(Contact.sort_name, Contact.id)
    ).all()
    objections = suppressed_among(wave.event.host_id, (row.email_key for row in rows))
    return [_candidate(row, objects=row.email_key in objections) for row in rows]


def _candidate(row: Row[*tuple[Any, ...]], *, objects: bool) -> Candidate:
    """A contact as far as choosing needs; an address that no mail can go to counts as none."""
    name = " ".join(filter(None, (row.title, row.first_name, row.last_name)))
    return Candidate(
        contact_id=row.id,
        name=name or row.organisation_name,
        organisation=row.organisation_name,
        name_key=row.sort_name,
        email_key=row.email_key if is_one_address(row.email_key) else "",
        blocked=objects or row.blocked_at is not None,
        undeliverable=row.undeliverable_at is not None,
    )


def invited_to(event: Event) -> Invited:
    """Who has an invitation to the event, of whatever state. One statement."""
    rows = db.session.execute(
        select(
            Invitation.contact_id,
            func.coalesce(Contact.email_key, Substitute.email_key),
            func.coalesce(Contact.sort_name, Substitute.sort_name),
        )
        .outerjoin(Invitation.contact)
        .outerjoin(Invitation.substitute)
        .where(Invitation.event_id == event.id)
    ).all()
    return Invited(
        contacts=frozenset(row[0] for row in rows if row[0] is not None),
        people=frozenset((row[1], row[2]) for row in rows if row[1]),
    )


def contacts_by_ids(contact_ids: Sequence[int]) -> Sequence[Contact]:
    """These contacts in the order of the ids; a statement for every 500."""
    found: dict[int, Contact] = {}
    for start in range(0, len(contact_ids), 500):
        part = contact_ids[start : start + 500]
        rows = db.session.scalars(select(Contact).where(Contact.id.in_(part)))
        found.update((contact.id, contact) for contact in rows)
    return [found[contact_id] for contact_id in contact_ids if contact_id in found]


def counts_by_state(event: Event) -> dict[InvitationState, int]:
    """How many invited people stand in each state; substitutes count with whom they represent.

    One statement.
    """
    rows = db.session.execute(
        select(Invitation.state, func.count())
        .where(Invitation.event_id == event.id, Invitation.substitute_for_id.is_(None))
        .group_by(Invitation.state)
    )
    return {row[0]: row[1] for row in rows}


def replies(event: Event, wanted: ReplyFilter, number: int) -> Page[Invitation]:
    """One page of the invitations that pass the filter, by name as Germans sort.

    Substitutes appear when they are searched for. Two statements, whatever the number of rows.
    """
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
    return paginate(_narrowed(statement, wanted), number)


def _narrowed(statement: Select[Invitation], wanted: ReplyFilter) -> Select[Invitation]:
    text = func.coalesce(Contact.search_text, Substitute.search_text)
    if not wanted.search:
        statement = statement.where(Invitation.substitute_for_id.is_(None))
    for term in search_terms(wanted.search):
        statement = statement.where(text.like(like_pattern(term), escape="\\"))
    if wanted.sector is not None:
        statement = statement.where(Contact.sector == wanted.sector)
    if wanted.wave is not None:
        statement = statement.join(Invitation.wave).where(Wave.number == wanted.wave)
    return statement
