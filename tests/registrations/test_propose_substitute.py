"""Events with approval: whom a guest wants to send is looked at before anything changes."""

import re

import pytest
from factories import make_event, make_invitation, make_registration
from registrations.support import all_registrations, latest_mail, ludmila, mail_kinds, places

from eventapp.events.states import RegistrationMode
from eventapp.foundation.database import transaction
from eventapp.foundation.errors import Refused
from eventapp.invitations.errors import OwnSubstitute, UnavailableSubstitute
from eventapp.invitations.requests import SubstituteRequest
from eventapp.invitations.states import InvitationState
from eventapp.registrations.actions import (
    accept_invitation,
    cancel_registration,
    hand_over,
    name_substitute,
    take_place_back,
)
from eventapp.registrations.actions.leaving import withdraw_invitation
from eventapp.registrations.doubles.sheet import count_doubles
from eventapp.registrations.errors import AnswersClosed, NoSuchStep
from eventapp.registrations.front_door.actions import approve_registration, reject_registration
from eventapp.registrations.heir_queries import proposal_of
from eventapp.registrations.models import Registration
from eventapp.registrations.states import RegistrationKind, RegistrationState
from eventapp.registrations.trail import trail_of

S = RegistrationState
GERMAN = {"Accept-Language": "de"}
SEE_OTHER = 303


@pytest.fixture
def event(app):
    return make_event(registration_mode=RegistrationMode.APPROVAL, capacity=1)


@pytest.fixture
def guest(event) -> Registration:
    """Whom the organisers let in after a look."""
    return make_registration(event, first_name="Anna", last_name="Öhm", email="anna@werk.example")


def person(**given) -> SubstituteRequest:
    return ludmila(**given)


def told(guest) -> list[str]:
    return [step.action for step in trail_of(guest) if step.action]


def test_nothing_changes_before_the_organisers_have_agreed(guest, event):
    assert hand_over(guest, person()) is None

    proposal = proposal_of(guest)
    assert (guest.state, proposal.state) == (S.CONFIRMED, S.IN_REVIEW)
    assert proposal.kind is RegistrationKind.SUBSTITUTE
    assert places(event) == (1, 1)
    assert mail_kinds() == []
    assert told(guest) == ["registration.substitute_proposed"]


def test_with_a_yes_the_place_passes_and_both_are_written_to(guest, event):
    hand_over(guest, person())
    proposal = proposal_of(guest)

    let_in = approve_registration(proposal, by="test")

    assert (guest.state, let_in.state) == (S.REPLACED, S.CONFIRMED)
    assert let_in.invitation.state is InvitationState.SENT
    assert let_in.replaces_id == guest.id
    assert places(event) == (1, 1)
    assert [one.id for one in all_registrations()] == [guest.id, let_in.id]
    assert mail_kinds() == [
        (person().email, "substitute"),
        (guest.email, "substitute_notice"),
    ]
    accept_invitation(let_in.invitation)
    assert let_in.state is S.CONFIRMED


def test_with_a_no_the_guest_keeps_the_place_and_reads_why(guest, event):
    hand_over(guest, person())

    told_to = reject_registration(proposal_of(guest), by="test", reason="Nur mit Werksausweis.")

    assert told_to is guest
    assert (guest.state, proposal_of(guest)) == (S.CONFIRMED, None)
    assert mail_kinds() == [(guest.email, "proposal_declined")]
    mail = latest_mail()
    assert "Nur mit Werksausweis." in mail.text
    assert "Ihr Platz bleibt Ihnen erhalten" in mail.text
    assert told(guest)[0] == "registration.proposal_declined"
    hand_over(guest, person())
    assert proposal_of(guest) is not None


def test_the_last_one_proposed_counts_and_the_form_sent_twice_is_one_proposal(guest, event):
    hand_over(guest, person())
    hand_over(guest, person())
    hand_over(guest, person(email="andere@werk.example", last_name="Anders"))

    assert [one.last_name for one in all_registrations()] == ["Öhm", "Anders"]


def test_the_guest_comes_after_all(guest, event):
    hand_over(guest, person())

    take_place_back(guest)
    take_place_back(guest)

    assert (guest.state, proposal_of(guest)) == (S.CONFIRMED, None)
    assert mail_kinds() == []


def test_who_cancels_sends_nobody(guest, event):
    hand_over(guest, person())

    cancel_registration(guest)

    assert [one.id for one in all_registrations()] == [guest.id]
    assert proposal_of(guest) is None
    assert places(event) == (0, 0)


def test_who_waits_passes_on_the_place_in_line(guest, event):
    waiting = make_registration(event, state=S.WAITING, email="w@werk.example", last_name="Warter")
    hand_over(waiting, person())

    let_in = approve_registration(proposal_of(waiting), by="test")

    assert (waiting.state, let_in.state) == (S.REPLACED, S.WAITING)


def test_another_one_is_looked_at_as_well_while_the_first_has_not_answered(guest, event):
    hand_over(guest, person())
    first = approve_registration(proposal_of(guest), by="test")
    hand_over(guest, person(email="andere@werk.example", last_name="Anders"))
    assert first.is_live

    second = approve_registration(proposal_of(guest), by="test")

    assert (first.state, second.state) == (S.REPLACED, S.CONFIRMED)
    assert first.invitation.state is InvitationState.WITHDRAWN
    assert places(event) == (1, 1)


