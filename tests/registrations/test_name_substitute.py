"""Sending somebody else: the place goes over at once, needs and consents do not."""

from datetime import timedelta

import pytest
from factories import make_contact, make_event, make_invitation, make_registration
from registrations.support import latest_mail, ludmila, mail_kinds, places

from eventapp.consents.models import Consent, Needs
from eventapp.consents.states import ConsentKind
from eventapp.contacts.actions import block_contact, remove_contact
from eventapp.contacts.states import Sector
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.invitations.errors import OwnSubstitute, SubstituteComes, UnavailableSubstitute
from eventapp.invitations.states import InvitationState
from eventapp.registrations import queries
from eventapp.registrations.actions import (
    accept_invitation,
    decline_invitation,
    name_substitute,
)
from eventapp.registrations.errors import AnswersClosed
from eventapp.registrations.states import RegistrationKind, RegistrationState

S, I = RegistrationState, InvitationState  # noqa: E741


def test_the_substitute_inherits_the_place_at_once_and_gets_a_link_of_their_own(app):
    event = make_event(capacity=1)
    invitation = make_invitation(event)
    original = accept_invitation(invitation)

    follow_up = name_substitute(invitation, ludmila())

    heir = queries.registration_of(follow_up)
    assert (invitation.state, follow_up.state) == (I.SUBSTITUTED, I.SENT)
    assert (original.state, heir.state) == (S.REPLACED, S.CONFIRMED)
    assert (heir.kind, heir.replaces_id) == (RegistrationKind.SUBSTITUTE, original.id)
    assert places(event) == (1, 1)
    assert follow_up.token != invitation.token
    assert mail_kinds()[-2:] == [
        ("ludmila@werk.example", "substitute"),
        (original.email, "substitute_notice"),
    ]


def test_the_substitute_comes_for_the_same_organisation_but_without_needs_and_consents(app):
    event = make_event()
    invitation = make_invitation(event)
    original = accept_invitation(invitation)
    with transaction():
        db.session.add(
            Needs(
                registration_id=original.id,
                diet="vegan",
                access="Rollstuhl",
                delete_on=clock.today(event.zone),
            )
        )
        db.session.add(
            Consent(registration_id=original.id, kind=ConsentKind.PHOTO, text_version="1")
        )

    heir = queries.registration_of(name_substitute(invitation, ludmila()))

    needs = db.session.query(Needs).filter_by(registration_id=heir.id).count()
    assert (needs, heir.consents) == (0, [])
    assert heir.organisation_name == original.organisation_name
    assert (original.sector, original.county) != (Sector.UNKNOWN, "")
    assert (heir.sector, heir.county, heir.city) == (Sector.UNKNOWN, "", "")  # she said nothing


def test_without_a_place_the_substitute_gets_only_the_invitation(app):
    invitation = make_invitation(make_event())

    follow_up = name_substitute(invitation, ludmila())

    assert queries.registration_of(follow_up) is None
    assert "Platz" not in latest_mail().text
    assert accept_invitation(follow_up).state is S.CONFIRMED


def test_a_spot_in_the_queue_goes_over_with_its_rank(app):
    event = make_event(capacity=1)
    accept_invitation(make_invitation(event))
    invitation = make_invitation(event)
    accept_invitation(invitation)
    accept_invitation(make_invitation(event))

    heir = queries.registration_of(name_substitute(invitation, ludmila()))

    assert (heir.state, queries.rank_of(heir)) == (S.WAITING, 1)


def test_the_substitute_says_yes_and_gets_the_confirmation(app):
    event = make_event(capacity=1)
    invitation = make_invitation(event)
    accept_invitation(invitation)
    follow_up = name_substitute(invitation, ludmila())

    heir = accept_invitation(follow_up)
    accept_invitation(follow_up)

    assert (heir.state, follow_up.state) == (S.CONFIRMED, I.ACCEPTED)
    assert mail_kinds()[-1] == ("ludmila@werk.example", "confirmation")
    assert mail_kinds().count(("ludmila@werk.example", "confirmation")) == 1
    assert places(event) == (1, 1)


