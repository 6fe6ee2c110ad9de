"""Whom a notice reaches, and why not others."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventapp.invitations.states import InvitationState
from eventapp.notices.reach import (
    BETWEEN_QUESTIONS,
    Addressee,
    Asked,
    Mailbox,
    Reason,
    reach_of,
    reason_against_informing,
    reason_against_reminding,
    samples_of,
)
from eventapp.registrations.states import RegistrationState

TODAY = date(2027, 6, 1)
mailboxes = st.builds(
    Mailbox, is_one=st.booleans(), objects=st.booleans(), undeliverable=st.booleans()
)


NOW = datetime(2027, 6, 1, 9, 0, tzinfo=UTC)


def against(
    state=InvitationState.SENT, mailbox=None, *, is_registered=False, days_left=3, last_at=None
):
    return reason_against_reminding(
        state,
        mailbox or Mailbox(),
        is_registered=is_registered,
        asked=Asked(last_at=last_at, now=NOW, today=TODAY),
        deadline=TODAY + timedelta(days=days_left),
    )


def test_whoever_was_invited_and_is_silent_is_reminded():
    assert against() is None
    assert against(days_left=0) is None


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (InvitationState.ACCEPTED, Reason.ANSWERED),
        (InvitationState.DECLINED, Reason.ANSWERED),
        (InvitationState.SUBSTITUTED, Reason.ANSWERED),
        (InvitationState.WITHDRAWN, Reason.WITHDRAWN),
        (InvitationState.UNDELIVERABLE, Reason.UNDELIVERABLE),
        (InvitationState.PLANNED, Reason.NOT_INVITED_YET),
    ],
)
def test_whoever_is_not_silent_is_left_alone(state, reason):
    assert against(state) is reason


def test_whoever_registered_past_the_link_has_answered():
    assert against(is_registered=True) is Reason.ANSWERED


@pytest.mark.parametrize(
    ("mailbox", "reason"),
    [
        (Mailbox(objects=True), Reason.BLOCKED),
        (Mailbox(undeliverable=True), Reason.UNDELIVERABLE),
        (Mailbox(is_one=False), Reason.NO_ADDRESS),
    ],
)
def test_an_address_can_stand_against_it(mailbox, reason):
    assert against(mailbox=mailbox) is reason


@pytest.mark.parametrize(
    ("mailbox", "reason"),
    [
        (Mailbox(objects=True), None),
        (Mailbox(objects=True, undeliverable=True), Reason.UNDELIVERABLE),
        (Mailbox(undeliverable=True), Reason.UNDELIVERABLE),
        (Mailbox(is_one=False), Reason.NO_ADDRESS),
    ],
)
def test_who_wants_no_invitations_is_told_what_a_registration_needs(mailbox, reason):
    assert reason_against_informing(RegistrationState.CONFIRMED, mailbox) is reason


@given(st.none() | st.timedeltas(timedelta(), timedelta(days=30)))
def test_nobody_is_asked_again_within_three_days(since):
    reason = against(last_at=NOW - since if since is not None else None)

    assert (reason is Reason.ASKED_LATELY) == (since is not None and since < BETWEEN_QUESTIONS)


def test_the_deadline_of_the_own_invitation_counts():
    assert against(days_left=-1) is Reason.TOO_LATE


@given(st.sampled_from(InvitationState), mailboxes, st.booleans(), st.integers(-400, 400))
def test_only_silent_people_with_a_welcome_address_are_ever_reminded(
    state, mailbox, is_registered, days_left
):
    reason = against(state, mailbox, is_registered=is_registered, days_left=days_left)

    expected = (
        state is InvitationState.SENT
        and mailbox == Mailbox()
        and not is_registered
        and days_left >= 0
    )
    assert (reason is None) == expected


@given(st.sampled_from(RegistrationState), mailboxes)
def test_only_guests_with_a_place_are_informed(state, mailbox):
    reason = reason_against_informing(state, mailbox)

    arrives = mailbox.is_one and not mailbox.undeliverable
    assert (reason is None) == (state is RegistrationState.CONFIRMED and arrives)


people = st.builds(
    Addressee,
    id=st.integers(1, 10_000),
    name=st.just("A"),
    organisation=st.just(""),
    locale=st.sampled_from(["de", "en"]),
    reason=st.none() | st.sampled_from(Reason),
)


@given(st.lists(people, unique_by=lambda one: one.id))
def test_everybody_is_counted_once_and_samples_speak_all_languages(everybody):
    reach = reach_of(everybody)
    samples = samples_of(reach.chosen)

    assert len(reach.chosen) + sum(reach.counts.values()) == len(everybody)
    assert len(samples) == min(3, len(reach.chosen)) == len({one.id for one in samples})
    assert {one.locale for one in samples} == {one.locale for one in reach.chosen}
