"""What the tests of questions share: a question as entered, answers, and the truth about places."""

from collections import Counter
from typing import Any

from sqlalchemy import select

from eventapp.events.models import Event
from eventapp.foundation.database import db
from eventapp.questions.given import Given
from eventapp.questions.models import Question, QuestionAnswer, QuestionChoice
from eventapp.questions.requests import ChoiceDraft, QuestionDraft
from eventapp.questions.states import QuestionKind
from eventapp.registrations.actions import answer_questions
from eventapp.registrations.models import Registration
from eventapp.registrations.states import HOLDS_PLACE


def draft(*choices: str | tuple[str, int | None], **given: Any) -> QuestionDraft:
    """A question as an organiser enters it; with choices, one of them is to be chosen."""
    rows = [one if isinstance(one, tuple) else (one, None) for one in choices]
    return QuestionDraft(
        **{
            "kind": QuestionKind.CHOICE if rows else QuestionKind.TEXT,
            "label_de": "Welcher Workshop?",
            "choices": tuple(
                ChoiceDraft(row=row, label_de=words, places=places)
                for row, (words, places) in enumerate(rows, start=1)
            ),
        }
        | given
    )


def as_drafted(question: Question, **given: Any) -> QuestionDraft:
    """A stored question as its form would send it back, with some changes."""
    names = ("kind", "step", "label_de", "label_en", "purpose_de", "purpose_en", "required")
    stored: dict[str, Any] = {name: getattr(question, name) for name in names}
    stored |= {
        "condition_id": question.condition_id,
        "condition_value": question.condition_value,
        "choices": tuple(
            ChoiceDraft(
                row=row,
                id=one.id,
                label_de=one.label_de,
                label_en=one.label_en,
                places=one.places,
            )
            for row, one in enumerate(question.offered, start=1)
        ),
    }
    return QuestionDraft(**(stored | given))


def choose(registration: Registration, question: Question, *words: str) -> None:
    """The guest chooses by the words of the choices."""
    values = tuple(one.value for one in question.choices if one.label_de in words)
    answer_questions(registration, {question.id: Given(choices=values)})


def chosen(registration: Registration, question: Question) -> tuple[list[str], list[str]]:
    """(words of what is chosen, words of what was missed), as the database has it."""
    row = db.session.scalar(
        select(QuestionAnswer)
        .where(
            QuestionAnswer.registration_id == registration.id,
            QuestionAnswer.question_id == question.id,
        )
        .execution_options(populate_existing=True)
    )
    words = {one.value: one.label_de for one in question.choices}
    if row is None:
        return [], []
    return [words[one] for one in row.choices], [words[one] for one in row.missed]


def places_agree(event: Event) -> bool:
    """Whether each choice's counter says how many of those with a place have chosen it."""
    held: Counter[str] = Counter()
    rows = db.session.execute(
        select(QuestionAnswer.choices)
        .join(Registration, Registration.id == QuestionAnswer.registration_id)
        .where(Registration.event_id == event.id, Registration.state.in_(HOLDS_PLACE))
    )
    for (values,) in rows:
        held.update(values)
    counters = db.session.execute(
        select(QuestionChoice.id, QuestionChoice.places_taken, QuestionChoice.places)
        .join(QuestionChoice.question)
        .where(Question.event_id == event.id)
    ).all()
    return all(
        taken == held[str(number)] and (places is None or taken <= places)
        for number, taken, places in counters
    )
