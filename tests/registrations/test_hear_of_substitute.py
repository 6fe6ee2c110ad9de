"""Whoever named a substitute reads and hears how things stand, and has a way back after a no."""

import pytest
from factories import make_contact, make_event, make_invitation
from registrations.support import latest_mail, ludmila, mail_kinds
from sqlalchemy import select

from eventapp.foundation.database import db
from eventapp.foundation.outbox import OutboxMail
from eventapp.registrations import queries
from eventapp.registrations.actions import (
    accept_invitation,
    cancel_registration,
    decline_invitation,
    name_substitute,
)
from eventapp.registrations.states import RegistrationState

ANSWER = "substitute_answer"


def named(*, capacity=2, locale="de", **given):
    """A guest with a place who named Ludmila: (invitation, registration, her invitation)."""
    event = make_event(capacity=capacity)
    contact = make_contact(event.host, last_name="Nüsperling", email="eva@x.example", locale=locale)
    invitation = make_invitation(event, contact)
    registration = accept_invitation(invitation)
    return invitation, registration, name_substitute(invitation, ludmila(**given))


def told(email: str) -> OutboxMail:
    """The latest mail to this address."""
    return [one for one in all_mails() if one.to_email == email][-1]


def all_mails() -> list[OutboxMail]:
    return list(db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)))


def words_of(client, path: str) -> str:
    return " ".join(client.get(path).text.split())


def test_before_an_answer_both_pages_say_that_the_place_is_kept_and_can_be_taken_back(client):
    invitation, registration, follow_up = named()

    own = words_of(client, f"/r/{registration.token}")
    answer = words_of(client, f"/i/{invitation.token}")
    theirs = words_of(client, f"/i/{follow_up.token}")

    assert "Sie haben eine Vertretung benannt, Frau Nüsperling." in own
    assert "halten Ihren Platz für diese Person frei. Eine Antwort steht noch aus." in own
    assert f'href="/i/{invitation.token}"' in own
    assert "Eine Antwort steht noch aus. Ihr Platz wird für diese Person freigehalten." in answer
    assert "hat Sie als Vertretung benannt, und der Platz wird für Sie freigehalten." in theirs
    assert "übernommen" not in own + theirs


def test_after_a_yes_the_page_says_who_comes_and_a_mail_has_told_it(client):
    invitation, registration, follow_up = named()

    accept_invitation(follow_up)
    accept_invitation(follow_up)

    page = words_of(client, f"/r/{registration.token}")
    assert "Ihre Vertretung kommt, Frau Nüsperling." in page
    assert "Ludmila Frøhlich hat zugesagt und hat Ihren Platz übernommen." in page
    assert f'href="/i/{invitation.token}"' not in page
    assert mail_kinds().count(("eva@x.example", ANSWER)) == 1
    assert "Ludmila Frøhlich kommt an Ihrer Stelle" in told("eva@x.example").text


def test_after_a_no_the_guest_is_told_and_both_pages_lead_to_a_new_decision(client):
    invitation, registration, follow_up = named()

    client.post(f"/i/{follow_up.token}", data={"answer": "no"})

    own = words_of(client, f"/r/{registration.token}")
    answer = words_of(client, f"/i/{invitation.token}")
    assert "Ihre Vertretung kommt nicht, Frau Nüsperling." in own
    assert "Für Sie und Ihre Vertretung ist kein Platz reserviert." in own
    assert f'href="/i/{invitation.token}"' in own
    assert "Ihre Vertretung kommt nicht." in answer
    assert "geantwortet hat" not in answer
    assert "Ich komme selbst" in answer
    assert "Jemand anderen benennen" in answer
    assert mail_kinds()[-1] == ("eva@x.example", ANSWER)
    for part in (latest_mail().text, latest_mail().html):
        assert "Ludmila Frøhlich kann nicht an Ihrer Stelle" in part
    assert queries.registration_of(invitation).state is RegistrationState.REPLACED


