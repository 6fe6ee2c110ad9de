"""Events with approval: who registers waits for a yes or no, and each gets a mail."""

import pytest
from factories import make_account, make_event
from registrations.public_form import hermine
from registrations.support import all_registrations, latest_mail, mail_kinds, places
from registrations.test_last_place import at_once

from eventapp.events.states import RegistrationMode
from eventapp.foundation.database import db
from eventapp.foundation.i18n import use_locale
from eventapp.registrations.actions import cancel_registration
from eventapp.registrations.errors import EventIsFull, NoSuchStep
from eventapp.registrations.front_door.actions import (
    approve_registration,
    confirm_registration,
    register,
    reject_registration,
)
from eventapp.registrations.models import Registration
from eventapp.registrations.states import RegistrationState

SEE_OTHER = 303
S = RegistrationState


@pytest.fixture
def event(app):
    return make_event(registration_mode=RegistrationMode.APPROVAL, capacity=1)


def waiting_for_decision(event, **given):
    register(event, hermine(**given))
    one = all_registrations()[-1]
    confirm_registration(one)
    return one


def test_the_link_leads_to_a_review_that_holds_no_place(event):
    one = waiting_for_decision(event)

    assert one.state is S.IN_REVIEW
    assert places(event) == (0, 0)
    assert mail_kinds()[-1] == ("hermine@werk.example", "in_review")


def test_yes_gives_a_place_and_when_none_is_left_the_waiting_list(event):
    first = waiting_for_decision(event)
    second = waiting_for_decision(event, email="b@werk.example")

    for one in (first, second, first):
        approve_registration(one, by=make_account(event.host))

    assert (first.state, second.state) == (S.CONFIRMED, S.WAITING)
    assert [kind for _to, kind in mail_kinds()[-2:]] == ["confirmation", "waiting"]
    assert places(event) == (1, 1)


def test_no_is_mailed_with_the_reason_and_can_be_taken_back(event):
    one = waiting_for_decision(event)
    account = make_account(event.host)

    reject_registration(one, by=account, reason="Nur für <Mitglieder>.")
    reject_registration(one, by=account)

    assert one.state is S.REJECTED
    assert mail_kinds()[-1] == ("hermine@werk.example", "rejected")
    assert len([kind for _to, kind in mail_kinds() if kind == "rejected"]) == 1
    assert "Nur für <Mitglieder>." in latest_mail().text
    assert "&lt;Mitglieder&gt;" in latest_mail().html
    approve_registration(one, by=account)
    assert one.state is S.CONFIRMED


def test_who_has_cancelled_meanwhile_is_neither_let_in_nor_turned_away(event):
    one = waiting_for_decision(event)
    cancel_registration(one)

    for decide in (approve_registration, reject_registration):
        with pytest.raises(NoSuchStep):
            decide(one, by=make_account(event.host))


def test_without_a_waiting_list_nobody_is_let_in_beyond_the_places(app):
    event = make_event(registration_mode=RegistrationMode.APPROVAL, capacity=1, waiting_list=False)
    first = waiting_for_decision(event)
    second = waiting_for_decision(event, email="b@werk.example")
    approve_registration(first, by="system")

    with pytest.raises(EventIsFull):
        approve_registration(second, by="system")
    assert second.state is S.IN_REVIEW


def test_staff_decides_on_one_page(event, client, sign_in):
    first = waiting_for_decision(event)
    second = waiting_for_decision(event, email="b@werk.example")
    sign_in(client, make_account(event.host))
    address = f"/organise/{event.slug}/guests"

    board = client.get(address).text
    page = client.get(f"{address}/review").text
    yes = client.post(f"{address}/{first.id}/approve", follow_redirects=True)
    no = client.post(
        f"{address}/{second.id}/reject", data={"reason": "Voll"}, follow_redirects=True
    )

    assert f'href="{address}/review"' in board
    assert page.count("Zulassen") == 2
    assert "bestätigt" in yes.text
    assert "Absage per Mail" in no.text
    assert [one.state for one in all_registrations()] == [S.CONFIRMED, S.REJECTED]
    assert "Niemand wartet auf eine Freigabe" in no.text


def test_the_personal_page_says_that_somebody_looks(event, client):
    one = waiting_for_decision(event)

    with use_locale("de"):
        page = client.get(f"/r/{one.token}").text

    assert "Ihre Anmeldung wird geprüft" in page
    assert 'class="pass"' not in page


def test_t49_colleagues_who_decide_at_one_instant_make_one_decision_and_one_mail(app, event):
    """Two devices on one guest: the first is done, the others find it done."""
    one, account = waiting_for_decision(event), make_account(event.host)
    before = len(mail_kinds())

    def approve(registration_id):
        approve_registration(db.session.get_one(Registration, registration_id), by=account)

    at_once(app, approve, [one.id] * 4)

    db.session.expire_all()
    assert one.state is S.CONFIRMED
    assert places(event) == (1, 1)
    assert mail_kinds()[before:] == [("hermine@werk.example", "confirmation")]
