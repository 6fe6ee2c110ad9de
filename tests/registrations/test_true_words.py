"""What a guest's pages say of others, of dates and of mails is so for this very guest."""

import re
from html import unescape

import pytest
from factories import make_contact, make_event, make_invitation, make_question, make_registration

from eventapp.events.states import Promotion
from eventapp.invitations.actions import invite_person
from eventapp.questions.states import QuestionStep
from eventapp.registrations.actions import accept_invitation, offer_free_places
from eventapp.registrations.requests import CompanionName
from eventapp.registrations.states import RegistrationState


def words_of(client, path: str) -> str:
    """The page's words on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", client.get(path).text)).split())


def test_an_offer_says_once_until_when_it_can_be_accepted_or_declined(app, client):
    event = make_event()
    guest = make_registration(event, state=RegistrationState.WAITING)
    offer_free_places(event, by="test")

    page = words_of(client, f"/r/{guest.token}")

    assert "Er gehört Ihnen, wenn Sie bis" in page
    assert "Das geht bis zum Beginn" not in page


@pytest.mark.parametrize(
    ("required", "words"),
    [
        (True, "Bitte beantworten Sie vor der Veranstaltung noch eine Frage"),
        (False, "Wenn Sie möchten, beantworten Sie noch eine Frage"),
    ],
)
def test_a_question_is_demanded_only_if_the_answer_is_required(app, client, required, words):
    event = make_event()
    guest = make_registration(event)
    make_question(event, step=QuestionStep.AFTER, required=required)

    page = words_of(client, f"/r/{guest.token}")

    assert words in page
    assert ("Die Antwort ist freiwillig." in page) is not required


@pytest.mark.parametrize(
    ("waiting", "words"),
    [(False, "Der Platz steht dann anderen offen"), (True, "die am längsten wartet")],
)
def test_the_place_of_a_companion_goes_to_who_waits_only_if_somebody_does(
    app, client, waiting, words
):
    event = make_event(companions_allowed=1, promotion=Promotion.MANUAL)
    guest = accept_invitation(make_invitation(event), companions=[CompanionName("Ann", "Öhm")])
    if waiting:
        make_registration(event, state=RegistrationState.WAITING)

    assert words in words_of(client, f"/r/{guest.token}/companions/{guest.company[0].id}")


def test_who_gets_no_more_invitations_is_not_asked_again_whether_they_want_any(app, client):
    event = make_event()
    invitation = invite_person(event, make_contact(event.host, email="e@werk.example"), by="test")
    asked = "Keine Einladungen mehr"
    page = client.get(f"/i/{invitation.token}").text
    assert asked in page

    link = re.search(r'href="(/u/[^"]+)"', page)[1]
    client.post(link, data={"reach": "all"})

    assert asked not in words_of(client, f"/i/{invitation.token}")
    assert "und Sie erhalten die Mails, die dazugehören" in words_of(client, link)


def test_naming_a_substitute_leads_back_to_where_one_came_from(app, client):
    guest = accept_invitation(make_invitation(make_event()))
    asked = f"/i/{guest.invitation.token}"
    own = f"/r/{guest.token}"

    way = re.search(r'href="([^"]+/substitute[^"]*)"', client.get(own).text)[1]

    assert f'href="{own}"' in client.get(way).text
    assert f'href="{asked}"' in client.get(f"{asked}/substitute").text


def test_the_answer_page_leads_back_even_before_there_is_a_registration(app, client):
    invitation = make_invitation(make_event())

    page = client.get(f"/i/{invitation.token}/substitute?back=page").text

    assert f'href="/i/{invitation.token}"' in page
