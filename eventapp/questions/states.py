"""Kinds of questions, when they are asked, and whether a choice takes a place."""

from enum import StrEnum


class QuestionKind(StrEnum):
    """How a question of the form is answered."""

    TEXT = "text"
    CHOICE = "choice"
    MULTIPLE = "multiple"
    NUMBER = "number"
    YES_NO = "yes_no"


class QuestionStep(StrEnum):
    """When a question is asked: with the registration, or of those who have a place."""

    REGISTRATION = "registration"
    AFTER = "after"


class Claim(StrEnum):
    """What choosing means at the moment: a place is taken, or a wish noted for later."""

    PLACE = "place"
    WISH = "wish"


class Direction(StrEnum):
    """Where a question moves in the form."""

    UP = "up"
    DOWN = "down"


WITH_CHOICES = frozenset({QuestionKind.CHOICE, QuestionKind.MULTIPLE})
DECIDING = WITH_CHOICES | {QuestionKind.YES_NO}
"""Kinds on whose answers other questions can depend."""
YES, NO = "yes", "no"
