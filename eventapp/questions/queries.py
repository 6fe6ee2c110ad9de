"""Named reads of questions and answers."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Connection, Table, Text, and_, bindparam, select, type_coerce
from sqlalchemy.orm import contains_eager, selectinload

from eventapp.events.models import Event
from eventapp.foundation.database import connection_after_flush, db
from eventapp.foundation.i18n import localised
from eventapp.questions.given import Given
from eventapp.questions.models import Question, QuestionAnswer, QuestionChoice
from eventapp.questions.states import QuestionStep
from eventapp.questions.words import answer_words

# "registration" comes before "after" in the form, though not in the alphabet
_AS_ASKED = (Question.step.desc(), Question.position, Question.id)


# built once: every form and every personal page needs them
_OF_EVENT = (
    select(Question)
    .options(selectinload(Question.choices))
    .where(Question.event_id == bindparam("event"))
    .order_by(*_AS_ASKED)
    .execution_options(populate_existing=True)
)
_ANSWERS_BY = select(QuestionAnswer).where(
    QuestionAnswer.registration_id == bindparam("registration")
)
# most events ask nothing: to see that takes half as long as to ask for objects
_question, _answer = cast(Table, Question.__table__).c, cast(Table, QuestionAnswer.__table__).c
_ASKS = select(_question.id).where(_question.event_id == bindparam("event")).limit(1)
_ANSWERED = select(_answer.id).where(_answer.registration_id == bindparam("registration")).limit(1)


def questions_of(event: Event) -> Sequence[Question]:
    """All questions of an event with their choices, as the form asks them; also those taken out.

    Three statements, one where there are none; read afresh, so that places are those of now.
    """
    if connection_after_flush().scalar(_ASKS, {"event": event.id}) is None:
        return []
    return db.session.scalars(_OF_EVENT, {"event": event.id}).all()


# Tables instead of models: whoever only asks whether the form has changed needs no more.
_choice = cast(Table, QuestionChoice.__table__).c
_MARKS = (
    select(
        _question.id, _question.position, type_coerce(_question.kind, Text),
        _question.label_de, _question.label_en, _question.purpose_de, _question.purpose_en,
        _question.required, _question.condition_id, _question.condition_value,
        _choice.id, _choice.position, _choice.label_de, _choice.label_en,
        _choice.places, _choice.places_taken,
    )
    .select_from(
        Question.__table__.outerjoin(
            QuestionChoice.__table__,
            and_(_choice.question_id == _question.id, _choice.retired_at.is_(None)),
        )
    )
    .where(
        _question.event_id == bindparam("event"),
        _question.step == QuestionStep.REGISTRATION,
        _question.retired_at.is_(None),
    )
    .order_by(_question.id, _choice.id)
)  # fmt: skip
FormMarks = tuple[tuple[str | int | None, ...], ...]


def form_marks(connection: Connection, event_id: int) -> FormMarks:
    """What tells one state of an event's public form from the next: equal marks, equal forms.

    All that it shows and not the rows' versions: SQLite gives the number of a question that was
    deleted to the next one, whose versions begin anew. One statement.
    """
    return tuple(map(tuple, connection.execute(_MARKS, {"event": event_id})))


def asked_questions(event: Event) -> list[Question]:
    """Those that the form asks, in its order. Two statements at most."""
    return [one for one in questions_of(event) if one.is_asked]


def question_of(event: Event, question_id: int) -> Question | None:
    """A question of this event, with its choices."""
    return db.session.scalar(
        select(Question)
        .options(selectinload(Question.choices))
        .where(Question.id == question_id, Question.event_id == event.id)
    )


def answers_by(registration_id: int) -> dict[int, QuestionAnswer]:
    """What one person answered, by the question's id. Two statements at most."""
    if connection_after_flush().scalar(_ANSWERED, {"registration": registration_id}) is None:
        return {}
    rows = db.session.scalars(_ANSWERS_BY, {"registration": registration_id})
    return {row.question_id: row for row in rows}


def answers_in_order(registration_id: int) -> Sequence[QuestionAnswer]:
    """The same with questions and choices, in the order of the form. Three statements."""
    return db.session.scalars(
        select(QuestionAnswer)
        .join(QuestionAnswer.question)
        .options(contains_eager(QuestionAnswer.question).selectinload(Question.choices))
        .where(QuestionAnswer.registration_id == registration_id)
        .order_by(*_AS_ASKED)
    ).all()


def answered_questions(event: Event) -> Collection[int]:
    """The ids of questions that anybody has answered or left blank. One statement."""
    return set(
        db.session.scalars(
            select(QuestionAnswer.question_id)
            .join(QuestionAnswer.question)
            .where(Question.event_id == event.id)
            .distinct()
        )
    )


def questions_depending_on(question: Question) -> Sequence[Question]:
    """Questions of the form that are asked because of an answer to this one. One statement."""
    return db.session.scalars(
        select(Question)
        .where(Question.condition_id == question.id, Question.retired_at.is_(None))
        .order_by(*_AS_ASKED)
    ).all()


def is_answered(question: Question) -> bool:
    """Whether anybody has answered it or left it blank."""
    one = select(QuestionAnswer.id).where(QuestionAnswer.question_id == question.id).limit(1)
    return db.session.scalar(one) is not None


def times_chosen(question: Question) -> Counter[str]:
    """How many people chose each choice (as it stands in answers), also if they missed it.

    Who has cancelled since is counted: their answers read the same words. One statement.
    """
    rows = db.session.execute(
        select(QuestionAnswer.choices, QuestionAnswer.missed).where(
            QuestionAnswer.question_id == question.id
        )
    )
    return Counter(value for chosen, missed in rows for value in (*chosen, *missed))


def given_answers(event: Event) -> dict[int, dict[int, Given]]:
    """Everybody's answers: by registration, then by question. One statement.

    A question that was left blank is there with an empty answer; one not answered yet is not.
    """
    rows = db.session.execute(
        select(
            QuestionAnswer.registration_id,
            QuestionAnswer.question_id,
            QuestionAnswer.text,
            QuestionAnswer.choices,
        )
        .join(QuestionAnswer.question)
        .where(Question.event_id == event.id)
    )
    found: dict[int, dict[int, Given]] = defaultdict(dict)
    for registration_id, question_id, text, choices in rows:
        found[registration_id][question_id] = Given(text, tuple(choices))
    return dict(found)


@dataclass(frozen=True)
class AnswerColumn:
    """One question as a column of a list: its key for programs, and its heading."""

    key: str
    heading: str


def answer_columns(event: Event) -> list[AnswerColumn]:
    """A column for each question, also for those taken out of the form that have answers.

    Two statements, a third where any were taken out.
    """
    questions = questions_of(event)
    answered = () if all(one.is_asked for one in questions) else answered_questions(event)
    return [_column(one) for one in questions if one.is_asked or one.id in answered]


def answers_of(event: Event) -> dict[int, Mapping[str, str]]:
    """Everybody's answers in the reader's words: by registration, then by a column's key.

    Three statements, whatever the number of people; for lists that are exported.
    """
    questions = {one.id: one for one in questions_of(event)}
    if not questions:
        return {}
    return {
        registration_id: {
            _column(questions[question_id]).key: answer_words(questions[question_id], given)
            for question_id, given in answers.items()
        }
        for registration_id, answers in given_answers(event).items()
    }


def _column(question: Question) -> AnswerColumn:
    return AnswerColumn(f"question-{question.id}", localised(question, "label"))