def test_after_a_no_the_guest_can_come_themselves_or_name_somebody_else(client):
    invitation, registration, follow_up = named()
    decline_invitation(follow_up)

    again = accept_invitation(invitation)

    assert (again.id, again.state) == (registration.id, RegistrationState.CONFIRMED)
    decline_invitation(follow_up)
    other = name_substitute(invitation, ludmila(first_name="Anna", email="anna@werk.example"))
    assert "Eine Antwort steht noch aus" in words_of(client, f"/i/{invitation.token}")
    decline_invitation(other)
    assert mail_kinds()[-1] == ("eva@x.example", ANSWER)


def test_after_a_no_with_everything_taken_the_page_offers_the_waiting_list(client):
    invitation, _registration, follow_up = named(capacity=1)
    accept_invitation(make_invitation(invitation.event))  # waits, and is offered the place

    decline_invitation(follow_up)

    page = words_of(client, f"/i/{invitation.token}")
    assert "Sie kommen auf die Warteliste" in page
    assert accept_invitation(invitation).state is RegistrationState.WAITING


def test_a_substitute_who_cancels_after_a_yes_is_told_of_as_well(app):
    _invitation, _registration, follow_up = named()
    heir = accept_invitation(follow_up)

    cancel_registration(heir)

    assert mail_kinds()[-2:] == [
        ("eva@x.example", ANSWER),
        ("ludmila@werk.example", "regret"),
    ]


def test_whoever_has_named_somebody_else_since_hears_no_more_of_the_first(app):
    invitation, _registration, first = named()
    decline_invitation(first)
    name_substitute(invitation, ludmila(first_name="Anna", email="anna@werk.example"))
    sent = mail_kinds().count(("eva@x.example", ANSWER))

    accept_invitation(first)

    assert mail_kinds().count(("eva@x.example", ANSWER)) == sent


def test_a_place_in_line_passes_on_and_every_page_says_in_line(client):
    event = make_event(capacity=1)
    accept_invitation(make_invitation(event))
    invitation = make_invitation(event)
    registration = accept_invitation(invitation)
    follow_up = name_substitute(invitation, ludmila())

    assert "Stelle auf der Warteliste geht" in words_of(client, f"/r/{registration.token}")
    assert "Stelle auf der Warteliste geht" in latest_mail().text
    assert "übernehmen Sie die Stelle" in words_of(client, f"/i/{follow_up.token}")
    accept_invitation(follow_up)
    assert "steht auf der Warteliste" in told(registration.email).text
    assert "an Ihrer Stelle auf der Warteliste" in words_of(client, f"/r/{registration.token}")


@pytest.mark.parametrize(
    ("comes", "subject"),
    [(True, "Your substitute has accepted"), (False, "Your substitute has declined")],
)
def test_the_answer_is_told_in_the_guests_language_and_names_nothing_as_markup(app, comes, subject):
    _invitation, _registration, follow_up = named(locale="en", last_name="<b>Frøhlich</b>")

    (accept_invitation if comes else decline_invitation)(follow_up)

    answer = told("eva@x.example")
    assert answer.subject.startswith(subject)
    assert "<b>Frøhlich" not in answer.html
    assert "&lt;b&gt;Frøhlich" in answer.html


def test_never_again_is_one_click_away_on_every_page_and_in_every_mail_of_an_invitation(client):
    invitation, _registration, follow_up = named()
    asked = f"/i/{follow_up.token}"
    assert 'href="/u/' in client.get(asked).text

    client.post(asked, data={"answer": "no"})

    assert 'href="/u/' in client.get(asked).text
    kinds = {one.kind.rpartition("/")[2]: one for one in all_mails() if one.may_be_objected_to}
    assert {"substitute.txt", "regret.txt"} <= set(kinds)
    assert 'href="/u/' not in client.get(f"/i/{invitation.token}").text  # no such mail yet
