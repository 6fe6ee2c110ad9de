"""One session: what it is, when and where, who is in it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField

from eventapp.events.forms.fields import DayField, NumberField
from eventapp.events.models import Event
from eventapp.foundation.forms import ChoiceField, LongTextField, TextField, TimeField
from eventapp.programme.actions import SessionChange, parts_of
from eventapp.programme.forms.parts import PartsField
from eventapp.programme.forms.placed import NONE, Begun, PlacedForm, number_of, shown_place
from eventapp.programme.kinds import CALM, SessionKind, kind_label, usual_cast, usual_length
from eventapp.programme.models import Session, Slot
from eventapp.programme.queries import Programme

WORDS = ("title_de", "title_en", "teaser_de", "teaser_en", "questions", "key")


class SessionForm(PlacedForm):
    """A session as an organiser sees it; all times on the event's wall clock."""

    kind = ChoiceField(_l("Kind"), SessionKind, kind_label)
    title_de = TextField(_l("Title in German"), required=False)
    title_en = TextField(_l("Title in English"), required=False)
    key = TextField(
        _l("Short name"),
        required=False,
        limit=12,
        description=_l("What everybody calls it, for example T1. Left empty, we find one."),
    )
    slot = SelectField(
        _l("Slot"),
        description=_l("Rounds of a slot run side by side and take its times."),
    )
    day = DayField(_l("Day"), required=False)
    starts = TimeField(_l("Begins at"), required=False)
    ends = TimeField(_l("Ends at"), required=False)
    last_day = DayField(_l("Last day, if it is another one"), required=False)
    room = SelectField(_l("Room"))
    capacity = NumberField(
        _l("Places"),
        required=False,
        least=1,
        description=_l("Only where places are limited, as in talk rounds."),
    )
    public = BooleanField(
        _l("Shown to everybody once it is published"),
        description=_l(
            "Internal sessions never are. If you take this back later, calendars show the session "
            "as cancelled."
        ),
    )
    parts = PartsField(_l("Contributors"))
    teaser_de = LongTextField(_l("Teaser in German"), limit=2000)
    teaser_en = LongTextField(_l("Teaser in English"), limit=2000)
    questions = LongTextField(
        _l("Leading questions"), limit=2000, description=_l("For whoever moderates; one a line.")
    )

    def __init__(
        self,
        programme: Programme,
        session: Session | None,
        *,
        kind: SessionKind | None = None,
        place: Begun | None = None,
        **more: Any,
    ) -> None:
        """Show a session as it is, or a new one, with rows for its people if its kind is known.

        A new one begins at `place`, if somebody chose it on the board.
        """
        begin = kind or SessionKind.TALK_ROUND
        shown = _shown(programme, session) if session else _shown_anew(programme, begin, place)
        super().__init__(programme, data=shown, **more)
        self.came_in_english = session is not None and not session.title_de  # from a file
        self.title_de.flags.unmarked = not self.came_in_english
        self.parts.offer(programme.contributors, parts_of(session) if session else ())
        if session is None and kind and not self.is_submitted():
            self.parts.expect(usual_cast(kind))

    @property
    def only_arranges(self) -> bool:
        """Whether a button of the rows was pressed: nothing is to be stored."""
        return self.is_submitted() and self.parts.arranged

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: a title; start and end exist on the wall clock, both or neither, in their order."""
        if not super().validate(extra_validators):
            return False
        if not self.title_de.data and not (self.came_in_english and self.title_en.data):
            self.title_de.errors = [_("Please fill this in.")]
            return False
        return self.read_place()

    def change(self) -> SessionChange:
        """What the organiser wants the session to say; only after `validate`."""
        return SessionChange(
            kind=self.kind.member(),
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            room_id=number_of(self.room.data),
            slot_id=number_of(self.slot.data),
            capacity=self.capacity.data,
            public=self.public.data,
            **{name: self.keep(name) for name in WORDS},
        )


def _shown(programme: Programme, session: Session) -> dict[str, object]:
    shown: dict[str, object] = {name: getattr(session, name) for name in WORDS}
    shown |= {
        "kind": session.kind.value,
        "capacity": session.capacity,
        "public": session.public,
    }
    return shown | shown_place(programme.event, session)


def _shown_anew(programme: Programme, kind: SessionKind, place: Begun | None) -> dict[str, object]:
    """A round takes the times of a slot; others follow the last one, or begin with the event."""
    event, zone = programme.event, ZoneInfo(programme.event.zone)
    slot = _likely_slot(programme) if kind is SessionKind.TALK_ROUND and not place else None
    if slot is not None:
        starts, ends = slot.starts_at, slot.ends_at
    else:
        last = max((each.ends_at for each in programme.planned if each.ends_at), default=None)
        starts = place.starts_at if place else last or _first_moment(event, kind)
        ends = starts + _likely_length(programme, kind)
    begins, stops = starts.astimezone(zone), ends.astimezone(zone)
    return {
        "kind": kind.value,
        "slot": str(slot.id) if slot else NONE,
        "room": str(place.room_id or NONE) if place else _likely_room(programme, kind, slot),
        "day": begins.date(),
        "starts": begins.time(),
        "ends": stops.time(),
        "last_day": stops.date() if stops.date() != begins.date() else None,
        "public": True,
    }


def _first_moment(event: Event, kind: SessionKind) -> datetime:
    """Admission begins when the doors open, everything else with the event."""
    return (kind is SessionKind.REGISTRATION and event.doors_at) or event.starts_at


def _likely_length(programme: Programme, kind: SessionKind) -> timedelta:
    """As long as the last one of its kind, else as long as usual."""
    last = _last_of(programme, lambda each: each.kind is kind)
    if last is None or last.starts_at is None or last.ends_at is None:
        return usual_length(kind)
    return last.ends_at - last.starts_at


def _likely_room(programme: Programme, kind: SessionKind, slot: Slot | None) -> str:
    """Where the last one of its kind was, or the last for everybody; rounds, a room still free."""
    if slot is not None:
        used = {each.room_id for each in programme.kept if each.slot_id == slot.id}
        others = {each.room_id for each in programme.kept if each.kind is SessionKind.TALK_ROUND}
        free = [room for room in programme.rooms if room.id in others - used]
        return str(free[0].id) if free else NONE
    calm = kind in CALM
    last = _last_of(programme, lambda each: each.kind is kind) or _last_of(
        programme, lambda each: not each.slot_id and (each.kind in CALM) is calm
    )
    return str(last.room_id) if last and last.room_id else NONE


def _last_of(programme: Programme, like: Callable[[Session], bool]) -> Session | None:
    """The session that was entered last among those."""
    return max(filter(like, programme.kept), key=lambda each: each.id, default=None)


def _likely_slot(programme: Programme) -> Slot | None:
    """The slot into which the last round was put, else the first."""
    filled = [each for each in programme.planned if each.slot]
    last = max(filled, key=lambda each: each.id, default=None)
    return last.slot if last else next(iter(programme.slots), None)
