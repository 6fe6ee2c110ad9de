"""Reading a change of the day: what is wanted, whom to tell, and what the person has seen."""

from datetime import timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField

from eventapp.events.forms.fields import moment_of
from eventapp.foundation.forms import BaseForm, LongTextField, TimeField
from eventapp.foundation.i18n import format_range, localised
from eventapp.foundation.text import sort_key
from eventapp.programme.change_words import ReleaseNote
from eventapp.programme.comparing import ShownSession
from eventapp.programme.day_of.actions import DayRequest
from eventapp.programme.day_of.planning import Day
from eventapp.programme.day_of.wishes import AtTime, Drop, Replace, Swap, ToRoom, Wish
from eventapp.programme.kinds import Role, role_label
from eventapp.programme.models import Contributor

NOTE_LENGTH = 300
TOGETHER = " · "


class Step(StrEnum):
    """What can be done to a session on the day; stands in the address."""

    ROOM = "room"
    TIME = "time"
    DROP = "drop"
    PERSON = "person"


class DayForm(BaseForm):
    """What all changes share. `seen` and `knowingly` say what the page showed before."""

    seen = HiddenField()
    knowingly = HiddenField()
    anyway = BooleanField(_l("Do it all the same"))
    contributors = BooleanField(_l("The contributors whom it concerns"), default=True)
    guests = BooleanField(_l("All guests with a place"), default=True)
    note_de = LongTextField(_l("Reason, German"), limit=NOTE_LENGTH)
    note_en = LongTextField(_l("Reason, English"), limit=NOTE_LENGTH)

    def __init__(self, day: Day, shown: ShownSession, **more: Any) -> None:
        """`shown` is the session as everybody sees it."""
        self.day, self.shown, self.zone = day, shown, day.programme.event.zone
        super().__init__(**more)

    @property
    def own(self) -> list[Any]:
        """The fields in which this change differs from others."""
        return []

    def wish(self) -> Wish:
        """What is wanted; only after `validate`."""
        raise NotImplementedError

    def request(self) -> DayRequest:
        """What was decided."""
        knowingly = str(self.keep("knowingly") or "").split() if self.keep("anyway") else []
        return DayRequest(
            wish=self.wish(),
            note=ReleaseNote(self.keep("note_de"), self.keep("note_en")),
            seen=str(self.keep("seen") or ""),
            knowingly=frozenset(knowingly),
        )


class RoomForm(DayForm):
    """Another room, or that of another session, which then goes to this one's."""

    where = SelectField(_l("Where to"), coerce=str)

    def __init__(self, day: Day, shown: ShownSession, **more: Any) -> None:
        """Free rooms first, then those in which something else takes place."""
        super().__init__(day, shown, **more)
        self.where.choices = [
            ("", _("Please choose")),
            *_free(day, shown),
            *_trades(day, shown),
        ]

    @property
    def own(self) -> list[Any]:
        """Where to."""
        return [self.where]

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: something was chosen."""
        good = bool(super().validate(extra_validators))
        if good and not self.where.data:
            self.where.errors = [_("Please choose.")]
        return good and not self.where.errors

    def wish(self) -> Wish:
        """To a room, or to trade."""
        kind, _sep, number = self.where.data.partition("-")
        one = self.shown.session_id
        return ToRoom(one, int(number)) if kind == "room" else Swap(one, int(number))


def _free(day: Day, shown: ShownSession) -> list[tuple[str, str]]:
    busy = {
        one.room_id
        for one in day.on
        if one.starts_at < shown.ends_at and one.ends_at > shown.starts_at
    }
    return [
        (f"room-{room.id}", TOGETHER.join(_about_room(room)))
        for room in day.programme.rooms
        if room.id not in busy and room.id != shown.room_id
    ]


def _about_room(room: Any) -> list[str]:
    places = [_("%(count)s places", count=room.capacity)] if room.capacity else []
    steps = [] if room.step_free else [_("not step-free")]
    return [_("%(room)s, free then", room=room.name), *places, *steps]


def _trades(day: Day, shown: ShownSession) -> list[tuple[str, str]]:
    if shown.room_id is None:
        return []
    zone = day.programme.event.zone
    return [
        (
            f"with-{one.session_id}",
            _("trade with %(session)s in %(room)s", session=named(one), room=one.room_name)
            + TOGETHER
            + format_range(one.starts_at, one.ends_at, zone),
        )
        for one in day.on
        if one.room_id not in {None, shown.room_id} and _same_day(one, shown, zone)
    ]


def _same_day(one: ShownSession, other: ShownSession, zone: str) -> bool:
    days = {each.starts_at.astimezone(ZoneInfo(zone)).date() for each in (one, other)}
    return len(days) == 1


def named(shown: ShownSession) -> str:
    """ "T1 Daten teilen", in the reader's language."""
    return f"{shown.code} {localised(shown, 'title')}".strip()


