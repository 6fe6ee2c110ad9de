"""Several talk rounds at once: their slot, and a row for each."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField

from eventapp.events.forms.fields import DayField
from eventapp.events.models import Room
from eventapp.foundation.errors import Invalid
from eventapp.foundation.forms import TextField, TimeField
from eventapp.foundation.i18n import format_range, localised
from eventapp.programme.actions import NewRound, SlotChange
from eventapp.programme.forms.base import EntryForm
from eventapp.programme.forms.names import part_of
from eventapp.programme.forms.round_rows import PEOPLE, RoundRow, RoundsField
from eventapp.programme.forms.spans import read_span
from eventapp.programme.kinds import SessionKind, usual_length
from eventapp.programme.models import Session
from eventapp.programme.queries import Programme
from eventapp.programme.states import ContributorState

NEW = "new"
FEWEST, MOST_PROPOSED = 3, 6
NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


class RoundsForm(EntryForm):
    """A slot, new or known, and the rounds that run in it side by side."""

    slot = SelectField(_l("Slot"))
    name_de = TextField(_l("Name in German"), required=False)
    name_en = TextField(_l("Name in English"), required=False)
    day = DayField(_l("Day"), required=False)
    starts = TimeField(_l("Begins at"), required=False)
    ends = TimeField(_l("Ends at"), required=False)
    rounds = RoundsField(_l("Talk rounds"))
    agreed = BooleanField(_l("All of them have agreed"))

    def __init__(self, programme: Programme, **more: Any) -> None:
        """Propose the next slot after what is planned, with the rooms that are usual for rounds."""
        self.programme, self.event = programme, programme.event
        super().__init__(data=_proposed(programme), **more)
        self.slot.choices = [(NEW, _("A new slot")), *_slot_choices(programme)]
        for asked_for_a_new_one in (self.name_de, self.day, self.starts, self.ends):
            asked_for_a_new_one.flags.optional = False
            asked_for_a_new_one.flags.unmarked = True
        self.rounds.offer(programme.rooms, _proposed_rows(programme))
        self.starts_at: datetime | None = None
        self.ends_at: datetime | None = None

    @property
    def only_arranges(self) -> bool:
        """Whether a button of the rows was pressed: nothing is to be stored."""
        return self.is_submitted() and self.rounds.arranged

    @property
    def makes_slot(self) -> bool:
        """Whether the slot is made with the rounds."""
        return bool(self.slot.data == NEW)

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: a new slot has a name and times, each row is in order, and there is one."""
        fine = bool(super().validate(extra_validators)) and self._check_slot()
        rows = self.rounds.check()
        if not self.rounds.meant:
            self.form_errors.append(_("Please enter at least one round."))
        return fine and rows and bool(self.rounds.meant)

    def _check_slot(self) -> bool:
        if not self.makes_slot:
            return True
        needed = (self.name_de, self.day, self.starts, self.ends)
        for each in needed:
            if not each.data:
                each.errors = [_("Please fill this in.")]
        if not any(each.errors for each in needed):
            self.starts_at, self.ends_at = read_span(self, self.event, self.keep("day"))
        return not any(each.errors for each in needed)

    def refuse(self, problem: Invalid) -> None:
        """Put what an action refused at its row or field."""
        column, _dash, number = problem.field.partition("-")
        if number.isdecimal():
            self.rounds.refuse(int(number), column, str(problem.text))
        else:
            super().refuse(problem)

    def error_summary(self) -> list[tuple[str, str]]:
        """As of all forms; of rounds each row's own faults."""
        rows = [
            (f"{column}-{number}", why)
            for number, row in enumerate(self.rounds.rows)
            for column, why in row.faults.items()
        ]
        known = [one for one in super().error_summary() if one[0] != self.rounds.id]
        return [*(one for one in known if one[0]), *rows, *(one for one in known if not one[0])]

    def error_label(self, field_id: str) -> str:
        """Of a row: which round it is."""
        _column, _dash, number = field_id.partition("-")
        if number.isdecimal():
            return str(_("Round %(number)s", number=int(number) + 1))
        return super().error_label(field_id)

    def wanted_slot(self) -> int | SlotChange:
        """The slot that was chosen, or is to be made; only after `validate`."""
        if not self.makes_slot:
            return int(self.slot.data)
        if self.starts_at is None or self.ends_at is None:
            raise ValueError("the form has not been validated")
        return SlotChange(
            key="",
            name_de=self.keep("name_de"),
            name_en=self.keep("name_en"),
            starts_at=self.starts_at,
            ends_at=self.ends_at,
        )

    def wanted_rounds(self) -> list[NewRound]:
        """The rounds as they were entered; only after `validate`."""
        return [self._round(row) for _number, row in self.rounds.meant]

    def _round(self, row: RoundRow) -> NewRound:
        state = ContributorState.AGREED if self.agreed.data else ContributorState.PENCILLED
        known = self.programme.contributors
        parts = [
            part_of(person, role, state, known)
            for column, role in PEOPLE.items()
            for person in row.people(column)
        ]
        return NewRound(
            title_de=row.title,
            room_id=int(row.room) if row.room else None,
            capacity=row.seats,
            parts=parts,
        )


def _slot_choices(programme: Programme) -> list[tuple[str, str]]:
    zone = programme.event.zone
    return [
        (
            str(slot.id),
            f"{localised(slot, 'name')}, {format_range(slot.starts_at, slot.ends_at, zone)}",
        )
        for slot in programme.slots
    ]


def _proposed(programme: Programme) -> dict[str, object]:
    """A slot that nobody has filled, else a new one after all that is planned."""
    event, zone = programme.event, ZoneInfo(programme.event.zone)
    filled = {session.slot_id for session in programme.kept}
    waiting = next((slot for slot in programme.slots if slot.id not in filled), None)
    last = max((each.ends_at for each in programme.planned if each.ends_at), default=None)
    starts = last or event.starts_at
    begins, stops = (at.astimezone(zone) for at in (starts, starts + _length(programme)))
    number = min(len(programme.slots), len(NUMERALS) - 1)
    return {
        "slot": str(waiting.id) if waiting else NEW,
        "name_de": f"Talk-Runden {NUMERALS[number]}",
        "name_en": f"Talk rounds {NUMERALS[number]}",
        "day": begins.date(),
        "starts": begins.time(),
        "ends": stops.time(),
    }


def _length(programme: Programme) -> timedelta:
    """As long as the last slot, else as long as usual."""
    last = programme.slots[-1] if programme.slots else None
    return last.ends_at - last.starts_at if last else usual_length(SessionKind.TALK_ROUND)


def _proposed_rows(programme: Programme) -> list[RoundRow]:
    """In the rooms of the rounds before, else in those that nothing else uses yet."""
    rooms = _usual_rooms(programme)[:MOST_PROPOSED]
    rows = [RoundRow(room=str(room.id), places=str(room.capacity)) for room in rooms]
    return rows + [RoundRow()] * (FEWEST - len(rows))


def _usual_rooms(programme: Programme) -> Sequence[Room]:
    rounds = [each for each in programme.kept if each.slot_id and each.room_id]
    used = {each.room_id for each in (rounds or programme.kept)}
    wanted = [room for room in programme.rooms if (room.id in used) is bool(rounds)]
    return _of_last_slot(rounds, wanted) if rounds else wanted


def _of_last_slot(rounds: Sequence[Session], rooms: Sequence[Room]) -> Sequence[Room]:
    last = rounds[-1].slot_id
    used = {each.room_id for each in rounds if each.slot_id == last}
    return [room for room in rooms if room.id in used]
