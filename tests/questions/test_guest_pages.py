"""Questions in the forms of guests: asked, checked, kept as typed, answered without script."""

import re

import pytest
from factories import make_event, make_invitation, make_question, make_registration
from pages_as_people import tags_of
from questions.support import choose, chosen, places_agree
from registrations.public_form import entered, link_in_mail
from registrations.support import all_registrations, latest_mail
from statements import statement_count
from world import ON_SQLITE, dump

from eventapp.questions import queries
from eventapp.questions.states import QuestionKind, QuestionStep
from eventapp.registrations.states import RegistrationState

SEE_OTHER, UNPROCESSABLE = 303, 422
S = RegistrationState


def value(question, words):
    return next(one.value for one in question.choices if one.label_de == words)


def send(client, event, **given):
    return client.post(f"/e/{event.slug}/register", data=entered(**given))


def answers_of(registration):
    return {
        number: row.given for number, row in sorted(queries.answers_by(registration.id).items())
    }


def answer_page(registration):
    return f"/r/{registration.token}/questions"


def test_from_the_public_form_over_the_mail_to_the_personal_page(app, client):
    event = make_event()
    workshop = make_question(event, ("Radverkehr", 2), "Bus", required=True)
    bike = make_question(event, kind=QuestionKind.YES_NO)
    size = make_question(event, kind=QuestionKind.NUMBER, condition_id=bike.id,
                         condition_value="yes", label_de="Wie groß?")  # fmt: skip

    sent = send(
        client,
        event,
        **{
            workshop.field_name: value(workshop, "Radverkehr"),
            bike.field_name: "yes",
            size.field_name: " 1 200 ",
        },
    )
    page = client.post(link_in_mail(), follow_redirects=True).text

    assert sent.status_code == SEE_OTHER
    assert [one.text for one in answers_of(all_registrations()[0]).values()] == ["", "yes", "1200"]
    assert "Radverkehr" in page
    assert "1200" in page
    assert places_agree(event)


def test_wrong_answers_are_named_beside_their_question_and_nothing_typed_is_lost(app, client):
    event = make_event()
    workshop = make_question(event, "Rad", "Bus", required=True, label_de="Welcher Workshop?")
    number = make_question(event, kind=QuestionKind.NUMBER)
    text = make_question(event)

    page = send(
        client, event, **{number.field_name: "zwei oder drei", text.field_name: "Bis später"}
    ).text

    assert all_registrations() == []
    assert f'href="#{workshop.field_name}"' in page
    assert f'id="{workshop.field_name}-error"' in page
    assert f'id="{number.field_name}-error"' in page
    assert "Bis später" in page
    assert 'value="zwei oder drei"' in page
    assert 'value="Hermine"' in page


@ON_SQLITE
def test_what_must_be_answered_must_be_only_if_it_is_asked(client):
    event = make_event()
    bike = make_question(event, kind=QuestionKind.YES_NO)
    size = make_question(event, kind=QuestionKind.NUMBER, required=True, condition_id=bike.id,
                         condition_value="yes")  # fmt: skip

    asked = send(client, event, **{bike.field_name: "yes"})
    not_asked = send(client, event, **{bike.field_name: "no", size.field_name: "Unsinn"})

    assert (asked.status_code, not_asked.status_code) == (422, SEE_OTHER)
    assert list(answers_of(all_registrations()[0])) == [bike.id]


@ON_SQLITE
def test_without_script_a_question_says_of_whom_it_is_asked(client):
    event = make_event()
    workshop = make_question(event, "Rad", "Bus", label_de="Welcher Workshop?")
    rad = value(workshop, "Rad")
    make_question(event, condition_id=workshop.id, condition_value=rad)

    page = client.get(f"/e/{event.slug}/register").text

    assert "Nur falls Sie bei „Welcher Workshop?“ „Rad“ angeben." in page
    assert f'data-only-if="{workshop.field_name}" data-only-value="{rad}"' in page


