"""The order of the form. Positions are no words: moving a question makes no open form stale."""

from collections.abc import Sequence
from typing import cast

from sqlalchemy import Table, update
from sqlalchemy.orm.attributes import set_committed_value

from eventapp.foundation.database import db
from eventapp.questions.errors import OthersDepend
from eventapp.questions.models import Question
from eventapp.questions.states import Direction

_QUESTIONS = cast(Table, Question.__table__)


def next_position(questions: Sequence[Question]) -> int:
    """Behind all others."""
    return max((one.position for one in questions), default=0) + 1


def swap(questions: Sequence[Question], question: Question, direction: Direction) -> bool:
    """Exchange a question with its neighbour of the same step; False at an end.

    Raises OthersDepend if one depends on the other.
    """
    group = [one for one in questions if one.step is question.step]
    if question not in group:
        return False
    here = group.index(question)
    there = here - 1 if direction is Direction.UP else here + 1
    if not 0 <= there < len(group):
        return False
    first, second = sorted((here, there))
    if group[second].condition_id == group[first].id:
        raise OthersDepend(group[second].label_de)
    group[first], group[second] = group[second], group[first]
    for position, one in enumerate(group, start=1):
        _place(one, position)
    return True


def _place(question: Question, position: int) -> None:
    if question.position != position:
        db.session.execute(
            update(_QUESTIONS).where(_QUESTIONS.c.id == question.id).values(position=position)
        )
        set_committed_value(question, "position", position)
