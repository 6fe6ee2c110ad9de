"""Organisers keep the form: whatever they change, no answer is lost."""

from dataclasses import replace

import pytest
from factories import make_answer, make_event, make_question, make_registration
from questions.support import as_drafted, choose, chosen, draft, places_agree
from sqlalchemy import select

from eventapp.accounts.models import AuditEntry
from eventapp.foundation.database import db, transaction
from eventapp.foundation.errors import Stale
from eventapp.questions import actions, queries
from eventapp.questions.errors import (
    AnsweredAlready,
    ChosenByThoseWords,
    ConditionNotPossible,
    FewerThanTaken,
    KindIsFixed,
    OthersDepend,
)
from eventapp.questions.given import Given
from eventapp.questions.models import Question, QuestionAnswer
from eventapp.questions.requests import ChoiceDraft
from eventapp.questions.states import Direction, QuestionKind, QuestionStep
from eventapp.registrations.actions import answer_questions

AFTER = QuestionStep.AFTER


def labels(event):
    return [one.label_de for one in queries.asked_questions(event)]


def change(question, **given):
    actions.change_question(
        question, as_drafted(question, **given), seen=question.version, by="test"
    )


def test_questions_are_asked_in_the_order_in_which_they_were_added_the_second_step_last(app):
    event = make_event()

    actions.add_question(event, draft(label_de="Später", step=AFTER), by="test")
    for words in ("Eins", "Zwei"):
        actions.add_question(event, draft(label_de=words), by="test")

    assert labels(event) == ["Eins", "Zwei", "Später"]


def test_a_question_has_its_choices_with_their_places(app):
    event = make_event()

    actions.add_question(event, draft(("Rad", 2), "Bus"), by="test")

    (question,) = queries.asked_questions(event)
    assert [(one.label_de, one.places_left) for one in question.offered] == [
        ("Rad", 2),
        ("Bus", None),
    ]


def test_changing_words_and_choices_keeps_every_answer(app):
    event = make_event()
    question = make_question(event, ("Rad", 2), "Bus")
    guest = make_registration(event)
    choose(guest, question, "Rad")
    rad, bus = question.offered

    rows = tuple(one for one in as_drafted(question).choices if one.id == bus.id)
    change(question, label_de="Womit kommen Sie?", required=True, choices=rows)

    assert [one.label_de for one in question.offered] == ["Bus"]
    assert rad.retired_at is not None
    assert chosen(guest, question) == (["Rad"], [])
    assert places_agree(event)


def test_a_choice_that_nobody_took_is_gone_when_it_is_taken_out(app):
    question = make_question(make_event(), "Rad", "Bus", "Bahn")

    change(question, choices=as_drafted(question).choices[:2])

    assert [one.label_de for one in question.choices] == ["Rad", "Bus"]


def test_the_kind_stays_once_somebody_has_answered(app):
    event = make_event()
    question = make_question(event)
    answer_questions(make_registration(event), {question.id: Given("Ja, gern")})

    with pytest.raises(KindIsFixed):
        change(question, kind=QuestionKind.YES_NO)

    assert db.session.scalars(select(QuestionAnswer.text)).all() == ["Ja, gern"]


def test_before_that_the_kind_can_change_and_takes_the_choices_along(app):
    question = make_question(make_event(), "Rad", "Bus")

    change(question, kind=QuestionKind.NUMBER, choices=())

    assert (question.kind, question.choices) == (QuestionKind.NUMBER, [])


def test_places_cannot_be_fewer_than_are_taken(app):
    event = make_event()
    question = make_question(event, ("Rad", 5), "Bus")
    for _ in range(2):
        choose(make_registration(event), question, "Rad")
    first, second = as_drafted(question).choices

    with pytest.raises(FewerThanTaken) as refused:
        change(question, choices=(replace(first, places=1), second))

    assert refused.value.field == "places_1"
    assert question.offered[0].places == 5


