"""Who is in the sessions of a file: names apart from each other, each person once. Pure.

The same name is the same person, however it is spaced; the same number is the same person, however
the name is spelled. Both are told.
"""

import re
from collections.abc import Sequence

from eventapp.contacts.names import PersonName, read_full_name
from eventapp.foundation.message import Message, message
from eventapp.foundation.text import clean, spellings
from eventapp.programme.exchange_entries import SpeakerEntry
from eventapp.programme.exchange_fields import LINE
from eventapp.programme.foreign.raw import RawPerson
from eventapp.programme.foreign.remarks import Notes, Topic
from eventapp.programme.foreign.wall_times import is_unsaid
from eventapp.programme.states import ContributorState

MOST_IN_A_CELL = 60
_BETWEEN = re.compile(r"\s*[;\n,|]\s*|\s+[/&+]\s+|\s+(?:und|and|sowie)\s+")
_OTHERS = re.compile(
    r"^(?:et\.? ?al\.?|u\. ?a\.|uvm\.?|etc\.?|and others|und andere)$", re.IGNORECASE
)
_OFFICE = re.compile(
    r"meister|präsident|leiter|chef|geschäftsführ|vorsitz|direktor|minister|sekretär|beauftragt"
    r"|professor|referent|sprecher|director|head of|chief|founder|gründer|manager|president|chair",
    re.IGNORECASE,
)


def people_in_list(cell: str) -> tuple[RawPerson, ...]:
    """Several people in one cell, between commas, lines or "und"."""
    names = [clean(name) for name in _BETWEEN.split(cell)[:MOST_IN_A_CELL]]
    return tuple(
        RawPerson(name) for name in names if not is_unsaid(name) and not _OTHERS.match(name)
    )


def person_in_cell(cell: str) -> RawPerson | None:
    """One person in a cell of their own; what follows the comma is where they come from."""
    name, _comma, rest = clean(cell).partition(",")
    if is_unsaid(name):
        return None
    rest = rest.strip()
    if _OFFICE.search(rest):
        return RawPerson(name.strip(), position=rest[:LINE])
    return RawPerson(name.strip(), organisation=rest[:LINE])


class Register:
    """Everybody met so far; asked with a person of a session it says by which key they go."""

    def __init__(self, notes: Notes) -> None:
        """Nobody yet."""
        self._notes = notes
        self._people: dict[str, SpeakerEntry] = {}
        self._written: dict[str, str] = {}
        self._by_name: dict[tuple[str, str], str] = {}
        self._by_number: dict[str, str] = {}

    def everybody(self) -> tuple[SpeakerEntry, ...]:
        """All people in the order of the file."""
        return tuple(self._people.values())

    def keys(self, people: Sequence[RawPerson], entry: Message) -> list[str]:
        """The keys of a session's people, each once."""
        keys: dict[str, None] = {}
        for person in people:
            name = clean(person.name)[:LINE]
            if is_unsaid(name):
                self._tell(
                    entry,
                    person.name or person.number,
                    message("A person without a name; left out."),
                )
                continue
            key = self._key(person, name, entry)
            if key in keys:
                self._tell(entry, name, message("Stands here twice; taken once."))
            keys[key] = None
        return list(keys)

    def _key(self, person: RawPerson, name: str, entry: Message) -> str:
        number = clean(person.number)[:40]
        known = self._by_number.get(number) if number else None
        if known is not None:
            self._compare(known, number, name, entry)
            return known
        known = self._by_name.get(_likeness(name))
        if known is not None and number and not self._is_the_same(known, number, name, entry):
            known = None
        if known is None:
            known = self._enter(person, name, number)
        self._tell_spelling(known, name, entry)
        if number:
            self._by_number[number] = known
        return known

    def _compare(self, known: str, number: str, name: str, entry: Message) -> None:
        """The file's number is known: its name should be, too."""
        before = self._written[known]
        if _likeness(name) == _likeness(before):
            self._tell_spelling(known, name, entry)
            return
        self._tell(
            entry,
            name,
            message(
                "The file's person %(number)s is also called “%(name)s”; taken as one person with "
                "that name.",
                number=number,
                name=before,
            ),
        )

    def _is_the_same(self, known: str, number: str, name: str, entry: Message) -> bool:
        """Whether two numbers mean one person: not if they share no more than a single word."""
        if known not in self._by_number:  # met without a number so far
            return True
        values = {"one": known, "other": number}
        if " " in name:
            self._tell(
                entry,
                name,
                message(
                    "Stands in the file as two persons (%(one)s and %(other)s); taken as one.",
                    **values,
                ),
            )
            return True
        self._tell(
            entry,
            name,
            message(
                "Two persons of the file have this name (%(one)s and %(other)s); kept as two.",
                **values,
            ),
        )
        return False

    def _tell_spelling(self, known: str, name: str, entry: Message) -> None:
        before = self._written[known]
        if before != name:
            self._tell(
                entry,
                name,
                message("Spelled “%(name)s” elsewhere; taken as one person.", name=before),
            )

    def _enter(self, person: RawPerson, name: str, number: str) -> str:
        key = number or f"person {len(self._people) + 1}"
        while key in self._people:
            key += "+"
        read = _person_name(name)
        self._people[key] = SpeakerEntry(
            key=key,
            form_of_address=read.form,
            title=read.title,
            first_name=read.first,
            last_name=read.last or name,
            position=person.position,
            organisation=person.organisation,
            email="",
            available_from=None,
            available_until=None,
            availability_fixed=False,
            state=ContributorState.AGREED,
        )
        self._by_name.setdefault(_likeness(name), key)
        self._written[key] = name
        return key

    def _tell(self, entry: Message, found: str, made: Message) -> None:
        self._notes.tell(entry, Topic.PERSON, found, made)


def _likeness(name: str) -> tuple[str, str]:
    """What two spellings of a name share; titles do not count."""
    read = _person_name(name)
    return spellings(f"{read.first} {read.last}")


def _person_name(name: str) -> PersonName:
    """The parts of a name; only titles are taken apart, a pseudonym stays whole."""
    read = read_full_name(name)
    return read if read.last or read.first else PersonName(last=name)
