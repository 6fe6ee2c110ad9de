"""Companions follow their guest through everything, and never take a place that is not there."""

from datetime import timedelta

import pytest
from factories import make_event, make_invitation, make_registration
from registrations.support import all_registrations, latest_mail, ludmila, mail_kinds, places
from sqlalchemy import select

from eventapp.accounts.models import AuditEntry
from eventapp.cli.rounds import forget_what_is_over
from eventapp.desk.undo import OFFERED_FOR
from eventapp.events.states import EventState
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.i18n import use_locale
from eventapp.foundation.outbox import OutboxMail
from eventapp.invitations.errors import UnknownLink
from eventapp.registrations import queries
from eventapp.registrations.actions import (
    accept_invitation,
    accept_offer,
    add_companion,
    add_companion_by_hand,
    cancel_registration,
    confirm_place,
    decline_invitation,
    forget_companions,
    name_companion,
    name_substitute,
    remove_companion,
    return_to_line,
    tend_waiting_lists,
    withdraw_invitation,
)
from eventapp.registrations.deadlines import NAME_TIME
from eventapp.registrations.errors import (
    EventHasBegun,
    NoRoomForCompanion,
    NoSuchStep,
    NotEnoughPlaces,
    PartyDoesNotFit,
    PartyHasChanged,
    ReasonNeeded,
    TooManyCompanions,
)
from eventapp.registrations.front_door.actions import approve_registration, reject_registration
from eventapp.registrations.permissions import registration_for_guest
from eventapp.registrations.requests import CompanionName
from eventapp.registrations.states import RegistrationKind, RegistrationState

S = RegistrationState
ANNA, NOBODY_YET = CompanionName("Anna", "Öhmichen"), CompanionName()
NONE_SEEN: frozenset[int] = frozenset()


def event_for(places: int = 5, allowed: int = 1, **given):
    return make_event(capacity=places, companions_allowed=allowed, **given)


def accept(event, *companions, **given):
    return accept_invitation(make_invitation(event, **given), companions=companions)


def states(registration) -> list[RegistrationState]:
    """The guest's and that of everybody who ever came along, as the database has them."""
    db.session.expire_all()
    return [registration.state, *(one.state for one in registration.companions)]


def seen(registration) -> frozenset[int]:
    return frozenset(one.id for one in registration.company)


def words_of(kind: str) -> str:
    """The latest mail of a kind, on one line."""
    mails = db.session.scalars(
        select(OutboxMail)
        .where(OutboxMail.kind == f"registrations/mail/{kind}.txt")
        .order_by(OutboxMail.id.desc())
    )
    return " ".join(mails.first().text.split())


# Saying yes


def test_who_says_yes_for_two_gets_two_places(app):
    event = event_for(places=2)

    guest = accept(event, ANNA)

    assert states(guest) == [S.CONFIRMED, S.CONFIRMED]
    assert places(event) == (2, 2)
    [companion] = guest.company
    assert (companion.full_name, companion.kind) == ("Anna Öhmichen", RegistrationKind.COMPANION)
    assert len({one.number for one in all_registrations()}) == 2


def test_where_not_all_fit_all_wait_together_and_move_up_together(app):
    event = event_for(places=2)
    first = accept(event)
    pair = accept(event, ANNA)
    behind = accept(event)
    assert states(pair) == [S.WAITING, S.WAITING]

    with transaction():
        event.capacity = 3  # one is free beside the first guest's, and one more
    cancel_registration(first)
    db.session.refresh(event)

    assert states(pair) == [S.OFFERED, S.OFFERED]
    assert states(behind) == [S.OFFERED]
    assert places(event) == (3, 3)
    accept_offer(pair)
    assert states(pair) == [S.CONFIRMED, S.CONFIRMED]


def test_without_a_waiting_list_the_guest_reads_how_many_places_are_free(app):
    event = event_for(places=1, waiting_list=False)

    with pytest.raises(PartyDoesNotFit):
        accept(event, ANNA)

    assert places(event) == (0, 0)


