from flask import Flask

from eventapp.foundation.mail_links import fill_links, link_placeholder, mask_links
from eventapp.foundation.tokens import LinkKind, public_id_of, sign, verify

BASE = "https://events.example"


def test_a_placeholder_becomes_the_working_link(app: Flask):
    text = f"Antwort: {link_placeholder(LinkKind.INVITATION, 'a-b_c', 3)}."

    filled = fill_links(text, BASE)

    assert filled == f"Antwort: {BASE}/i/{sign(LinkKind.INVITATION, 'a-b_c', 3)}."


def test_what_follows_the_placeholder_follows_the_link(app: Flask):
    filled = fill_links(link_placeholder(LinkKind.INVITATION, "abc", 1) + ".ics", BASE)

    assert filled == f"{BASE}/i/{sign(LinkKind.INVITATION, 'abc', 1)}.ics"


def test_a_placeholder_is_no_token(app: Flask):
    placeholder = link_placeholder(LinkKind.INVITATION, "abc", 1)

    candidates = {placeholder.rpartition("/")[2], ".".join(placeholder.rsplit(".")[-2:])}

    assert not any(verify(one, LinkKind.INVITATION, 1) for one in candidates)
    assert public_id_of(sign(LinkKind.INVITATION, "abc", 1)) == "abc"


def test_who_writes_a_placeholder_into_a_text_gets_no_link(app: Flask):
    """T-28: the values of a mail are never taken for its template."""
    forged = "https://link.invalid/r/abc.1"

    assert fill_links(forged, BASE) == forged
    assert fill_links(f"{forged}.{'0' * 16}", BASE) == f"{forged}.{'0' * 16}"


def test_masked_links_hide_row_and_secret(app: Flask):
    text = link_placeholder(LinkKind.REGISTRATION, "abc", 1) + " Gruß"

    assert mask_links(text, BASE) == f"{BASE}/r/… Gruß"
