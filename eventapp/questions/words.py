"""What kinds and steps of questions are called, and how answers read."""

from collections.abc import Iterable

from eventapp.foundation.i18n import localised
from eventapp.foundation.message import Message, message
from eventapp.questions.given import Given
from eventapp.questions.models import Question, QuestionChoice
from eventapp.questions.states import NO, YES, QuestionKind, QuestionStep

KIND_WORDS = {
    QuestionKind.TEXT: message("A text"),
    QuestionKind.CHOICE: message("One choice of several"),
    QuestionKind.MULTIPLE: message("Several choices"),
    QuestionKind.NUMBER: message("A number"),
    QuestionKind.YES_NO: message("Yes or no"),
}
STEP_WORDS = {
    QuestionStep.REGISTRATION: message("With the registration"),
    QuestionStep.AFTER: message("Later, of those who have a place"),
}
YES_NO_WORDS = {YES: message("Yes"), NO: message("No")}
ACTION_WORDS = {
    "question.added": message("Question added"),
    "question.asked_again": message("Question put back into the form"),
    "question.changed": message("Question changed"),
    "question.moved": message("Question moved"),
    "question.removed": message("Question deleted"),
    "question.retired": message("Question taken out of the form"),
}
"""What the steps of the trail are called, by the names under which actions note them."""


def kind_label(kind: QuestionKind) -> Message:
    """How a kind of answer is called."""
    return KIND_WORDS[kind]


def step_label(step: QuestionStep) -> Message:
    """When a question is asked."""
    return STEP_WORDS[step]


def value_label(question: Question, value: str) -> str:
    """One possible answer in the reader's language: a choice's words, or yes or no."""
    if value in YES_NO_WORDS:
        return str(YES_NO_WORDS[value])
    return next((choice_label(one) for one in question.choices if one.value == value), "")


def choice_label(choice: QuestionChoice) -> str:
    """A choice's words in the reader's language, else in the other."""
    return localised(choice, "label")


def answer_words(question: Question, given: Given) -> str:
    """An answer as people read it; "" where the question was left blank."""
    if question.has_choices:
        return "; ".join(labels_of(question, given.choices))
    if question.kind is QuestionKind.YES_NO:
        return value_label(question, given.text)
    return given.text


def labels_of(question: Question, values: Iterable[str]) -> list[str]:
    """The words of some of its choices, in the order of the form."""
    wanted = set(values)
    return [choice_label(one) for one in question.choices if one.value in wanted]


def condition_words(question: Question, earlier: Question) -> Message:
    """On what it depends, for who reads the form."""
    return message(
        "Only if you answered “%(label)s” with “%(value)s”.",
        label=localised(earlier, "label"),
        value=value_label(earlier, question.condition_value),
    )
