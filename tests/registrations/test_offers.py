"""A freed place is offered: held until a deadline, accepted, declined, or passed to the next."""

from datetime import timedelta

import pytest
from factories import (
    make_account,
    make_contact,
    make_event,
    make_invitation,
    make_registration,
    moment,
)
from registrations.support import ludmila, mail_kinds, places

from eventapp.events.states import EventState, Promotion
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.invitations.states import InvitationState
from eventapp.registrations import queries, trail_queries
from eventapp.registrations.actions import (
    accept_invitation,
    accept_offer,
    cancel_registration,
    confirm_place,
    decline_offer,
    name_substitute,
    offer_free_places,
    offer_place,
    return_to_line,
    tend_waiting_lists,
)
from eventapp.registrations.deadlines import offer_deadline
from eventapp.registrations.errors import (
    AnswersClosed,
    NoSuchStep,
    NotEnoughPlaces,
    OfferIsOver,
    ReasonNeeded,
    TooManyCompanions,
)
from eventapp.registrations.requests import CompanionName
from eventapp.registrations.states import RegistrationKind, RegistrationState

S = RegistrationState
HOUR = timedelta(hours=1)


def a_line(waiting: int, **given):
    """An event with one place, whoever has it, and people who wait in this order."""
    event = make_event(capacity=1, **given)
    holder = accept_invitation(make_invitation(event))
    return event, holder, [accept_invitation(make_invitation(event)) for _ in range(waiting)]


def an_offer(waiting: int = 2, **given):
    """The place was given up, so that the first of the line has an offer."""
    event, holder, line = a_line(waiting, **given)
    cancel_registration(holder)
    return event, line


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-01T10:00", "2026-11-03T10:00"),
        ("2026-11-17T22:59", "2026-11-19T22:59"),  # D-3 in Berlin, one minute before midnight
        ("2026-11-17T23:00", "2026-11-18T03:00"),  # D-2 there
        ("2026-11-20T09:00", "2026-11-20T12:30"),  # never beyond the beginning
    ],
)
def test_an_offer_lasts_two_days_or_four_hours_or_until_the_beginning(now, until):
    starts = moment("2026-11-20T12:30")

    assert offer_deadline(moment(now), starts, "Europe/Berlin") == moment(until)


def test_a_freed_place_is_held_for_the_first_in_line_who_is_told_until_when(app):
    event, (first, second) = an_offer()

    assert (first.state, second.state) == (S.OFFERED, S.WAITING)
    assert first.offered_until is not None
    assert abs(first.offered_until - clock.now() - 48 * HOUR) < HOUR
    assert places(event) == (1, 1)
    assert mail_kinds().count((first.email, "offer")) == 1
    assert accept_invitation(make_invitation(event)).state is S.WAITING


def test_who_accepts_has_the_place_and_one_confirmation(app):
    event, (first, _second) = an_offer()

    accept_offer(first)
    accept_offer(first)

    assert (first.state, first.offer_expires_at) == (S.CONFIRMED, None)
    assert places(event) == (1, 1)
    assert mail_kinds().count((first.email, "confirmation")) == 1


def test_who_declines_is_thanked_and_the_next_gets_the_offer(app):
    event, (first, second) = an_offer()

    decline_offer(first)
    decline_offer(first)

    assert (first.state, second.state) == (S.CANCELLED, S.OFFERED)
    assert first.invitation.state is InvitationState.DECLINED
    assert places(event) == (1, 1)
    assert mail_kinds()[-2:] == [(second.email, "offer"), (first.email, "regret")]


def test_after_the_deadline_the_next_gets_the_offer_and_the_first_is_told_the_way_back(app):
    event, (first, second) = an_offer()

    with clock.held(first.offered_until):
        tend_waiting_lists()
        tend_waiting_lists()

    assert (first.state, second.state) == (S.EXPIRED, S.OFFERED)
    assert first.invitation.state is InvitationState.ACCEPTED
    assert places(event) == (1, 1)
    assert mail_kinds()[-2:] == [(first.email, "lapse"), (second.email, "offer")]


def test_a_minute_before_the_deadline_nothing_lapses(app):
    _event, (first, _second) = an_offer()

    with clock.held(first.offered_until - timedelta(minutes=1)):
        tend_waiting_lists()

    assert first.state is S.OFFERED


