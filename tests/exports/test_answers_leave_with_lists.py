"""Answers to the organisers' questions leave with the list of guests: chosen, kept, guarded."""

from io import BytesIO

import openpyxl
import pytest
from exports.taking import columns_on, csv_rows, rows_of, take
from factories import make_account, make_answer, make_event, make_question, make_registration
from sqlalchemy import select
from statements import statement_count

from eventapp.accounts.models import AuditEntry
from eventapp.accounts.states import Role
from eventapp.edges import LISTINGS
from eventapp.exports.actions import ExportRequest, Taking, export_attendees, take_list
from eventapp.exports.models import KeptColumns
from eventapp.exports.states import FileFormat
from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.foundation.listing import Choice, Purpose
from eventapp.questions.states import QuestionKind
from eventapp.registrations.guests import GuestFilter

GUESTS = next(one for one in LISTINGS if one.key == "guests")
PATH = "/organise/licht/lists/guests"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def event(organiser):
    return make_event(organiser.memberships[0].host, slug="licht")


def key(question) -> str:
    return f"question-{question.id}"


def values(question, *words) -> list[str]:
    return [one.value for one in question.choices if one.label_de in words]


def read_by_programs(event, *columns) -> bytes:
    taking = Taking(GuestFilter(), Choice(columns), FileFormat.JSON, Purpose.CHECK)
    with take_list(GUESTS.of(event), event, taking, by="test") as file:
        return file.read()


def test_each_question_is_a_column_after_the_fixed_ones(client, event):
    ride = make_question(event, "Rad", "Bus")
    make_registration(event)

    offered = columns_on(client.get(PATH).text)

    assert offered[-1] == key(ride)
    assert offered[:-1] == [one for one in GUESTS.keys if one in offered]


def test_each_row_tells_what_this_person_answered_in_words(client, event):
    ride = make_question(event, "Rad", "Bus", kind=QuestionKind.MULTIPLE)
    vegan = make_question(event, kind=QuestionKind.YES_NO)
    ada, bert = (make_registration(event, last_name=name) for name in ("Ada", "Bert"))
    make_answer(ada, ride, choices=values(ride, "Rad", "Bus"))
    make_answer(ada, vegan, text="yes")
    make_answer(bert, ride)

    rows = rows_of(take(client, PATH, columns=[key(vegan), "last_name", key(ride)]))

    assert [list(row) for row in rows] == [[key(vegan), "last_name", key(ride)]] * 2
    assert [tuple(row.values()) for row in rows] == [
        ("Ja", "Ada", "Rad; Bus"),
        (None, "Bert", ""),
    ]


def test_heading_and_answers_are_in_the_readers_language(client, event):
    ride = make_question(event, label_de="Anreise?", label_en="How do you come?")
    sure = make_question(event, kind=QuestionKind.YES_NO)
    make_answer(make_registration(event), sure, text="yes")

    client.set_cookie("locale", "en")
    [row] = csv_rows(take(client, f"{PATH}?lang=en", columns=[key(ride), key(sure)], format="csv"))

    assert row == {"How do you come?": "", sure.label_en: "Yes"}


def test_t31_an_answer_or_a_question_is_never_a_formula(client, event):
    formula = "=HYPERLINK(1)"
    text = make_question(event, label_de="+1 dabei?")
    make_answer(make_registration(event), text, text=formula)

    [row] = csv_rows(take(client, PATH, columns=[key(text)], format="csv"))
    sheet = openpyxl.load_workbook(
        BytesIO(take(client, PATH, columns=[key(text)], format="xlsx").data)
    ).active

    assert row == {"'+1 dabei?": f"'{formula}"}
    assert [(cell.value, cell.data_type) for cell in (sheet["A1"], sheet["A2"])] == [
        ("+1 dabei?", "s"),
        (formula, "s"),
    ]


def test_what_an_organiser_typed_is_text_on_the_page(client, event):
    make_question(event, label_de='<x-marker>"Wie" %(x)s {{ 7*7 }}')

    page = client.get(PATH).text

    assert "<x-marker>" not in page
    assert "%(x)s {{ 7*7 }}" in page


def test_a_question_no_longer_asked_stays_where_somebody_answered_it(client, event):
    gone, kept = (make_question(event, retired_at=clock.now()) for _ in range(2))
    make_answer(make_registration(event), kept, text="Ja")

    offered = columns_on(client.get(PATH).text)

    assert key(kept) in offered
    assert key(gone) not in offered


def test_the_questions_of_another_event_are_not_offered_and_not_taken(client, event):
    other = make_event(event.host)
    theirs = make_question(other)
    make_answer(make_registration(other), theirs, text="geheim")
    make_registration(event)

    answer = take(client, PATH, columns=["last_name", key(theirs)])

    assert key(theirs) not in columns_on(client.get(PATH).text)
    assert [list(row) for row in rows_of(answer)] == [["last_name"]]


def test_own_columns_name_a_question_and_other_events_leave_it_out(client, event):
    ride, other = make_question(event), make_event(event.host, slug="luft")
    chosen = [key(ride), "city"]

    answer = client.post(
        PATH, data={"step": "keep", "name": "Bus", "order_of": chosen, "column": chosen}
    )

    kept = db.session.scalars(select(KeptColumns)).one()
    assert (answer.status_code, kept.columns) == (303, chosen)
    here = client.get(answer.location).text
    there = client.get(f"/organise/{other.slug}/lists/guests?set={kept.id}").text
    assert columns_on(here)[:2] == chosen
    assert here.count(" checked>") == 2
    assert key(ride) not in there
    assert there.count(" checked>") == 1


