"""Whoever named a substitute reads and hears how things stand, and has a way back after a no."""

import pytest
from factories import make_contact, make_event, make_invitation, make_registration
from registrations.support import latest_mail, ludmila, mail_kinds, places
from sqlalchemy import select

from eventapp.foundation.database import db
from eventapp.foundation.outbox import OutboxMail
from eventapp.invitations.states import InvitationState
from eventapp.registrations import queries
from eventapp.registrations.actions import (
    accept_invitation,
    cancel_registration,
    decline_invitation,
    hand_over,
    name_substitute,
    take_place_back,
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


# ---- A substitute who names somebody in turn ----------------------------------------------------


def chain(*, capacity=1):
    """Eva named Ludmila, who has not answered but named Karl: (Eva's, Ludmila's, Karl's)."""
    first, registration, second = named(capacity=capacity)
    karl = ludmila(first_name="Karl", last_name="Drei", email="karl@drei.example")
    return first, registration, second, name_substitute(second, karl)


def test_the_first_guest_reads_that_the_last_of_the_line_has_not_answered(client):
    first, registration, _second, _third = chain()

    own = words_of(client, f"/r/{registration.token}")
    answer = words_of(client, f"/i/{first.token}")

    assert "Eine Antwort steht noch aus" in own
    assert "Eine Antwort steht noch aus. Ihr Platz wird für diese Person freigehalten." in answer
    assert "Karl Drei" in answer
    assert "zugesagt" not in own + answer


def test_the_first_guest_takes_the_place_back_and_the_whole_line_is_told(client):
    first, registration, second, third = chain()

    assert client.post(f"/i/{first.token}", data={"answer": "yes"}).status_code == 303

    db.session.refresh(registration)
    assert registration.state is RegistrationState.CONFIRMED
    assert {second.state, third.state} == {InvitationState.WITHDRAWN}
    told_off = [to for to, kind in mail_kinds() if kind == "withdrawal"]
    assert sorted(told_off) == ["karl@drei.example", "ludmila@werk.example"]
    assert places(first.event) == (1, 1)


def test_the_place_passes_to_another_from_the_last_of_the_line(app):
    first, _registration, _second, third = chain()

    other = name_substitute(first, ludmila(first_name="Anna", email="anna@werk.example"))

    heir = queries.registration_of(other)
    assert heir.state is RegistrationState.CONFIRMED
    assert third.state is InvitationState.WITHDRAWN
    assert places(first.event) == (1, 1)


def test_after_the_no_of_the_last_everybody_up_the_line_is_told_and_the_first_can_come(client):
    first, registration, second, third = chain()

    decline_invitation(third)

    heard = [to for to, kind in mail_kinds() if kind == ANSWER]
    assert sorted(heard) == ["eva@x.example", "ludmila@werk.example"]
    assert "Karl Drei kann nicht" in told("eva@x.example").text
    for page in (f"/r/{registration.token}", f"/i/{first.token}", f"/i/{second.token}"):
        words = words_of(client, page)
        assert "Ihre Vertretung kommt nicht" in words
        assert "zugesagt" not in words
    assert client.post(f"/i/{first.token}", data={"answer": "yes"}).status_code == 303
    db.session.refresh(registration)
    assert registration.state is RegistrationState.CONFIRMED


def test_after_the_yes_of_the_last_everybody_up_the_line_is_told_and_the_place_is_theirs(client):
    first, _registration, second, third = chain()

    accept_invitation(third)

    heard = [to for to, kind in mail_kinds() if kind == ANSWER]
    assert sorted(heard) == ["eva@x.example", "ludmila@werk.example"]
    for one in (first, second):
        assert client.post(f"/i/{one.token}", data={"answer": "yes"}).status_code == 409


def test_who_declines_after_naming_somebody_leaves_the_place_to_them(client):
    _first, registration, second, third = chain()

    decline_invitation(second)

    assert ("eva@x.example", ANSWER) not in mail_kinds()
    assert "Eine Antwort steht noch aus" in words_of(client, f"/r/{registration.token}")
    accept_invitation(third)
    assert mail_kinds().count(("eva@x.example", ANSWER)) == 1


def test_who_registered_without_an_invitation_follows_the_line_as_well(client):
    guest = make_registration(make_event(capacity=1), email="eva@x.example")
    second = hand_over(guest, ludmila())
    karl = ludmila(first_name="Karl", last_name="Drei", email="karl@drei.example")
    third = name_substitute(second, karl)
    assert "Eine Antwort steht noch aus" in words_of(client, f"/r/{guest.token}")

    take_place_back(guest)

    assert guest.state is RegistrationState.CONFIRMED
    assert {second.state, third.state} == {InvitationState.WITHDRAWN}
    decline_invitation(name_substitute(hand_over(guest, ludmila()), karl))
    assert ("eva@x.example", ANSWER) in mail_kinds()
    assert "Ihre Vertretung kommt nicht" in words_of(client, f"/r/{guest.token}")
