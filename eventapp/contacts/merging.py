"""Two contacts of one person side by side: where they differ, and what the one that stays says.

Pure. Filled wins over empty, and where both are filled, the entry that was changed last.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from eventapp.contacts.models import Contact
from eventapp.contacts.states import FormOfAddress, Sector

FIELDS: Mapping[str, tuple[str, ...]] = {
    "form_of_address": ("form_of_address",),
    "title": ("title",),
    "first_name": ("first_name",),
    "last_name": ("last_name",),
    "name_suffix": ("name_suffix",),
    "salutation_override": ("salutation_override",),
    "locale": ("locale",),
    "organisation_name": ("organisation_name", "organisation_id"),
    "position": ("position",),
    "sector": ("sector",),
    "email": ("email", "undeliverable_at"),
    "phone": ("phone",),
    "street": ("street",),
    "city": ("postcode", "city", "municipality_ags", "county"),
    "reference": ("reference",),
    "source": ("source", "source_at"),
}
"""What can be chosen, and the columns that go together."""
NOTHING = frozenset({None, "", FormOfAddress.NONE, Sector.UNKNOWN})


class Side(StrEnum):
    """From which of the two contacts something is taken."""

    FIRST = "first"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which the two differ, what each says, and which is proposed."""

    name: str
    first: Any
    second: Any
    proposed: Side


@dataclass(frozen=True, slots=True)
class Comparison:
    """All fields of two contacts: those that differ, and those that say the same."""

    differences: list[Difference]
    same: list[tuple[str, Any]]

    @property
    def proposal(self) -> dict[str, Side]:
        """What is taken from whom unless somebody chooses otherwise."""
        return {one.name: one.proposed for one in self.differences}


def comparison(first: Contact, second: Contact) -> Comparison:
    """Field by field, in the order of the contact's own page."""
    differences: list[Difference] = []
    same: list[tuple[str, Any]] = []
    for name, columns in FIELDS.items():
        mine, theirs = shown(first, name), shown(second, name)
        if mine != theirs:
            differences.append(Difference(name, mine, theirs, _proposed(first, second, name)))
        elif not _is_empty(first, columns[:1]):
            same.append((name, mine))
    return Comparison(differences, same)


def shown(contact: Contact, name: str) -> Any:
    """What a contact says in one field, as a page shows it."""
    if name == "city":
        return f"{contact.postcode} {contact.city}".strip()
    return getattr(contact, name) or ""


def _proposed(first: Contact, second: Contact, name: str) -> Side:
    columns = ("postcode", "city") if name == "city" else FIELDS[name][:1]
    if _is_empty(first, columns) != _is_empty(second, columns):
        return Side.SECOND if _is_empty(first, columns) else Side.FIRST
    newer = (second.updated_at, second.id) > (first.updated_at, first.id)
    return Side.SECOND if newer else Side.FIRST


def _is_empty(contact: Contact, columns: Iterable[str]) -> bool:
    return all(getattr(contact, column) in NOTHING for column in columns)


def chosen_columns(
    first: Contact, second: Contact, choices: Mapping[str, Side]
) -> dict[str, object]:
    """The columns of the contact that stays; what was not chosen is as proposed."""
    proposal = comparison(first, second).proposal
    taken: dict[str, object] = {}
    for name, columns in FIELDS.items():
        side = choices.get(name, proposal.get(name, Side.FIRST))
        origin = second if side is Side.SECOND and name in proposal else first
        taken |= {column: getattr(origin, column) for column in columns}
    return taken


def united_notes(first: Contact, second: Contact) -> str:
    """What colleagues noted about either, once."""
    return "\n".join(dict.fromkeys(filter(None, (first.note, second.note))))
