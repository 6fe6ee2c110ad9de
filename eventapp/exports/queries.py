"""Named reads for lists of guests: columns instead of rows, in a fixed number of statements."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from eventapp.accounts.models import HostOrganisation
from eventapp.consents.models import Consent, Needs
from eventapp.consents.states import ConsentKind
from eventapp.contacts.models import Contact
from eventapp.events.models import Event
from eventapp.exports.columns import Attendee
from eventapp.exports.models import KeptColumns
from eventapp.foundation.database import db
from eventapp.foundation.text import like_pattern, search_terms
from eventapp.registrations.guests import GuestFilter
from eventapp.registrations.models import Registration
from eventapp.registrations.queries import line

_MAIN, _REPLACED = aliased(Registration), aliased(Registration)
_COPIED = ("id", "number", "kind", "state", "form_of_address", "title", "first_name", "last_name",
           "name_suffix", "position", "organisation_name", "sector", "postcode", "city", "county",
           "email", "phone", "locale", "sort_name", "registered_at")  # fmt: skip
_PEOPLE = (
    select(
        *(getattr(Registration, name) for name in _COPIED),
        Contact.reference.label("contact_number"),
        _MAIN.number.label("main_number"),
        _MAIN.first_name.label("main_first_name"),
        _MAIN.last_name.label("main_last_name"),
        _REPLACED.number.label("replaces_number"),
    )
    .outerjoin(Contact, Contact.id == Registration.contact_id)
    .outerjoin(_MAIN, _MAIN.id == Registration.main_id)
    .outerjoin(_REPLACED, _REPLACED.id == Registration.replaces_id)
)


def attendees(event: Event, wanted: GuestFilter) -> list[Attendee]:
    """The registrations that pass the filter, in no order. Three statements."""
    people = db.session.execute(_PEOPLE.where(*_passing(event, wanted))).all()
    ranks = {waiting.id: rank for rank, waiting in enumerate(line(event), start=1)}
    consents = _consents(event)
    none: frozenset[ConsentKind] = frozenset()
    return [Attendee(one, ranks.get(one.id), consents.get(one.id, none)) for one in people]


def diets(event: Event, wanted: GuestFilter) -> Sequence[tuple[str, int]]:
    """What the people who pass the filter eat, in their words, and how many; "" for no word.

    Capitals make no difference. Most frequent first, "" last. One statement.
    """
    rows = db.session.execute(
        select(Needs.diet, func.count())
        .select_from(Registration)
        .outerjoin(Needs, Needs.registration_id == Registration.id)
        .where(*_passing(event, wanted))
        .group_by(Needs.diet)
        .order_by(Needs.diet)
    )
    words: dict[str, str] = {}
    sums: Counter[str] = Counter()
    for diet, count in rows:
        said = (diet or "").strip()
        sums[words.setdefault(said.casefold(), said)] += count
    return sorted(sums.items(), key=lambda one: (one[0] == "", -one[1], one[0]))


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


def _passing(event: Event, wanted: GuestFilter) -> list[ColumnElement[bool]]:
    """The same filter as the list on the page has."""
    conditions = [
        Registration.event_id == event.id,
        Registration.state.in_(wanted.group.states),
        *(Registration.search_text.like(like_pattern(term), escape="\\")
          for term in search_terms(wanted.search)),
    ]  # fmt: skip
    if wanted.sector is not None:
        conditions.append(Registration.sector == wanted.sector)
    return conditions


def kept_columns(host: HostOrganisation) -> Sequence[KeptColumns]:
    """The column sets that colleagues have kept, by name. One statement."""
    return db.session.scalars(
        select(KeptColumns).where(KeptColumns.host_id == host.id).order_by(KeptColumns.name)
    ).all()