def test_the_one_let_in_as_a_substitute_sends_nobody_on_their_own(guest, event):
    hand_over(guest, person())
    let_in = approve_registration(proposal_of(guest), by="test")

    with pytest.raises(AnswersClosed):
        name_substitute(let_in.invitation, person(email="c@werk.example", last_name="Dritter"))


def test_who_was_invited_sends_whom_they_like(event):
    invitation = make_invitation(event)
    accept_invitation(invitation)

    follow_up = name_substitute(invitation, person())

    assert follow_up.state is InvitationState.SENT


def test_nobody_who_is_registered_and_not_oneself_is_proposed(guest, event):
    make_registration(event, state=S.UNCONFIRMED, **vars_of(person()))

    with pytest.raises(UnavailableSubstitute):
        hand_over(guest, person())
    with pytest.raises(OwnSubstitute):
        hand_over(guest, SubstituteRequest("Anna", "Öhm", "anna@werk.example"))
    assert len(all_registrations()) == 2


def vars_of(request: SubstituteRequest) -> dict[str, str]:
    return {name: getattr(request, name) for name in ("first_name", "last_name", "email")}


def test_a_proposal_stands_in_nobody_s_own_way(guest, event):
    invitation = make_invitation(event)
    contact = invitation.contact
    hand_over(guest, SubstituteRequest(contact.first_name, contact.last_name, contact.email))

    registration = accept_invitation(invitation)

    assert registration.is_live
    assert proposal_of(guest) is None


def test_a_proposal_is_no_double(guest, event):
    hand_over(guest, SubstituteRequest("Anna", "Öhm", "anna@privat.example"))

    assert count_doubles(event) == 0


def test_a_yes_that_comes_too_late_changes_nothing(guest, event):
    hand_over(guest, person())
    let_in = approve_registration(proposal_of(guest), by="test")
    hand_over(guest, person(email="andere@werk.example", last_name="Anders"))
    late = proposal_of(guest)
    accept_invitation(let_in.invitation)

    with pytest.raises(Refused):
        approve_registration(late, by="test")
    assert let_in.state is S.CONFIRMED
    reject_registration(late, by="test")
    assert proposal_of(guest) is None
    withdraw_invitation(let_in.invitation, by="test")


def test_a_proposal_whose_guest_is_gone_is_no_registration_of_its_own(guest, event):
    hand_over(guest, person())
    proposal = proposal_of(guest)
    with transaction():
        proposal.replaces_id = None

    with pytest.raises(NoSuchStep):
        approve_registration(proposal, by="test")


# ---- Pages --------------------------------------------------------------------------------------


def test_the_guest_reads_what_happens_and_may_withdraw(client, guest):
    form = client.get(f"/r/{guest.token}/substitute", headers=GERMAN).text
    assert "Vertretung vorschlagen" in form
    typed = vars_of(person())

    answer = client.post(f"/r/{guest.token}/substitute", data=typed)

    assert (answer.status_code, answer.location) == (SEE_OTHER, f"/r/{guest.token}")
    page = client.get(answer.location, headers=GERMAN).text
    assert "bis dahin bleibt alles, wie es ist" in page
    assert "Ludmila" in page
    client.post(f"/r/{guest.token}/substitute/back")
    assert "bis dahin bleibt alles, wie es ist" not in client.get(answer.location).text


def test_staff_decides_where_all_are_decided(client, organiser):
    host = organiser.memberships[0].host
    event = make_event(host, registration_mode=RegistrationMode.APPROVAL)
    guest = make_registration(event, first_name="Anna", last_name="Öhm")
    hand_over(guest, person())
    proposal = proposal_of(guest)
    board = f"/organise/{event.slug}"
    assert "wartet auf Ihre Freigabe" in client.get(f"{board}/", headers=GERMAN).text

    page = client.get(f"{board}/guests/review", headers=GERMAN).text
    one = client.get(f"{board}/guests/{proposal.id}", headers=GERMAN).text
    listed = client.get(f"{board}/guests?group=in_review", headers=GERMAN).text
    answer = client.post(f"{board}/guests/{proposal.id}/approve", headers=GERMAN)

    assert "in Vertretung von Anna Öhm" in page
    assert re.search(r"weiß noch nichts davon", one)
    assert "Ludmila" in listed
    assert proposal.number not in page + one + listed
    assert answer.status_code == SEE_OTHER
    assert guest.state is S.REPLACED
    again = client.post(f"{board}/guests/{proposal.id}/approve")
    assert again.status_code in {SEE_OTHER, 404}  # SQLite gives the number to the next one
    assert len(mail_kinds()) == 2


def test_staff_says_no_to_the_guest(client, organiser):
    host = organiser.memberships[0].host
    event = make_event(host, registration_mode=RegistrationMode.APPROVAL)
    guest = make_registration(event, first_name="Anna", last_name="Öhm")
    hand_over(guest, person())
    path = f"/organise/{event.slug}/guests/{proposal_of(guest).id}/reject"

    answer = client.post(path, data={"reason": "Kein Platz für Externe"}, follow_redirects=True)

    assert "Anna Öhm" in answer.text
    assert mail_kinds() == [(guest.email, "proposal_declined")]
    assert guest.state is S.CONFIRMED