def test_the_event_allows_everybody_so_many_and_an_invitation_may_allow_more(app):
    event = event_for(allowed=0)
    with pytest.raises(TooManyCompanions):
        accept(event, ANNA)

    assert len(accept(event, ANNA, companions_allowed=1).company) == 1
    with pytest.raises(TooManyCompanions):
        accept(event, ANNA, NOBODY_YET, companions_allowed=1)


def test_t44_t45_saying_yes_for_two_twice_makes_one_party_and_one_mail(app):
    """T-44, T-45."""
    event = event_for()
    invitation = make_invitation(event)

    for _ in range(2):
        accept_invitation(invitation, companions=[ANNA])

    assert len(all_registrations()) == 2
    assert len(mail_kinds()) == 1


# Adding


@pytest.mark.parametrize("name", [ANNA, NOBODY_YET])
def test_a_guest_with_a_place_adds_somebody_who_gets_one_at_once(app, name):
    event = event_for(places=2)
    guest = accept(event)

    add_companion(guest, name, seen=NONE_SEEN)

    assert states(guest) == [S.CONFIRMED, S.CONFIRMED]
    assert places(event) == (2, 2)


def test_without_a_free_place_nobody_is_added_and_the_guest_keeps_theirs(app):
    event = event_for(places=1)
    guest = accept(event)

    with pytest.raises(NoRoomForCompanion):
        add_companion(guest, ANNA, seen=NONE_SEEN)

    assert states(guest) == [S.CONFIRMED]
    assert places(event) == (1, 1)


def test_a_companion_does_not_overtake_those_who_wait(app):
    event = event_for(places=3)
    guest, _other = accept(event), accept(event)
    pair = accept(event, ANNA)
    assert event.places_free == 1  # held back for the pair

    with pytest.raises(NoRoomForCompanion):
        add_companion(guest, ANNA, seen=NONE_SEEN)

    assert states(pair) == [S.WAITING, S.WAITING]


def test_after_the_deadline_a_free_place_is_given_while_nobody_waits_at_all(app):
    event = event_for(places=4, reply_by_on=clock.today("Europe/Berlin") - timedelta(days=1))
    guest = make_registration(event)

    add_companion(guest, ANNA, seen=NONE_SEEN)
    late = accept(event)
    assert late.state is S.WAITING

    other = make_registration(event)
    with pytest.raises(NoRoomForCompanion):
        add_companion(other, ANNA, seen=NONE_SEEN)


def test_while_registration_is_closed_nobody_is_added(app):
    event = event_for()
    guest = accept(event)
    with transaction():
        event.state = EventState.CLOSED

    with pytest.raises(NoRoomForCompanion):
        add_companion(guest, ANNA, seen=NONE_SEEN)


def test_who_waits_adds_somebody_and_keeps_the_place_in_line(app):
    event = event_for(places=0)
    guest, behind = accept(event), accept(event)

    add_companion(guest, ANNA, seen=NONE_SEEN)

    assert states(guest) == [S.WAITING, S.WAITING]
    assert [one.party for one in queries.line(event)] == [2, 1]
    assert queries.rank_of(behind) == 2
    assert guest.company[0].waiting_since == guest.waiting_since


def test_who_has_an_offer_gets_a_second_place_held_until_the_same_moment(app):
    event = event_for(places=1)
    holder, waiting = accept(event), accept(event)
    cancel_registration(holder)
    db.session.refresh(waiting)
    with pytest.raises(NoRoomForCompanion):
        add_companion(waiting, ANNA, seen=NONE_SEEN)

    with transaction():
        event.capacity = 2
    add_companion(waiting, ANNA, seen=NONE_SEEN)

    assert states(waiting) == [S.OFFERED, S.OFFERED]
    assert waiting.company[0].offer_expires_at == waiting.offer_expires_at
    assert places(event) == (2, 2)


def test_nobody_brings_more_than_allowed(app):
    guest = accept(event_for(allowed=1), ANNA)

    with pytest.raises(TooManyCompanions):
        add_companion(guest, NOBODY_YET, seen=seen(guest))


