"""What stands in the mails."""

from datetime import timedelta

from factories import (
    make_contact,
    make_event,
    make_host,
    make_invitation,
    make_registration,
    make_session,
    make_venue,
)
from hypothesis import given
from hypothesis import strategies as st
from notices.support import PRACTICAL, REMINDER, mails, reviewed, when_due, work

from eventapp.contacts.states import FormOfAddress
from eventapp.foundation import clock
from eventapp.notices.default_words import first_words
from eventapp.notices.letters import paragraphs, without_empty_lines
from eventapp.notices.states import NoticeKind
from eventapp.notices.wording import fault_of_words
from eventapp.registrations.states import RegistrationKind


def written(event, key):
    reviewed(event, key)
    with clock.held(when_due(event, key)):
        work()
    return mails()


def test_a_reminder_speaks_the_language_and_the_salutation_of_the_contact(app):
    event = make_event()
    make_invitation(
        event,
        make_contact(
            event.host, last_name="Öhm", salutation_override="Liebe Frau Öhm", locale="de"
        ),
    )
    make_invitation(event, make_contact(event.host, last_name="Smith", locale="en"))

    german, english = written(event, REMINDER)

    assert german.text.startswith("Liebe Frau Öhm,\n\nwir haben Sie")
    assert german.subject == "Bitte antworten Sie: Fachimpuls „Licht“"
    assert english.subject == "Please answer: Fachimpuls “Light”"
    assert "Please answer by" in english.text
    assert "/i/" in german.text
    assert german.bulk


def test_the_deadline_of_the_own_invitation_is_named(app):
    event = make_event()
    later = event.reply_by_on + timedelta(days=2)
    make_invitation(event, reply_by_on=later)
    make_invitation(event, reply_by_on=None)

    own, usual = written(event, REMINDER)

    assert f"{later:%d.%m.%Y}" in own.text
    assert f"{event.reply_by_on:%d.%m.%Y}" in usual.text


def test_without_a_deadline_no_sentence_speaks_of_one(app):
    event = make_event(reply_by_on=None)
    make_invitation(event, reply_by_on=None)

    [mail] = written(event, REMINDER)

    assert "Bitte antworten Sie bis" not in mail.text


def test_practical_information_holds_what_is_known_and_nothing_else(app):
    host = make_host()
    venue = make_venue(host, transit_de="Bahnhof, 9 Minuten")
    event = make_event(host, venue=venue, photo_notice_de="Es wird fotografiert.")
    make_session(event, title_de="Fabrik ohne Inseln")
    guest = make_registration(event)
    make_registration(
        event, main_id=guest.id, kind=RegistrationKind.COMPANION, first_name="Ida", last_name="Ohm"
    )

    [mail] = written(event, PRACTICAL)

    assert "Bus und Bahn: Bahnhof, 9 Minuten" in mail.text
    assert "Parken" not in mail.text
    assert "Zugang" not in mail.text
    assert "Fabrik ohne Inseln" in mail.text
    assert "Mit Ihnen kommen: Ida Ohm." in mail.text
    assert "Es wird fotografiert." in mail.text
    assert "/r/" in mail.text
    assert "QR-Code" in mail.text
    assert "Lichtforum, Am Leuchtenwerk 1" in mail.text
    assert "Fabrik ohne Inseln" in mail.html


def test_a_guest_reads_the_language_of_the_answer(app):
    event = make_event()
    contact = make_contact(event.host, locale="de")
    make_registration(event, locale="en", contact_id=contact.id, form_of_address=FormOfAddress.NONE)

    [mail] = written(event, PRACTICAL)

    assert mail.text.startswith("Dear Claudia")


def test_organisers_text_is_no_template_and_values_are_filled_in_once(app):
    """T-28."""
    event = make_event(title_de="{link} {{7*7}} %(x)s")
    make_invitation(event)

    [mail] = written(event, REMINDER)

    assert "{link} {{7*7}} %(x)s" in mail.text
    assert mail.subject == "Bitte antworten Sie: {link} {{7*7}} %(x)s"


def test_the_words_with_which_notices_begin_have_no_fault():
    for kind in NoticeKind:
        words = first_words(kind, signed_by="Die Agentur")

        assert fault_of_words(kind, words, deadline="2027-06-10") is None
        assert fault_of_words(kind, words, deadline=None) is None


def test_a_line_with_the_link_stays_whatever_is_missing_beside_it():
    assert without_empty_lines("{a} {link}\nP: {a}\nQ", {"a": ""}) == "{a} {link}\nQ"


@given(st.text(), st.text())
def test_any_text_becomes_paragraphs_and_loses_no_word(body, value):
    lines = ["".join(line) for block in paragraphs(body, {"event": value}) for line in block.lines]

    if "{" not in body:
        assert "".join("".join(lines).split()) == "".join(body.split())


def test_a_value_of_several_lines_becomes_several_lines():
    [block] = paragraphs("{programme}\n{link}", {"programme": "Programm\n15:30 Beginn"})

    assert block.lines == (("Programm",), ("15:30 Beginn",), ("", ""))
