"""Life cycles of invitations and waves."""

import pytest

from eventapp.invitations.errors import NoSuchStep
from eventapp.invitations.models import Invitation, Wave
from eventapp.invitations.replies import ReplyGroup, group_counts
from eventapp.invitations.states import (
    INVITATION_ARROWS,
    WAVE_ARROWS,
    InvitationState,
    WaveState,
)

I = InvitationState  # noqa: E741


def test_every_state_has_its_arrows():
    assert set(INVITATION_ARROWS) == set(InvitationState)
    assert set(WAVE_ARROWS) == set(WaveState)


def test_answers_change_freely():
    invitation = Invitation(state=I.SENT)

    for state in (I.ACCEPTED, I.DECLINED, I.SUBSTITUTED, I.ACCEPTED):
        invitation.move_to(state)

    assert invitation.state is I.ACCEPTED


@pytest.mark.parametrize("state", list(InvitationState))
def test_a_withdrawn_invitation_stays_withdrawn(state):
    with pytest.raises(NoSuchStep):
        Invitation(state=I.WITHDRAWN).move_to(state)


def test_a_sent_wave_stays_sent():
    with pytest.raises(NoSuchStep):
        Wave(state=WaveState.SENT).move_to(WaveState.DRAFT)


def test_counts_name_withdrawn_invitations_only_where_there_are_any():
    few = group_counts({I.SENT: 2, I.PLANNED: 1, I.ACCEPTED: 4})

    assert few == {
        ReplyGroup.ALL: 7,
        ReplyGroup.UNANSWERED: 3,
        ReplyGroup.ACCEPTED: 4,
        ReplyGroup.SUBSTITUTED: 0,
        ReplyGroup.DECLINED: 0,
        ReplyGroup.UNDELIVERABLE: 0,
    }
    assert group_counts({I.WITHDRAWN: 1})[ReplyGroup.WITHDRAWN] == 1
