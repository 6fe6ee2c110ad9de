"""Reads of distribution lists and organisations."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select

from eventapp.contacts.models import Contact, DistributionList, Organisation, list_membership
from eventapp.foundation.database import db
from eventapp.foundation.pages import Page, paginate
from eventapp.foundation.text import like_pattern, search_terms

MOST_PARAMETERS = 5000  # in one statement; SQLite takes 32,766


@dataclass(frozen=True)
class ListRow:
    """A distribution list, how many contacts are on it and how many of them may be invited."""

    list: DistributionList
    contacts: int
    reachable: int


@dataclass(frozen=True)
class OrganisationRow:
    """An organisation and how many contacts come from it."""

    organisation: Organisation
    contacts: int


def lists_of_host(host_id: int) -> Sequence[ListRow]:
    """The host's distribution lists with their sizes, by name. One statement."""
    reachable = func.count(Contact.id).filter(
        Contact.blocked_at.is_(None), Contact.undeliverable_at.is_(None), Contact.email_key != ""
    )
    rows = db.session.execute(
        select(DistributionList, func.count(Contact.id), reachable)
        .outerjoin(list_membership, list_membership.c.list_id == DistributionList.id)
        .outerjoin(Contact, Contact.id == list_membership.c.contact_id)
        .where(DistributionList.host_id == host_id)
        .group_by(DistributionList.id)
        .order_by(func.lower(DistributionList.name), DistributionList.id)
    )
    return [ListRow(*row) for row in rows]


def memberships_of(host_id: int) -> set[tuple[int, int]]:
    """(contact, list) of everybody on any list of the host. One statement."""
    rows = db.session.execute(
        select(list_membership.c.contact_id, list_membership.c.list_id)
        .join(DistributionList, DistributionList.id == list_membership.c.list_id)
        .where(DistributionList.host_id == host_id)
    )
    return {(row.contact_id, row.list_id) for row in rows}


def list_names_of_contacts(host_id: int) -> dict[int, list[str]]:
    """The names of the lists each contact is on, in order. One statement."""
    rows = db.session.execute(
        select(list_membership.c.contact_id, DistributionList.name)
        .join(DistributionList, DistributionList.id == list_membership.c.list_id)
        .where(DistributionList.host_id == host_id)
        .order_by(DistributionList.name)
    )
    names: dict[int, list[str]] = {}
    for contact_id, name in rows:
        names.setdefault(contact_id, []).append(name)
    return names


def list_size(counted: DistributionList) -> int:
    """How many contacts are on the list."""
    return (
        db.session.scalar(select(func.count()).where(list_membership.c.list_id == counted.id)) or 0
    )


def list_by_id(host_id: int, list_id: int) -> DistributionList | None:
    """A distribution list of this host."""
    return db.session.scalar(
        select(DistributionList).where(
            DistributionList.id == list_id, DistributionList.host_id == host_id
        )
    )


def list_named(host_id: int, name: str) -> DistributionList | None:
    """The host's list of this name, whatever its capitals."""
    return lists_by_name(host_id).get(name.casefold())


def lists_by_name(host_id: int) -> dict[str, DistributionList]:
    """The host's lists by their name in folded case. One statement."""
    rows = db.session.scalars(select(DistributionList).where(DistributionList.host_id == host_id))
    return {row.name.casefold(): row for row in rows}


def lists_to_join(host_id: int, list_ids: Collection[int]) -> Sequence[DistributionList]:
    """Those of the ids that are lists of this host, kept from being removed for now; by id."""
    return db.session.scalars(
        select(DistributionList)
        .where(DistributionList.host_id == host_id, DistributionList.id.in_(list_ids))
        .order_by(DistributionList.id)
        .with_for_update(read=True, key_share=True)
    ).all()


def lock_for_joining(contact_ids: Collection[int], list_ids: Collection[int]) -> None:
    """Keep contacts and lists as they are, first the contacts by id, then the lists."""
    ordered = sorted(contact_ids)
    for start in range(0, len(ordered), MOST_PARAMETERS):
        db.session.execute(
            select(Contact.id)
            .where(Contact.id.in_(ordered[start : start + MOST_PARAMETERS]))
            .order_by(Contact.id)
            .with_for_update()
        )
    db.session.execute(
        select(DistributionList.id)
        .where(DistributionList.id.in_(list_ids))
        .order_by(DistributionList.id)
        .with_for_update(read=True, key_share=True)
    )


def organisations_wanted(host_id: int, search: str) -> Select[Organisation]:
    """Selects the host's organisations that fit, by name: for the page and for the file."""
    statement = select(Organisation).where(Organisation.host_id == host_id)
    for term in search_terms(search):
        statement = statement.where(Organisation.search_text.like(like_pattern(term), escape="\\"))
    return statement.order_by(Organisation.sort_name, Organisation.id)


def contacts_by_organisation(host_id: int) -> dict[int, int]:
    """How many contacts come from each organisation of the host. One statement."""
    rows = db.session.execute(
        select(Contact.organisation_id, func.count())
        .where(Contact.host_id == host_id, Contact.organisation_id.is_not(None))
        .group_by(Contact.organisation_id)
    )
    return {row[0]: row[1] for row in rows if row[0] is not None}


def organisations_page(host_id: int, search: str, number: int) -> Page[OrganisationRow]:
    """A page of the host's organisations with how many contacts each has. Three statements."""
    page = paginate(organisations_wanted(host_id, search), number)
    counts = db.session.execute(
        select(Contact.organisation_id, func.count())
        .where(Contact.organisation_id.in_([row.id for row in page.rows]))
        .group_by(Contact.organisation_id)
    )
    counted = dict(counts.all())
    rows = [OrganisationRow(row, counted.get(row.id, 0)) for row in page.rows]
    return Page(rows=rows, number=page.number, total=page.total, size=page.size)


def organisation_by_id(host_id: int, organisation_id: int) -> Organisation | None:
    """An organisation of this host."""
    return db.session.scalar(
        select(Organisation).where(
            Organisation.id == organisation_id, Organisation.host_id == host_id
        )
    )


def organisation_named(host_id: int, name: str) -> Organisation | None:
    """The host's organisation of exactly this name."""
    return db.session.scalar(
        select(Organisation).where(Organisation.host_id == host_id, Organisation.name == name)
    )


def organisations_by_name(host_id: int) -> dict[str, int]:
    """The ids of the host's organisations by name. One statement."""
    rows = db.session.execute(
        select(Organisation.name, Organisation.id).where(Organisation.host_id == host_id)
    )
    return dict(rows.all())


def ids_of_organisation(organisation: Organisation) -> Sequence[int]:
    """The contacts who come from the organisation. One statement."""
    return db.session.scalars(
        select(Contact.id).where(Contact.organisation_id == organisation.id)
    ).all()


def organisations_only_of(contact_ids: Select[int]) -> Select[int]:
    """Selects the organisations that only these contacts come from and nobody has edited."""
    among = Contact.id.in_(contact_ids)
    here = Contact.organisation_id == Organisation.id
    return select(Organisation.id).where(
        Organisation.version == 1,
        select(Contact.id).where(here, among).exists(),
        ~select(Contact.id).where(here, ~among).exists(),
    )
