"""T-09: links cannot be guessed, changed, shortened or used for something else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventapp.foundation import tokens
from eventapp.foundation.tokens import LinkKind, new_public_id, public_id_of, sign, verify

KEY, NEXT_KEY = "k" * 40, "n" * 40
I, R = LinkKind.INVITATION, LinkKind.REGISTRATION  # noqa: E741 - the letters stand in the paths


@pytest.fixture(autouse=True)
def keys() -> object:
    before = list(tokens._keys), list(tokens._seal_keys)
    tokens.configure([KEY])
    yield
    tokens._keys[:], tokens._seal_keys[:] = before


def test_a_token_names_its_row_and_carries_128_bits():
    token = sign(I, "AbCd-_123456", 1)

    assert re.fullmatch(r"AbCd-_123456\.[\w-]{22}", token)
    assert public_id_of(token) == "AbCd-_123456"
    assert verify(token, I, 1)


def test_public_ids_are_long_random_and_fit_into_an_address():
    ids = {new_public_id() for _ in range(1000)}

    assert len(ids) == 1000
    assert all(re.fullmatch(r"[\w-]{16}", one) for one in ids)


def test_a_token_opens_only_its_own_kind_row_and_generation():
    token = sign(I, "row-1", 1)

    assert not verify(token, R, 1)
    assert not verify(token, I, 2)
    assert not verify(token.replace("row-1", "row-2"), I, 1)


@pytest.mark.parametrize(
    "change",
    [
        str.swapcase,
        str.upper,
        lambda t: t[:-1],
        lambda t: t + "A",
        lambda t: t[1:],
        lambda t: "",
        lambda t: t.replace(".", ""),
        lambda t: t + ".",
        lambda t: "." + t,
        lambda t: t + "\n",
        lambda t: t.replace(".", ".."),
        lambda t: t + "=",
        lambda t: t[:-1] + "é",
        lambda t: "\ud800" + t,
        lambda t: t * 1000,
    ],
)
def test_a_changed_token_opens_nothing(change):
    assert not verify(change(sign(I, "row-1", 1)), I, 1)


@given(st.text())
def test_no_text_breaks_the_check(text):
    tokens.configure([KEY])

    assert verify(text, I, 1) is False


def test_every_single_other_letter_in_the_signature_is_noticed():
    token = sign(I, "row-1", 1)
    start = token.index(".") + 1
    changed = [
        token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
        for at in range(start, len(token))
    ]

    assert not any(verify(one, I, 1) for one in changed)


def test_old_keys_still_open_links_but_sign_none():
    old = sign(I, "row-1", 1)
    tokens.configure([NEXT_KEY, KEY])

    assert verify(old, I, 1)
    assert sign(I, "row-1", 1) != old
    tokens.configure([NEXT_KEY])
    assert not verify(old, I, 1)


def test_without_keys_nothing_opens():
    token = sign(I, "row-1", 1)
    tokens.configure([])

    assert not verify(token, I, 1)


def test_every_comparison_takes_constant_time(monkeypatch):
    compared = []
    monkeypatch.setattr(
        tokens.hmac, "compare_digest", lambda a, b: compared.append((len(a), len(b))) or False
    )
    tokens.configure([KEY, NEXT_KEY])

    verify(sign(I, "row-1", 1), I, 1)

    assert compared == [(22, 22), (22, 22)]
