"""The pages by which staff deletes a person, and guests choose how much goes."""

import json
import re

import pytest
from factories import (
    make_account,
    make_contact,
    make_contribution,
    make_contributor,
    make_event,
    make_host,
    make_invitation,
    make_list,
    make_registration,
    make_session,
)
from registrations.support import all_registrations, ludmila
from sqlalchemy import select
from statements import statement_count

from eventapp.contacts import queries as contact_queries
from eventapp.contacts.models import Contact
from eventapp.contacts.states import ObjectionKind
from eventapp.events.actions import cancel_event
from eventapp.foundation.database import db
from eventapp.invitations.models import Invitation
from eventapp.registrations.actions import (
    accept_invitation,
    decline_invitation,
    name_substitute,
    remove_companion,
)
from eventapp.registrations.requests import CompanionName

GERMAN = {"Accept-Language": "de"}


@pytest.fixture
def event(app):
    return make_event()


@pytest.fixture
def staff(client, sign_in, event):
    sign_in(client, make_account(event.host))
    return client


def known(event, **given):
    """Somebody whom the organisation knew before: on a list."""
    contact = make_contact(event.host, first_name="Annika", **given)
    make_list(event.host, contact, name="Verteiler Wirtschaft")
    return contact


def everybody():
    return db.session.scalars(select(Contact)).all()


# ---- Staff --------------------------------------------------------------------------------------


def test_the_contact_the_guest_and_the_invitation_lead_to_it(staff, event):
    contact = known(event)
    invitation = make_invitation(event, contact)
    guest = accept_invitation(invitation)

    for page, way in (
        (f"/organise/contacts/{contact.id}", f"/organise/contacts/{contact.id}/delete"),
        (f"/organise/{event.slug}/guests/{guest.id}",) * 2,
        (f"/organise/{event.slug}/invitations/{invitation.id}",) * 2,
    ):
        way = way if way.endswith("/delete") else f"{way}/delete"
        assert way in staff.get(page).text
        assert staff.get(way).status_code == 200


def test_the_page_says_what_goes_and_what_stays_and_does_nothing_yet(staff, event):
    other = make_event(event.host, title_de="Sommerfest")
    contact = known(event)
    accept_invitation(make_invitation(event, contact))
    decline_invitation(make_invitation(other, contact))

    page = staff.get(f"/organise/contacts/{contact.id}/delete", headers=GERMAN).text

    for text in (
        "Diese Person löschen",
        "Verteiler Wirtschaft",
        "Der Platz wird frei",
        "Sommerfest",
        "Was bleibt",
        "Und nie wieder einladen",
        "Das lässt sich nicht rückgängig machen",
    ):
        assert text in page, text
    assert everybody() == [contact]


def test_one_button_deletes_everything_at_all_events(staff, event):
    other = make_event(event.host)
    contact = known(event)
    for one in (event, other):
        accept_invitation(make_invitation(one, contact))

    answer = staff.post(f"/organise/contacts/{contact.id}/delete", follow_redirects=True)

    assert answer.request.path == "/organise/contacts"
    assert "Annika" not in answer.text
    assert (everybody(), db.session.scalars(select(Invitation)).all()) == ([], [])
    assert all(one.is_erased for one in all_registrations())


@pytest.mark.parametrize("after", ["blocking", "cancelling"])
def test_neither_a_block_nor_events_that_were_called_off_stand_in_the_way(staff, event, after):
    contact = known(event)
    accept_invitation(make_invitation(event, contact))
    if after == "blocking":
        staff.post(f"/organise/contacts/{contact.id}/block", data={"kind": "asked"})
    else:
        cancel_event(event, by="test")

    staff.post(f"/organise/contacts/{contact.id}/delete")

    assert everybody() == []


@pytest.mark.parametrize("tick", [{}, {"never_again": "y"}])
def test_never_invite_again_only_if_ticked(staff, event, tick):
    contact = known(event, email="nie@wieder.example")
    make_invitation(event, contact)

    then = staff.post(
        f"/organise/contacts/{contact.id}/delete",
        data=tick,
        headers=GERMAN,
        follow_redirects=True,
    )

    assert ("nie wieder eingeladen" in then.text) is bool(tick)
    found = contact_queries.suppression_of(event.host_id, "nie@wieder.example")
    assert (found is not None) is bool(tick)


def test_history_and_last_changes_name_nobody_afterwards(staff, event):
    contact = known(event, last_name="Löhrkens")
    decline_invitation(make_invitation(event, contact), note="Löhrkens ist krank", by="test")
    assert "Löhrkens" in staff.get("/organise/history").text

    staff.post(f"/organise/contacts/{contact.id}/delete")

    for page in ("/organise/history", f"/organise/{event.slug}/", "/organise/search?q=Löhrkens"):
        text = staff.get(page, headers=GERMAN).text.replace("q=L", "").replace('value="L', "")
        assert "Annika" not in text, page
    assert (
        "Person mit allem über sie gelöscht" in staff.get("/organise/history", headers=GERMAN).text
    )


