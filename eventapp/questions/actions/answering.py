"""Keeping what people answer; choices with places follow the person's place at the event.

All of it happens inside the transaction of who calls, which holds the event's lock.
"""

from collections.abc import Mapping, Sequence

from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.questions import queries
from eventapp.questions.actions.places import give_back_choices, take_choice
from eventapp.questions.errors import ChoiceIsFull, ChoiceIsGone
from eventapp.questions.given import NOTHING, Given, applying
from eventapp.questions.models import Question, QuestionAnswer
from eventapp.questions.states import Claim
from eventapp.questions.words import labels_of


def keep_answers(
    registration_id: int,
    given: Mapping[int, Given],
    *,
    questions: Sequence[Question],
    claim: Claim,
) -> bool:
    """Keep a person's answers wholly or not at all; says whether anything changed.

    `questions` are all that are asked of the person, read under the lock; `given` has those that
    the form showed, the others stay as they are. What is not asked is not kept: an answer goes,
    with its place, when the person's own change rules it out, never because the form was changed.
    Raises ChoiceIsFull and ChoiceIsGone.
    """
    stored = queries.answers_by(registration_id)
    before = {number: row.given for number, row in stored.items()}
    asked_before = {one.id for one in applying(questions, before)}
    asked = {one.id for one in applying(questions, before | dict(given))}
    changed = False
    for question in questions:
        row = stored.get(question.id)
        if question.id in asked_before - asked:
            changed |= _drop(row, claim)
        elif question.id in asked & given.keys():
            answer = given[question.id]
            _check(question, row, answer)
            _claim(question, row.given if row else NOTHING, answer, claim)
            changed |= _write(registration_id, question, row, answer)
    return changed


def _drop(row: QuestionAnswer | None, claim: Claim) -> bool:
    if row is None:
        return False
    if claim is Claim.PLACE:
        give_back_choices(row.choices)
    db.session.delete(row)
    return True


def _check(question: Question, row: QuestionAnswer | None, answer: Given) -> None:
    """What was chosen before may be kept, also if it is not offered to others any more."""
    known = {one.value for one in question.offered} | set(row.choices if row else ())
    if not set(answer.choices) <= known:
        raise ChoiceIsGone(question.field_name)


def _claim(question: Question, before: Given, answer: Given, claim: Claim) -> None:
    """Take the places of what is new, give back those of what is not wanted any more."""
    if claim is Claim.WISH:
        return
    give_back_choices([one for one in before.choices if one not in answer.choices])
    for value in answer.choices:
        if value not in before.choices and not take_choice(value):
            raise ChoiceIsFull(question.field_name, "".join(labels_of(question, [value])))


def _write(
    registration_id: int, question: Question, row: QuestionAnswer | None, answer: Given
) -> bool:
    if row is None:
        row = QuestionAnswer(registration_id=registration_id, question_id=question.id)
        db.session.add(row)
    elif row.given == answer and not row.missed:
        return False
    row.text, row.choices, row.missed = answer.text, list(answer.choices), []
    row.answered_at = clock.now()
    return True


def take_chosen(registration_id: int) -> list[str]:
    """The person has a place at the event now: take those at what they chose, as far as they are.

    What is full is noted as missed and returned; the place at the event does not depend on it.
    """
    missed: list[str] = []
    for row in queries.answers_by(registration_id).values():
        wanted = [*row.choices, *(one for one in row.missed if one not in row.choices)]
        full = [value for value in wanted if not take_choice(value)]
        if wanted and (full or row.missed):
            row.choices = [value for value in wanted if value not in full]
            row.missed = full
        missed += full
    return missed


def give_back_chosen(registration_id: int) -> None:
    """The person has no place at the event any more; what they chose stays as a wish."""
    for row in queries.answers_by(registration_id).values():
        give_back_choices(row.choices)


def forget_answers(registration_id: int, *, claim: Claim) -> None:
    """Delete what a person answered, for who wants to be forgotten."""
    for row in queries.answers_by(registration_id).values():
        _drop(row, claim)
