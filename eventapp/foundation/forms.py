"""What all forms share: cleaned text, limits, local times, and a summary of what is wrong."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from enum import StrEnum
from functools import lru_cache
from typing import Any, ClassVar, Self
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField as WtDateField
from wtforms import Field, Form, HiddenField, SelectChoice, StringField, TextAreaField
from wtforms import SelectField as WtSelectField
from wtforms import TimeField as WtTimeField
from wtforms.csrf.core import CSRFTokenField
from wtforms.i18n import get_translations
from wtforms.validators import InputRequired, Length, StopValidation, ValidationError
from wtforms.widgets.core import clean_key

from eventapp.foundation.by_the_book import is_by_the_book
from eventapp.foundation.errors import Invalid
from eventapp.foundation.form_guard import form_token
from eventapp.foundation.i18n import current_locale
from eventapp.foundation.message import message
from eventapp.foundation.slots import slot
from eventapp.foundation.text import clean
from eventapp.foundation.widgets import written

CSRF = "csrf"
LINE_LENGTH = 200
TEXT_LENGTH = 20_000


class _TokenField(CSRFTokenField):
    """Makes the visitor's token when a page shows it: a form that was sent well shows nothing."""

    current_token: str | None = None

    def process(self, *args: Any, **more: Any) -> None:
        """Like a hidden field."""
        HiddenField.process(self, *args, **more)

    def _value(self) -> Any:
        if self.current_token is None:
            self.current_token = form_token()
        return self.current_token


class _Csrf(FlaskForm.Meta.csrf_class):
    field_class = _TokenField


class BaseForm(FlaskForm):
    """A form that keeps what was typed and can say all that is wrong at once."""

    class Meta(FlaskForm.Meta):
        """Where WTForms' own few words come from."""

        csrf_class = _Csrf

        def get_translations(self, form: Form) -> Any:
            """Read once for each language; Flask-WTF would parse the catalogue on every request."""
            return _own_words(current_locale())

        def render_field(self, field: Field, render_kw: dict[str, Any]) -> Any:
            """The plain ones we write ourselves, see `widgets`."""
            given = {**(field.render_kw or {}), **render_kw}
            html = written(field, {clean_key(name): value for name, value in given.items()})
            return super().render_field(field, render_kw) if html is None else html

    def error_summary(self) -> list[tuple[str, str]]:
        """(id of the field, message) in the order of the fields; the form's own errors last."""
        rows = [
            (field.id, str(error)) for field in self if field.errors for error in field.errors[:1]
        ]
        return rows + [("", str(error)) for error in self.form_errors]

    def error_label(self, field_id: str) -> str:
        """How the summary calls a field; a form with several people says whose it is."""
        return next((str(field.label.text) for field in self if field.id == field_id), "")

    def refuse(self, problem: Invalid) -> None:
        """Put what an action refused beside the field it names, as if the form had found it."""
        field = self._fields.get(problem.field)
        if field is None:
            self.form_errors.append(str(problem.text))
        else:
            field.errors = [*field.errors, str(problem.text)]

    def keep(self, name: str) -> Any:
        """The checked value of a field."""
        return self._fields[name].data

    def for_anybody(self) -> Self:
        """With a slot (`CSRF`) instead of this visitor's token, for a page that is kept."""
        if "csrf_token" in self:
            self["csrf_token"].current_token = slot(CSRF)
        return self


class ConfirmForm(BaseForm):
    """A button: nothing is asked but that the request comes from our own page."""


class TextField(StringField):
    """One line of text, cleaned; required unless told otherwise, at most 200 characters."""

    def __init__(
        self, label: object, *, required: bool = True, limit: int = LINE_LENGTH, **more: Any
    ) -> None:
        """`required` and `limit` set the checks; the rest goes to WTForms."""
        own = more.pop("validators", [])
        checks = [*([_FILLED] if required else []), *own, _at_most(limit)]
        super().__init__(label, validators=checks, filters=[_cleaned], **more)


class LongTextField(TextAreaField):
    """Several lines of text, cleaned; optional unless told otherwise."""

    def __init__(
        self, label: object, *, required: bool = False, limit: int = TEXT_LENGTH, **more: Any
    ) -> None:
        """`required` and `limit` set the checks; the rest goes to WTForms."""
        checks = [*([_FILLED] if required else []), _at_most(limit)]
        super().__init__(label, validators=checks, filters=[_cleaned_lines], **more)


class EmailField(TextField):
    """One e-mail address, checked for form and kept as typed but trimmed."""

    def __init__(self, label: object, *, required: bool = True, **more: Any) -> None:
        """Adds the address check to what a text field checks."""
        super().__init__(label, required=required, limit=254, validators=[check_email], **more)


