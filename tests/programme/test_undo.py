"""Taking back what was done to a session by mistake."""

import pytest
from factories import make_contribution, make_contributor, make_event, make_session, make_slot

from eventapp.accounts.models import AuditEntry
from eventapp.events.queries import rooms_of
from eventapp.foundation.database import db, transaction
from eventapp.foundation.errors import Overtaken
from eventapp.programme.actions import (
    cancel_session,
    delete_draft_session,
    pending_of,
    publish_programme,
    reinstate_session,
    restore_session,
)
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.queries import programme_of
from eventapp.programme.release_queries import public_programme
from eventapp.programme.states import ContributorState, SessionState


@pytest.fixture
def event(app):
    return make_event()


def last_step():
    return db.session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()


def test_a_session_cancelled_by_mistake_takes_place_and_nobody_outside_has_noticed(event):
    session = make_session(event)
    before = event.revision
    cancel_session(session, by="test")

    reinstate_session(session, last_step(), by="test")

    assert session.state is SessionState.PUBLISHED
    assert (session.sequence, event.revision) == (0, before)
    assert pending_of(event).is_empty


def test_what_was_released_as_cancelled_takes_place_for_everybody_with_the_next_release(event):
    session = make_session(event)
    cancel_session(session, by="test")
    step = last_step()
    publish_programme(event, by="test")

    reinstate_session(session, step, by="test")

    assert session.state is SessionState.CHANGED
    assert not public_programme(event)
    publish_programme(event, by="test")
    assert (session.state, session.sequence) == (SessionState.PUBLISHED, 2)
    assert len(public_programme(event).entries) == 1


def test_a_session_that_is_not_cancelled_any_more_is_left_alone(event):
    session = make_session(event)
    cancel_session(session, by="test")
    step = last_step()
    reinstate_session(session, step, by="test")

    with pytest.raises(Overtaken):
        reinstate_session(session, step, by="test")


def draft(event, **given):
    room = rooms_of(event)[0]
    session = make_session(
        event,
        **{
            "kind": SessionKind.TALK_ROUND,
            "state": SessionState.DRAFT,
            "key": "T4",
            "teaser_de": "Mit „Zitat“\nund zweiter Zeile",
            "room_id": room.id,
            "slot_id": make_slot(event).id,
            "capacity": 12,
        }
        | given,
    )
    make_contribution(session, make_contributor(event), Role.MODERATION)
    person = make_contributor(event)
    make_contribution(session, person, state=ContributorState.ASKED, position=1)
    return session


def content_of(session):
    columns = {column.key: getattr(session, column.key) for column in session.__table__.columns}
    columns["contributions"] = [
        (one.contributor_id, one.role, one.state, one.position) for one in session.contributions
    ]
    return {key: value for key, value in columns.items() if key not in {"id", "version"}}


def test_a_deleted_draft_comes_back_word_for_word_with_its_people(event):
    draft(event)
    session = programme_of(event).sessions[0]
    before = content_of(session)
    delete_draft_session(session, by="test")

    restored = restore_session(event, last_step(), by="test")

    db.session.refresh(restored)
    changed = {key for key, value in content_of(restored).items() if value != before[key]}
    assert changed - {"last_modified_at"} == set()


def test_a_draft_comes_back_only_once(event):
    delete_draft_session(draft(event), by="test")
    step = last_step()
    restore_session(event, step, by="test")

    with pytest.raises(Overtaken):
        restore_session(event, step, by="test")


def test_what_it_referred_to_may_be_gone_or_taken_by_now(event):
    session = draft(event)
    slot, person = session.slot, session.contributions[1].contributor
    delete_draft_session(session, by="test")
    step = last_step()
    with transaction():
        db.session.delete(slot)
        db.session.delete(person)
    make_session(event, key="T4")

    restored = restore_session(event, step, by="test")

    assert (restored.key, restored.slot_id) == ("T1", None)
    assert len(restored.contributions) == 1
