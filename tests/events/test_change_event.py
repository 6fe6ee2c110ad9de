"""Organisers change an event; calendars notice, and nobody overwrites anybody."""

from dataclasses import replace

import pytest
from factories import make_event, make_registration, make_series, moment

from eventapp.accounts.models import AuditEntry
from eventapp.events.actions import (
    BasicsChange,
    DatesChange,
    TextsChange,
    change_basics,
    change_event,
    mark_of,
)
from eventapp.events.actions.changes import stored
from eventapp.events.errors import AddressTaken, OutOfOrder
from eventapp.events.states import EventState
from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.foundation.errors import Invalid, Stale

LATER = moment("2030-01-01T12:00")


def changed(event, kind, **wanted):
    return replace(kind(**stored(event, kind)), **wanted)


def apply(event, kind, **wanted):
    change_event(event, changed(event, kind, **wanted), seen=mark_of(event, kind), by="system")


def calendar(event):
    return event.revision, event.sequence, event.last_modified_at


def test_new_words_raise_the_revision_but_not_the_sequence(app):
    event = make_event()
    revision, sequence, _ = calendar(event)

    with clock.held(LATER):
        apply(event, BasicsChange, title_de="Anders")

    assert calendar(event) == (revision + 1, sequence, LATER)


def test_a_new_time_raises_the_sequence_as_well(app):
    event = make_event()
    revision, sequence, _ = calendar(event)

    with clock.held(LATER):
        apply(event, DatesChange, ends_at=event.ends_at.replace(minute=45))

    assert calendar(event) == (revision + 1, sequence + 1, LATER)


def test_saving_without_a_change_changes_nothing(app):
    event = make_event()
    before = calendar(event)

    apply(event, TextsChange)

    assert calendar(event) == before
    assert db.session.query(AuditEntry).count() == 0


def test_the_audit_trail_keeps_both_values(app):
    event = make_event(capacity=120)

    apply(event, BasicsChange, target_capacity=150)

    entry = db.session.query(AuditEntry).one()
    assert (entry.action, entry.before, entry.after) == (
        "event.changed",
        {"target_capacity": 120},
        {"target_capacity": 150},
    )


def test_t47_with_fewer_places_than_promised_the_event_shrinks_as_guests_cancel(app):
    event = make_event(capacity=3)
    guests = [make_registration(event) for _ in range(3)]

    apply(event, BasicsChange, target_capacity=1)

    assert (event.capacity, event.target_capacity, event.places_taken) == (3, 1, 3)
    assert [one.is_live for one in guests] == [True, True, True]


def test_an_event_that_was_to_shrink_can_grow_again(app):
    event = make_event(capacity=2)
    make_registration(event)
    make_registration(event)
    apply(event, BasicsChange, target_capacity=1)

    apply(event, BasicsChange, target_capacity=5)

    assert (event.capacity, event.shrinks_to) == (5, None)


def test_doors_do_not_open_after_the_beginning(app):
    event = make_event()

    with pytest.raises(OutOfOrder) as refusal:
        apply(event, DatesChange, doors_at=event.ends_at)

    assert refusal.value.field == "doors"


def test_the_address_of_a_draft_can_change(app):
    event = make_event(state=EventState.DRAFT)

    apply(event, BasicsChange, slug="wasser")

    assert event.slug == "wasser"


def test_the_address_of_a_published_event_stays(app):
    event = make_event()

    with pytest.raises(Invalid) as refusal:
        apply(event, BasicsChange, slug="wasser")

    assert refusal.value.field == "slug"


@pytest.mark.parametrize("slug", ["vergeben", "contacts"])
def test_an_address_that_is_in_use_is_refused(app, slug):
    make_event(slug="vergeben")

    with pytest.raises(AddressTaken):
        apply(make_event(state=EventState.DRAFT), BasicsChange, slug=slug)


def test_a_series_of_another_host_is_refused(app):
    foreign = make_series(make_event().host)

    with pytest.raises(Invalid):
        apply(make_event(), BasicsChange, series_id=foreign.id)


def test_a_series_can_be_founded_on_the_way(app):
    event = make_event()

    change_basics(
        event,
        changed(event, BasicsChange),
        new_series="Fachimpuls",
        seen=mark_of(event, BasicsChange),
        by="system",
    )

    assert event.series.name_de == "Fachimpuls"


def test_whoever_saves_second_overwrites_nothing(app):
    """T-53."""
    event = make_event(title_de="Alt")
    seen = mark_of(event, BasicsChange)
    mine = changed(event, BasicsChange, title_de="Meins")
    apply(event, BasicsChange, title_de="Deins")

    with pytest.raises(Stale) as refusal:
        change_event(event, mine, seen=seen, by="system")

    assert refusal.value.differences == {"title_de": ("Deins", "Meins")}
    assert event.title_de == "Deins"


def test_two_people_may_work_on_two_sections_at_once(app):
    """T-53."""
    event = make_event()
    seen = mark_of(event, TextsChange)
    mine = changed(event, TextsChange, intro_de="Meins")
    apply(event, BasicsChange, title_de="Deins")

    change_event(event, mine, seen=seen, by="system")

    assert (event.intro_de, event.title_de) == ("Meins", "Deins")


def test_registrations_in_between_do_not_disturb(app):
    event = make_event()
    seen = mark_of(event, BasicsChange)
    mine = changed(event, BasicsChange, title_de="Meins")
    make_registration(event)

    change_event(event, mine, seen=seen, by="system")

    assert event.title_de == "Meins"
