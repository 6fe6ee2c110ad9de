import pytest

from eventapp.calendars.colour_names import NAMES, nearest_name


@pytest.mark.parametrize(("colour", "name"), [
    ("#1c3fb4", "darkslateblue"), ("oklch(45% 0.21 264)", "mediumblue"), ("#017b7c", "teal"),
    ("#B01F1F", "firebrick"),
])  # fmt: skip
def test_a_hosts_colour_becomes_the_name_that_looks_most_like_it(colour, name):
    assert nearest_name(colour) == name


@pytest.mark.parametrize("name", NAMES)
def test_a_named_colour_is_its_own_nearest(name):
    assert nearest_name(NAMES[name]) == name


def test_what_is_no_colour_has_no_name():
    assert nearest_name("bunt") == ""
