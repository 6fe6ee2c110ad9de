"""Route × visitor × expected status, generated from the program itself; default deny."""

import pytest
from access_table import TABLE
from flask import Flask
from world import VISITORS, make_world, pages

from eventapp.foundation.access import Visitor, enforce_access, public
from eventapp.foundation.form_guard import csrf

LET_IN = {200, 303, 400, 409}
WANTS_MORE = {  # the form is empty here: it names the thing, the reason, the purpose, the question
    **{endpoint: {422} for endpoint in TABLE if endpoint.startswith("lists.")},
    "kept_columns.rename": {422},
    "contacts_organiser.membership": {404},
    "contacts_organiser.unblock": {422},
    "events_places.choose_venue": {404},
    "events_organiser.dates": {422},
    "events_organiser.new_event": {422},
    "events_organiser.partner": {422},
    "events_organiser.partners": {422},
    "events_organiser.settings": {422},
    "events_places.place": {422},
    "events_places.new_place": {422},
    "events_places.room": {422},
    "events_places.rooms": {422},
    "notices_organiser.edit": {422},
    "notices_organiser.new_reminder": {422},
    "edition.next_edition": {422},
    "notices_today.change": {422},
    "programme_import.upload": {422},
    "programme_organiser.new_session": {422},
    "programme_organiser.session": {422},
    "programme_people.new_person": {422},
    "programme_people.person": {422},
    "programme_people.slot": {422},
    "programme_people.slots": {422},
    "programme_rounds.rounds": {422},
    "run_of_show_delays.delay": {422},
    "run_of_show_import.upload": {422},
    "run_of_show_organiser.line": {422},
    "run_of_show_organiser.new": {422},
    "run_of_show_organiser.renew_link": {409},
    "questions_organiser.new_question": {422},
    "questions_organiser.question": {422},
    "registrations.give_answer": {422},
    "registrations.lost_link": {422},
    "registrations.substitute": {422},
    "registrations_public.send_form": {422},
    "registrations_doubles.look_again": {422},
    "registrations_heir.invite": {422},
    "registrations_mending.address": {422},
    "registrations_mending.details": {422},
    "registrations_doubles.merge": {422},
    "registrations_doubles.apart": {422},
    "registrations_filling.offer": {422},
    "registrations_filling.confirm": {422},
    "registrations_filling.substitute": {422},
    "registrations_organiser.new_address": {422},
    "registrations_replies.record": {422},
    "registrations_replies.substitute": {422},
    "registrations_own.details": {422},
    "registrations_own.send_code": {422},
    "programme_places.add": {422},
    "programme_places.refuse": {422},
    "programme_places.replace": {422},
    "programme_places.candidates": {422},
    "programme_requests.to_all": {422},
    "programme_requests.to_one": {422},
    # a page before it has deleted the person
    "erasing.contact": {404},
    **{endpoint: {404, 422} for endpoint in TABLE if endpoint.startswith("speakers")},
    "own_data.delete": {410},
    "own_data.delete_invited": {404},
}
CHANGING = {"POST", "PUT", "PATCH", "DELETE"}


@pytest.fixture
def world(app):
    return make_world()


@pytest.fixture
def listed(app, world):
    """All pages but those that the table does not know; another test complains about them."""
    return [page for page in pages(app, world) if page.endpoint in TABLE]


@pytest.fixture
def browsers(app, world, sign_in):
    """A browser for each kind of visitor."""
    return {
        name: sign_in(app.test_client(), world.accounts[name])
        if name in world.accounts
        else app.test_client()
        for name in VISITORS
    }


def test_every_page_is_in_the_table_and_the_table_knows_no_other(app):
    """T-03."""
    existing = {rule.endpoint for rule in app.url_map.iter_rules()}

    assert sorted(existing ^ set(TABLE)) == []


def test_a_page_without_a_statement_keeps_the_program_from_starting():
    """T-03."""
    app = Flask("bare", static_folder=None)
    app.add_url_rule("/open", view_func=public(lambda: "x"), endpoint="open")
    app.add_url_rule("/forgotten", view_func=lambda: "x", endpoint="forgotten")

    with pytest.raises(RuntimeError, match="forgotten"):
        enforce_access(app, lambda access: None)


def test_only_named_forms_go_without_a_csrf_token(app):
    assert csrf._exempt_views == {"eventapp.registrations.objection_views.object_by_link"}
    assert csrf._exempt_blueprints == set()


@pytest.mark.parametrize("visitor", VISITORS)
def test_each_visitor_sees_exactly_their_pages(listed, browsers, visitor):
    column = VISITORS.index(visitor)
    readable = [page for page in listed if "GET" in page.methods]

    seen = {
        page.endpoint: browsers[visitor].get(page.path, buffered=True).status_code
        for page in readable
    }

    assert seen == {page.endpoint: TABLE[page.endpoint][column] for page in readable}


@pytest.mark.parametrize("visitor", ["anonymous", "outsider", "viewer", "frontdesk", "organiser"])
def test_who_may_not_see_a_page_may_not_act_on_it_either(listed, browsers, visitor):
    """T-04."""
    column = VISITORS.index(visitor)
    closed = [
        page
        for page in listed
        if page.methods & CHANGING
        and page.access.visitor is Visitor.SIGNED_IN
        and TABLE[page.endpoint][column] != 200
    ]

    answers = {page.endpoint: browsers[visitor].post(page.path).status_code for page in closed}

    assert answers == {page.endpoint: TABLE[page.endpoint][column] for page in closed}


def test_an_organiser_is_let_in_everywhere_the_table_says_so(app, world, listed, sign_in):
    open_pages = [
        page for page in listed if page.methods & CHANGING and TABLE[page.endpoint][4] in LET_IN
    ]
    refused = {}
    for page in open_pages:
        browser = sign_in(app.test_client(), world.accounts["organiser"])
        status = browser.post(page.path, buffered=True).status_code
        if status not in LET_IN | WANTS_MORE.get(page.endpoint, set()):
            refused[page.endpoint] = status

    assert refused == {}


def test_nobody_posts_without_a_csrf_token(app, world, browsers, monkeypatch):
    """T-19: refused before anything else is looked at, and nothing is changed."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    changing = [
        page
        for page in pages(app, world)
        if page.methods & CHANGING and page.endpoint != "registrations_objection.object_by_link"
    ]

    answers = {
        page.endpoint: browsers["organiser"].post(page.path).status_code for page in changing
    }

    assert answers == dict.fromkeys(answers, 400)
