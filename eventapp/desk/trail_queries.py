"""Named reads of the audit trail: entries that pass a filter, and what the things are called."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)

from eventapp.accounts.models import Account, AuditEntry, HostOrganisation
from eventapp.contacts.models import Contact, DistributionList, Organisation
from eventapp.events.models import Event, Partner, Room, Venue
from eventapp.foundation.database import Model, db
from eventapp.foundation.pages import Page, paginate
from eventapp.foundation.text import like_pattern, search_terms
from eventapp.invitations.models import Invitation, Substitute, Wave
from eventapp.programme.models import Contributor, Session, Slot
from eventapp.registrations.models import Registration

PAGE_SIZE = 50
Thing = tuple[str, str]
"""Kind and id of a subject, as they stand in an entry."""


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """What the trail is narrowed down to; the defaults show all of it.

    `begun_at` is since when there is the event of the scope: before, its number was another's.
    `search` looks at who it was, at the reason, and at the names of what it was done to.
    """

    search: str = ""
    action: str = ""
    subject: Thing | None = None
    scope: str = ""
    begun_at: datetime | None = None
    since: date | None = None
    until: date | None = None

    @property
    def is_narrow(self) -> bool:
        """Whether anything is left out."""
        return bool(
            self.search or self.action or self.subject or self.scope or self.since or self.until
        )


def entries(host_id: int, wanted: TrailFilter, number: int, *, zone: str) -> Page[AuditEntry]:
    """One page of the organisation's trail, newest first. Two statements."""
    return paginate(entries_wanted(host_id, wanted, zone=zone), number, size=PAGE_SIZE)


def entries_wanted(host_id: int, wanted: TrailFilter, *, zone: str) -> Select[AuditEntry]:
    """Selects the entries that pass the filter, newest first: for the page and for the file."""
    statement = select(AuditEntry).where(AuditEntry.host_id == host_id)
    for condition in _conditions(wanted, zone):
        statement = statement.where(condition)
    return statement.order_by(AuditEntry.at.desc(), AuditEntry.id.desc())


def _conditions(wanted: TrailFilter, zone: str) -> Iterable[ColumnElement[bool]]:
    if wanted.action:
        yield AuditEntry.action == wanted.action
    if wanted.subject:
        yield AuditEntry.subject_kind == wanted.subject[0]
        yield AuditEntry.subject_id == wanted.subject[1]
    if wanted.scope:
        yield AuditEntry.scope == wanted.scope
    if wanted.begun_at:
        yield AuditEntry.at >= wanted.begun_at
    if wanted.since:
        yield AuditEntry.at >= _midnight(wanted.since, zone)
    if wanted.until:
        yield AuditEntry.at < _midnight(wanted.until + timedelta(days=1), zone)
    for word in wanted.search.split():
        yield _mentions(word)


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone))


def _mentions(word: str) -> ColumnElement[bool]:
    """Whether the entry speaks of this word, or of a thing whose name holds it."""
    pattern = _pattern(word)
    return or_(
        AuditEntry.actor.ilike(pattern, escape="\\"),
        AuditEntry.reason.ilike(pattern, escape="\\"),
        *(
            (AuditEntry.subject_kind == kind.__tablename__)
            & AuditEntry.subject_id.in_(_ids_named(kind, statement, word))
            for kind, statement in _NAMES.items()
        ),
    )


def _pattern(word: str) -> str:
    plain = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{plain}%"


def _ids_named(kind: type[Model], name: Any, word: str) -> Select[str]:
    model: Any = kind
    statement = select(cast(model.id, Text))
    search = getattr(model, "search_text", None)
    if search is not None:
        for term in search_terms(word):
            statement = statement.where(search.like(like_pattern(term), escape="\\"))
        return statement
    if kind is Invitation:
        statement = statement.outerjoin(Invitation.contact).outerjoin(Invitation.substitute)
    return statement.where(name.ilike(_pattern(word), escape="\\"))


def _full(person: Any) -> ColumnElement[str]:
    return func.trim(person.first_name + " " + person.last_name)


_NAMES: dict[type[Model], Any] = {
    Account: func.coalesce(func.nullif(Account.name, ""), Account.email),
    HostOrganisation: HostOrganisation.name,
    Contact: _full(Contact),
    DistributionList: DistributionList.name,
    Organisation: Organisation.name,
    Event: Event.title_de,
    Venue: Venue.name,
    Room: Room.name,
    Partner: Partner.name,
    Session: Session.title_de,
    Slot: Slot.name_de,
    Contributor: _full(Contributor),
    Wave: Wave.name,
    Invitation: func.coalesce(_full(Contact), _full(Substitute)),
    Registration: _full(Registration),
}
_ENTERED: dict[type[Model], str] = {Registration: "registered_at"}
_MOMENT = AuditEntry.at.type
_NEVER = cast(null(), _MOMENT)


@dataclass(frozen=True, slots=True)
class NamesNow:
    """What things are called now, and since when there are these things.

    SQLite gives the number of the row that was deleted last to the next one: an entry from before
    speaks of another thing, and must not get the name of this one.
    """

    names: Mapping[Thing, str]
    since: Mapping[Thing, datetime]

    def of(self, entry: AuditEntry) -> str:
        """What the entry's thing is called now; "" for what is gone."""
        thing = (entry.subject_kind, entry.subject_id)
        return "" if entry.at < self.since.get(thing, entry.at) else self.names.get(thing, "")


def names_of(rows: Sequence[AuditEntry]) -> NamesNow:
    """What the things on a page are called now; those that are gone are missing. One statement."""
    parts = []
    for kind, name in _NAMES.items():
        model: Any = kind
        ids = [int(row.subject_id) for row in rows if _is(row, kind)]
        since = getattr(model, _ENTERED.get(kind, "created_at"), _NEVER)
        statement = select(
            literal(kind.__tablename__), cast(model.id, Text), name, type_coerce(since, _MOMENT)
        )
        if kind is Invitation:
            statement = statement.outerjoin(Invitation.contact).outerjoin(Invitation.substitute)
        parts.append(statement.where(model.id.in_(ids)))
    found = db.session.execute(union_all(*parts)).all()
    return NamesNow(
        names={(row[0], row[1]): row[2] for row in found if row[2]},
        since={(row[0], row[1]): row[3] for row in found if row[3] is not None},
    )


def _is(row: AuditEntry, kind: type[Model]) -> bool:
    return row.subject_kind == kind.__tablename__ and row.subject_id.isdecimal()


def event_of(entry: AuditEntry, events: Mapping[str, Event]) -> Event | None:
    """The event at which it happened; None where that one is gone, and its number another's."""
    event = events.get(entry.scope)
    return event if event is not None and event.created_at <= entry.at else None


def event_titles(host_id: int) -> dict[str, Event]:
    """The organisation's events by the scope under which their entries stand."""
    rows = db.session.scalars(select(Event).where(Event.host_id == host_id))
    return {event.scope: event for event in rows}


def actions_taken(host_id: int) -> list[str]:
    """Which steps the trail knows, for the choice."""
    return list(
        db.session.scalars(
            select(AuditEntry.action).where(AuditEntry.host_id == host_id).distinct()
        )
    )
