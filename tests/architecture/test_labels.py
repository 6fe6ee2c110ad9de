"""What assistive programs rely on in a form: each thing has a name of its own, each field a label.

The browser's checks see only what is unfolded; these read the whole page.
"""

from html.parser import HTMLParser

import pytest
from access_table import TABLE
from factories import make_account, make_event, make_invitation
from world import ON_SQLITE, VISITORS, make_world, pages

from eventapp.registrations.actions import accept_invitation

SEES_MOST = VISITORS.index("administrator")
WITHOUT_LABEL = {"hidden", "submit", "button"}


class Sheet(HTMLParser):
    """Names, labels and fields of one page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.fields: list[dict[str, str | None]] = []
        self._in_label = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what this element is called, labels or asks."""
        own = dict(attrs)
        if own.get("id") and own["id"] != "csrf_token":
            self.ids.append(str(own["id"]))
        if tag == "label":
            self._in_label += 1
            self.labelled.add(str(own.get("for", "")))
        asks = tag in {"input", "select", "textarea"} and own.get("type") not in WITHOUT_LABEL
        if asks and not self._in_label and "hidden" not in own:
            self.fields.append(own)

    def handle_endtag(self, tag: str) -> None:
        """A label ends."""
        self._in_label -= tag == "label"

    def twice(self) -> set[str]:
        """Names that two things share: a label then belongs to the first of them only."""
        return {one for one in self.ids if self.ids.count(one) > 1}

    def unlabelled(self) -> set[str]:
        """Fields that nobody is told about."""
        return {
            str(field.get("name"))
            for field in self.fields
            if field.get("id") not in self.labelled
            and not field.get("aria-label")
            and not field.get("aria-labelledby")
        }


@pytest.fixture
def sheets(app, sign_in):
    world = make_world()
    browser = sign_in(app.test_client(), world.accounts["administrator"])
    return {
        page.endpoint: Sheet(browser.get(page.path).text)
        for page in pages(app, world)
        if "GET" in page.methods
        and TABLE[page.endpoint][SEES_MOST] == 200
        and page.endpoint != "static"
        and not page.path.endswith((".ics", ".css", ".json", ".xml", ".jpg", ".zip", ".pdf"))
        and "attachment" not in page.endpoint
    }


@ON_SQLITE
def test_no_two_things_on_a_page_share_a_name_and_every_field_has_a_label(sheets):
    twice = {endpoint: found for endpoint, page in sheets.items() if (found := page.twice())}
    bare = {endpoint: found for endpoint, page in sheets.items() if (found := page.unlabelled())}

    assert (twice, bare) == ({}, {})


@ON_SQLITE
def test_who_waits_has_a_page_on_which_each_reason_is_a_field_of_its_own(app, sign_in):
    event = make_event(capacity=1, companions_allowed=1)
    accept_invitation(make_invitation(event))
    waiting = accept_invitation(make_invitation(event))
    browser = sign_in(app.test_client(), make_account(event.host))

    page = Sheet(browser.get(f"/organise/{event.slug}/guests/{waiting.id}").text)

    assert [one["name"] for one in page.fields].count("reason") > 1
    assert (page.twice(), page.unlabelled()) == (set(), set())
