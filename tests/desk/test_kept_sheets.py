"""Guests' own pages are rendered once for many: never stale, never with another guest's words."""

import re
from datetime import timedelta

import pytest
from factories import (
    make_answer,
    make_contact,
    make_event,
    make_host,
    make_invitation,
    make_question,
    make_registration,
    make_series,
)
from registrations.support import ludmila
from sqlalchemy import text

from eventapp.consents.models import Consent, Needs
from eventapp.consents.states import ConsentKind
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.tokens import LinkKind, sign
from eventapp.registrations import kept_sheets
from eventapp.registrations.actions import (
    accept_invitation,
    decline_invitation,
    name_substitute,
)
from eventapp.registrations.kept_sheets import SHEETS
from eventapp.registrations.states import RegistrationKind, RegistrationState

S = RegistrationState


@pytest.fixture(autouse=True)
def _nothing_is_kept():
    SHEETS.clear()


@pytest.fixture
def event(app):
    host = make_host()
    return make_event(host, series_id=make_series(host).id, companions_allowed=2, capacity=50)


def personal(guest):
    return f"/r/{guest.token}"


def confirmation(guest):
    return "/o/" + sign(LinkKind.CONFIRMATION, guest.public_id, guest.link_generation)


def guest_called(name, event, **given):
    return make_registration(
        event,
        first_name=f"Vor{name}",
        last_name=f"Nach{name}",
        organisation_name=f"Werk {name}",
        city=f"Stadt {name}",
        email=f"{name.lower()}@kontor.example",
        **given,
    )


def confirmed(name, event):
    return guest_called(name, event)


def waiting(name, event):
    return guest_called(name, event, state=S.WAITING, waiting_since=clock.now())


def offered(name, event):
    soon = clock.now().replace(microsecond=0) + timedelta(days=1)
    return guest_called(name, event, state=S.OFFERED, offer_expires_at=soon)


def cancelled(name, event):
    return guest_called(name, event, state=S.CANCELLED)


def invited(name, event):
    invitation = make_invitation(event, make_contact(event.host, last_name=f"Nach{name}"))
    return guest_called(name, event, invitation_id=invitation.id)


def accompanied(name, event):
    guest = guest_called(name, event)
    make_registration(
        event,
        kind=RegistrationKind.COMPANION,
        main_id=guest.id,
        first_name=f"Mit{name}",
        last_name="",
        organisation_name="",
        email="",
    )
    return guest


def agreeing(name, event):
    guest = guest_called(name, event)
    with transaction():
        db.session.add(
            Consent(registration_id=guest.id, kind=ConsentKind.PHOTO, text_version="1-de")
        )
        db.session.add(
            Needs(registration_id=guest.id, diet=f"Kost {name}", delete_on=event.starts_on)
        )
    return guest


def asked(name, event):
    guest = guest_called(name, event)
    make_answer(guest, make_question(event), text=f"Antwort {name}", choices=[], missed=[])
    return guest


def replaced(name, event):
    invitation = make_invitation(event, make_contact(event.host, last_name=f"Nach{name}"))
    guest = accept_invitation(invitation)
    name_substitute(invitation, ludmila(last_name=f"Statt{name}"))
    return guest


KINDS = (
    confirmed,
    waiting,
    offered,
    cancelled,
    invited,
    accompanied,
    agreeing,
    asked,
    replaced,
)


def without_moments(page):
    """A page without what differs from request to request."""
    return re.sub(r'name="csrf_token"[^>]*', "", page)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_made_for_another_guest_says_what_one_made_for_this_guest_says(client, event, kind):
    one, other = kind("Adelheid", event), kind("Bertold", event)

    client.get(personal(one))
    after_the_other = client.get(personal(other)).text
    SHEETS.clear()
    of_their_own = client.get(personal(other)).text

    assert without_moments(after_the_other) == without_moments(of_their_own)
    assert "Adelheid" not in after_the_other
    assert one.token not in after_the_other
    assert one.number not in after_the_other


@pytest.mark.parametrize("kind", [confirmed, waiting, cancelled, agreeing])
def test_guests_to_whom_the_same_applies_share_one_rendering(client, event, kind):
    guests = {name: kind(name, event) for name in ("Adelheid", "Bertold", "Cordula")}
    for name, guest in guests.items():
        assert f"Nach{name}" in client.get(personal(guest)).text

    assert len(SHEETS) == 1


def test_what_is_kept_names_nobody(client, event):
    for number, kind in enumerate(KINDS):
        client.get(personal(kind(f"Adelheid{number}", event)))

    shelf = SHEETS._pages
    for page in shelf.contents():
        assert "Adelheid" not in "".join(page._pieces)
    assert "Adelheid" not in repr(list(shelf._things))


def test_all_kinds_of_guests_one_after_the_other_get_their_own_page(client, event):
    guests = [kind(f"Gast{number}", event) for number, kind in enumerate(KINDS)]
    fresh = []
    for guest in guests:
        SHEETS.clear()
        fresh.append(without_moments(client.get(personal(guest)).text))

    SHEETS.clear()
    for _round in range(2):
        assert [without_moments(client.get(personal(one)).text) for one in guests] == fresh


CHANGES = {
    "title": lambda event: setattr(event, "title_de", "Ganz anders"),
    "venue": lambda event: setattr(event.venue, "name", "Ganz anders"),
    "host": lambda event: setattr(event.host, "name", "Ganz anders"),
    "series": lambda event: setattr(event.series, "name_de", "Ganz anders"),
}


def _personal(event):
    return personal(confirmed("Adelheid", event))


