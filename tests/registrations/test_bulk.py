"""One step for many at once: each person's result is told, and nothing is half done."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from factories import (
    make_contact,
    make_event,
    make_invitation,
    make_list,
    make_wave,
)
from registrations.support import ludmila, mail_kinds, places
from statements import statement_count

from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.invitations.states import InvitationState
from eventapp.registrations import mails as registration_mails
from eventapp.registrations.actions import (
    accept_invitation,
    name_substitute,
    resend_links,
    withdraw_invitations,
)
from eventapp.registrations.states import RegistrationState

I = InvitationState  # noqa: E741


@pytest.fixture
def event(organiser):
    return make_event(organiser.memberships[0].host)


def board(event, more: str = "") -> str:
    return f"/organise/{event.slug}/invitations{more}"


def invite(event, last_name: str, **given):
    contact = make_contact(event.host, last_name=last_name, **given.pop("contact", {}))
    return make_invitation(event, contact, **given)


def review(event, step: str, ids: list[int]) -> str:
    return board(event, "/bulk?" + urlencode({"step": step, "k": ids}, doseq=True))


def results(page: str) -> dict[str, str]:
    """What the page says about each person."""
    table = page.partition("<tbody")[2]
    rows = re.findall(r"<b>([^<]*)</b>.*?<td[^>]*class=\"wide\">(.*?)</td>", table, re.DOTALL)
    return {name: " ".join(re.sub(r"<[^>]*>", "", words).split()) for name, words in rows}


def test_ticked_people_are_shown_before_anything_is_done(event, client):
    people = [invite(event, name) for name in ("Ahl", "Böe")]
    people += [
        invite(event, "Stumm", contact={"email": ""}),
        invite(event, "Weg", state=I.WITHDRAWN),
    ]

    answer = client.post(
        board(event, "/bulk"), data={"step": "link", "k": [one.id for one in people]}
    )
    page = client.get(answer.location).text

    assert answer.status_code == 303
    assert results(page) == {
        "Ahl": f"Mail an {people[0].contact.email}",
        "Böe": f"Mail an {people[1].contact.email}",
        "Stumm": "Keine E-Mail-Adresse",
        "Weg": "Zurückgezogen; der Link öffnet nichts",
    }
    assert "2 Links senden" in page
    assert re.findall(r'name="k" value="(\d+)"', page) == [str(one.id) for one in people[:2]]
    assert mail_kinds() == []


def test_links_go_out_and_the_page_says_to_whom(event, client):
    people = [invite(event, name) for name in ("Ahl", "Böe")]
    with transaction():
        people[1].contact.email = ""  # lost between the page and the button

    page = client.post(
        board(event, "/bulk/link"), data={"k": [one.id for one in people]}, follow_redirects=True
    ).text

    assert results(page) == {"Ahl": "Link versendet", "Böe": "Keine E-Mail-Adresse"}
    assert "Ein Link ist unterwegs." in page
    assert mail_kinds() == [(people[0].contact.email, "link")]


def test_a_second_click_sends_no_second_mail(event, client):
    person = invite(event, "Ahl")
    review = client.get(board(event, f"/bulk?step=link&k={person.id}")).text
    form = {"k": person.id, "seen": re.search(r'name="seen"[^>]*value="([^"]*)"', review)[1]}

    for _ in range(2):
        page = client.post(board(event, "/bulk/link"), data=form, follow_redirects=True).text

    assert len(mail_kinds()) == 1
    assert "0 Links sind unterwegs." in page


def test_withdrawing_names_what_everybody_loses_and_does_it(event, client):
    with transaction():
        event.capacity = 1
    silent, guest, waiting = invite(event, "Still"), invite(event, "Gast"), invite(event, "Warte")
    accept_invitation(guest)
    accept_invitation(waiting)
    ids = [one.id for one in (silent, guest, waiting)]

    before = results(client.get(review(event, "withdraw", ids)).text)
    page = client.post(
        board(event, "/bulk/withdraw"), data={"k": ids, "reason": "Doppelt"}, follow_redirects=True
    ).text

    assert before == {
        "Gast": "Verliert den Platz; er geht an die Person, die am längsten wartet",
        "Still": "Der Link öffnet nichts mehr",
        "Warte": "Verlässt die Warteliste",
    }
    assert results(page) == dict.fromkeys(("Gast", "Still", "Warte"), "Zurückgezogen")
    assert places(event) == (0, 0)
    assert "Doppelt" in client.get(board(event, f"/{silent.id}")).text


def test_nobody_moves_up_for_the_moment_before_being_withdrawn(app):
    event = make_event(capacity=1)
    guest, second, third = (make_invitation(event) for _ in range(3))
    for one in (guest, second, third):
        accept_invitation(one)

    count = withdraw_invitations(event, [guest, second], seen_at=clock.now(), by="test")

    assert count == 2
    assert mail_kinds()[-1] == (third.contact.email, "offer")
    assert (second.contact.email, "offer") not in mail_kinds()


def test_what_cannot_be_done_for_one_is_done_for_the_others(app):
    event = make_event()
    gone, fine = make_invitation(event, state=I.WITHDRAWN), make_invitation(event)

    assert resend_links(event, [gone, fine], seen_at=clock.now(), by="test") == 1
    assert withdraw_invitations(event, [gone, fine], seen_at=clock.now(), by="test") == 1
    assert mail_kinds() == [(fine.contact.email, "link")]


def test_an_accident_half_way_leaves_everybody_as_they_were(app, monkeypatch):
    event = make_event(capacity=2)
    people = [make_invitation(event) for _ in range(4)]
    for one in people:
        accept_invitation(one)
    sent = mail_kinds()

    def fails(_registration):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(registration_mails, "queue_offer", fails)
    with pytest.raises(RuntimeError):
        withdraw_invitations(event, people[:2], seen_at=clock.now(), by="test")

    db.session.expire_all()
    assert [one.state for one in people] == [I.ACCEPTED] * 4
    assert (places(event), mail_kinds()) == ((2, 2), sent)


def test_after_the_beginning_a_place_cannot_be_taken_any_more(event, client):
    with transaction():
        event.starts_at = clock.now() + timedelta(minutes=5)
    guest = invite(event, "Gast")
    registration = accept_invitation(guest)
    with clock.held(event.starts_at):
        page = client.post(
            board(event, "/bulk/withdraw"), data={"k": guest.id}, follow_redirects=True
        ).text

    assert "Die Veranstaltung hat begonnen" in results(page)["Gast"]
    db.session.refresh(registration)
    assert registration.state is RegistrationState.CONFIRMED


def test_ticked_people_are_put_on_a_list_at_once(event, client):
    guest, known = invite(event, "Neu"), invite(event, "Schon")
    group = make_list(event.host, known.contact, name="Presse")
    follow_up = name_substitute(guest, ludmila())

    page = client.post(
        board(event, "/bulk"),
        data={
            "step": "list",
            "list": group.id,
            "k": [guest.id, known.id, follow_up.id],
            "back": board(event, "?group=all"),
        },
        follow_redirects=True,
    ).text

    assert "1 Person wurde in „Presse“ aufgenommen. 1 war schon darin." in page
    assert "1 ist eine Vertretung und kein Kontakt." in page
    db.session.refresh(group)
    assert {one.id for one in group.contacts} == {guest.contact_id, known.contact_id}


def test_nobody_ticked_is_said_in_words(event, client):
    invite(event, "Ahl")

    page = client.post(board(event, "/bulk"), data={"step": "withdraw"}, follow_redirects=True).text

    assert "Niemand ist ausgewählt." in page


def test_the_board_has_a_box_for_everybody_and_ticks_a_page_without_a_script(event, client):
    people = [invite(event, name, wave=make_wave(event)) for name in ("Ahl", "Böe")]

    page = client.get(board(event)).text
    ticked = client.get(board(event, "?tick=all")).text

    assert re.findall(r'name="k" value="(\d+)"', page) == [str(one.id) for one in people]
    assert "checked" not in page
    assert ticked.count(" checked>") == 2


def test_t01_t02_people_of_another_event_are_not_found(event, client):
    own, other = invite(event, "Ahl"), invite(make_event(event.host), "Fremd")
    foreign_list = make_list(make_event().host)

    for path in ("/bulk/link", "/bulk/withdraw"):
        answer = client.post(board(event, path), data={"k": [own.id, other.id]})
        assert answer.status_code == 404
    form = {"step": "list", "list": foreign_list.id, "k": own.id}
    assert client.post(board(event, "/bulk"), data=form).status_code == 404
    assert client.get(board(event, f"/bulk?k={other.id}")).status_code == 404
    assert own.state is I.SENT
    assert mail_kinds() == []


def test_the_review_needs_the_same_statements_for_3_people_and_30(event, client):
    counts = []
    for size in (3, 30):
        ids = [invite(event, f"Gast {number}").id for number in range(size)]
        db.session.expire_all()
        with statement_count() as sent:
            client.get(review(event, "withdraw", ids))
        counts.append(len(sent))

    assert counts[0] == counts[1]


def test_who_answers_while_the_page_is_open_is_left_alone(event, client):
    yes, silent = invite(event, "Ahl"), invite(event, "Böe")
    seen = clock.now() - timedelta(minutes=5)
    accept_invitation(yes)

    answer = client.post(
        board(event, "/bulk/withdraw"),
        data={"k": [yes.id, silent.id], "seen": seen.isoformat()},
        follow_redirects=True,
    )

    db.session.expire_all()
    assert (yes.state, silent.state) == (I.ACCEPTED, I.WITHDRAWN)
    assert (
        results(answer.text)["Ahl"] == "Unverändert: hat geantwortet, während diese Seite offen war"
    )


def test_a_reason_that_is_too_long_is_shown_again_with_its_error(event, client):
    invitation = invite(event, "Ahl")

    answer = client.post(
        board(event, "/bulk/withdraw"), data={"k": invitation.id, "reason": "lang " * 60}
    )

    assert "lang lang lang" in answer.text
    assert 'aria-invalid="true"' in answer.text
    db.session.expire_all()
    assert invitation.state is I.SENT


def test_without_a_list_chosen_nobody_is_put_on_one_and_the_selection_stays(client, event):
    group, person = make_list(event.host), invite(event, "Eins")

    answer = client.post(
        board(event, "/bulk"),
        data={"step": "list", "list": "", "k": [person.id], "back": board(event, "?group=all")},
    )

    assert answer.location == board(event, f"?group=all&ticked={person.id}")
    assert group.contacts == []