def test_the_substitute_says_no_and_the_place_moves_on(app):
    event = make_event(capacity=1)
    invitation = make_invitation(event)
    accept_invitation(invitation)
    waiting = accept_invitation(make_invitation(event))
    follow_up = name_substitute(invitation, ludmila())

    decline_invitation(follow_up)

    assert waiting.state is S.OFFERED
    assert places(event) == (1, 1)


def test_until_the_substitute_has_answered_the_guest_can_take_the_place_back(app):
    event = make_event(capacity=1)
    invitation = make_invitation(event)
    original = accept_invitation(invitation)
    accept_invitation(make_invitation(event))  # waits, and must not profit
    follow_up = name_substitute(invitation, ludmila())

    again = accept_invitation(invitation)

    assert (again.id, again.state) == (original.id, S.CONFIRMED)
    assert follow_up.state is I.WITHDRAWN
    assert places(event) == (1, 1)
    assert mail_kinds()[-2:] == [
        ("ludmila@werk.example", "withdrawal"),
        (original.email, "confirmation"),
    ]


def test_once_the_substitute_has_accepted_the_place_is_theirs(app):
    event = make_event(capacity=2)
    invitation = make_invitation(event)
    accept_invitation(invitation)
    accept_invitation(name_substitute(invitation, ludmila()))

    with pytest.raises(SubstituteComes):
        accept_invitation(invitation)
    with pytest.raises(SubstituteComes):
        name_substitute(invitation, ludmila(first_name="Anna"))

    assert places(event) == (1, 1)


def test_naming_somebody_else_passes_the_place_on_again(app):
    event = make_event(capacity=1)
    invitation = make_invitation(event)
    accept_invitation(invitation)
    first = name_substitute(invitation, ludmila())

    second = name_substitute(invitation, ludmila(first_name="Anna", email="anna@werk.example"))

    assert (first.state, second.state) == (I.WITHDRAWN, I.SENT)
    assert queries.registration_of(first).state is S.REPLACED
    assert queries.registration_of(second).state is S.CONFIRMED
    assert places(event) == (1, 1)


def test_naming_oneself_is_refused_beside_the_address(app):
    event = make_event()
    contact = make_contact(event.host, first_name="Eva", last_name="Öhm", email="e@x.example")
    invitation = make_invitation(event, contact)

    with pytest.raises(OwnSubstitute) as refused:
        name_substitute(invitation, ludmila(first_name="eva", last_name="ÖHM", email="E@X.example"))

    assert refused.value.field == "email"
    db.session.refresh(invitation)
    assert invitation.state is I.SENT


@pytest.mark.parametrize(
    ("first", "last", "email"),
    [
        ("Dr. Eva", "Öhm", "e@x.example"),
        ("Öhm", "Eva", "e@x.example"),
        ("Eva", "Oehm", "e+tagung@x.example"),
        ("Eva", "Neu", "eva.neu@werk.example"),
    ],
)
def test_nobody_comes_in_their_own_place_however_they_spell_it(app, client, first, last, email):
    """Also by the name and address that were given since the invitation."""
    event = make_event()
    contact = make_contact(event.host, first_name="Eva", last_name="Öhm", email="e@x.example")
    invitation = make_invitation(event, contact)
    registration = accept_invitation(invitation)
    with transaction():
        if last == "Neu":
            registration.last_name, registration.email = "Neu", email
    sent = mail_kinds()

    answer = client.post(
        f"/i/{invitation.token}/substitute",
        data={"first_name": first, "last_name": last, "email": email},
    )

    assert answer.status_code == 422
    assert "Das sind Ihre eigenen Angaben" in answer.text
    assert (mail_kinds(), registration.state) == (sent, S.CONFIRMED)


