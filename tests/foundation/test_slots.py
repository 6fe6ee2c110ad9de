"""Pages with slots: filled for each visitor, escaped, and never handed out with a hole."""

import pytest

from eventapp.foundation.slots import SlottedPage, slot


def test_each_slot_is_filled_with_the_words_of_its_name():
    page = SlottedPage(f"<p>{slot('name')} {slot('day')}</p><b>{slot('name')}</b>")

    assert page.filled({"name": lambda: "Anna", "day": lambda: "heute"}) == (
        "<p>Anna heute</p><b>Anna</b>"
    )
    assert page.filled({"name": lambda: "Udo", "day": lambda: "morgen"}).count("Udo") == 2


def test_words_are_escaped_and_a_slot_in_them_stays_words():
    page = SlottedPage(f'<input value="{slot("name")}">')

    assert page.filled({"name": lambda: '"><b>'}) == '<input value="&#34;&gt;&lt;b&gt;">'
    assert page.filled({"name": lambda: slot("name")}) == f'<input value="{slot("name")}">'


def test_what_a_page_has_no_slot_for_is_not_asked():
    def nobody_asks():
        raise AssertionError

    assert SlottedPage("<p>so</p>").filled({"name": nobody_asks}) == "<p>so</p>"


def test_a_page_with_a_hole_goes_to_nobody():
    with pytest.raises(KeyError):
        SlottedPage(slot("name")).filled({})


def test_text_that_looks_like_a_slot_is_text():
    text = f"slot-name-{'0' * 32} slot-name"

    assert SlottedPage(text).filled({}) == text
