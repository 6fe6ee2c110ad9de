"""Named reads for lists of guests: columns instead of rows, in a fixed number of statements."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, case, func, null, select
from sqlalchemy.orm import aliased

from eventapp.accounts.models import HostOrganisation
from eventapp.consents.models import Consent, Needs
from eventapp.consents.states import ConsentKind
from eventapp.contacts.models import Contact
from eventapp.contacts.states import Sector
from eventapp.events.models import Event
from eventapp.exports.columns import FIELDS, Attendee, SortOrder
from eventapp.exports.models import KeptColumns
from eventapp.foundation.database import db
from eventapp.foundation.pages import stream
from eventapp.foundation.text import sort_key
from eventapp.questions.queries import answers_of
from eventapp.registrations.guest_queries import guests_wanted
from eventapp.registrations.guests import GuestFilter
from eventapp.registrations.models import Registration
from eventapp.registrations.queries import BY_NAME, line
from eventapp.registrations.states import LIVE, RegistrationKind

_MAIN, _REPLACED = aliased(Registration), aliased(Registration)
_COPIED = ("id", "number", "kind", "state", "form_of_address", "title", "first_name", "last_name",
           "name_suffix", "position", "organisation_name", "sector", "postcode", "city", "county",
           "email", "phone", "locale", "sort_name", "registered_at")  # fmt: skip
_NEEDS = ("diet", "access")
Kinds = Collection[RegistrationKind]


def registrations_wanted(event: Event, wanted: GuestFilter, kinds: Kinds) -> Select[Registration]:
    """Selects the registrations that pass the page's filter; of these kinds, if any are named."""
    statement = guests_wanted(event, wanted)
    return statement.where(Registration.kind.in_(kinds)) if kinds else statement


def agreed_to(statement: Select[Any], kind: ConsentKind) -> Select[Any]:
    """Only those of the registrations that have this consent in force."""
    agreed = select(Consent.registration_id).where(
        Consent.kind == kind, Consent.withdrawn_at.is_(None)
    )
    return statement.where(Registration.id.in_(agreed))


def attendees(
    event: Event, wanted: Select[Any], order: SortOrder, columns: Collection[str] = ()
) -> Iterator[Attendee]:
    """The wanted registrations one by one, with what these columns need.

    Diet, access needs and answers are read only for their columns. Four statements, three more
    with answers.
    """
    needs = [name for name in _NEEDS if name in columns]
    answers = _answers(event, columns)
    ranks = {waiting.id: rank for rank, waiting in enumerate(line(event), start=1)}
    consents, companions = _consents(event), _companions(event)
    none: frozenset[ConsentKind] = frozenset()
    nothing: Mapping[str, str] = {}
    for one in _in_order(_columns(wanted, needs), order):
        yield Attendee(
            one,
            ranks.get(one.id),
            consents.get(one.id, none),
            companions.get(one.id, 0),
            answers.get(one.id, nothing),
        )


def _answers(event: Event, columns: Collection[str]) -> Mapping[int, Mapping[str, str]]:
    """Everybody's answers, if one of the columns is that of a question."""
    fixed = {one.key for one in FIELDS}
    return answers_of(event) if any(key not in fixed for key in columns) else {}


def _columns(wanted: Select[Any], needs: Collection[str]) -> Select[Any]:
    statement = wanted.with_only_columns(
        *(getattr(Registration, name) for name in _COPIED),
        Contact.reference.label("contact_number"),
        _MAIN.number.label("main_number"),
        _MAIN.first_name.label("main_first_name"),
        _MAIN.last_name.label("main_last_name"),
        _REPLACED.number.label("replaces_number"),
        *(
            getattr(Needs, name) if name in needs else null().label(name)
            for name in _NEEDS
        ),
    ).select_from(Registration)  # fmt: skip
    statement = (
        statement.outerjoin(Contact, Contact.id == Registration.contact_id)
        .outerjoin(_MAIN, _MAIN.id == Registration.main_id)
        .outerjoin(_REPLACED, _REPLACED.id == Registration.replaces_id)
    )
    if not needs:
        return statement
    return statement.outerjoin(Needs, Needs.registration_id == Registration.id)


