"""Counting what people answered, and who has not yet. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from eventapp.questions.given import Given, applying
from eventapp.questions.models import Question
from eventapp.questions.states import QuestionKind, QuestionStep


@dataclass(frozen=True, slots=True)
class Person:
    """One registration as counting sees it: which steps it is asked, and whether it has a place."""

    id: int
    steps: frozenset[QuestionStep]
    has_place: bool


@dataclass
class Tally:
    """One question: how many were asked, answered, left it blank, and have not answered yet.

    `chosen` counts those with a place by answer, `wished` those who wait; `total` adds up numbers.
    """

    question: Question
    asked: int = 0
    answered: int = 0
    blank: int = 0
    open: int = 0
    total: int = 0
    chosen: Counter[str] = field(default_factory=Counter)
    wished: Counter[str] = field(default_factory=Counter)


def tallies(
    questions: Sequence[Question],
    people: Iterable[Person],
    given: Mapping[int, Mapping[int, Given]],
) -> list[Tally]:
    """A tally for each question, in their order; also for those taken out of the form."""
    counted = {one.id: Tally(one) for one in questions}
    for person in people:
        answers = given.get(person.id, {})
        asked = _asked(questions, person, answers)
        for number, tally in counted.items():
            if number in asked or number in answers:
                _count(tally, person, answers.get(number))
    return list(counted.values())


def _asked(
    questions: Sequence[Question], person: Person, answers: Mapping[int, Given]
) -> frozenset[int]:
    offered = [one for one in questions if one.is_asked and one.step in person.steps]
    return frozenset(one.id for one in applying(offered, answers))


def _count(tally: Tally, person: Person, answer: Given | None) -> None:
    tally.asked += 1
    if answer is None:
        tally.open += 1
    elif answer.is_empty:
        tally.blank += 1
    else:
        tally.answered += 1
        counter = tally.chosen if person.has_place else tally.wished
        counter.update(answer.choices or (answer.text,))
        if tally.question.kind is QuestionKind.NUMBER and answer.text.isdecimal():
            tally.total += int(answer.text)


def open_questions(
    questions: Sequence[Question],
    people: Iterable[Person],
    given: Mapping[int, Mapping[int, Given]],
) -> dict[int, list[Question]]:
    """What each person (by id) has not answered yet; who has answered all is not there."""
    found: dict[int, list[Question]] = {}
    for person in people:
        answers = given.get(person.id, {})
        asked = _asked(questions, person, answers)
        missing = [one for one in questions if one.id in asked and _is_missing(one, answers)]
        if missing:
            found[person.id] = missing
    return found


def _is_missing(question: Question, answers: Mapping[int, Given]) -> bool:
    answer = answers.get(question.id)
    return answer is None or (question.required and answer.is_empty)


def who_answered(
    question: Question, given: Mapping[int, Mapping[int, Given]], value: str = ""
) -> dict[int, Given]:
    """The answers to one question by person, blanks left out; with `value` only that answer."""
    found = {
        person: answers[question.id] for person, answers in given.items() if question.id in answers
    }
    return {
        person: answer
        for person, answer in found.items()
        if not answer.is_empty and (not value or answer.says(value))
    }
