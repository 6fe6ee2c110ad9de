"""Places kept for the guests of declared waves: theirs first, no shortcut past anybody else."""

import pytest
from factories import make_event, make_invitation, make_registration, make_wave
from registrations.support import all_registrations, places
from statements import statement_count

from eventapp.events.actions import BasicsChange, change_event
from eventapp.events.actions.changes import mark_of, stored
from eventapp.events.errors import MoreKeptThanThere
from eventapp.registrations import place_queries
from eventapp.registrations.actions import accept_invitation, cancel_registration
from eventapp.registrations.queue import Room, Share, Waiting, moving_up
from eventapp.registrations.states import RegistrationKind, RegistrationState

S = RegistrationState
OPEN, KEPT = Share.OPEN, Share.KEPT


def party(number: int, size: int = 1, share: Share = OPEN) -> Waiting:
    return Waiting(number, size, share=share)


def lucky(free: int, kept: int, *line: Waiting) -> list[int]:
    return [one.id for one in moving_up(free, line, kept=kept)]


def test_kept_places_pass_over_those_for_whom_they_are_not_kept():
    assert lucky(1, 1, party(1), party(2, share=KEPT), party(3, share=KEPT)) == [2]
    assert lucky(2, 1, party(1), party(2), party(3, share=KEPT)) == [1, 3]


def test_beyond_what_is_kept_a_declared_guest_stands_in_the_one_line():
    assert lucky(1, 0, party(1), party(2, share=KEPT)) == [1]
    assert lucky(2, 1, party(1, 2), party(2, 2, KEPT), party(3, 1, KEPT), party(4)) == []
    assert lucky(3, 1, party(1, 3, KEPT), party(2)) == [1]


def test_a_large_declared_party_holds_back_its_equals():
    assert lucky(2, 2, party(1, 3, KEPT), party(2, 1, KEPT)) == []


def declared(event):
    return make_invitation(event, wave_id=make_wave(event, uses_reserved=True).id)


def test_others_see_what_is_free_without_the_kept_places(app):
    event = make_event(capacity=3, reserved_places=2)

    states = [accept_invitation(make_invitation(event)).state for _ in range(2)]
    special = [accept_invitation(declared(event)).state for _ in range(3)]

    assert states == [S.CONFIRMED, S.WAITING]
    assert special == [S.CONFIRMED, S.CONFIRMED, S.WAITING]
    assert places(event) == (3, 3)


def test_a_kept_place_that_is_given_up_goes_to_the_next_declared_guest(app):
    event = make_event(capacity=2, reserved_places=1)
    for invitation in (make_invitation(event), declared(event)):
        accept_invitation(invitation)
    ordinary, special = (
        accept_invitation(one) for one in (make_invitation(event), declared(event))
    )

    cancel_registration(all_registrations()[1])

    assert (ordinary.state, special.state) == (S.WAITING, S.OFFERED)


def test_the_public_page_says_what_is_free_for_everybody(app, client):
    event = make_event(capacity=3, reserved_places=2)
    accept_invitation(declared(event))

    for path in (f"/e/{event.slug}/", "/"):
        assert "Noch 1 von 3 frei" in client.get(f"{path}?lang=de").text, path


def test_how_many_are_used_is_one_statement_with_companions(app):
    event = make_event(capacity=9, reserved_places=5)
    main = accept_invitation(declared(event))
    make_registration(event, kind=RegistrationKind.COMPANION, main_id=main.id, email="")
    accept_invitation(make_invitation(event))

    with statement_count() as statements:
        room = place_queries.room_of(event)

    assert (room, room.open) == (Room(free=6, kept=3), 3)
    assert len(statements) == 1


def test_without_kept_places_nothing_is_asked(app):
    event = make_event()

    with statement_count() as statements:
        place_queries.room_of(event)

    assert len(statements) == 0


def test_kept_places_that_are_given_up_by_the_organiser_are_offered(app):
    event = make_event(capacity=2, reserved_places=1)
    accept_invitation(make_invitation(event))
    waiting = accept_invitation(make_invitation(event))
    now = stored(event, BasicsChange)

    change_event(
        event,
        BasicsChange(**now | {"reserved_places": 0}),
        seen=mark_of(event, BasicsChange),
        by="test",
    )

    assert waiting.state is S.OFFERED


def test_more_cannot_be_kept_than_there_are(app):
    event = make_event(capacity=2)
    change = BasicsChange(**stored(event, BasicsChange) | {"reserved_places": 3})

    with pytest.raises(MoreKeptThanThere):
        change_event(event, change, seen=mark_of(event, BasicsChange), by="test")
