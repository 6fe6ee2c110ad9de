"""What guests see and send: one page for each link, one neutral page for every other link."""

import re

import pytest
from factories import (
    make_contact,
    make_event,
    make_host,
    make_invitation,
    make_series,
    make_wave,
)
from registrations.support import all_registrations, ludmila, mail_kinds, places
from statements import statement_count

from eventapp.contacts.actions import block_contact
from eventapp.events.states import EventState
from eventapp.foundation.database import db
from eventapp.invitations.models import Invitation
from eventapp.invitations.states import InvitationState
from eventapp.registrations.actions import (
    accept_invitation,
    decline_invitation,
    name_substitute,
)
from eventapp.registrations.states import RegistrationState

SEE_OTHER, NOT_FOUND, CONFLICT, UNPROCESSABLE = 303, 404, 409, 422


def page_of(invitation: Invitation, more: str = "") -> str:
    return f"/i/{invitation.token}{more}"


def test_the_page_shows_date_place_name_and_three_choices(app, client):
    event = make_event()
    contact = make_contact(event.host, first_name="Zofia", last_name="Wöhrmannsen", title="Dr.")

    page = client.get(page_of(make_invitation(event, contact))).text

    assert "Sehr geehrte Frau Dr. Wöhrmannsen, dürfen wir mit Ihnen rechnen?" in " ".join(
        page.split()
    )
    assert re.findall(r'name="answer" value="(\w+)"', page) == ["yes", "no", "substitute"]
    assert "Zofia Wöhrmannsen, Nordhelle Commerce GmbH" in page
    assert "<script" not in page


def test_the_name_of_the_series_stands_once_above_the_title(app, client):
    host = make_host()
    event = make_event(host, series_id=make_series(host, name_de="Fachimpuls").id)

    page = client.get(page_of(make_invitation(event))).text

    assert re.search(r"<h1[^>]*>(.*?)</h1>", page)[1] == "„Licht“"
    assert "Einladung · Fachimpuls" in page


def test_yes_leads_to_the_personal_page(app, client):
    invitation = make_invitation(make_event())

    answer = client.post(page_of(invitation), data={"answer": "yes"})

    registration = all_registrations()[0]
    assert (answer.status_code, answer.location) == (SEE_OTHER, f"/r/{registration.token}")
    assert registration.state is RegistrationState.CONFIRMED


def test_no_leads_back_to_the_page_which_says_so(app, client):
    invitation = make_invitation(make_event())

    answer = client.post(page_of(invitation), data={"answer": "no"}, follow_redirects=True)

    assert re.search(r"<h1[^>]*>(.*?)</h1>", answer.text)[1] == "Sie haben abgesagt."
    assert re.search(r'<details class="summary">\s*<summary>Antwort ändern', answer.text)
    assert all_registrations() == []


def test_the_used_link_shows_the_current_answer_and_the_way_to_the_personal_page(app, client):
    invitation = make_invitation(make_event())
    registration = accept_invitation(invitation)

    page = client.get(page_of(invitation)).text

    assert "Sie sind dabei." in page
    assert f'href="/r/{registration.token}"' in page
    assert re.findall(r'name="answer" value="(\w+)"', page) == ["no", "substitute"]


def test_when_full_the_button_names_the_waiting_list(app, client):
    event = make_event(capacity=1)
    accept_invitation(make_invitation(event))
    invitation = make_invitation(event)

    assert "Sie kommen auf die Warteliste" in client.get(page_of(invitation)).text
    client.post(page_of(invitation), data={"answer": "yes"})

    assert "auf der Warteliste, auf Platz 1" in client.get(page_of(invitation)).text


def test_a_substitute_is_named_by_form(app, client):
    invitation = make_invitation(make_event())
    accept_invitation(invitation)

    form = client.post(page_of(invitation), data={"answer": "substitute"})
    named = client.post(
        form.location,
        data={
            "first_name": " Ludmila ",
            "last_name": "Frøhlich",
            "email": "ludmila@werk.example",
        },
        follow_redirects=True,
    )

    assert form.location == page_of(invitation, "/substitute")
    assert "Sie haben eine Vertretung benannt." in named.text
    assert "Ludmila Frøhlich" in named.text
    assert mail_kinds()[-2][0] == "ludmila@werk.example"


def test_the_page_for_a_substitute_names_the_event(app, client):
    page = client.get(page_of(make_invitation(make_event()), "/substitute")).text

    assert "„Licht“" in re.search(r'<p class="over">(.*?)</p>', page)[1]


def test_who_waits_leaves_the_waiting_list_and_gives_up_no_place(app, client):
    event = make_event(capacity=1)
    accept_invitation(make_invitation(event))
    waiting = accept_invitation(make_invitation(event))

    page = client.get(f"/r/{waiting.token}/cancel").text

    assert "Warteliste verlassen" in page
    assert "Auf der Warteliste bleiben" in page
    assert "Verbindlich absagen" not in page


def test_mistakes_are_summarised_with_links_and_the_input_stays(app, client):
    invitation = make_invitation(make_event())

    page = client.post(
        page_of(invitation, "/substitute"),
        data={
            "first_name": "Ludmila",
            "last_name": "",
            "email": "ludmila@freicode-systeme",
        },
    ).text

    assert '<a href="#last_name">' in page
    assert '<a href="#email">' in page
    assert 'value="Ludmila"' in page
    assert 'value="ludmila@freicode-systeme"' in page
    assert 'aria-describedby="email-error"' in page
    assert "<title>Fehler:" in page


