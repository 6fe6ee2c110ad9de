"""Whatever a mail scanner or a crawler opens, nothing happens (T-13)."""

import pytest
from world import VISITORS, dump, make_world, pages


@pytest.mark.parametrize("visitor", VISITORS)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_opening_every_page_twice_changes_no_row(app, sign_in, visitor, method):
    world = make_world()
    browser = app.test_client()
    if visitor in world.accounts:
        sign_in(browser, world.accounts[visitor])
    before = dump()

    for page in pages(app, world) * 2:
        if method in page.methods:
            browser.open(page.path, method=method, buffered=True)

    assert dump() == before
