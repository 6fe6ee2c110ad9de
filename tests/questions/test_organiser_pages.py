"""The pages on which organisers keep the form and read the answers."""

from datetime import timedelta

import pytest
from factories import make_answer, make_event, make_question, make_registration
from pages_as_people import forms_of
from questions.support import choose
from statements import statement_count
from world import ON_SQLITE

from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.questions import queries
from eventapp.questions.models import Question
from eventapp.questions.states import QuestionKind, QuestionStep
from eventapp.registrations.states import RegistrationState

SEE_OTHER, NOT_FOUND, CONFLICT, UNPROCESSABLE = 303, 404, 409, 422
S = RegistrationState


@pytest.fixture
def event(organiser):
    return make_event(organiser.memberships[0].host)


def at(event, *parts):
    return "/".join((f"/organise/{event.slug}/questions", *map(str, parts)))


def form_of(page):
    return next(form for form in forms_of(page) if "label_de" in form.fields)


def filled(**given):
    return {
        "kind": "text",
        "label_de": "Wie reisen Sie an?",
        "step": "registration",
        "condition": "",
        "size": "3",
    } | given


def test_a_choice_with_limited_places_is_added_and_stands_in_the_list(event, client):
    rows = {"label_de_1": "Rad", "places_1": "2", "label_de_2": "Bus", "label_en_2": "Bus"}

    answer = client.post(at(event, "new"), data=filled(kind="choice", required="y", **rows))

    (question,) = queries.asked_questions(event)
    assert (answer.status_code, answer.location) == (SEE_OTHER, at(event))
    assert (question.kind, question.required) == (QuestionKind.CHOICE, True)
    assert [(one.label_de, one.places) for one in question.offered] == [("Rad", 2), ("Bus", None)]
    page = client.get(at(event)).text
    assert "(0 von 2)" in page
    assert "Englisch unvollständig" in page


def test_a_missing_choice_is_complained_about_in_the_row_where_it_belongs(event, client):
    answer = client.post(at(event, "new"), data=filled(kind="choice", label_de_1="Rad"))

    assert answer.status_code == UNPROCESSABLE
    summary = '<a href="#label_de_2">Möglichkeit 2, Deutsch: Bitte geben Sie mindestens zwei'
    assert summary in answer.text
    assert 'id="label_de_2-error"' in answer.text


def test_a_condition_is_chosen_from_the_questions_before(event, client):
    first = make_question(event, "Rad", "Bus", label_de="Womit?")
    late = make_question(event, kind=QuestionKind.YES_NO, step=QuestionStep.AFTER)
    value = f"{first.id}:{first.choices[0].value}"

    page = client.get(at(event, "new")).text
    answer = client.post(at(event, "new"), data=filled(condition=value))

    assert "Wer bei „Womit?“ „Rad“ angibt" in page
    assert answer.status_code == SEE_OTHER
    assert f"{late.id}:yes" not in client.get(at(event, first.id)).text
    assert "Nur falls Sie bei „Womit?“ „Rad“ angeben." in client.get(at(event)).text


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"label_de": " "}, "label_de"),
        ({"label_de": "x" * 301}, "label_de"),
        ({"kind": "colour"}, "kind"),
        ({"step": "never"}, "step"),
        ({"condition": "999:yes"}, "condition"),
        ({"kind": "choice"}, "label_de_1"),
        ({"kind": "choice", "label_de_1": "Rad", "label_de_2": "rad"}, "label_de_2"),
        ({"kind": "choice", "label_de_1": "Rad", "label_en_2": "Bus"}, "label_de_2"),
        ({"kind": "choice", "label_de_1": "A", "label_de_2": "B", "places_2": "zwei"}, "places_2"),
        ({"kind": "multiple", "label_de_1": "A", "label_de_2": "B", "places_2": "-1"}, "places_2"),
    ],
)
@ON_SQLITE
def test_what_is_wrong_is_named_beside_its_field_and_kept(event, client, given, field):
    answer = client.post(at(event, "new"), data=filled(purpose_de="Die Räume sind klein.", **given))

    assert answer.status_code == UNPROCESSABLE
    assert f'id="{field}-error"' in answer.text
    assert 'value="Die Räume sind klein."' in answer.text
    assert queries.asked_questions(event) == []


@ON_SQLITE
def test_more_lines_keep_what_was_typed_and_add_nothing_yet(event, client):
    typed = filled(kind="choice", label_de_1="Rad", label_de_3="Bahn", more="1")

    page = form_of(client.post(at(event, "new"), data=typed).text)

    assert page.fields["label_de_3"] == "Bahn"
    assert "label_de_6" in page.fields
    assert queries.asked_questions(event) == []


@ON_SQLITE
def test_the_form_of_a_question_saved_as_it_is_changes_nothing(event, client):
    first = make_question(event, ("Rad", 2), "Bus", purpose_de="Wozu")
    make_question(event, condition_id=first.id, condition_value=first.choices[0].value)
    versions = [one.version for one in queries.asked_questions(event)]

    for one in queries.asked_questions(event):
        fields = form_of(client.get(at(event, one.id)).text).fields
        assert client.post(at(event, one.id), data=fields).status_code == SEE_OTHER

    db.session.expire_all()
    assert [one.version for one in queries.asked_questions(event)] == versions


