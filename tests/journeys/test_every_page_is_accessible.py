"""axe finds nothing, the console stays silent, nobody else is asked: wide and narrow, de and en."""

import re

import pytest
from demo_site import Site, Watch, sign_in
from looks import WIDTHS, faults, scrolls_sideways
from playwright.sync_api import Browser, Page

GUEST_PAGES = (
    "/",
    "/e/{full}/",
    "/e/{small}/",
    "/e/{full}/programme",
    "/e/{full}/programme?by=room",
    "/e/{full}/screen",
    "/e/{full}/changes",
    "/e/{full}/register",
    "/e/{small}/register",
    "/e/{small}/register/sent",
    "/o/nothing",
    "/imprint",
    "/privacy",
    "/accessibility",
    "/organise/signin",
    "/organise/forgotten",
    "/organise/forgotten/sent",
    "/a/nothing",
    "/deleted",
    "/e/{full}/deleted",
    "/nowhere",
)
OWN_PAGES = ("", "/needs", "/details", "/address", "/data", "/delete")
SPEAKER_PAGES = (
    "", "/biography", "/portrait", "/slides", "/technical", "/travel", "/availability", "/diet",
    "/data", "/delete",
)  # fmt: skip
ORGANISER_PAGES = (
    "/organise/",
    "/organise/{full}/",
    "/organise/{small}/",
    "/organise/{full}/undo/100",
    "/organise/{full}/delete",
    "/organise/search",
    "/organise/search?q=för",
    "/organise/search?q=gibtesnicht",
    "/organise/{full}/invitations",
    "/organise/{full}/invitations?q=gibtesnicht",
    "/organise/{full}/invitations?tick=all",
    "/organise/{full}/invitations/bulk?step=withdraw&k=1&k=2",
    "/organise/{full}/invitations/single?q=bl",
    "/organise/{full}/invitations/single/words",
    "/organise/{small}/invitations/single/3",
    "/organise/contacts/3/invite",
    "/organise/{full}/invitations/waves",
    "/organise/{full}/notices",
    "/organise/{full}/notices/reminder",
    "/organise/{full}/notices/practical",
    "/organise/{full}/notices/practical/edit",
    "/organise/{full}/invitations/waves/1",
    "/organise/{full}/invitations/1",
    "/organise/{full}/invitations/2",
    "/organise/contacts/3",
    "/organise/contacts/3/history",
    "/organise/contacts/3/delete",
    "/organise/{full}/guests",
    "/organise/{full}/guests/review",
    "/organise/{full}/needs",
    "/organise/{full}/questions",
    "/organise/{full}/questions/new?kind=choice",
    "/organise/{full}/guests/doubles",
    "/organise/{full}/programme",
    "/organise/{full}/programme/grid",
    "/organise/{full}/programme/rounds",
    "/organise/{full}/next-edition",
    "/organise/{full}/programme/release",
    "/organise/{full}/programme/mails",
    "/organise/{full}/programme/today",
    "/organise/{full}/programme/today/1/room",
    "/organise/{full}/programme/today/1/time",
    "/organise/{full}/programme/today/1/drop",
    "/organise/{full}/programme/versions",
    "/organise/{full}/programme/versions/1",
    "/organise/{full}/programme/versions/compare?from=1",
    "/organise/{full}/programme/import",
    "/organise/{full}/programme/share",
    "/organise/{full}/programme/casting",
    "/organise/{full}/programme/casting/papers",
    "/organise/{full}/run-of-show",
    "/organise/{full}/run-of-show?trade=sound",
    "/organise/{small}/run-of-show",
    "/organise/{full}/run-of-show/3",
    "/organise/{full}/run-of-show/new",
    "/organise/{full}/run-of-show/3/delay?minutes=15",
    "/organise/{full}/run-of-show/now",
    "/organise/{full}/run-of-show/crew",
    "/organise/{full}/run-of-show/import",
    "/organise/{full}/speakers",
    "/organise/{full}/speakers/1",
    "/organise/{full}/speakers/needs",
    "/organise/{full}/settings",
    "/organise/{small}/mails",
    "/organise/contacts",
    "/organise/contacts/new",
    "/organise/contacts/doubles",
    "/organise/contacts/doubles/1/2",
    "/organise/contacts/import",
    "/organise/contacts/lists",
    "/organise/organisations",
    "/organise/events/new",
    "/organise/settings",
    "/organise/{full}/lists/guests?group=confirmed",
    "/organise/{full}/lists/catering",
    "/organise/lists/contacts",
    "/organise/account",
    "/organise/account/second-factor",
    "/organise/history?q=angenommen",
    "/organise/{full}/figures",
    "/organise/{full}/names",
    "/organise/nowhere/at/all",
)


