"""What organisers do with the form: add, change, move, take out, ask again, delete."""

from typing import Any

from eventapp.accounts.audit import Actor, record_change
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import db, lock_columns, transaction
from eventapp.foundation.errors import found
from eventapp.questions import queries
from eventapp.questions.actions import changes, ordering
from eventapp.questions.errors import (
    AnsweredAlready,
    ConditionNotPossible,
    KindIsFixed,
    OthersDepend,
)
from eventapp.questions.models import Question
from eventapp.questions.requests import QuestionDraft
from eventapp.questions.states import DECIDING, Direction, QuestionStep


def add_question(event: Event, draft: QuestionDraft, *, by: Actor) -> Question:
    """Put a question at the end of its step. Raises ConditionNotPossible."""
    with transaction():
        lock_columns(event)
        form = queries.asked_questions(event)
        _check_condition(draft, form)
        question = Question(event_id=event.id, position=ordering.next_position(form))
        changes.write(question, draft)
        db.session.add(question)
        _note(by, "question.added", event, question, after=changes.words_for_trail(question))
    return question


def change_question(question: Question, draft: QuestionDraft, *, seen: int, by: Actor) -> None:
    """Change a question; answers stay. `seen` is the version that the person saw.

    Raises Stale with both versions if a colleague was faster, KindIsFixed, ConditionNotPossible,
    FewerThanTaken, ChosenByThoseWords, and OthersDepend where another question's condition would
    hang in the air.
    """
    event = question.event
    with transaction():
        lock_columns(event)
        form = queries.questions_of(event)  # as they are now
        found(question if question in form else None)
        if not changes.check_seen(question, draft, seen):
            return
        _check_change(question, draft, [one for one in form if one.is_asked])
        before = changes.words_for_trail(question)
        if question.step is not draft.step:
            question.position = ordering.next_position(form)
        changes.write(question, draft)
        after = changes.words_for_trail(question)
        different = {name for name in after if after[name] != before[name]}
        _note(
            by,
            "question.changed",
            event,
            question,
            before={name: before[name] for name in sorted(different)},
            after={name: after[name] for name in sorted(different)},
        )


def _check_change(question: Question, draft: QuestionDraft, form: list[Question]) -> None:
    if question.kind is not draft.kind and queries.is_answered(question):
        raise KindIsFixed
    earlier = form[: form.index(question)] if question in form else form
    if question.step is not draft.step:
        earlier = [one for one in form if one is not question]
    _check_condition(draft, earlier)
    goes_last = question.step is not draft.step and draft.step is QuestionStep.AFTER
    if goes_last or question.kind is not draft.kind:
        _check_alone(question)


def _check_condition(draft: QuestionDraft, earlier: list[Question]) -> None:
    """What it depends on is asked before it, and can be answered like that."""
    if draft.condition_id is None:
        return
    parent = next((one for one in earlier if one.id == draft.condition_id), None)
    if parent is None or parent.kind not in DECIDING:
        raise ConditionNotPossible
    if draft.step is QuestionStep.REGISTRATION and parent.step is QuestionStep.AFTER:
        raise ConditionNotPossible
    if draft.condition_value not in parent.deciding_values:
        raise ConditionNotPossible


def move_question(question: Question, direction: Direction, *, by: Actor) -> None:
    """Let a question and its neighbour of the same step change places.

    At an end nothing happens. Raises OthersDepend if one of them depends on the other.
    """
    event = question.event
    with transaction():
        lock_columns(event)
        if ordering.swap(queries.asked_questions(event), question, direction):
            _note(by, "question.moved", event, question, after={"direction": direction.value})


def retire_question(question: Question, *, by: Actor) -> None:
    """Take a question out of the form; its answers stay. Raises OthersDepend."""
    event = question.event
    with transaction():
        lock_columns(event)
        queries.questions_of(event)
        if question.is_asked:
            _check_alone(question)
            question.retired_at = clock.now()
            _note(by, "question.retired", event, question)


def ask_again(question: Question, *, by: Actor) -> None:
    """Put a question back at the end of its step; answers given before count again.

    Raises ConditionNotPossible if what it depended on is not asked any more.
    """
    event = question.event
    with transaction():
        lock_columns(event)
        form = queries.asked_questions(event)
        if not question.is_asked:
            _check_condition(as_draft(question), form)
            question.position = ordering.next_position(form)
            question.retired_at = None
            _note(by, "question.asked_again", event, question)


def remove_question(question: Question, *, by: Actor) -> None:
    """Delete a question that nobody has answered. Raises AnsweredAlready and OthersDepend."""
    event = question.event
    with transaction():
        lock_columns(event)
        if queries.is_answered(question):
            raise AnsweredAlready
        _check_alone(question)
        _note(by, "question.removed", event, question, before=changes.words_for_trail(question))
        db.session.delete(question)


def as_draft(question: Question) -> QuestionDraft:
    """The question as if it were entered now, without its choices."""
    return QuestionDraft(**{name: getattr(question, name) for name in changes.COLUMNS})


def _check_alone(question: Question) -> None:
    for other in queries.questions_depending_on(question):
        raise OthersDepend(other.label_de)


def _note(by: Actor, action: str, event: Event, question: Question, **values: Any) -> None:
    record_change(by, action, question, scope=event.scope, host_id=event.host_id, **values)
