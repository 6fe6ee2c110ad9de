"""Fields for the questions of a form, to be put into any form that a guest fills in.

`with_questions(SomeForm, sheet)` is that form with the questions at its end; the form can then hand
over `answers()`. What is asked only under a condition is checked only if the condition holds.
"""

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar, TypeVar, cast

from flask_babel import gettext as _
from wtforms import RadioField, SelectMultipleField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from eventapp.foundation.forms import BaseForm, LongTextField, TextField
from eventapp.foundation.i18n import localised
from eventapp.foundation.message import Message
from eventapp.questions.given import NOTHING, Given, applying
from eventapp.questions.models import Question
from eventapp.questions.sheet import Sheet
from eventapp.questions.states import QuestionKind
from eventapp.questions.words import choice_label, condition_words, labels_of, value_label

TEXT_LIMIT = 1000
_WHOLE = re.compile(r"[0-9]{1,9}")
_GAPS = re.compile(r"[\s.]")
Kind = TypeVar("Kind", bound=BaseForm)


@dataclass(frozen=True)
class Option:
    """One answer to choose: its value, its words, and how many places are left (None: enough)."""

    id: str
    value: str
    label: str
    is_chosen: bool
    is_full: bool = False
    places_left: int | None = None


@dataclass(frozen=True)
class Row:
    """One question as the form shows it."""

    question: Question
    field: Any
    label: str
    purpose: str
    required: bool
    note: Message | None
    depends_on: str
    options: list[Option]


class QuestionFields(BaseForm):
    """What a form with questions can do beside its own work."""

    sheet: ClassVar[Sheet]

    def validate(self, extra_validators: Any = None) -> bool:
        """The form's own checks, and those of the questions that are asked after all."""
        super().validate(extra_validators)
        merged = self.sheet.given | self._read()
        asked = {one.id for one in applying(self.sheet.questions, merged)}
        for question in self.sheet.in_form:
            field = self[question.field_name]
            if question.id not in asked:
                field.errors = []
            elif not field.errors:
                field.errors = self._complaints(question, merged[question.id])
        return not self.errors

    def _complaints(self, question: Question, given: Given) -> list[str]:
        if given.is_empty:
            return [_("Please answer this.")] if question.id in self.sheet.demanded else []
        row = self.sheet.answers.get(question.id)
        before = row.choices if row else []
        new = [value for value in given.choices if value not in before]
        offered = {one.value: one for one in question.offered}
        if any(value not in offered for value in new):
            return [_("This is not offered any more. Please choose again.")]
        full = labels_of(question, [value for value in new if offered[value].is_full])
        return [_is_full(label) for label in full[:1]]

    def _read(self) -> dict[int, Given]:
        return {one.id: _READERS[one.kind](self[one.field_name].data) for one in self.sheet.in_form}

    def answers(self) -> dict[int, Given]:
        """What was answered; only after `validate`."""
        return self._read()

    def question_rows(self) -> list[Row]:
        """The questions in their order, for the template."""
        in_form = self.sheet.in_form
        shown = {one.id: one for one in in_form}
        return [self._row(one, shown) for one in in_form]

    def _row(self, question: Question, shown: Mapping[int, Question]) -> Row:
        earlier = shown.get(question.condition_id or 0)
        field = self[question.field_name]
        return Row(
            question,
            field,
            label=localised(question, "label"),
            purpose=localised(question, "purpose"),
            required=question.id in self.sheet.demanded,
            note=condition_words(question, earlier) if earlier else None,
            depends_on=self[earlier.field_name].name if earlier else "",
            options=_options(self.sheet, question, field),
        )


def _is_full(label: str) -> str:
    return str(_("“%(choice)s” is full by now. Please choose something else.", choice=label))


