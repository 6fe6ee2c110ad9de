"""Any order of answers keeps the promises of the domain (domain.md 2.3, 1 to 4; T-46 to T-48)."""

from datetime import timedelta

from factories import (
    make_contact,
    make_event,
    make_host,
    make_invitation,
    make_registration,
)
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from registrations.support import all_registrations, ludmila
from sqlalchemy import select

from eventapp.accounts.models import AuditEntry
from eventapp.events.actions import BasicsChange, change_event
from eventapp.events.actions.changes import mark_of, stored
from eventapp.events.models import Event
from eventapp.events.states import RegistrationMode
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.errors import DomainError
from eventapp.foundation.outbox import OutboxMail
from eventapp.invitations.models import Invitation
from eventapp.invitations.states import OPEN_REPLY
from eventapp.registrations import queries, trail_queries
from eventapp.registrations.actions import (
    accept_invitation,
    accept_offer,
    add_companion,
    add_companion_by_hand,
    cancel_registration,
    confirm_place,
    decline_invitation,
    decline_offer,
    hand_over,
    name_companion,
    name_substitute,
    offer_free_places,
    reinstate_invitation,
    remove_companion,
    return_to_line,
    take_place_back,
    take_reply_back,
    tend_waiting_lists,
    withdraw_invitation,
)
from eventapp.registrations.doubles.actions import merge_registrations
from eventapp.registrations.front_door.actions import (
    approve_registration,
    confirm_registration,
    reject_registration,
)
from eventapp.registrations.heir_queries import proposal_of
from eventapp.registrations.models import Registration
from eventapp.registrations.own_data.actions import erase_guest
from eventapp.registrations.requests import CompanionName
from eventapp.registrations.states import (
    HOLDS_PLACE,
    LIVE,
    REGISTERED,
    RegistrationKind,
    RegistrationState,
)

GUESTS = 4
UNDOES = {
    "invitation.accepted": take_reply_back,
    "invitation.declined": take_reply_back,
    "invitation.withdrawn": reinstate_invitation,
}
anybody = st.integers(min_value=0, max_value=GUESTS + 2)


