"""What can go wrong with questions and answers, in domain words."""

from collections.abc import Mapping

from eventapp.foundation.errors import Invalid, Refused
from eventapp.foundation.message import Message, message, plural_message


class ChoiceIsFull(Invalid):
    """All places of a choice are taken; nothing of the form was kept."""

    def __init__(self, field: str, choice: str) -> None:
        """Belongs beside the question's field."""
        super().__init__(
            field,
            message("“%(choice)s” is full by now. Please choose something else.", choice=choice),
        )


class ChoiceIsGone(Invalid):
    """The choice was taken out of the form while the page was open."""

    def __init__(self, field: str) -> None:
        """Belongs beside the question's field."""
        super().__init__(field, message("This is not offered any more. Please choose again."))


class KindIsFixed(Invalid):
    """Answers of one kind cannot become answers of another."""

    def __init__(self) -> None:
        """Name the way out."""
        super().__init__(
            "kind",
            message(
                "People have answered already, so the kind of answer stays. Take the question out "
                "of the form and add a new one."
            ),
        )


class FewerThanTaken(Invalid):
    """Nobody loses the place at a choice that they were promised."""

    def __init__(self, field: str, taken: int) -> None:
        """Belongs beside the number; says the smallest that works."""
        super().__init__(
            field,
            plural_message(
                "One place is taken already; that is the smallest number.",
                "%(count)s are taken already; that is the smallest number.",
                taken,
            ),
        )


class ChosenByThoseWords(Invalid):
    """Whoever chose something keeps it under its name: other words would be another answer."""

    def __init__(self, rows: Mapping[int, int]) -> None:
        """`rows` says how many people have chosen what each row of the form renames."""
        self.beside = {f"label_de_{row}": _renamed(people) for row, people in rows.items()}
        field, text = next(iter(self.beside.items()))
        super().__init__(field, text)


def _renamed(people: int) -> Message:
    return plural_message(
        "One guest has chosen this. If the meaning stays the same, tick so below; for another "
        "meaning remove it and add a new one.",
        "%(count)s guests have chosen this. If the meaning stays the same, tick so below; for "
        "another meaning remove it and add a new one.",
        people,
    )


class ConditionNotPossible(Invalid):
    """A question can depend only on one that comes before it."""

    def __init__(self) -> None:
        """Belongs beside the condition."""
        super().__init__(
            "condition", message("A question can only depend on one that is asked before it.")
        )


class OthersDepend(Refused):
    """Another question is asked only because of this one."""

    def __init__(self, label: str) -> None:
        """Name that question, where the condition can be changed."""
        super().__init__(
            message(
                "The question “%(label)s” depends on this. Change its condition first.",
                label=label,
            )
        )


class AnsweredAlready(Refused):
    """A question with answers is taken out of the form, never deleted."""

    @staticmethod
    def default() -> Message:
        """Name the way out."""
        return message(
            "People have answered this question; it can only be taken out of the form, and their "
            "answers stay."
        )