def test_the_third_finds_the_choice_full(app, client):
    event = make_event()
    workshop = make_question(event, ("Rad", 2), "Bus", required=True)
    for _ in range(2):
        choose(make_registration(event), workshop, "Rad")

    shown = client.get(f"/e/{event.slug}/register").text
    refused = send(client, event, **{workshop.field_name: value(workshop, "Rad")})

    rad = {"name": workshop.field_name, "value": value(workshop, "Rad")}
    (option,) = [tags for _tag, tags in tags_of(shown) if rad.items() <= tags.items()]
    assert "disabled" in option
    assert "„Rad“ ist inzwischen ausgebucht." in refused.text
    assert all_registrations()[2:] == []


def test_several_people_of_one_form_the_first_answers_and_the_others_are_asked_by_mail(app, client):
    event = make_event()
    workshop = make_question(event, "Rad", "Bus")
    second = {"first_name_2": "Udo", "last_name_2": "Öhm", "email_2": "udo@werk.example"}

    send(client, event, rows="2", organisation="Werk", **second,
         **{workshop.field_name: value(workshop, "Rad")})  # fmt: skip
    client.post(link_in_mail())

    first, other = all_registrations()
    assert chosen(first, workshop) == (["Rad"], [])
    assert answers_of(other) == {}
    assert "Eine Frage an Sie ist noch offen" in latest_mail().text


def test_after_saying_yes_by_invitation_the_questions_come_next(app, client):
    event = make_event()
    workshop = make_question(event, "Rad", "Bus", label_de="Welcher Workshop?")
    link = f"/i/{make_invitation(event).token}"

    said = client.post(link, data={"answer": "yes"})
    shown = client.get(said.location).text
    answered = client.post(said.location, data={workshop.field_name: value(workshop, "Bus")})
    page = client.get(answered.location).text

    (guest,) = all_registrations()
    assert said.location == answer_page(guest)
    assert guest.state is S.CONFIRMED
    assert "Welcher Workshop?" in shown
    assert answered.location == f"/r/{guest.token}"
    assert "Ihre Antworten sind gespeichert." in page
    assert "Antworten ändern" in page


@ON_SQLITE
def test_without_questions_saying_yes_leads_to_the_personal_page(client):
    event = make_event()

    said = client.post(f"/i/{make_invitation(event).token}", data={"answer": "yes"})

    assert said.location == f"/r/{all_registrations()[0].token}"
    assert "Fragen an Sie" not in client.get(said.location).text


@ON_SQLITE
def test_the_second_step_stands_on_the_personal_page_and_in_the_confirmation(client):
    event = make_event()
    late = make_question(event, step=QuestionStep.AFTER, label_de="Wie reisen Sie an?")
    form = client.get(f"/e/{event.slug}/register").text
    send(client, event)
    page = client.post(link_in_mail(), follow_redirects=True).text

    assert "Wie reisen Sie an?" not in form
    assert "Eine Frage ist noch offen." in page
    assert "Eine Frage an Sie ist noch offen" in latest_mail().text
    assert late.label_de in client.get(answer_page(all_registrations()[0])).text


def test_answers_are_changed_later_and_an_emptied_one_is_kept_as_blank(app, client):
    event = make_event()
    workshop, text = make_question(event, ("Rad", 1), "Bus"), make_question(event)
    guest = make_registration(event)
    data = {workshop.field_name: value(workshop, "Rad"), text.field_name: "Hallo"}
    client.post(answer_page(guest), data=data)

    shown = client.get(answer_page(guest)).text
    client.post(answer_page(guest), data={workshop.field_name: "", text.field_name: ""})

    assert ">\nHallo</textarea>" in shown
    assert [one.is_empty for one in answers_of(guest).values()] == [True, True]
    assert places_agree(event)


