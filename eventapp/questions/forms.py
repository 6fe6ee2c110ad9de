"""Reading and checking what organisers enter about a question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice

from eventapp.events.forms.fields import NumberField
from eventapp.foundation.errors import Invalid
from eventapp.foundation.forms import BaseForm, ChoiceField, TextField
from eventapp.foundation.i18n import localised
from eventapp.questions.errors import ChosenByThoseWords
from eventapp.questions.models import Question
from eventapp.questions.requests import ChoiceDraft, QuestionDraft
from eventapp.questions.states import WITH_CHOICES, QuestionKind, QuestionStep
from eventapp.questions.words import kind_label, step_label, value_label

EMPTY_ROWS, MOST_CHOICES, FEWEST_CHOICES = 3, 40, 2
LABEL_LENGTH, PURPOSE_LENGTH, CHOICE_LENGTH = 300, 500, 150
MOST_PLACES = 100_000


class QuestionForm(BaseForm):
    """A question in both languages; `form_for` adds rows for choices."""

    rows = 0

    kind = ChoiceField(_l("Kind of answer"), QuestionKind, kind_label)
    label_de = TextField(_l("Question in German"), limit=LABEL_LENGTH)
    label_en = TextField(_l("Question in English"), required=False, limit=LABEL_LENGTH)
    purpose_de = TextField(
        _l("What for, in German"),
        required=False,
        limit=PURPOSE_LENGTH,
    )
    purpose_en = TextField(_l("What for, in English"), required=False, limit=PURPOSE_LENGTH)
    step = ChoiceField(_l("When it is asked"), QuestionStep, step_label)
    required = BooleanField(
        _l("Must be answered"),
        description=_l("Only if it is asked: a condition comes first."),
    )
    condition = SelectField(_l("Who is asked"), validate_choice=False)
    version = HiddenField()
    size = HiddenField()

    def __init__(self, earlier: Sequence[Question], **more: Any) -> None:
        """`earlier` are the questions on which this one can depend."""
        super().__init__(**more)
        self.size.data = str(self.rows)
        offered = [
            SelectChoice(f"{one.id}:{value}", _condition(one, value))
            for one in earlier
            for value in one.deciding_values
        ]
        self.condition.choices = [SelectChoice("", _("Everybody")), *offered]
        for _row, *fields in self.choice_rows():
            for field in fields:  # a line may be empty, and says so once for all
                field.flags.unmarked = True
        self.renamed: set[int] = set()

    def choice_rows(self) -> list[tuple[int, Any, Any, Any, Any]]:
        """(number, German, English, places, id) of each row, for the template."""
        return [
            (
                row,
                self[f"label_de_{row}"],
                self[f"label_en_{row}"],
                self[f"places_{row}"],
                self[f"id_{row}"],
            )
            for row in range(1, self.rows + 1)
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: a question that is answered by choosing has something to choose from."""
        super().validate(extra_validators)
        if self.kind.data in {one.value for one in WITH_CHOICES}:
            self._check_choices()
        else:
            for _row, german, english, places, _known in self.choice_rows():
                german.errors = english.errors = places.errors = []
        if self.condition.data not in {one.value for one in self.condition.choices}:
            self.condition.errors = [_("Please choose one of the options.")]
        return not self.errors

    def _check_choices(self) -> None:
        seen: set[str] = set()
        for _row, german, english, places, known in self.choice_rows():
            filled = english.data or places.data is not None
            if filled and not german.data and not known.data:  # else it is to be taken out
                german.errors = [_("Please give the German words as well.")]
            elif german.data and german.data.casefold() in seen:
                german.errors = [_("This choice is there twice.")]
            seen.add((german.data or "").casefold())
        if len(seen - {""}) < FEWEST_CHOICES and not self.errors:
            first_empty = self[f"label_de_{self._first_empty()}"]
            first_empty.errors = [_("Please give at least two choices.")]

    def refuse(self, problem: Invalid) -> None:
        """Where chosen words are to change, each row says so and asks once more."""
        if not isinstance(problem, ChosenByThoseWords):
            super().refuse(problem)
            return
        for name, text in problem.beside.items():
            self[name].errors = [str(text)]
            self.renamed.add(int(name.rpartition("_")[2]))

    def confirmation(self, row: int) -> Any:
        """The tick for new words of the same meaning, once it is asked for; else None."""
        tick = self[f"same_{row}"]
        return tick if tick.data or row in self.renamed else None

    def _first_empty(self) -> int:
        """The row in which the next choice belongs."""
        return next((row for row, german, *_rest in self.choice_rows() if not german.data), 1)

    def error_label(self, field_id: str) -> str:
        """Also which row of the choices it is."""
        name, _line, row = field_id.rpartition("_")
        label = super().error_label(field_id)
        if not row.isdecimal() or name not in {"label_de", "label_en", "places"}:
            return label
        return str(_("Choice %(row)s, %(field)s", row=row, field=label))

    def draft(self) -> QuestionDraft:
        """The question as entered; only after `validate`."""
        condition, _colon, value = (self.condition.data or "").partition(":")
        kind = self.kind.member()
        return QuestionDraft(
            kind=kind,
            step=self.step.member(),
            label_de=self.keep("label_de"),
            label_en=self.keep("label_en"),
            purpose_de=self.keep("purpose_de"),
            purpose_en=self.keep("purpose_en"),
            required=self.keep("required"),
            condition_id=int(condition) if condition else None,
            condition_value=value,
            choices=tuple(self._choices()) if kind in WITH_CHOICES else (),
        )

    def _choices(self) -> list[ChoiceDraft]:
        return [
            ChoiceDraft(
                row=row,
                id=int(known.data) if (known.data or "").isdecimal() else None,
                label_de=german.data,
                label_en=english.data or "",
                places=places.data,
                same_meaning=self[f"same_{row}"].data,
            )
            for row, german, english, places, known in self.choice_rows()
            if german.data
        ]

    def seen(self) -> int:
        """The version of the question that the person saw."""
        text = self.version.data or ""
        return int(text) if text.isdecimal() and len(text) < 9 else 0


