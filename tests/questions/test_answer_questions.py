"""Answers, and how the places of choices follow the place at the event."""

from datetime import timedelta

import pytest
from factories import make_event, make_invitation, make_question, make_registration
from questions.support import as_drafted, choose, chosen, places_agree
from registrations.public_form import hermine
from registrations.support import all_registrations, latest_mail, ludmila

from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.questions import actions as question_actions
from eventapp.questions import queries
from eventapp.questions.errors import ChoiceIsFull, ChoiceIsGone
from eventapp.questions.given import Given
from eventapp.questions.states import Claim, QuestionKind, QuestionStep
from eventapp.registrations.actions import (
    accept_invitation,
    answer_questions,
    cancel_registration,
    name_substitute,
    offer_free_places,
    tend_waiting_lists,
)
from eventapp.registrations.asked import guest_sheet, staff_sheet
from eventapp.registrations.errors import AnswersClosed
from eventapp.registrations.front_door.actions import confirm_registration, register
from eventapp.registrations.states import RegistrationState

S = RegistrationState
YES = Given("yes")


def left(question, words):
    (choice,) = [one for one in queries.question_of(question.event, question.id).choices
                 if one.label_de == words]  # fmt: skip
    db.session.refresh(choice)
    return choice.places_left


def test_choosing_takes_a_place_and_choosing_anew_gives_it_back(app):
    event = make_event()
    question = make_question(event, ("Rad", 1), ("Bus", 5))
    guest = make_registration(event)

    choose(guest, question, "Rad")
    taken = left(question, "Rad"), left(question, "Bus")
    choose(guest, question, "Bus")

    assert taken == (0, 5)
    assert (left(question, "Rad"), left(question, "Bus")) == (1, 4)
    assert places_agree(event)


def test_what_is_full_is_refused_and_nothing_of_the_form_is_kept(app):
    event = make_event()
    question = make_question(event, ("Rad", 1), ("Bus", 5), ("Bahn", 0), kind=QuestionKind.MULTIPLE)
    text = make_question(event)
    guest = make_registration(event)
    every = Given(choices=tuple(one.value for one in question.choices))

    with pytest.raises(ChoiceIsFull) as refused:
        answer_questions(guest, {text.id: Given("Hallo"), question.id: every})

    assert refused.value.field == question.field_name
    assert queries.answers_by(guest.id) == {}
    assert (left(question, "Rad"), left(question, "Bus")) == (1, 5)


def test_saving_again_what_one_has_takes_nothing_more(app):
    event = make_event()
    question = make_question(event, ("Rad", 1), "Bus")
    guest = make_registration(event)

    for _ in range(2):
        choose(guest, question, "Rad")

    assert chosen(guest, question) == (["Rad"], [])
    assert places_agree(event)


def test_an_answer_to_what_is_not_asked_is_not_kept(app):
    event = make_event()
    first = make_question(event, kind=QuestionKind.YES_NO)
    second = make_question(event, ("Rad", 1), "Bus", condition_id=first.id, condition_value="yes")
    guest = make_registration(event)
    rad = Given(choices=(second.choices[0].value,))

    answer_questions(guest, {first.id: Given("no"), second.id: rad})

    assert set(queries.answers_by(guest.id)) == {first.id}
    assert left(second, "Rad") == 1


def test_who_changes_their_mind_gives_back_what_depended_on_it(app):
    event = make_event()
    first = make_question(event, kind=QuestionKind.YES_NO)
    second = make_question(event, ("Rad", 1), "Bus", condition_id=first.id, condition_value="yes")
    guest = make_registration(event)
    rad = Given(choices=(second.choices[0].value,))
    answer_questions(guest, {first.id: YES, second.id: rad})

    answer_questions(guest, {first.id: Given("no"), second.id: rad})

    assert set(queries.answers_by(guest.id)) == {first.id}
    assert left(second, "Rad") == 1


def test_a_condition_added_later_takes_no_answer_away(app):
    event = make_event()
    first = make_question(event, kind=QuestionKind.YES_NO)
    second = make_question(event, ("Rad", 1), "Bus")
    guest = make_registration(event)
    choose(guest, second, "Rad")
    question_actions.change_question(
        second,
        as_drafted(second, condition_id=first.id, condition_value="yes"),
        seen=second.version,
        by="test",
    )

    answer_questions(guest, {first.id: Given("no")})

    assert chosen(guest, second) == (["Rad"], [])
    assert places_agree(event)


