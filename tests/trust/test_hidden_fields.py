"""What forms carry along unseen, and what stands behind the question mark, may be anything."""

import pytest
from world import ON_SQLITE, make_world, pages

from eventapp.foundation.access import Visitor

NAMES = """
    session seen starts ends room slot gesture mark day frame step move arrange person stage trade
    from to page release knowingly where leaving coming minutes version q by lang round newround go
    do anyway contributors guests first_day last_day reply_by role offset length note number state
""".split()  # noqa: SIM905 - a list of words reads better so
MONSTERS = {
    "digits": "9" * 5000,
    "beyond a bigint": "9" * 19 + "9",
    "beyond an integer": "9999999999",
    "letters of digits": "١٣²",
    "pairs": f"{'7' * 5000}-x 1-2 --",
    "times": "1 1 99999999999 99999999999 1 1",
}
OURS = ("programme", "run_of_show", "speakers", "notices", "desk_programme", "desk_frames")


@ON_SQLITE
@pytest.mark.parametrize("monster", MONSTERS.values(), ids=MONSTERS)
def test_t62_no_hidden_field_of_the_programme_breaks_a_page(app, sign_in, monster):
    """T-62: whatever is sent under whatever name, by the page's form or the board's script."""
    world = make_world()
    organiser = sign_in(app.test_client(), world.accounts["organiser"])
    sent, broken = dict.fromkeys(NAMES, monster), {}
    named = {"mark": "0", "day": "2027-06-24", "frame": monster, "session": monster}
    for page in pages(app, world):
        if not page.endpoint.startswith(OURS):
            continue
        browser = app.test_client() if page.access.visitor is not Visitor.SIGNED_IN else organiser
        for method, data in (("GET", sent), ("POST", sent), ("POST", sent | named)):
            if method not in page.methods:
                continue
            how = {"query_string": data} if method == "GET" else {"data": data}
            for accepted in ("text/html", "application/json"):
                answer = browser.open(
                    page.path, method=method, headers={"Accept": accepted}, buffered=True, **how
                )
                if answer.status_code >= 500:
                    broken[page.endpoint, method] = answer.status_code

    assert broken == {}
