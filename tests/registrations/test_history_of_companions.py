"""Who changed a place stands in the history of each whose place it is, companions included."""

from datetime import timedelta

import pytest
from factories import make_account, make_event, make_invitation, make_registration

from eventapp.desk.feed import happenings
from eventapp.desk.feed_facts import known_of
from eventapp.desk.overview_queries import latest_entries
from eventapp.events.states import RegistrationMode
from eventapp.foundation import clock
from eventapp.foundation.database import transaction
from eventapp.foundation.i18n import use_locale
from eventapp.registrations.actions import (
    accept_invitation,
    accept_offer,
    cancel_registration,
    confirm_place,
    restore_registration,
    tend_waiting_lists,
)
from eventapp.registrations.front_door.actions import approve_registration, reject_registration
from eventapp.registrations.requests import CompanionName
from eventapp.registrations.states import RegistrationKind, RegistrationState
from eventapp.registrations.trail_queries import changes_of

S = RegistrationState


@pytest.fixture
def event(app):
    return make_event(capacity=2, companions_allowed=1)


@pytest.fixture
def staff(event):
    return make_account(event.host, name="Ilse Öhm")


def steps_of(one):
    """(action, who, state before and after) of each step, first to last."""
    return [
        (step.action.partition(".")[2], step.actor, step.before.get("state"), step.after["state"])
        for step in reversed(changes_of("registration", one.id))
    ]


def pair_in_line(event):
    accept_invitation(make_invitation(event))
    main = accept_invitation(make_invitation(event), companions=[CompanionName("Sevda", "Yılmaz")])
    return main, main.company[0]


def test_a_place_given_by_hand_stands_in_the_companion_s_history_as_well(event, staff):
    main, sevda = pair_in_line(event)

    confirm_place(main, by=staff, reason="Redet zur Eröffnung", raise_by=2)

    assert sevda.state is S.CONFIRMED
    assert steps_of(sevda)[-1] == ("moved_up", "Ilse Öhm", "waiting", "confirmed")
    assert changes_of("registration", sevda.id)[0].reason == "Redet zur Eröffnung"


def test_an_offer_that_lapses_stands_there(event):
    holders = [accept_invitation(make_invitation(event)) for _ in range(2)]
    main = accept_invitation(make_invitation(event), companions=[CompanionName()])
    [companion] = main.company
    for one in holders:
        cancel_registration(one)

    with clock.held(clock.now() + timedelta(hours=49)):
        tend_waiting_lists()

    assert [one[0] for one in steps_of(companion)] == ["brought", "offered", "expired"]


def test_an_offer_that_is_accepted_stands_there(event):
    holder = accept_invitation(make_invitation(event))
    main = accept_invitation(make_invitation(event), companions=[CompanionName()])
    [companion] = main.company
    cancel_registration(holder)

    accept_offer(main)

    assert [one[0] for one in steps_of(companion)] == ["brought", "offered", "moved_up"]


def test_a_cancellation_that_is_undone_stands_there(event, staff):
    main = accept_invitation(make_invitation(event), companions=[CompanionName()])
    [companion] = main.company
    cancel_registration(main, by=staff)

    restore_registration(main, changes_of("registration", main.id)[0], by=staff)

    assert [one[0] for one in steps_of(companion)] == ["brought", "cancelled", "restored"]


@pytest.mark.parametrize("decide", [approve_registration, reject_registration])
def test_a_decision_stands_there(event, staff, decide):
    with transaction():
        event.registration_mode = RegistrationMode.APPROVAL
    main = make_registration(event, state=S.IN_REVIEW)
    companion = make_registration(
        event, state=S.IN_REVIEW, kind=RegistrationKind.COMPANION, main_id=main.id
    )

    decide(main, by=staff)

    assert steps_of(companion) == [(main.state.value, "Ilse Öhm", "in_review", main.state.value)]


def test_the_overview_tells_one_step_once_and_how_many_places_there_are(event, staff):
    main, _sevda = pair_in_line(event)
    confirm_place(main, by=staff, reason="Redet zur Eröffnung", raise_by=2)

    entries = latest_entries(event)
    with use_locale("de"):
        told = [str(one.sentence) for one in happenings(entries, known_of(entries))]

    assert told[:2] == [
        f"Ilse Öhm gibt {main.name} einen Platz, mit Begleitung.",
        "Ilse Öhm schafft einen Platz mehr für einen Gast: 2 → 3.",
    ]