def test_what_led_to_it_cannot_be_undone_and_the_last_changes_have_no_gaps(staff, event):
    contact = known(event)
    accept_invitation(make_invitation(event, contact))

    staff.post(f"/organise/contacts/{contact.id}/delete")

    page = staff.get(f"/organise/{event.slug}/", headers=GERMAN).text
    assert "storniert für [gelöscht]" in page
    for address in (f"/organise/{event.slug}/", "/organise/history"):
        assert "Rückgängig" not in staff.get(address, headers=GERMAN).text


def test_who_contributes_is_named_with_the_way_to_take_them_out(staff, event):
    contact = known(event)
    same = ("first_name", "last_name", "email")
    person = make_contributor(event, **{name: getattr(contact, name) for name in same})
    make_contribution(make_session(event, title_de="Licht und Leute"), person)

    page = staff.get(f"/organise/contacts/{contact.id}/delete", headers=GERMAN).text
    refused = staff.post(f"/organise/contacts/{contact.id}/delete")

    assert "Das geht noch nicht" in page
    assert "Licht und Leute" in page
    assert f"/organise/{event.slug}/programme/people#person-{person.id}" in page
    assert "Jetzt alles löschen" not in page
    assert refused.status_code == 409
    assert everybody() == [contact]


def test_who_registered_without_being_invited_is_deleted_from_the_guest_s_page(staff, event):
    guest = make_registration(event)

    answer = staff.post(f"/organise/{event.slug}/guests/{guest.id}/delete")

    assert answer.location == f"/organise/{event.slug}/guests"
    assert all_registrations()[0].is_erased
    assert staff.get(f"/organise/{event.slug}/guests/{guest.id}/delete").status_code == 404


def test_a_substitute_who_is_silent_is_deleted_from_the_invitation_s_page(staff, event):
    first = make_invitation(event)
    accept_invitation(first)
    follow_up = name_substitute(first, ludmila())

    staff.post(f"/organise/{event.slug}/invitations/{follow_up.id}/delete")

    page = staff.get(f"/organise/{event.slug}/invitations/{follow_up.id}").text
    assert "Frøhlich" not in page
    assert "ludmila@" not in page


def test_nobody_of_another_organisation_comes_near(client, sign_in, event):
    contact = known(event)
    sign_in(client, make_account(make_host()))

    assert client.post(f"/organise/contacts/{contact.id}/delete").status_code == 404
    assert everybody() == [contact]


def test_t65_the_page_needs_as_many_statements_for_many_events_as_for_few(staff, event):
    """T-65."""
    contact, counts = known(event), []
    number = contact.id
    for times in (1, 4):
        contact = db.session.get_one(Contact, number)
        for _ in range(times):
            accept_invitation(make_invitation(make_event(event.host), contact))
        db.session.remove()
        with statement_count() as sent:
            staff.get(f"/organise/contacts/{number}/delete")
        counts.append(len(sent))

    assert counts[0] == counts[1]


# ---- Guests choose ------------------------------------------------------------------------------


def test_a_guest_who_is_known_from_elsewhere_chooses_how_much_goes(client, event):
    other = make_event(event.host, title_de="Sommerfest")
    contact = known(event)
    guest = accept_invitation(make_invitation(event, contact))
    make_invitation(other, contact)

    page = client.get(f"/r/{guest.token}/delete").text

    buttons = [
        " ".join(one.split()) for one in re.findall(r'kern-label">([^<]*)</span></button', page)
    ]
    assert buttons == ["Nur diese Anmeldung löschen", "Alles über mich löschen"]
    assert "Sommerfest" in page


def test_link_page_and_button_call_deleting_the_same(client, event):
    known_here = accept_invitation(make_invitation(event, known(event)))
    from_nowhere = make_registration(event)

    for guest in (known_here, from_nowhere):
        for way in (f"/r/{guest.token}", f"/r/{guest.token}/data"):
            link = re.search(rf'href="/r/{guest.token}/delete">([^<]*)<', client.get(way).text)
            assert link[1] == "Meine Daten löschen"
        page = client.get(f"/r/{guest.token}/delete").text
        assert '<h1 class="kern-heading-large">Meine Daten löschen</h1>' in page
        assert "Alles über mich löschen" in page
    assert "Nur diese Anmeldung" not in page  # who is known from nowhere else has one way


def test_the_page_that_deletes_speaks_of_companions_only_while_there_are_any(client):
    event = make_event(companions_allowed=1)
    guest = accept_invitation(make_invitation(event), companions=[CompanionName("Bob", "Ohm")])
    said = "Ihre Begleitung wird mit Ihnen abgemeldet und gelöscht"
    assert said in client.get(f"/r/{guest.token}/delete").text

    remove_companion(guest.company[0])

    assert said not in client.get(f"/r/{guest.token}/delete").text