def test_t52_t53_a_stale_form_shows_both_versions_and_overwrites_nothing(event, client):
    question = make_question(event, "Rad", "Bus", label_de="Alt", purpose_de="Zweck")
    fields = form_of(client.get(at(event, question.id)).text).fields
    client.post(at(event, question.id), data=fields | {"label_de": "Von der Kollegin"})

    stale = client.post(
        at(event, question.id), data=fields | {"purpose_de": "Neuer Zweck", "label_de_2": "Bahn"}
    )

    db.session.expire_all()
    assert stale.status_code == CONFLICT
    assert "Von der Kollegin" in stale.text
    assert "Neuer Zweck" in stale.text
    assert "Rad; Bahn" in stale.text
    assert (question.label_de, question.purpose_de) == ("Von der Kollegin", "Zweck")

    again = form_of(stale.text).fields
    client.post(at(event, question.id), data=again | {"label_de": "Von der Kollegin"})
    db.session.expire_all()
    assert (question.label_de, question.purpose_de) == ("Von der Kollegin", "Neuer Zweck")


def test_t53_the_kind_of_an_answered_question_is_refused_also_from_an_old_form(event, client):
    question = make_question(event)
    fields = form_of(client.get(at(event, question.id)).text).fields
    make_answer(make_registration(event), question, text="Hallo")

    page = client.post(at(event, question.id), data=fields | {"kind": "number"})

    assert page.status_code == UNPROCESSABLE
    assert question.kind is QuestionKind.TEXT
    assert 'type="hidden" name="kind" value="text"' in client.get(at(event, question.id)).text


@ON_SQLITE
def test_other_words_for_what_was_chosen_are_asked_about_with_the_number_of_people(event, client):
    question = make_question(event, "Stellwerk", "Museum")
    for _ in range(3):
        choose(make_registration(event), question, "Stellwerk")
    fields = form_of(client.get(at(event, question.id)).text).fields

    asked = client.post(at(event, question.id), data=fields | {"label_de_1": "Bahnhof"})
    again = form_of(asked.text)
    kept = [one.label_de for one in question.offered]
    done = client.post(at(event, question.id), data=again.fields | {"same_1": "y"})

    db.session.expire_all()
    assert "Von 3 Gästen gewählt" in client.get(at(event, question.id)).text
    assert asked.status_code == UNPROCESSABLE
    assert "3 Gäste haben das gewählt." in asked.text
    assert (again.fields["label_de_1"], kept) == ("Bahnhof", ["Stellwerk", "Museum"])
    assert 'name="same_1"' in asked.text
    assert 'name="same_2"' not in asked.text
    assert done.status_code == SEE_OTHER
    assert [one.label_de for one in question.offered] == ["Bahnhof", "Museum"]


@ON_SQLITE
def test_one_place_that_is_taken_is_spoken_of_as_one(event, client):
    question = make_question(event, ("Rad", 5), "Bus")
    choose(make_registration(event), question, "Rad")
    fields = form_of(client.get(at(event, question.id)).text).fields

    page = client.post(at(event, question.id), data=fields | {"places_1": "0"}).text

    assert "Ein Platz ist schon vergeben; weniger geht nicht." in page


@ON_SQLITE
def test_t08_nobody_sets_what_the_form_does_not_offer(event, client):
    other = make_question(make_event(event.host), "X", "Y")
    question = make_question(event, ("Rad", 5), "Bus")
    choose(make_registration(event), question, "Rad")
    fields = form_of(client.get(at(event, question.id)).text).fields

    client.post(
        at(event, question.id),
        data=fields
        | {
            "event_id": str(other.event_id),
            "places_taken": "0",
            "position": "99",
            "retired_at": "2026-01-01",
            "label_de_3": "Fremd",
            "id_3": str(other.choices[0].id),
        },
    )

    db.session.expire_all()
    assert (question.event_id, question.choices[0].places_taken) == (event.id, 1)
    assert [one.label_de for one in question.offered] == ["Rad", "Bus", "Fremd"]
    assert [one.label_de for one in other.choices] == ["X", "Y"]


@ON_SQLITE
def test_moving_taking_out_asking_again_and_deleting_are_buttons(event, client):
    one, two = make_question(event), make_question(event)
    make_answer(make_registration(event), one, text="x")

    def labels():
        return [row.id for row in queries.asked_questions(event)]

    client.post(at(event, two.id, "move"), data={"direction": "up"})
    moved = labels()
    client.post(at(event, one.id, "retire"))
    retired = labels()
    client.post(at(event, one.id, "again"))
    again = labels()
    client.post(at(event, two.id, "remove"))

    assert (moved, retired, again, labels()) == (
        [two.id, one.id],
        [two.id],
        [two.id, one.id],
        [one.id],
    )


@ON_SQLITE
def test_what_others_depend_on_is_left_alone_with_the_reason(event, client):
    first = make_question(event, kind=QuestionKind.YES_NO)
    make_question(event, condition_id=first.id, condition_value="yes", label_de="Wie groß?")

    page = client.post(at(event, first.id, "remove"), follow_redirects=True).text

    assert "Die Frage „Wie groß?“ hängt davon ab." in page
    assert db.session.get(Question, first.id) is not None


