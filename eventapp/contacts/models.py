"""Tables of people, organisations, municipalities, distribution lists and imports."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.accounts.models import HostOrganisation
from eventapp.contacts.states import FormOfAddress, ImportState, ObjectionKind, Sector
from eventapp.foundation import clock
from eventapp.foundation.database import Base, Model, VersionedMixin
from eventapp.foundation.derived import refresh_before_write
from eventapp.foundation.message import message
from eventapp.foundation.text import normalised_email, search_key, sort_key

ERASED = message("Data deleted")
LONG_LIST = 1000  # rows; some 0.3 s to judge and write


def person_name(first_name: str, last_name: str, organisation_name: str) -> str:
    """How somebody is called of whom this is known, see `PersonColumns.name`."""
    return f"{first_name} {last_name}".strip() or organisation_name or str(ERASED)


class PersonColumns:
    """How a person is named, addressed and reached; copied wherever a snapshot is kept."""

    form_of_address: Mapped[FormOfAddress] = mapped_column(default=FormOfAddress.NONE)
    title: Mapped[str] = mapped_column(default="")
    first_name: Mapped[str] = mapped_column(default="")
    last_name: Mapped[str] = mapped_column(default="")
    name_suffix: Mapped[str] = mapped_column(default="")
    position: Mapped[str] = mapped_column(default="")
    organisation_name: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    locale: Mapped[str] = mapped_column(default="de")

    @property
    def name(self) -> str:
        """First and last name; the organisation where there is no person's name.

        Who had their data deleted has neither: a word says so, wherever names are shown.
        """
        return person_name(self.first_name, self.last_name, self.organisation_name)

    @property
    def full_name(self) -> str:
        """With title and what follows the name: "Dr. Claudia Nüsperling, MdL"."""
        name = f"{self.title} {self.name}".strip()
        return f"{name}, {self.name_suffix}" if self.name_suffix else name


class PlaceColumns:
    """From where a person comes. The county follows from the municipality's AGS, never the PLZ."""

    postcode: Mapped[str] = mapped_column(default="")
    city: Mapped[str] = mapped_column(default="")
    municipality_ags: Mapped[str | None] = mapped_column(ForeignKey("municipality.ags"))
    county: Mapped[str] = mapped_column(default="")
    sector: Mapped[Sector] = mapped_column(default=Sector.UNKNOWN)


class Municipality(Model):
    """A municipality; the AGS is the official key of eight digits, kept as text."""

    ags: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    county: Mapped[str]
    postcode: Mapped[str] = mapped_column(default="")