class DateField(WtDateField):
    """A day as the browser sends it, YYYY-MM-DD; also dd.mm.yyyy as people type it."""

    def __init__(self, label: object, *, required: bool = True, **more: Any) -> None:
        """`required` adds the check that something was given."""
        checks = [_FILLED if required else _OPTIONAL]
        super().__init__(
            label,
            format=["%Y-%m-%d", "%d.%m.%Y"],
            validators=[*checks, *more.pop("validators", [])],
            **more,
        )

    def process_formdata(self, valuelist: list[str]) -> None:
        """Say in words what form a date has."""
        try:
            super().process_formdata(valuelist)
        except ValueError as problem:
            raise ValueError(_("Please give a date such as 24.06.2027.")) from problem


class TimeField(WtTimeField):
    """A time of the day, HH:MM."""

    def __init__(self, label: object, *, required: bool = True, **more: Any) -> None:
        """`required` adds the check that something was given."""
        checks = [_FILLED if required else _OPTIONAL]
        super().__init__(
            label,
            format=["%H:%M", "%H:%M:%S", "%H.%M"],
            validators=[*checks, *more.pop("validators", [])],
            **more,
        )

    def process_formdata(self, valuelist: list[str]) -> None:
        """Say in words what form a time has."""
        try:
            super().process_formdata(valuelist)
        except ValueError as problem:
            raise ValueError(_("Please give a time such as 15:30.")) from problem


class ChoiceField(WtSelectField):
    """One of an enum's members, with labels; an unknown value is refused in words."""

    def __init__(
        self, label: object, kind: type[StrEnum], labels: Callable[[Any], object], **more: Any
    ) -> None:
        """`labels` gives the words for a member."""
        self.kind = kind
        choices = [SelectChoice(member.value, labels(member)) for member in kind]
        super().__init__(label, choices=choices, coerce=self._member, **more)

    def _member(self, value: object) -> str:
        return str(value.value if isinstance(value, StrEnum) else value)

    def pre_validate(self, form: Form) -> None:
        """Refuse what is not offered."""
        if self.data not in {member.value for member in self.kind}:
            raise ValidationError(_("Please choose one of the options."))

    def member(self) -> Any:
        """The chosen member of the enum."""
        return self.kind(self.data)


class Filled(InputRequired):
    """Something other than white space was given."""

    def __call__(self, form: Form, field: Field) -> None:
        """Refuse an empty field in words."""
        raw = field.raw_data[0] if field.raw_data else ""
        if not str(raw).strip() or (isinstance(field.data, str) and not field.data):
            field.errors = [error for error in field.errors if error and raw]
            empty = (
                _("Please choose.")
                if isinstance(field, WtSelectField)
                else _("Please fill this in.")
            )
            raise StopValidation(None if field.errors else empty)


class OptionalRaw:
    """Nothing given: fine, and no complaint about its form."""

    field_flags: ClassVar = {"optional": True}

    def __call__(self, form: Form, field: Field) -> None:
        """Stop without an error where the field was left empty."""
        if not field.raw_data or not str(field.raw_data[0]).strip():
            field.errors = []
            raise StopValidation


_FILLED, _OPTIONAL = Filled(), OptionalRaw()


@lru_cache
def _at_most(limit: int) -> Length:
    """One for all fields: checks keep nothing of what they look at."""
    return Length(max=limit, message=_l("At most %(max)d characters, please."))


def check_email(form: Form, field: Field) -> None:
    """Refuse what is not exactly one address that mail can reach, and say what is wrong."""
    if field.data:
        field.data = valid_email(field.data)


def valid_email(address: str) -> str:
    """The address without outer space; raises ValidationError in words."""
    text = clean(address)
    if "@" not in text:
        raise ValidationError(_("There is no @ in this address."))
    if len(text) > 254 or any(sign in text for sign in ';,<> "()'):
        raise ValidationError(_("Please give exactly one e-mail address."))
    if "." not in text.rsplit("@", 1)[1]:
        raise ValidationError(_("The ending is missing, for example .de."))
    if not is_by_the_book(text):
        raise ValidationError(_("This is not a complete e-mail address."))
    return text


def local_moment(day: date, clock_time: time, zone: str) -> datetime:
    """The moment at which a wall clock shows this day and time.

    Raises Invalid (field "time") for a time that the change to summer time leaves out; of two
    moments with the same wall time the first is meant.
    """
    local = datetime.combine(day, clock_time, ZoneInfo(zone))
    moment = local.astimezone(UTC)
    if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise Invalid("time", message("This time does not exist: clocks go forward that night."))
    return moment


@lru_cache
def _own_words(locale: str) -> Any:
    return get_translations([locale])


def _cleaned(value: object) -> str:
    return clean(value) if isinstance(value, str) else ""


def _cleaned_lines(value: object) -> str:
    return clean(value, multiline=True) if isinstance(value, str) else ""
