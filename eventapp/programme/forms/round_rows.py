"""Talk rounds as rows of a form: added and removed without a script, each with its own faults."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask_babel import gettext as _
from wtforms import Field

from eventapp.events.models import Room
from eventapp.foundation.forms import LINE_LENGTH
from eventapp.foundation.text import clean, spellings
from eventapp.programme.actions import Newcomer
from eventapp.programme.forms.names import is_too_long, read_people
from eventapp.programme.forms.parts import ARRANGE
from eventapp.programme.kinds import Role

MOST_ROUNDS = 20
LONGEST_LIST = 2000
MOST_SEATS = 100_000
PEOPLE = {"moderation": Role.MODERATION, "inputs": Role.INPUT, "protocol": Role.PROTOCOL}
"""The columns in which people are named, with what they do."""


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One row as it was typed, and what is wrong with it by column."""

    title: str = ""
    room: str = ""
    places: str = ""
    moderation: str = ""
    inputs: str = ""
    protocol: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether no round is meant: a room that was proposed does not make one."""
        return not (self.title or any(getattr(self, name) for name in PEOPLE))

    def people(self, column: str) -> list[Newcomer]:
        """The people named in a column."""
        return read_people(getattr(self, column))

    @property
    def seats(self) -> int | None:
        """How many places; None where the room decides. Only after `checked`."""
        return int(self.places) if self.places else None


COLUMNS = ("title", "room", "places", *PEOPLE)


class RoundsField(Field):  # type: ignore[misc]  # WTForms ships no types
    """The rounds of a slot, row by row."""

    def __init__(self, label: object, **more: Any) -> None:
        """Rooms are handed in by `offer`."""
        super().__init__(label, **more)
        self.rows: list[RoundRow] = []
        self.rooms: dict[str, Room] = {}
        self.arranged = False

    def offer(self, rooms: Sequence[Room], rows: Sequence[RoundRow]) -> None:
        """Say which rooms there are, and what stands in the rows of a form that is new."""
        self.rooms = {str(room.id): room for room in rooms}
        if not self.raw_data:
            self.rows = list(rows)

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the rows of a sent form, and rearrange them if a button asks for it."""
        self.process_errors: list[str] = []
        self.raw_data = []
        if formdata is None or f"{self.name}-sent" not in formdata:
            return
        self.raw_data = ["sent"]
        self.arranged = ARRANGE in formdata
        typed = [formdata.getlist(f"{self.name}-{name}")[:MOST_ROUNDS] for name in COLUMNS]
        rows = [_row(row) for row in zip(*typed, strict=False)]
        self.rows = _arranged(rows, formdata.get(ARRANGE, ""))

    @property
    def meant(self) -> list[tuple[int, RoundRow]]:
        """The rows that say something, each with its number on the page, from 0."""
        return [(number, row) for number, row in enumerate(self.rows) if not row.empty]

    def check(self) -> bool:
        """Look at every row; what is wrong stands at it afterwards."""
        used: dict[str, int] = {}
        for number, row in self.meant:
            faults = self._faults(row)
            if row.room and "room" not in faults:
                first = used.setdefault(row.room, number)
                if first != number:
                    faults["room"] = _("Round %(number)s is in this room.", number=first + 1)
            self.rows[number] = replace(row, faults=faults)
        self._gather()
        return not self.errors

    def refuse(self, number: int, column: str, why: str) -> None:
        """Put what an action refused at its row."""
        place = self.meant[number][0]
        self.rows[place] = replace(self.rows[place], faults={column: why})
        self._gather()

    def _gather(self) -> None:
        """The form asks its fields whether something is wrong."""
        self.errors = [why for row in self.rows for why in row.faults.values()]

    def _faults(self, row: RoundRow) -> dict[str, str]:
        faults: dict[str, str] = {}
        if not row.title:
            faults["title"] = _("Please say what this round is called.")
        elif len(row.title) > LINE_LENGTH:
            faults["title"] = _("At most %(max)s characters, please.", max=LINE_LENGTH)
        if row.room and row.room not in self.rooms:
            faults["room"] = _("Please choose a room from the list.")
        if not _is_number(row.places):
            faults["places"] = _("Please give a number from %(min)s to %(max)s.", min=1,
                                 max=MOST_SEATS)  # fmt: skip
        for column in PEOPLE:
            why = _what_is_wrong_with(row.people(column))
            if why:
                faults[column] = why
        return faults


def _row(typed: Sequence[str]) -> RoundRow:
    title, room, places, moderation, inputs, protocol = (
        clean(text[:LONGEST_LIST]) for text in typed
    )
    return RoundRow(title, room, places, moderation, inputs, protocol)


def _is_number(text: str) -> bool:
    if not text:
        return True
    return text.isascii() and text.isdecimal() and len(text) < 7 and 1 <= int(text) <= MOST_SEATS


def _what_is_wrong_with(people: Sequence[Newcomer]) -> str:
    if any(is_too_long(person) for person in people):
        return str(_("A name here is too long."))
    names = Counter(spellings(f"{one.first_name} {one.last_name}")[0] for one in people)
    if any(times > 1 for times in names.values()):
        return str(_("Somebody stands here twice."))
    return ""


def _arranged(rows: list[RoundRow], wish: str) -> list[RoundRow]:
    """The rows after "add" or "remove-1"; as they were for anything else."""
    verb, _dash, number = wish.partition("-")
    if verb == "add":
        return [*rows, RoundRow()][:MOST_ROUNDS]
    place = int(number) if number.isdecimal() and len(number) < 3 else len(rows)
    if verb == "remove" and place < len(rows):
        return rows[:place] + rows[place + 1 :]
    return rows
