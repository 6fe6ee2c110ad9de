"""Giving up a place: until the start, by either page, and the place moves on."""

from datetime import timedelta

import pytest
from factories import make_event, make_invitation, make_registration
from registrations.support import mail_kinds, places

from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.invitations.states import InvitationState
from eventapp.registrations import queries
from eventapp.registrations.actions import (
    accept_invitation,
    cancel_registration,
    decline_invitation,
    offer_free_places,
    withdraw_invitation,
)
from eventapp.registrations.errors import AnswersClosed, EventHasBegun
from eventapp.registrations.states import RegistrationKind, RegistrationState

S = RegistrationState


def full_event(waiting: int):
    """An event with one place, whoever has it, and people who wait in this order."""
    event = make_event(capacity=1)
    holder = accept_invitation(make_invitation(event))
    line = [accept_invitation(make_invitation(event)) for _ in range(waiting)]
    return event, holder, line


def test_a_regret_without_a_registration_is_noted_and_thanked_for(app):
    invitation = make_invitation(make_event())

    decline_invitation(invitation)
    decline_invitation(invitation)

    assert invitation.state is InvitationState.DECLINED
    assert invitation.replied_at is not None
    assert mail_kinds() == [(invitation.contact.email, "regret")]


def test_a_regret_frees_the_place_for_whoever_waited_longest(app):
    event, holder, (first, second) = full_event(2)

    decline_invitation(holder.invitation)

    assert (holder.state, first.state, second.state) == (S.CANCELLED, S.OFFERED, S.WAITING)
    assert places(event) == (1, 1)
    assert mail_kinds()[-2:] == [(first.email, "offer"), (holder.email, "regret")]
    assert queries.rank_of(second) == 1


def test_cancelling_on_the_personal_page_declines_the_invitation(app):
    event, holder, _line = full_event(0)

    cancel_registration(holder)
    cancel_registration(holder)

    assert holder.state is S.CANCELLED
    assert holder.invitation.state is InvitationState.DECLINED
    assert places(event) == (0, 0)
    assert mail_kinds()[1:] == [(holder.email, "regret")]


def test_leaving_the_queue_moves_the_others_up_in_it(app):
    event, _holder, (first, second) = full_event(2)

    cancel_registration(first)

    assert queries.rank_of(second) == 1
    assert places(event) == (1, 1)


def test_a_regret_is_possible_after_the_deadline_until_the_start(app):
    event, holder, (waiting,) = full_event(1)
    with transaction():
        holder.invitation.reply_by_on = clock.today(event.zone) - timedelta(days=1)

    with clock.held(event.starts_at - timedelta(seconds=1)):
        decline_invitation(holder.invitation)

    assert waiting.state is S.OFFERED


def test_once_the_event_has_begun_nothing_changes(app):
    event, holder, (waiting,) = full_event(1)

    with clock.held(event.starts_at):
        with pytest.raises(EventHasBegun):
            cancel_registration(holder)
        with pytest.raises(AnswersClosed):
            decline_invitation(holder.invitation)

    assert (holder.state, waiting.state) == (S.CONFIRMED, S.WAITING)


def test_companions_leave_with_their_main_guest(app):
    event = make_event(capacity=3)
    holder = accept_invitation(make_invitation(event))
    companion = make_registration(
        event,
        kind=RegistrationKind.COMPANION,
        main_id=holder.id,
        invitation_id=holder.invitation_id,
    )
    db.session.refresh(holder)
    assert places(event) == (2, 2)

    cancel_registration(holder)

    assert companion.state is S.CANCELLED
    assert places(event) == (0, 0)


def test_a_party_moves_up_only_as_a_whole_and_holds_back_those_behind(app):
    event, holder, (pair, single) = full_event(2)
    companion = make_registration(
        event, kind=RegistrationKind.COMPANION, main_id=pair.id, state=S.WAITING
    )
    cancel_registration(holder)
    assert (pair.state, single.state) == (S.WAITING, S.WAITING)

    with transaction():
        event.capacity = 2
    offer_free_places(event, by="test")

    db.session.refresh(companion)
    assert (pair.state, companion.state, single.state) == (S.OFFERED, S.OFFERED, S.WAITING)
    assert places(event) == (2, 2)


def test_after_more_places_were_opened_staff_gives_them_out_in_order(app):
    event, _holder, (first, second, third) = full_event(3)
    with transaction():
        event.capacity = 3

    assert offer_free_places(event, by="test") == 2

    assert [one.state for one in (first, second, third)] == [S.OFFERED, S.OFFERED, S.WAITING]
    assert offer_free_places(event, by="test") == 0


def test_a_withdrawn_invitation_gives_its_place_back(app):
    event, holder, (waiting,) = full_event(1)

    withdraw_invitation(holder.invitation, by="test", reason="Doppelt")

    assert holder.invitation.state is InvitationState.WITHDRAWN
    assert (holder.state, waiting.state) == (S.CANCELLED, S.OFFERED)
    assert places(event) == (1, 1)
