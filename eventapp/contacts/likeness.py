"""Who is likely to be the same person: among contacts, or among the guests of an event. Pure.

A proposal, never a verdict: two people may share an address, and two may share a name. Each
comparison is symmetric and takes a bounded time, whatever was entered; a list of people takes a
time in proportion to its length, as each is compared with those beside it in a few orders.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from eventapp.contacts.names import split_titles
from eventapp.foundation.text import mailbox, spellings

LONGEST = 80
"""Signs of a name that are compared; nobody's differ only behind that."""
NEIGHBOURS = 8
"""With how many of the same name or address each is compared, at most."""
SHORT_NAME = 8
MOST_TYPOS = 2


class Likeness(IntEnum):
    """Why two may be one person, surest first."""

    SAME_CONTACT = 1
    SAME_ADDRESS = 2
    SAME_NAME = 3


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person as far as comparing needs; an office goes by its organisation's name.

    People with one `group_key` were entered side by side, on one form: whoever did that knew them.
    """

    id: int
    first_name: str = ""
    last_name: str = ""
    organisation: str = ""
    email: str = ""
    contact_id: int | None = None
    group_key: str = ""


@dataclass(frozen=True, slots=True)
class Likely:
    """Two who may be one, the lower id first, and why."""

    first: Somebody
    second: Somebody
    likeness: Likeness

    @property
    def ids(self) -> tuple[int, int]:
        """Who they are."""
        return self.first.id, self.second.id


def likeness(one: Somebody, other: Somebody) -> Likeness | None:
    """Why these two may be the same person; None if nothing speaks for it, or one form had both."""
    if one.group_key and one.group_key == other.group_key:
        return None
    if one.contact_id is not None and one.contact_id == other.contact_id:
        return Likeness.SAME_CONTACT
    if _shares_mailbox(one, other) and is_nearly_same_name(one, other):
        return Likeness.SAME_ADDRESS
    return Likeness.SAME_NAME if is_same_name(one, other) else None


def _shares_mailbox(one: Somebody, other: Somebody) -> bool:
    return bool(one.email and other.email) and mailbox(one.email) == mailbox(other.email)


def is_same_name(one: Somebody, other: Somebody) -> bool:
    """Spelled alike, titles, umlauts, hyphens and the order of the words aside."""
    return _alike(_spelled(one), _spelled(other))


def is_nearly_same_name(one: Somebody, other: Somebody) -> bool:
    """Spelled alike, or with a typing mistake, or without a first name or with its initial only."""
    if is_same_name(one, other):
        return True
    mine, theirs = set(_spelled(one)), set(_spelled(other))  # one spelling without umlauts
    if "" in mine | theirs:
        return False
    return _is_shortened(one, other) or any(_is_mistyped(a, b) for a in mine for b in theirs)


def _alike(mine: tuple[str, str], theirs: tuple[str, str]) -> bool:
    return bool((set(mine) & set(theirs)) - {""})


def _is_shortened(one: Somebody, other: Somebody) -> bool:
    """The same last name, and one of the first names missing or a mere initial."""
    if not _alike(_folded(one.last_name), _folded(other.last_name)):
        return False
    pairs = zip(_folded(one.first_name), _folded(other.first_name), strict=True)
    return any(_is_initial(min(pair, key=len), max(pair, key=len)) for pair in pairs)


def _is_initial(shorter: str, longer: str) -> bool:
    return len(shorter.rstrip(".")) <= 1 and longer.startswith(shorter.rstrip("."))


def _is_mistyped(mine: str, theirs: str) -> bool:
    most = 1 if min(len(mine), len(theirs)) < SHORT_NAME else MOST_TYPOS
    return typing_mistakes(mine, theirs) <= most


def typing_mistakes(one: str, other: str) -> int:
    """How many signs were left out, added, changed or swapped with the next; 3 for more than two.

    Only the band around the diagonal is computed, so that long texts take no longer than short.
    """
    one, other = one[:LONGEST], other[:LONGEST]
    if abs(len(one) - len(other)) > MOST_TYPOS:
        return MOST_TYPOS + 1
    before: dict[int, int] = {}
    row = {column: column for column in range(MOST_TYPOS + 1)}
    for line in range(1, len(one) + 1):
        before, row = row, _next_row(one, other, line, row, before)
        if min(row.values()) > MOST_TYPOS:
            break
    return min(row.get(len(other), MOST_TYPOS + 1), MOST_TYPOS + 1)


def _next_row(
    one: str, other: str, line: int, above: dict[int, int], twice_above: dict[int, int]
) -> dict[int, int]:
    far = MOST_TYPOS + 1
    row: dict[int, int] = {}
    for column in range(max(0, line - MOST_TYPOS), min(len(other), line + MOST_TYPOS) + 1):
        if column == 0:
            row[0] = line
            continue
        changed = above.get(column - 1, far) + (one[line - 1] != other[column - 1])
        cost = min(above.get(column, far) + 1, row.get(column - 1, far) + 1, changed)
        if line > 1 < column and one[line - 2 : line] == other[column - 2 : column][::-1]:
            cost = min(cost, twice_above.get(column - 2, far) + 1)
        row[column] = cost
    return row


def likely_doubles(people: Iterable[Somebody]) -> list[Likely]:
    """All who may be the same person, the surest first; each pair once."""
    found: dict[tuple[int, int], Likely] = {}
    for one, other in _neighbours(list(people)):
        first, second = sorted((one, other), key=lambda somebody: somebody.id)
        why = likeness(first, second)
        if why is not None:
            found[first.id, second.id] = Likely(first, second, why)
    return sorted(found.values(), key=lambda pair: (pair.likeness, _spelled(pair.first), pair.ids))


def _neighbours(people: Sequence[Somebody]) -> Iterator[tuple[Somebody, Somebody]]:
    """Pairs worth comparing: of one contact, address or spelling, beside each other by name."""
    groups: dict[Hashable, list[Somebody]] = defaultdict(list)
    for one in people:
        for key in _keys(one):
            groups[key].append(one)
    for group in groups.values():
        group.sort(key=lambda somebody: (_spelled(somebody), somebody.id))
        for place, one in enumerate(group):
            for other in group[place + 1 : place + 1 + NEIGHBOURS]:
                yield one, other


def _keys(one: Somebody) -> set[Hashable]:
    keys: set[Hashable] = {name for name in _spelled(one) if name}
    if one.contact_id is not None:
        keys.add(one.contact_id)
    if one.email:
        keys.add(("mailbox", mailbox(one.email)))
    return keys


def _spelled(one: Somebody) -> tuple[str, str]:
    """How the whole name is compared, titles left out wherever they stand."""
    if not (one.first_name or one.last_name):
        return _folded(one.organisation)
    return _folded(f"{_bare(one.first_name)} {_bare(one.last_name)}")


@lru_cache(maxsize=16384)
def _bare(name: str) -> str:
    return split_titles(name[:LONGEST])[1]


@lru_cache(maxsize=16384)  # a page compares each name several times
def _folded(name: str) -> tuple[str, str]:
    return spellings(_bare(name))
