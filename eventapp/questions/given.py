"""What people answer, and which questions they are asked because of it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar


@dataclass(frozen=True, slots=True)
class Given:
    """The answer to one question: words, a number, "yes" or "no" in `text`, or ids of choices."""

    text: str = ""
    choices: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the question was left blank."""
        return not self.text and not self.choices

    def says(self, value: str) -> bool:
        """Whether this is, or contains, the answer that a condition asks for."""
        return value in self.choices or (bool(value) and self.text == value)


NOTHING = Given()


class Conditional(Protocol):
    """What a condition needs to know of a question."""

    id: int
    condition_id: int | None
    condition_value: str


Asked = TypeVar("Asked", bound=Conditional)


def applying(questions: Iterable[Asked], given: Mapping[int, Given]) -> list[Asked]:
    """The questions whose conditions hold, in their order.

    A condition holds if the question before it is asked as well and was answered like that; an
    answer to a question that is not asked counts for nothing.
    """
    asked: dict[int, Asked] = {}
    for question in questions:
        earlier = question.condition_id
        if earlier is None or (
            earlier in asked and given.get(earlier, NOTHING).says(question.condition_value)
        ):
            asked[question.id] = question
    return list(asked.values())
