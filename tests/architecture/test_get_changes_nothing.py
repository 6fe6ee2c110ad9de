"""Whatever a mail scanner or a crawler opens, nothing happens (T-13)."""

import pytest
from world import dump, make_world, pages


@pytest.mark.parametrize("visitor", ["anonymous", "organiser"])
def test_opening_every_page_changes_no_row(app, sign_in, visitor):
    world = make_world()
    browser = app.test_client()
    if visitor in world.accounts:
        sign_in(browser, world.accounts[visitor])
    before = dump()

    for method in ("HEAD", "GET", "GET"):
        for page in pages(app, world):
            if method in page.methods:
                browser.open(page.path, method=method, buffered=True)

    assert dump() == before
