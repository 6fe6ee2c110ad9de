"""Two contacts of one person side by side: where they differ, and what the one that stays says.

Pure. Filled wins over empty, and where both are filled, the entry that is used more: by invitations
and registrations, then by lists; among equals the one that was changed last.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from eventapp.contacts.models import Contact
from eventapp.contacts.states import FormOfAddress, Sector
from eventapp.foundation.message import message
from eventapp.foundation.text import normalised_email

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


Uses = tuple[int, int]
"""How many invitations and registrations the first and the second of two contacts have."""


def comparison(first: Contact, second: Contact, uses: Uses) -> Comparison:
    """Field by field, in the order of the contact's own page."""
    preferred = _preferred(first, second, uses)
    differences: list[Difference] = []
    same: list[tuple[str, Any]] = []
    for name, columns in FIELDS.items():
        mine, theirs = shown(first, name), shown(second, name)
        if mine != theirs:
            side = _proposed(first, second, name, preferred)
            differences.append(Difference(name, mine, theirs, side))
        elif not _is_empty(first, columns[:1]):
            same.append((name, mine))
    return Comparison(differences, same)


def shown(contact: Contact, name: str) -> Any:
    """What a contact says in one field, as a page shows it."""
    if name == "city":
        return f"{contact.postcode} {contact.city}".strip()
    return getattr(contact, name) or ""


def _preferred(first: Contact, second: Contact, uses: Uses) -> Side:
    """Whose word counts where both have one."""
    mine, theirs = (
        (used, len(one.lists), one.updated_at, one.id)
        for used, one in zip(uses, (first, second), strict=True)
    )
    return Side.SECOND if theirs > mine else Side.FIRST


def _proposed(first: Contact, second: Contact, name: str, preferred: Side) -> Side:
    """A mail that came back speaks against an address, an empty cell against a word."""
    if name == "email" and bool(first.undeliverable_at) != bool(second.undeliverable_at):
        reachable = second if first.undeliverable_at else first
        if reachable.email:
            return Side.SECOND if reachable is second else Side.FIRST
    columns = ("postcode", "city") if name == "city" else FIELDS[name][:1]
    if _is_empty(first, columns) != _is_empty(second, columns):
        return Side.SECOND if _is_empty(first, columns) else Side.FIRST
    return preferred


def _is_empty(contact: Contact, columns: Iterable[str]) -> bool:
    return all(getattr(contact, column) in NOTHING for column in columns)


def chosen_columns(
    first: Contact, second: Contact, choices: Mapping[str, Side], uses: Uses
) -> dict[str, object]:
    """The columns of the contact that stays; what was not chosen is as proposed."""
    proposal = comparison(first, second, uses).proposal
    taken: dict[str, object] = {}
    for name, columns in FIELDS.items():
        side = choices.get(name, proposal.get(name, Side.FIRST))
        origin = second if side is Side.SECOND and name in proposal else first
        taken |= {column: getattr(origin, column) for column in columns}
    return taken


def united_notes(first: Contact, second: Contact, email: object) -> str:
    """What colleagues noted about either, once, and the address that is not written to any more."""
    others = {one.email for one in (first, second) if one.email and one.email_key != _key(email)}
    further = [str(message("Further e-mail address: %(email)s", email=one)) for one in others]
    return "\n".join(dict.fromkeys(filter(None, (first.note, second.note, *further))))


def _key(email: object) -> str:
    return normalised_email(str(email or ""))
