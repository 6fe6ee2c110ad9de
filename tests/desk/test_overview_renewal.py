"""The home while it is open: it asks what is new, and gets an answer only if something is."""

from datetime import timedelta

from factories import make_account, make_event, make_registration
from statements import statement_count

from eventapp.accounts.models import SignInSession
from eventapp.accounts.states import Role
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction

RENEWAL = {"X-Renewal": "1"}


def mark_on(page):
    return page.text.partition('data-mark="')[2].partition('"')[0]


def test_the_page_carries_the_version_that_the_answer_has(client, organiser):
    event = make_event(organiser.memberships[0].host)
    home = client.get(f"/organise/{event.slug}/")

    answer = client.get(f"/organise/{event.slug}/now", headers=RENEWAL)

    assert answer.headers["ETag"] == f'"{mark_on(home)}"'
    assert f'data-renew="/organise/{event.slug}/now"' in home.text


def test_while_nothing_has_changed_there_is_nothing_to_send(client, organiser):
    event = make_event(organiser.memberships[0].host)
    mark = mark_on(client.get(f"/organise/{event.slug}/"))

    answer = client.get(
        f"/organise/{event.slug}/now", headers=RENEWAL | {"If-None-Match": f'"{mark}"'}
    )

    assert (answer.status_code, answer.data) == (304, b"")


def test_a_new_guest_is_told_with_the_numbers_of_the_rail(client, organiser):
    event = make_event(organiser.memberships[0].host)
    mark = mark_on(client.get(f"/organise/{event.slug}/"))
    make_registration(event)

    answer = client.get(
        f"/organise/{event.slug}/now", headers=RENEWAL | {"If-None-Match": f'"{mark}"'}
    )

    assert answer.status_code == 200
    assert '<dl class="figures" data-part="figures">' in answer.text
    assert 'data-part="rail"' in answer.text
    assert "<html" not in answer.text
    assert mark_on(client.get(f"/organise/{event.slug}/")) == answer.headers["ETag"].strip('"')


def test_another_day_is_another_version(client, sign_in):
    account = make_account()
    event = make_event(account.memberships[0].host)
    evening = clock.now().replace(hour=21)
    with clock.held(evening):
        sign_in(client, account)
    marks = []
    for moment in (evening, evening + timedelta(hours=4)):
        with clock.held(moment):
            marks.append(client.get(f"/organise/{event.slug}/now", headers=RENEWAL).headers["ETag"])

    assert marks[0] != marks[1]


def test_a_page_that_renews_itself_is_no_sign_of_a_person(client, organiser):
    event = make_event(organiser.memberships[0].host)
    browser = db.session.query(SignInSession).one()
    an_hour_ago = clock.now() - timedelta(hours=1)
    with transaction():
        browser.seen_at = an_hour_ago

    client.get(f"/organise/{event.slug}/now", headers=RENEWAL)
    db.session.refresh(browser)
    assert browser.seen_at == an_hour_ago

    client.get(f"/organise/{event.slug}/")
    db.session.refresh(browser)
    assert browser.seen_at > an_hour_ago


def test_a_session_that_is_over_is_not_kept_alive(client, organiser):
    event = make_event(organiser.memberships[0].host)
    client.get(f"/organise/{event.slug}/")

    with clock.held(clock.now() + timedelta(hours=13)):
        answer = client.get(f"/organise/{event.slug}/now", headers=RENEWAL)

    assert "/organise/signin" in answer.location


def test_the_answer_is_for_organisers_of_the_event_only(client, sign_in):
    event = make_event()
    sign_in(client, make_account(event.host, Role.VIEWER))
    assert client.get(f"/organise/{event.slug}/now").status_code == 403
    sign_in(client, make_account())
    assert client.get(f"/organise/{event.slug}/now").status_code == 404


def test_asking_again_costs_no_more_statements_than_the_page(client, organiser):
    event = make_event(organiser.memberships[0].host)
    counts = []
    for path in ("", "now"):
        db.session.remove()
        with statement_count() as sent:
            client.get(f"/organise/{event.slug}/{path}")
        counts.append(len(sent))

    assert counts[1] <= counts[0]
