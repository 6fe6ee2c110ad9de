"""Who asked for support: for colleagues with the right to know, and each look leaves a trace."""

from datetime import timedelta

import pytest
from factories import make_account, make_event, make_registration
from registrations.needs_support import give_needs
from sqlalchemy import select
from statements import statement_count

from eventapp.accounts.models import AuditEntry, Membership
from eventapp.accounts.states import Role
from eventapp.accounts.team_actions import change_role, grant_needs_right, revoke_needs_right
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.errors import Refused
from eventapp.registrations.states import RegistrationState

NEED = "Rollstuhlplatz am Gang"


@pytest.fixture
def event(organiser):
    with transaction():
        organiser.memberships[0].sees_needs = True
    return make_event(organiser.memberships[0].host)


@pytest.fixture
def address(event):
    return f"/organise/{event.slug}/needs"


def looks():
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "needs.seen"))
    return [(one.actor, one.before, one.after, one.reason) for one in entries]


def test_opening_the_page_shows_a_number_and_nothing_else(client, event, address):
    give_needs(make_registration(event, last_name="Öhm"), access=NEED)

    page = client.get(address).text

    assert "Eine Person hat um Unterstützung gebeten." in page
    assert NEED not in page
    assert "Öhm" not in page
    assert looks() == []


def test_a_look_is_noted_without_the_content_and_opens_the_list(client, organiser, event, address):
    give_needs(make_registration(event, last_name="Öhm"), access=NEED)

    page = client.post(address, follow_redirects=True)

    assert NEED in page.text
    assert "Öhm" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert looks() == [(organiser.name, {}, {}, "")]


def test_within_a_quarter_of_an_hour_it_is_one_look_and_then_the_list_closes(
    client, event, address
):
    give_needs(make_registration(event), access=NEED)
    client.post(address)
    client.post(address)

    assert len(looks()) == 1
    with clock.held(clock.now() + timedelta(minutes=16)):
        assert NEED not in client.get(address).text


def test_the_look_of_one_colleague_opens_nothing_for_another(app, sign_in, client, event, address):
    give_needs(make_registration(event), access=NEED)
    client.post(address)
    other = make_account(event.host, Role.ADMINISTRATOR)

    page = sign_in(app.test_client(), other).get(address).text

    assert NEED not in page


def test_who_has_left_and_who_only_eats_are_not_on_the_list(client, event, address):
    give_needs(make_registration(event, last_name="Vegan"), access="", diet="vegan")
    gone = make_registration(event, last_name="Weggegangen", state=RegistrationState.CANCELLED)
    give_needs(gone, access="Höranlage")

    page = client.post(address, follow_redirects=True).text

    assert "Niemand hat um Unterstützung gebeten" in page
    assert "Weggegangen" not in page


@pytest.mark.parametrize("role", [Role.FRONTDESK, Role.VIEWER])
def test_front_desk_and_viewer_never_see_it_even_with_the_right(app, sign_in, event, address, role):
    account = make_account(event.host, role)
    with transaction():
        account.memberships[0].sees_needs = True
    browser = sign_in(app.test_client(), account)

    assert browser.get(address).status_code == 403
    assert browser.post(address).status_code == 403
    assert looks() == []


def test_an_organiser_without_the_right_reads_how_to_get_it(app, sign_in, event, address):
    give_needs(make_registration(event, last_name="Öhm"), access=NEED)
    browser = sign_in(app.test_client(), make_account(event.host))

    page = browser.get(address)
    refused = browser.post(address)

    assert (page.status_code, refused.status_code) == (200, 403)
    assert "Eine Person hat" not in page.text
    assert looks() == []
    assert address not in browser.get(f"/organise/{event.slug}/guests").text


def test_an_administrator_gives_the_right_and_takes_it_back(client, sign_in, app, event):
    boss = make_account(event.host, Role.ADMINISTRATOR)
    colleague = make_account(event.host)
    browser = sign_in(app.test_client(), boss)
    page = f"/organise/team/{colleague.memberships[0].id}"

    given = browser.post(f"{page}/needs", follow_redirects=True).text
    had = colleague.memberships[0].sees_needs
    browser.post(f"{page}/needs/revoke")

    assert "darf den Unterstützungsbedarf ab jetzt sehen" in given
    assert had
    assert not colleague.memberships[0].sees_needs
    assert boss.memberships[0].sees_needs
    steps = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert [one for one in steps if one.startswith("account.needs")] == [
        "account.needs_granted",
        "account.needs_revoked",
    ]


def test_another_role_takes_the_right_away(event):
    boss, colleague = make_account(event.host, Role.ADMINISTRATOR), make_account(event.host)
    grant_needs_right(colleague.memberships[0], by=boss)

    change_role(colleague.memberships[0], Role.VIEWER, by=boss)
    change_role(colleague.memberships[0], Role.ORGANISER, by=boss)

    assert not colleague.memberships[0].sees_needs


def test_only_organisers_can_have_the_right(event):
    boss = make_account(event.host, Role.ADMINISTRATOR)

    with pytest.raises(Refused):
        grant_needs_right(make_account(event.host, Role.VIEWER).memberships[0], by=boss)


def test_taking_back_what_nobody_had_leaves_no_trace(event):
    boss = make_account(event.host, Role.ADMINISTRATOR)

    revoke_needs_right(make_account(event.host).memberships[0], by=boss)

    assert db.session.scalars(select(AuditEntry)).all() == []


def test_t65_the_list_needs_as_many_statements_for_many_as_for_one(client, event, address):
    """T-65."""
    counts = []
    for number in (1, 12):
        for _ in range(number):
            give_needs(make_registration(event), access=NEED)
        client.post(address)
        db.session.remove()
        with statement_count() as sent:
            client.get(address)
        counts.append(len(sent))

    assert counts[0] == counts[1]


def test_needs_stand_on_no_other_page_of_an_organiser(client, event, address):
    guest = make_registration(event)
    give_needs(guest, access=NEED, diet="keine Haselnüsse")

    for path in ("guests", f"guests/{guest.id}", "", "mails", "names", "figures"):
        page = client.get(f"/organise/{event.slug}/{path}", follow_redirects=True).text
        assert NEED not in page
        assert "Haselnüsse" not in page
    assert NEED not in client.get("/organise/history", follow_redirects=True).text


def test_the_right_at_another_organisation_counts_for_nothing_here(client, sign_in):
    """T-01: whoever may know it at one host is an ordinary organiser at the next."""
    account = make_account()
    here = make_event()
    with transaction():
        account.memberships[0].sees_needs = True
        db.session.add(
            Membership(
                account=account, host=here.host, role=Role.ORGANISER, accepted_at=clock.now()
            )
        )
    give_needs(make_registration(here), access=NEED)
    sign_in(client, account)
    client.post(f"/organise/account/teams/{account.memberships[1].id}")

    assert client.post(f"/organise/{here.slug}/needs").status_code == 403
    assert NEED not in client.get(f"/organise/{here.slug}/needs").text
    assert "/needs" not in client.get(f"/organise/{here.slug}/guests").text
