"""What is asked of one person now, what they answered, and what of it they can still change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from eventapp.questions.given import Given, applying
from eventapp.questions.models import Question, QuestionAnswer
from eventapp.questions.states import QuestionStep
from eventapp.questions.words import answer_words, labels_of


@dataclass(frozen=True)
class AnsweredLine:
    """A question and its answer as a page shows them; `missed` are choices that were full."""

    question: Question
    words: str
    missed: str
    is_open: bool


@dataclass(frozen=True)
class Sheet:
    """The questions for one person.

    `questions` are asked, in the order of the form; `known` are those and all others of the event,
    since answers to questions that were taken out stay. `fixed` are ids of questions that the
    person can no longer answer or change, `demanded` those of which an answer is required.
    """

    questions: Sequence[Question]
    known: Sequence[Question] = ()
    answers: Mapping[int, QuestionAnswer] = field(default_factory=dict)
    fixed: frozenset[int] = frozenset()
    demanded: frozenset[int] = frozenset()

    @property
    def given(self) -> dict[int, Given]:
        """What is stored, as plain data."""
        return {number: row.given for number, row in self.answers.items()}

    @property
    def in_form(self) -> list[Question]:
        """What the form shows: what can be changed, unless a fixed answer rules it out."""
        changeable = [one for one in self.questions if one.id not in self.fixed]
        shown = {one.id for one in changeable}
        applies = {one.id for one in applying(self.questions, self.given)}
        return [one for one in changeable if one.condition_id in shown or one.id in applies]

    @property
    def open(self) -> list[Question]:
        """What the person has not answered yet, and what was full and is to be chosen anew."""
        asked = applying(self.questions, self.given)
        return [one for one in asked if self._is_open(one)]

    @property
    def due(self) -> list[Question]:
        """Those of the open questions that have to be answered, if only because it was full."""
        return [one for one in self.open if one.id in self.demanded or one.id in self.answers]

    @property
    def missed(self) -> list[str]:
        """The words of all choices that were full when the person got a place."""
        return [
            label
            for one in self.questions
            if (row := self.answers.get(one.id)) is not None
            for label in labels_of(one, row.missed)
        ]

    @property
    def lines(self) -> list[AnsweredLine]:
        """All questions with an answer, and those that are still open."""
        asked = {one.id for one in applying(self.questions, self.given)}
        shown = [one for one in self.known if one.id in self.answers or one.id in asked]
        return [self._line(one) for one in shown]

    @property
    def later(self) -> bool:
        """Whether any of the questions belongs to the second step."""
        return any(one.step is QuestionStep.AFTER for one in self.questions)

    def _is_open(self, question: Question) -> bool:
        row = self.answers.get(question.id)
        if question.id in self.fixed:
            return False
        if row is None or row.missed:
            return True
        return question.id in self.demanded and row.given.is_empty

    def _line(self, question: Question) -> AnsweredLine:
        row = self.answers.get(question.id)
        return AnsweredLine(
            question,
            words=answer_words(question, row.given) if row else "",
            missed="; ".join(labels_of(question, row.missed)) if row else "",
            is_open=question in self.questions and self._is_open(question),
        )


NOTHING_ASKED = Sheet(questions=())


def required_ids(questions: Sequence[Question]) -> frozenset[int]:
    """The questions that a guest has to answer if they are asked."""
    return frozenset(one.id for one in questions if one.required)


def public_sheet(questions: Sequence[Question]) -> Sheet:
    """What the public form asks of somebody who is not known yet."""
    first = [one for one in questions if one.is_asked and one.step is QuestionStep.REGISTRATION]
    return Sheet(questions=first, known=first, demanded=required_ids(first))