def test_who_changes_own_columns_at_another_event_takes_no_question_out(client, event):
    ride, other = make_question(event), make_event(event.host, slug="luft")
    kept = KeptColumns(host_id=event.host_id, name="Bus", columns=[key(ride), "city"])
    db.session.add(kept)
    db.session.commit()

    answer = client.post(
        f"/organise/{other.slug}/lists/guests?set={kept.id}",
        data={"step": "change", "version": 1, "order_of": ["email"], "column": ["email"]},
    )

    assert answer.status_code == 303
    assert db.session.scalars(select(KeptColumns.columns)).one() == ["email", key(ride)]


@pytest.mark.parametrize(
    "listing", [one for one in LISTINGS if one.key != "guests"], ids=lambda one: one.key
)
def test_no_other_list_has_questions_among_its_columns(app, listing):
    assert listing.more_fields is None


def test_t04_the_front_desk_takes_no_answers_along(client, event, sign_in):
    ride = make_question(event)
    make_answer(make_registration(event), ride, text="Rollator im Kofferraum")
    sign_in(client, make_account(event.host, Role.FRONTDESK))

    door = take(client, "/organise/licht/lists/door", columns=["last_name", key(ride)])

    assert client.get(PATH).status_code == 403
    assert b"Rollator" not in door.data


def test_the_history_says_which_question_left_and_no_answer(client, event):
    ride = make_question(event)
    make_answer(make_registration(event), ride, text="Rollator im Kofferraum")

    rows_of(take(client, PATH, columns=["city", key(ride)]))

    entry = db.session.scalars(select(AuditEntry).filter_by(action="list.exported")).one()
    assert entry.after["columns"] == f"city, {key(ride)}"
    assert "Rollator" not in str(entry.after)


def test_the_command_takes_the_answers_along_too(app):
    event = make_event()
    ride = make_question(event, label_de="Anreise?")
    make_answer(make_registration(event), ride, text="mit dem Rad")

    request = ExportRequest(format=FileFormat.CSV)
    with export_attendees(event, request, by="test") as file:
        assert "mit dem Rad" in file.read().decode("utf-8-sig")


def test_t65_answers_cost_as_many_statements_for_many_people_as_for_few(app):
    event = make_event()
    questions = [make_question(event) for _ in range(3)]

    def statements() -> int:
        for one in questions:
            make_answer(make_registration(event), one, text="Ja")
        with statement_count() as sent:
            read_by_programs(event, "last_name", *(key(one) for one in questions))
        return len(sent)

    assert statements() == statements()


def test_answers_are_read_only_where_a_question_is_chosen(app):
    event = make_event()
    ride = make_question(event)
    make_answer(make_registration(event), ride, text="mit dem Rad")

    with statement_count() as without:
        read_by_programs(event, "last_name")
    with statement_count() as chosen:
        read_by_programs(event, "last_name", key(ride))

    assert not [one for one in without if "question_answer" in one]
    assert len(chosen) == len(without) + 4


def test_the_answers_to_one_question_leave_as_the_page_shows_them(client, event):
    ride = make_question(event, "Rad", "Bus", label_de="Anreise?")
    ada, bert, cleo = (make_registration(event, last_name=one) for one in ("Ada", "Bert", "Cleo"))
    make_answer(ada, ride, choices=values(ride, "Rad"))
    make_answer(bert, ride, choices=values(ride, "Bus"))
    make_answer(cleo, ride)
    [rad] = values(ride, "Rad")

    every = f"/organise/licht/lists/answers?question={ride.id}"
    narrow = f"{every}&value={rad}"
    page = client.get(f"/organise/licht/questions/{ride.id}/answers?value={rad}").text
    told = client.get(narrow).text

    assert f'href="/organise/licht/lists/answers?value={rad}&amp;question={ride.id}"' in page
    assert "Anreise? · Rad" in told
    assert "1 Zeile" in told or "Eine Zeile" in told
    taken = [
        [(row["last_name"], row["answer"]) for row in rows_of(take(client, path))]
        for path in (every, narrow)
    ]
    assert taken == [[("Ada", "Rad"), ("Bert", "Bus")], [("Ada", "Rad")]]


@pytest.mark.parametrize("asked", ["", "?question=", "?question=-1", "?question=9&value=%3Dx"])
def test_a_list_of_answers_without_a_question_is_empty(client, event, asked):
    make_answer(make_registration(event), make_question(event), text="Ja")

    assert rows_of(take(client, f"/organise/licht/lists/answers{asked}")) == []


def test_t01_the_answers_to_another_events_question_stay_there(client, event):
    other = make_event(event.host)
    theirs = make_question(other, label_de="Geheimfrage?")
    make_answer(make_registration(other), theirs, text="geheim")

    path = f"/organise/licht/lists/answers?question={theirs.id}"

    assert "Geheimfrage" not in client.get(path).text
    assert rows_of(take(client, path)) == []


def test_what_somebody_typed_is_no_filter_and_stays_out_of_the_history(client, event):
    text = make_question(event)
    make_answer(make_registration(event), text, text="Rollator im Kofferraum")

    take(client, f"/organise/licht/lists/answers?question={text.id}&value=Rollator im Kofferraum")

    entry = db.session.scalars(select(AuditEntry).filter_by(action="list.exported")).one()
    assert entry.after["filter"] == f"question={text.id}"
