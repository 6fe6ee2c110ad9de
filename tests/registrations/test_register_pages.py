"""The pages of public registration: what is said before anybody types, the form, the link."""

import re
from datetime import timedelta

import pytest
from factories import make_account, make_event, make_registration
from pages_as_people import forms_of, tags_of
from registrations.public_form import HERMINE, entered, hermine, link_in_mail, neutral
from registrations.support import all_registrations, latest_mail, mail_kinds, places
from statements import statement_count
from world import ON_SQLITE, dump

from eventapp.events.states import EventState, RegistrationMode
from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.registrations.front_door.actions import (
    confirm_registration,
    forget_unconfirmed,
    register,
)
from eventapp.registrations.states import RegistrationState

SEE_OTHER, NOT_FOUND, CONFLICT, UNPROCESSABLE, TOO_MANY = 303, 404, 409, 422, 429
S = RegistrationState


def form_at(event):
    return f"/e/{event.slug}/register"


def send(client, event, **given):
    return client.post(form_at(event), data=entered(**given))


def test_from_the_form_to_the_personal_page(app, client):
    event = make_event()

    answer = send(client, event)
    page = client.get(answer.location)
    link = link_in_mail()
    shown = client.get(link)
    done = client.post(link)

    assert (answer.status_code, answer.location) == (SEE_OTHER, f"{form_at(event)}/sent")
    assert "hermine@werk.example" in page.text
    assert "Hermine Äußerlich" in shown.text
    assert all_registrations()[0].state is S.CONFIRMED
    assert (done.status_code, done.location) == (SEE_OTHER, f"/r/{all_registrations()[0].token}")
    assert client.get(done.location).status_code == 200
    assert client.get(link).location == done.location


def test_only_five_things_are_required_and_each_other_says_what_it_is_for(client):
    page = client.get(form_at(make_event())).text
    required = [tags["name"] for tag, tags in tags_of(page) if "required" in tags]

    assert sorted(required) == ["city", "email", "first_name", "last_name", "sector"]
    for name in ("organisation", "position", "phone", "postcode"):
        assert f'id="{name}-hint"' in page
    assert 'href="/privacy?host=' in page
    assert "<script" not in page


def test_mistakes_are_summarised_and_what_was_typed_stays(client):
    page = send(client, make_event(), last_name="", email="hermine@werk", sector="").text

    assert re.findall(r'<a href="#(\w+)">', page) == ["last_name", "email", "sector"]
    assert 'value="Hermine"' in page
    assert 'value="hermine@werk"' in page
    assert "<title>Fehler:" in page
    assert all_registrations() == []


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"state": EventState.CANCELLED}, "Die Veranstaltung ist abgesagt."),
        ({"state": EventState.POSTPONED}, "Die Veranstaltung wird verschoben."),
        ({"state": EventState.CLOSED}, "Die Anmeldung ist geschlossen."),
        ({"registration_mode": RegistrationMode.INVITED}, "nur mit Einladung"),
        (
            {"starts_at": clock.now() - timedelta(hours=1)},
            "Die Veranstaltung hat begonnen oder ist vorbei.",
        ),
        ({"registration_opens_at": clock.now() + timedelta(days=3)}, "Die Anmeldung beginnt am"),
    ],
    ids=["cancelled", "postponed", "closed", "invited", "begun", "not yet"],
)
def test_where_nobody_can_register_the_page_says_why_and_has_no_form(client, given, words):
    event = make_event(**given)

    page = client.get(form_at(event)).text

    assert words in page
    assert 'name="first_name"' not in page
    assert words in send(client, event).text
    assert all_registrations() == []


def test_by_invitation_the_page_leads_to_the_lost_link(client):
    event = make_event(registration_mode=RegistrationMode.INVITED)

    page = client.get(form_at(event)).text

    assert 'href="/link"' in page
    assert event.host.email in page


def test_the_waiting_list_is_named_before_anybody_types(client):
    event = make_event(capacity=1)
    make_registration(event)

    page = client.get(form_at(event)).text

    assert "Alle Plätze sind belegt" in page
    assert "Für die Warteliste anmelden" in page


