"""What the search over everything finds, group by group, as far as a role may see it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eventapp.accounts.models import Membership
from eventapp.accounts.states import DOORKEEPERS, ORGANISERS, READERS, Role
from eventapp.contacts.models import Contact
from eventapp.desk import search_queries as queries
from eventapp.events.models import Event
from eventapp.events.words import event_label
from eventapp.foundation.i18n import format_day, localised
from eventapp.foundation.message import Message, message
from eventapp.foundation.text import search_terms
from eventapp.invitations.models import Invitation
from eventapp.invitations.words import invitation_label
from eventapp.programme.kinds import kind_label
from eventapp.programme.models import Contributor, Session
from eventapp.registrations.models import Registration
from eventapp.registrations.states import REGISTERED, RegistrationState
from eventapp.registrations.words import state_label

FIGURES, NAMES = "reading.figures", "reading.names"
HOMES = {
    Role.ADMINISTRATOR: "desk_organiser.overview",
    Role.ORGANISER: "desk_organiser.overview",
    Role.VIEWER: FIGURES,
    Role.FRONTDESK: NAMES,
}
"""Where in an event each role begins."""


@dataclass(frozen=True)
class Hit:
    """Something that was found: what it is called, what tells it from others, where it is."""

    name: str
    detail: str
    page: str
    address: Mapping[str, Any]
    state: Message | None = None


@dataclass(frozen=True)
class Group:
    """What was found of one kind; `more` says that there is more than is shown."""

    title: Message
    hits: Sequence[Hit]
    more: bool


Found = Callable[[int, Sequence[str]], Sequence[Any]]
Shown = Callable[[Any], Hit]


def found_by(membership: Membership, query: str) -> list[Group]:
    """What the person may see of what was found; a kind of which nothing was found is left out.

    A fixed number of statements.
    """
    terms = search_terms(query)
    if not terms:
        return []
    groups = [
        _group(title, list(find(membership.host_id, terms)), show)
        for title, find, show in _kinds(membership.role)
    ]
    return [group for group in groups if group.hits]


def _group(title: Message, rows: Sequence[Any], show: Shown) -> Group:
    hits = [show(row) for row in rows[: queries.SHOWN]]
    return Group(title, hits, more=len(rows) > queries.SHOWN)


def _kinds(role: Role) -> list[tuple[Message, Found, Shown]]:
    """What is looked for, in which order, for whom."""
    organises = role in ORGANISERS
    kinds: list[tuple[Message, Found, Shown]] = []
    if role in DOORKEEPERS:
        kinds.append((message("Guests"), _guests_for(role), _guest if organises else _name))
    if organises:
        kinds += [
            (message("Invited, without a yes"), queries.invited_found, _invited),
            (message("Contacts"), queries.contacts_found, _contact),
            (message("Contributors"), queries.contributors_found, _contributor),
        ]
    if role in READERS:
        kinds.append((message("Programme"), queries.sessions_found, _session_for(role)))
    kinds.append((message("Events"), queries.events_found, _event_for(role)))
    return kinds


def _guests_for(role: Role) -> Found:
    """The front desk finds whom its list shows; organisers also those who have cancelled."""
    states = frozenset(RegistrationState) if role in ORGANISERS else REGISTERED

    def find(host_id: int, terms: Sequence[str]) -> Sequence[Registration]:
        return queries.guests_found(host_id, terms, states)

    return find


def _occasion(event: Event) -> str:
    return f"{localised(event, 'title')}, {format_day(event.starts_on)}"


def _guest(row: Registration) -> Hit:
    address = {"slug": row.event.slug, "registration_id": row.id}
    page = "registrations_organiser.guest"
    return Hit(row.full_name, _occasion(row.event), page, address, state_label(row.state))


def _name(row: Registration) -> Hit:
    """For the front desk, whose list holds no more than name and state."""
    address = {"slug": row.event.slug, "q": row.name}
    return Hit(row.full_name, _occasion(row.event), NAMES, address, state_label(row.state))


def _invited(row: Invitation) -> Hit:
    address = {"slug": row.event.slug, "invitation_id": row.id}
    page = "registrations_organiser.invitation"
    return Hit(
        row.person.full_name, _occasion(row.event), page, address, invitation_label(row.state)
    )


def _contact(row: Contact) -> Hit:
    detail = ", ".join(part for part in (row.organisation_name, row.city, row.email) if part)
    return Hit(row.full_name, detail, "contacts_organiser.contact", {"contact_id": row.id})


def _contributor(row: Contributor) -> Hit:
    address = {"slug": row.event.slug, "contributor_id": row.id}
    return Hit(row.full_name, _occasion(row.event), "programme_people.person", address)


def _session_for(role: Role) -> Shown:
    def show(row: Session) -> Hit:
        title = localised(row, "title") or str(kind_label(row.kind))
        name = f"{row.code} {title}".strip()
        address: dict[str, Any] = {"slug": row.event.slug}
        if role not in ORGANISERS:
            return Hit(name, _occasion(row.event), FIGURES, address | {"_anchor": "programme"})
        page = "programme_organiser.session"
        return Hit(name, _occasion(row.event), page, address | {"session_id": row.id})

    return show


def _event_for(role: Role) -> Shown:
    def show(row: Event) -> Hit:
        name, day = localised(row, "title"), format_day(row.starts_on)
        return Hit(name, day, HOMES[role], {"slug": row.slug}, event_label(row.standing))

    return show
