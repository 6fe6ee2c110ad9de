"""Codes of ids are put together from what the library says each bit changes."""

import string

from hypothesis import given
from hypothesis import strategies as st

from eventapp.foundation.qr import qr_code, qr_code_of_id
from eventapp.foundation.tokens import new_public_id

URL_SAFE = string.ascii_letters + string.digits + "-_"


@given(st.text(alphabet=URL_SAFE, min_size=16, max_size=16))
def test_the_code_of_an_id_is_the_one_that_the_library_draws(text):
    assert qr_code_of_id(text) == qr_code(text)


def test_ids_of_any_length_have_the_library_s_code():
    for text in ("a", "ABC123", "a much longer line of text, with signs: ~!?"):
        assert qr_code_of_id(text) == qr_code(text)


def test_two_ids_have_two_codes():
    assert qr_code_of_id(new_public_id()) != qr_code_of_id(new_public_id())


def test_strokes_cover_exactly_the_dark_dots():
    import segno

    code, dark = qr_code("an id"), set()
    for stroke in code.path.split("M")[1:]:
        begin, rest = stroke.split(" ")
        row, length = rest.split(".5h")
        dark |= {(int(row), int(begin) + step) for step in range(int(length))}
    rows = segno.make_qr("an id", error="m", mask=2).matrix

    assert dark == {(y, x) for y, row in enumerate(rows) for x, dot in enumerate(row) if dot}
