"""Writing, checking and sending a wave through its pages."""

import re
from datetime import timedelta

import pytest
from factories import (
    make_contact,
    make_event,
    make_invitation,
    make_list,
    make_registration,
    make_wave,
)
from invitations.waves import drafted_wave, sent_wave
from registrations.support import ludmila, mail_kinds
from sqlalchemy import select
from statements import statement_count

from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.foundation.listing import Choice
from eventapp.invitations import queries
from eventapp.invitations.models import Wave
from eventapp.invitations.recipients import RECIPIENTS, recipient_filter
from eventapp.invitations.states import WaveState
from eventapp.registrations.actions import name_substitute
from eventapp.registrations.states import RegistrationState


@pytest.fixture
def event(organiser):
    return make_event(organiser.memberships[0].host)


def address(event, more: str = "") -> str:
    return f"/organise/{event.slug}/invitations/waves{more}"


def filled(one, **given) -> dict[str, object]:
    return {
        "name": "Fachverteiler",
        "lists": [one.id],
        "reply_by_on": "",
        "subject_de": "Einladung",
        "body_de": "{salutation},\n\n{link}",
        "subject_en": "",
        "body_en": "",
    } | given


def only_wave() -> Wave:
    return db.session.scalars(select(Wave).execution_options(populate_existing=True)).one()


def test_from_the_form_over_the_preview_to_the_mails(event, client):
    people = [make_contact(event.host, last_name=name) for name in ("Ahl", "Böe")]
    one = make_list(event.host, *people, make_contact(event.host, email="", last_name="Stumm"))

    made = client.post(address(event, "/new"), data=filled(one), follow_redirects=True).text
    assert "2 Personen werden eingeladen" in made
    assert "Keine E-Mail-Adresse" in made
    assert "Stumm" in made
    assert "2 Einladungen versenden" in made
    assert mail_kinds() == []

    sent = client.post(
        address(event, f"/{only_wave().number}/send"), data={"expected": "2"}, follow_redirects=True
    ).text

    assert "2 Einladungen sind unterwegs." in sent
    assert [mail for mail, _kind in mail_kinds()] == [person.email for person in people]
    assert only_wave().state is WaveState.SENT


def test_a_new_wave_begins_with_good_words_that_pass_the_check(event, client):
    one = make_list(event.host, make_contact(event.host))
    page = client.get(address(event, "/new")).text
    body = re.search(r'<textarea[^>]*id="body_de"[^>]*>(.*?)</textarea>', page, re.DOTALL)[1]

    client.post(address(event, "/new"), data=filled(one, body_de=body.strip()))

    assert "{link}" in body
    assert "{reply_by}" in body
    assert "{date}" not in body  # the frame of the mail says day and place
    assert "Klick" not in body
    assert only_wave().body_de == body.strip()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"lists": []}, "lists"),
        ({"body_de": "Guten Tag"}, "body_de"),
        ({"body_de": "{link} {name}"}, "body_de"),
        ({"subject_de": "{link}"}, "subject_de"),
        ({"subject_de": ""}, "subject_de"),
        ({"reply_by_on": "2020-01-01"}, "reply_by_on"),
        ({"reply_by_on": "2199-01-01"}, "reply_by_on"),
        ({"reply_by_on": "bald"}, "reply_by_on"),
        ({"body_en": "{link}"}, "subject_en"),
        ({"name": "x" * 100_000}, "name"),
        ({"lists": ["999999"]}, "lists"),
        ({"lists": ["x"]}, "lists"),
    ],
    ids=str,
)
def test_mistakes_stand_beside_their_field_and_nothing_is_made(event, client, wrong, field):
    """T-78: a placeholder that nobody fills, or none for the link."""
    one = make_list(event.host, make_contact(event.host))

    page = client.post(address(event, "/new"), data=filled(one, **wrong))

    assert page.status_code == 200
    assert f'id="{field}-error"' in page.text
    assert db.session.scalars(select(Wave)).all() == []


def test_lists_of_another_host_are_not_offered_and_not_taken(event, client):
    foreign = make_event()
    one = make_list(foreign.host, make_contact(foreign.host), name="Fremder Verteiler")
    make_list(event.host, make_contact(event.host))

    assert "Fremder Verteiler" not in client.get(address(event, "/new")).text
    assert 'id="lists-error"' in client.post(address(event, "/new"), data=filled(one)).text


def test_a_change_that_somebody_else_overtook_is_shown_and_not_stored(event, client):
    one = make_list(event.host, make_contact(event.host))
    client.post(address(event, "/new"), data=filled(one))
    wave = only_wave()
    edit = address(event, f"/{wave.number}/edit")
    seen = re.search(r'name="seen"[^>]*value="(\d+)"', client.get(edit).text)[1]
    client.post(edit, data=filled(one, name="Erste", seen=seen))

    late = client.post(edit, data=filled(one, name="Zweite", seen=seen))

    assert late.status_code == 409
    assert 'value="Zweite"' in late.text
    assert only_wave().name == "Erste"


