"""The blank form is rendered once for all visitors: never stale, never another visitor's."""

import re
from datetime import timedelta

import pytest
from factories import (
    make_event,
    make_invitation,
    make_question,
    make_registration,
    make_series,
    make_wave,
    moment,
)
from questions.support import as_drafted, draft
from registrations.public_form import entered, hermine
from registrations.support import all_registrations
from statements import statement_count
from world import ON_SQLITE

from eventapp.accounts.audit import SYSTEM
from eventapp.events.states import EventState, RegistrationMode
from eventapp.foundation import clock, slots
from eventapp.foundation.database import transaction
from eventapp.questions.actions import (
    add_question,
    change_question,
    move_question,
    remove_question,
    retire_question,
)
from eventapp.questions.queries import questions_of
from eventapp.questions.states import Direction, QuestionStep
from eventapp.registrations.actions import accept_invitation, cancel_registration
from eventapp.registrations.front_door import blank_pages, views
from eventapp.registrations.front_door.actions import confirm_registration, register
from eventapp.registrations.front_door.blank_pages import PAGES
from eventapp.registrations.states import RegistrationState

SEE_OTHER, NOT_FOUND, BAD = 303, 404, 400
NOW = moment("2027-05-31 10:00")
START = moment("2027-06-24 13:30")


@pytest.fixture(autouse=True)
def held_clock():
    with clock.held(NOW):
        yield


@pytest.fixture
def event(app):
    event = make_event(starts_at=START, capacity=2, companions_allowed=1)
    with transaction():
        event.series = make_series(event.host)
    return event


@pytest.fixture
def asked(event):
    return make_question(event, ("Führung", 3), "Nichts", label_de="Was noch?")


def form_at(event):
    return f"/e/{event.slug}/register"


def page(client, event, **headers):
    return client.get(form_at(event), headers=headers).text


def fresh(client, event, **headers):
    """The page as a process renders it that has just been started."""
    PAGES.clear()
    return page(client, event, **headers)


def put(row, **values):
    with transaction():
        for name, value in values.items():
            setattr(row, name, value)


def confirmed(event, **given):
    register(event, hermine(**given))
    confirm_registration(all_registrations()[-1])


def answered_with_the_limited_choice(event):
    [question] = questions_of(event)
    with transaction():
        question.choices[0].places_taken += 1


def replaced(event):
    """SQLite gives the number of a deleted question to the next one."""
    [question] = questions_of(event)
    remove_question(question, by=SYSTEM)
    add_question(event, draft("Führung", "Nichts", label_de="Ganz anderes?"), by=SYSTEM)


def moved(event):
    add_question(event, draft(label_de="Noch etwas?"), by=SYSTEM)
    page_before = questions_of(event)
    move_question(page_before[0], Direction.DOWN, by=SYSTEM)


def renamed_choice(event):
    [question] = questions_of(event)
    renamed = as_drafted(question)
    change_question(question, renamed, seen=question.version, by=SYSTEM)
    put(question.choices[0], label_de="Rundgang")


CHANGES = {
    "title": lambda event: put(event, title_de="Ganz anders"),
    "day": lambda event: put(event, starts_at=START + timedelta(hours=1)),
    "end": lambda event: put(event, ends_at=START + timedelta(hours=1)),
    "place": lambda event: put(event.venue, name="Anderes Haus"),
    "host": lambda event: put(event.host, name="Andere Agentur"),
    "phone": lambda event: put(event.host, phone="02931 000"),
    "series": lambda event: put(event.series, name_de="Andere Reihe"),
    "no series": lambda event: put(event, series=None),
    "funding": lambda event: put(event, funding_notice_de="Gefördert"),
    "deadline": lambda event: put(event, reply_by_on=START.date()),
    "companions": lambda event: put(event, companions_allowed=2),
    "approval": lambda event: put(event, registration_mode=RegistrationMode.APPROVAL),
    "invited": lambda event: put(event, registration_mode=RegistrationMode.INVITED),
    "opens later": lambda event: put(event, registration_opens_at=NOW + timedelta(days=1)),
    "closed": lambda event: put(event, state=EventState.CLOSED),
    "cancelled": lambda event: put(event, state=EventState.CANCELLED),
    "postponed": lambda event: put(event, state=EventState.POSTPONED),
    "capacity": lambda event: put(event, capacity=1, places_taken=1),
    "kept places": lambda event: put(event, reserved_places=2),
    "somebody waits": lambda event: make_registration(event, state=RegistrationState.WAITING),
    "question": lambda event: add_question(event, draft(label_de="Noch etwas?"), by=SYSTEM),
    "question put": lambda event: put(questions_of(event)[0], label_de="Etwas anderes?"),
    "question required": lambda event: put(questions_of(event)[0], required=True),
    "question for later": lambda event: put(questions_of(event)[0], step=QuestionStep.AFTER),
    "question retired": lambda event: retire_question(questions_of(event)[0], by=SYSTEM),
    "question replaced": replaced,
    "question moved": moved,
    "choice renamed": renamed_choice,
    "choice limited": lambda event: put(questions_of(event)[0].choices[1], places=1),
    "choice taken": answered_with_the_limited_choice,
    "choice retired": lambda event: put(questions_of(event)[0].choices[0], retired_at=NOW),
}


