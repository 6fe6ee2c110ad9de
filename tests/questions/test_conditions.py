"""Who is asked what because of earlier answers. Pure."""

from dataclasses import dataclass

from hypothesis import given as cases
from hypothesis import strategies as st

from eventapp.questions.given import Given, applying


@dataclass(frozen=True)
class Asked:
    id: int
    condition_id: int | None = None
    condition_value: str = ""


ANSWERS = st.sampled_from([Given(), Given("yes"), Given("no"), Given(choices=("1", "2"))])
FORMS = st.lists(
    st.tuples(st.integers(0, 6), st.sampled_from(["", "yes", "no", "1"])), max_size=7
).map(
    lambda rows: [
        Asked(number, earlier or None, value) for number, (earlier, value) in enumerate(rows, 1)
    ]
)


def test_a_question_without_condition_is_asked_of_everybody():
    assert applying([Asked(1)], {}) == [Asked(1)]


def test_a_condition_holds_for_the_very_answer_it_names():
    form = [Asked(1), Asked(2, 1, "yes")]

    assert applying(form, {1: Given("yes")}) == form
    assert applying(form, {1: Given("no")}) == [Asked(1)]
    assert applying(form, {}) == [Asked(1)]


def test_one_of_several_choices_is_enough():
    form = [Asked(1), Asked(2, 1, "12")]

    assert applying(form, {1: Given(choices=("11", "12"))}) == form


def test_what_depends_on_a_question_that_is_not_asked_is_not_asked_either():
    form = [Asked(1), Asked(2, 1, "yes"), Asked(3, 2, "yes")]

    assert applying(form, {1: Given("no"), 2: Given("yes")}) == [Asked(1)]


@cases(FORMS, st.dictionaries(st.integers(1, 7), ANSWERS))
def test_nobody_is_asked_but_for_a_reason(form, given):
    asked = applying(form, given)
    numbers = [one.id for one in asked]

    assert asked == [one for one in form if one.id in numbers]
    for one in asked:
        if one.condition_id is not None:
            assert one.condition_id in numbers[: numbers.index(one.id)]
            assert given[one.condition_id].says(one.condition_value)


@cases(FORMS, st.dictionaries(st.integers(1, 7), ANSWERS))
def test_answers_to_what_is_not_asked_change_nothing(form, given):
    numbers = {one.id for one in applying(form, given)}

    heard = {number: answer for number, answer in given.items() if number in numbers}

    assert applying(form, heard) == applying(form, given)
