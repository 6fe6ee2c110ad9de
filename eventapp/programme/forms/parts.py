"""The people of a session as rows of a form: added, removed and reordered without a script.

Each row sends a value of each column; their order on the page is the order on the podium.
The buttons send `arrange`, and the form comes back with the rows rearranged and nothing stored.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _
from wtforms import Field, Form
from wtforms.validators import ValidationError

from eventapp.contacts.names import read_full_name
from eventapp.foundation.text import clean
from eventapp.programme.actions import AnyPart, Newcomer, NewPart, Part
from eventapp.programme.forms.names import newcomer
from eventapp.programme.kinds import Role, SessionKind, role_label, usual_role
from eventapp.programme.models import Contributor
from eventapp.programme.states import CONTRIBUTOR_ARROWS, ContributorState
from eventapp.programme.words import contributor_state_label

ARRANGE = "arrange"
MOST_ROWS = 60
NEW = "new"
COLUMNS = ("person", "role", "state")
NAMES = ("first", "last", "organisation")
LONGEST = {"first": 100, "last": 100, "organisation": 200}
NEW_STATES = (ContributorState.PENCILLED, ContributorState.ASKED, ContributorState.AGREED)
_STAND_IN = "Name"
Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PartRow:
    """One row as it was typed; the texts are ids and values, whatever somebody sent."""

    person: str = ""
    role: str = Role.INPUT.value
    state: str = ContributorState.PENCILLED.value
    first: str = ""
    last: str = ""
    organisation: str = ""

    @property
    def empty(self) -> bool:
        """Whether nobody was chosen or typed: such a row is left out."""
        typed = self.first or self.last or self.organisation
        return not self.person or (self.person == NEW and not typed)

    @property
    def new(self) -> bool:
        """Whether somebody is entered who is not in the list."""
        return self.person == NEW


class PartsField(Field):  # type: ignore[misc]  # WTForms ships no types
    """Who does what in the session, row by row."""

    def __init__(self, label: object, **more: Any) -> None:
        """Contributors and stored parts are handed in by `offer`."""
        super().__init__(label, **more)
        self.rows: list[PartRow] = []
        self.arranged = False
        self.all_agreed = False
        self.people: dict[str, Contributor] = {}
        self.stored: dict[tuple[str, str], ContributorState] = {}

    def offer(self, people: Sequence[Contributor], stored: Sequence[Part]) -> None:
        """Say who may be chosen, and what is stored, so that promises go only forward."""
        self.people = {str(person.id): person for person in people}
        self.stored = {(str(part.contributor_id), part.role.value): part.state for part in stored}
        if not self.raw_data:
            self.rows = [
                PartRow(str(part.contributor_id), part.role.value, part.state.value)
                for part in stored
            ]
        elif not self.people:
            self.rows = [replace(row, person=row.person or NEW) for row in self.rows]

    def expect(self, roles: Sequence[Role]) -> None:
        """Show empty rows for people with these roles."""
        self.rows = [PartRow(person=self._nobody(), role=role.value) for role in roles]

    def _nobody(self) -> str:
        """What an empty row says; without anybody to choose from it asks for a name at once."""
        return "" if self.people else NEW

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the rows of a sent form; without one, `offer` fills in what is stored."""
        self.process_errors: list[str] = []
        self.raw_data = []
        if formdata is None or f"{self.name}-sent" not in formdata:
            return
        self.raw_data = ["sent"]
        self.arranged = ARRANGE in formdata
        self.all_agreed = f"{self.name}-agreed" in formdata
        columns = [formdata.getlist(f"{self.name}-{part}")[:MOST_ROWS] for part in COLUMNS]
        names = [_typed(formdata.getlist(f"{self.name}-{part}")) for part in NAMES]
        self.rows = [
            _row(row, [column[place] for column in names])
            for place, row in enumerate(zip(*columns, strict=False))
        ]
        wish, kind = formdata.get(ARRANGE, ""), formdata.get("kind", "")
        self.rows = _arranged(self.rows, wish, kind)

    def pre_validate(self, form: Form) -> None:
        """Refuse people of other events, unknown roles, steps back, and doubles, in words."""
        chosen = [row for row in self.rows if not row.empty]
        for row in chosen:
            self._check(row)
        for (person, _role), times in Counter(
            (row.person, row.role) for row in chosen if not row.new
        ).items():
            if times > 1:
                raise ValidationError(
                    _(
                        "%(name)s is entered twice with the same role.",
                        name=self.people[person].name,
                    )
                )

    def _check(self, row: PartRow) -> None:
        if row.new:
            self._check_new(row)
        elif row.person not in self.people or row.role not in set(Role):
            raise ValidationError(_("Please choose a person and a role from the lists."))
        if row.state not in {state.value for state in self._possible(row)}:
            name = row.last if row.new else self.people[row.person].name
            raise ValidationError(
                _("%(name)s cannot go on like this. Please choose again.", name=name)
            )

    @staticmethod
    def _check_new(row: PartRow) -> None:
        if not row.last:
            raise ValidationError(_("Please give the new person's last name."))
        if any(len(getattr(row, name)) > most for name, most in LONGEST.items()):
            raise ValidationError(_("A name here is too long."))
        if row.role not in set(Role):
            raise ValidationError(_("Please choose a person and a role from the lists."))

    def parts(self) -> list[AnyPart]:
        """The rows with a person, as the session is to have them; only after validation."""
        return [self._part(row) for row in self.rows if not row.empty]

    def _part(self, row: PartRow) -> AnyPart:
        role, state = Role(row.role), self._promise(row)
        if row.new:
            return NewPart(_newcomer(row), role, state)
        return Part(int(row.person), role, state)

    def _promise(self, row: PartRow) -> ContributorState:
        """What the row says, or the promise of all; who declined or is confirmed stays so."""
        state = ContributorState(row.state)
        if self.all_agreed and state in NEW_STATES:
            return ContributorState.AGREED
        return state

    def person_choices(self) -> Choices:
        """Everybody who contributes to the event, by name."""
        people = sorted(self.people.values(), key=lambda each: (each.last_name, each.first_name))
        return [*((str(each.id), each.full_name) for each in people), (NEW, _("A new person"))]

    def role_choices(self) -> Choices:
        """All roles, in the order in which a programme names them."""
        return [(role.value, str(role_label(role))) for role in Role]

    def state_choices(self, row: PartRow) -> Choices:
        """The steps that this row may take now."""
        return [(state.value, str(contributor_state_label(state))) for state in self._possible(row)]

    def _possible(self, row: PartRow) -> list[ContributorState]:
        stored = self.stored.get((row.person, row.role))
        if stored is None:
            return list(NEW_STATES)
        return [
            state
            for state in ContributorState
            if state is stored or state in CONTRIBUTOR_ARROWS[stored]
        ]


