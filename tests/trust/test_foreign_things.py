"""Things of other events and other organisations do not exist (T-01, T-02)."""

import pytest
from world import make_world, pages, path_of

from eventapp.foundation.access import Visitor

ABSENT = 2_000_000_000
OF_THE_ORGANISATION = {"contact_id"}
"""Things that belong to no event, so that every event of the organisation may know them."""
CHANGING = {"POST", "PUT", "PATCH", "DELETE"}


def organiser_pages_with_things(app, world):
    """Pages for organisers whose address names a row by its number."""
    for page in pages(app, world):
        numbers = {name for name in page.arguments if name.endswith("_id") or name == "number"}
        if page.access.visitor is Visitor.SIGNED_IN and numbers:
            yield page, numbers


def ask(browser, page, path):
    method = "GET" if "GET" in page.methods else "POST"
    return browser.open(path, method=method)


def test_t01_a_thing_of_another_organisation_is_answered_like_an_absent_one(app, sign_in):
    world = make_world()
    outsider = sign_in(app.test_client(), world.accounts["outsider"])
    insider = sign_in(app.test_client(), world.accounts["administrator"])
    different = {}
    for page, numbers in organiser_pages_with_things(app, world):
        absent = path_of(app, world, page.rule, **dict.fromkeys(numbers, ABSENT))
        foreign_answer = ask(outsider, page, page.path)
        absent_answer = ask(insider, page, absent)
        if foreign_answer.status_code != 404 or absent_answer.status_code != 404:
            different[page.endpoint] = (foreign_answer.status_code, absent_answer.status_code)

    assert different == {}


def test_t02_a_thing_of_one_event_does_not_exist_under_another(app, sign_in):
    world = make_world()
    organiser = sign_in(app.test_client(), world.accounts["organiser"])
    nested = [
        (page, numbers)
        for page, numbers in organiser_pages_with_things(app, world)
        if "slug" in page.arguments and numbers - OF_THE_ORGANISATION
    ]
    found = {}
    for page, _numbers in nested:
        path = path_of(app, world, page.rule, slug=world.sibling.slug)
        status = ask(organiser, page, path).status_code
        if status != 404:
            found[page.endpoint] = status

    assert found == {}


@pytest.mark.parametrize("number", [0, 2**31, 2**63, 10**40])
def test_t01_numbers_that_no_row_can_have_are_simply_absent(app, sign_in, number):
    world = make_world()
    organiser = sign_in(app.test_client(), world.accounts["administrator"])

    answers = {
        page.endpoint: ask(
            organiser, page, path_of(app, world, page.rule, **dict.fromkeys(numbers, number))
        ).status_code
        for page, numbers in organiser_pages_with_things(app, world)
    }

    assert answers == dict.fromkeys(answers, 404)


@pytest.mark.parametrize("slug", ["gibt-es-nicht", "..", "%2e%2e%2fetc", "a" * 5000, "ä ö", "'--"])
def test_t01_an_unknown_event_is_absent_everywhere(app, sign_in, slug):
    world = make_world()
    organiser = sign_in(app.test_client(), world.accounts["organiser"])
    statuses = {}
    for page in pages(app, world):
        if "slug" in page.arguments:
            path = path_of(app, world, page.rule, slug=slug)
            statuses[page.endpoint] = ask(organiser, page, path).status_code

    assert {page: status for page, status in statuses.items() if status not in {404, 308}} == {}
