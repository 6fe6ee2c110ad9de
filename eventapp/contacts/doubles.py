"""Who is the same person: in rows above, or in the address book. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from eventapp.contacts.names import PersonName
from eventapp.contacts.rows import Person
from eventapp.foundation.message import Message, message
from eventapp.foundation.text import mailbox, search_terms


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody already in the address book, as far as comparing needs."""

    id: int
    first_name: str
    last_name: str
    organisation: str = ""
    city: str = ""
    email: str = ""
    reference: str = ""
    is_blocked: bool = False


@dataclass(frozen=True, slots=True)
class _Somebody:
    """A person met before: in a row above, or in the address book."""

    first: str
    last: str
    mailbox: str
    reference: str
    label: str
    line: int | None
    known_id: int | None
    is_blocked: bool


@dataclass(frozen=True, slots=True)
class Double:
    """Why a row repeats somebody, and whom."""

    text: Message
    known_id: int | None


@dataclass
class Seen:
    """Everybody met so far, by address, by name with organisation, and by contact number."""

    by_mailbox: dict[str, list[_Somebody]] = field(default_factory=dict)
    by_identity: dict[tuple[str, str], _Somebody] = field(default_factory=dict)
    by_reference: dict[str, _Somebody] = field(default_factory=dict)

    def add_known(self, person: KnownPerson) -> None:
        """Remember somebody of the address book."""
        name = PersonName(first=person.first_name, last=person.last_name)
        self._add(
            name,
            person.organisation,
            person.city,
            _Somebody(
                _key(person.first_name),
                _key(person.last_name),
                mailbox(person.email),
                person.reference,
                _label(name, person.organisation),
                None,
                person.id,
                person.is_blocked,
            ),
        )

    def add_row(self, line: int, person: Person) -> None:
        """Remember the person of a row that will be imported."""
        name = person.name
        self._add(
            name,
            person.organisation,
            person.location.city,
            _Somebody(
                _key(name.first),
                _key(name.last),
                mailbox(person.email),
                person.reference,
                _label(name, person.organisation),
                line,
                None,
                is_blocked=False,
            ),
        )

    def _add(self, name: PersonName, organisation: str, city: str, somebody: _Somebody) -> None:
        if somebody.mailbox:
            self.by_mailbox.setdefault(somebody.mailbox, []).append(somebody)
        if somebody.reference:
            self.by_reference.setdefault(somebody.reference, somebody)
        self.by_identity.setdefault(_identity(name, organisation, city), somebody)

    def compare(self, person: Person) -> tuple[Double | None, list[Message]]:
        """Whom the person repeats, if anybody, else what makes one doubt."""
        sharing = self.by_mailbox.get(mailbox(person.email), []) if person.email else []
        for other in sharing:
            if _same_name(person.name, other):
                return _double(
                    message("Same e-mail address and name as %(other)s.", other=_where(other)),
                    other,
                ), []
        numbered = self.by_reference.get(person.reference) if person.reference else None
        if numbered is not None:
            return _double(
                message("Same contact number as %(other)s.", other=_where(numbered)), numbered
            ), []
        namesake = self.by_identity.get(
            _identity(person.name, person.organisation, person.location.city)
        )
        if namesake is not None and not person.email:
            return _double(
                message("Same name and organisation as %(other)s.", other=_where(namesake)),
                namesake,
            ), []
        return None, _doubts(sharing, namesake)


def _doubts(sharing: Sequence[_Somebody], namesake: _Somebody | None) -> list[Message]:
    if sharing:
        return [message("Shares the e-mail address with %(other)s.", other=_where(sharing[0]))]
    if namesake is not None:
        return [
            message(
                "Perhaps the same person as %(other)s, with another e-mail address.",
                other=_where(namesake),
            )
        ]
    return []


def _double(text: Message, other: _Somebody) -> Double:
    if other.is_blocked:
        text = message("%(reason)s Blocked on invitations, and stays so.", reason=text)
    return Double(text, other.known_id)


def _where(somebody: _Somebody) -> Message:
    if somebody.line is None:
        return message("%(name)s in the address book", name=somebody.label)
    return message("row %(line)s (%(name)s)", line=somebody.line, name=somebody.label)


def _label(name: PersonName, organisation: str) -> str:
    return f"{name.first} {name.last}".strip() or organisation


def _same_name(name: PersonName, other: _Somebody) -> bool:
    """Equal, or one of the first names missing or a mere initial."""
    first, last = _key(name.first), _key(name.last)
    if last != other.last:
        return False
    shorter, longer = sorted((first.rstrip("."), other.first.rstrip(".")), key=len)
    return shorter == longer or (len(shorter) <= 1 and longer.startswith(shorter) and bool(last))


def _identity(name: PersonName, organisation: str, city: str) -> tuple[str, str]:
    return _key(f"{name.first} {name.last}"), _key(organisation or city)


@lru_cache(maxsize=4096)  # towns and organisations come again and again
def _key(text: str) -> str:
    return " ".join(search_terms(text))
