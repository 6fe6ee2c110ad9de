"""Named reads of the audit trail: entries that pass a filter, and what the things are called."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import aliased

from eventapp.accounts.models import Account, AuditEntry, HostOrganisation, Membership
from eventapp.contacts.models import Contact, ContactImport, DistributionList, Organisation
from eventapp.desk.titles import in_both_languages, in_readers_language
from eventapp.desk.trail_field_words import things_in
from eventapp.events.models import Event, Partner, Room, Venue
from eventapp.exports.models import KeptColumns
from eventapp.foundation.database import Model, db
from eventapp.foundation.outbox import OutboxMail
from eventapp.foundation.pages import Page, paginate
from eventapp.foundation.text import like_pattern, search_terms
from eventapp.invitations.models import Invitation, Substitute, Wave
from eventapp.notices.models import Notice
from eventapp.notices.states import NoticeKind
from eventapp.notices.words import title_of_nth
from eventapp.programme.models import Contribution, Contributor
from eventapp.registrations.models import Registration

PAGE_SIZE = 50
LATEST = 500
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


def entries(host_id: int, wanted: TrailFilter, number: int, *, zone: str) -> Page[AuditEntry]:
    """One page of the organisation's trail, newest first. Two statements."""
    return paginate(entries_wanted(host_id, wanted, zone=zone), number, size=PAGE_SIZE)


def entries_wanted(host_id: int, wanted: TrailFilter, *, zone: str) -> Select[AuditEntry]:
    """Selects the entries that pass the filter, newest first: for the page and for the file."""
    statement = select(AuditEntry).where(AuditEntry.host_id == host_id)
    for condition in _conditions(host_id, wanted, zone):
        statement = statement.where(condition)
    return statement.order_by(AuditEntry.at.desc(), AuditEntry.id.desc())


def _conditions(host_id: int, wanted: TrailFilter, zone: str) -> Iterable[ColumnElement[bool]]:
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
        yield _mentions(host_id, word)


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone))


def _mentions(host_id: int, word: str) -> ColumnElement[bool]:
    """Whether the entry speaks of this word, or of a thing whose name holds it."""
    pattern = _pattern(word)
    return or_(
        AuditEntry.actor.ilike(pattern, escape="\\"),
        AuditEntry.reason.ilike(pattern, escape="\\"),
        *(
            (AuditEntry.subject_kind == kind.__tablename__)
            & AuditEntry.subject_id.in_(_ids_named(kind, statement, word))
            for kind, statement in (_names_for({host_id}) | in_both_languages()).items()
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
    return _with_people(kind, statement).where(name.ilike(_pattern(word), escape="\\"))


def _with_people(kind: type[Model], statement: Select[Any]) -> Select[Any]:
    """Joins where a thing is called by the person it belongs to."""
    if kind is Invitation:
        return statement.outerjoin(Invitation.contact).outerjoin(Invitation.substitute)
    return statement.join(Contribution.contributor) if kind is Contribution else statement


def _full(person: Any) -> ColumnElement[str]:
    return func.trim(person.first_name + " " + person.last_name)


def _nth_of_its_kind() -> ColumnElement[str]:
    """As in "reminder 2": a notice has no name, pages count them in the order they were made."""
    other = aliased(Notice)
    number = (
        select(func.count())
        .where(other.event_id == Notice.event_id, other.kind == Notice.kind, other.id <= Notice.id)
        .correlate(Notice)
        .scalar_subquery()
    )
    return cast(Notice.kind, Text) + " " + cast(number, Text)


def _number_of_companion() -> ColumnElement[str]:
    """Who comes along may have no name yet; whoever else has none was deleted."""
    return case((Registration.main_id.is_not(None), Registration.number), else_="")


def _title_of_notice(counted: str) -> str:
    kind, _blank, number = counted.partition(" ")
    return str(title_of_nth(NoticeKind(kind), int(number)))


_NAMES: dict[type[Model], Any] = {
    Account: func.coalesce(func.nullif(Account.name, ""), Account.email),
    HostOrganisation: HostOrganisation.name,
    Contact: _full(Contact),
    DistributionList: DistributionList.name,
    Organisation: Organisation.name,
    Venue: Venue.name,
    Room: Room.name,
    Partner: Partner.name,
    Contributor: _full(Contributor),
    Wave: Wave.name,
    Invitation: func.coalesce(_full(Contact), _full(Substitute)),
    Registration: func.coalesce(func.nullif(_full(Registration), ""), _number_of_companion()),
    Contribution: _full(Contributor),
    ContactImport: ContactImport.filename,
    KeptColumns: KeptColumns.name,
    Notice: _nth_of_its_kind(),
    OutboxMail: OutboxMail.subject,
}


def _names_for(hosts: Collection[int]) -> dict[type[Model], Any]:
    """What things are called before these organisations: who does not work for any of them, but was
    invited, by the address alone (decision 0039)."""
    works = exists().where(
        Membership.account_id == Account.id,
        Membership.host_id.in_(sorted(hosts)),
        Membership.accepted_at.is_not(None),
    )
    account = case((works, _NAMES[Account]), else_=Account.email)
    return _NAMES | {Account: account}


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
        return self.at((entry.subject_kind, entry.subject_id), entry.at)

    def at(self, thing: Thing, moment: datetime) -> str:
        """What a thing that was there at this moment is called now; "" for what is gone."""
        return "" if moment < self.since.get(thing, moment) else self.names.get(thing, "")


def names_of(rows: Sequence[AuditEntry]) -> NamesNow:
    """What the things of these entries are called now; those that are gone are missing.

    Also the things for which numbers in their values stand. One statement.
    """
    wanted: dict[str, set[int]] = {}
    for kind, number in chain.from_iterable(map(_things, rows)):
        if number.isdecimal():
            wanted.setdefault(kind, set()).add(int(number))
    names = _names_for({row.host_id for row in rows if row.host_id is not None})
    names |= in_readers_language()
    parts = [_named(kind, name, wanted) for kind, name in names.items()]
    found = db.session.execute(union_all(*parts)).all()
    notice = Notice.__tablename__
    return NamesNow(
        names={
            (row[0], row[1]): _title_of_notice(row[2]) if row[0] == notice else row[2]
            for row in found
            if row[2]
        },
        since={(row[0], row[1]): row[3] for row in found if row[3] is not None},
    )


def _named(kind: type[Model], name: Any, wanted: Mapping[str, set[int]]) -> Select[Any]:
    """Kind, number, name and first moment of the wanted things of one kind."""
    model: Any = kind
    since = getattr(model, _ENTERED.get(kind, "created_at"), _NEVER)
    statement = select(
        literal(kind.__tablename__), cast(model.id, Text), name, type_coerce(since, _MOMENT)
    )
    ids = sorted(wanted.get(kind.__tablename__, ()))
    return _with_people(kind, statement).where(model.id.in_(ids))


def _things(row: AuditEntry) -> list[Thing]:
    """What an entry is about, and what its values name."""
    values = [*row.before.items(), *row.after.items()]
    return [(row.subject_kind, row.subject_id), *things_in(row.subject_kind, values)]


def latest_of_host(host_id: int, since: datetime) -> Sequence[AuditEntry]:
    """What happened last in the organisation, latest first, as far as somebody may undo it. One
    statement."""
    return db.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.host_id == host_id, AuditEntry.at >= since)
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(LATEST)
    ).all()


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
