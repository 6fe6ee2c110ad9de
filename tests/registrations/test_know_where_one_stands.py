"""What people who register themselves are told: by whom, for what, and what is still to do."""

from datetime import timedelta

import pytest
from factories import make_event, make_question, make_registration
from registrations.public_form import entered, hermine, link_in_mail
from registrations.support import all_registrations, latest_mail
from sqlalchemy import select

from eventapp.events.states import RegistrationMode
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.outbox import OutboxMail
from eventapp.questions.states import QuestionStep
from eventapp.registrations.actions import (
    cancel_registration,
    request_links,
    tend_waiting_lists,
)
from eventapp.registrations.front_door.actions import confirm_registration, register
from eventapp.registrations.own_data.actions import erase_guest
from eventapp.registrations.own_data.actions.renewing import send_page_link
from eventapp.registrations.requests import PersonRequest
from eventapp.registrations.states import RegistrationState

EVA = PersonRequest(first_name="Eva", last_name="Öhm", email="e@werk.example")
UDO = PersonRequest(first_name="Udo", last_name="<i>Ohm</i>", email="e@werk.example")
JAN = PersonRequest(first_name="Jan", last_name="Ahm", email="j@werk.example")


def mails():
    return list(db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)))


def words_of(client, path):
    return " ".join(client.get(path).text.split())


def test_each_colleague_reads_who_registered_them(app):
    register(make_event(), hermine(people=(EVA, UDO, JAN)))

    own, shared, colleague = mails()

    assert "vermutlich Sie" in own.text
    assert "Eva Öhm hat Sie für die Veranstaltung" in colleague.text
    assert "vermutlich Sie" not in shared.text + colleague.text
    assert shared.subject.startswith("Bitte bestätigen Sie die Anmeldung von Udo <i>Ohm</i>")
    assert "und dafür die eigene E-Mail-Adresse angegeben" in shared.text
    assert "Sie dürfen sie an diese Person weitergeben" in shared.text
    assert "<i>" not in shared.html


def test_a_new_link_to_confirm_names_the_colleague_as_well(app):
    register(make_event(), hermine(people=(EVA, JAN)))
    with transaction():
        jan = all_registrations()[1]
        jan.link_generation += 1

        send_page_link(jan)

    assert "Eva Öhm hat Sie für die Veranstaltung" in latest_mail().text
    assert len(mails()) == 3


def test_later_mails_for_a_colleague_carry_the_name_and_may_be_passed_on(app):
    register(make_event(), hermine(people=(EVA, UDO, JAN)))
    _eva, udo, jan = all_registrations()

    confirm_registration(jan)
    assert "leiten Sie diese Nachricht nicht weiter" in latest_mail().text
    confirm_registration(udo)

    assert latest_mail().subject.startswith("Udo <i>Ohm</i>: ")
    for part in (latest_mail().text, latest_mail().html):
        assert "weitergeben" in part
        assert "nicht weiter." not in part


def test_who_registered_colleagues_and_has_everything_deleted_is_named_to_nobody(app):
    register(make_event(), hermine(people=(EVA, JAN)))
    eva, _jan = all_registrations()
    confirm_registration(eva)

    erase_guest(eva)

    assert [one.to_email for one in mails()] == ["j@werk.example"]
    assert "Öhm" not in mails()[0].text + mails()[0].html


def test_with_everything_taken_each_step_says_waiting_list(client):
    event = make_event(capacity=1)
    make_registration(event)
    with transaction():
        event.places_taken = 1
    assert "Auf die Warteliste setzen" in client.get(f"/e/{event.slug}/").text

    sent = client.post(f"/e/{event.slug}/register", data=entered(), follow_redirects=True).text
    mail, page = latest_mail(), words_of(client, link_in_mail())

    assert "stehen Sie auf der Warteliste" in sent
    assert "Mit Ihrer Bestätigung kommen Sie auf die Warteliste" in mail.text
    assert "Auf die Warteliste setzen" in mail.html
    assert "Auf die Warteliste setzen" in page
    for text in (sent, mail.text, mail.html, page):
        assert "kein Platz reserviert" not in text
        assert "Anmeldung bestätigen" not in text


def test_a_place_that_became_free_meanwhile_is_named_on_the_page_of_the_link(client):
    event = make_event(capacity=1)
    other = make_registration(event)
    with transaction():
        event.places_taken = 1
    register(event, hermine())
    cancel_registration(other)

    register_mail = [one for one in mails() if one.kind.endswith("confirm.txt")][-1]
    assert "Warteliste" in register_mail.text
    [one] = [one for one in all_registrations() if one.state is RegistrationState.UNCONFIRMED]
    confirm_registration(one)
    assert one.state is RegistrationState.CONFIRMED


def test_with_approval_the_page_of_the_link_says_that_somebody_looks_at_it(client):
    event = make_event(registration_mode=RegistrationMode.APPROVAL)
    register(event, hermine())

    assert "sieht sich das Veranstaltungsteam die Anmeldung an" in words_of(client, link_in_mail())