def test_a_choice_that_fills_up_meanwhile_is_named_and_the_rest_stays_typed(app, client):
    event = make_event()
    workshop, text = make_question(event, ("Rad", 1), "Bus"), make_question(event)
    guest, quick = make_registration(event), make_registration(event)
    data = {workshop.field_name: value(workshop, "Rad"), text.field_name: "Hallo"}
    choose(quick, workshop, "Rad")

    answer = client.post(answer_page(guest), data=data)

    assert answer.status_code == UNPROCESSABLE
    assert "„Rad“ ist inzwischen ausgebucht." in answer.text
    assert ">\nHallo</textarea>" in answer.text
    assert answers_of(guest) == {}


@ON_SQLITE
def test_who_waits_reads_that_it_is_a_wish(client):
    event = make_event()
    make_question(event, ("Rad", 1), "Bus")
    waiting = make_registration(event, state=S.WAITING)

    assert "ist ein Wunsch" in client.get(answer_page(waiting)).text


@ON_SQLITE
def test_english_guests_read_english_questions_and_german_ones_where_there_are_no_others(client):
    event = make_event()
    make_question(event, label_de="Womit?", label_en="How do you get there?")
    make_question(event, label_de="Wohin?", label_en="")

    page = client.get(f"/e/{event.slug}/register?lang=en").text

    assert "How do you get there?" in page
    assert "Womit?" not in page
    assert "Wohin?" in page


@ON_SQLITE
@pytest.mark.parametrize(
    "data",
    [
        {"q{0}": "999999"},
        {"q{0}": "-1"},
        {"q{0}": "1; DROP TABLE question"},
        {"q{1}": "yes"},
        {"q{0}": ["x", "2", "3"]},
    ],
)
def test_t08_values_that_nobody_offers_and_fields_of_other_events_are_not_kept(client, data):
    event = make_event()
    mine = make_question(event, ("Rad", 1), "Bus")
    theirs = make_question(make_event(), kind=QuestionKind.YES_NO)
    guest = make_registration(event)
    named = {name.format(mine.id, theirs.id): entry for name, entry in data.items()}
    extra = {"places_taken": "0", "registration_id": "1", "missed": "x", "fixed": ""}

    answer = client.post(answer_page(guest), data=named | extra)

    assert answer.status_code in {SEE_OTHER, UNPROCESSABLE}
    assert {number for number, one in answers_of(guest).items() if not one.is_empty} == set()
    assert places_agree(event)


@ON_SQLITE
def test_t13_opening_the_pages_changes_nothing(client):
    event = make_event()
    make_question(event, ("Rad", 1), "Bus")
    guest = make_registration(event)
    before = dump()

    for path in (answer_page(guest), f"/r/{guest.token}", f"/e/{event.slug}/register"):
        client.get(path)
        client.head(path)

    assert dump() == before


@ON_SQLITE
def test_t59_t60_odd_and_endless_answers_are_cleaned_or_refused_in_words(client):
    event = make_event()
    text = make_question(event)
    guest = make_registration(event)
    odd = "👩‍👧 \u202eabc\ufeff Mu\u0308ller {name} %(x)s <b> {{7*7}}"

    endless = client.post(answer_page(guest), data={text.field_name: "ä" * 100_000})
    client.post(answer_page(guest), data={text.field_name: odd})
    page = client.get(f"/r/{guest.token}").text

    assert endless.status_code == UNPROCESSABLE
    assert "1000 Zeichen" in endless.text
    assert answers_of(guest)[text.id].text == "👩‍👧 abc Müller {name} %(x)s <b> {{7*7}}"
    assert "{name} %(x)s &lt;b&gt; {{7*7}}" in page


@ON_SQLITE
def test_pages_without_questions_pay_one_statement_for_them(app, client):
    event = make_event()
    guest = make_registration(event)

    for path in (f"/e/{event.slug}/register", f"/r/{guest.token}"):
        client.get(path)  # a page that is kept asks twice when it is made
        app.extensions["sqlalchemy"].session.remove()
        with statement_count() as sent:
            client.get(path)
        assert len([one for one in sent if re.search(r"FROM question\b|question_answer", one)]) == 1