def test_naming_oneself_is_a_mistake_beside_the_address(app, client):
    event = make_event()
    contact = make_contact(event.host, first_name="Eva", last_name="Öhm", email="e@x.example")
    invitation = make_invitation(event, contact)

    page = client.post(
        page_of(invitation, "/substitute"),
        data={
            "first_name": "Eva",
            "last_name": "Öhm",
            "email": "e@x.example",
        },
    ).text

    assert "Das sind Ihre eigenen Angaben." in page


@pytest.mark.parametrize("reason", ["registered", "objects"])
def test_whom_we_cannot_invite_is_a_mistake_beside_the_address_in_the_same_words(
    app, client, reason
):
    event = make_event()
    person = {"first_name": "Ludmila", "last_name": "Frøhlich", "email": "ludmila@werk.example"}
    known = make_contact(event.host, **person)
    if reason == "registered":
        accept_invitation(make_invitation(event, known))
    else:
        block_contact(known, reason="", actor="test")
    invitation = make_invitation(event)

    answer = client.post(page_of(invitation, "/substitute"), data=person)

    assert answer.status_code == UNPROCESSABLE
    assert re.search(r'<a href="#email">[^<]*Diese Person können wir nicht für Sie', answer.text)
    assert [value in answer.text for value in person.values()] == [True, True, True]


def test_a_substitute_without_a_name_is_asked_for_and_what_was_typed_stays(app, client):
    invitation = make_invitation(make_event())

    answer = client.post(
        page_of(invitation, "/substitute"), data={"last_name": "Frøhlich", "email": "kein-at"}
    )

    assert answer.status_code == UNPROCESSABLE
    assert 'href="#first_name"' in answer.text
    assert 'value="Frøhlich"' in answer.text
    assert 'value="kein-at"' in answer.text
    assert client.get(page_of(invitation, "/substitute")).status_code == 200


def test_without_a_way_to_send_somebody_the_form_leads_back_to_the_page_that_says_why(app, client):
    invitation = make_invitation(make_event())
    accept_invitation(invitation)
    accept_invitation(name_substitute(invitation, ludmila()))

    answer = client.get(page_of(invitation, "/substitute"))

    assert (answer.status_code, answer.location) == (SEE_OTHER, page_of(invitation))


def test_what_was_not_possible_is_said_on_the_page_as_it_is_now(app, client):
    event = make_event(capacity=1, waiting_list=False)
    invitation = make_invitation(event)
    accept_invitation(make_invitation(event))  # between opening the page and the answer

    answer = client.post(page_of(invitation), data={"answer": "yes"})

    assert answer.status_code == CONFLICT
    assert "Das hat nicht geklappt" in answer.text
    assert "Alle Plätze sind vergeben" in answer.text
    assert re.findall(r'name="answer" value="(\w+)"', answer.text) == ["no", "substitute"]


def test_when_the_substitute_comes_the_page_offers_no_yes(app, client):
    invitation = make_invitation(make_event())
    accept_invitation(invitation)
    accept_invitation(name_substitute(invitation, ludmila()))

    page = client.get(page_of(invitation)).text

    assert "Ludmila Frøhlich hat zugesagt und kommt für Sie." in page
    assert 'value="yes"' not in page
    assert client.post(page_of(invitation), data={"answer": "yes"}).status_code == CONFLICT


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (EventState.CANCELLED, "Die Veranstaltung ist abgesagt."),
        (EventState.POSTPONED, "Die Veranstaltung wird verschoben."),
        (EventState.ENDED, "Die Veranstaltung nimmt keine Antworten mehr an."),
    ],
)
def test_an_event_that_is_off_says_so_in_a_sentence(app, client, state, sentence):
    invitation = make_invitation(make_event(state=state))

    page = client.get(page_of(invitation)).text

    assert sentence in page
    assert 'name="answer"' not in page
    assert client.post(page_of(invitation), data={"answer": "yes"}).status_code == CONFLICT


def test_the_page_speaks_the_guests_language_unless_another_is_asked_for(app, client):
    event = make_event()
    invitation = make_invitation(event, make_contact(event.host, locale="en"))

    assert "I will come" in client.get(page_of(invitation)).text
    assert "Ich nehme teil" in client.get(page_of(invitation, "?lang=de")).text


def test_the_page_is_neither_stored_nor_indexed_nor_does_it_leak_its_address(app, client):
    answer = client.get(page_of(make_invitation(make_event())))

    assert "no-store" in answer.headers["Cache-Control"]
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_not_me_explains_and_lets_one_decline_for_a_person_who_left(app, client):
    invitation = make_invitation(make_event())

    page = client.get(page_of(invitation, "/not-me")).text

    assert "Diese Einladung gilt für" in page
    assert 'href="/link"' in page
    assert 'value="no"' in page


def test_cancelling_asks_first_and_then_does_it(app, client):
    event = make_event()
    registration = accept_invitation(make_invitation(event))
    address = f"/r/{registration.token}/cancel"

    page = client.get(address)
    done = client.post(address)

    assert "Möchten Sie absagen?" in page.text
    assert (done.status_code, done.location) == (SEE_OTHER, f"/r/{registration.token}")
    assert places(event) == (0, 0)
    assert "Es gibt nichts abzusagen" in client.get(address).text


def test_the_answer_page_needs_few_statements(app, client):
    event = make_event()
    make_wave(event)
    invitation = make_invitation(event)
    decline_invitation(make_invitation(event))
    db.session.expire_all()

    with statement_count() as sent:
        client.get(page_of(invitation))

    assert len([one for one in sent if one.startswith("SELECT")]) <= 5


def test_an_answer_that_is_none_is_refused(client, app):
    invitation = make_invitation(make_event())

    answer = client.post(f"/i/{invitation.token}", data={"answer": "perhaps"})

    assert answer.status_code == 422
    assert "Bitte wählen Sie eine der Möglichkeiten" in answer.text
    db.session.refresh(invitation)
    assert invitation.state is InvitationState.SENT
