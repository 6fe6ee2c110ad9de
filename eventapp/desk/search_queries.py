"""Named reads of the search over everything that a host organisation keeps.

People are found in the database, by the text that is stored for searching. Titles and contributors
are few and have no such text: theirs is made here, and kept in memory.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import contains_eager

from eventapp.contacts.models import Contact
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.foundation.text import like_pattern, search_key
from eventapp.invitations.models import Invitation, Substitute
from eventapp.invitations.states import InvitationState
from eventapp.programme.models import Contributor, Session
from eventapp.registrations.models import Registration
from eventapp.registrations.states import RegistrationState

SHOWN = 8
LOOKED_THROUGH = 5000
"""So many titles at most, those of the latest events; a host has some hundreds in ten years."""
KEPT_KEYS = 20_000
ANSWERED_YES = (InvitationState.ACCEPTED, InvitationState.WITHDRAWN)


def contacts_found(host_id: int, terms: Sequence[str]) -> Sequence[Contact]:
    """Contacts by name, at most one more than are shown. One statement."""
    return db.session.scalars(
        select(Contact)
        .where(Contact.host_id == host_id, *_says(Contact.search_text, terms))
        .order_by(Contact.sort_name, Contact.id)
        .limit(SHOWN + 1)
    ).all()


def guests_found(
    host_id: int, terms: Sequence[str], states: Collection[RegistrationState]
) -> Sequence[Registration]:
    """Registrations in these states with their events, coming events first. One statement."""
    return db.session.scalars(
        select(Registration)
        .join(Registration.event)
        .options(contains_eager(Registration.event))
        .where(
            Event.host_id == host_id,
            Registration.state.in_(states),
            *_says(Registration.search_text, terms),
        )
        .order_by(*_nearest_first(), Registration.sort_name, Registration.id)
        .limit(SHOWN + 1)
    ).all()


def invited_found(host_id: int, terms: Sequence[str]) -> Sequence[Invitation]:
    """Invitations to coming events of people who have not said yes. One statement."""
    text = func.coalesce(Contact.search_text, Substitute.search_text)
    name = func.coalesce(Contact.sort_name, Substitute.sort_name)
    return db.session.scalars(
        select(Invitation)
        .join(Invitation.event)
        .outerjoin(Invitation.contact)
        .outerjoin(Invitation.substitute)
        .options(
            contains_eager(Invitation.event),
            contains_eager(Invitation.contact),
            contains_eager(Invitation.substitute),
        )
        .where(
            Event.host_id == host_id,
            Event.ends_at > clock.now(),
            Invitation.state.not_in(ANSWERED_YES),
            *_says(text, terms),
        )
        .order_by(Event.starts_at, name, Invitation.id)
        .limit(SHOWN + 1)
    ).all()


def contributors_found(host_id: int, terms: Sequence[str]) -> Sequence[Contributor]:
    """Contributors with their events, coming events first. Two statements at most."""
    rows = db.session.execute(
        _of_host(
            host_id,
            Contributor,
            Contributor.id, Contributor.first_name, Contributor.last_name,
            Contributor.organisation_name,
        )
    )  # fmt: skip
    return _chosen(Contributor, _matching(rows, terms))


def sessions_found(host_id: int, terms: Sequence[str]) -> Sequence[Session]:
    """Sessions with their events, coming events first. Two statements at most."""
    rows = db.session.execute(
        _of_host(host_id, Session, Session.id, Session.key, Session.title_de, Session.title_en)
    )
    return _chosen(Session, _matching(rows, terms))


def events_found(host_id: int, terms: Sequence[str]) -> Sequence[Event]:
    """Events by title or short name, coming ones first. Two statements at most."""
    rows = db.session.execute(
        select(Event.id, Event.title_de, Event.title_en, Event.slug)
        .where(Event.host_id == host_id)
        .order_by(*_nearest_first(), Event.id)
        .limit(LOOKED_THROUGH)
    )
    return _chosen(Event, _matching(rows, terms))


def _of_host(host_id: int, kind: Any, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .join(kind.event)
        .where(Event.host_id == host_id)
        .order_by(*_nearest_first(), kind.id)
        .limit(LOOKED_THROUGH)
    )


def _nearest_first() -> tuple[ColumnElement[Any], ...]:
    """Coming events by day, then those that are over, latest first."""
    over = Event.ends_at <= clock.now()
    return over, case((~over, Event.starts_at)), Event.starts_at.desc()


def _says(text: Any, terms: Iterable[str]) -> list[ColumnElement[bool]]:
    return [text.like(like_pattern(term), escape="\\") for term in terms]


def _matching(rows: Iterable[Any], terms: Sequence[str]) -> list[int]:
    """The ids of the first rows whose other columns say all of the terms."""
    found: list[int] = []
    for number, *texts in rows:
        if all(term in _key(*texts) for term in terms):
            found.append(number)
            if len(found) > SHOWN:
                break
    return found


@lru_cache(maxsize=KEPT_KEYS)
def _key(*texts: str) -> str:
    return search_key(*texts)


def _chosen(kind: Any, ids: Sequence[int]) -> list[Any]:
    """These rows with their events, in this order; none needs no statement."""
    if not ids:
        return []
    statement = select(kind).where(kind.id.in_(ids))
    if kind is not Event:
        statement = statement.join(kind.event).options(contains_eager(kind.event))
    rows = {row.id: row for row in db.session.scalars(statement)}
    return [rows[number] for number in ids if number in rows]