def test_after_the_deadline_the_page_says_so_and_offers_the_waiting_list(client):
    event = make_event(reply_by_on=clock.today("Europe/Berlin") - timedelta(days=1))

    page = client.get(form_at(event)).text

    assert "Die Frist ist am" in page
    assert "Für die Warteliste anmelden" in page


def test_full_without_a_waiting_list_there_is_no_form(client):
    event = make_event(capacity=1, waiting_list=False)
    make_registration(event)

    page = client.get(form_at(event)).text

    assert "keine Warteliste" in page
    assert 'name="first_name"' not in page


def test_with_approval_the_page_says_that_somebody_looks(client):
    event = make_event(registration_mode=RegistrationMode.APPROVAL)

    assert "sehen sich jede Anmeldung an" in client.get(form_at(event)).text


def test_t16_registered_or_not_the_answer_is_the_same(app, client):
    event = make_event()
    register(event, hermine())
    confirm_registration(all_registrations()[0])
    known, unknown = (
        app.test_client().post(form_at(event), data=entered(email=email))
        for email in ("hermine@werk.example", "nobody@werk.example")
    )

    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    assert neutral(known.text) == neutral(unknown.text)


def test_t16_what_is_wrong_is_said_alike_to_who_is_registered_and_who_is_not(app, client):
    """T-16."""
    event = make_event()
    send(client, event)
    client.post(link_in_mail())

    known = send(client, event, city="")
    unknown = send(client, event, city="", email="nobody@werk.example")

    assert known.status_code == unknown.status_code == UNPROCESSABLE
    assert neutral(known.text) == neutral(unknown.text)


def test_the_form_of_a_registration_that_has_closed_meanwhile_finds_out_why(app, client):
    event = make_event()
    client.get(form_at(event))
    event.state = EventState.CANCELLED
    db.session.commit()

    answer = send(client, event)

    assert answer.status_code == CONFLICT
    assert all_registrations() == []


def test_adding_a_row_is_no_mistake(client):
    assert send(client, make_event(), first_name="", add="1").status_code == 200


def test_t16_the_page_afterwards_says_the_same_to_everybody(app):
    event = make_event()
    pages = set()
    for _ in range(2):
        browser = app.test_client()
        answer = send(browser, event)
        pages.add(neutral(browser.get(answer.location).text))
        one = all_registrations()[0]
        if one.state is S.UNCONFIRMED:
            confirm_registration(one)

    assert len(pages) == 1
    assert mail_kinds()[-1][1] == "already"


def test_the_link_can_be_sent_again_from_the_page(app, client):
    event = make_event()
    page = client.get(send(client, event).location).text
    form = next(one for one in forms_of(page) if one.action == "/link")
    first = link_in_mail()

    answer = client.post(form.action, data=form.fields)

    assert answer.status_code == SEE_OTHER
    assert form.fields["email"] == "hermine@werk.example"
    assert mail_kinds()[-1] == ("hermine@werk.example", "links")
    assert link_in_mail() == first


def test_an_old_link_offers_to_register_again(client):
    event = make_event()
    send(client, event)
    link = link_in_mail()
    with clock.held(clock.now() + timedelta(hours=48, minutes=1)):
        old = client.get(link)
        pressed = client.post(link)
        forget_unconfirmed()
        gone = client.get(link)

    assert f'href="{form_at(event)}"' in old.text
    assert pressed.status_code == CONFLICT
    assert all_registrations() == []
    assert gone.status_code == NOT_FOUND
    assert f'href="{form_at(event)}"' in gone.text


def test_a_link_that_cannot_be_kept_any_more_says_why(client):
    event = make_event(capacity=1, waiting_list=False)
    send(client, event)
    link = link_in_mail()
    make_registration(event)

    answer = client.post(link)

    assert answer.status_code == CONFLICT
    assert "Alle Plätze sind vergeben" in answer.text


def test_the_personal_page_does_not_exist_before_the_address_is_confirmed(client):
    event = make_event()
    send(client, event)

    assert client.get(f"/r/{all_registrations()[0].token}").status_code == NOT_FOUND


