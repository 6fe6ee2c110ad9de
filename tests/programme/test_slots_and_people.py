"""Slots and contributors: added, changed, removed."""

from datetime import timedelta
from typing import Any

import pytest
from factories import make_contribution, make_contributor, make_event, make_session, make_slot
from sqlalchemy import text

from eventapp.accounts.audit import SYSTEM
from eventapp.contacts.states import FormOfAddress
from eventapp.events.models import Event
from eventapp.foundation.database import db
from eventapp.foundation.errors import Invalid, Stale
from eventapp.programme.actions import (
    ContributorChange,
    SlotChange,
    add_contributor,
    add_slot,
    change_contributor,
    change_slot,
    remove_contributor,
    remove_slot,
    set_contribution_state,
    take_out,
)
from eventapp.programme.errors import EndBeforeStart, KeyTaken, NotNow, StillInvolved
from eventapp.programme.models import Contributor, Slot
from eventapp.programme.queries import (
    contributor_of,
    contributors_of,
    contributors_page,
    programme_of,
    session_of,
    slots_of,
)
from eventapp.programme.states import ContributorState, SessionState


@pytest.fixture
def event(app) -> Event:
    return make_event()


def slot_change(event: Event, **given: Any) -> SlotChange:
    return SlotChange(
        **{
            "key": "",
            "name_de": "Talk-Runden I",
            "name_en": "Talk rounds I",
            "starts_at": event.starts_at,
            "ends_at": event.starts_at + timedelta(minutes=45),
        }
        | given
    )


def person_change(**given: Any) -> ContributorChange:
    return ContributorChange(
        **{
            "key": "",
            "form_of_address": FormOfAddress.MS,
            "title": "Dr.",
            "first_name": "Nilgün",
            "last_name": "Bärwald",
            "name_suffix": "",
            "position": "",
            "organisation_name": "",
            "email": "",
            "phone": "",
            "available_from": None,
            "available_until": None,
            "availability_fixed": False,
            "biography_de": "",
            "biography_en": "",
        }
        | given
    )


def stored_slot(slot: Slot, **given: Any) -> SlotChange:
    names = SlotChange.__dataclass_fields__
    return SlotChange(**{name: getattr(slot, name) for name in names} | given)


def stored_person(person: Contributor, **given: Any) -> ContributorChange:
    names = ContributorChange.__dataclass_fields__
    return ContributorChange(**{name: getattr(person, name) for name in names} | given)


def test_slots_get_short_names_by_themselves(event):
    assert [add_slot(event, slot_change(event), by=SYSTEM).key for _ in range(2)] == ["S1", "S2"]


def test_a_slot_ends_after_it_begins(event):
    with pytest.raises(EndBeforeStart):
        add_slot(event, slot_change(event, ends_at=event.starts_at), by=SYSTEM)


def test_rounds_move_with_their_slot(event):
    slot = make_slot(event)
    times = {"slot_id": slot.id, "starts_at": slot.starts_at, "ends_at": slot.ends_at}
    own_time = {
        "slot_id": slot.id,
        "starts_at": slot.starts_at + timedelta(minutes=5),
        "ends_at": slot.ends_at,
    }
    keeps, differs = make_session(event, **times), make_session(event, **own_time)
    later = slot.starts_at + timedelta(minutes=10)

    change_slot(slot, stored_slot(slot, starts_at=later), seen=slot.version, by=SYSTEM)

    assert (keeps.starts_at, keeps.state) == (later, SessionState.CHANGED)
    assert (differs.starts_at, differs.state) == (own_time["starts_at"], SessionState.PUBLISHED)


def test_a_slot_that_a_colleague_changed_is_not_overwritten(event):
    slot = make_slot(event)
    seen = slot.version
    change_slot(slot, stored_slot(slot, name_de="Runden"), seen=seen, by=SYSTEM)

    with pytest.raises(Stale):
        change_slot(slot, stored_slot(slot, name_de="Gespräche"), seen=seen, by=SYSTEM)


def test_a_removed_slot_leaves_its_rounds_at_their_times(event):
    slot = make_slot(event)
    session = make_session(event, slot_id=slot.id)

    remove_slot(slot, by=SYSTEM)

    assert slots_of(event) == []
    assert session_of(event, session.id).slot is None


