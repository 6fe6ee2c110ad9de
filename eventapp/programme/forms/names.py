"""Several people in one field: "Frau Dr. Ada Öhm (Akademie), Cem Nolte"."""

import re
from collections.abc import Sequence

from eventapp.contacts.names import PersonName, read_full_name
from eventapp.foundation.text import clean, spellings
from eventapp.programme.actions import AnyPart, Newcomer, NewPart, Part
from eventapp.programme.kinds import Role
from eventapp.programme.models import Contributor
from eventapp.programme.states import ContributorState

MOST = 20
LONGEST_NAME, LONGEST_ORGANISATION = 100, 200
_BETWEEN = re.compile(r"[,;\n](?![^(]*\))")
_WITH_ORGANISATION = re.compile(r"([^()]+)\((.*)\)")


def read_people(text: str) -> list[Newcomer]:
    """The people named between commas, each with form of address, title and organisation."""
    names = [clean(name) for name in _BETWEEN.split(text)]
    return [_person(name) for name in names if name][:MOST]


def is_too_long(person: Newcomer) -> bool:
    """Whether there is no room for such a name."""
    names = person.first_name, person.last_name, person.title
    return max(map(len, names)) > LONGEST_NAME or (
        len(person.organisation_name) > LONGEST_ORGANISATION
    )


def part_of(
    person: Newcomer, role: Role, state: ContributorState, known: Sequence[Contributor]
) -> AnyPart:
    """What somebody does: somebody known if the name is that of a single one, else new."""
    names = spellings(f"{person.first_name} {person.last_name}")
    like = [one for one in known if _is_like(one, names, person.organisation_name)]
    return Part(like[0].id, role, state) if len(like) == 1 else NewPart(person, role, state)


def _is_like(one: Contributor, names: tuple[str, str], organisation: str) -> bool:
    same = set(names) & set(spellings(f"{one.first_name} {one.last_name}"))
    there = organisation and one.organisation_name
    return bool(same) and (not there or clean(there) == clean(organisation))


def _person(text: str) -> Newcomer:
    found = _WITH_ORGANISATION.fullmatch(text)
    name, organisation = (found[1], found[2]) if found else (text, "")
    return newcomer(read_full_name(name), clean(organisation))


def newcomer(name: PersonName, organisation: str) -> Newcomer:
    """Somebody new by the parts of a name; a single word is a last name."""
    return Newcomer(
        first_name=name.first,
        last_name=name.last,
        organisation_name=organisation,
        title=name.title,
        form_of_address=name.form,
    )
