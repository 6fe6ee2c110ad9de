"""T-28: organisers' texts are filled once from a fixed table, nothing in them is evaluated."""

import pytest

from eventapp.foundation.placeholders import fill, unknown_names


def test_known_names_are_replaced():
    filled = fill(
        "{salutation},\n{event} am {date}",
        {"salutation": "Guten Tag", "event": "Licht", "date": "24.06."},
    )

    assert filled == "Guten Tag,\nLicht am 24.06."


@pytest.mark.parametrize(
    "text",
    [
        "{{7*7}}",
        "{event.__class__}",
        "{0}",
        "{}",
        "{event!r}",
        "{event:>9}",
        "{event[0]}",
        "%(event)s",
        "${event}",
        "{% raw %}",
        "{unknown}",
        "{Event}",
        "{ event }",
        "{",
        "}",
    ],
)
def test_whatever_is_no_plain_known_name_stays_as_it_is(text):
    assert fill(text, {"x": "y"}) == text


def test_one_pass_only_a_value_is_never_a_template():
    filled = fill(
        "{name} und {link}", {"name": "{link} {{7*7}} %(x)s", "link": "https://x.example"}
    )

    assert filled == "{link} {{7*7}} %(x)s und https://x.example"


def test_double_braces_keep_the_outer_pair():
    assert fill("{{event}}", {"event": "Licht"}) == "{Licht}"


def test_unknown_names_are_told_once_in_order():
    assert unknown_names("{b} {a} {b} {event} {Nein}", {"event"}) == ["b", "a"]
