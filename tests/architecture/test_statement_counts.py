"""Every page needs as many statements for many rows as for few."""

from statements import statement_count
from world import make_world, pages

FEW, MANY = 3, 15


def statements_of_each_page(app, sign_in, copies):
    world = make_world(copies=copies)
    counts = {}
    for page in pages(app, world):
        if "GET" in page.methods:
            browser = sign_in(app.test_client(), world.accounts["organiser"])
            app.extensions["sqlalchemy"].session.remove()
            with statement_count() as sent:
                browser.get(page.path, buffered=True)
            counts[page.endpoint] = len(sent)
    return counts


def test_no_page_sends_more_statements_for_more_rows(app, sign_in):
    """T-65."""
    few = statements_of_each_page(app, sign_in, FEW)
    many = statements_of_each_page(app, sign_in, MANY)

    assert {page: (few[page], many[page]) for page in few if many[page] > few[page]} == {}
