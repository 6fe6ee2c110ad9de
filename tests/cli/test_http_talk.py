"""HTTP as our web server reads and writes it: no request can be read in two ways."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventapp.cli.http_talk import Refusal, Reply, Stage, Talk

LIMIT = 1000
FORM = b"POST /e/x/register?y=1 HTTP/1.1\r\nHost: a\r\nContent-Length: 7\r\n\r\na=1&b=2"
PAGE = b"GET /%C3%A4%2Fb HTTP/1.1\r\nHost: a\r\nCookie: a=1\r\nCookie: b=2\r\n\r\n"


talks: list[Talk] = []


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """Every talk comes to its end."""
    yield
    while talks:
        talks.pop().close()


def heard(*pieces: bytes) -> Talk:
    talk = Talk(LIMIT)
    talks.append(talk)
    for piece in pieces:
        talk.receive(piece)
    return talk


def environ(data: bytes) -> dict:
    [asked] = heard(data).asked
    return asked.environ({})


def head(*fields: str, method: str = "GET", target: str = "/") -> bytes:
    lines = [f"{method} {target} HTTP/1.1", "Host: a", *fields, "", ""]
    return "\r\n".join(lines).encode("latin-1")


@given(st.lists(st.integers(0, len(FORM + PAGE)), max_size=12))
def test_requests_are_the_same_in_whatever_pieces_they_arrive(cuts):
    data, places = FORM + PAGE, sorted({0, len(FORM + PAGE), *cuts})

    form, page = heard(*(data[a:b] for a, b in pairwise(places))).asked

    assert (form.method, form.target, form.body.read()) == (
        "POST",
        b"/e/x/register?y=1",
        b"a=1&b=2",
    )
    assert (page.method, page.target, page.body.read()) == ("GET", b"/%C3%A4%2Fb", b"")


def test_the_application_gets_what_wsgi_promises():
    values = environ(PAGE)

    assert values["PATH_INFO"].encode("latin-1").decode() == "/ä/b"
    assert values["QUERY_STRING"] == ""
    assert values["HTTP_COOKIE"] == "a=1; b=2"
    assert values["SERVER_PROTOCOL"] == "HTTP/1.1"
    assert "CONTENT_LENGTH" not in values


def test_t25_a_whole_address_in_the_first_line_changes_the_path_and_not_the_host():
    values = environ(head(target="http://evil.example/organise?x=1"))

    assert (values["PATH_INFO"], values["HTTP_HOST"]) == ("/organise", "a")


def test_t70_a_field_with_an_underscore_cannot_pass_for_one_with_a_hyphen():
    values = environ(head("X-Forwarded-For: 1.1.1.1", "X_Forwarded_For: 9.9.9.9",
                          "Content_Length: 5", "X-Forwarded-For: 2.2.2.2"))  # fmt: skip

    assert values["HTTP_X_FORWARDED_FOR"] == "1.1.1.1,2.2.2.2"
    assert "CONTENT_LENGTH" not in values


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"\x16\x03\x01\r\n\r\n", "400"),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "400"),
        (b"GET / HTTP/1.1\r\n\r\n", "400"),
        (head("Host: b"), "400"),
        (head("X: a\x00b"), "400"),
        (head("X: a", " folded"), "400"),
        (head("X : a"), "400"),
        (head("Content-Length: 3", "Content-Length: 5", method="POST"), "400"),
        (head("Content-Length: 3", "Transfer-Encoding: chunked", method="POST"), "400"),
        (head("Content-Length: -1", method="POST"), "400"),
        (head("Transfer-Encoding: gzip, chunked", method="POST"), "501"),
        (head("Transfer-Encoding: chunked", method="POST") + b"zz\r\n", "400"),
        (b"GET / HTTP/1.1\nHost: a\n\n", "400"),
        (head(target="/" + "a" * 5000), "414"),
        (head("X: " + "a" * 9000), "431"),
        (head(*(f"X{number}: a" for number in range(200))), "431"),
    ],
)
def test_t62_what_is_too_much_or_reads_in_two_ways_is_refused(data, status):
    with pytest.raises(Refusal) as refusal:
        heard(data)

    assert refusal.value.status.startswith(status)


def drip(talk: Talk, piece: bytes) -> None:
    for _ in range(100):
        talk.receive(piece)


def test_t62_a_head_without_an_end_is_refused_before_it_fills_the_memory():
    talk = heard(b"GET / HTTP/1.1\r\nHost: a\r\nX: ")

    with pytest.raises(Refusal, match="431"):
        drip(talk, b"a" * 1000)


def test_a_body_in_chunks_arrives_whole_and_its_trailers_do_not():
    values = environ(
        head("Transfer-Encoding: chunked", method="POST")
        + b"3\r\na=1\r\n4;x=y\r\n&b=2\r\n0\r\nX-Forwarded-For: 9.9.9.9\r\n\r\n"
    )

    assert values["wsgi.input"].read() == b"a=1&b=2"
    assert values["CONTENT_LENGTH"] == "7"
    assert "HTTP_TRANSFER_ENCODING" not in values
    assert "HTTP_X_FORWARDED_FOR" not in values


@pytest.mark.parametrize(
    "body",
    [
        head("Content-Length: 5000", method="POST"),
        head("Transfer-Encoding: chunked", method="POST") + b"1388\r\n" + b"a" * 5000 + b"\r\n",
    ],
)
def test_t62_of_a_body_that_is_too_long_the_application_learns_the_length_and_nothing_follows(body):
    talk = heard(body, b"a" * 5000, PAGE)

    [asked] = talk.asked
    assert int(asked.environ({})["CONTENT_LENGTH"]) == 5000
    assert talk.ended
    assert not asked.keeps


def test_a_wish_for_another_protocol_is_answered_in_this_one():
    talk = heard(head("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c"), PAGE)

    [asked] = talk.asked
    assert not asked.keeps


def test_who_waits_to_be_told_to_go_on_is_told_once_the_head_is_fine():
    talk = heard(head("Content-Length: 3", "Expect: 100-continue", method="POST"))

    assert talk.continues
    assert talk.stage is Stage.BODY
    talk.receive(b"abc")
    assert not talk.continues


def written(data: bytes, status: str, headers: list, parts: list[bytes]) -> tuple[bytes, Reply]:
    [asked] = heard(data).asked
    reply = Reply(asked, may_keep=True)
    reply.start(status, headers)
    return b"".join(reply.pieces(parts)), reply


def test_an_answer_of_known_length_goes_out_in_one_piece():
    answer, reply = written(PAGE, "200 OK", [("Content-Length", "3")], [b"", b"abc"])

    first, body = answer.split(b"\r\n\r\n")
    assert first.startswith(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nDate: ")
    assert first.endswith(b"\r\nConnection: keep-alive")
    assert body == b"abc"
    assert reply.keeps


def test_an_answer_of_unknown_length_goes_out_in_chunks_or_until_the_end():
    chunked, _ = written(PAGE, "200 OK", [], [b"abc", b"de"])
    old, reply = written(b"GET / HTTP/1.0\r\n\r\n", "200 OK", [], [b"abc", b"de"])

    assert chunked.endswith(b"\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
    assert old.endswith(b"close\r\n\r\nabcde")
    assert not reply.keeps


def test_a_head_alone_or_a_304_has_no_body():
    alone, _ = written(head(method="HEAD"), "200 OK", [("Content-Length", "3")], [b"abc"])
    same, _ = written(PAGE, "304 NOT MODIFIED", [("ETag", '"x"')], [])

    assert alone.endswith(b"\r\n\r\n")
    assert same.endswith(b"\r\n\r\n")
    assert b"chunked" not in alone + same


def test_an_answer_shorter_or_longer_than_told_does_not_become_the_next_answer():
    _short, reply = written(PAGE, "200 OK", [("Content-Length", "9")], [b"abc"])
    long, kept = written(PAGE, "200 OK", [("Content-Length", "2")], [b"abc"])

    assert not reply.keeps
    assert long.endswith(b"\r\n\r\nab")
    assert kept.keeps


def test_a_line_break_in_a_header_of_the_answer_is_never_sent():
    with pytest.raises(ValueError, match="line break"):
        written(PAGE, "200 OK", [("X", "a\r\nSet-Cookie: b")], [])
