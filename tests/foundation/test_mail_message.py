"""A mail as bytes: valid MIME, headers that nobody can inject."""

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.charset import BASE64, QP, Charset
from email.encoders import encode_base64
from email.header import Header, decode_header, make_header
from email.message import EmailMessage, Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.parser import BytesHeaderParser
from email.policy import Compat32
from quopri import decodestring, encodestring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventapp.foundation.mail_message import (
    Draft,
    Part,
    Unsendable,
    _line,
    message_bytes,
    one_address,
)
from eventapp.foundation.text import clean

WRITTEN = datetime(2027, 6, 1, 9, 30, tzinfo=UTC)


def draft(**given: object) -> Draft:
    return Draft(
        **{
            "message_id": "<0123@agentur.example>",
            "written_at": WRITTEN,
            "sender": "eventapp <noreply@agentur.example>",
            "sender_name": "Strukturagentur Südwestfalen",
            "recipient": "gast@werk.example",
            "recipient_name": "Dr. Claudia Nüsperling",
            "reply_to": "post@agentur.example",
            "locale": "de",
            "subject": "Ihre Anmeldung",
            "text": "Guten Tag\n",
            "html": "<p>Guten Tag</p>",
        }
        | given
    )  # type: ignore[arg-type]


def sent(**given: object) -> EmailMessage:
    """What the recipient's program reads from the bytes."""
    return message_from_bytes(message_bytes(draft(**given)), policy=policy.default)


def written(part: EmailMessage) -> str:
    """The text of a part, with the line ends of the wire taken back."""
    return str(part.get_content()).replace("\r\n", "\n").rstrip("\n")


def test_all_headers_of_a_mail():
    message = sent()

    assert {name: str(value) for name, value in message.items() if name != "Content-Type"} == {
        "From": "Strukturagentur Südwestfalen <noreply@agentur.example>",
        "To": '"Dr. Claudia Nüsperling" <gast@werk.example>',
        "Reply-To": "post@agentur.example",
        "Subject": "Ihre Anmeldung",
        "Date": "Tue, 01 Jun 2027 09:30:00 +0000",
        "Message-ID": "<0123@agentur.example>",
        "Content-Language": "de",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "MIME-Version": "1.0",
    }


