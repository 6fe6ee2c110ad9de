"""A list that a page shows and people may take along: described once, for the page and the file.

The page and the download share the filter and the rows; the download adds which columns there are.
Rows are read while the file is written, so that memory does not grow with the list.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, is_dataclass, replace
from enum import StrEnum
from typing import Any, Generic, TypeVar

from eventapp.foundation.message import Message
from eventapp.foundation.tabular import Cell, Column, Table

Owner = TypeVar("Owner")
Filter = TypeVar("Filter")
Row = TypeVar("Row")
Asked = Mapping[str, str]
"""What stands behind the question mark of an address."""


FILTER_NAMES = frozenset({
    "q", "group", "sector", "wave", "list", "county", "standing", "organisation",
    "action", "subject", "event", "since", "until", "question", "value", "import", "trade",
})  # fmt: skip
"""What pages call their filters in the address; nothing else goes along to the download."""


class Concerns(StrEnum):
    """Whom a column tells something about; who may take it along depends on it."""

    NOBODY = "nobody"
    PERSON = "person"
    NEEDS = "needs"


class Belongs(StrEnum):
    """To what a list belongs."""

    HOST = "host"
    EVENT = "event"


class Purpose(StrEnum):
    """What a list is taken along for; kept with every download."""

    FOLLOW_UP = "follow_up"
    DOOR = "door"
    VISITORS = "visitors"
    CATERING = "catering"
    PRESS = "press"
    EVIDENCE = "evidence"
    CHECK = "check"
    REQUEST = "request"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Field(Generic[Row]):
    """One column: its key for programs, its heading for people, and where its cells come from.

    `words` says how stored values read for people. A heading that somebody typed is a plain text.
    """

    key: str
    heading: Message | str
    value: Callable[[Row], Cell]
    width: int = 18
    words: Mapping[Any, Message] = field(default_factory=dict)
    concerns: Concerns = Concerns.PERSON

    def column(self) -> Column:
        """The column in the language in force."""
        words = {cell: str(word) for cell, word in self.words.items()}
        return Column(self.key, str(self.heading), self.width, words)


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody takes of a list: which columns, and in which order the rows come.

    No order means: as on the page.
    """

    columns: tuple[str, ...]
    order: str = ""


@dataclass(frozen=True)
class Listing(Generic[Owner, Filter, Row]):
    """A list: to what it belongs, who may take it, its columns, its filter and its rows.

    `asked` reads the filter from an address, as the page does; `told` says it in words. `rows` are
    read when they are needed. `page` is the endpoint that shows the list, `rail` its entry there.
    Lists of one `family` are offered beside each other, each with the filter it `begins` with.
    `more_fields` are the columns that only this owner's list has; `of` puts them behind the others.
    """

    key: str
    title: Message
    belongs: Belongs
    roles: tuple[StrEnum, ...]
    page: str
    rail: str
    fields: tuple[Field[Row], ...]
    asked: Callable[[Asked], Filter]
    told: Callable[[Owner, Filter], Sequence[object]]
    count: Callable[[Owner, Filter], int]
    rows: Callable[[Owner, Filter, Choice], Iterable[Row]]
    hint: Message | None = None
    purpose: Purpose | None = None
    family: str = ""
    begins: Mapping[str, str] = field(default_factory=dict)
    orders: Mapping[str, Message] = field(default_factory=dict)
    more_fields: Callable[[Owner], tuple[Field[Row], ...]] | None = None

    def of(self, owner: Owner) -> "Listing[Owner, Filter, Row]":
        """The list with all columns that it has for this owner, read once."""
        if self.more_fields is None:
            return self
        return replace(self, fields=(*self.fields, *self.more_fields(owner)), more_fields=None)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all columns, in the order in which they come by themselves."""
        return tuple(one.key for one in self.fields)

    @property
    def usual_keys(self) -> tuple[str, ...]:
        """The columns that come along unless somebody chooses others: none about health."""
        return tuple(one.key for one in self.fields if one.concerns is not Concerns.NEEDS)

    def chosen(self, keys: Iterable[str]) -> tuple[Field[Row], ...]:
        """The columns with these keys in their order; unknown and repeated keys are passed over."""
        by_key = {one.key: one for one in self.fields}
        return tuple(by_key[key] for key in dict.fromkeys(keys) if key in by_key)

    def table(self, owner: Owner, wanted: Filter, choice: Choice, *, zone: str) -> Table:
        """The rows that pass the filter, to be written as a file."""
        fields = self.chosen(choice.columns)
        rows = self.rows(owner, wanted, choice)
        return Table(
            str(self.title),
            [one.column() for one in fields],
            ([one.value(row) for one in fields] for row in rows),
            zone,
            count=self.count(owner, wanted),
        )


AnyListing = Listing[Any, Any, Any]


def plain_filter(wanted: object) -> dict[str, str]:
    """What a filter narrows down to, as it is kept with a download; defaults are left out."""
    if isinstance(wanted, str):
        return {"search": wanted} if wanted else {}
    if not is_dataclass(wanted) or isinstance(wanted, type):
        return {}
    at_rest = asdict(type(wanted)())
    return {
        name: str(value) for name, value in asdict(wanted).items() if value != at_rest.get(name)
    }
