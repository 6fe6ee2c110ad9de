"""The form of one event as the template of another's."""

from dataclasses import replace

from eventapp.events.actions import Copying
from eventapp.foundation.database import db, transaction
from eventapp.questions import queries
from eventapp.questions.actions.editing import add_question, as_draft
from eventapp.questions.models import Question
from eventapp.questions.requests import ChoiceDraft, QuestionDraft


def copy_questions(copying: Copying) -> int:
    """Ask the same in the new event, in the same order and with the same conditions.

    Questions that are not asked any more stay behind, and so do all answers. Says how many.
    """
    numbers: dict[int, int] = {}
    values: dict[str, str] = {}
    with transaction():
        asked = queries.asked_questions(copying.source)
        for question in asked:
            draft = _draft(question, numbers, values)
            new = add_question(copying.target, draft, by=copying.by)
            db.session.flush()
            numbers[question.id] = new.id
            pairs = zip(question.offered, new.choices, strict=True)
            values |= {old.value: made.value for old, made in pairs}
    return len(asked)


def _draft(question: Question, numbers: dict[int, int], values: dict[str, str]) -> QuestionDraft:
    choices = tuple(
        ChoiceDraft(row=row, label_de=one.label_de, label_en=one.label_en, places=one.places)
        for row, one in enumerate(question.offered, start=1)
    )
    draft = replace(as_draft(question), choices=choices)
    if question.condition_id is None:
        return draft
    value = values.get(question.condition_value, question.condition_value)
    return replace(draft, condition_id=numbers[question.condition_id], condition_value=value)