def test_text_html_and_calendar_are_nested_as_mail_programs_expect():
    calendar = Part("termin.ics", "text/calendar", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")

    message = sent(parts=[calendar])

    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    attached = next(iter(message.iter_attachments()))
    assert attached.get_filename() == "termin.ics"
    assert attached.get_content_charset() == "utf-8"
    assert attached.get_payload(decode=True) == calendar.body


def test_without_html_it_is_plain_text():
    message = sent(html="")

    assert message.get_content_type() == "text/plain"
    assert written(message) == "Guten Tag"


@pytest.mark.parametrize(
    "text",
    [
        "Ä" * 3000,
        "x" * 5000,
        "Wort " * 1000,
        "日本語" * 500,
        "😀" * 700,
        "=\n.\n..\nFrom here\n",
        "\t x ",
    ],
)
def test_every_line_is_short_enough_and_the_text_survives(text):
    """T-78: no line of 998 characters or more, seven bits, whatever the text."""
    raw = message_bytes(draft(text=text, html=f"<p>{text}</p>", subject=text[:900].strip()))

    assert max(len(line) for line in raw.split(b"\r\n")) < 998
    assert all(byte < 128 for byte in raw)
    body = message_from_bytes(raw, policy=policy.default).get_body(("plain",))
    assert body is not None
    assert written(body) == text.rstrip("\n")


@pytest.mark.parametrize(
    "subject",
    [
        "Bestätigung: „Digitale Kompetenzlandschaft Südwestfalen“ am Do., 24.06.2027, 15:30 Uhr",
        "Ä" * 120,
        "Donaudampfschifffahrtsgesellschaftskapitän" * 4,
        'a, b; c: <d> "e"',
        "x" * 300,
        "=?utf-8?q?=3Cb=3E?= x",
    ],
)
def test_subjects_arrive_as_they_were_written(subject):
    """T-78."""
    assert str(sent(subject=subject)["Subject"]) == subject


@pytest.mark.parametrize(
    "name",
    [
        "Nüsperling, Dr. Claudia",
        'Claudia "Cleo" Nüsperling',
        "Müller (Vertrieb); Ä",
        "a@b.example",
        "Plain, Name",
        "O'Neill <x@y.example>",
        "Łukasz Çelik",
        "😀 Gast",
        "=?utf-8?q?=22a=22_=3Cb=40c=2Eexample=3E?=",
    ],
)
def test_names_arrive_and_leave_one_recipient(name):
    """T-30: a display name cannot become a second address."""
    addresses = sent(recipient_name=name)["To"].addresses

    assert [(one.display_name, one.addr_spec) for one in addresses] == [(name, "gast@werk.example")]


@pytest.mark.parametrize(
    "name",
    [
        "Freifrau Übermäßig-Langenfeld-Größenwahnsinnigenstein, Prof. Dr.-Ing. habil. Jördis",
        "x" * 150,
    ],
)
def test_long_names_are_folded_as_the_standard_wants(name):
    raw = message_bytes(draft(recipient_name=name))

    # Python's own reader of addresses forgets that white space between encoded words is none
    folded = BytesHeaderParser(policy=policy.compat32).parsebytes(raw)["To"]
    assert str(make_header(decode_header(folded))) == f"{name} <gast@werk.example>"


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\x00"])
def test_line_breaks_inject_no_header(break_):
    """T-29: in names, subject and file name."""
    nasty = f"Gast{break_}Bcc: alle@werk.example{break_}{break_}<p>Inhalt"
    message = sent(
        subject=nasty,
        recipient_name=nasty,
        sender_name=nasty,
        parts=[Part(nasty + ".ics", "text/calendar", b"x")],
    )

    assert message["Bcc"] is None
    assert [one.addr_spec for one in message["To"].addresses] == ["gast@werk.example"]
    assert [one.addr_spec for one in message["From"].addresses] == ["noreply@agentur.example"]
    assert message.get_content_type() == "multipart/mixed"
    assert "\n" not in str(message["Subject"])
    assert len(list(message.iter_attachments())) == 1


@pytest.mark.parametrize(
    "address",
    [
        "a@b.example,c@d.example",
        "a@b.example c@d.example",
        "a@b.example\nBcc: c@d.example",
        '"a" <b@c.example>',
        "<b@c.example>",
        '"quoted part"@b.example',
        "a@",
        "@b.example",
        "a",
        "",
        "a..b@c.example",
        ".a@c.example",
        "jörg@c.example",
        "a@b@c.example",
        f"{'a' * 320}@b.example",
        "a@" + "b" * 64 + ".example",
        "a@-b.example",
        "a@b..example",
        "a@[127.0.0.1]",
        "a\x00@b.example",
        "a@b.example;c@d.example",
        "a(comment)@b.example",
        "a@b.example>",
    ],
)
def test_anything_but_one_plain_address_is_refused(address):
    """T-30: refused where servers might read it in two ways."""
    assert one_address(address) is None
    with pytest.raises(Unsendable):
        message_bytes(draft(recipient=address))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("gast@werk.example", "gast@werk.example"),
        (" gast@werk.example ", "gast@werk.example"),
        ("vor.nach+tag@werk.example", "vor.nach+tag@werk.example"),
        ("post@büro.example", "post@xn--bro-hoa.example"),
        ("post@straße.example", "post@xn--strae-oqa.example"),  # not strasse.example, another one
        ("o'neill@werk.example", "o'neill@werk.example"),
    ],
)
def test_plain_addresses_are_taken(address, expected):
    assert one_address(address) == expected
    assert sent(recipient=address)["To"].addresses[0].addr_spec == expected


def test_only_known_headers_are_added():
    message = sent(
        headers={
            "List-Unsubscribe": "<https://x.example/u\r\nBcc: y@z.example>",
            "Bcc": "y@z.example",
        }
    )

    assert message["Bcc"] is None
    assert message["List-Unsubscribe"] == "<https://x.example/u Bcc: y@z.example>"


def test_a_mail_without_a_name_shows_the_installations_own():
    assert str(sent(sender_name="")["From"]) == "eventapp <noreply@agentur.example>"