@pytest.mark.parametrize("name", CHANGES)
def test_every_change_is_seen_at_the_next_visit(client, event, asked, name):
    before = page(client, event)

    CHANGES[name](event)
    after = page(client, event)

    assert after == fresh(client, event)
    assert (after != before) or name == "end"


def test_places_and_the_line_are_those_of_now(client, event):
    seen = [page(client, event)]
    confirmed(event)
    seen.append(page(client, event))
    confirmed(event, email="b@werk.example", first_name="Zweite")
    seen.append(page(client, event))
    put(event, waiting_list=False)
    seen.append(page(client, event))
    put(event, waiting_list=True)
    cancel_registration(all_registrations()[0])
    seen.append(page(client, event))

    words = ["Es sind Plätze frei", "Es sind Plätze frei", "Alle Plätze sind belegt",
             "keine Warteliste", "Es sind Plätze frei"]  # fmt: skip
    assert [word in text for word, text in zip(words, seen, strict=True)] == [True] * 5
    assert seen[0] == seen[1]


def test_kept_places_count_as_they_are_used(client, event):
    put(event, reserved_places=1)
    assert "Es sind Plätze frei" in page(client, event)
    make_registration(event)
    assert "Alle Plätze sind belegt" in page(client, event)
    put(event, capacity=3)
    assert "Es sind Plätze frei" in page(client, event)

    accept_invitation(make_invitation(event, wave_id=make_wave(event, uses_reserved=True).id))

    assert "Es sind Plätze frei" in page(client, event)


@pytest.mark.parametrize(
    ("given", "turn", "words"),
    [
        ({"reply_by_on": NOW.date()}, moment("2027-05-31 22:00"), "Die Frist ist am"),
        (
            {"registration_opens_at": NOW + timedelta(hours=1)},
            NOW + timedelta(hours=1),
            "Es sind Plätze frei",
        ),
        ({}, START, "Die Veranstaltung hat begonnen oder ist vorbei."),
        ({}, moment("2027-05-27 22:00"), "Dafür ist es jetzt spät"),
    ],
    ids=["deadline", "opening", "begin", "interpreters"],
)
def test_the_clock_turns_the_page(client, event, given, turn, words):
    put(event, **given)
    with clock.held(turn - timedelta(seconds=1)):
        before = page(client, event)
    with clock.held(turn):
        after = page(client, event)
        assert after == fresh(client, event)

    assert words not in before
    assert words in after


def test_each_language_and_each_event_has_its_own_page(client, event):
    other = make_event(title_de="Anderswo")
    german, english = page(client, event), page(client, event, **{"Accept-Language": "en"})

    assert ('<html lang="de">' in german, '<html lang="en">' in english) == (True, True)
    assert "Anderswo" in page(client, other)
    assert page(client, event) == german
    assert page(client, event, **{"Accept-Language": "en"}) == english


def test_the_page_is_the_one_that_a_request_of_its_own_would_render(app, client, event, asked):
    page(client, event)
    with app.test_request_context(form_at(event)):
        form = views._form_class(event, 1)(formdata=None)
        own = views._form_page(event, form).get_data(as_text=True)

    assert page(client, event) == own


def test_a_draft_has_no_page_though_it_was_kept(client, event):
    page(client, event)
    put(event, state=EventState.DRAFT)

    assert client.get(form_at(event)).status_code == NOT_FOUND
    assert client.get(f"{form_at(event)}/sent").status_code == NOT_FOUND


def token_of(text):
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', text)[1]