class Organisation(VersionedMixin, Model):
    """A company, authority, university or association that people come from."""

    __table_args__ = (UniqueConstraint("host_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    host_id: Mapped[int] = mapped_column(ForeignKey("host_organisation.id", ondelete="CASCADE"))
    name: Mapped[str]
    legal_form: Mapped[str] = mapped_column(default="")
    municipality_ags: Mapped[str | None] = mapped_column(ForeignKey("municipality.ags"))
    sector: Mapped[Sector] = mapped_column(default=Sector.UNKNOWN)
    search_text: Mapped[str] = mapped_column(default="")
    sort_name: Mapped[str] = mapped_column(default="", index=True)


list_membership = Table(
    "list_membership",
    Base.metadata,
    Column("list_id", ForeignKey("distribution_list.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "contact_id", ForeignKey("contact.id", ondelete="CASCADE"), primary_key=True, index=True
    ),
)


class Contact(VersionedMixin, PersonColumns, PlaceColumns, Model):
    """A person (or an organisation's general address) whom the host may invite."""

    __table_args__ = (
        Index("ix_contact_host_sort", "host_id", "sort_name"),
        Index("ix_contact_host_email", "host_id", "email_key"),
        UniqueConstraint("host_id", "reference"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    host_id: Mapped[int] = mapped_column(ForeignKey("host_organisation.id", ondelete="CASCADE"))
    reference: Mapped[str | None]
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="SET NULL"), index=True
    )
    salutation_override: Mapped[str] = mapped_column(default="")
    street: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    source_at: Mapped[datetime] = mapped_column(default=clock.now)
    import_id: Mapped[int | None] = mapped_column(
        ForeignKey("contact_import.id", ondelete="SET NULL"), index=True
    )
    blocked_at: Mapped[datetime | None]
    block_kind: Mapped[ObjectionKind | None]
    block_reason: Mapped[str] = mapped_column(default="")
    undeliverable_at: Mapped[datetime | None]
    email_key: Mapped[str] = mapped_column(default="")
    search_text: Mapped[str] = mapped_column(default="")
    sort_name: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    updated_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)

    host: Mapped[HostOrganisation] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    municipality: Mapped[Municipality | None] = relationship()
    lists: Mapped[list["DistributionList"]] = relationship(
        secondary=list_membership, back_populates="contacts", order_by="DistributionList.name"
    )


class ContactsApart(Model):
    """Staff knows that these two are different people; the lower id stands first."""

    __table_args__ = (UniqueConstraint("first_id", "second_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"))
    second_id: Mapped[int] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"), index=True)
    decided_at: Mapped[datetime] = mapped_column(default=clock.now)


class DistributionList(VersionedMixin, Model):
    """A named list of contacts (Verteiler) with the purpose for which it is kept."""

    __table_args__ = (UniqueConstraint("host_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    host_id: Mapped[int] = mapped_column(ForeignKey("host_organisation.id", ondelete="CASCADE"))
    name: Mapped[str]
    purpose: Mapped[str] = mapped_column(default="")
    responsible: Mapped[str] = mapped_column(default="")

    contacts: Mapped[list[Contact]] = relationship(
        secondary=list_membership, back_populates="lists"
    )


class Suppression(Model):
    """An address that must not be invited again: only a keyed hash, so that it outlives the
    contact, and a copy of the database names nobody. `reason` is the kind of objection."""

    __table_args__ = (UniqueConstraint("host_id", "email_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    host_id: Mapped[int] = mapped_column(ForeignKey("host_organisation.id", ondelete="CASCADE"))
    email_hash: Mapped[str]
    reason: Mapped[str] = mapped_column(default=ObjectionKind.OTHER.value)
    at: Mapped[datetime] = mapped_column(default=clock.now)

    @property
    def kind(self) -> ObjectionKind:
        """Why the person objected, as far as is known."""
        known = {kind.value: kind for kind in ObjectionKind}
        return known.get(self.reason, ObjectionKind.OTHER)


class ContactImport(VersionedMixin, Model):
    """An uploaded file between preview and decision, and afterwards what became of it.

    `content` is a sheet (`sheet.py`): first all rows, after the import those that were left out.
    `counts` holds "rows" of the file; "verdicts" by kind once they are known; "work" while a thread
    is busy with the file; and what the import has added.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    host_id: Mapped[int] = mapped_column(
        ForeignKey("host_organisation.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    filename: Mapped[str]
    encoding: Mapped[str]
    delimiter: Mapped[str]
    content: Mapped[str] = mapped_column(Text, deferred=True)
    mapping: Mapped[dict[str, Any]] = mapped_column(default=dict)
    list_id: Mapped[int | None] = mapped_column(
        ForeignKey("distribution_list.id", ondelete="SET NULL")
    )
    state: Mapped[ImportState] = mapped_column(default=ImportState.STAGED)
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    staged_at: Mapped[datetime] = mapped_column(default=clock.now)
    imported_at: Mapped[datetime | None]

    target: Mapped[DistributionList | None] = relationship()

    @property
    def is_long(self) -> bool:
        """Whether reading or writing it may take a second, so that a thread does it."""
        return int(self.counts.get("rows", 0)) > LONG_LIST

    @property
    def new_list(self) -> str:
        """The name of a distribution list that the import makes for everybody in the file."""
        return str(self.mapping.get("new_list", ""))

    @property
    def awaits_reading(self) -> bool:
        """Whether it is long and the verdicts on its rows are not known yet."""
        return self.is_long and "verdicts" not in self.counts


_INDEXED = (
    "title",
    "first_name",
    "last_name",
    "organisation_name",
    "city",
    "email",
    "reference",
)


def derived_columns(values: Mapping[str, Any]) -> dict[str, str]:
    """What searching, sorting and comparing need of a contact, from its other columns."""
    given = {name: values.get(name) or "" for name in _INDEXED}
    email_key = normalised_email(given["email"])
    return {
        "email_key": email_key,
        "search_text": search_key(
            given["first_name"],
            given["last_name"],
            given["organisation_name"],
            given["city"],
            email_key,
            given["reference"],
            given["title"],
        ),
        "sort_name": sort_key(
            given["last_name"] or given["organisation_name"], given["first_name"]
        ),
    }


def index_contact(contact: Contact) -> None:
    """Derive what searching, sorting and comparing need."""
    derived = derived_columns({name: getattr(contact, name) for name in _INDEXED})
    for name, value in derived.items():
        setattr(contact, name, value)


def index_organisation(organisation: Organisation) -> None:
    """Derive what searching and sorting need."""
    organisation.search_text = search_key(organisation.name)
    organisation.sort_name = sort_key(organisation.name)


refresh_before_write(Contact, index_contact)
refresh_before_write(Organisation, index_organisation)
