"""The words to which people consent are never changed, only followed by new ones."""

from hashlib import sha256

import pytest

from eventapp.consents.states import ConsentKind
from eventapp.consents.wordings import WORDINGS, current_version, current_words, words_of

SHOWN = {
    (ConsentKind.PHOTO, "1"): "41f096e73f477e39",
    (ConsentKind.ATTENDEE_LIST, "1"): "8dc57d3c4fdc522a",
    (ConsentKind.NEXT_INVITATION, "1"): "8e861e4fac1c3b2e",
    (ConsentKind.NEEDS, "1"): "5b6ab2c88da1d2b5",
}
"""What was shown to people. A changed word fails here: add a version to `WORDINGS` instead."""


def fingerprint(wording):
    return sha256(f"{wording.de}\n{wording.en}".encode()).hexdigest()[:16]


def test_no_word_of_any_version_has_changed():
    now = {(kind, one.version): fingerprint(one) for kind, many in WORDINGS.items() for one in many}

    assert now == SHOWN


@pytest.mark.parametrize("kind", ConsentKind)
def test_each_consent_has_words_in_both_languages_and_no_version_twice(kind):
    versions = [one.version for one in WORDINGS[kind]]

    assert len(set(versions)) == len(versions) >= 1
    assert all(one.de and one.en and one.de != one.en for one in WORDINGS[kind])


@pytest.mark.parametrize("kind", ConsentKind)
@pytest.mark.parametrize("locale", ["de", "en"])
def test_what_somebody_agreed_to_can_be_shown_in_the_language_they_read(kind, locale):
    version = current_version(kind, locale)

    assert words_of(kind, version, otherwise="de") == current_words(kind, locale)
    assert words_of(kind, version, otherwise="en") == current_words(kind, locale)


def test_a_version_without_a_language_is_shown_in_that_of_the_reader():
    assert words_of(ConsentKind.PHOTO, "1", otherwise="en") == current_words(
        ConsentKind.PHOTO, "en"
    )


def test_words_that_were_never_shown_are_not_invented():
    assert words_of(ConsentKind.PHOTO, "99-de", otherwise="de") == ""