def test_the_wrong_number_sends_nothing(event, client):
    one = make_list(event.host, make_contact(event.host))
    client.post(address(event, "/new"), data=filled(one))

    page = client.post(
        address(event, f"/{only_wave().number}/send"), data={"expected": "7"}, follow_redirects=True
    ).text

    assert "Es wurde nichts versendet." in page
    assert "Eine Einladung versenden" in page
    assert mail_kinds() == []


def test_the_preview_shows_the_mails_as_they_look_and_as_text(event, client):
    ahl = make_contact(event.host, last_name="Ahl")
    client.post(address(event, "/new"), data=filled(make_list(event.host, ahl)))
    frame = address(event, f"/{only_wave().number}/samples/{ahl.id}")

    page = client.get(address(event, f"/{only_wave().number}")).text
    letter = client.get(frame)

    assert f'<iframe src="{frame}"' in page
    assert re.search(r"<pre[^>]*>Sehr geehrte Frau Ahl,", page)
    assert "Sehr geehrte Frau Ahl," in letter.text
    assert letter.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert letter.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert only_wave().state is WaveState.DRAFT


def test_the_frame_shows_only_mails_to_contacts_of_ones_own(event, client):
    wave, foreign = make_wave(event), make_wave(make_event())
    contact, stranger = make_contact(event.host), make_contact(foreign.event.host)

    assert client.get(address(event, f"/{wave.number}/samples/{contact.id}")).status_code == 200
    assert client.get(address(event, f"/{wave.number}/samples/{stranger.id}")).status_code == 404
    assert client.get(address(foreign.event, f"/{wave.number}/samples/1")).status_code == 404


def test_why_nothing_can_go_out_stands_on_the_preview_before_anybody_presses(event, client):
    one = make_list(event.host, make_contact(event.host))
    wave = make_wave(event, lists=[one], reply_by_on=clock.today(event.zone) - timedelta(days=1))

    page = client.get(address(event, f"/{wave.number}")).text

    assert "Die Antwortfrist dieser Welle ist abgelaufen." in page
    assert 'name="expected"' not in page


def test_a_sent_wave_can_be_looked_at_but_not_changed(event, client):
    wave = make_wave(event, state=WaveState.SENT, sent_at=event.starts_at)

    assert client.get(address(event, f"/{wave.number}")).status_code == 200
    assert client.get(address(event, f"/{wave.number}/edit")).status_code == 303


def test_t01_t02_waves_of_another_event_are_not_found(event, client):
    other = make_wave(make_event(event.host))
    foreign = make_wave(make_event())

    for one in (other, foreign):
        for more in ("", "/edit"):
            assert client.get(address(event, f"/{one.number}{more}")).status_code == 404
        assert (
            client.post(address(event, f"/{one.number}/send"), data={"expected": "0"}).status_code
            == 404
        )
    assert client.get(address(foreign.event)).status_code == 404


def test_the_preview_needs_the_same_statements_for_3_people_and_300(event, client):
    counts = []
    for size in (3, 300):
        one = make_list(event.host, *(make_contact(event.host) for _ in range(size)))
        wave = make_wave(event, lists=[one])
        db.session.expire_all()
        with statement_count() as sent:
            client.get(address(event, f"/{wave.number}"))
        counts.append(len(sent))

    assert counts[0] == counts[1]


def test_the_list_of_waves_names_their_size(event, client):
    wave = make_wave(event, name="Erste")

    assert "Erste" in client.get(address(event)).text
    assert queries.invited_by_wave(event).get(wave.id, 0) == 0


def test_whom_a_guest_sends_instead_does_not_count_for_the_wave(event):
    wave = make_wave(event)
    invitation = make_invitation(event, wave_id=wave.id)
    name_substitute(invitation, ludmila())

    assert queries.invited_by_wave(event) == {wave.id: 1}


def test_before_the_first_wave_the_page_says_what_to_do(event, client):
    assert "Erste Welle vorbereiten" in client.get(address(event)).text
    assert "Es gibt noch keinen Verteiler" in client.get(address(event, "/new")).text


def said_of_the_room(event, client, *, people=2) -> str:
    wave = drafted_wave(event, *(make_contact(event.host) for _ in range(people)))
    return client.get(address(event, f"/{wave.number}")).text


