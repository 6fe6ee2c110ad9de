"""Kinds of questions, and when they are asked."""

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
