"""The people of a session as rows of a form: added, removed and reordered without a script.

Each row sends three values of one name each; their order on the page is the order on the podium.
The buttons send `arrange`, and the form comes back with the rows rearranged and nothing stored.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from wtforms import Field, Form
from wtforms.validators import ValidationError

from eventapp.programme.actions import Part
from eventapp.programme.kinds import Role, role_label
from eventapp.programme.models import Contributor
from eventapp.programme.states import CONTRIBUTOR_ARROWS, ContributorState
from eventapp.programme.words import contributor_state_label

ARRANGE = "arrange"
MOST_ROWS = 60
NEW_STATES = (ContributorState.PENCILLED, ContributorState.ASKED, ContributorState.AGREED)
Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PartRow:
    """One row as it was typed; the texts are ids and values, whatever somebody sent."""

    person: str = ""
    role: str = Role.INPUT.value
    state: str = ContributorState.PENCILLED.value

    @property
    def empty(self) -> bool:
        """Whether nobody was chosen: such a row is left out."""
        return not self.person


class PartsField(Field):  # type: ignore[misc]  # WTForms ships no types
    """Who does what in the session, row by row."""

    def __init__(self, label: object, **more: Any) -> None:
        """Contributors and stored parts are handed in by `offer`."""
        super().__init__(label, **more)
        self.rows: list[PartRow] = []
        self.arranged = False
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

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the rows of a sent form; without one, `offer` fills in what is stored."""
        self.process_errors: list[str] = []
        self.raw_data = []
        if formdata is None or f"{self.name}-sent" not in formdata:
            return
        self.raw_data = ["sent"]
        self.arranged = ARRANGE in formdata
        columns = [
            formdata.getlist(f"{self.name}-{part}")[:MOST_ROWS]
            for part in ("person", "role", "state")
        ]
        self.rows = [PartRow(*row) for row in zip(*columns, strict=False)]
        self.rows = _arranged(self.rows, formdata.get(ARRANGE, ""))

    def pre_validate(self, form: Form) -> None:
        """Refuse people of other events, unknown roles, steps back, and doubles, in words."""
        chosen = [row for row in self.rows if not row.empty]
        for row in chosen:
            self._check(row)
        for (person, _role), times in Counter((row.person, row.role) for row in chosen).items():
            if times > 1:
                raise ValidationError(
                    _(
                        "%(name)s is entered twice with the same role.",
                        name=self.people[person].name,
                    )
                )

    def _check(self, row: PartRow) -> None:
        if row.person not in self.people or row.role not in set(Role):
            raise ValidationError(_("Please choose a person and a role from the lists."))
        if row.state not in {state.value for state in self._possible(row)}:
            raise ValidationError(
                _(
                    "%(name)s cannot go on like this. Please choose again.",
                    name=self.people[row.person].name,
                )
            )

    def parts(self) -> list[Part]:
        """The rows with a person, as the session is to have them; only after validation."""
        return [
            Part(int(row.person), Role(row.role), ContributorState(row.state))
            for row in self.rows
            if not row.empty
        ]

    def person_choices(self) -> Choices:
        """Everybody who contributes to the event, by name."""
        people = sorted(self.people.values(), key=lambda each: (each.last_name, each.first_name))
        return [(str(each.id), each.full_name) for each in people]

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


def _arranged(rows: list[PartRow], wish: str) -> list[PartRow]:
    """The rows after "add", "up-2", "down-0" or "remove-1"; as they were for anything else."""
    verb, _dash, number = wish.partition("-")
    if verb == "add":
        return [*rows, PartRow()][:MOST_ROWS]
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
