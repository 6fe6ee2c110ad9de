"""What people can do with questions: organisers keep the form, guests answer it."""

from eventapp.questions.actions.answering import (
    forget_answers,
    give_back_chosen,
    keep_answers,
    take_chosen,
)
from eventapp.questions.actions.copying import copy_questions
from eventapp.questions.actions.editing import (
    add_question,
    ask_again,
    change_question,
    move_question,
    remove_question,
    retire_question,
)

__all__ = [
    "add_question",
    "ask_again",
    "change_question",
    "copy_questions",
    "forget_answers",
    "give_back_chosen",
    "keep_answers",
    "move_question",
    "remove_question",
    "retire_question",
    "take_chosen",
]