def test_t19_each_visitor_has_a_token_of_their_own_that_works(app, event, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    browsers = [app.test_client(), app.test_client()]
    tokens = [token_of(page(one, event)) for one in browsers]

    strange = browsers[0].post(form_at(event), data=entered(csrf_token=tokens[1]))
    own = [
        one.post(form_at(event), data=entered(csrf_token=token, email=f"{token[-4:]}@werk.example"))
        for one, token in zip(browsers, tokens, strict=True)
    ]

    assert tokens[0] != tokens[1]
    assert strange.status_code == BAD
    assert [one.status_code for one in own] == [SEE_OTHER] * 2
    afterwards = [token_of(one.get(f"{form_at(event)}/sent").text) for one in browsers]
    assert browsers[1].post("/link", data={"csrf_token": afterwards[0]}).status_code == BAD
    assert browsers[0].post("/link", data={"csrf_token": afterwards[0]}).status_code == 422


def test_each_visitor_opens_the_form_at_their_own_time(client, event):
    marks = []
    for minutes in (0, 1):
        with clock.held(NOW + timedelta(minutes=minutes)):
            marks.append(re.search(r'name="seen"[^>]*value="([^"]+)"', page(client, event))[1])

    assert [int(one.partition(".")[0]) for one in marks] == [
        NOW.timestamp(),
        NOW.timestamp() + 60,
    ]


def test_the_page_afterwards_names_the_address_of_its_visitor_alone(app, event):
    addresses = ["hermine@werk.example", "o'neil@werk.example"]
    browsers = [app.test_client() for _ in addresses]
    for browser, address in zip(browsers, addresses, strict=True):
        assert browser.post(form_at(event), data=entered(email=address)).status_code in {422, 303}
        with browser.session_transaction() as session:
            session[views.TYPED_ADDRESS] = [event.slug, f"<{address}>"]
    first, second = (one.get(f"{form_at(event)}/sent").text for one in browsers)

    assert first.count("&lt;hermine@werk.example&gt;") == 2
    assert second.count("&lt;o&#39;neil@werk.example&gt;") == 2
    assert "hermine" not in second
    assert second.replace("o&#39;neil", "hermine") == first


def test_the_page_afterwards_says_what_confirming_leads_to_now(client, event):
    client.post(form_at(event), data=entered())
    address = f"{form_at(event)}/sent"
    before = client.get(address).text
    make_registration(event)
    make_registration(event)
    full = client.get(address).text
    put(event, title_de="Ganz anders")
    renamed = client.get(address).text
    PAGES.clear()

    assert "ist kein Platz reserviert" in before
    assert "stehen Sie auf der Warteliste" in full
    assert "Ganz anders" in renamed
    assert client.get(address).text == renamed


def test_what_the_last_action_did_is_told_once_and_to_its_visitor_alone(app, event):
    told, other = app.test_client(), app.test_client()
    for _ in range(2):  # before the page is kept, and after
        with told.session_transaction() as session:
            session["_flashes"] = [("success", "Nur für mich.")]

        assert "Nur für mich." in page(told, event)
        assert "Nur für mich." not in page(other, event)
        assert "Nur für mich." not in page(told, event)


def test_no_slot_is_ever_left_open_or_opened_by_words(app, event, asked):
    put(event, title_de="slot-csrf- slot-address-")
    put(asked, label_de="slot-seen-")
    client = app.test_client()
    client.post(form_at(event), data=entered())
    pages = [page(client, event), client.get(f"{form_at(event)}/sent").text]

    assert [re.findall(r"slot-[a-z]+-[0-9a-f]", one) for one in pages] == [[], []]
    assert "slot-csrf- slot-address-" in pages[0]
    assert "slot-seen-" in pages[0]


def test_what_came_in_between_is_not_kept(client, event, monkeypatch):
    """A page rendered while somebody changed what it shows serves one visitor and no other."""
    cut = slots.SlottedPage

    def change_meanwhile(html):
        monkeypatch.setattr(slots, "SlottedPage", cut)
        make_question(event, label_de="Dazwischen gekommen?")
        return cut(html)

    PAGES.clear()
    monkeypatch.setattr(slots, "SlottedPage", change_meanwhile)
    page(client, event)

    assert len(PAGES) == 0
    assert "Dazwischen gekommen?" in page(client, event)


def test_the_pages_that_are_kept_have_a_limit(client, event, monkeypatch):
    monkeypatch.setattr(blank_pages, "PAGES", slots.KeptPages(3))
    for number in range(6):
        put(event, title_de=f"Titel {number}")
        page(client, event)

    assert len(blank_pages.PAGES) == 3


def test_t69_every_visit_is_kept_out_of_caches_and_depends_on_language_and_cookie(client, event):
    for _ in range(2):
        answer = client.get(form_at(event))
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert {"Accept-Language", "Cookie"} <= set(answer.vary)
        assert answer.content_type == "text/html; charset=utf-8"


@ON_SQLITE
def test_the_next_visitor_costs_one_statement_and_one_more_for_questions(app, client, event):
    counts = []
    for _ in range(2):
        page(client, event)
        with statement_count() as sent:
            page(client, event)
        counts.append([one.split()[0] for one in sent if one.startswith("SELECT")])
        make_question(event, "A", "B")

    assert counts == [["SELECT"], ["SELECT"] * 2]