def test_limiting_a_choice_later_counts_those_who_have_chosen_it(app):
    event = make_event()
    question = make_question(event, "Rad", "Bus")
    choose(make_registration(event), question, "Rad")

    first, second = as_drafted(question).choices
    change(question, choices=(replace(first, places=1), second))

    assert question.offered[0].is_full
    assert places_agree(event)


def test_a_question_with_answers_is_taken_out_of_the_form_and_never_deleted(app):
    event = make_event()
    question = make_question(event)
    make_answer(make_registration(event), question, text="Ja")

    with pytest.raises(AnsweredAlready):
        actions.remove_question(question, by="test")
    actions.retire_question(question, by="test")

    assert labels(event) == []
    assert list(queries.answers_of(event).values()) == [{f"question-{question.id}": "Ja"}]


def test_what_was_taken_out_can_be_asked_again_with_its_answers(app):
    event = make_event()
    question, other = make_question(event), make_question(event)
    make_answer(make_registration(event), question, text="Ja")
    actions.retire_question(question, by="test")

    actions.ask_again(question, by="test")

    assert labels(event) == [other.label_de, question.label_de]
    assert queries.is_answered(question)


def test_a_question_that_nobody_answered_is_deleted(app):
    event = make_event()
    question = make_question(event, "Rad", "Bus")

    actions.remove_question(question, by="test")

    assert db.session.scalars(select(Question)).all() == []


def test_questions_move_within_their_step(app):
    event = make_event()
    one, two, late = make_question(event), make_question(event), make_question(event, step=AFTER)

    actions.move_question(two, Direction.UP, by="test")
    actions.move_question(one, Direction.DOWN, by="test")
    actions.move_question(late, Direction.UP, by="test")

    assert labels(event) == [two.label_de, one.label_de, late.label_de]


def test_moving_makes_no_open_form_stale(app):
    event = make_event()
    one, two = make_question(event), make_question(event)
    seen = one.version

    actions.move_question(two, Direction.UP, by="test")
    actions.change_question(one, as_drafted(one, label_de="Neu"), seen=seen, by="test")

    assert one.label_de == "Neu"


def test_a_question_depends_only_on_one_before_it_that_can_be_answered_like_that(app):
    event = make_event()
    first = make_question(event, "Rad", "Bus")
    text = make_question(event)
    late = make_question(event, kind=QuestionKind.YES_NO, step=AFTER)
    value = first.choices[0].value
    good = draft(condition_id=first.id, condition_value=value)
    bad = [
        draft(condition_id=first.id, condition_value="yes"),
        draft(condition_id=text.id, condition_value="yes"),
        draft(condition_id=late.id, condition_value="yes"),
        draft(condition_id=9999, condition_value="yes"),
    ]

    actions.add_question(event, good, by="test")

    for one in bad:
        with pytest.raises(ConditionNotPossible):
            actions.add_question(event, one, by="test")
    with pytest.raises(ConditionNotPossible):
        change(first, condition_id=text.id, condition_value="yes")


def test_what_others_depend_on_stays_before_them(app):
    event = make_event()
    first = make_question(event, "Rad", "Bus", "Bahn")
    value = first.choices[0].value
    second = make_question(event, condition_id=first.id, condition_value=value)
    without = as_drafted(first).choices[1:]

    for step in (
        lambda: actions.move_question(second, Direction.UP, by="test"),
        lambda: actions.move_question(first, Direction.DOWN, by="test"),
        lambda: actions.retire_question(first, by="test"),
        lambda: actions.remove_question(first, by="test"),
        lambda: change(first, step=AFTER),
        lambda: change(first, kind=QuestionKind.TEXT, choices=()),
        lambda: change(first, choices=without),
    ):
        with pytest.raises(OthersDepend):
            step()

    assert labels(event) == [first.label_de, second.label_de]
    assert len(first.offered) == 3


