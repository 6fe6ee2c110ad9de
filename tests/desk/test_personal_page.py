"""A guest's own page, reached by one secret link."""

from datetime import timedelta

import pytest
from factories import (
    make_account,
    make_contact,
    make_event,
    make_invitation,
    make_registration,
    moment,
)

from eventapp.consents.models import Consent
from eventapp.consents.states import ConsentKind
from eventapp.contacts.states import FormOfAddress
from eventapp.events.actions import cancel_event, postpone_event
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.qr import qr_code
from eventapp.registrations.states import RegistrationKind, RegistrationState


def page_of(client, registration, **headers):
    return client.get(f"/r/{registration.token}", headers=headers)


def heading(answer):
    return answer.text.split("<h1", 1)[1].split("<bdi>", 1)[1].split("</bdi>", 1)[0]


def test_a_confirmed_guest_reads_that_in_the_first_sentence(client):
    guest = make_registration(make_event(), title="Dr.", last_name="Nüsperling")

    page = page_of(client, guest)

    assert heading(page) == "Sie sind dabei, Frau Dr. Nüsperling."
    assert guest.number in page.text
    assert 'aria-label="QR-Code Ihrer Anmeldung"' in page.text


def test_a_waiting_guest_reads_rank_and_rule(client):
    event = make_event()
    make_registration(
        event, state=RegistrationState.WAITING, waiting_since=moment("2026-01-01T10:00")
    )
    second = make_registration(
        event,
        state=RegistrationState.WAITING,
        last_name="Ixmeiering",
        waiting_since=moment("2026-01-02T10:00"),
    )

    page = page_of(client, second)

    assert heading(page) == "Sie stehen auf Platz 2 der Warteliste, Frau Ixmeiering."
    assert "der Person an, die am längsten wartet" in page.text
    assert "QR-Code" not in page.text


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (RegistrationState.CANCELLED, "Sie haben abgesagt, Frau Nüsperling."),
        (RegistrationState.REPLACED, "Sie haben Ihren Platz weitergegeben, Frau Nüsperling."),
    ],
)
def test_who_gave_the_place_away_reads_that(client, state, words):
    guest = make_registration(make_event(), state=state, last_name="Nüsperling")

    assert heading(page_of(client, guest)) == words


def test_who_left_the_waiting_list_never_had_a_place_to_give_back(client):
    event = make_event()
    waited = make_registration(event, state=RegistrationState.CANCELLED, confirmed_at=None)
    came = make_registration(event, state=RegistrationState.CANCELLED, confirmed_at=clock.now())

    assert "Sie stehen nicht mehr auf der Warteliste." in page_of(client, waited).text
    assert "Ihr Platz ist wieder frei." in page_of(client, came).text


def test_mistakes_are_reported_by_a_link_to_the_hosts_address(client):
    guest = make_registration(make_event())

    page = client.get(f"/r/{guest.token}/data").text

    assert f'<a class="kern-link" href="mailto:{guest.event.host.email}">' in page


def test_when_the_event_is_called_off_nothing_else_matters(client):
    event = make_event()
    guest = make_registration(event, last_name="Nüsperling")
    cancel_event(event, by="system")

    page = page_of(client, guest)

    assert heading(page) == "Die Veranstaltung fällt aus, Frau Nüsperling."
    assert "QR-Code" not in page.text


@pytest.mark.parametrize("state", [RegistrationState.CONFIRMED, RegistrationState.WAITING])
def test_when_the_event_is_postponed_the_place_stands_and_the_old_date_is_on_no_ticket(
    client, state
):
    event = make_event()
    guest = make_registration(event, last_name="Nüsperling", state=state)
    postpone_event(event, by="system")

    page = page_of(client, guest)

    assert heading(page) == "Die Veranstaltung ist verschoben, Frau Nüsperling."
    assert "QR-Code" not in page.text


def test_after_the_event_the_page_thanks(client):
    guest = make_registration(make_event(), last_name="Nüsperling")

    with clock.held(guest.event.ends_at):
        page = page_of(client, guest)

    assert heading(page) == "Die Veranstaltung ist vorbei, Frau Nüsperling."


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"form_of_address": FormOfAddress.NONE}, "Claudia Nüsperling"),
        ({"form_of_address": FormOfAddress.MR, "title": "Prof. Dr."}, "Herr Professor Nüsperling"),
        ({"last_name": "", "first_name": "", "organisation_name": "Werk"}, "Werk"),
    ],
)
def test_people_are_spoken_to_as_they_are_called(client, given, name):
    guest = make_registration(make_event(), **{"last_name": "Nüsperling"} | given)

    assert heading(page_of(client, guest)) == f"Sie sind dabei, {name}."


def test_the_page_speaks_the_language_of_the_guest(client):
    guest = make_registration(make_event(), locale="en", last_name="Nüsperling")

    page = page_of(client, guest)

    assert heading(page) == "You are coming, Ms Nüsperling."
    assert '<html lang="en">' in page.text