def test_by_the_button_for_one_registration_the_page_afterwards_says_what_is_still_there(
    client, event
):
    contact = known(event)
    guest = accept_invitation(make_invitation(event, contact))

    answer = client.post(f"/r/{guest.token}/delete", follow_redirects=True)

    assert answer.request.path == f"/e/{event.slug}/deleted"
    assert "Ihre Anmeldung ist gelöscht" in answer.text
    assert f"{event.host.name} hat Sie weiterhin im Adressbuch" in answer.text
    assert "Alles ist gelöscht" not in answer.text
    assert everybody() == [contact]


def test_by_the_button_for_everything_all_is_deleted_also_at_other_events(client, event):
    other = make_event(event.host)
    contact = known(event)
    guest = accept_invitation(make_invitation(event, contact))
    accept_invitation(make_invitation(other, contact))
    tick = {"everywhere": "y", "never_again": "y"}

    answer = client.post(f"/r/{guest.token}/delete", data=tick, follow_redirects=True)

    assert answer.request.path == "/deleted"
    assert "Alles ist gelöscht" in answer.text
    assert "schickt keine Einladungen mehr" in answer.text
    assert everybody() == []
    assert all(one.is_erased for one in all_registrations())
    found = contact_queries.suppression_of(event.host_id, contact.email)
    assert found.kind is ObjectionKind.ASKED


def test_a_guest_who_contributes_reads_who_can_delete_the_rest(client, event):
    contact = known(event)
    guest = accept_invitation(make_invitation(event, contact))
    same = ("first_name", "last_name", "email")
    person = make_contributor(event, **{name: getattr(contact, name) for name in same})
    make_contribution(make_session(event), person)

    page = client.get(f"/r/{guest.token}/delete").text
    answer = client.post(f"/r/{guest.token}/delete", data={"everywhere": "y"})

    assert "aus einem Programm herausnehmen" in page
    assert 'name="everywhere"' not in page
    assert answer.status_code == 409
    assert everybody() == [contact]


# ---- Invited people -----------------------------------------------------------------------------


def test_who_is_invited_and_silent_finds_what_is_stored_and_the_way_to_delete_it(client, event):
    contact = known(event, note="mag keine langen Reden")
    token = make_invitation(event, contact).token

    assert f"/i/{token}/data" in client.get(f"/i/{token}").text
    page = client.get(f"/i/{token}/data").text
    data = json.loads(client.get(f"/i/{token}/data.json").text)

    assert "mag keine langen Reden" in page
    assert f"/i/{token}/delete" in page
    assert data["contact"][0]["lists"] == ["Verteiler Wirtschaft"]
    assert data["invitation"][0]["event"] == event.title_de
    assert data["registration"] == []


def test_invited_people_delete_everything_about_them(client, event):
    contact = known(event)
    token = make_invitation(event, contact).token

    before = client.get(f"/i/{token}/delete").text
    answer = client.post(f"/i/{token}/delete", follow_redirects=True)

    assert "Ihr Eintrag im Adressbuch" in before
    assert "Alles ist gelöscht" in answer.text
    assert everybody() == []
    assert client.get(f"/i/{token}").status_code == 404


def test_who_is_registered_as_well_deletes_on_their_own_page(client, event):
    invitation = make_invitation(event, known(event))
    guest = accept_invitation(invitation)

    answer = client.get(f"/i/{invitation.token}/delete")

    assert answer.location.endswith(f"/r/{guest.token}/delete")


@pytest.mark.parametrize("part", ["data", "data.json", "delete"])
def test_t09_a_wrong_link_opens_none_of_these_pages(client, event, part):
    token = make_invitation(event).token

    for wrong in (token[:-1], token.swapcase(), "x.y"):
        assert client.get(f"/i/{wrong}/{part}").status_code == 404
    answer = client.get(f"/i/{token}/{part}")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_what_is_stored_shows_other_events_of_the_same_person_and_of_nobody_else(client, event):
    other = make_event(event.host, title_de="Sommerfest")
    foreign = make_event(title_de="Fremdes Fest")
    info = {"last_name": "Ohm", "email": "info@ohm.example"}
    eva = make_contact(event.host, first_name="Eva", **info)
    udo = make_contact(event.host, first_name="Udo", **info)
    abroad = make_contact(foreign.host, first_name="Eva", **info)
    guest = accept_invitation(make_invitation(event, eva))
    make_invitation(other, eva, note="rief am Montag an")
    make_invitation(other, udo, note="Udos Sache")
    make_invitation(foreign, abroad)

    page = client.get(f"/r/{guest.token}/data").text
    data = json.loads(client.get(f"/r/{guest.token}/data.json").text)

    assert [one["event"] for one in data["invitation"]] == [event.title_de, "Sommerfest"]
    assert data["contact"][0]["first_name"] == "Eva"
    assert "rief am Montag an" in page
    for text in ("Udo", "Fremdes Fest"):
        assert text not in page + json.dumps(data, ensure_ascii=False)


def test_words_for_guests_are_not_those_of_the_outbox(client, event):
    guest = accept_invitation(make_invitation(event, known(event)))

    page = client.get(f"/r/{guest.token}/data?lang=en").text

    for text in ("kept here", "Deutsch</bdi>", "District"):
        assert text not in page
    for text in ("not sent yet", "German", "County"):
        assert text in page