def test_a_choice_taken_out_of_the_form_stays_with_who_has_it_and_nobody_else_gets_it(app):
    event = make_event()
    question = make_question(event, "Rad", "Bus", "Bahn")
    guest, other = make_registration(event), make_registration(event)
    choose(guest, question, "Rad")
    question_actions.change_question(
        question,
        as_drafted(question, choices=as_drafted(question).choices[1:]),
        seen=question.version,
        by="test",
    )

    choose(guest, question, "Rad")
    with pytest.raises(ChoiceIsGone):
        choose(other, question, "Rad")

    assert chosen(guest, question) == (["Rad"], [])


def test_the_place_is_taken_when_the_address_is_confirmed_and_not_before(app):
    event = make_event()
    question = make_question(event, ("Rad", 1), "Bus")
    answers = {question.id: Given(choices=(question.choices[0].value,))}
    register(event, hermine(answers=answers))
    register(event, hermine(first_name="Zweite", answers=answers))
    before = left(question, "Rad")

    for one in all_registrations():
        confirm_registration(one)

    first, second = all_registrations()
    assert before == 1
    assert (first.state, second.state) == (S.CONFIRMED, S.CONFIRMED)
    assert chosen(first, question) == (["Rad"], [])
    assert chosen(second, question) == ([], ["Rad"])
    assert "Inzwischen ausgebucht: Rad" in latest_mail().text
    assert places_agree(event)


def test_registering_once_more_before_confirming_keeps_the_last_answers(app):
    event = make_event()
    question = make_question(event)
    register(event, hermine(answers={question.id: Given("eins")}))
    register(event, hermine(answers={question.id: Given("zwei")}))

    (one,) = all_registrations()
    assert queries.answers_by(one.id)[question.id].text == "zwei"


def test_nobody_changes_the_answers_of_who_is_registered_already(app):
    event = make_event()
    question = make_question(event)
    register(event, hermine(answers={question.id: Given("eins")}))
    confirm_registration(all_registrations()[0])

    register(event, hermine(answers={question.id: Given("von Fremden")}))

    assert queries.answers_by(all_registrations()[0].id)[question.id].text == "eins"


def test_who_waits_has_a_wish_that_becomes_a_place_with_the_place_at_the_event(app):
    event = make_event(capacity=1)
    question = make_question(event, ("Rad", 1), "Bus")
    guest, waiting = make_registration(event), make_registration(event, state=S.WAITING)
    choose(waiting, question, "Rad")
    wished = left(question, "Rad")

    cancel_registration(guest)

    db.session.refresh(waiting)
    assert (wished, waiting.state, left(question, "Rad")) == (1, S.OFFERED, 0)
    assert places_agree(event)


def test_a_wish_that_is_full_by_then_is_told_with_the_offer(app):
    event = make_event(capacity=2)
    question = make_question(event, ("Rad", 1), "Bus")
    leaving, quick = make_registration(event), make_registration(event)
    waiting = make_registration(event, state=S.WAITING)
    choose(waiting, question, "Rad")
    choose(quick, question, "Rad")

    cancel_registration(leaving)
    mail = latest_offer()

    db.session.refresh(waiting)
    assert (waiting.state, chosen(waiting, question)) == (S.OFFERED, ([], ["Rad"]))
    assert "Inzwischen ausgebucht: Rad" in mail.text
    assert [one.id for one in guest_sheet(waiting).open] == [question.id]

    choose(waiting, question, "Bus")
    assert (chosen(waiting, question), guest_sheet(waiting).missed) == ((["Bus"], []), [])


def latest_offer():
    from sqlalchemy import select

    from eventapp.foundation.outbox import OutboxMail

    return db.session.scalars(
        select(OutboxMail).where(OutboxMail.kind.contains("offer")).order_by(OutboxMail.id.desc())
    ).first()


def test_an_offer_that_lapses_gives_the_choice_back_and_the_wish_stays(app):
    event = make_event(capacity=1, waiting_list=True)
    question = make_question(event, ("Rad", 1), "Bus")
    guest, waiting = make_registration(event), make_registration(event, state=S.WAITING)
    choose(waiting, question, "Rad")
    cancel_registration(guest)

    with clock.held(clock.now() + timedelta(days=3)):
        tend_waiting_lists()

    db.session.refresh(waiting)
    assert (waiting.state, left(question, "Rad")) == (S.EXPIRED, 1)
    assert chosen(waiting, question) == (["Rad"], [])
    assert places_agree(event)