def test_too_late_is_too_late_even_before_the_sweep(app):
    _event, (first, _second) = an_offer()

    with clock.held(first.offered_until), pytest.raises(OfferIsOver):
        accept_offer(first)
    with clock.held(first.offered_until), pytest.raises(OfferIsOver):
        accept_invitation(first.invitation)

    assert first.state is S.OFFERED


@pytest.mark.parametrize("again", [return_to_line, lambda one: accept_invitation(one.invitation)])
def test_who_let_an_offer_lapse_joins_the_end_of_the_line(app, again):
    event, (first, second, third) = an_offer(3)
    with clock.held(first.offered_until):
        tend_waiting_lists()

    again(first)

    assert first.state is S.WAITING
    assert [one.id for one in queries.line(event)] == [third.id, first.id]
    assert second.state is S.OFFERED


def test_a_party_returns_as_a_whole_and_without_an_invitation(app):
    event = make_event(capacity=2)
    holders = [make_registration(event) for _ in range(2)]
    main = make_registration(event, state=S.WAITING)
    companion = make_registration(
        event, state=S.WAITING, kind=RegistrationKind.COMPANION, main_id=main.id, email=""
    )
    db.session.refresh(main)
    for one in holders:
        cancel_registration(one)
    db.session.refresh(companion)
    assert (main.state, companion.state, places(event)) == (S.OFFERED, S.OFFERED, (2, 2))

    with clock.held(main.offered_until):
        tend_waiting_lists()
        assert (main.state, companion.state, places(event)) == (S.EXPIRED, S.EXPIRED, (0, 0))
    return_to_line(main)

    assert (main.state, companion.state, places(event)) == (S.CONFIRMED, S.CONFIRMED, (2, 2))


@pytest.mark.parametrize(
    ("entered", "come"), [([], 1), (["Anna"], 1), (["Bruno"], 2), (["Anna", "Bruno"], 2)]
)
def test_who_comes_back_with_a_party_adds_those_whom_it_did_not_have(app, entered, come):
    event, main = a_lapsed_pair()

    accept_invitation(main.invitation, companions=[CompanionName(one, "Ohm") for one in entered])

    assert len(main.company) == come
    assert places(event)[0] == (1 + come if come < 2 else 0)
    assert main.state is (S.CONFIRMED if come < 2 else S.WAITING)


def test_a_party_that_returns_grows_no_larger_than_it_may(app):
    event, main = a_lapsed_pair()

    with pytest.raises(TooManyCompanions):
        accept_invitation(main.invitation, companions=[CompanionName("Bruno"), CompanionName()])

    assert (main.state, main.company, places(event)) == (S.EXPIRED, [], (0, 0))


def a_lapsed_pair():
    """A guest whose offer lapsed together with Anna Ohm's; the event has two places, both free."""
    event = make_event(capacity=2, companions_allowed=2)
    holders = [accept_invitation(make_invitation(event)) for _ in range(2)]
    main = accept_invitation(
        make_invitation(event, make_contact(event.host)),
        companions=[CompanionName("Anna", "Ohm")],
    )
    for one in holders:
        cancel_registration(one)
    with clock.held(main.offered_until):
        tend_waiting_lists()
    return event, main


def test_only_who_let_an_offer_lapse_joins_again_by_this_way(app):
    event = make_event()
    cancelled = make_registration(event, state=S.CANCELLED)

    with pytest.raises(NoSuchStep):
        return_to_line(cancelled)


def test_who_was_offered_nothing_can_neither_accept_nor_decline(app):
    _event, holder, (waiting,) = a_line(1)

    for step in (accept_offer, decline_offer):
        with pytest.raises(OfferIsOver):
            step(waiting)
    with pytest.raises(NoSuchStep):
        decline_offer(holder)


def test_at_the_beginning_offers_end_without_a_mail(app):
    event, (first, second) = an_offer()
    with transaction():
        first.offer_expires_at = event.starts_at + HOUR  # the event was moved forward
    sent = len(mail_kinds())

    with clock.held(event.starts_at):
        with pytest.raises(AnswersClosed):
            accept_offer(first)
        tend_waiting_lists()

    assert (first.state, second.state) == (S.EXPIRED, S.WAITING)
    assert len(mail_kinds()) == sent


