"""The reply board, one invited person, the guests: searched, filtered, sorted, never foreign."""

import re

import pytest
from factories import (
    make_account,
    make_contact,
    make_event,
    make_invitation,
    make_registration,
    make_wave,
)
from registrations.support import all_registrations, latest_mail, mail_kinds, places
from statements import statement_count

from eventapp.contacts.states import Sector
from eventapp.foundation.database import db, transaction
from eventapp.invitations.states import InvitationState
from eventapp.registrations.actions import accept_invitation
from eventapp.registrations.states import RegistrationState


@pytest.fixture
def event(organiser):
    return make_event(organiser.memberships[0].host)


def board(event, query: str = "") -> str:
    return f"/organise/{event.slug}/invitations{query}"


def names(page: str) -> list[str]:
    return re.findall(r'<th role="rowheader"[^>]*>.*?<b>(.*?)</b>', page, re.DOTALL)


def chips(page: str) -> dict[str, int]:
    return {
        name: int(count)
        for name, count in re.findall(r'<a href="\?[^"]*"[^>]*>([^<]+)<span>(\d+)</span>', page)
    }


def invite(event, last_name: str, state=InvitationState.SENT, **given):
    wave = given.pop("wave", None)
    contact = make_contact(event.host, last_name=last_name, **given)
    return make_invitation(event, contact, state=state, wave_id=wave.id if wave else None)


def test_names_are_sorted_as_germans_sort(event, client):
    for name in ("Zobel", "Öhm", "von der Heide", "Oder", "Ahl", "Ohm"):
        invite(event, name)

    assert names(client.get(board(event)).text) == [
        "Ahl",
        "von der Heide",
        "Oder",
        "Öhm",
        "Ohm",
        "Zobel",
    ]


@pytest.mark.parametrize("search", ["mues", "muss", "müß", "MÜSSIG"])
def test_the_search_folds_umlauts(event, client, search):
    invite(event, "Müßig")
    invite(event, "Meier")

    assert names(client.get(board(event, f"?q={search}")).text) == ["Müßig"]


def test_the_chips_count_and_filter(event, client):
    states = [
        InvitationState.SENT,
        InvitationState.SENT,
        InvitationState.DECLINED,
        InvitationState.UNDELIVERABLE,
        InvitationState.ACCEPTED,
    ]
    for number, state in enumerate(states):
        invite(event, f"Gast {number}", state)

    page = client.get(board(event, "?group=declined")).text

    assert chips(page) == {
        "Alle": 5,
        "Ohne Antwort": 2,
        "Zugesagt": 1,
        "Vertretung": 0,
        "Abgesagt": 1,
        "Unzustellbar": 1,
    }
    assert names(page) == ["Gast 2"]


def test_sector_and_wave_narrow_the_list(event, client):
    wave = make_wave(event)
    invite(event, "Politik", sector=Sector.POLITICS, wave=wave)
    invite(event, "Wirtschaft", wave=wave)
    invite(event, "Ohne Welle")

    assert names(client.get(board(event, "?sector=politics")).text) == ["Politik"]
    assert names(client.get(board(event, f"?wave={wave.number}")).text) == ["Politik", "Wirtschaft"]
    assert client.get(board(event, "?sector=nonsense&wave=x&page=-1&group=?")).status_code == 200


def test_the_chips_count_what_search_and_wave_leave(event, client):
    wave = make_wave(event)
    invite(event, "Öhm", wave=wave)
    invite(event, "Öhmchen", InvitationState.DECLINED, wave=wave)
    invite(event, "Meier", wave=wave)
    invite(event, "Ohne Welle")

    searched = chips(client.get(board(event, f"?wave={wave.number}&q=oehm")).text)

    assert (searched["Alle"], searched["Ohne Antwort"], searched["Abgesagt"]) == (2, 1, 1)
    assert chips(client.get(board(event, f"?wave={wave.number}")).text)["Alle"] == 3


def test_who_accepted_but_waits_is_shown_as_waiting(event, client):
    with transaction():
        event.capacity = 0
    accept_invitation(invite(event, "Wartend"))

    assert ">Warteliste<" in client.get(board(event)).text


def test_an_empty_board_says_what_to_do_first_and_an_empty_search_how_to_leave(event, client):
    assert "Erste Welle vorbereiten" in client.get(board(event)).text

    invite(event, "Meier")
    page = client.get(board(event, "?q=mueßig&group=undeliverable")).text

    assert "Niemand passt auf „mueßig“ und „Unzustellbar“" in page
    assert "Suche und Filter zurücksetzen" in page


def test_board_and_guests_need_the_same_statements_for_3_rows_and_300(event, client):
    counts = []
    for _ in range(2):
        for number in range(3 if not counts else 97):
            invitation = invite(event, f"Gast {number}")
            make_registration(event, invitation_id=invitation.id, state=RegistrationState.WAITING)
        counts.append([])
        for address in (
            board(event),
            f"/organise/{event.slug}/guests",
            f"/organise/{event.slug}/guests?group=waiting",
        ):
            db.session.expire_all()
            with statement_count() as sent:
                client.get(address)
            counts[-1].append(len(sent))

    assert counts[0] == counts[1]


