"""Which passwords are accepted, and what is kept of them."""

import pytest

from eventapp.accounts import passwords
from eventapp.foundation.errors import Invalid


@pytest.mark.parametrize(
    "password",
    [
        "passwort1234",
        "Passwort2027!",
        "1234567890",
        "qwertzuiop",
        "P@ssw0rd123",
        "aaaaaaaaaa",
        "passwortpasswort",
        "willkommen1",
        "Sommer2027!",
        "12341234123",
        "0987654321",
        "abcabcabcabc",
    ],
)
def test_what_everybody_tries_first_is_refused(password):
    with pytest.raises(Invalid, match="tried first"):
        passwords.expect_strong(password)


@pytest.mark.parametrize(
    "password",
    [
        "ein Apfel und drei Stühle",
        "kxvt-9482-plmo",
        "Regenschirmkind",
        "ąčęėįšųūžąč",
        "🌧🌈☀🌻🐝🍯🐻🏔🚲🎈",
        "a" * 32 + "bcdefgh" + "x" * 25,
        "correct horse battery staple",
    ],
)
def test_whatever_is_long_and_odd_enough_is_accepted(password):
    passwords.expect_strong(password)


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("kurz", "at least 10"),
        ("x" * 257, "At most 256"),
    ],
)
def test_length_is_refused_in_words_beside_the_field(password, words):
    with pytest.raises(Invalid, match=words) as refused:
        passwords.expect_strong(password, field="new")

    assert refused.value.field == "new"


def test_what_others_know_about_the_person_is_no_password():
    with pytest.raises(Invalid):
        passwords.expect_strong(
            "sonja.agentur-27", known=("sonja@agentur.example", "Sonja Vaßholz")
        )


def test_a_hash_matches_its_password_only():
    stored = passwords.hashed("ein Apfel und drei Stühle")

    assert stored.startswith("$argon2id$")
    assert passwords.matches(stored, "ein Apfel und drei Stühle")
    assert not passwords.matches(stored, "ein Apfel und drei Stuehle")


@pytest.mark.parametrize("stored", ["", "kein Hash", "$argon2id$kaputt"])
def test_an_account_without_a_password_matches_nothing(stored):
    assert not passwords.matches(stored, "")
    assert not passwords.matches(stored, "nobody signs in with this")
