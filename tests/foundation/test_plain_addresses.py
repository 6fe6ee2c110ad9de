"""What is taken for an address without asking the library is one for the library as well."""

import pytest
from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st

from eventapp.foundation.by_the_book import _PLAIN, RESERVED, is_plain

SIGNS = st.text(alphabet="abzABZ019._+-@ä ", max_size=70)
LOOKALIKES = st.builds("{}@{}.{}".format, SIGNS, SIGNS, st.sampled_from(["de", "example", "local"]))


def is_address(text: str) -> bool:
    try:
        validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return False
    return True


@given(st.one_of(LOOKALIKES, st.from_regex(_PLAIN, fullmatch=True)))
def test_what_is_plain_is_an_address_by_all_rules(text):
    assert not is_plain(text) or is_address(text)


@pytest.mark.parametrize(
    "address", ["a@werk.example", "Eva.Muster@kreis-olpe.de", "e+liste@post.uni-siegen.de"]
)
def test_addresses_as_people_have_them_are_plain(address):
    assert is_plain(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "a@b",
        "a..b@werk.example",
        "a@-werk.example",
        "a@werk.local",
        "ä@werk.example",
        "a@b.de ",
    ],
)
def test_everything_else_is_left_to_the_library(address):
    assert not is_plain(address)


def test_endings_that_the_library_refuses_are_left_to_it():
    assert set(SPECIAL_USE_DOMAIN_NAMES) <= RESERVED
