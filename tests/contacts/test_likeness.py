"""Who is likely to be one person: the rule is symmetric, bounded, and never blind to a typo."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventapp.contacts.likeness import (
    NEIGHBOURS,
    Likeness,
    Somebody,
    likely_doubles,
    likeness,
    typing_mistakes,
)

ANNA = Somebody(1, "Anna", "Müller-Öhm", "Werk Nord GmbH", "anna@werk.example")
letters = st.text(st.sampled_from("abcäöüßé -'."), max_size=12)
people = st.builds(
    Somebody,
    id=st.integers(1, 10**6),
    first_name=letters,
    last_name=letters,
    organisation=st.sampled_from(["", "Amt", "Werk"]),
    email=st.sampled_from(["", "a@x.example", "A@x.example", "b@x.example"]),
    contact_id=st.sampled_from([None, 1, 2]),
)


def other(**given_) -> Somebody:
    row = {
        "id": 2,
        "first_name": ANNA.first_name,
        "last_name": ANNA.last_name,
        "email": ANNA.email,
    }
    return Somebody(**row | given_)


@pytest.mark.parametrize(
    "name",
    [
        {"last_name": "Mueller-Oehm"},
        {"last_name": "MÜLLER ÖHM"},
        {"first_name": "Dr. Anna"},
        {"first_name": "Müller-Öhm", "last_name": "Anna"},
        {"last_name": "Muller-Ohm"},
    ],
)
def test_umlauts_titles_hyphens_and_the_order_of_words_do_not_make_another_name(name):
    assert likeness(ANNA, other(**name, email="anna@privat.example")) is Likeness.SAME_NAME


@pytest.mark.parametrize(
    "name",
    [
        {"last_name": "Mülle-Öhm"},
        {"last_name": "Müllre-Öhm"},
        {"last_name": "Möller-Öhm"},
        {"first_name": "A."},
        {"first_name": ""},
    ],
)
def test_under_one_address_a_slip_an_initial_or_no_first_name_is_likely_the_same(name):
    assert likeness(ANNA, other(**name)) is Likeness.SAME_ADDRESS
    assert likeness(ANNA, other(**name, email="anna@privat.example")) is None


@pytest.mark.parametrize(
    "name", [{"first_name": "Jan"}, {"last_name": "Zander"}, {"first_name": "", "last_name": ""}]
)
def test_two_people_may_share_an_address(name):
    assert likeness(ANNA, other(**name)) is None


def test_an_address_with_a_tag_is_the_same_mailbox():
    tagged = other(first_name="A.", email="ANNA+fest@werk.example")

    assert likeness(ANNA, tagged) is Likeness.SAME_ADDRESS


def test_an_office_goes_by_its_name_and_nobody_without_a_name_is_like_anybody():
    office = Somebody(1, organisation="Bürgermeisteramt", email="info@amt.example")

    assert likeness(office, Somebody(2, organisation="Buergermeisteramt")) is Likeness.SAME_NAME
    assert likeness(Somebody(1), Somebody(2)) is None


@given(people, people)
def test_the_rule_is_symmetric(one, second):
    assert likeness(one, second) is likeness(second, one)


@given(people)
def test_everybody_with_a_name_is_like_themselves(one):
    same = likeness(one, one)

    if any(sign.isalpha() for sign in one.first_name + one.last_name):
        assert same is not None


def exact(one: str, second: str) -> int:
    """The textbook way: every cell of the table."""
    rows = [[line + column for column in range(len(second) + 1)] for line in range(len(one) + 1)]
    for line in range(1, len(one) + 1):
        for column in range(1, len(second) + 1):
            changed = one[line - 1] != second[column - 1]
            rows[line][column] = min(
                rows[line - 1][column] + 1,
                rows[line][column - 1] + 1,
                rows[line - 1][column - 1] + changed,
            )
            if line > 1 < column and one[line - 2 : line] == second[column - 2 : column][::-1]:
                rows[line][column] = min(rows[line][column], rows[line - 2][column - 2] + 1)
    return rows[-1][-1]


@given(st.text("abc", max_size=9), st.text("abc", max_size=9))
def test_counting_mistakes_in_a_band_says_what_the_whole_table_says(one, second):
    assert typing_mistakes(one, second) == min(exact(one, second), 3)
    assert typing_mistakes(one, second) == typing_mistakes(second, one)


class Looked(str):
    """A text that counts how often somebody looks at a sign of it."""

    looks = 0

    def __getitem__(self, key):
        Looked.looks += 1
        return Looked(super().__getitem__(key))


def test_t61_names_of_any_length_take_a_bounded_number_of_steps():
    """T-61: fifty thousand signs, repeated titles, one address; counted in steps, not seconds."""
    typing_mistakes(Looked("ab" * 25_000), Looked("ba" * 25_000))
    assert Looked.looks < 3000

    long = Somebody(1, "Dr. " * 12_500, "a" * 50_000, email="a@x.example")
    assert likeness(long, Somebody(2, "Dr. " * 12_500, "b" * 50_000, email="a@x.example")) is None
    assert likeness(long, long) is Likeness.SAME_ADDRESS


@given(st.lists(people, max_size=12, unique_by=lambda one: one.id))
def test_a_list_finds_the_pairs_that_comparing_everybody_finds(everybody):
    found = {pair.ids for pair in likely_doubles(everybody)}
    compared = {
        tuple(sorted((one.id, second.id)))
        for place, one in enumerate(everybody)
        for second in everybody[place + 1 :]
        if likeness(one, second) is not None
    }

    assert found <= compared
    if len(everybody) <= NEIGHBOURS:
        assert found == compared


def test_a_thousand_of_one_name_are_compared_with_their_neighbours_only():
    crowd = [Somebody(number, "Anna", "Öhm", email="info@x.example") for number in range(1000)]

    pairs = likely_doubles(reversed(crowd))

    assert len(pairs) <= NEIGHBOURS * len(crowd)
    assert all(pair.first.id < pair.second.id for pair in pairs)