def test_t44_the_same_form_sent_twice_adds_one_person(app):
    """T-44."""
    guest = accept(event_for(allowed=2))

    for _ in range(2):
        add_companion(guest, NOBODY_YET, seen=NONE_SEEN)
    assert len(guest.company) == 1

    with pytest.raises(PartyHasChanged):  # an old page, and somebody else
        add_companion(guest, ANNA, seen=NONE_SEEN)
    add_companion(guest, NOBODY_YET, seen=seen(guest))
    assert len(guest.company) == 2


def test_once_the_event_has_begun_nothing_changes(app):
    event = event_for()
    guest = accept(event, ANNA)
    [companion] = guest.company

    with clock.held(event.starts_at):
        with pytest.raises(NoSuchStep):
            add_companion(guest, NOBODY_YET, seen=seen(guest))
        with pytest.raises(NoSuchStep):
            name_companion(companion, NOBODY_YET, seen=ANNA)
        with pytest.raises(EventHasBegun):
            remove_companion(companion)


# Naming and taking off


def test_somebody_who_was_only_counted_gets_a_name(app):
    guest = accept(event_for(), NOBODY_YET)
    [companion] = guest.company
    with use_locale("de"):
        assert companion.full_name == f"Begleitung von {guest.name}"
    assert companion.sort_name == guest.sort_name

    name_companion(companion, ANNA, seen=NOBODY_YET)

    assert companion.full_name == "Anna Öhmichen"
    assert companion.sort_name.startswith("ohmichen")
    with pytest.raises(PartyHasChanged):
        name_companion(companion, CompanionName("Berta", "Ohm"), seen=NOBODY_YET)


def test_the_names_of_companions_do_not_stand_in_the_trail(app):
    guest = accept(event_for(), NOBODY_YET)
    name_companion(guest.company[0], ANNA, seen=NOBODY_YET)
    remove_companion(guest.company[0])

    for entry in db.session.query(AuditEntry):
        assert "Öhmichen" not in f"{entry.before} {entry.after} {entry.reason}"


def test_who_is_taken_off_leaves_the_place_to_the_longest_wait(app):
    event = event_for(places=2)
    guest = accept(event, ANNA)
    waiting = accept(event)

    for _ in range(2):  # twice is once
        remove_companion(guest.companions[0])

    assert states(guest) == [S.CONFIRMED, S.CANCELLED]
    assert states(waiting) == [S.OFFERED]
    assert places(event) == (2, 2)


def test_a_party_that_gets_smaller_may_fit_at_once(app):
    event = event_for(places=3)
    accept(event), accept(event)
    pair = accept(event, ANNA)
    assert pair.state is S.WAITING

    remove_companion(pair.company[0])

    assert states(pair) == [S.OFFERED, S.CANCELLED]


# Following


def test_companions_leave_with_their_guest_and_do_not_come_back_by_themselves(app):
    event = event_for()
    guest = accept(event, ANNA)

    cancel_registration(guest)
    assert states(guest) == [S.CANCELLED, S.CANCELLED]
    assert places(event) == (0, 0)

    accept_invitation(guest.invitation)
    assert states(guest) == [S.CONFIRMED, S.CANCELLED]
    assert places(event) == (1, 1)


@pytest.mark.parametrize("leave", [decline_invitation, withdraw_invitation])
def test_a_regret_or_a_withdrawal_takes_the_companion_along(app, leave):
    event = event_for()
    guest = accept(event, ANNA)

    leave(guest.invitation, by="test")

    assert states(guest) == [S.CANCELLED, S.CANCELLED]
    assert places(event) == (0, 0)


def test_a_lapsed_offer_lapses_for_both_and_both_return_to_the_line(app):
    event = event_for(places=2)
    holders = [accept(event), accept(event)]
    pair = accept(event, ANNA)
    for holder in holders:
        cancel_registration(holder)
    assert states(pair) == [S.OFFERED, S.OFFERED]

    with clock.held(clock.now() + timedelta(hours=49)):
        tend_waiting_lists()
        assert states(pair) == [S.EXPIRED, S.EXPIRED]
        assert "2 Plätze" in words_of("lapse")
        return_to_line(pair)

    assert states(pair) == [S.CONFIRMED, S.CONFIRMED]


