"""Answers by sector and by county, as tables. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from eventapp.contacts.states import Sector
from eventapp.contacts.words import SECTOR_WORDS, county_label
from eventapp.foundation.message import Message, message
from eventapp.invitations.states import InvitationState

MOST = 10
I = InvitationState  # noqa: E741 - short name for the sums below
Label = Message | str


class Invited(NamedTuple):
    """How many invitations of a sector and county are in a state."""

    sector: Sector
    county: str
    state: InvitationState
    people: int


class Uninvited(NamedTuple):
    """How many people of a sector and county registered without an invitation."""

    sector: Sector
    county: str
    people: int


@dataclass(frozen=True)
class AnswerRow:
    """Answers of one kind; undeliverable counts as open, a substitute as accepted."""

    label: Label
    accepted: int
    declined: int
    unanswered: int
    uninvited: int

    @property
    def invited(self) -> int:
        """All invitations of the kind."""
        return self.accepted + self.declined + self.unanswered

    @property
    def people(self) -> int:
        """All whom the row counts."""
        return self.invited + self.uninvited


def by_sector(invited: Iterable[Invited], uninvited: Iterable[Uninvited]) -> list[AnswerRow]:
    """One row for each sector that occurs, the largest first."""
    states = _counted((SECTOR_WORDS[one.sector], one.state, one.people) for one in invited)
    others = Counter[Label]()
    for one in uninvited:
        others[SECTOR_WORDS[one.sector]] += one.people
    return _rows(states, others)


def by_county(invited: Iterable[Invited], uninvited: Iterable[Uninvited]) -> list[AnswerRow]:
    """The same for counties; those whose county nobody knows have a row, too."""
    states = _counted((_county(one.county), one.state, one.people) for one in invited)
    others = Counter[Label]()
    for one in uninvited:
        others[_county(one.county)] += one.people
    return _rows(states, others)


def _county(name: str) -> Label:
    return county_label(name) if name else message("not known")


Answers = Mapping[Label, Counter[InvitationState]]


def _counted(rows: Iterable[tuple[Label, InvitationState, int]]) -> Answers:
    counted: dict[Label, Counter[InvitationState]] = {}
    for label, state, count in rows:
        counted.setdefault(label, Counter())[state] += count
    return counted


def _rows(states: Answers, others: Counter[Label]) -> list[AnswerRow]:
    rows = [
        _row(label, states.get(label, Counter()), others[label]) for label in {**states, **others}
    ]
    found = sorted(
        (row for row in rows if row.people), key=lambda row: (-row.people, str(row.label))
    )
    return found if len(found) <= MOST else [*found[: MOST - 1], _together(found[MOST - 1 :])]


def _row(label: Label, states: Counter[InvitationState], others: int) -> AnswerRow:
    return AnswerRow(
        label,
        states[I.ACCEPTED] + states[I.SUBSTITUTED],
        states[I.DECLINED],
        states[I.SENT] + states[I.UNDELIVERABLE],
        others,
    )


def _together(rows: Iterable[AnswerRow]) -> AnswerRow:
    """What is too small for a row of its own; nobody is left out."""
    rows = list(rows)
    return AnswerRow(
        message("all others"),
        sum(row.accepted for row in rows),
        sum(row.declined for row in rows),
        sum(row.unanswered for row in rows),
        sum(row.uninvited for row in rows),
    )
