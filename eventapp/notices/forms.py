"""Reading and checking day, hour and words of a notice."""

from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField
from wtforms.validators import ValidationError

from eventapp.foundation import clock
from eventapp.foundation.errors import Invalid
from eventapp.foundation.forms import (
    BaseForm,
    DateField,
    LongTextField,
    TextField,
    TimeField,
    local_moment,
)
from eventapp.foundation.i18n import format_moment
from eventapp.foundation.message import Message
from eventapp.notices.models import Notice
from eventapp.notices.requests import NoticeChange, NoticeWords
from eventapp.notices.timing import local
from eventapp.notices.wording import fault_of_subject, fault_of_text

BODY_LENGTH = 8_000
WORDS = tuple(field.name for field in fields(NoticeWords))


def read_version(text: object) -> int:
    """The version that a page was made from; nothing sensible is a version nobody has seen."""
    digits = str(text or "")
    return int(digits) if digits.isdecimal() and len(digits) < 10 else -1


class StepForm(BaseForm):
    """A button that names the version of the notice that the person has before them."""

    seen = HiddenField()

    def seen_version(self) -> int:
        """The version that the page showed."""
        return read_version(self.keep("seen"))


class NoticeForm(StepForm):
    """When it is due and what it says, in both languages."""

    day = DateField(_l("Day"))
    time = TimeField(_l("Time"), description=_l("On the clock of the venue."))
    subject_de = TextField(_l("Subject, German"))
    body_de = LongTextField(_l("Text, German"), required=True, limit=BODY_LENGTH)
    subject_en = TextField(_l("Subject, English"), required=False)
    body_en = LongTextField(_l("Text, English"), limit=BODY_LENGTH)

    def __init__(self, notice: Notice, **given: Any) -> None:
        """The notice says of which event and kind it is, and when it is due so far."""
        start = local(notice.due_at, notice.event.zone)
        values = {name: getattr(notice, name) for name in WORDS}
        values |= {"day": start.date(), "time": start.time(), "seen": str(notice.version)}
        super().__init__(data=values, **given)
        self.notice = notice

    def validate_time(self, _field: Field) -> None:
        """Neither over, unless it was so before, nor too late to be of use."""
        due_at = self._due_at()
        if due_at is None or due_at == self.notice.due_at:
            return
        if due_at >= self.notice.closes_at:
            end = format_moment(self.notice.closes_at, self.notice.event.zone)
            raise ValidationError(_("This is too late: it must be before %(moment)s.", moment=end))
        if due_at < clock.now():
            raise ValidationError(
                _(
                    "This moment is over. To send at once, enter a later moment here, save, and "
                    "approve: then “Send now” stands on the next page."
                )
            )

    def _due_at(self) -> datetime | None:
        if self.day.data is None or self.time.data is None:
            return None
        try:
            moment = local_moment(self.day.data, self.time.data, self.notice.event.zone)
        except Invalid as problem:
            raise ValidationError(str(problem.text)) from problem
        shown = local(self.notice.due_at, self.notice.event.zone)
        is_same = (shown.date(), shown.time().replace(second=0, microsecond=0)) == (
            self.day.data,
            self.time.data.replace(second=0, microsecond=0),
        )
        return self.notice.due_at if is_same else moment  # a form shows no seconds

    def validate_subject_de(self, field: Field) -> None:
        """A subject may hold placeholders, but no link."""
        self._check_subject(field)

    def validate_subject_en(self, field: Field) -> None:
        """As in German; needed where there is an English text."""
        if field.data or self.body_en.data:
            self._check_subject(field)

    def validate_body_de(self, field: Field) -> None:
        """Every letter needs the link, and only placeholders that somebody fills."""
        _complain(fault_of_text(self.notice.kind, field.data or ""))

    def validate_body_en(self, field: Field) -> None:
        """The same holds for the English text, if there is one."""
        if field.data:
            _complain(fault_of_text(self.notice.kind, field.data))

    def _check_subject(self, field: Field) -> None:
        deadline = self.notice.event.reply_by_on
        _complain(fault_of_subject(self.notice.kind, field.data or "", deadline=deadline))

    def change(self) -> NoticeChange:
        """The notice as the form describes it."""
        words = NoticeWords(**{name: self.keep(name) for name in WORDS})
        return NoticeChange(**asdict(words), due_at=self._due_at() or self.notice.due_at)


def _complain(fault: Message | None) -> None:
    if fault is not None:
        raise ValidationError(str(fault))