class Answers(RuleBasedStateMachine):
    """Guests answer, change their minds, send others (invited or not), cancel, accept what they are
    offered or let it lapse, bring up to two people or leave them at home, have everything deleted,
    or register once more by another address; staff withdraws, undoes, decides about who registered,
    opens places, takes some away and makes one registration of two."""

    app: Flask

    def __init__(self) -> None:
        super().__init__()
        self.event: Event = make_event(make_host(), capacity=1, companions_allowed=2)
        self.invitations: list[Invitation] = [
            make_invitation(self.event, make_contact(self.event.host)) for _ in range(GUESTS)
        ]
        self.named = 0
        self.undecided: list[Registration] = []
        self.uninvited: list[Registration] = []
        self.line_before: list[int] = []
        for at, invitation in enumerate(self.invitations[:3]):  # a place, a pair in line, one more
            accept_invitation(invitation, companions=[CompanionName()] if at == 1 else [])

    def registrations(self) -> list[Registration]:
        """Those of this run; earlier runs left theirs in the database."""
        return [one for one in all_registrations() if one.event_id == self.event.id]

    def one(self, index: int) -> Invitation:
        return self.invitations[index % len(self.invitations)]

    @rule(who=anybody)
    def accept(self, who: int) -> None:
        self.tried(lambda: accept_invitation(self.one(who)))

    @rule(who=anybody, number=st.integers(1, 3))
    def accept_with_others(self, who: int, number: int) -> None:
        """Two may come along; three are refused, and nothing has happened then."""
        companions = [CompanionName()] * number
        self.tried(lambda: accept_invitation(self.one(who), companions=companions))

    @rule(who=anybody)
    def decline(self, who: int) -> None:
        self.tried(lambda: decline_invitation(self.one(who)))

    @rule(who=anybody)
    def send_somebody_else(self, who: int) -> None:
        self.named += 1
        person = ludmila(last_name=f"Vertretung {self.named}", email=f"v{self.named}@x.example")
        follow_up = self.tried(lambda: name_substitute(self.one(who), person))
        if isinstance(follow_up, Invitation):
            self.invitations.append(follow_up)

    @rule()
    def somebody_registers_alone(self) -> None:
        """By the public form; a place if one is free and nobody waits, else the line's end."""
        self.named += 1
        guest = make_registration(
            self.event,
            state=RegistrationState.UNCONFIRMED,
            number=f"U-{self.named}",
            last_name=f"Selbst {self.named}",
            email=f"s{self.named}@x.example",
        )
        self.tried(lambda: confirm_registration(guest))
        self.uninvited.append(guest)

    @precondition(lambda self: self.uninvited)
    @rule(who=anybody)
    def hand_over_what_one_has(self, who: int) -> None:
        """Without an invitation: the number of places and of those who wait stays as it was."""
        self.named += 1
        guest = self.uninvited[who % len(self.uninvited)]
        person = ludmila(last_name=f"Vertretung {self.named}", email=f"v{self.named}@x.example")
        alone = not guest.company
        before = (queries.places_held(self.event), len(queries.line(self.event)))
        follow_up = self.tried(lambda: hand_over(guest, person))
        if not isinstance(follow_up, Invitation):
            return
        assert guest.state is RegistrationState.REPLACED
        self.invitations.append(follow_up)
        heir = queries.registration_of(follow_up)
        self.line_before = [one.id for one in queries.line(self.event)]
        assert heir.is_live
        assert not alone or before == (queries.places_held(self.event), len(self.line_before))

    @precondition(lambda self: self.uninvited)
    @rule(who=anybody)
    def propose_somebody_and_agree(self, who: int) -> None:
        """At an event with approval: nothing moves before the yes, then what moves elsewhere."""
        self.named += 1
        guest = self.uninvited[who % len(self.uninvited)]
        person = ludmila(last_name=f"Vorschlag {self.named}", email=f"p{self.named}@x.example")
        with transaction():
            self.event.registration_mode = RegistrationMode.APPROVAL
        before = (queries.places_held(self.event), len(queries.line(self.event)), guest.state)
        self.tried(lambda: hand_over(guest, person))
        proposal = proposal_of(guest)
        after = (queries.places_held(self.event), len(queries.line(self.event)), guest.state)
        assert proposal is None or after == before
        if proposal is not None:
            let_in = self.tried(lambda: approve_registration(proposal, by="test"))
            if isinstance(let_in, Registration):
                self.invitations.append(let_in.invitation)
                self.line_before = [one.id for one in queries.line(self.event)]
        with transaction():
            self.event.registration_mode = RegistrationMode.OPEN

    @precondition(lambda self: self.uninvited)
    @rule(who=anybody)
    def take_back_what_was_handed_over(self, who: int) -> None:
        guest = self.uninvited[who % len(self.uninvited)]
        self.tried(lambda: take_place_back(guest))

    @rule(who=anybody)
    def cancel(self, who: int) -> None:
        registration = queries.registration_of(self.one(who))
        if registration is not None:
            self.tried(lambda: cancel_registration(registration))

    @rule(who=anybody)
    def accept_what_is_offered(self, who: int) -> None:
        self.of_registration(who, accept_offer)

    @rule(who=anybody)
    def decline_what_is_offered(self, who: int) -> None:
        self.of_registration(who, decline_offer)

    @rule(who=anybody)
    def ask_again(self, who: int) -> None:
        self.of_registration(who, return_to_line)

    @rule(who=anybody)
    def delete_everything(self, who: int) -> None:
        self.of_registration(who, erase_guest)

    @rule()
    def time_passes(self) -> None:
        """Every offer that is open now lapses, and the next get theirs."""
        with clock.held(clock.now() + timedelta(hours=49)):
            self.tried(tend_waiting_lists)
        self.make_offers_current()

    def make_offers_current(self) -> None:
        """The clock goes back to the present, and the offers' deadlines with it."""
        until = clock.now() + timedelta(hours=48)
        with transaction():
            for one in self.registrations():
                if one.offer_expires_at is not None:
                    one.offer_expires_at = until

    def of_registration(self, who: int, step) -> None:
        registration = queries.registration_of(self.one(who))
        if registration is not None:
            self.tried(lambda: step(registration))

    @rule(who=anybody)
    def withdraw(self, who: int) -> None:
        self.tried(lambda: withdraw_invitation(self.one(who), by="test"))

    @rule(who=anybody, back=st.integers(0, 2))
    def undo_what_was_noted(self, who: int, back: int) -> None:
        """Also a step on which others have built by now: then nothing happens."""
        invitation = self.one(who)
        noted = [
            one
            for one in trail_queries.changes_of("invitation", invitation.id)
            if one.action in UNDOES
        ][back : back + 1]
        for step in noted:
            self.tried(lambda step=step: UNDOES[step.action](invitation, step, by="test"))

    @rule(who=anybody)
    def bring_somebody(self, who: int) -> None:
        """A place for another person, or none and nothing lost; who waits waits on for one more."""
        self.of_registration(who, self.add_one)

    @rule(who=anybody)
    def staff_brings_somebody(self, who: int) -> None:
        """Staff may give a free place out of turn, but none that is not there."""
        self.of_registration(
            who,
            lambda one: add_companion_by_hand(
                one, CompanionName(), seen=ids(one), by="test", reason="test"
            ),
        )
        self.line_before = []

    @rule(who=anybody)
    def staff_gives_a_place_out_of_turn(self, who: int) -> None:
        """Raising the capacity by what the party lacks; nobody else moves."""
        self.of_registration(
            who, lambda one: confirm_place(one, by="test", reason="test", raise_by=3)
        )
        self.line_before = []

    def add_one(self, main: Registration) -> None:
        before = (main.state, len(main.company))
        try:
            add_companion(main, CompanionName(), seen=ids(main))
        except DomainError:
            assert (main.state, len(main.company)) == before
            raise
        assert (main.state, len(main.company)) == (before[0], before[1] + 1)

    @rule(who=anybody)
    def take_somebody_off(self, who: int) -> None:
        self.of_registration(
            who, lambda one: [remove_companion(companion) for companion in one.company[:1]]
        )

    @rule(who=anybody)
    def name_somebody(self, who: int) -> None:
        """A name changes nothing else."""
        before = {one.id: one.state for one in self.registrations()}
        self.of_registration(who, self.name_one)
        assert {one.id: one.state for one in self.registrations()} == before

    def name_one(self, main: Registration) -> None:
        for one in main.company[:1]:
            seen = CompanionName(one.first_name, one.last_name)
            name_companion(one, CompanionName("Anna", "Ohm"), seen=seen)

    @rule(name=st.booleans())
    def somebody_registers_for_two_and_is_looked_at(self, name: bool) -> None:
        """By the form of an event with approval: both wait for one decision."""
        self.named += 1
        guest = make_registration(
            self.event, state=RegistrationState.IN_REVIEW, last_name=f"Neu {self.named}"
        )
        self.undecided.append(guest)
        self.tried(lambda: add_companion(guest, CompanionName("Anna" * name), seen=frozenset()))

    @precondition(lambda self: self.undecided)
    @rule()
    def approve(self) -> None:
        guest = self.undecided.pop()
        self.tried(lambda: approve_registration(guest, by="test"))

    @precondition(lambda self: self.undecided)
    @rule()
    def turn_down(self) -> None:
        self.tried(lambda: reject_registration(self.undecided[0], by="test"))

    @rule(who=anybody)
    def register_by_another_address(self, who: int) -> None:
        self.named += 1
        person = self.one(who).person
        registration = make_registration(
            self.event,
            state=RegistrationState.UNCONFIRMED,
            number=f"U-{self.named}",
            first_name=person.first_name,
            last_name=person.last_name,
            email=f"privat{self.named}@x.example",
        )
        self.tried(lambda: confirm_registration(registration))

    @rule(who=anybody, second=anybody)
    def merge_two(self, who: int, second: int) -> None:
        """Any two: whom staff takes for one person is staff's to know."""
        live = [one for one in self.registrations() if one.state in REGISTERED]
        if len(live) < 2:
            return
        kept, other = live[who % len(live)], live[second % len(live)]
        places = sum(one.holds_place for one in {kept, other})
        expected = self.line_after_merging(kept, other)
        self.tried(lambda: merge_registrations(kept, other, by="test"))
        if kept is not other and other.state is RegistrationState.CANCELLED:
            self.line_before = expected
            assert kept.holds_place >= bool(places)
            assert not other.holds_place

    def line_after_merging(self, kept: Registration, other: Registration) -> list[int]:
        """The person has the earlier of two spots, and leaves the line by a place they had."""
        line = [one.id for one in queries.line(self.event)]
        spots = [line.index(one) for one in (kept.id, other.main_id or other.id) if one in line]
        if spots and not (kept.holds_place or other.holds_place):
            line.insert(min(spots) + (other.main_id in line), -kept.id)
        left = [one for one in line if one not in {kept.id, other.id}]
        return [abs(one) for one in left]

    @precondition(lambda self: self.event.target_capacity < 4)
    @rule()
    def open_one_more_place(self) -> None:
        self.tried(lambda: self.resize(self.event.target_capacity + 1))

    @precondition(lambda self: self.event.target_capacity > 1)
    @rule()
    def take_one_place_away(self) -> None:
        """Nobody is thrown out where it is promised (T-47)."""
        before = {one.id: one.state for one in self.registrations()}
        self.tried(lambda: self.resize(self.event.target_capacity - 1))
        assert {one.id: one.state for one in self.registrations()} == before

    @rule()
    def offer_by_hand(self) -> None:
        self.tried(lambda: offer_free_places(self.event, by="test"))

    def resize(self, capacity: int) -> None:
        now = stored(self.event, BasicsChange)
        change = BasicsChange(**now | {"target_capacity": capacity})
        change_event(self.event, change, seen=mark_of(self.event, BasicsChange), by="test")

    def tried(self, step):
        """A refusal is an answer too, as long as it changes nothing; see the invariants."""
        self.line_before = [one.id for one in queries.line(self.event)]
        try:
            return step()
        except DomainError:
            return None

    @invariant()
    def nobody_is_promised_a_place_that_is_not_there(self) -> None:
        db.session.refresh(self.event)
        held = queries.places_held(self.event)
        assert held == self.event.places_taken <= self.event.capacity

    @invariant()
    def an_event_that_shrinks_has_no_place_to_give(self) -> None:
        if self.event.shrinks_to is not None:
            assert self.event.shrinks_to < self.event.capacity == self.event.places_taken

    @invariant()
    def a_free_place_is_only_held_back_for_a_party_that_does_not_fit(self) -> None:
        line = queries.line(self.event)
        if line:
            assert line[0].party > self.event.places_free

    @invariant()
    def the_line_keeps_its_order_and_nobody_overtakes(self) -> None:
        line = [one.id for one in queries.line(self.event)]
        stayed = [one for one in line if one in self.line_before]
        moved_up = [
            one.id
            for one in self.registrations()
            if one.id in self.line_before and one.state in HOLDS_PLACE
        ]
        before = [one for one in self.line_before if one in stayed or one in moved_up]
        assert before[: len(moved_up)] == [one for one in before if one in moved_up]
        assert before[len(moved_up) :] == stayed

    @invariant()
    def nobody_is_there_twice(self) -> None:
        live = [one for one in self.registrations() if one.state in LIVE and one.main_id is None]
        people = [(one.email_key, one.name_key) for one in live]
        invitations = [one.invitation_id for one in live if one.invitation_id]
        assert len(set(people)) == len(people)
        assert len(set(invitations)) == len(invitations)

    @invariant()
    def whoever_has_not_answered_has_no_place(self) -> None:
        """Unless they come for somebody else, whose place they have inherited."""
        for one in self.registrations():
            if one.is_live and one.invitation is not None and one.main_id is None:
                answered = one.invitation.state not in OPEN_REPLY
                assert answered or one.kind is RegistrationKind.SUBSTITUTE

    @invariant()
    def companions_share_the_state_of_their_main_guest(self) -> None:
        for one in self.registrations():
            if one.main is not None and one.is_live:
                assert one.state is one.main.state
                assert one.waiting_since == one.main.waiting_since
                assert one.offer_expires_at == one.main.offer_expires_at

    @invariant()
    def nobody_brings_more_than_two_and_companions_bring_nobody(self) -> None:
        for one in self.registrations():
            assert len(one.company) <= 2
            assert one.main is None or (not one.companions and not one.email)

    @invariant()
    def who_has_a_place_has_been_told(self) -> None:
        told = {mail.to_email for mail in db.session.scalars(select(OutboxMail))}
        for one in self.registrations():
            if one.state in HOLDS_PLACE and one.main_id is None:
                assert one.email in told

    @invariant()
    def each_is_told_once_of_each_offer(self) -> None:
        """By the link in it: who was merged may have another address than before."""
        ids = {str(one.id): one.public_id for one in self.registrations() if not one.is_erased}
        for step, kind in (
            ("offered", "offer"),
            ("expired", "lapse"),
            ("moved_up", "confirmation"),
        ):
            steps = db.session.scalars(
                select(AuditEntry.subject_id).where(
                    AuditEntry.action == f"registration.{step}", AuditEntry.subject_id.in_(ids)
                )
            ).all()
            mails = db.session.scalars(
                select(OutboxMail.text).where(
                    OutboxMail.scope == self.event.scope,
                    OutboxMail.kind == f"registrations/mail/{kind}.txt",
                    OutboxMail.text.contains("von der Warteliste nachgerückt")
                    if kind == "confirmation"
                    else OutboxMail.id > 0,
                )
            ).all()
            linked = [one for text in mails for one in ids.values() if one in text]
            assert sorted(ids[one] for one in steps) == sorted(linked), kind

    @invariant()
    def an_offer_has_a_deadline_and_nothing_else_has(self) -> None:
        for one in self.registrations():
            offered = one.state is RegistrationState.OFFERED
            assert offered == (one.offer_expires_at is not None)


def ids(main: Registration) -> frozenset[int]:
    """Who comes along, as a page shows it."""
    return frozenset(one.id for one in main.company)


def test_any_order_of_answers_keeps_the_promises(app):
    run_state_machine_as_test(
        Answers,
        settings=settings(
            max_examples=10,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate, Phase.shrink),
        ),
    )
