"""Reading and checking what organisers enter about a plan."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import ValidationError

from eventapp.events.forms.fields import DayField, NumberField, SeenForm, moment_of
from eventapp.events.models import Event
from eventapp.foundation.forms import BaseForm, LongTextField, TextField, TimeField
from eventapp.foundation.i18n import format_time
from eventapp.programme.forms import FileOrTextForm
from eventapp.programme.models import Session
from eventapp.programme.run_of_show.actions import LineChange
from eventapp.programme.run_of_show.cues import title_of
from eventapp.programme.run_of_show.delays import LONGEST_DELAY
from eventapp.programme.run_of_show.lengths import LONGEST_MINUTES
from eventapp.programme.run_of_show.models import TEXTS, ShowLine

PLAIN = (*TEXTS, "fixed", "minutes")
LONGEST = 1000


class LineForm(SeenForm):
    """A line as an organiser sees it; with a session, what is empty is as in the programme."""

    day = DayField(_l("Day"), required=False)
    starts = TimeField(_l("Begins at"), required=False)
    minutes = NumberField(_l("Minutes"), most=LONGEST_MINUTES, required=False)
    fixed = BooleanField(_l("Fixed: no delay moves this line"))
    what = TextField(_l("What"), required=False)
    where = TextField(_l("Where"), required=False, render_kw={"list": "rooms"})
    who = TextField(_l("Who"), required=False, limit=LONGEST)
    session = SelectField(
        _l("Session of the programme"),
        validate_choice=False,
        description=_l("What you leave empty is then as in the programme, and follows it."),
    )
    offset = NumberField(
        _l("Minutes after the session begins"),
        least=-LONGEST_MINUTES,
        most=LONGEST_MINUTES,
        required=False,
        description=_l("−5 is five minutes before. Counts only without a time of its own."),
    )
    sound = TextField(_l("Sound"), required=False, limit=LONGEST)
    light = TextField(_l("Lighting"), required=False, limit=LONGEST)
    video = TextField(_l("Video"), required=False, limit=LONGEST)
    stage = TextField(_l("Stage"), required=False, limit=LONGEST)
    remark = LongTextField(_l("Remark"), limit=LONGEST, render_kw={"rows": 2})

    def __init__(
        self, event: Event, sessions: list[Session], line: ShowLine | None, **more: Any
    ) -> None:
        """Show a line as it is, or an empty one on the event's day."""
        self.event = event
        self.starts_at: datetime | None = None
        super().__init__(data=_shown(event, line), **more)
        for name in (*PLAIN, "day", "starts", "session", "offset"):
            self[name].flags.unmarked = True  # hardly anything is asked for, so nothing says so
        self.session.choices = [
            ("", _("no session")),
            *((str(one.id), _named(one)) for one in sessions),
        ]

    def validate_session(self, field: SelectField) -> None:
        """Refuse what is not offered."""
        if field.data and field.data not in {value for value, _label in field.choices}:
            raise ValidationError(_("Please choose from the list."))

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: the time exists on the wall clock of its day."""
        if not super().validate(extra_validators):
            return False
        day = self.day.data or self.event.starts_on
        self.starts_at = moment_of(self.starts, day, self.starts.data, self.event.zone)
        return not self.starts.errors

    def change(self) -> LineChange:
        """What the organiser wants the line to say; only after `validate`."""
        return LineChange(
            session_id=int(self.session.data) if self.session.data else None,
            starts_at=self.starts_at,
            offset_minutes=self.offset.data or 0,
            **{name: self.keep(name) for name in PLAIN},
        )


class DelayForm(BaseForm):
    """The delay that a preview showed, and the mark of the plan for which it did."""

    minutes = NumberField(_l("Minutes"), least=-LONGEST_DELAY, most=LONGEST_DELAY)
    mark = HiddenField()


class PlanFileForm(FileOrTextForm):
    """A file with a plan, or its text."""

    file = FileField(
        _l("File"),
        description=_l("CSV or an Excel workbook (XLSX), up to 500 rows."),
        render_kw={"accept": ".csv,.tsv,.txt,.xlsx"},
    )


def _named(session: Session) -> str:
    at = format_time(session.starts_at, session.event.zone) if session.starts_at else _("no time")
    return f"{at} {title_of(session)}"


def _shown(event: Event, line: ShowLine | None) -> dict[str, object]:
    if line is None:
        return {"day": event.starts_on}
    starts = line.starts_at.astimezone(ZoneInfo(event.zone)) if line.starts_at else None
    return {name: getattr(line, name) for name in PLAIN} | {
        "day": starts.date() if starts else event.starts_on,
        "starts": starts.time() if starts else None,
        "session": str(line.session_id or ""),
        "offset": line.offset_minutes or None,
    }
