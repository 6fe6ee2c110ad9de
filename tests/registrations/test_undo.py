"""Taking back what staff did for a guest by mistake."""

from datetime import timedelta

import pytest
from factories import make_account, make_event, make_invitation, make_registration
from registrations.support import ludmila, mail_kinds, places

from eventapp.consents.states import ConsentKind
from eventapp.foundation import clock
from eventapp.foundation.errors import Overtaken
from eventapp.invitations.actions import clear_undeliverable, mark_undeliverable
from eventapp.invitations.states import InvitationState
from eventapp.registrations import queries, trail_queries
from eventapp.registrations.actions import (
    accept_invitation,
    add_companion_by_hand,
    agree,
    cancel_registration,
    confirm_place,
    decline_invitation,
    name_substitute,
    reinstate_invitation,
    resend_confirmation,
    restore_registration,
    take_reply_back,
    withdraw_invitation,
)
from eventapp.registrations.errors import AlreadyRegistered, EventHasBegun, NotEnoughPlaces
from eventapp.registrations.requests import CompanionName, Mailing
from eventapp.registrations.states import RegistrationKind, RegistrationState

I, S = InvitationState, RegistrationState  # noqa: E741 - as in the code


@pytest.fixture
def staff(app):
    return make_account()


def last_step(row):
    """What the trail says last about a registration or an invitation."""
    return trail_queries.changes_of(row.__tablename__, row.id)[0]


def cancelled(registration, staff):
    cancel_registration(registration, by=staff)
    return last_step(registration)


def test_a_guest_cancelled_by_mistake_has_the_place_again_and_is_told(app, staff):
    event = make_event(capacity=1)
    guest = accept_invitation(make_invitation(event))
    step = cancelled(guest, staff)

    restore_registration(guest, step, by=staff)

    assert (guest.state, guest.cancelled_at) == (S.CONFIRMED, None)
    assert guest.invitation.state is I.ACCEPTED
    assert places(event) == (1, 1)
    assert mail_kinds()[-2:] == [(guest.email, "regret"), (guest.email, "confirmation")]
    assert last_step(guest).action == "registration.restored"


def test_who_was_not_told_of_the_cancellation_is_not_told_that_it_is_undone(app, staff):
    event = make_event(capacity=1)
    guest = accept_invitation(make_invitation(event))
    before = mail_kinds()
    cancel_registration(guest, by=staff, mailing=Mailing.NONE)

    restore_registration(guest, last_step(guest), by=staff)

    assert guest.state is S.CONFIRMED
    assert mail_kinds() == before


@pytest.mark.parametrize("by_registration", ["registration", "invitation"])
def test_a_no_without_a_mail_is_taken_back_without_a_mail(app, staff, by_registration):
    guest = accept_invitation(make_invitation(make_event()))
    before = mail_kinds()
    decline_invitation(guest.invitation, by=staff, mailing=Mailing.NONE)

    if by_registration == "registration":
        restore_registration(guest, last_step(guest), by=staff)
    else:
        take_reply_back(guest.invitation, last_step(guest.invitation), by=staff)

    assert guest.state is S.CONFIRMED
    assert mail_kinds() == before


def test_the_regret_that_went_with_a_silent_cancellation_is_taken_back_as_silently(app, staff):
    guest = accept_invitation(make_invitation(make_event()))
    before = mail_kinds()
    cancel_registration(guest, by=staff, mailing=Mailing.NONE)

    take_reply_back(guest.invitation, last_step(guest.invitation), by=staff)

    assert guest.state is S.CONFIRMED
    assert mail_kinds() == before


@pytest.mark.parametrize(
    ("mailing", "words"),
    [(Mailing.SENT, "erfährt es per Mail"), (Mailing.NONE, "erhält keine Mail")],
)
def test_the_page_says_beforehand_whether_a_mail_goes_out(client, organiser, mailing, words):
    guest = accept_invitation(make_invitation(make_event(organiser.memberships[0].host)))
    cancel_registration(guest, by=organiser, mailing=mailing)

    page = client.get(f"/organise/{guest.event.slug}/undo/{last_step(guest).id}").text

    assert words in page


def test_companions_come_back_with_their_guest_those_who_left_before_do_not(app, staff):
    event = make_event()
    guest = make_registration(event)
    with_guest = make_registration(event, kind=RegistrationKind.COMPANION, main_id=guest.id)
    gone = make_registration(
        event,
        kind=RegistrationKind.COMPANION,
        main_id=guest.id,
        state=S.CANCELLED,
        cancelled_at=clock.now() - timedelta(days=1),
    )
    step = cancelled(guest, staff)

    restore_registration(guest, step, by=staff)

    assert [one.state for one in (guest, with_guest, gone)] == [
        S.CONFIRMED,
        S.CONFIRMED,
        S.CANCELLED,
    ]
    assert places(event) == (2, 2)