def test_staff_gives_the_whole_party_its_places(app):
    event = event_for(places=1)
    accept(event)
    pair = accept(event, ANNA)
    with pytest.raises(NotEnoughPlaces):
        confirm_place(pair, by="test", reason="Vorstand")
    with transaction():
        event.capacity = 3

    confirm_place(pair, by="test", reason="Vorstand")

    assert states(pair) == [S.CONFIRMED, S.CONFIRMED]


def test_approving_and_declining_count_for_everybody(app):
    event = event_for(places=2)
    guest = make_registration(event, state=S.IN_REVIEW)
    add_companion(guest, ANNA, seen=NONE_SEEN)
    assert states(guest) == [S.IN_REVIEW, S.IN_REVIEW]

    reject_registration(guest, by="test")
    assert states(guest) == [S.REJECTED, S.REJECTED]
    with pytest.raises(NoSuchStep):
        approve_registration(guest.companions[0], by="test")

    approve_registration(guest, by="test")
    assert states(guest) == [S.CONFIRMED, S.CONFIRMED]
    assert places(event) == (2, 2)


def test_approved_parties_that_do_not_fit_wait_as_a_whole(app):
    event = event_for(places=1)
    guest = make_registration(event, state=S.IN_REVIEW)
    add_companion(guest, ANNA, seen=NONE_SEEN)

    approve_registration(guest, by="test")

    assert states(guest) == [S.WAITING, S.WAITING]
    assert places(event) == (0, 0)


# Substitutes


def test_a_substitute_inherits_one_place_and_whoever_came_along_stays_at_home(app):
    event = event_for(places=2)
    guest = accept(event, ANNA)
    waiting = accept(event)

    follow_up = name_substitute(guest.invitation, ludmila())

    heir = queries.registration_of(follow_up)
    assert states(guest) == [S.REPLACED, S.CANCELLED]
    assert states(heir) == [S.CONFIRMED]
    assert states(waiting) == [S.OFFERED]
    assert places(event) == (2, 2)


def test_the_substitute_may_bring_as_many(app):
    event = event_for(allowed=0)
    guest = accept(event, companions_allowed=1)
    follow_up = name_substitute(guest.invitation, ludmila())
    heir = accept_invitation(follow_up)

    add_companion(heir, ANNA, seen=NONE_SEEN)

    assert states(heir) == [S.CONFIRMED, S.CONFIRMED]


def test_whoever_the_substitute_would_have_brought_goes_when_the_guest_comes_after_all(app):
    event = event_for(places=2)
    guest = accept(event)
    follow_up = name_substitute(guest.invitation, ludmila())
    heir = queries.registration_of(follow_up)
    add_companion(heir, ANNA, seen=NONE_SEEN)
    waiting = accept(event)

    accept_invitation(guest.invitation)

    assert states(heir) == [S.CANCELLED, S.CANCELLED]
    assert states(guest) == [S.CONFIRMED]
    assert states(waiting) == [S.OFFERED]
    assert places(event) == (2, 2)


def test_a_waiting_pair_that_is_replaced_waits_on_as_one(app):
    event = event_for(places=2)
    accept(event)
    pair = accept(event, ANNA)

    follow_up = name_substitute(pair.invitation, ludmila())

    assert states(queries.registration_of(follow_up)) == [S.OFFERED]  # one place was free
    assert states(pair) == [S.REPLACED, S.CANCELLED]
    assert places(event) == (2, 2)


# Staff


def test_staff_goes_beyond_the_allowance_and_the_guest_gets_a_mail(app):
    event = event_for(allowed=0)
    guest = accept(event)

    companion = add_companion_by_hand(guest, ANNA, seen=NONE_SEEN, by="test")
    assert "2 Personen: für Sie und für Anna Öhmichen" in " ".join(latest_mail().text.split())

    remove_companion(companion, by="test")
    assert "für Sie allein" in " ".join(latest_mail().text.split())
    assert [kind for _to, kind in mail_kinds()] == ["confirmation", "party", "party"]