def by_the_library(mail: Draft) -> bytes:
    """The same message as the classes of the library write it, but for the headers of its own."""
    quoted, base64 = Charset("utf-8"), Charset("utf-8")
    quoted.body_encoding, base64.body_encoding = QP, BASE64
    letter: Message = MIMENonMultipart("text", "plain")
    letter.set_payload("", quoted)
    letter.set_payload(encodestring(mail.text.encode()).decode())
    if mail.html:
        html = MIMENonMultipart("text", "html")
        html.set_payload(mail.html, base64)
        letter = together("alternative", [letter, html])
    if mail.parts:
        letter = together("mixed", [letter, *map(attached, mail.parts)])
    return letter.as_bytes(policy=Compat32(linesep="\r\n"))


def together(kind: str, parts: list[Message]) -> Message:
    whole = MIMEMultipart(kind, boundary=f"=_{len(kind):024}")
    for part in parts:
        whole.attach(part)
    return whole


def attached(part: Part) -> Message:
    main, _, sub = part.content_type.partition("/")
    file = MIMEBase(main, sub)
    if main == "text":
        file.set_param("charset", "utf-8")
    file.set_payload(part.body)
    encode_base64(file)
    name = clean(part.filename)
    named = name if name.isascii() else ("utf-8", "", name)
    file.add_header("Content-Disposition", "attachment", filename=named)
    return file


def without_own_headers(message: bytes) -> bytes:
    """The message without what says who writes what to whom, and with the same boundaries."""
    head, _, body = message.partition(b"\r\n\r\n")
    kept = [
        line
        for line in re.split(rb"\r\n(?! )", head)
        if line.lower().startswith((b"content-type", b"mime-", b"content-transfer"))
    ]
    whole = b"\r\n".join(kept) + b"\r\n\r\n" + body
    names = dict.fromkeys(re.findall(rb'boundary="(=_[0-9a-f]{24})"', whole))
    for number, name in enumerate(names):
        whole = whole.replace(name, b"=_%024d" % number)
    return whole


words = st.text(max_size=60) | st.text(alphabet='abc äö=.\n"\\@F', max_size=300)


@given(
    text=words,
    html=words,
    name=words,
    body=st.binary(max_size=300),
    kind=st.sampled_from(["text/calendar", "application/pdf"]),
    count=st.integers(0, 2),
)
def test_the_bytes_are_those_that_the_library_writes(text, html, name, body, kind, count):
    mail = draft(
        text=clean(text, multiline=True) + "\n",
        html=clean(html, multiline=True),
        parts=[Part(name, kind, body)] * count,
    )

    assert without_own_headers(message_bytes(mail)) == without_own_headers(by_the_library(mail))


@given(text=words | st.text(alphabet="\r\n \tä=.x", max_size=400))
def test_the_text_is_read_as_it_was_written(text):
    """Whatever its line ends, with or without the last."""
    body = message_bytes(draft(text=text, html="")).partition(b"\r\n\r\n")[2]

    assert decodestring(body).decode() == re.sub("\r\n|\r|\n", "\r\n", text)
    assert all(len(line) <= 76 and not line.endswith((b" ", b"\t")) for line in body.split(b"\r\n"))
    assert not set(body.replace(b"\r\n", b"")) & set(b"\r\n")


@given(name=st.text(max_size=80) | st.text(alphabet='aä =?_,."😀', max_size=80))
def test_names_are_written_as_the_library_writes_them(name):
    name = clean(name)
    whole = message_bytes(draft(recipient_name=name, html="")).replace(b"\r\n ", b"\n ")
    written = next(line for line in whole.split(b"\r\n") if line.startswith(b"To: "))

    if not name.isascii():
        expected = f"To: {Header(name, 'utf-8', header_name='To').encode()} <gast@werk.example>"
        assert written.split() == expected.encode().split()


@given(name=st.text(alphabet='aä =?_,;."😀', max_size=60), local=st.text("ab.", max_size=60))
def test_long_headers_are_folded_as_the_library_folds_them(name, local):
    address = f"a{local.replace('.', '.a')}@werk.example"
    word = Header(clean(name) or "a", "utf-8").encode()

    folded = _line("To", f"{word} <{address}>")

    assert folded == Compat32(linesep="\r\n").fold_binary("To", f"{word} <{address}>")
