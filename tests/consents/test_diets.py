"""Usual diets are kept under one word, so that the kitchen's sums are right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventapp.consents.diets import USUAL, diet_in, kept_word, suggestions


@pytest.mark.parametrize(("german", "english"), USUAL)
def test_both_languages_mean_the_same(german, english):
    assert kept_word(german) == kept_word(english) == kept_word(english.upper()) == german
    assert (diet_in("de", german), diet_in("en", german)) == (german, english)


@given(st.text(max_size=40))
def test_what_was_said_is_kept_once_and_for_all(said):
    assert kept_word(kept_word(said)) == kept_word(said)


@given(st.text(max_size=40))
def test_anything_unusual_stays_as_it_was_said(said):
    usual = {word.casefold() for pair in USUAL for word in pair}

    assert said.casefold() in usual or kept_word(said) == said


@pytest.mark.parametrize("locale", ["de", "en"])
def test_each_suggestion_is_known(locale):
    assert all(diet_in(locale, kept_word(one)) == one for one in suggestions(locale))