def test_staff_passes_over_the_line_only_with_a_reason_and_never_beyond_the_places(app):
    event = event_for(places=3)
    guest = accept(event)
    accept(event)
    accept(event, ANNA)

    with pytest.raises(ReasonNeeded):
        add_companion_by_hand(guest, ANNA, seen=NONE_SEEN, by="test")
    add_companion_by_hand(guest, ANNA, seen=NONE_SEEN, by="test", reason="Pflegekraft")
    with pytest.raises(NotEnoughPlaces):
        add_companion_by_hand(guest, ANNA, seen=seen(guest), by="test", reason="noch eine")

    assert places(event) == (3, 3)


# Links and mails


def test_a_companion_has_no_page_and_no_mail_of_their_own(app):
    guest = accept(event_for(), ANNA)
    [companion] = guest.company

    with pytest.raises(UnknownLink):
        registration_for_guest(companion.token)
    assert [to for to, _kind in mail_kinds()] == [guest.email]


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ((ANNA,), "für 2 Personen: für Sie und für Anna Öhmichen"),
        ((NOBODY_YET,), "für 2 Personen: für Sie und für eine weitere Person"),
        ((NOBODY_YET, NOBODY_YET), "für 3 Personen: für Sie und für 2 weitere Personen"),
        ((NOBODY_YET, ANNA), "für 3 Personen: für Sie und für Anna Öhmichen und eine weitere"),
    ],
)
def test_the_confirmation_says_for_whom_it_is(app, names, words):
    accept(event_for(allowed=2), *names)

    mail = latest_mail()

    assert words in " ".join(mail.text.split())
    assert words in " ".join(mail.html.split())


def test_waiting_offer_and_cancellation_say_it_too(app):
    event = event_for(places=2)
    holders = [accept(event), accept(event)]
    pair = accept(event, ANNA)
    for holder in holders:
        cancel_registration(holder)
    cancel_registration(pair)

    assert "zusammen auf 2 Plätze: für Sie und für Anna Öhmichen" in words_of("waiting")
    assert "2 Plätze" in words_of("offer")
    assert "für Sie und für Anna Öhmichen" in words_of("offer")
    assert "Auch Ihre Begleitung ist damit abgemeldet: Anna Öhmichen" in words_of("regret")


# Who was signed off is forgotten by name


def test_who_is_signed_off_is_forgotten_by_name_at_once_and_the_step_stays(app):
    guest = accept(event_for(), ANNA)
    [companion] = guest.company
    with transaction():
        companion.note = "isst bei Anna"

    remove_companion(companion)

    [row] = [one for one in all_registrations() if one.main_id]
    assert (row.state, row.first_name, row.last_name) == (S.CANCELLED, "", "")
    assert "ohmichen" not in row.search_text + row.sort_name + row.name_key + row.note
    steps = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert {"registration.companion_removed", "registration.cancelled"} <= {
        one.action for one in steps
    }
    assert not any("Anna" in f"{one.before}{one.after}{one.reason}" for one in steps)


def test_who_left_with_the_guest_is_forgotten_when_no_cancellation_is_undone_any_more(app):
    guest, stays = accept(event_for(), ANNA), accept(event_for(), CompanionName("Ida", "Ohm"))
    cancel_registration(guest)

    assert forget_companions() == 0
    assert OFFERED_FOR < NAME_TIME
    with clock.held(clock.now() + NAME_TIME + timedelta(minutes=1)):
        assert (forget_companions(), forget_companions()) == (1, 0)

    db.session.expire_all()
    assert [one.is_named for one in guest.companions] == [False]
    assert [one.first_name for one in stays.companions] == ["Ida"]
    assert guest.is_named


def test_the_round_of_the_worker_forgets_them(app):
    guest = accept(event_for(), ANNA)
    cancel_registration(guest)

    with clock.held(clock.now() + NAME_TIME + timedelta(minutes=1)):
        forget_what_is_over()

    assert not any(one.is_named for one in all_registrations() if one.main_id)
