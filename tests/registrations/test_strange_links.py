"""Strange links and strange input: one neutral page, nothing changed, nothing broken."""

import re

import pytest
from factories import make_contact, make_event, make_invitation, make_list
from registrations.support import all_registrations, mail_kinds, places
from statements import statement_count

from eventapp.accounts.audit import SYSTEM
from eventapp.events.states import EventState
from eventapp.foundation.database import db, transaction
from eventapp.foundation.tokens import LinkKind, sign
from eventapp.invitations.actions import withdraw_invitation
from eventapp.invitations.models import Invitation
from eventapp.invitations.states import InvitationState
from eventapp.registrations.actions import accept_invitation
from eventapp.registrations.models import Registration
from eventapp.registrations.own_data.actions import erase_guest
from eventapp.registrations.states import RegistrationState

SEE_OTHER, NOT_FOUND, GONE = 303, 404, 410


def page_of(invitation: Invitation, more: str = "") -> str:
    return f"/i/{invitation.token}{more}"


def broken_links() -> list[str]:
    return [
        "truncated",
        "changed_case",
        "foreign_mac",
        "registration",
        "guessed",
        "empty_mac",
        "rotated",
        "draft",
        "unicode",
    ]


def broken(kind: str) -> str:
    invitation = make_invitation(make_event())
    token = invitation.token
    if kind == "rotated":
        with transaction():
            invitation.link_generation += 1
    if kind == "draft":
        with transaction():
            invitation.event.state = EventState.DRAFT
    return {
        "truncated": token[:-1],
        "changed_case": token.swapcase(),
        "foreign_mac": f"{token.partition('.')[0]}."
        f"{make_invitation(make_event()).token.partition('.')[2]}",
        "registration": sign(LinkKind.REGISTRATION, invitation.public_id, 1),
        "guessed": "AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA",
        "empty_mac": token.partition(".")[0],
        "unicode": "ü" * 16 + "." + "é" * 22,
    }.get(kind, token)


def test_t12_who_holds_a_withdrawn_link_reads_so_and_nobody_else(app, client):
    """T-12."""
    invitation = make_invitation(make_event(title_de="Fachimpuls Wärme"))
    token = invitation.token
    withdraw_invitation(invitation, by=SYSTEM)

    for page in (client.get(f"/i/{token}"), client.post(f"/i/{token}", data={"answer": "yes"})):
        assert page.status_code == GONE
        assert "Diese Einladung gilt nicht mehr" in page.text
        assert invitation.person.last_name not in page.text
        assert "Fachimpuls Wärme" not in page.text
    assert client.get(f"/i/{token}?lang=en").text.count("This invitation is no longer valid")
    for guess in (token[:-1], token.swapcase(), sign(LinkKind.INVITATION, invitation.public_id, 2)):
        assert client.get(f"/i/{guess}").status_code == NOT_FOUND


def test_t12_who_had_everything_deleted_reads_so_by_both_links(app, client):
    """T-12: by the genuine links only, and no link that was replaced tells more than before."""
    event = make_event()
    contact = make_contact(event.host)
    make_list(event.host, contact)
    guest = accept_invitation(make_invitation(event, contact))
    personal, invited = guest.token, guest.invitation.token

    erase_guest(guest)

    for path in (f"/r/{personal}", f"/i/{invited}"):
        page = client.get(path)
        assert page.status_code == GONE
        assert "ist gelöscht" in page.text
        assert contact.last_name not in page.text
    assert client.get(f"/i/{invited[:-1]}").status_code == NOT_FOUND


@pytest.mark.parametrize("kind", broken_links())
def test_t09_t12_every_link_that_opens_nothing_gets_the_same_page(app, client, kind):
    token = broken(kind)

    pages = [
        client.get(f"/i/{token}"),
        client.get(f"/i/{token}/substitute"),
        client.get(f"/i/{token}/not-me"),
        client.get(f"/r/{token}/cancel"),
        client.post(f"/i/{token}", data={"answer": "yes"}),
    ]

    assert {page.status_code for page in pages} == {NOT_FOUND}
    assert {without_csrf(page.text) for page in pages} == {without_csrf(pages[0].text)}
    assert 'href="/link"' in pages[0].text
    assert all_registrations() == []