def _confirmation(event):
    return confirmation(guest_called("Adelheid", event, state=S.UNCONFIRMED))


def _invitation(event):
    return f"/i/{make_invitation(event).token}"


PAGES = (_personal, _confirmation, _invitation)


@pytest.mark.parametrize("sheet", PAGES)
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_what_the_page_shows_is_seen_at_once(client, event, sheet, change):
    if change == "host":
        with transaction():
            event.series = None  # else the series' name stands where the host's would
    address = sheet(event)
    before = client.get(address).text
    with transaction():
        CHANGES[change](event)

    assert "Ganz anders" not in before
    assert "Ganz anders" in client.get(address).text


@pytest.mark.parametrize("sheet", PAGES)
def test_a_change_by_another_process_is_seen_at_once(client, event, sheet):
    address, rows = sheet(event), {"event": event.id, "venue": event.venue_id}
    client.get(address)
    for table, column in (("event", "title_de"), ("venue", "name")):
        db.session.remove()
        change = f"UPDATE {table} SET {column} = :words, version = version + 1 WHERE id = :row"
        with db.engine.begin() as elsewhere:
            elsewhere.execute(text(change), {"words": f"Neu {table}", "row": rows[table]})

        assert f"Neu {table}" in client.get(address).text


@pytest.mark.parametrize("sheet", PAGES)
def test_each_reader_has_their_language(client, event, sheet):
    address = sheet(event)

    for language, words in (("de", "Impressum"), ("en", "Imprint"), ("de", "Impressum")):
        assert words in client.get(address, query_string={"lang": language}).text


@pytest.mark.parametrize("sheet", PAGES)
def test_two_events_share_nothing(client, sheet):
    addresses = [sheet(make_event(title_de=title)) for title in ("Erstes", "Zweites")]

    texts = [client.get(address).text for address in addresses]

    assert "Zweites" not in texts[0]
    assert "Erstes" not in texts[1]


def test_what_the_guest_does_is_seen_at_once(client, event):
    guest = confirmed("Adelheid", event)
    address = personal(guest)
    client.get(address)

    client.post(f"{address}/consents/photo", follow_redirects=True)
    agreed = client.get(address).text
    client.post(f"{address}/cancel")

    assert "erteilt" in agreed
    assert "Sie haben abgesagt" in client.get(address).text


def test_what_the_last_action_did_is_told_once_and_to_nobody_else(client, app, event):
    one, other = confirmed("Adelheid", event), confirmed("Bertold", event)
    with client.session_transaction() as session:
        session["_flashes"] = [("success", "Das hat geklappt.")]

    told = client.get(personal(one)).text
    again = client.get(personal(one)).text

    assert "Das hat geklappt." in told
    assert "Das hat geklappt." not in again
    assert "Das hat geklappt." not in app.test_client().get(personal(other)).text


def test_the_clock_moves_a_kept_page_on(client, event):
    address = personal(confirmed("Adelheid", event))
    before = client.get(address).text
    with clock.held(event.ends_at):
        after = client.get(address).text

    assert "Sie sind dabei" in before
    assert "ist vorbei" in after


def test_places_that_are_taken_meanwhile_change_what_a_link_promises(client, app):
    event = make_event(capacity=1)
    addresses = [_confirmation(event), _invitation(event)]
    before = [client.get(one).text for one in addresses]
    make_registration(event)
    db.session.expire_all()

    for address, earlier in zip(addresses, before, strict=True):
        assert "Warteliste" in client.get(address).text
        assert "Warteliste" not in earlier


@pytest.mark.parametrize(
    "said",
    [lambda _one: None, accept_invitation, decline_invitation,
     lambda one: name_substitute(one, ludmila(last_name="StattAaa"))],
)  # fmt: skip
def test_an_answer_page_never_speaks_of_another_guest(client, event, said):
    one = make_invitation(event, make_contact(event.host, last_name="NachAdelheid"))
    other = make_invitation(event, make_contact(event.host, last_name="NachBertold"))
    said(one)
    if said is not None:
        said(other)
    client.get(f"/i/{one.token}")
    warm = client.get(f"/i/{other.token}").text
    SHEETS.clear()

    assert without_moments(warm) == without_moments(client.get(f"/i/{other.token}").text)
    assert "NachBertold" in warm
    assert "NachAdelheid" not in warm
    assert one.token not in warm


def test_a_page_to_confirm_never_shows_what_another_entered(client, event):
    one, other = (
        guest_called(name, event, state=S.UNCONFIRMED) for name in ("Adelheid", "Bertold")
    )

    client.get(confirmation(one))
    page = client.get(confirmation(other)).text

    assert "NachBertold" in page
    assert "bertold@kontor.example" in page
    assert "adelheid" not in page.lower()
    assert len(SHEETS) == 1


def test_the_token_against_forgery_is_each_browsers_own(app, event):
    app.config["WTF_CSRF_ENABLED"] = True
    address = personal(confirmed("Adelheid", event))
    try:
        pages = [app.test_client().get(address).text for _browser in range(2)]
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    tokens = {re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1] for page in pages}

    assert len(tokens) == 2
    assert not any("slot-" in page for page in pages)


def test_an_event_is_known_by_whatever_the_page_shows_of_it(event):
    known = {kept_sheets.face_of(event)}
    for row in (event, event.host, event.series, event.venue):
        with transaction():
            name = "title_en" if row is event else "name_en" if row is event.series else "name"
            setattr(row, name, "Neu")
        known.add(kept_sheets.face_of(event))

    assert len(known) == 5