def _condition(question: Question, value: str) -> str:
    label, answer = localised(question, "label"), value_label(question, value)
    return str(_("Who answered “%(label)s” with “%(answer)s”", label=label, answer=answer))


def rows_in(text: str | None) -> int:
    """How many rows a form says it has; the least for whatever is no such number."""
    number = int(text) if text and text.isdecimal() and len(text) < 4 else EMPTY_ROWS
    return min(max(number, EMPTY_ROWS), MOST_CHOICES)


def rows_for(question: Question | None) -> int:
    """Rows for the choices that exist, and some for more."""
    there = len(question.offered) if question is not None else 0
    return min(there + EMPTY_ROWS, MOST_CHOICES)


@lru_cache
def form_for(rows: int) -> type[QuestionForm]:
    """The form with as many rows for choices."""
    fields: dict[str, Any] = {"rows": rows}
    for row in range(1, rows + 1):
        fields |= {
            f"label_de_{row}": TextField(_l("German"), required=False, limit=CHOICE_LENGTH),
            f"label_en_{row}": TextField(_l("English"), required=False, limit=CHOICE_LENGTH),
            f"places_{row}": NumberField(_l("Places"), required=False, most=MOST_PLACES),
            f"same_{row}": BooleanField(_l("The meaning stays the same")),
            f"id_{row}": HiddenField(),
        }
    return cast("type[QuestionForm]", type(f"QuestionForm{rows}", (QuestionForm,), fields))


def stored(question: Question) -> dict[str, Any]:
    """A question as the form shows it."""
    names = ("label_de", "label_en", "purpose_de", "purpose_en", "required")
    found: dict[str, Any] = {name: getattr(question, name) for name in names}
    found |= {"kind": question.kind.value, "step": question.step.value}
    found["condition"] = (
        f"{question.condition_id}:{question.condition_value}" if question.condition_id else ""
    )
    found["version"] = str(question.version)
    for row, choice in enumerate(question.offered, start=1):
        found[f"label_de_{row}"], found[f"label_en_{row}"] = choice.label_de, choice.label_en
        found[f"places_{row}"], found[f"id_{row}"] = choice.places, str(choice.id)
    return found


@dataclass(frozen=True)
class Difference:
    """One entry in both versions, as words."""

    label: str
    stored: str
    wanted: str


def differences(form: QuestionForm, found: Mapping[str, tuple[Any, Any]]) -> list[Difference]:
    """Where the stored version and the person's differ."""
    return [
        Difference(_entry(form, name), _words(form, name, pair[0]), _words(form, name, pair[1]))
        for name, pair in found.items()
    ]


def _entry(form: QuestionForm, name: str) -> str:
    return str(_("Choices") if name == "choices" else form[name].label.text)


def _words(form: QuestionForm, name: str, value: Any) -> str:
    if name == "choices":
        return "; ".join(_choice_words(*one) for one in value) or "–"
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, QuestionKind):
        return str(kind_label(value))
    if isinstance(value, QuestionStep):
        return str(step_label(value))
    if name == "condition":
        return next((str(one.label) for one in form.condition.choices if one.value == value), "–")
    return str(value or "–")


def _choice_words(german: str, english: str, places: int | None) -> str:
    words = f"{german} / {english}" if english else german
    return words if places is None else f"{words} ({places})"
