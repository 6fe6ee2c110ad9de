"""What may become a link of what somebody typed (T-22)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventapp.foundation.hrefs import mailto, web_address

NO_PAGES = [
    "", "javascript:alert(1)", "JaVaScRiPt://www.example.org/%0aalert(1)", "data:text/html,x",
    "vbscript:x", "file:///etc/passwd", "//www.example.org", "/organise", "www.example.org",
    "https://", "https://user:pass@www.example.org", "https://www.example.org@evil.example",
    "https://www.example.org\\@evil.example", "https://www.exa mple.org", "https://x.example/\nx",
    "https://x.example/\"onclick=1", "https://x.example/<x>", "http://[::1", "\x01https://x.example",
    "https://x.example:port/", "mailto:ada@x.example", "tel:+49", "ftp://x.example",
]  # fmt: skip
NO_MAILBOXES = [
    "", "ada", "ada@", "@x.example", "ada@x.example?bcc=all@x.example", "ada@x.example&body=x",
    "ada@x.example,bob@x.example", "ada@x.example\nBcc: bob@x.example",
    "javascript:alert(1)@x.example", "ada@bob@x.example", "<ada@x.example>", "ada @x.example",
    'a"b@x.example', "ada@x.example%0d",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_PAGES)
def test_t22_what_leads_elsewhere_than_to_a_page_is_no_link(text):
    assert web_address(text) == ""


@pytest.mark.parametrize(
    "text",
    ["https://www.example.org", "http://münster.example/a?b=c&d=%20#e", "https://x.example:8443/"],
)
def test_addresses_of_pages_stay_as_they_are(text):
    assert web_address(text) == text


@pytest.mark.parametrize("text", NO_MAILBOXES)
def test_t22_a_mailbox_brings_no_headers(text):
    assert mailto(text) == ""


@pytest.mark.parametrize(
    ("email", "link"),
    [
        ("ada@x.example", "mailto:ada@x.example"),
        ("ada+fi@x-y.example", "mailto:ada+fi@x-y.example"),
        ("a?bcc=b&c#%0d@x.example", "mailto:a%3Fbcc=b%26c%23%250d@x.example"),
    ],
)
def test_a_mailbox_becomes_a_link_in_which_nothing_is_a_header(email, link):
    assert mailto(email) == link


@given(st.text(max_size=40) | st.sampled_from(NO_PAGES + NO_MAILBOXES).flatmap(
    lambda start: st.text(max_size=10).map(lambda end: start + end)))  # fmt: skip
def test_t22_whatever_is_typed_leads_to_pages_and_mailboxes_alone(text):
    page, mailbox = web_address(text), mailto(text)

    assert page == "" or (page == text and page.startswith(("http://", "https://")))
    assert mailbox == "" or (
        mailbox.startswith("mailto:") and not set("?&#\r\n\"'<> ") & set(mailbox)
    )