def test_rows_are_added_and_removed_by_buttons_and_nothing_is_lost(client):
    event = make_event()

    more = client.post(form_at(event), data=entered(add="1"))
    form = next(one for one in forms_of(more.text) if "first_name_2" in one.fields)
    filled = form.fields | {"first_name_2": "Udo", "last_name_2": "Ohm", "organisation": "Werk"}
    less = client.post(form_at(event), data=filled | {"remove": "1"})

    assert form.fields["first_name"] == "Hermine"
    assert "first_name_2" not in less.text
    assert all_registrations() == []
    sent = client.post(form_at(event), data=filled)
    assert sent.status_code == SEE_OTHER
    assert [one.email for one in all_registrations()] == ["hermine@werk.example"] * 2
    assert [one.name for one in all_registrations()] == ["Hermine Äußerlich", "Udo Ohm"]


def test_each_colleague_can_be_removed_and_the_others_keep_what_was_typed(client):
    event = make_event()
    three = {"rows": "3", "first_name_2": "Udo", "last_name_2": "Ohm", "position_2": "Leiter",
             "first_name_3": "Ida", "last_name_3": "Alt"}  # fmt: skip
    page = client.post(form_at(event), data=entered(**three | {"add": "1"})).text
    assert re.findall(r'name="remove" value="(\d)"', page) == ["2", "3", "4"]

    less = client.post(form_at(event), data=entered(**three | {"remove": "2"}))

    fields = next(one for one in forms_of(less.text) if "first_name" in one.fields).fields
    assert fields["rows"] == "2"
    assert (fields["first_name"], fields["first_name_2"]) == ("Hermine", "Ida")
    assert (fields["last_name_2"], fields["position_2"]) == ("Alt", "")
    assert "first_name_3" not in fields


def test_whoever_enters_several_reads_beforehand_that_each_confirms(client):
    event = make_event()

    alone = client.get(form_at(event)).text
    both = client.post(form_at(event), data=entered(add="1")).text

    assert "bekommt jede Person eine Mail mit einem eigenen Link" not in alone
    assert "bekommt jede Person eine Mail mit einem eigenen Link" in both
    assert "erst, wenn der eigene Link geöffnet und bestätigt ist" in both


def test_at_most_five_rows_whatever_the_form_says(client):
    event = make_event()

    page = client.post(form_at(event), data=entered(rows="5", add="1")).text
    odd = client.post(form_at(event), data=entered(rows="5000", add="1")).text

    assert 'name="first_name_5"' in page
    assert '_6"' not in page
    assert 'value="add"' not in page
    assert 'name="first_name_2"' in odd


def test_nobody_stands_twice_in_one_form(client):
    event = make_event()
    twice = {"rows": "2", "first_name_2": " hermine ", "last_name_2": "Ausserlich"}

    page = send(client, event, **twice).text

    assert 'href="#last_name_2"' in page
    assert all_registrations() == []


def test_a_couple_without_an_organisation_registers_on_one_form(client):
    event = make_event()
    couple = {"rows": "2", "first_name_2": "Herman", "last_name_2": "Äußerlich"}

    assert send(client, event, **couple).status_code == SEE_OTHER

    assert [one.organisation_name for one in all_registrations()] == ["", ""]


def test_t95_whoever_fills_in_the_trap_or_is_quick_is_never_lost(client):
    event = make_event()

    trapped = send(client, event, homepage="https://werk.example")
    quick = send(client, event, seen="", email="b@werk.example")

    assert (trapped.status_code, quick.status_code) == (SEE_OTHER, SEE_OTHER)
    assert [kind for _to, kind in mail_kinds()] == ["confirm", "confirm"]


def test_t95_a_tab_that_was_kept_for_days_is_no_program(client):
    event = make_event()
    with clock.held(clock.now() - timedelta(days=9)):
        page = client.get(form_at(event)).text
    form = next(one for one in forms_of(page) if "first_name" in one.fields)

    answer = client.post(form_at(event), data=form.fields | HERMINE)

    assert answer.status_code == SEE_OTHER


def test_t95_the_trap_is_hidden_by_a_class_and_skipped_by_keyboard_and_ear(client):
    page = client.get(form_at(make_event())).text

    assert re.search(r'<div class="trap" aria-hidden="true">\s*<label for="homepage"', page)
    assert re.search(r'<input[^>]*name="homepage"[^>]*tabindex="-1"', page)


def test_who_must_wait_keeps_what_was_typed(client):
    event = make_event()
    for number in range(5):
        send(client, event, first_name=f"Nr{number}")

    answer = send(client, event, first_name="Sechste")

    assert answer.status_code == TOO_MANY
    assert int(answer.headers["Retry-After"]) > 0
    assert 'value="Sechste"' in answer.text