def test_nobody_gets_a_place_back_that_somebody_else_was_offered(app, staff):
    event = make_event(capacity=1)
    guest = accept_invitation(make_invitation(event))
    waiting = accept_invitation(make_invitation(event))
    step = cancelled(guest, staff)

    with pytest.raises(NotEnoughPlaces):
        restore_registration(guest, step, by=staff)

    assert (guest.state, waiting.state) == (S.CANCELLED, S.OFFERED)
    assert guest.invitation.state is I.DECLINED
    assert places(event) == (1, 1)


def test_who_waited_has_the_old_place_in_line(app, staff):
    event = make_event(capacity=1)
    for _ in range(2):
        accept_invitation(make_invitation(event))
    first, second = [accept_invitation(make_invitation(event)) for _ in range(2)]
    assert queries.rank_of(first) == 2
    step = cancelled(first, staff)
    assert queries.rank_of(second) == 2

    restore_registration(first, step, by=staff)

    assert first.state is S.WAITING
    assert (queries.rank_of(first), queries.rank_of(second)) == (2, 3)
    assert mail_kinds()[-1] == (first.email, "waiting")


def test_who_had_an_offer_is_offered_the_next_free_place_anew(app, staff):
    event = make_event(capacity=1)
    holder = accept_invitation(make_invitation(event))
    waiting = accept_invitation(make_invitation(event))
    cancel_registration(holder)
    assert waiting.state is S.OFFERED
    step = cancelled(waiting, staff)

    restore_registration(waiting, step, by=staff)

    assert waiting.state is S.OFFERED
    assert places(event) == (1, 1)


def test_a_guest_who_registered_anew_is_not_there_twice(app, staff):
    event = make_event()
    guest = make_registration(event)
    step = cancelled(guest, staff)
    again = make_registration(
        event, first_name=guest.first_name, last_name=guest.last_name, email=guest.email
    )

    with pytest.raises(AlreadyRegistered):
        restore_registration(guest, step, by=staff)

    assert (guest.state, again.state) == (S.CANCELLED, S.CONFIRMED)


def test_nothing_is_undone_once_the_event_has_begun(app, staff):
    guest = make_registration(make_event())
    step = cancelled(guest, staff)

    with clock.held(guest.event.starts_at), pytest.raises(EventHasBegun):
        restore_registration(guest, step, by=staff)


def test_doing_it_twice_is_refused(app, staff):
    guest = make_registration(make_event())
    step = cancelled(guest, staff)
    restore_registration(guest, step, by=staff)

    with pytest.raises(Overtaken):
        restore_registration(guest, step, by=staff)

    assert places(guest.event) == (1, 1)


def test_a_yes_that_was_noted_for_the_wrong_person_is_taken_back(app, staff):
    event = make_event(capacity=1)
    invitation = make_invitation(event)
    guest = accept_invitation(invitation, by=staff)
    step = last_step(invitation)

    take_reply_back(invitation, step, by=staff)

    assert (invitation.state, invitation.replied_at) == (I.SENT, None)
    assert guest.state is S.CANCELLED
    assert places(event) == (0, 0)
    assert mail_kinds()[-1] == (guest.email, "correction")


def test_the_place_of_a_yes_taken_back_goes_to_who_waits(app, staff):
    event = make_event(capacity=1)
    invitation = make_invitation(event)
    accept_invitation(invitation, by=staff)
    step = last_step(invitation)
    waiting = accept_invitation(make_invitation(event))

    take_reply_back(invitation, step, by=staff)

    assert waiting.state is S.OFFERED
    assert places(event) == (1, 1)


def test_a_no_that_was_noted_by_mistake_brings_the_place_back(app, staff):
    event = make_event(capacity=1)
    invitation = make_invitation(event)
    guest = accept_invitation(invitation)
    decline_invitation(invitation, by=staff)
    step = last_step(invitation)

    take_reply_back(invitation, step, by=staff)

    assert (invitation.state, guest.state) == (I.ACCEPTED, S.CONFIRMED)
    assert places(event) == (1, 1)
    assert mail_kinds()[-1] == (guest.email, "confirmation")


def test_a_no_without_a_registration_leaves_the_invitation_open(app, staff):
    invitation = make_invitation(make_event())
    decline_invitation(invitation, by=staff)

    take_reply_back(invitation, last_step(invitation), by=staff)

    assert (invitation.state, invitation.replied_at) == (I.SENT, None)
    assert [kind for _, kind in mail_kinds()] == ["regret", "correction"]


def test_what_the_guest_has_said_since_then_stands(app, staff):
    invitation = make_invitation(make_event())
    decline_invitation(invitation, by=staff)
    step = last_step(invitation)
    accept_invitation(invitation)

    with pytest.raises(Overtaken):
        take_reply_back(invitation, step, by=staff)

    assert invitation.state is I.ACCEPTED


def test_a_substitute_keeps_the_inherited_place_when_the_noted_yes_is_taken_back(app, staff):
    event = make_event()
    invitation = make_invitation(event)
    accept_invitation(invitation)
    follow_up = name_substitute(invitation, ludmila())
    heir = accept_invitation(follow_up, by=staff)

    take_reply_back(follow_up, last_step(follow_up), by=staff)

    assert (follow_up.state, heir.state) == (I.SENT, S.CONFIRMED)
    assert places(event) == (1, 1)


