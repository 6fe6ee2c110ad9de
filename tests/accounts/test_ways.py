"""Which ways people are shown: where sign-in leads, what navigation offers, out of dead ends."""

import re

import pytest
from factories import make_account, make_event, make_host
from statements import statement_count
from world import ON_SQLITE

from eventapp.accounts import passwords
from eventapp.accounts.states import Role
from eventapp.foundation.database import transaction

PASSWORD = "ein Apfel und drei Stühle"
GERMAN = {"Accept-Language": "de"}
NARROW = pytest.mark.parametrize("role", [Role.VIEWER, Role.FRONTDESK])


@pytest.fixture(scope="module")
def stored() -> str:
    return passwords.hashed(PASSWORD)


def come_in(client, stored, role, wanted=""):
    """Where somebody with this role is after signing in."""
    account = make_account(role=role, password_hash=stored)
    answer = client.post(
        f"/organise/signin{wanted}", data={"email": account.email, "password": PASSWORD}
    )
    assert answer.status_code == 303
    return answer.location


def links(page):
    return set(re.findall(r'href="(/[^"?]*)', page.partition("<body")[2]))


@NARROW
@pytest.mark.parametrize(
    ("wanted", "home"),
    [
        ("", "/organise/"),
        ("?next=/organise/", "/organise/"),
        ("?next=/organise/contacts", "/organise/"),
        ("?next=/organise/account", "/organise/account"),
    ],
)
def test_who_only_looks_lands_on_a_page_that_is_open_to_them(
    client, app, stored, role, wanted, home
):
    assert come_in(client, stored, role, wanted) == home


@ON_SQLITE
@pytest.mark.parametrize(
    ("wanted", "home"),
    [
        ("", "/organise/"),
        ("?next=/organise/settings", "/organise/settings"),
        ("?next=/organise/forum/guests?q=a", "/organise/forum/guests?q=a"),
        ("?next=/organise/there/is/no/such/page", "/organise/"),
        ("?next=/organise/signout", "/organise/"),
        ("?next=//elsewhere.example/", "/organise/"),
    ],
)
def test_an_organiser_lands_where_they_wanted_or_at_their_events(client, app, stored, wanted, home):
    assert come_in(client, stored, Role.ORGANISER, wanted) == home


@NARROW
def test_navigation_offers_only_what_the_role_may_open(client, app, sign_in, role):
    sign_in(client, make_account(role=role))

    page = client.get("/organise/account", headers=GERMAN).text

    offered = {path for path in links(page) if path.startswith("/organise")}
    own = {"/organise/account", "/organise/account/second-factor"}
    assert offered == {"/organise/", "/organise/search", *own}
    assert {path: client.get(path).status_code for path in offered} == dict.fromkeys(offered, 200)


def test_the_account_is_one_step_away_from_every_organiser_page(client, organiser):
    event = make_event(organiser.memberships[0].host)

    for path in ("/organise/", f"/organise/{event.slug}/", "/organise/contacts"):
        page = client.get(path, headers=GERMAN).text
        foot = page.partition('class="rail__foot')[2].partition("</header>")[0]
        always_shown = re.sub(r'<(form|span) class="rail__more".*?</\1>', "", foot, flags=re.S)
        assert 'href="/organise/account">Mein Konto</a>' in always_shown


def test_the_account_page_says_who_one_is_and_lets_one_leave(client, organiser):
    page = client.get("/organise/account", headers=GERMAN).text.partition("<main")[2]

    assert organiser.email in page
    assert organiser.memberships[0].host.name in page
    assert "<dd>Veranstaltungsteam</dd>" in page
    assert 'action="/organise/signout"' in page
    assert 'href="?lang=en"' in page


def test_the_other_language_keeps_the_search(client, organiser):
    page = client.get("/organise/contacts?q=Meier&lang=de").text

    assert 'href="?q=Meier&amp;lang=en"' in page


def test_a_missing_page_keeps_an_organiser_among_the_organisers_pages(client, organiser):
    answer = client.get("/organise/contacts/999999", headers=GERMAN)

    assert answer.status_code == 404
    assert "Diese Seite gibt es nicht" in answer.text
    assert "Einladung" not in answer.text
    assert {"/organise/", "/organise/contacts", "/organise/account"} <= links(answer.text)
    assert organiser.memberships[0].host.name in answer.text


@NARROW
def test_a_closed_page_shows_the_way_to_the_account(client, app, sign_in, role):
    sign_in(client, make_account(role=role))

    answer = client.get("/organise/contacts", headers=GERMAN)

    assert answer.status_code == 403
    assert "Diese Seite ist für Sie nicht freigegeben" in answer.text
    assert {path for path in links(answer.text) if path.startswith("/organise")} == {
        "/organise/",
        "/organise/account",
    }


def test_a_strangers_missing_page_tells_nothing_of_an_organisation(client, app):
    make_host(name="Agentur Quitte")

    answer = client.get("/organise/no/such/page", headers=GERMAN)

    assert answer.status_code == 404
    assert "Agentur Quitte" not in answer.text
    assert {path for path in links(answer.text) if path.startswith("/organise")} == {"/organise/"}


def test_a_guests_missing_page_costs_no_statement(client, app):
    with statement_count() as sent:
        answer = client.get("/no/such/page", headers=GERMAN)

    assert (answer.status_code, sent) == (404, [])
    assert "Link aus Ihrer Einladung" in answer.text


def test_the_sign_in_page_names_the_only_organisation(client, app):
    make_host(name="Agentur Quitte")
    assert "<strong>Agentur Quitte</strong></a>" in client.get("/organise/signin").text
    assert "<strong>Agentur Quitte</strong></a>" in client.get("/").text

    make_host(name="Agentur Birne")
    several = client.get("/organise/signin").text
    assert "<strong>eventapp</strong></a>" in several
    assert "Agentur" not in several


def test_who_may_not_invite_colleagues_learns_who_may(client, organiser):
    host = organiser.memberships[0].host
    boss = make_account(host, Role.ADMINISTRATOR, name="Änne Boss", password_hash="x")
    page = client.get("/organise/account", headers={"Accept-Language": "de"}).text

    assert "Änne Boss" in page
    assert f'href="mailto:{boss.email}"' in page


def test_the_colour_is_shown_as_people_write_it(client, organiser):
    with transaction():
        organiser.memberships[0].host.colour = "oklch(45% 0.21 264)"
    page = client.get("/organise/settings").text

    assert "oklch" not in page
    assert re.search(r'name="colour"[^>]*value="#[0-9a-f]{6}"', page)
