"""What may be undone and redone after which steps. Pure."""

from hypothesis import given
from hypothesis import strategies as st

from eventapp.programme.board.steps import Stacks, Step, stacks


def test_nothing_was_done():
    assert stacks([]) == Stacks()


def test_moves_are_undone_last_first():
    assert stacks([Step(1), Step(2)]) == Stacks((1, 2))
    assert stacks([Step(1), Step(2), Step(3, undoes=2)]) == Stacks((1,), (3,))


def test_what_was_undone_is_redone_and_can_be_undone_again():
    redone = [Step(1), Step(2, undoes=1), Step(3, undoes=2)]

    assert stacks(redone) == Stacks((3,))
    assert stacks([*redone, Step(4, undoes=3)]) == Stacks((), (4,))


def test_a_new_move_leaves_nothing_to_redo():
    assert stacks([Step(1), Step(2, undoes=1), Step(3)]) == Stacks((3,))


def test_what_somebody_else_has_overtaken_is_passed_over():
    assert stacks([Step(1), Step(2), Step(3)], stands=lambda number: number == 1) == Stacks((1,))


def test_a_step_that_undoes_what_is_long_forgotten_is_none():
    assert stacks([Step(1), Step(5, undoes=-1)]) == Stacks((1,))


@given(st.lists(st.sampled_from("mur"), max_size=30))
def test_it_is_as_with_any_undo(asked):
    """Against the plain model: two lists of states."""
    steps, done, undone = [], [], []
    for number, what in enumerate(asked, 1):
        offered = stacks(steps)
        if what == "m":
            steps.append(Step(number))
            done.append(number)
            undone.clear()
        elif what == "u" and offered.next_undo:
            steps.append(Step(number, undoes=offered.next_undo))
            undone.append(done.pop())
        elif what == "r" and offered.next_redo:
            steps.append(Step(number, undoes=offered.next_redo))
            done.append(undone.pop())
        now = stacks(steps)
        assert (len(now.undo), len(now.redo)) == (len(done), len(undone))