def test_two_people_never_share_a_short_name(event):
    add_contributor(event, person_change(key="M1"), by=SYSTEM)

    with pytest.raises(KeyTaken):
        add_contributor(event, person_change(key="M1"), by=SYSTEM)


def test_nobody_is_available_until_before_from(event):
    with pytest.raises(Invalid):
        add_contributor(
            event,
            person_change(available_from=event.ends_at, available_until=event.starts_at),
            by=SYSTEM,
        )


def test_a_new_name_renews_the_sessions_that_show_it(event):
    shown, hidden = make_session(event), make_session(event)
    person = make_contributor(event)
    make_contribution(shown, person)
    make_contribution(hidden, person, state=ContributorState.ASKED)
    before = shown.last_modified_at, hidden.last_modified_at
    person = contributor_of(event, person.id)

    change_contributor(
        person, stored_person(person, last_name="Neu"), seen=person.version, by=SYSTEM
    )

    assert shown.last_modified_at > before[0]
    assert (shown.sequence, hidden.last_modified_at) == (0, before[1])


def test_a_person_with_a_part_stays_and_one_without_goes(event):
    busy, free = make_contributor(event), make_contributor(event)
    make_contribution(make_session(event), busy)

    with pytest.raises(StillInvolved):
        remove_contributor(busy, by=SYSTEM)
    remove_contributor(free, by=SYSTEM)

    assert [each.id for each in contributors_of(event)] == [busy.id]


def test_agreeing_changes_what_a_release_would_show_and_being_asked_does_not(event):
    session = make_session(event)
    contribution = make_contribution(
        session, make_contributor(event), state=ContributorState.PENCILLED
    )

    set_contribution_state(contribution, ContributorState.ASKED, by=SYSTEM)
    assert session.state is SessionState.PUBLISHED

    set_contribution_state(contribution, ContributorState.AGREED, by=SYSTEM)
    assert session.state is SessionState.CHANGED


@pytest.mark.parametrize("act", ["promise", "name", "slot", "no slot"])
def test_a_colleague_who_changed_the_session_meanwhile_is_in_nobodys_way(event, act):
    slot = make_slot(event)
    session = make_session(event, slot_id=slot.id, starts_at=slot.starts_at, ends_at=slot.ends_at)
    person = make_contributor(event)
    part = make_contribution(session, person)
    with db.engine.begin() as connection:  # as another process would: this one's row is older now
        connection.execute(text("UPDATE session SET version = version + 1, title_de = 'Neu'"))

    if act == "promise":
        set_contribution_state(part, ContributorState.DROPPED_OUT, by=SYSTEM)
    elif act == "name":
        change = stored_person(person, last_name="Neu")
        change_contributor(person, change, seen=person.version, by=SYSTEM)
    elif act == "slot":
        change = stored_slot(slot, ends_at=slot.ends_at + timedelta(minutes=5))
        change_slot(slot, change, seen=slot.version, by=SYSTEM)
    else:
        remove_slot(slot, by=SYSTEM)

    assert session_of(event, session.id).title_de == "Neu"


def test_who_has_declined_cannot_simply_have_agreed(event):
    contribution = make_contribution(
        make_session(event), make_contributor(event), state=ContributorState.DECLINED
    )

    with pytest.raises(NotNow):
        set_contribution_state(contribution, ContributorState.AGREED, by=SYSTEM)


def test_whoever_is_taken_out_of_a_session_stays_a_contributor(event):
    session, person = make_session(event), make_contributor(event)
    part = make_contribution(session, person)

    take_out(part, by=SYSTEM)

    kept = session_of(event, session.id)
    assert (kept.contributions, kept.state, kept.sequence) == ([], SessionState.CHANGED, 0)
    assert [each.id for each in contributors_of(event)] == [person.id]


def test_contributors_are_listed_as_germans_sort_names(event):
    for last in ("Überwasser", "Zander", "von der Heide", "Ärmel"):
        make_contributor(event, last_name=last)

    assert [each.last_name for each in contributors_page(event, 1).rows] == [
        "Ärmel",
        "von der Heide",
        "Überwasser",
        "Zander",
    ]
    assert contributors_page(event, 99).number == 1


def test_the_programme_lists_people_and_slots_of_its_own_event_only(event):
    """T-01."""
    make_slot(make_event())
    make_contributor(make_event())

    programme = programme_of(event)

    assert (list(programme.slots), list(programme.contributors)) == ([], [])