def test_before_confirming_people_see_the_whole_title_and_their_answers(client):
    event = make_event(title_de="Fachimpuls „Licht“")
    question = make_question(event)
    data = entered(**{question.field_name: "Mit dem Rad"})
    sent = client.post(f"/e/{event.slug}/register", data=data, follow_redirects=True).text
    page = words_of(client, link_in_mail())

    assert "Fachimpuls „Licht“" in sent.split("</head>")[1]
    assert "Fachimpuls „Licht“" in page.split("</head>")[1]
    assert question.label_de in page
    assert "Mit dem Rad" in page


@pytest.mark.parametrize("path", ["cancel", "delete"])
def test_pages_on_which_somebody_leaves_name_the_event_and_a_line_only_where_there_is_one(
    client, path
):
    event = make_event(title_de="Fachimpuls „Licht“")
    guest = make_registration(event)

    alone = words_of(client, f"/r/{guest.token}/{path}")
    make_registration(
        event, state=RegistrationState.WAITING, waiting_since=clock.now(), email="w@x.example"
    )
    with_line = words_of(client, f"/r/{guest.token}/{path}")

    assert "Fachimpuls „Licht“" in alone.split("</head>")[1]
    assert "warte" not in alone.lower().split("<main")[1].split("</main")[0]
    assert "wartet" in with_line or "Warteliste" in with_line


def test_a_lapsed_offer_claims_no_successor(app):
    event = make_event(capacity=1)
    first = make_registration(event)
    with transaction():
        event.places_taken = 1
    register(event, hermine())
    one = next(one for one in all_registrations() if one.state is RegistrationState.UNCONFIRMED)
    confirm_registration(one)
    cancel_registration(first)
    [offer] = [mail for mail in mails() if mail.kind.endswith("offer.txt")]
    assert "mit einem Klick an oder lehnen ab" in " ".join(offer.text.split())

    with clock.held(one.offered_until + timedelta(minutes=1)):
        tend_waiting_lists()

    assert latest_mail().subject.startswith("Ihr Platz wird nicht länger freigehalten")
    assert "weitergegeben" not in latest_mail().subject + latest_mail().text


def test_who_registered_themselves_and_cancels_is_led_back_to_the_open_form(client):
    event = make_event()
    register(event, hermine())
    [guest] = all_registrations()
    confirm_registration(guest)
    for part in (latest_mail().text, latest_mail().html):
        assert "eine Vertretung benennen" in " ".join(part.split())

    cancel_registration(guest)

    assert "führt Ihre persönliche Seite wieder dorthin" in latest_mail().text
    page = client.get(f"/r/{guest.token}").text
    assert f'href="/e/{event.slug}/register"' in page
    assert "Wieder anmelden" in page
    assert "Äußerlich" not in client.get(f"/e/{event.slug}/register").text
    with transaction():
        event.registration_mode = RegistrationMode.INVITED
    assert "Wieder anmelden" not in client.get(f"/r/{guest.token}").text


def test_an_open_question_is_named_before_nothing_more_is_to_do(client):
    event = make_event()
    guest = make_registration(event)
    assert "nichts weiter zu tun" in words_of(client, f"/r/{guest.token}")

    make_question(event, step=QuestionStep.AFTER, required=True)

    page = words_of(client, f"/r/{guest.token}")
    assert "Bitte beantworten Sie vor der Veranstaltung noch eine Frage" in page
    assert "nichts weiter zu tun" not in page


def test_the_lost_links_say_how_many_there_are_and_which_is_not_confirmed(app):
    register(make_event(), hermine(people=(EVA, UDO)))
    eva, _udo = all_registrations()
    confirm_registration(eva)

    request_links("e@werk.example", asked_from="203.0.113.7", locale="de")

    assert "Zu dieser Adresse gibt es 2 Links:" in latest_mail().text
    assert latest_mail().text.count("noch nicht bestätigt") == 1
    assert "gilt erst, wenn Sie den Link öffnen" in latest_mail().html


def test_a_link_to_confirm_that_is_wrong_is_told_from_one_that_is_too_old(client):
    event = make_event()
    register(event, hermine())
    link = link_in_mail()
    [one] = all_registrations()

    assert "Diesen Link kennen wir nicht" in client.get(link[:-2]).text
    with clock.held(clock.now() + timedelta(hours=49)):
        page = client.get(link).text
        assert "<title>Dieser Link gilt nicht mehr" in page
    with transaction():
        db.session.delete(one)
    assert "Dieser Link gilt nicht mehr" in client.get(link).text


def test_nobody_reads_of_a_mail_that_was_never_sent(client):
    event, other = make_event(), make_event()

    assert client.get(f"/e/{event.slug}/register/sent").status_code == 303
    client.post(f"/e/{event.slug}/register", data=entered())
    assert client.get(f"/e/{event.slug}/register/sent").status_code == 200
    assert client.get(f"/e/{other.slug}/register/sent").status_code == 303


def test_who_registered_alone_reads_nothing_about_colleagues(client):
    event = make_event()
    sent, words = f"/e/{event.slug}/register/sent", "Kolleginnen und Kollegen erhalten"

    client.post(f"/e/{event.slug}/register", data=entered())
    alone = client.get(sent).text
    colleague = {"first_name_2": "Ida", "last_name_2": "Ohm", "email_2": "ida@x.example"}
    answer = client.post(f"/e/{event.slug}/register", data=entered() | {"rows": "2"} | colleague)
    together = client.get(sent).text

    assert answer.status_code == 303
    assert words not in alone
    assert words in together
