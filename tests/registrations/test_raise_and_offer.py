"""More places for one party that waits, and what the settings say of more places."""

import pytest
from factories import make_account, make_event, make_registration
from registrations.support import mail_kinds, places
from sqlalchemy import select

from eventapp.accounts.models import AuditEntry
from eventapp.events.actions import BasicsChange, change_basics, mark_of
from eventapp.events.states import Promotion
from eventapp.foundation.database import db, transaction
from eventapp.registrations import actions
from eventapp.registrations.actions import tend_waiting_lists
from eventapp.registrations.errors import NotEnoughPlaces
from eventapp.registrations.states import RegistrationKind, RegistrationState

S = RegistrationState


@pytest.fixture
def event(app):
    return make_event(capacity=1)


def waiting(event, *, party=1):
    main = make_registration(event, state=S.WAITING)
    for _ in range(party - 1):
        make_registration(
            event,
            state=S.WAITING,
            main_id=main.id,
            kind=RegistrationKind.COMPANION,
            waiting_since=main.waiting_since,
        )
    db.session.expire_all()
    return main


def state_of(one):
    db.session.refresh(one)
    return one.state


@pytest.mark.parametrize("step", [actions.offer_place, actions.confirm_place])
def test_places_are_added_for_this_party_alone_and_all_others_keep_their_place(event, step):
    make_registration(event)
    first, pair = waiting(event), waiting(event, party=2)
    since = first.waiting_since

    step(pair, by="test", reason="Redet zur Eröffnung", raise_by=2)

    assert state_of(pair) in {S.OFFERED, S.CONFIRMED}
    assert (state_of(first), first.waiting_since) == (S.WAITING, since)
    assert places(event) == (3, 3)
    assert event.capacity == 3
    tend_waiting_lists()
    assert state_of(first) is S.WAITING


def test_only_what_is_missing_is_added(event):
    with transaction():
        event.promotion = Promotion.MANUAL
    pair = waiting(event, party=2)

    actions.offer_place(pair, by="test", reason="Gast", raise_by=2)

    assert event.capacity == 2
    assert places(event) == (2, 2)


def test_no_more_is_added_than_was_agreed_to(event):
    make_registration(event)
    pair = waiting(event, party=2)

    with pytest.raises(NotEnoughPlaces):
        actions.offer_place(pair, by="test", reason="Gast", raise_by=1)

    db.session.refresh(event)
    assert event.capacity == 1
    assert state_of(pair) is S.WAITING


def test_an_event_that_shrinks_goes_on_shrinking_from_one_more(event):
    for _ in range(2):
        make_registration(event) if event.places_free else None
    with transaction():
        event.capacity, event.shrinks_to = 1, 0
    guest = waiting(event)

    actions.offer_place(guest, by="test", reason="Gast", raise_by=1)

    db.session.refresh(event)
    assert (event.capacity, event.shrinks_to, event.target_capacity) == (2, 1, 1)
    assert places(event) == (2, 2)


def test_the_trail_says_who_added_places_and_at_the_guest_why(event):
    """The entry about the event outlives the guest's data; the reason for one guest does not."""
    make_registration(event)
    guest = waiting(event)

    actions.offer_place(guest, by="Gesine", reason="Redet", raise_by=1)

    entry = db.session.scalars(
        select(AuditEntry).where(AuditEntry.action == "event.places_raised")
    ).one()
    assert (entry.actor, entry.reason) == ("Gesine", "")
    assert (entry.before, entry.after) == ({"capacity": 1}, {"capacity": 2})
    reasons = db.session.scalars(select(AuditEntry).where(AuditEntry.reason == "Redet")).all()
    assert [(one.subject_kind, one.subject_id) for one in reasons] == [
        ("registration", str(guest.id))
    ]


def page_of(client, guest):
    return client.get(f"/organise/{guest.event.slug}/guests/{guest.id}?lang=de").text


def test_the_page_says_what_is_needed_and_free_and_adds_it_in_one_step(event, client, sign_in):
    sign_in(client, make_account(event.host))
    make_registration(event)
    pair = waiting(event, party=2)

    page = page_of(client, pair)
    assert "Gebraucht werden 2 Plätze, frei: 0." in page
    assert "werden sofort denen angeboten, die am längsten warten" in page
    assert "Um 2 Plätze erhöhen und anbieten" in page
    assert "Wer in Begleitung kommt, wartet, bis für alle Platz ist" in page
    assert "Der Gast verlässt die Warteliste" in page

    base = f"/organise/{event.slug}/guests/{pair.id}"
    answer = client.post(f"{base}/offer", data={"reason": "Redet", "more": "2"})
    page = client.get(answer.location).text

    assert answer.status_code == 303
    assert "hat ein Angebot für 2 Plätze" in page
    assert state_of(pair) is S.OFFERED
    assert mail_kinds() == [(pair.email, "offer")]


def test_with_enough_places_nothing_is_said_about_more(event, client, sign_in):
    sign_in(client, make_account(event.host))

    page = page_of(client, waiting(event))

    assert "Gebraucht wird ein Platz, frei: 1." in page
    assert "erhöhen" not in page
    assert "Platz anbieten" in page


def test_nothing_is_added_without_a_reason(event, client, sign_in):
    sign_in(client, make_account(event.host))
    make_registration(event)
    guest = waiting(event)

    answer = client.post(
        f"/organise/{event.slug}/guests/{guest.id}/offer", data={"reason": "", "more": "1"}
    )

    assert answer.status_code == 422
    db.session.refresh(event)
    assert event.capacity == 1


def test_more_places_in_the_settings_say_who_was_offered_how_many(event):
    make_registration(event)
    first, second = waiting(event), waiting(event, party=2)
    fields = {name: getattr(event, name) for name in BasicsChange.__dataclass_fields__}
    change = BasicsChange(**(fields | {"target_capacity": 4}))

    said = change_basics(event, change, new_series="", seen=mark_of(event, BasicsChange), by="x")

    names = f"{first.full_name}, {second.full_name}"
    assert [one.in_english() for one in said] == [f"3 places were offered: {names}."]


@pytest.mark.parametrize(
    ("promotion", "said"),
    [
        (Promotion.AUTOMATIC, "Mehr Plätze werden sofort der Warteliste angeboten"),
        (Promotion.MANUAL, "Mehr Plätze bleiben frei, bis Sie sie"),
    ],
)
def test_the_settings_say_what_becomes_of_more_places(event, client, sign_in, promotion, said):
    sign_in(client, make_account(event.host))
    with transaction():
        event.promotion = promotion

    assert said in client.get(f"/organise/{event.slug}/settings?lang=de").text