def test_two_people_of_one_mailbox_can_stand_in_for_each_other(app):
    event = make_event()
    contact = make_contact(event.host, first_name="Eva", last_name="Öhm", email="e@x.example")
    invitation = make_invitation(event, contact)

    follow_up = name_substitute(
        invitation, ludmila(first_name="Max", last_name="Öhm", email="e@x.example")
    )

    assert follow_up.person.full_name == "Max Öhm"


@pytest.mark.parametrize("with_place", [True, False])
def test_somebody_who_comes_anyway_is_refused_and_nothing_is_lost(app, with_place):
    event = make_event(capacity=2)
    other = make_contact(
        event.host, first_name="Ludmila", last_name="Frøhlich", email="ludmila@werk.example"
    )
    accept_invitation(make_invitation(event, other))
    invitation = make_invitation(event)
    held = accept_invitation(invitation) if with_place else None
    before, sent = invitation.state, mail_kinds()

    with pytest.raises(UnavailableSubstitute) as refused:
        name_substitute(invitation, ludmila())

    assert refused.value.field == "email"
    db.session.refresh(invitation)
    assert (invitation.state, mail_kinds()) == (before, sent)
    assert queries.registration_of(invitation) is held
    assert places(event) == (1 + with_place, 1 + with_place)


def test_a_refused_second_choice_does_not_take_back_the_first(app):
    event = make_event()
    make_registration(event, first_name="Anna", last_name="Frøhlich", email="anna@werk.example")
    invitation = make_invitation(event)
    accept_invitation(invitation)
    first = name_substitute(invitation, ludmila())

    with pytest.raises(UnavailableSubstitute):
        name_substitute(invitation, ludmila(first_name="Anna", email="anna@werk.example"))

    db.session.refresh(first)
    assert first.state is I.SENT
    assert queries.registration_of(first).state is S.CONFIRMED


@pytest.mark.parametrize("forgotten", [False, True])
def test_whoever_objects_to_invitations_is_not_written_to_as_a_substitute_either(app, forgotten):
    event = make_event()
    objector = make_contact(event.host, email="Ludmila@Werk.example")
    block_contact(objector, reason="", actor="test")
    if forgotten:
        remove_contact(objector, actor="test")
    invitation = make_invitation(event)

    with pytest.raises(UnavailableSubstitute):
        name_substitute(invitation, ludmila())

    assert mail_kinds() == []


def test_an_objection_at_one_organisation_is_none_at_another(app):
    block_contact(
        make_contact(make_event().host, email="ludmila@werk.example"), reason="", actor="test"
    )

    assert name_substitute(make_invitation(make_event()), ludmila()).state is I.SENT


def test_after_the_deadline_only_a_place_or_spot_can_be_handed_over(app):
    event = make_event()
    yesterday = clock.today(event.zone) - timedelta(days=1)
    silent = make_invitation(event, reply_by_on=yesterday)
    coming = make_invitation(event)
    accept_invitation(coming)
    with transaction():
        coming.reply_by_on = yesterday

    with pytest.raises(AnswersClosed):
        name_substitute(silent, ludmila())

    assert name_substitute(coming, ludmila()).state is I.SENT


def test_beside_a_place_that_passed_on_stands_that_the_substitute_has_not_answered(
    organiser, client
):
    event = make_event(organiser.memberships[0].host)
    invitation = make_invitation(event, make_contact(event.host))
    accept_invitation(invitation)
    follow_up = name_substitute(invitation, ludmila())
    heir = queries.registration_of(follow_up)
    pages = (f"/organise/{event.slug}/guests", f"/organise/{event.slug}/guests/{heir.id}")

    silent = [client.get(page).text for page in pages]
    accept_invitation(follow_up)
    answered = [client.get(page).text for page in pages]

    assert all("hat noch nicht geantwortet" in page for page in silent)
    assert not any("hat noch nicht geantwortet" in page for page in answered)