def test_a_place_that_came_back_from_a_substitute_is_settled(app, staff):
    event = make_event()
    invitation = make_invitation(event)
    accept_invitation(invitation)
    name_substitute(invitation, ludmila())
    accept_invitation(invitation, by=staff)

    with pytest.raises(Overtaken):
        take_reply_back(invitation, last_step(invitation), by=staff)

    assert places(event) == (1, 1)


def test_a_withdrawn_invitation_opens_again_with_the_place_and_without_a_mail(app, staff):
    event = make_event()
    invitation = make_invitation(event)
    guest = accept_invitation(invitation)
    withdraw_invitation(invitation, by=staff)
    step, mails = last_step(invitation), mail_kinds()

    reinstate_invitation(invitation, step, by=staff)

    assert (invitation.state, guest.state) == (I.ACCEPTED, S.CONFIRMED)
    assert places(event) == (1, 1)
    assert mail_kinds() == mails


def test_a_withdrawn_invitation_without_a_reply_waits_for_one_again(app, staff):
    invitation = make_invitation(make_event())
    withdraw_invitation(invitation, by=staff)

    reinstate_invitation(invitation, last_step(invitation), by=staff)

    assert invitation.state is I.SENT


def test_the_place_alone_does_not_come_back_while_the_invitation_is_withdrawn(app, staff):
    event = make_event()
    guest = accept_invitation(make_invitation(event))
    withdraw_invitation(guest.invitation, by=staff)

    with pytest.raises(Overtaken):
        restore_registration(guest, last_step(guest), by=staff)

    assert (guest.state, places(event)) == (S.CANCELLED, (0, 0))


def test_mail_that_had_arrived_after_all_counts_as_delivered(app, staff):
    invitation = make_invitation(make_event())
    mark_undeliverable(invitation, by=staff)

    clear_undeliverable(invitation, last_step(invitation), by=staff)

    assert (invitation.state, invitation.contact.undeliverable_at) == (I.SENT, None)


def test_a_reply_is_better_known_than_a_mark(app, staff):
    invitation = make_invitation(make_event())
    mark_undeliverable(invitation, by=staff)
    step = last_step(invitation)
    accept_invitation(invitation)

    with pytest.raises(Overtaken):
        clear_undeliverable(invitation, step, by=staff)


def test_a_noted_yes_stands_once_staff_has_given_the_guest_a_place(app, staff):
    """As on the phone: a yes with a companion came on the waiting list, then got new places."""
    event = make_event(capacity=1, companions_allowed=1)
    accept_invitation(make_invitation(event))
    invitation = make_invitation(event)
    guest = accept_invitation(invitation, companions=[CompanionName()], by=staff)
    step = last_step(invitation)
    confirm_place(guest, by=staff, reason="Redet zur Eröffnung", raise_by=2)
    told = mail_kinds()

    with pytest.raises(Overtaken):
        take_reply_back(invitation, step, by=staff)

    assert (invitation.state, guest.state) == (I.ACCEPTED, S.CONFIRMED)
    assert (places(event), mail_kinds()) == ((3, 3), told)


def with_more_company(guest, staff):
    add_companion_by_hand(guest, CompanionName(), seen=frozenset(), by=staff, reason="Tel.")


def with_a_consent(guest, _staff):
    agree(guest, ConsentKind.PHOTO, locale="de")


@pytest.mark.parametrize("build_on", [with_more_company, with_a_consent])
def test_a_noted_yes_stands_once_something_was_built_on_it(app, staff, build_on):
    event = make_event(companions_allowed=1)
    invitation = make_invitation(event)
    guest = accept_invitation(invitation, by=staff)
    step = last_step(invitation)
    build_on(guest, staff)

    with pytest.raises(Overtaken):
        take_reply_back(invitation, step, by=staff)

    assert (invitation.state, guest.state) == (I.ACCEPTED, S.CONFIRMED)


def test_a_mail_that_was_sent_again_does_not_keep_a_noted_yes(app, staff):
    event = make_event()
    invitation = make_invitation(event)
    guest = accept_invitation(invitation, by=staff)
    step = last_step(invitation)
    resend_confirmation(guest, by=staff)
    assert last_step(guest).action == "registration.mail_sent"

    take_reply_back(invitation, step, by=staff)

    assert (invitation.state, guest.state, places(event)) == (I.SENT, S.CANCELLED, (0, 0))


def test_who_cancelled_and_then_named_a_substitute_does_not_get_the_place_back_as_well(app, staff):
    event = make_event()
    guest = accept_invitation(make_invitation(event))
    step = cancelled(guest, staff)
    name_substitute(guest.invitation, ludmila())

    with pytest.raises(Overtaken):
        restore_registration(guest, step, by=staff)

    assert (guest.state, guest.invitation.state) == (S.CANCELLED, I.SUBSTITUTED)
