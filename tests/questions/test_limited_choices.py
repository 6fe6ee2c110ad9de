"""Limited places of choices, asked for by many at once, with real threads (T-48)."""

import pytest
from factories import make_event, make_invitation, make_question, make_registration
from questions.support import choose, chosen, places_agree
from registrations.public_form import hermine
from registrations.support import all_registrations
from registrations.test_last_place import at_once

from eventapp.foundation.database import db
from eventapp.questions.errors import ChoiceIsFull
from eventapp.questions.given import Given
from eventapp.questions.models import Question
from eventapp.questions.states import QuestionKind
from eventapp.registrations.actions import accept_invitation, answer_questions, cancel_registration
from eventapp.registrations.front_door.actions import confirm_registration, register
from eventapp.registrations.models import Registration
from eventapp.registrations.states import RegistrationState

CLIENTS = 16


def choice_of(question_id, *words):
    question = db.session.get_one(Question, question_id)
    return Given(choices=tuple(one.value for one in question.choices if one.label_de in words))


def test_t48_as_many_get_a_choice_as_it_has_places_whole_or_not_at_all(app):
    event = make_event()
    question = make_question(event, ("Rad", 5), ("Essen", 3), "Bus", kind=QuestionKind.MULTIPLE)
    number = question.id
    guests = [make_registration(event).id for _ in range(CLIENTS)]

    def take_both(guest):
        try:
            answer_questions(
                db.session.get_one(Registration, guest), {number: choice_of(number, "Rad", "Essen")}
            )
        except ChoiceIsFull:
            return "full"
        return "both"

    told = at_once(app, take_both, guests)

    db.session.expire_all()
    held = [chosen(db.session.get_one(Registration, guest), question)[0] for guest in guests]
    assert (told.count("both"), told.count("full")) == (3, CLIENTS - 3)
    assert sorted(held) == [[]] * (CLIENTS - 3) + [["Rad", "Essen"]] * 3
    assert places_agree(event)


def test_t48_confirming_at_one_instant_oversells_no_choice(app):
    event = make_event()
    question = make_question(event, ("Rad", 4), "Bus")
    rad = {question.id: choice_of(question.id, "Rad")}
    for number in range(CLIENTS):
        register(event, hermine(email=f"gast{number}@werk.example", answers=rad))

    def confirm(number):
        confirm_registration(db.session.get_one(Registration, number))

    at_once(app, confirm, [one.id for one in all_registrations()])

    db.session.expire_all()
    ends = [chosen(one, question) for one in all_registrations()]
    assert (ends.count((["Rad"], [])), ends.count(([], ["Rad"]))) == (4, CLIENTS - 4)
    assert places_agree(event)


@pytest.mark.parametrize("capacity", [6])
def test_t48_swapping_leaving_and_coming_at_one_instant_end_without_deadlock(app, capacity):
    """Those who have A want B and the other way round, others cancel, others come."""
    event = make_event(capacity=capacity)
    question = make_question(event, ("A", 3), ("B", 3))
    number = question.id
    guests = []
    for words in ("A", "B") * 2:
        guest = make_registration(event)
        choose(guest, question, words)
        guests.append((guest.id, "swap", "B" if words == "A" else "A"))
    for words in ("A", "B"):
        guest = make_registration(event)
        choose(guest, question, words)
        guests.append((guest.id, "leave", words))
    waiting = [make_registration(event, state=RegistrationState.WAITING) for _ in range(2)]
    for guest in waiting:
        choose(guest, question, "A")
    invited = [(make_invitation(event).id, "come", "") for _ in range(4)]

    def work(task):
        row, what, words = task
        try:
            if what == "swap":
                answer_questions(
                    db.session.get_one(Registration, row), {number: choice_of(number, words)}
                )
            elif what == "leave":
                cancel_registration(db.session.get_one(Registration, row))
            else:
                from eventapp.invitations.models import Invitation

                accept_invitation(db.session.get_one(Invitation, row))
        except ChoiceIsFull:
            return "full"
        return what

    told = at_once(app, work, guests + invited)

    db.session.expire_all()
    assert set(told) <= {"swap", "leave", "come", "full"}
    assert places_agree(event)