def _options(sheet: Sheet, question: Question, field: Any) -> list[Option]:
    """Yes and no, or the choices: those offered, and those the person chose before."""
    chosen = field.data if isinstance(field.data, list) else [field.data or ""]
    if question.kind is QuestionKind.YES_NO:
        return [
            Option(f"{field.id}-{value}", value, value_label(question, value), value in chosen)
            for value in question.deciding_values
        ]
    row = sheet.answers.get(question.id)
    mine = row.choices if row else []
    return [
        Option(
            id=f"{field.id}-{one.value}",
            value=one.value,
            label=choice_label(one),
            is_chosen=one.value in chosen,
            is_full=one.is_full and one.value not in mine,
            places_left=one.places_left,
        )
        for one in question.choices
        if one.retired_at is None or one.value in mine
    ]


def with_questions(kind: type[Kind], sheet: Sheet) -> type[Kind]:
    """The form with a field for each question that is asked of this person."""
    if sheet.questions:
        return _with_fields(kind, sheet)
    return cast("type[Kind]", _without_questions(cast("Hashable", kind)))


@lru_cache
def _without_questions(kind: type[BaseForm]) -> type[BaseForm]:
    """Made once for each form, as most events ask nothing."""
    return _with_fields(kind, Sheet(questions=()))


def _with_fields(kind: type[Kind], sheet: Sheet) -> type[Kind]:
    fields: dict[str, Any] = {
        one.field_name: _MAKERS[one.kind](localised(one, "label"), _initial(sheet, one))
        for one in sheet.in_form
    }
    bases = (QuestionFields, kind)
    return cast("type[Kind]", type(kind.__name__, bases, {"sheet": sheet, **fields}))


def _initial(sheet: Sheet, question: Question) -> Any:
    """What was answered before, as the field holds it."""
    row = sheet.answers.get(question.id)
    given = row.given if row else NOTHING
    if question.kind is QuestionKind.MULTIPLE:
        return list(given.choices)
    return "".join(given.choices[:1]) if question.has_choices else given.text


def _text(label: str, value: str) -> Any:
    return LongTextField(label, limit=TEXT_LIMIT, default=value, render_kw={"rows": 2})


def _number(label: str, value: str) -> Any:
    keys = {"inputmode": "numeric", "autocomplete": "off"}
    return NumberAnswer(label, required=False, limit=20, default=value, render_kw=keys)


def _one(label: str, value: str) -> Any:
    return RadioField(label, choices=[], default=value, validate_choice=False)


def _several(label: str, value: list[str]) -> Any:
    return SelectMultipleField(
        label,
        choices=[],
        default=value,
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class NumberAnswer(TextField):
    """A whole number; what was typed stays in the field until it is one."""

    data: str | None

    def pre_validate(self, form: Any) -> None:
        """Accept 1.000 and 1 000 as well as 1000."""
        digits = _GAPS.sub("", str(self.data or ""))
        if digits and not _WHOLE.fullmatch(digits):
            raise ValidationError(_("Please give a whole number, for example 3."))
        self.data = str(int(digits)) if digits else ""


def _as_text(entered: Any) -> Given:
    return Given(text=entered or "")


def _as_yes_or_no(entered: Any) -> Given:
    return Given(text=entered if entered in {"yes", "no"} else "")


def _as_choice(entered: Any) -> Given:
    return Given(choices=(entered,)) if entered else NOTHING


def _as_choices(entered: Any) -> Given:
    return Given(choices=tuple(dict.fromkeys(one for one in entered or () if one)))


_MAKERS: dict[QuestionKind, Callable[[str, Any], Any]] = {
    QuestionKind.TEXT: _text,
    QuestionKind.NUMBER: _number,
    QuestionKind.YES_NO: _one,
    QuestionKind.CHOICE: _one,
    QuestionKind.MULTIPLE: _several,
}
_READERS: dict[QuestionKind, Callable[[Any], Given]] = {
    QuestionKind.TEXT: _as_text,
    QuestionKind.NUMBER: _as_text,
    QuestionKind.YES_NO: _as_yes_or_no,
    QuestionKind.CHOICE: _as_choice,
    QuestionKind.MULTIPLE: _as_choices,
}