@ON_SQLITE
def test_the_preview_shows_both_languages_at_once(event, client):
    make_question(event, ("Rad", 2), "Bus", label_de="Womit?", label_en="By what means?")
    make_question(event, label_de="Nur deutsch", label_en="")

    page = client.get(at(event, "preview")).text

    for words in ("Womit?", "By what means?", "noch 2 Plätze frei", "2 places left", "optional"):
        assert words in page
    assert "Eine Frage hat noch keinen englischen Text" in page
    assert page.count("Nur deutsch") >= 2


@ON_SQLITE
def test_the_counts_say_who_has_a_place_who_waits_and_who_has_not_answered(event, client):
    workshop = make_question(event, ("Rad", 2), "Bus", label_de="Womit?")
    spaces = make_question(event, kind=QuestionKind.NUMBER, label_de="Stellplätze?")
    guests = [make_registration(event) for _ in range(3)]
    waiting = make_registration(event, state=S.WAITING)
    gone = make_registration(event, state=S.CANCELLED)
    choose(guests[0], workshop, "Rad")
    choose(guests[1], workshop, "Bus")
    choose(waiting, workshop, "Rad")
    make_answer(gone, workshop, choices=[workshop.choices[0].value])
    for guest, number in zip(guests, ("2", "3", ""), strict=True):
        make_answer(guest, spaces, text=number)

    page = client.get(at(event, "answers")).text
    missing = client.get(at(event, "open")).text

    assert "3 von 4 haben geantwortet, 1 noch nicht" in page
    assert "2 von 4 haben geantwortet, 1 ohne Angabe, 1 noch nicht" in page
    assert "Summe: 5" in page
    assert "2 Gäste haben noch nicht alles beantwortet" in page
    assert guests[2].last_name in missing
    assert waiting.last_name in missing
    assert guests[0].last_name not in missing


@ON_SQLITE
def test_one_question_lists_its_answers_with_names_and_by_choice(event, client):
    workshop = make_question(event, "Rad", "Bus")
    first, second = make_registration(event), make_registration(event)
    choose(first, workshop, "Rad")
    choose(second, workshop, "Bus")
    rad = workshop.choices[0].value

    every = client.get(at(event, workshop.id, "answers")).text
    some = client.get(f"{at(event, workshop.id, 'answers')}?value={rad}").text

    assert first.last_name in every
    assert second.last_name in every
    assert first.last_name in some
    assert second.last_name not in some


@ON_SQLITE
def test_staff_notes_answers_for_a_guest_who_called_also_after_the_deadline(organiser, client):
    soon = clock.now() + timedelta(days=1)
    event = make_event(organiser.memberships[0].host, starts_at=soon)
    text = make_question(event, required=True)
    size = make_question(event, kind=QuestionKind.NUMBER, required=True)
    guest = make_registration(event)
    page = f"/organise/{event.slug}/guests/{guest.id}"

    answer = client.post(f"{page}/questions", data={text.field_name: "Am Telefon gesagt"})
    shown = client.get(page).text

    assert answer.location == page
    assert "Am Telefon gesagt" in shown
    assert "Fragen beantwortet" in shown
    assert size.label_de in shown


@ON_SQLITE
def test_t28_words_of_organisers_are_never_calculated(event, client):
    odd = "{{7*7}} {0.__class__} %(x)s %s <x-marker>"
    question = make_question(event, odd, "Bus", label_de=odd, purpose_de=odd, label_en="")
    make_question(event, condition_id=question.id, condition_value=question.choices[0].value)
    guest = make_registration(event)
    choose(guest, question, odd)
    escaped = "{{7*7}} {0.__class__} %(x)s %s &lt;x-marker&gt;"

    for path in (
        at(event),
        at(event, question.id),
        at(event, "preview"),
        at(event, "answers"),
        at(event, question.id, "answers"),
        f"/organise/{event.slug}/guests/{guest.id}",
        f"/organise/{event.slug}/guests/{guest.id}/questions",
        f"/r/{guest.token}",
        f"/r/{guest.token}/questions",
        f"/e/{event.slug}/register",
    ):
        page = client.get(path).text
        assert escaped in page, path
        assert "<x-marker" not in page, path


def test_the_read_for_exports_needs_the_same_statements_for_many_people(event):
    workshop, text = make_question(event, "Rad", "Bus"), make_question(event)

    def read():
        with statement_count() as sent:
            found = queries.answers_of(event)
        return len(sent), found

    first = make_registration(event)
    choose(first, workshop, "Rad")
    few, _found = read()
    for _ in range(5):
        make_answer(make_registration(event), text, text="Ja")
    many, found = read()

    assert few == many
    assert found[first.id] == {f"question-{workshop.id}": "Rad"}
    assert [(one.key, one.heading) for one in queries.answer_columns(event)] == [
        (f"question-{workshop.id}", workshop.label_de),
        (f"question-{text.id}", text.label_de),
    ]