@ON_SQLITE
def test_t13_opening_every_link_of_the_mail_changes_nothing(client):
    event = make_event()
    send(client, event)
    before = dump()

    for _ in range(2):
        assert client.get(link_in_mail()).status_code == 200
        assert client.head(link_in_mail()).status_code == 200

    assert dump() == before


@ON_SQLITE
def test_t08_fields_that_the_form_does_not_have_are_ignored(client):
    event, other = make_event(capacity=5), make_event()

    send(
        client, event, state="confirmed", event_id=str(other.id), number="A-0001", priority="9",
        kind="crew", public_id="gekapert", id="4711", contact_id="1", county="Monaco",
    )  # fmt: skip

    one = all_registrations()[0]
    assert (one.state, one.event_id, one.priority, one.kind) == (
        S.UNCONFIRMED,
        event.id,
        0,
        "guest",
    )
    assert "gekapert" not in repr(dump())
    assert "Monaco" not in repr(dump())
    assert places(event) == (0, 0)


@ON_SQLITE
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("email", "a@b.example, c@d.example"),
        ("email", '"a" <b@c.example>'),
        ("email", "a" * 320 + "@b.example"),
        ("email", "a@b.example\r\nBcc: c@d.example"),
        ("first_name", "x" * 100_000),
        ("last_name", " \u00a0\u2003 "),
        ("email", "a@" * 20_000),
        ("sector", "unknown"),
    ],
    ids=["two", "display name", "long", "bcc", "100 kB", "blank", "pattern", "not offered"],
)
def test_t30_t60_t61_what_is_not_one_person_with_one_address_is_refused_in_words(
    client, name, value
):
    answer = send(client, make_event(), **{name: value})

    assert answer.status_code == UNPROCESSABLE
    assert f'href="#{name}"' in answer.text
    assert all_registrations() == []


@ON_SQLITE
@pytest.mark.parametrize(
    "name",
    ["O'Neil", "Null", "--", "X", "Mu\u0308ller", "👩‍👩‍👧‍👦", "a\u202eb", "Zeile\r\nSubject: x"],
)
def test_t29_t59_odd_names_are_kept_clean_and_every_page_and_mail_shows_them(client, name):
    event = make_event()
    send(client, event, first_name=name)
    link = link_in_mail()

    assert client.get(link).status_code == 200
    assert client.get(client.post(link).location).status_code == 200
    assert "\n" not in latest_mail().to_name
    assert "\u202e" not in all_registrations()[0].first_name


@ON_SQLITE
def test_t62_a_form_with_thousands_of_fields_is_refused(client):
    event = make_event()

    answer = client.post(
        form_at(event), data=entered() | {f"first_name_{n}": "x" for n in range(2000)}
    )

    assert answer.status_code == 413
    assert all_registrations() == []


@ON_SQLITE
def test_t26_t69_the_form_is_neither_framed_nor_kept(client):
    answer = client.get(form_at(make_event()))

    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]


@ON_SQLITE
def test_t63_the_form_and_the_page_of_the_link_need_few_statements(app, client):
    event = make_event()
    send(client, event)
    link = link_in_mail()
    sent = {}
    for address in (form_at(event), link):
        app.extensions["sqlalchemy"].session.remove()
        with statement_count() as statements:
            client.get(address)
        sent[address] = len([one for one in statements if one.startswith("SELECT")])

    assert max(sent.values()) <= 6


def test_english_guests_read_english_pages_and_mails(client):
    event = make_event()

    page = client.get(f"{form_at(event)}?lang=en").text
    send(client, event)

    assert "Where you come from" in page
    assert latest_mail().subject.startswith("Please confirm your registration")
    assert "Confirm registration" in client.get(link_in_mail()).text


def test_staff_sees_who_has_not_confirmed_apart_and_nobody_counts_them(client, sign_in):

    event = make_event()
    send(client, event)
    sign_in(client, make_account(event.host))

    board = client.get(f"/organise/{event.slug}/guests").text
    apart = client.get(f"/organise/{event.slug}/guests?group=unconfirmed").text

    assert "Äußerlich" not in board
    assert "Äußerlich" in apart
