"""One search over people, programme and events: what is found, by whom, in how many statements."""

import re

import pytest
from factories import (
    make_account,
    make_contact,
    make_contributor,
    make_event,
    make_host,
    make_invitation,
    make_registration,
    make_session,
    moment,
)
from statements import statement_count

from eventapp.accounts.states import Role
from eventapp.contacts.models import Contact
from eventapp.events.states import EventState
from eventapp.foundation.database import db, transaction
from eventapp.invitations.states import InvitationState
from eventapp.programme.kinds import SessionKind
from eventapp.registrations.states import RegistrationState


@pytest.fixture
def host(organiser):
    return organiser.memberships[0].host


def found(client, query):
    """The headings of the groups with the names below them."""
    page = client.get("/organise/search", query_string={"q": query})
    assert page.status_code == 200
    parts = re.split(r'<h2[^>]*id="group-\d+">', page.text.partition("data-found")[2])[1:]
    return {
        part.partition("<")[0]: re.findall(r'<li><a href="[^"]*"><bdi>([^<]*)', part)
        for part in parts
    }


def links(client, query):
    page = client.get("/organise/search", query_string={"q": query}).text
    return re.findall(r'<li><a href="([^"]*)"', page)


def test_everything_of_a_name_is_found_in_groups(client, host):
    event = make_event(host)
    name = {"first_name": "Änne", "last_name": "Müßig"}
    guest = make_registration(event, **name)
    invited = make_invitation(event, make_contact(host, **name | {"first_name": "Bo"}))
    person = make_contributor(event, **name | {"first_name": "Cara"})
    talk = make_session(event, title_de="Müßiggang im Amt", kind=SessionKind.TALK_ROUND, key="T3")
    fair = make_event(host, title_de="Messe Müßiggang", title_en="")

    assert found(client, "müßig") == {
        "Gäste": ["Änne Müßig"],
        "Eingeladen, ohne Zusage": ["Bo Müßig"],
        "Kontakte": ["Bo Müßig"],
        "Mitwirkende": ["Cara Müßig"],
        "Programm": ["T3 Müßiggang im Amt"],
        "Veranstaltungen": ["Messe Müßiggang"],
    }
    assert links(client, "müßig") == [
        f"/organise/{event.slug}/guests/{guest.id}",
        f"/organise/{event.slug}/invitations/{invited.id}",
        f"/organise/contacts/{invited.contact_id}",
        f"/organise/{event.slug}/programme/people/{person.id}",
        f"/organise/{event.slug}/programme/{talk.id}",
        f"/organise/{fair.slug}/",
    ]


@pytest.mark.parametrize("query", ["mues", "muss", "müß", "MÜSSIG", "muessig", "ssig änn"])
def test_a_name_is_found_by_its_spellings_and_parts(client, host, query):
    event = make_event(host)
    name = {"first_name": "Änne", "last_name": "Müßig"}
    make_registration(event, **name)
    make_contributor(event, **name)

    assert found(client, query) == {"Gäste": ["Änne Müßig"], "Mitwirkende": ["Änne Müßig"]}


def test_all_words_must_be_said(client, host):
    make_contact(host, first_name="Änne", last_name="Müßig")

    assert found(client, "müßig bernd") == {}


def test_a_title_is_found_in_both_languages(client, host):
    event = make_event(host, title_de="Forum", title_en="Fair of bicycles")
    make_session(event, title_de="Rad", title_en="Cycling lanes")

    assert found(client, "bicycles") == {"Veranstaltungen": ["Forum"]}
    assert found(client, "lanes") == {"Programm": ["Rad"]}


def test_a_guest_is_shown_with_event_and_state_coming_events_first(client, host):
    past = make_event(host, title_de="Gestern", starts_at=moment("2020-06-24T13:30:00"))
    make_registration(past, last_name="Müßig")
    coming = make_event(host, title_de="Morgen")
    make_registration(coming, last_name="Müßig", state=RegistrationState.WAITING)

    page = client.get("/organise/search?q=müßig").text

    assert page.index("Morgen") < page.index("Gestern")
    assert "Warteliste" in page


def test_who_has_said_yes_is_no_longer_listed_as_invited(client, host):
    event = make_event(host)
    contact = make_contact(host, last_name="Müßig")
    make_invitation(event, contact, state=InvitationState.ACCEPTED)

    assert set(found(client, "müßig")) == {"Kontakte"}