def test_the_waiting_list_comes_in_its_order_with_ranks(event, client):
    with transaction():
        event.capacity = 1
    for name in ("Zuerst", "Zweite", "Alpha"):
        accept_invitation(invite(event, name))

    page = client.get(f"/organise/{event.slug}/guests?group=waiting").text

    assert names(page) == ["Zweite", "Alpha"]
    assert re.findall(r"Warteliste, Platz (\d)", page) == ["1", "2"]


def test_a_reply_by_phone_takes_two_clicks_and_keeps_the_note(event, client, organiser):
    invitation = invite(event, "Öhm")
    address = board(event, f"/{invitation.id}")

    page = client.post(
        f"{address}/reply", data={"answer": "yes", "note": "Anruf"}, follow_redirects=True
    ).text

    assert "Eingetragen: bestätigt." in page
    assert "Anruf" in page
    assert organiser.name in page
    assert all_registrations()[0].state is RegistrationState.CONFIRMED


def test_a_reply_without_an_answer_is_a_mistake_beside_the_field(event, client):
    invitation = invite(event, "Öhm")

    page = client.post(board(event, f"/{invitation.id}/reply"), data={"note": "Anruf"}).text

    assert 'id="answer-error"' in page
    assert 'value="Anruf"' in page
    assert all_registrations() == []


def test_a_link_is_sent_again_to_a_corrected_address(event, client):
    invitation = invite(event, "Öhm")
    client.post(board(event, f"/{invitation.id}/undeliverable"))
    db.session.expire_all()
    assert invitation.state is InvitationState.UNDELIVERABLE
    assert invitation.contact.undeliverable_at is not None
    with transaction():
        invitation.contact.email = "neu@x.example"

    client.post(board(event, f"/{invitation.id}/link"))

    db.session.expire_all()
    assert latest_mail().to_email == "neu@x.example"
    assert invitation.state is InvitationState.SENT
    assert invitation.contact.undeliverable_at is None


def test_withdrawing_kills_the_link_and_frees_the_place(event, client):
    invitation = invite(event, "Öhm")
    accept_invitation(invitation)

    client.post(board(event, f"/{invitation.id}/withdraw"), data={"reason": "Doppelt"})

    assert places(event) == (0, 0)
    assert client.get(f"/i/{invitation.token}").status_code == 410
    assert "Doppelt" in client.get(board(event, f"/{invitation.id}")).text


def test_staff_cancels_for_a_guest_with_a_reason(event, client):
    registration = accept_invitation(invite(event, "Öhm"))

    page = client.post(
        f"/organise/{event.slug}/guests/{registration.id}/cancel",
        data={"reason": "Rief an"},
        follow_redirects=True,
    ).text

    assert "Rief an" in page
    assert places(event) == (0, 0)


def test_staff_sends_a_confirmation_again(event, client):
    registration = accept_invitation(invite(event, "Öhm"))

    client.post(f"/organise/{event.slug}/guests/{registration.id}/mail")

    assert mail_kinds() == [(registration.email, "confirmation")] * 2


def test_free_places_are_offered_by_button(event, client):
    with transaction():
        event.capacity = 1
    accept_invitation(invite(event, "Erste"))
    waiting = accept_invitation(invite(event, "Zweite"))
    with transaction():
        event.capacity = 2

    assert "Freie Plätze anbieten" in client.get(f"/organise/{event.slug}/guests").text
    client.post(f"/organise/{event.slug}/guests/fill")

    db.session.refresh(waiting)
    assert waiting.state is RegistrationState.OFFERED


def test_t01_t02_ids_of_another_event_are_not_found(event, client):
    other = make_event(event.host)
    foreign = make_event()
    invitation, registration = invite(other, "Fremd"), make_registration(other)
    stranger = invite(foreign, "Fremd")

    for address in (
        board(event, f"/{invitation.id}"),
        f"/organise/{event.slug}/guests/{registration.id}",
        board(foreign),
        board(foreign, f"/{stranger.id}"),
        f"/organise/{foreign.slug}/guests",
        board(event, "/999999"),
    ):
        assert client.get(address).status_code == 404, address
    for address in (
        board(event, f"/{invitation.id}/reply"),
        board(event, f"/{invitation.id}/withdraw"),
        board(event, f"/{invitation.id}/link"),
        f"/organise/{event.slug}/guests/{registration.id}/cancel",
    ):
        assert client.post(address, data={"answer": "yes"}).status_code == 404, address
    assert mail_kinds() == []


def test_a_colleague_of_another_host_sees_nothing(event, app, sign_in):
    invite(event, "Öhm")
    browser = sign_in(app.test_client(), make_account())

    assert browser.get(board(event)).status_code == 404


def test_t59_names_are_shown_as_text(event, client):
    invite(event, "<script>alert(1)</script>", first_name="\u202eEva", organisation_name="<b>X</b>")

    page = client.get(board(event)).text

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