def _newcomer(row: PartRow) -> Newcomer:
    """Whoever types "Frau Dr. Ada" as the first name means form of address and title as well."""
    name = read_full_name(f"{row.first} {_STAND_IN}")
    if name.last != _STAND_IN:  # a comma or "von der": nothing to be read out of it
        return Newcomer(row.first, row.last, row.organisation)
    return newcomer(replace(name, last=row.last), row.organisation)


def _typed(texts: list[str]) -> list[str]:
    """As many texts as there may be rows, cleaned; a form without these fields gives none."""
    known = [clean(text) for text in texts[:MOST_ROWS]]
    return known + [""] * (MOST_ROWS - len(known))


def _row(chosen: tuple[str, ...], names: list[str]) -> PartRow:
    """A row as it was sent; a name beside nobody chosen is that of a new person."""
    row = PartRow(*chosen, *names)
    return replace(row, person=NEW) if not row.person and any(names) else row


def _one_more(rows: list[PartRow], kind: str) -> PartRow:
    """A row for somebody with the role that is usual in such a session beside the others."""
    known = SessionKind(kind) if kind in set(SessionKind) else SessionKind.TALK_ROUND
    beside = [Role(row.role) for row in rows if row.role in set(Role)]
    return PartRow(role=usual_role(known, beside).value)


def _arranged(rows: list[PartRow], wish: str, kind: str) -> list[PartRow]:
    """The rows after "add", "up-2", "down-0" or "remove-1"; as they were for anything else."""
    verb, _dash, number = wish.partition("-")
    if verb == "add":
        return [*rows, _one_more(rows, kind)][:MOST_ROWS]
    place = int(number) if number.isdecimal() and len(number) < 3 else len(rows)
    if place >= len(rows):
        return rows
    if verb == "remove":
        return rows[:place] + rows[place + 1 :]
    other = {"up": place - 1, "down": place + 1}.get(verb, place)
    if 0 <= other < len(rows):
        rows = list(rows)
        rows[place], rows[other] = rows[other], rows[place]
    return rows