def test_each_group_is_short_and_says_that_there_is_more(client, host):
    for number in range(9):
        make_contact(host, last_name=f"Müßig{number}")

    assert len(found(client, "müßig")["Kontakte"]) == 8
    assert "Es gibt mehr." in client.get("/organise/search?q=müßig").text


def test_nothing_asked_and_nothing_found_are_said(client, host):
    assert "Geben Sie einen Namen" in client.get("/organise/search").text
    assert "Nichts gefunden" in client.get("/organise/search?q=xyzzy").text


@pytest.mark.parametrize("query", ["%", "_", "\\", "'", '"; drop table', "a" * 900, "%%2x", " "])
def test_t27_signs_of_the_database_are_letters(client, host, query):
    make_contact(host, last_name="Müßig")
    make_registration(make_event(host), last_name="Müßig")

    assert found(client, query) == {}


def everything(host):
    event = make_event(host, title_de="Quittenmarmelade", title_en="")
    make_registration(event, last_name="Quittenmarmelade")
    make_invitation(event, make_contact(host, last_name="Quittenmarmelade"))
    make_contributor(event, last_name="Quittenmarmelade")
    make_session(event, title_de="Quittenmarmelade")
    return event


def test_t01_nothing_of_another_organisation_is_found(client, organiser):
    everything(make_host())

    assert found(client, "quittenmarmelade") == {}


def test_t07_a_viewer_finds_programme_and_events_and_no_names(client, sign_in):
    host = make_host()
    event = everything(host)
    sign_in(client, make_account(host, Role.VIEWER))

    assert found(client, "quitten") == {
        "Programm": ["Quittenmarmelade"],
        "Veranstaltungen": ["Quittenmarmelade"],
    }
    assert set(links(client, "quitten")) == {
        f"/organise/{event.slug}/figures#programme",
        f"/organise/{event.slug}/figures",
    }


def test_t07_the_front_desk_finds_whom_its_list_shows(client, sign_in):
    host = make_host()
    event = everything(host)
    make_registration(event, last_name="Quittenmarmelade", state=RegistrationState.CANCELLED)
    sign_in(client, make_account(host, Role.FRONTDESK))

    assert {group: len(names) for group, names in found(client, "quitten").items()} == {
        "Gäste": 1,
        "Veranstaltungen": 1,
    }
    for address in links(client, "quitten"):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("role", list(Role))
def test_every_way_that_is_offered_is_open_to_the_role(client, sign_in, role):
    host = make_host()
    everything(host)
    sign_in(client, make_account(host, role))

    for address in links(client, "quitten"):
        assert client.get(address.partition("#")[0]).status_code == 200


def test_a_draft_is_found_by_colleagues(client, host):
    make_event(host, title_de="Geheimsache", state=EventState.DRAFT)

    assert found(client, "geheim") == {"Veranstaltungen": ["Geheimsache"]}


def test_it_costs_the_same_for_many_as_for_few(client, host):
    counts = []
    for _round in range(2):
        for _ in range(12):
            everything(host)
        db.session.remove()
        with statement_count() as sent:
            client.get("/organise/search?q=quitten")
        counts.append(len(sent))

    assert counts[0] == counts[1]


def test_ten_thousand_contacts_are_searched_in_the_order_of_their_index(client, host):
    if db.engine.dialect.name != "sqlite":
        return  # the plan is told in other words there
    with transaction():
        db.session.add(Contact(host_id=host.id, first_name="Änne", last_name="Müßig"))
    plan = db.session.execute(
        db.text(
            "EXPLAIN QUERY PLAN SELECT id FROM contact WHERE host_id = 1 "
            "AND search_text LIKE '%mues%' ORDER BY sort_name, id LIMIT 9"
        )
    ).all()

    assert "ix_contact_host_sort" in str(plan)
    assert "TEMP B-TREE FOR ORDER BY" not in str(plan)


def test_every_page_for_colleagues_has_the_field(client, organiser):
    event = make_event(organiser.memberships[0].host)

    for path in ("", f"{event.slug}/", f"{event.slug}/guests", "contacts", "account"):
        page = client.get(f"/organise/{path}").text
        assert '<input class="kern-form-input__input" id="find" name="q" type="search"' in page
        assert 'action="/organise/search"' in page