def test_t52_of_two_who_change_one_question_the_second_sees_both_versions(app):
    question = make_question(make_event(), "Rad", "Bus", label_de="Alt")
    seen = question.version
    theirs = as_drafted(question, label_de="Von der Kollegin")
    more = (*as_drafted(question).choices, ChoiceDraft(row=3, label_de="Bahn"))
    mine = as_drafted(question, label_de="Von mir", choices=more)

    actions.change_question(question, theirs, seen=seen, by="test")
    with pytest.raises(Stale) as stale:
        actions.change_question(question, mine, seen=seen, by="test")

    both = [("Rad", "Rad", None), ("Bus", "Bus", None)]
    assert question.label_de == "Von der Kollegin"
    assert stale.value.differences == {
        "label_de": ("Von der Kollegin", "Von mir"),
        "choices": (both, [*both, ("Bahn", "", None)]),
    }


def test_t52_a_change_of_choices_alone_is_noticed_too(app):
    question = make_question(make_event(), "Rad", "Bus")
    seen = question.version
    rows = as_drafted(question).choices

    actions.change_question(question, as_drafted(question, choices=rows[::-1]), seen=seen, by="x")

    assert question.version > seen
    with pytest.raises(Stale):
        actions.change_question(question, as_drafted(question, choices=rows), seen=seen, by="x")


def test_every_step_is_in_the_trail_and_no_answer_is(app):
    event = make_event()
    question = actions.add_question(event, draft(label_de="Eins"), by="test")
    answer_questions(make_registration(event), {question.id: Given("Nussallergie")})
    change(question, label_de="Zwei")
    actions.retire_question(question, by="test")

    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()

    assert [one.action for one in entries] == [
        "question.added",
        "registration.answered",
        "question.changed",
        "question.retired",
    ]
    assert (entries[2].before, entries[2].after) == ({"label_de": "Eins"}, {"label_de": "Zwei"})
    assert "Nussallergie" not in str([(one.before, one.after, one.reason) for one in entries])


def renamed(question, words, **given):
    first, *others = as_drafted(question).choices
    return (replace(first, label_de=words, **given), *others)


def test_what_somebody_chose_gets_other_words_only_if_they_mean_the_same(app):
    event = make_event()
    question = make_question(event, "Stellwerk", "Museum")
    guest = make_registration(event)
    choose(guest, question, "Stellwerk")

    with pytest.raises(ChosenByThoseWords) as refused:
        change(question, choices=renamed(question, "Bahnhof"))
    kept = chosen(guest, question)
    change(question, choices=renamed(question, "Das Stellwerk", same_meaning=True))

    assert refused.value.field == "label_de_1"
    assert str(refused.value.text).startswith("Ein Gast hat das gewählt.")
    assert kept == (["Stellwerk"], [])
    assert chosen(guest, question) == (["Das Stellwerk"], [])


def test_words_that_nobody_chose_change_freely_and_a_translation_asks_nothing(app):
    event = make_event()
    question = make_question(event, "Stellwerk", "Museum")
    choose(make_registration(event), question, "Stellwerk")
    with transaction():
        question.choices[0].label_en = ""
    first, second = as_drafted(question).choices

    translated = (replace(first, label_en="Signal box"), replace(second, label_de="Depot"))
    change(question, choices=translated)

    assert [(one.label_de, one.label_en) for one in question.offered] == [
        ("Stellwerk", "Signal box"),
        ("Depot", "Museum"),
    ]


def test_choices_do_not_change_places_by_changing_their_words(app):
    event = make_event()
    question = make_question(event, "Stellwerk", "Museum")
    for words in ("Stellwerk", "Stellwerk", "Museum"):
        choose(make_registration(event), question, words)
    first, second = as_drafted(question).choices
    swapped = (replace(first, label_de="Museum"), replace(second, label_de="Stellwerk"))

    with pytest.raises(ChosenByThoseWords) as refused:
        change(question, choices=swapped)

    assert [str(text).split(".")[0] for text in refused.value.beside.values()] == [
        "2 Gäste haben das gewählt",
        "Ein Gast hat das gewählt",
    ]