def test_companions_stand_on_the_pass(client):
    event = make_event()
    guest = make_registration(event)
    make_registration(
        event,
        kind=RegistrationKind.COMPANION,
        main_id=guest.id,
        first_name="Gesa",
        last_name="Rinschedter",
    )

    page = page_of(client, guest)

    assert "Gesa Rinschedter" in page.text
    assert "Ihr Platz und der Ihrer Begleitung sind bestätigt." in page.text


def test_consents_are_shown_with_their_day(client):
    guest = make_registration(make_event())
    with transaction():
        db.session.add(
            Consent(
                registration_id=guest.id,
                kind=ConsentKind.PHOTO,
                text_version="1",
                given_at=moment("2027-04-30T22:30"),
            )
        )

    page = page_of(client, guest).text

    assert "Am Sa., 01.05.2027." in page
    assert page.count("nicht erteilt") == 2


@pytest.mark.parametrize("state", list(RegistrationState))
def test_whatever_the_state_the_page_leads_to_what_is_stored_and_to_deleting_it(client, state):
    guest = make_registration(make_event(), state=state)

    page = page_of(client, guest)

    if state is RegistrationState.UNCONFIRMED:
        assert page.status_code == 404
    else:
        for part in ("data", "delete", "details"):
            assert f'href="/r/{guest.token}/{part}"' in page.text


def test_an_invited_guest_can_hand_over_and_cancel(client):
    event = make_event()
    invitation = make_invitation(event, make_contact(event.host))
    guest = make_registration(event, invitation_id=invitation.id)

    page = page_of(client, guest).text

    assert f'href="/i/{invitation.token}/substitute?back=page"' in page
    assert f'href="/r/{guest.token}/cancel"' in page


def test_an_invited_guest_who_cancelled_can_answer_again(client):
    event = make_event()
    invitation = make_invitation(event, make_contact(event.host))
    guest = make_registration(event, invitation_id=invitation.id, state=RegistrationState.CANCELLED)

    page = page_of(client, guest).text

    assert f'href="/i/{invitation.token}"' in page


def test_once_it_has_begun_nothing_can_be_changed(client):
    guest = make_registration(make_event())

    with clock.held(guest.event.starts_at):
        page = page_of(client, guest).text

    assert "/cancel" not in page


def test_the_calendar_file_carries_the_uid_of_every_other_channel(client):
    guest = make_registration(make_event())

    own = client.get(f"/r/{guest.token}/calendar.ics")
    public = client.get(f"/e/{guest.event.slug}/event.ics")

    assert own.mimetype == "text/calendar"
    assert f"UID:{guest.event.uid}" in own.text
    assert own.data == public.data
    assert guest.token not in own.text


def test_t69_the_page_is_kept_nowhere(client):
    guest = make_registration(make_event())

    for address in (f"/r/{guest.token}", f"/r/{guest.token}/calendar.ics"):
        answer = client.get(address)
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer.headers["X-Robots-Tag"]
    assert client.get(f"/r/{guest.token}/x.css").status_code == 404


@pytest.mark.parametrize(
    "spoil",
    [
        lambda guest: guest.token[:-1],
        lambda guest: guest.token.swapcase(),
        lambda guest: guest.public_id,
        lambda guest: "x.y",
    ],
)
def test_a_wrong_link_opens_nothing(client, spoil):
    guest = make_registration(make_event())

    assert client.get(f"/r/{spoil(guest)}").status_code == 404
    assert client.get(f"/r/{spoil(guest)}/calendar.ics").status_code == 404


def test_a_rotated_link_opens_nothing(client):
    guest = make_registration(make_event())
    old = guest.token
    with transaction():
        guest.link_generation += 1

    assert client.get(f"/r/{old}").status_code == 404


def test_opening_the_page_changes_nothing(client):
    guest = make_registration(make_event())
    before = guest.version

    page_of(client, guest)

    db.session.refresh(guest)
    assert guest.version == before


def test_t94_the_code_on_the_pass_names_nobody_and_does_not_open_the_page(client):
    """T-94: a photo of the pass must not be worth a link, nor say who it is."""
    guest = make_registration(make_event())

    assert qr_code(guest.public_id).path in page_of(client, guest).text
    assert client.get(f"/r/{guest.public_id}").status_code == 404
    assert make_account()


@pytest.mark.parametrize("name", ["x" * 200, "O'Neil", "👩‍🏭", "\u05d0\u05d1\u05d2", "Null", "--"])
def test_t59_odd_names_break_nothing(client, name):
    guest = make_registration(make_event(), last_name=name)

    assert page_of(client, guest).status_code == 200


def test_who_has_an_offer_accepts_or_declines_and_leaves_no_line(client):
    event = make_event()
    guest = make_registration(
        event,
        state=RegistrationState.OFFERED,
        offer_expires_at=clock.now() + timedelta(days=1),
    )
    waiting = make_registration(event, state=RegistrationState.WAITING)

    offered, in_line = page_of(client, guest).text, page_of(client, waiting).text

    assert "Platz ablehnen" in offered
    assert "Warteliste verlassen" not in offered
    assert "Warteliste verlassen" in in_line