def test_while_the_event_is_postponed_nobody_loses_the_place_in_line(app):
    event, (first, second) = an_offer()
    with transaction():
        event.state = EventState.POSTPONED

    tend_waiting_lists()
    assert (first.state, places(event)) == (S.WAITING, (0, 0))
    assert [one.id for one in queries.line(event)] == [first.id, second.id]

    with transaction():
        event.state = EventState.OPEN
    tend_waiting_lists()
    assert (first.state, second.state) == (S.OFFERED, S.WAITING)


def test_a_free_place_that_nobody_offered_is_found_by_the_sweep(app):
    event, _holder, (waiting,) = a_line(1)
    with transaction():
        event.capacity = 2

    tend_waiting_lists()

    assert waiting.state is S.OFFERED


def test_one_event_that_fails_does_not_keep_the_others_waiting(app, monkeypatch):
    from eventapp.registrations.actions import sweep

    _event, (first, _) = an_offer()
    _other, (other, _) = an_offer()
    kept = sweep.let_lapse

    def fails_once(registration):
        if registration.id == first.id:
            raise RuntimeError("the disk is full")
        kept(registration)

    monkeypatch.setattr(sweep, "let_lapse", fails_once)
    with clock.held(other.offered_until + HOUR):
        tend_waiting_lists()

    db.session.refresh(first)
    assert (first.state, other.state) == (S.OFFERED, S.EXPIRED)


def test_where_organisers_decide_nothing_is_offered_by_itself(app):
    event, (first, second) = an_offer(promotion=Promotion.MANUAL)
    tend_waiting_lists()
    assert (first.state, places(event)) == (S.WAITING, (0, 0))

    offer_free_places(event, by=make_account(event.host), reason="Absage per Telefon")

    assert (first.state, second.state) == (S.OFFERED, S.WAITING)


def test_staff_offers_out_of_turn_with_a_reason(app):
    event, (first, second) = an_offer(promotion=Promotion.MANUAL)

    with pytest.raises(ReasonNeeded):
        offer_place(second, by="test", reason=" ")
    offer_place(second, by="test", reason="Spricht zur Eröffnung")

    assert (first.state, second.state) == (S.WAITING, S.OFFERED)
    with pytest.raises(NotEnoughPlaces, match="One place is needed, 0 are free"):
        offer_place(first, by="test", reason="auch")
    assert places(event) == (1, 1)
    newest = trail_queries.changes_of("registration", second.id)[0]
    assert (newest.action, newest.reason) == ("registration.offered", "Spricht zur Eröffnung")


def test_staff_confirms_at_once_who_waits_or_has_an_offer(app):
    event, (first, second) = an_offer()
    with transaction():
        event.capacity = 2

    confirm_place(first, by="test", reason="hat angerufen")
    confirm_place(second, by="test", reason="hat angerufen")

    assert (first.state, second.state, places(event)) == (S.CONFIRMED, S.CONFIRMED, (2, 2))
    assert [kind for email, kind in mail_kinds() if email == second.email][-1] == "confirmation"
    with pytest.raises(NoSuchStep):
        confirm_place(first, by="test", reason="noch einmal")


def test_a_substitute_inherits_the_offer_with_its_deadline_and_accepts_it(app):
    event, (first, _second) = an_offer()
    until = first.offered_until
    follow_up = name_substitute(first.invitation, ludmila())
    heir = queries.registration_of(follow_up)
    assert (first.state, heir.state, heir.offered_until) == (S.REPLACED, S.OFFERED, until)

    accept_invitation(follow_up)

    assert (heir.state, places(event)) == (S.CONFIRMED, (1, 1))
    assert follow_up.state is InvitationState.ACCEPTED
    assert mail_kinds()[-1] == (heir.email, "confirmation")


def test_who_takes_an_offered_place_back_from_the_substitute_has_it(app):
    event, (first, _second) = an_offer()
    name_substitute(first.invitation, ludmila())

    accept_invitation(first.invitation)

    assert (first.state, places(event)) == (S.CONFIRMED, (1, 1))