def faults_on(page: Page, site: Site, paths: tuple[str, ...]) -> dict[str, list[str]]:
    """Path → what is wrong there, and at which width."""
    small, full = (event["slug"] for event in site.addresses["events"])
    found: dict[str, list[str]] = {}
    for path in paths:
        page.goto(site.url + path.format(small=small, full=full))
        if wrong := faults(page):
            found[path] = wrong
    return found


@pytest.fixture
def page(database_url: str, browser: Browser) -> Page:
    """German in light colours on one database, English in dark ones on the other.

    Looking at a page takes a second, and no page looks different for its database.
    """
    german = database_url.startswith("sqlite")
    locale, scheme = ("de-DE", "light") if german else ("en-GB", "dark")
    context = browser.new_context(locale=locale, color_scheme=scheme)
    yield context.new_page()
    context.close()


def test_pages_for_guests(page: Page, site: Site, watch: Watch):
    found = faults_on(page, site, GUEST_PAGES)

    watch.faults[:] = [one for one in watch.faults if "404" not in one]  # the page that is not
    assert found == {}


def test_personal_pages(page: Page, site: Site, watch: Watch):
    own = site.addresses["registrations"][0]
    asked = site.addresses["invitations"][0]
    links = (
        *(f"{asked}{part}" for part in ("", "/data", "/delete")),
        *(f"{own}{part}" for part in OWN_PAGES),
    )

    assert faults_on(page, site, tuple(link.removeprefix(site.url) for link in links)) == {}


def test_pages_of_contributors(page: Page, site: Site, watch: Watch):
    links = [site.addresses["contributors"][0] + part for part in SPEAKER_PAGES]

    assert faults_on(page, site, tuple(link.removeprefix(site.url) for link in links)) == {}


def test_the_page_of_who_wants_no_more_mails(page: Page, site: Site, watch: Watch):
    sign_in(page, site)
    page.goto(f"{site.addresses['outbox']}?q=Einladung")
    page.get_by_role("rowheader").get_by_role("link").first.click()
    link = str(page.locator("a[href*='/u/']").first.get_attribute("href"))

    assert faults_on(page, site, (link.removeprefix(site.url),)) == {}


def test_pages_for_organisers(page: Page, site: Site, watch: Watch):
    sign_in(page, site)

    found = faults_on(page, site, ORGANISER_PAGES)

    watch.faults[:] = [one for one in watch.faults if "404" not in one]  # the page that is not
    assert found == {}


def test_pages_for_administrators(page: Page, site: Site, watch: Watch):
    sign_in(page, site, "administrator")

    assert faults_on(page, site, ("/organise/team", "/organise/team/2")) == {}


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/organise/{full}/guests", "tbody bdi"),
        ("/organise/{full}/invitations", "tbody td.wide bdi"),
        ("/organise/contacts", "tbody bdi"),
        ("/organise/history", ".history bdi"),
        ("/organise/{full}/figures", ".head p"),
        ("/organise/{full}/", ".rail__event b"),
    ],
)
def test_a_word_longer_than_its_place_breaks_there(page: Page, site: Site, path: str, words: str):
    sign_in(page, site)
    page.goto(site.url + path.format(full=site.addresses["events"][1]["slug"]))
    page.locator(words).first.evaluate("e => e.textContent = 'Donaudampfschifffahrt'.repeat(5)")

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert not scrolls_sideways(page)


def test_the_account_and_the_way_out_are_in_reach_on_a_phone(page: Page, site: Site):
    page.set_viewport_size({"width": 360, "height": 780})
    sign_in(page, site)
    page.goto(f"{site.full.replace('/e/', '/organise/')}settings")

    shown = page.locator("header nav a[aria-current]").bounding_box()
    assert shown is not None
    assert 0 <= shown["x"] <= 360 - shown["width"]
    page.get_by_role("banner").get_by_role("link", name=re.compile("Mein Konto|My account")).click()
    page.get_by_role("main").get_by_role("button", name=re.compile("^(Abmelden|Sign out)$")).click()

    page.wait_for_url(f"{site.url}/organise/signin?after=signout")