class TimeForm(DayForm):
    """Another time on the same day; an end before the start is past midnight."""

    starts = TimeField(_l("Begins at"))
    ends = TimeField(_l("Ends at"))

    def __init__(self, day: Day, shown: ShownSession, **more: Any) -> None:
        """Filled with the time as it is."""
        zone = ZoneInfo(day.programme.event.zone)
        starts, ends = shown.starts_at.astimezone(zone), shown.ends_at.astimezone(zone)
        self.first, self.last = starts.date(), ends.date()
        super().__init__(day, shown, data={"starts": starts.time(), "ends": ends.time()}, **more)
        self.wanted: AtTime | None = None

    @property
    def own(self) -> list[Any]:
        """Both times."""
        return [self.starts, self.ends]

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: both times exist on the wall clock."""
        if not super().validate(extra_validators):
            return False
        starts = moment_of(self.starts, self.first, self.starts.data, self.zone)
        last = self.last if self.ends.data > self.starts.data else self.first + timedelta(days=1)
        ends = moment_of(self.ends, last, self.ends.data, self.zone)
        if starts and ends and ends - starts > timedelta(hours=18):
            self.ends.errors = [_("The end must come after the start.")]
        if starts and ends:
            self.wanted = AtTime(self.shown.session_id, starts, ends)
        return not any(field.errors for field in self)

    def wish(self) -> Wish:
        """To that time."""
        if self.wanted is None:
            raise ValueError("the form has not been validated")
        return self.wanted


class DropForm(DayForm):
    """Nothing is to be chosen."""

    def wish(self) -> Wish:
        """That it does not take place."""
        return Drop(self.shown.session_id)


def name_key(person: Contributor) -> str:
    """As Germans sort names."""
    return sort_key(person.last_name or person.name, person.first_name or "")


class PersonForm(DayForm):
    """Who takes whose place."""

    leaving = SelectField(_l("Who cannot come"), coerce=str)
    coming = SelectField(_l("Who takes the place"), coerce=str)

    def __init__(self, day: Day, shown: ShownSession, **more: Any) -> None:
        """Those named in the session; and everybody else who contributes to the event."""
        super().__init__(day, shown, **more)
        self.leaving.choices = [
            (f"{one.contributor_id}-{one.role.value}", f"{one.name} ({role_label(one.role)})")
            for one in shown.people
        ]
        there = {one.contributor_id for one in shown.people}
        self.coming.choices = [("", _("Please choose"))] + [
            (str(one.id), ", ".join(filter(None, (one.full_name, one.organisation_name))))
            for one in sorted(day.programme.contributors, key=name_key)
            if one.id not in there
        ]

    @property
    def own(self) -> list[Any]:
        """Both people."""
        return [self.leaving, self.coming]

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: somebody was chosen."""
        good = bool(super().validate(extra_validators))
        if good and not self.coming.data:
            self.coming.errors = [_("Please choose.")]
        return good and not self.coming.errors

    def wish(self) -> Wish:
        """That one takes the other's place."""
        number, _sep, role = self.leaving.data.partition("-")
        return Replace(self.shown.session_id, Role(role), int(number), int(self.coming.data))


FORMS: dict[Step, type[DayForm]] = {
    Step.ROOM: RoomForm,
    Step.TIME: TimeForm,
    Step.DROP: DropForm,
    Step.PERSON: PersonForm,
}
