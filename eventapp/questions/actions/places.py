"""Limited places of choices: taken and given back while the event's lock is held.

As with the places of the event, one conditional UPDATE moves the counter, so that not even code
that forgot the lock can promise more than there are; a CHECK constraint stands behind it.
"""

from collections.abc import Collection
from typing import Any, cast

from sqlalchemy import CursorResult, Table, or_, update

from eventapp.foundation.database import db
from eventapp.questions.models import QuestionChoice

_CHOICES = cast(Table, QuestionChoice.__table__)


def take_choice(value: str) -> bool:
    """Take one place at a choice; False, and nothing done, if none is left."""
    taken = cast(
        CursorResult[Any],
        db.session.execute(
            update(_CHOICES)
            .where(
                _CHOICES.c.id == int(value),
                or_(_CHOICES.c.places.is_(None), _CHOICES.c.places_taken < _CHOICES.c.places),
            )
            .values(places_taken=_CHOICES.c.places_taken + 1)
        ),
    )
    return taken.rowcount == 1


def give_back_choices(values: Collection[str]) -> None:
    """Make one place at each of these choices free again."""
    if values:
        db.session.execute(
            update(_CHOICES)
            .where(_CHOICES.c.id.in_([int(value) for value in values]))
            .values(places_taken=_CHOICES.c.places_taken - 1)
        )
