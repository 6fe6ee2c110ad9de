"""What an organiser may undo and redo, read off the trail of their own steps. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """Sessions moved at one go; `undoes` is the step that this one took back, if it did."""

    number: int
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Stacks:
    """The numbers of steps that can be taken back, the last one last; and taken again."""

    undo: tuple[int, ...] = ()
    redo: tuple[int, ...] = ()

    @property
    def next_undo(self) -> int | None:
        """Which step is undone next; None where there is none."""
        return self.undo[-1] if self.undo else None

    @property
    def next_redo(self) -> int | None:
        """Which step is redone next; None where there is none."""
        return self.redo[-1] if self.redo else None


def stacks(steps: Iterable[Step], stands: Callable[[int], bool] = lambda _number: True) -> Stacks:
    """What can be undone and redone after these steps, oldest first.

    Taking back is a step as well: to take back a taking-back is to redo. A new move leaves nothing
    to redo. `stands` says whether things are as a step left them; those overtaken by somebody else
    are passed over.
    """
    undo: list[int] = []
    redo: list[int] = []
    for step in steps:
        if step.undoes in redo:
            del redo[redo.index(step.undoes) :]
            undo.append(step.number)
        elif step.undoes in undo:
            del undo[undo.index(step.undoes) :]
            redo.append(step.number)
        elif step.undoes is None:
            undo.append(step.number)
            redo.clear()
    return Stacks(_down_to(undo, stands), _down_to(redo, stands))


def _down_to(numbers: list[int], stands: Callable[[int], bool]) -> tuple[int, ...]:
    while numbers and not stands(numbers[-1]):
        numbers.pop()
    return tuple(numbers)
