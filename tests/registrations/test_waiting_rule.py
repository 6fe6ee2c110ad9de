"""The rule of the waiting list: the same sentences in the docs and on the guest's pages."""

from html import unescape
from pathlib import Path

import pytest
from factories import make_account, make_event, make_invitation, make_registration
from registrations.support import latest_mail

from eventapp.events.states import Promotion
from eventapp.foundation.database import db, transaction
from eventapp.foundation.i18n import use_locale
from eventapp.registrations.actions import (
    accept_invitation,
    cancel_registration,
    confirm_place,
    offer_free_places,
    offer_place,
)
from eventapp.registrations.states import RegistrationKind, RegistrationState
from eventapp.registrations.waiting_rule import rule_sentences

DOCS = Path(__file__).parents[2] / "docs" / "waiting-list.md"
S = RegistrationState


def offered():
    """Somebody with an offer, and the event."""
    event = make_event(capacity=1)
    holder = accept_invitation(make_invitation(event))
    first = accept_invitation(make_invitation(event))
    cancel_registration(holder)
    return event, first


def test_the_docs_and_the_pages_say_the_same(app, client):
    event = make_event(capacity=0, reserved_places=0)
    waiting = accept_invitation(make_invitation(event))
    bullets = {line[2:] for line in DOCS.read_text("utf-8").splitlines() if line.startswith("- ")}

    for change in ({}, {"promotion": Promotion.MANUAL}):
        with transaction():
            for name, value in change.items():
                setattr(event, name, value)
        with use_locale("de"):
            sentences = [str(one) for one in rule_sentences(event)]
        assert set(sentences) <= bullets
        for path in (f"/i/{waiting.invitation.token}", f"/r/{waiting.token}"):
            page = unescape(client.get(f"{path}?lang=de").text)
            assert all(sentence in page for sentence in sentences), path


def test_who_has_an_offer_reads_until_when_and_accepts_by_one_button(app, client):
    _event, first = offered()
    page = unescape(client.get(f"/r/{first.token}?lang=de").text)
    assert "Wir halten Ihnen einen Platz frei" in page
    assert "Platz annehmen" in page
    assert 'class="qr"' not in page

    answer = client.post(f"/r/{first.token}/offer", data={"answer": "yes"}, follow_redirects=True)

    db.session.refresh(first)
    assert first.state is S.CONFIRMED
    assert 'class="qr"' in answer.text


def test_declining_is_the_other_button(app, client):
    _event, first = offered()

    client.post(f"/r/{first.token}/offer", data={"answer": "no"})

    db.session.refresh(first)
    assert first.state is S.CANCELLED


def test_the_answer_page_offers_both_buttons_too(app, client):
    _event, first = offered()
    page = unescape(client.get(f"/i/{first.invitation.token}?lang=de").text)
    assert "Wir halten Ihnen einen Platz frei" in page

    client.post(f"/i/{first.invitation.token}", data={"answer": "yes"})

    db.session.refresh(first)
    assert first.state is S.CONFIRMED


def test_who_let_it_lapse_reads_so_and_joins_again_by_a_button(app, client):
    event = make_event(capacity=0)
    lapsed = make_registration(event, state=S.EXPIRED)
    page = unescape(client.get(f"/r/{lapsed.token}?lang=de").text)
    assert "Die Frist für Ihren Platz ist abgelaufen" in page
    assert "Zurück auf die Warteliste" in page

    client.post(f"/r/{lapsed.token}/line")

    db.session.refresh(lapsed)
    assert lapsed.state is S.WAITING


def test_a_button_that_came_too_late_is_answered_in_words(app, client):
    event = make_event(capacity=0)
    waiting = make_registration(event, state=S.WAITING)

    page = client.post(
        f"/r/{waiting.token}/offer?lang=de", data={"answer": "yes"}, follow_redirects=True
    )

    assert "Die Frist für diesen Platz ist vorbei" in page.text


def test_staff_gives_a_place_by_hand_on_the_page_of_the_guest(app, client, sign_in):
    event = make_event(capacity=1)
    sign_in(client, make_account(event.host))
    waiting = make_registration(event, state=S.WAITING)
    base = f"/organise/{event.slug}/guests/{waiting.id}"
    assert "Platz von Hand vergeben" in client.get(f"{base}?lang=de").text

    without = client.post(f"{base}/offer?lang=de", data={"reason": ""})
    assert without.status_code == 422
    client.post(f"{base}/offer", data={"reason": "Ist Fördergeber"})
    db.session.refresh(waiting)
    assert waiting.state is S.OFFERED
    client.post(f"{base}/confirm", data={"reason": "hat angerufen"})

    db.session.refresh(waiting)
    assert waiting.state is S.CONFIRMED
    assert "hat angerufen" in client.get(base).text


def test_where_no_place_is_free_the_page_says_what_to_do(app, client, sign_in):
    event = make_event(capacity=0)
    sign_in(client, make_account(event.host))
    waiting = make_registration(event, state=S.WAITING)

    answer = client.post(
        f"/organise/{event.slug}/guests/{waiting.id}/confirm?lang=de", data={"reason": "bitte"}
    )

    assert answer.status_code == 409
    assert "Um einen Platz erhöhen und sofort bestätigen" in answer.text


def test_the_list_of_guests_shows_what_is_offered_until_when(app, client, sign_in):
    event, first = offered()
    sign_in(client, make_account(event.host))

    page = client.get(f"/organise/{event.slug}/guests?group=offered&lang=de").text

    assert first.last_name in page
    assert "Platz angeboten" in page


def test_a_party_of_two_reads_everything_about_two_places(app, client, sign_in):
    event = make_event(capacity=2)
    guest = make_registration(event, state=S.WAITING)
    make_registration(event, state=S.WAITING, main_id=guest.id, kind=RegistrationKind.COMPANION)
    db.session.expire_all()
    sign_in(client, make_account(event.host))
    staff = client.get(f"/organise/{event.slug}/guests/{guest.id}?lang=de").text
    assert "2 Plätze von Hand vergeben" in staff
    assert "2 Plätze anbieten" in staff

    offer_free_places(event, by="test")

    page = client.get(f"/r/{guest.token}?lang=de").text
    assert "Die Plätze gehören Ihnen" in page
    assert "2 Plätze annehmen" in page
    mail = latest_mail()
    assert mail.subject.startswith("2 Plätze für Sie bis")
    assert "stehen die 2 Plätze wieder anderen offen" in " ".join(mail.text.split())


@pytest.mark.parametrize("give", [offer_place, confirm_place])
def test_who_gets_a_place_out_of_turn_reads_nothing_untrue(app, give):
    """The seventh in line, for whom the organisers added a place: none became free, and it was not
    their turn."""
    event = make_event(capacity=0)
    make_registration(event, state=S.WAITING)
    last = make_registration(event, state=S.WAITING, locale="de")

    give(last, by="test", reason="redet zur Eröffnung", raise_by=1)

    text = " ".join(latest_mail().text.split())
    assert "Warteliste" in text
    for untrue in ("frei geworden", "an der Reihe", "zuerst"):
        assert untrue not in text
    with use_locale("de"):
        assert any("außer der Reihe" in str(one) for one in rule_sentences(event))