def test_cancelling_gives_back_and_coming_back_takes_again(app):
    event = make_event()
    question = make_question(event, ("Rad", 1), "Bus")
    invitation = make_invitation(event)
    guest = accept_invitation(invitation)
    choose(guest, question, "Rad")

    cancel_registration(guest)
    between = left(question, "Rad")
    accept_invitation(invitation)

    assert (between, left(question, "Rad")) == (1, 0)
    assert chosen(guest, question) == (["Rad"], [])
    assert places_agree(event)


def test_a_substitute_inherits_the_place_and_no_answer(app):
    event = make_event()
    question = make_question(event, ("Rad", 1), "Bus")
    invitation = make_invitation(event)
    guest = accept_invitation(invitation)
    choose(guest, question, "Rad")

    name_substitute(invitation, ludmila())

    heir = all_registrations()[-1]
    assert (heir.holds_place, queries.answers_by(heir.id)) == (True, {})
    assert (left(question, "Rad"), chosen(guest, question)) == (1, (["Rad"], []))
    assert places_agree(event)


def test_places_given_out_by_hand_take_the_choices_along(app, organiser):
    event = make_event(organiser.memberships[0].host, capacity=5, waiting_list=True)
    question = make_question(event, ("Rad", 2), "Bus")
    for _ in range(3):
        choose(make_registration(event, state=S.WAITING), question, "Rad")

    offer_free_places(event, by=organiser)

    assert left(question, "Rad") == 0
    assert places_agree(event)


def test_the_second_step_is_asked_of_those_who_have_a_place(app):
    event = make_event()
    first = make_question(event)
    late = make_question(event, step=QuestionStep.AFTER)
    asked = {
        state: [one.id for one in guest_sheet(make_registration(event, state=state)).questions]
        for state in (S.CONFIRMED, S.WAITING, S.IN_REVIEW, S.CANCELLED)
    }

    assert asked == {
        S.CONFIRMED: [first.id, late.id],
        S.WAITING: [first.id],
        S.IN_REVIEW: [first.id],
        S.CANCELLED: [],
    }


def test_the_deadline_settles_what_was_answered_and_leaves_open_what_was_not(app):
    event = make_event()
    first, unanswered = make_question(event), make_question(event)
    late = make_question(event, step=QuestionStep.AFTER)
    guest = make_registration(event)
    answer_questions(guest, {first.id: Given("eins"), late.id: Given("eins")})

    with clock.held(event.starts_at - timedelta(days=1)):
        sheet = guest_sheet(guest)
        answer_questions(guest, {one.id: Given("zwei") for one in (first, unanswered, late)})

    texts = {number: row.text for number, row in queries.answers_by(guest.id).items()}
    assert [one.id for one in sheet.in_form] == [unanswered.id, late.id]
    assert texts == {first.id: "eins", unanswered.id: "zwei", late.id: "zwei"}


def test_once_the_event_has_begun_guests_change_nothing_and_staff_still_can(app, organiser):
    event = make_event(organiser.memberships[0].host)
    question = make_question(event)
    guest = make_registration(event)

    with clock.held(event.starts_at + timedelta(minutes=1)):
        with pytest.raises(AnswersClosed):
            answer_questions(guest, {question.id: Given("zu spät")})
        answer_questions(guest, {question.id: Given("am Telefon")}, by=organiser)

    assert queries.answers_by(guest.id)[question.id].text == "am Telefon"


def test_staff_need_not_answer_what_guests_must(app):
    event = make_event()
    question = make_question(event, required=True)
    guest = make_registration(event)

    assert guest_sheet(guest).demanded == {question.id}
    assert staff_sheet(guest).demanded == frozenset()


def test_who_wants_to_be_forgotten_gives_their_places_back(app):
    event = make_event()
    question = make_question(event, ("Rad", 1), "Bus")
    guest = make_registration(event)
    choose(guest, question, "Rad")

    with transaction():
        question_actions.forget_answers(guest.id, claim=Claim.PLACE)

    assert (queries.answers_by(guest.id), left(question, "Rad")) == ({}, 1)