def test_the_preview_says_that_everybody_gets_on_the_waiting_list_of_a_full_event(
    organiser, client
):
    event = make_event(organiser.memberships[0].host, capacity=1)
    make_registration(event)
    for _ in range(3):
        make_registration(event, state=RegistrationState.WAITING)

    page = said_of_the_room(event, client)

    assert "Wer zusagt, kommt auf die Warteliste (frei: 0, wartend: 3)." in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"capacity": 2}, None),
        ({"capacity": 1}, "Nur ein Platz ist frei: Wer zusagt, wenn er vergeben ist"),
        ({"capacity": 1, "waiting_list": False}, "Nur ein Platz ist frei, und die Veranstaltung"),
        ({"capacity": 0, "waiting_list": False}, "Niemand kann zusagen"),
    ],
)
def test_the_preview_says_how_many_of_them_get_a_place(organiser, client, given, said):
    page = said_of_the_room(make_event(organiser.memberships[0].host, **given), client)

    assert ("Nicht alle, die zusagen, bekommen einen Platz" in page) == (said is not None)
    assert said is None or said in page


def test_one_person_is_told_of_as_well(organiser, client):
    event = make_event(organiser.memberships[0].host, capacity=0)
    contact = make_contact(event.host)

    page = client.get(f"/organise/{event.slug}/invitations/single/{contact.id}").text

    assert "Wer zusagt, kommt auf die Warteliste (frei: 0, wartend: 0)." in page


def test_what_was_sent_is_shown_filled_and_not_called_sent_before_it_left(event, client):
    wave = sent_wave(event, make_contact(event.host))

    page = client.get(address(event, f"/{wave.number}")).text

    assert f"Einladung: {event.title_de}" in page
    assert "{event}" not in page
    assert "{salutation}" not in page
    assert '<span class="kern-label">wird gesendet</span>' in page
    assert '<span class="kern-label">versendet</span>' not in page


# ---- Before it is sent --------------------------------------------------------------------------


def recipients(event, more=""):
    return f"/organise/{event.slug}/invitations/recipients{more}"


def test_a_draft_is_deleted_and_a_wave_that_was_sent_is_not(event, client):
    person = make_contact(event.host)
    draft, sent = drafted_wave(event, name="Irrtum"), sent_wave(event, person)

    way = address(event, f"/{draft.number}/delete")
    stale = client.post(way, data={"seen": draft.version + 1})
    gone = client.post(way, data={"seen": draft.version}, follow_redirects=True).text
    refused = client.post(address(event, f"/{sent.number}/delete"), data={"seen": sent.version})

    assert stale.status_code == 409
    assert "Die Welle „Irrtum“ ist gelöscht." in gone
    assert refused.status_code == 409
    assert only_wave().id == sent.id
    assert "Irrtum" in client.get("/organise/history").text


def test_only_a_wave_that_waits_offers_to_be_deleted(event, client):
    draft, sent = drafted_wave(event), sent_wave(event, make_contact(event.host))

    assert "/delete" in client.get(address(event, f"/{draft.number}")).text
    assert "/delete" not in client.get(address(event, f"/{sent.number}")).text


def test_all_recipients_are_listed_before_the_wave_is_sent(event, client):
    people = [make_contact(event.host, last_name=f"Ahl{number:03}") for number in range(120)]
    mute = make_contact(event.host, email="", last_name="Stumm")
    wave = drafted_wave(event, *people, mute)
    way = recipients(event, f"?wave={wave.number}")
    assert f"recipients?wave={wave.number}" in client.get(address(event, f"/{wave.number}")).text

    first, second = client.get(way).text, client.get(f"{way}&page=2").text
    out = client.get(f"{way}&group=left_out").text

    assert "Ahl000" in first
    assert "Ahl119" not in first
    assert "Ahl119" in second
    assert "Keine E-Mail-Adresse" in second
    assert "Stumm" in out
    assert "Ahl000" not in out
    for page in (first, out):
        assert "Alle<span>121</span>" in page
        assert "Wird eingeladen<span>120</span>" in page
        assert "Ausgelassen<span>1</span>" in page


def test_the_list_of_recipients_can_be_taken_along(event, client):
    wave = drafted_wave(event, make_contact(event.host, last_name="Ahl"))

    page = client.get(f"/organise/{event.slug}/lists/recipients?wave={wave.number}")

    assert page.status_code == 200
    table = RECIPIENTS.table(
        event, recipient_filter({"wave": str(wave.number)}), Choice(RECIPIENTS.keys), zone="UTC"
    )
    assert [row[0] for row in table.rows] == ["Beate Ahl"]


def test_a_wave_that_was_sent_has_replies_instead(event, client):
    sent = sent_wave(event, make_contact(event.host))

    assert client.get(recipients(event, f"?wave={sent.number}")).status_code == 404
    assert client.get(recipients(event)).status_code == 404


def test_the_list_costs_the_same_for_few_and_many(event, client):
    wave = drafted_wave(event, *(make_contact(event.host) for _ in range(3)))
    many = drafted_wave(event, *(make_contact(event.host) for _ in range(90)))

    def cost(one):
        with statement_count() as sent:
            client.get(recipients(event, f"?wave={one.number}"))
        return len(sent)

    cost(wave)
    assert cost(wave) == cost(many)