def _in_order(statement: Select[Any], order: SortOrder) -> Iterable[Any]:
    if order is SortOrder.SHOWN:
        return stream(statement)
    by_name = statement.order_by(None)
    if order is SortOrder.REGISTERED:
        return stream(by_name.order_by(Registration.registered_at, *BY_NAME))
    rows = stream(by_name.order_by(*BY_NAME))
    return _by_organisation(rows) if order is SortOrder.ORGANISATION else rows


def _by_organisation(rows: Iterable[Any]) -> list[Any]:
    """As Germans sort (DIN 5007-1), which no database does; so all are in memory at once."""
    folded: Callable[[str], str] = cache(sort_key)
    return sorted(rows, key=lambda one: folded(one.organisation_name))


def diets(wanted: Select[Any]) -> Sequence[tuple[str | None, int]]:
    """What the wanted people eat, in their words, and how many; "" for no word, None for whom
    nobody asked: companions have no form of their own.

    Capitals make no difference. Most frequent first, "" and None last. One statement.
    """
    companion = Registration.kind == RegistrationKind.COMPANION
    asked = case((companion & Needs.id.is_(None), 0), else_=1)
    rows = db.session.execute(
        wanted.order_by(None)
        .with_only_columns(Needs.diet, asked, func.count())
        .select_from(Registration)
        .outerjoin(Needs, Needs.registration_id == Registration.id)
        .group_by(Needs.diet, asked)
        .order_by(Needs.diet)
    )
    words: dict[str, str] = {}
    sums: Counter[str | None] = Counter()
    for diet, was_asked, count in rows:
        said = (diet or "").strip()
        sums[words.setdefault(said.casefold(), said) if was_asked else None] += count
    unsaid = [(word, sums.pop(word)) for word in ("", None) if word in sums]
    said = sorted(sums.items(), key=lambda one: (-one[1], one[0] or ""))
    return [*said, *unsaid]


def origins(wanted: Select[Any]) -> Sequence[tuple[Sector, str, str, int]]:
    """(sector, county, town, people) of the wanted registrations; unknown ones stay. One statement.

    From the snapshot of the registration, so that later changes of a contact move nobody.
    """
    parts = (Registration.sector, Registration.county, Registration.city)
    rows = db.session.execute(
        wanted.order_by(None)
        .with_only_columns(*parts, func.count())
        .group_by(*parts)
        .order_by(*parts)
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def _companions(event: Event) -> dict[int, int]:
    """How many companions each main guest brings along. One statement."""
    rows = db.session.execute(
        select(Registration.main_id, func.count())
        .where(
            Registration.event_id == event.id,
            Registration.main_id.is_not(None),
            Registration.state.in_(LIVE),
        )
        .group_by(Registration.main_id)
    )
    return {row[0]: row[1] for row in rows if row[0] is not None}


def _consents(event: Event) -> dict[int, frozenset[ConsentKind]]:
    """The consents in force by registration. One statement."""
    rows = db.session.execute(
        select(Consent.registration_id, Consent.kind)
        .join(Registration, Registration.id == Consent.registration_id)
        .where(Registration.event_id == event.id, Consent.withdrawn_at.is_(None))
    )
    found: defaultdict[int, set[ConsentKind]] = defaultdict(set)
    for registration_id, kind in rows:
        found[registration_id].add(kind)
    return {registration_id: frozenset(kinds) for registration_id, kinds in found.items()}


def kept_columns(host: HostOrganisation, listing: str) -> Sequence[KeptColumns]:
    """The column sets that colleagues have kept for a list, by name. One statement."""
    return db.session.scalars(
        select(KeptColumns)
        .where(KeptColumns.host_id == host.id, KeptColumns.listing == listing)
        .order_by(func.lower(KeptColumns.name), KeptColumns.id)
    ).all()


def kept_columns_by_id(host: HostOrganisation, kept_id: int) -> KeptColumns | None:
    """A column set of this host."""
    return db.session.scalar(
        select(KeptColumns).where(KeptColumns.id == kept_id, KeptColumns.host_id == host.id)
    )


def columns_named(host: HostOrganisation, name: str) -> KeptColumns | None:
    """The host's column set of exactly this name, of whatever list."""
    return db.session.scalar(
        select(KeptColumns).where(KeptColumns.host_id == host.id, KeptColumns.name == name)
    )
