"""What people answer when they are asked to contribute."""

import pytest
from factories import make_contribution, make_contributor, make_event, make_session
from sqlalchemy import select

from eventapp.accounts.audit import GUEST, SYSTEM
from eventapp.accounts.models import AuditEntry
from eventapp.foundation.database import db
from eventapp.programme.casting.actions import agree, confirm, decline, note_asked
from eventapp.programme.casting.errors import ReasonMissing
from eventapp.programme.errors import NotNow
from eventapp.programme.models import Contribution
from eventapp.programme.states import ContributorState as C
from eventapp.programme.states import SessionState


def part(state: C) -> Contribution:
    event = make_event()
    return make_contribution(make_session(event), make_contributor(event), state=state)


def test_from_pencilled_in_to_confirmed(app):
    one = part(C.PENCILLED)

    note_asked(one, by=SYSTEM)
    assert (one.state, one.asked_at is not None, one.answered_at) == (C.ASKED, True, None)
    agree(one, by=GUEST)
    assert (one.state, one.answered_at is not None) == (C.AGREED, True)
    confirm(one, by=SYSTEM)
    agree(one, by=GUEST)

    assert one.state is C.CONFIRMED


def test_a_refusal_keeps_its_reason(app):
    one = part(C.ASKED)

    decline(one, "  Termin im Ausland ", by=GUEST)

    assert (one.state, one.reason) == (C.DECLINED, "Termin im Ausland")


def test_a_refusal_needs_a_reason(app):
    one = part(C.ASKED)

    with pytest.raises(ReasonMissing):
        decline(one, " \n ", by=SYSTEM)

    assert one.state is C.ASKED


@pytest.mark.parametrize("state", [C.AGREED, C.CONFIRMED])
def test_who_takes_back_a_promise_drops_out_and_the_session_changes(app, state):
    one = part(state)

    decline(one, "krank", by=GUEST)

    assert (one.state, one.reason) == (C.DROPPED_OUT, "krank")
    assert one.session.state is SessionState.CHANGED


@pytest.mark.parametrize("state", [C.PENCILLED, C.DROPPED_OUT])
def test_nobody_declines_what_they_were_not_asked(app, state):
    with pytest.raises(NotNow):
        decline(part(state), "keine Zeit", by=GUEST)


def test_who_has_declined_is_asked_again_before_agreeing(app):
    one = part(C.ASKED)
    decline(one, "keine Zeit", by=GUEST)

    with pytest.raises(NotNow):
        agree(one, by=GUEST)
    note_asked(one, by=SYSTEM)
    agree(one, by=GUEST)

    assert (one.state, one.reason) == (C.AGREED, "")


def test_the_history_tells_who_declined_and_why(app):
    one = part(C.ASKED)

    decline(one, "keine Zeit", by=GUEST)

    entry = db.session.scalar(select(AuditEntry).order_by(AuditEntry.id.desc()))
    assert (entry.action, entry.actor) == ("contribution.changed", GUEST)
    assert entry.after == {"state": "declined", "reason": "keine Zeit"}
