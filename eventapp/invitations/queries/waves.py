"""Reads of waves, and of the people whom they could invite."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import selectinload

from eventapp.contacts.models import Contact, DistributionList, list_membership
from eventapp.contacts.queries import suppressed_among, suppression_of
from eventapp.events.models import Event
from eventapp.foundation.database import db
from eventapp.foundation.outbox import is_one_address
from eventapp.foundation.text import normalised_email
from eventapp.invitations.models import STANDING, Invitation, Substitute, Wave, wave_list
from eventapp.invitations.selection import Candidate, Invited


def waves_of(event: Event) -> Sequence[Wave]:
    """The event's waves with their lists: in their order, the standing one last. Two statements."""
    return db.session.scalars(
        select(Wave)
        .options(selectinload(Wave.lists))
        .where(Wave.event_id == event.id)
        .order_by(Wave.number == STANDING, Wave.number)
    ).all()


def standing_wave(event: Event) -> Wave | None:
    """Where people invited one by one belong, once the first was."""
    return wave_of_event(event, STANDING)


def latest_wave(event: Event) -> Wave | None:
    """The wave with the highest number, whose words are the newest. One statement."""
    return db.session.scalar(
        select(Wave)
        .where(Wave.event_id == event.id, Wave.number != STANDING)
        .order_by(Wave.number.desc())
        .limit(1)
    )


def wave_of_event(event: Event, number: int) -> Wave | None:
    """The wave of this number with its lists."""
    return db.session.scalar(
        select(Wave)
        .options(selectinload(Wave.lists))
        .where(Wave.event_id == event.id, Wave.number == number)
    )


def invited_by_wave(event: Event) -> dict[int, int]:
    """How many people each wave (by id) has invited; whom they sent instead does not count.

    One statement.
    """
    rows = db.session.execute(
        select(Invitation.wave_id, func.count())
        .where(
            Invitation.event_id == event.id,
            Invitation.wave_id.is_not(None),
            Invitation.substitute_id.is_(None),
        )
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
    return _candidates(wave.event.host_id, Contact.id.in_(on_lists))


def candidates_among(host_id: int, contact_ids: Iterable[int]) -> list[Candidate]:
    """These contacts as far as choosing needs, sorted as Germans sort. Two statements."""
    return _candidates(host_id, Contact.id.in_(list(contact_ids)))


def _candidates(host_id: int, condition: ColumnElement[bool]) -> list[Candidate]:
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
        .where(condition, Contact.host_id == host_id)
        .order_by(Contact.sort_name, Contact.id)
    ).all()
    objections = suppressed_among(host_id, (row.email_key for row in rows))
    return [_candidate(row, objects=row.email_key in objections) for row in rows]


def _candidate(row: Row[*tuple[Any, ...]], *, objects: bool) -> Candidate:
    """A contact as far as choosing needs."""
    name = " ".join(filter(None, (row.title, row.first_name, row.last_name)))
    return Candidate(
        contact_id=row.id,
        name=name or row.organisation_name,
        organisation=row.organisation_name,
        name_key=row.sort_name,
        email_key=row.email_key,
        blocked=objects or row.blocked_at is not None,
        undeliverable=row.undeliverable_at is not None,
        bad_address=not is_one_address(row.email_key),
    )


def objects_to_mail(host_id: int, email: str) -> bool:
    """Whether whoever has this address does not want invitations. Two statements at most."""
    if suppression_of(host_id, email) is not None:
        return True
    blocked = select(Contact.id).where(
        Contact.host_id == host_id,
        Contact.email_key == normalised_email(email),
        Contact.blocked_at.is_not(None),
    )
    return db.session.scalar(blocked.limit(1)) is not None


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