def without_csrf(page: str) -> str:
    return re.sub(r'name="csrf_token"[^>]*', "", page)


def test_t13_getting_and_heading_every_page_changes_nothing(app, client):
    event = make_event()
    invitation = make_invitation(event)
    registration = accept_invitation(make_invitation(event))
    before = (places(event), len(mail_kinds()))
    addresses = [
        page_of(invitation),
        page_of(invitation, "/substitute"),
        page_of(invitation, "/not-me"),
        f"/r/{registration.token}/cancel",
        "/link",
        "/link/sent",
        page_of(invitation, "?answer=yes"),
    ]

    with statement_count() as sent:
        for address in addresses * 2:
            assert client.get(address).status_code == 200
            assert client.head(address).status_code == 200

    written = [one for one in sent if one.lstrip().startswith(("INSERT", "UPDATE", "DELETE"))]
    db.session.expire_all()
    assert written == []
    assert (places(event), len(mail_kinds())) == before
    assert invitation.state is InvitationState.SENT


def test_t08_fields_that_are_not_asked_for_are_ignored(app, client):
    event, other = make_event(capacity=1), make_event()
    accept_invitation(make_invitation(event))
    invitation = make_invitation(event)

    client.post(
        page_of(invitation),
        data={
            "answer": "yes",
            "state": "confirmed",
            "event_id": str(other.id),
            "kind": "crew",
            "priority": "9",
            "id": "1",
            "number": "A-9999",
            "capacity": "500",
            "email": "x@y.example",
        },
    )

    db.session.refresh(event)
    registration: Registration = all_registrations()[-1]
    assert (
        registration.state,
        registration.event_id,
        registration.kind.value,
        registration.priority,
        registration.number,
        event.capacity,
    ) == (RegistrationState.WAITING, event.id, "guest", 0, "A-0002", 1)
    assert registration.email == invitation.contact.email


@pytest.mark.parametrize("answer", ["", "maybe", "YES", "yes\x00", "a" * 100_000])
def test_an_answer_that_is_none_of_the_three_is_refused_in_words(app, client, answer):
    invitation = make_invitation(make_event())

    page = client.post(page_of(invitation), data={"answer": answer})

    assert page.status_code in {400, 422}
    assert all_registrations() == []


@pytest.mark.parametrize(
    "name",
    [
        "x" * 100_000,
        "Zoë\u200d👩‍👩‍👧",
        "\u202egnahcxe",
        "A\u0301" * 300,
        "O'Neil",
        "--",
        "Null",
        "ﷺ",
        "\ud800",
    ],
    ids=[
        "100 kB",
        "joined emoji",
        "override",
        "combining",
        "O'Neil",
        "dashes",
        "Null",
        "glyph",
        "lone surrogate",
    ],
)
def test_t59_t60_odd_names_break_nothing(app, client, name):
    invitation = make_invitation(make_event())

    page = client.post(
        page_of(invitation, "/substitute"),
        data={
            "first_name": name.encode("utf-8", "surrogatepass"),
            "last_name": "L",
            "email": "l@x.example",
        },
    )

    assert page.status_code in {200, 303, 400, 422}
    assert "\u202e" not in client.get(page_of(invitation)).text


def test_t19_without_the_forms_own_token_nothing_happens(app, client, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    invitation = make_invitation(make_event())

    refused = client.post(page_of(invitation), data={"answer": "yes"})
    page = client.get(page_of(invitation)).text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
    other = app.test_client().post(page_of(invitation), data={"answer": "no", "csrf_token": token})
    taken = client.post(page_of(invitation), data={"answer": "yes", "csrf_token": token})

    assert (refused.status_code, other.status_code, taken.status_code) == (400, 400, SEE_OTHER)
