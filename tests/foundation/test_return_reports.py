"""What returned mails say, in whatever form they come."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from returned_mails import OURS, QMAIL, REPLY, report

from eventapp.foundation.return_reports import (
    Finality,
    is_about_address,
    is_for_good,
    read_report,
    reason_in_words,
)

EVA = "eva@werk.example"


def test_a_report_names_the_mail_the_recipient_and_the_reason():
    found = read_report(report(EVA))

    assert found.message_ids == (OURS,)
    assert found.recipients == {EVA}
    assert (found.finality, found.code) == (Finality.PERMANENT, "5.1.1")
    assert found.reason == "5.1.1 550 5.1.1 User unknown"


@pytest.mark.parametrize(
    ("action", "status", "finality"),
    [
        ("failed", "5.2.2", Finality.PERMANENT),
        ("Failed", "5.0.0 (permanent)", Finality.PERMANENT),
        ("failed", "4.4.7", Finality.GIVEN_UP),
        ("delayed", "4.4.1", Finality.TEMPORARY),
        ("delivered", "2.0.0", Finality.NONE),
        ("relayed", "2.0.0", Finality.NONE),
        ("expanded", "2.0.0", Finality.NONE),
    ],
)
def test_only_a_failure_is_one(action, status, finality):
    found = read_report(report(EVA, action=action, status=status, diagnostic="x"))

    assert found.finality is finality


@pytest.mark.parametrize(
    ("said", "finality", "code"),
    [
        ("550 5.1.1 no such user", Finality.PERMANENT, "5.1.1"),
        ("550 no such user", Finality.PERMANENT, "5.0.0"),
        ("451 try later", Finality.TEMPORARY, "4.0.0"),
        ("mailbox sleeps", Finality.NONE, ""),
    ],
)
def test_an_old_report_is_read_by_its_codes_above_the_returned_mail(said, finality, code):
    found = read_report(QMAIL.format(recipient=EVA, said=said, message_id=OURS).encode())

    assert (found.finality, found.code) == (finality, code)
    assert EVA in found.recipients
    assert found.message_ids == (OURS,)


def test_an_answer_of_a_person_is_no_report_whatever_numbers_stand_in_it():
    found = read_report(REPLY.format(message_id=OURS).encode())

    assert found.finality is Finality.NONE


def test_the_seal_in_the_address_is_found_in_any_case():
    sent_to = "bounces+17-0123456789ABCDEF@agentur.example"

    assert read_report(report(EVA, to=sent_to)).envelopes == ((17, "0123456789abcdef"),)


def test_of_several_recipients_the_one_who_was_not_reached_counts():
    text = report(EVA).decode()
    other = "\n\nFinal-Recipient: rfc822; jan@werk.example\nAction: delivered\nStatus: 2.0.0\n"
    text = text.replace("X-Postfix-Queue-ID: 4C1D2E3F\n", f"X-Postfix-Queue-ID: 4C1D2E3F{other}")

    assert read_report(text.encode()).recipients == {EVA}


@given(st.binary(max_size=2000))
def test_any_bytes_are_read_and_break_nothing(content):
    assert read_report(content).message_ids == ()


@given(st.data())
def test_a_report_that_is_cut_or_mangled_breaks_nothing(data):
    whole = report(EVA)
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    noise = data.draw(st.binary(max_size=20))

    read_report(whole[:start] + noise + whole[end:])


def test_nested_without_end_is_read_in_no_time():
    nest = "Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 3000

    assert read_report(nest.encode()).finality is Finality.NONE


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("5.1.1 550 5.1.1 User unknown", "This address does not exist"),
        ("550 5.2.2 mailbox full", "The mailbox is full"),
        ("5.2.1", "The mailbox is closed"),
        ("550 5.7.1 spam", "The recipient’s mail server refuses mail from us"),
        ("4.4.7 expired", "The recipient’s mail server could not be reached for days"),
        ("550 no", "The mail could not be delivered"),
        ("", "The mail could not be delivered"),
    ],
)
def test_the_reason_is_said_in_words(text, words):
    assert reason_in_words(text).in_english() == words


@pytest.mark.parametrize(
    ("text", "for_good", "about_address"),
    [
        ("550 5.1.1 no such user", True, True),
        ("550 no such user", True, True),
        ("550 relay not permitted", True, False),
        ("554 5.7.1 relaying denied", True, False),
        ("552 4.2.2 full", False, True),
        ("no answer", False, True),
    ],
)
def test_whose_fault_it_is(text, for_good, about_address):
    assert (is_for_good(text), is_about_address(text)) == (for_good, about_address)
