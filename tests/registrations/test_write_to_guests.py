"""One way to write to somebody invited or registered: language, salutation, address, whose mail."""

import ast
from functools import partial
from pathlib import Path

import pytest
from factories import make_contact, make_event, make_host, make_invitation, make_registration
from sqlalchemy import select

import eventapp
from eventapp.foundation.database import db, transaction
from eventapp.foundation.mail_states import MailState
from eventapp.foundation.outbox import OutboxMail
from eventapp.invitations import mails as invitation_mails
from eventapp.invitations.models import Invitation, Substitute
from eventapp.invitations.states import InvitationState
from eventapp.registrations import mails, substitute_mails
from eventapp.registrations.actions import request_links
from eventapp.registrations.doubles import mails as double_mails
from eventapp.registrations.front_door import mails as public_mails
from eventapp.registrations.front_door.prospects import Prospect
from eventapp.registrations.own_data import mails as own_mails
from eventapp.registrations.own_data import queries as own_queries
from eventapp.registrations.own_data.actions import erase_guest
from eventapp.registrations.recipients import row_of
from eventapp.registrations.states import RegistrationState
from eventapp.registrations.trail import trail_of

OWN_LINE = "Lieber Bernd, alter Freund"
WRITE_TO_REGISTERED = {
    "acceptance": mails.queue_acceptance,
    "waiting": mails.queue_acceptance,
    "offer": mails.queue_offer,
    "lapse": mails.queue_lapse,
    "promotion": mails.queue_promotion,
    "party": mails.queue_party_change,
    "cancellation": mails.queue_cancellation,
    "confirm": lambda one: public_mails.queue_confirmation_request(
        one, Prospect.PLACE, registrant=one
    ),
    "already": lambda one: public_mails.queue_already_registered(one, locale="de"),
    "in_review": public_mails.queue_outcome,
    "rejected": lambda one: public_mails.queue_rejection(one, reason="Zu viele"),
    "code": lambda one: own_mails.queue_address_code(one, email="neu@x.example", code="123456"),
    "changed": lambda one: own_mails.queue_address_changed(one, before="alt@x.example"),
    "merged": double_mails.queue_merged,
}
STATES = {"waiting": RegistrationState.WAITING, "in_review": RegistrationState.IN_REVIEW}
WRITE_TO_INVITED = {
    "regret": lambda one: mails.queue_regret(one, locale="de"),
    "correction": lambda one: mails.queue_correction(one, InvitationState.ACCEPTED),
    "substitute": lambda one: substitute_mails.queue_substitute_invitation(one, None),
    "notice": lambda one: substitute_mails.queue_substitute_notice(one, one, None, locale="de"),
    "link": lambda one: invitation_mails.queue_link(one, locale="de"),
    "withdrawal": partial(invitation_mails.queue_withdrawal, guest="Eva Öhm"),
}


@pytest.fixture
def event(app):
    return make_event(make_host(email="post@agentur.example"))


def a_friend(event, **given):
    return make_contact(event.host, salutation_override=OWN_LINE, locale="de", **given)


def written(write, to) -> list[OutboxMail]:
    with transaction():
        write(to)
    return list(db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)))


@pytest.mark.parametrize("kind", WRITE_TO_REGISTERED)
def test_every_mail_to_a_guest_is_theirs_and_begins_with_their_own_line(event, kind):
    state = STATES.get(kind, RegistrationState.CONFIRMED)
    guest = make_registration(
        event, contact=a_friend(event), locale="de", state=state, offer_expires_at=event.starts_at
    )

    sent = written(WRITE_TO_REGISTERED[kind], guest)

    assert sent
    assert {mail.about for mail in sent} == {row_of(guest)} == {f"r/{guest.public_id}"}
    assert {mail.text.partition(",\n")[0] for mail in sent} == {OWN_LINE}
    assert {(mail.reply_to, mail.scope) for mail in sent} == {("post@agentur.example", event.scope)}
    assert {mail.from_name for mail in sent} == {event.host.name}


@pytest.mark.parametrize("kind", WRITE_TO_INVITED)
def test_every_mail_to_somebody_invited_is_theirs_and_begins_with_their_own_line(event, kind):
    invitation = make_invitation(event, a_friend(event))

    (mail,) = written(WRITE_TO_INVITED[kind], invitation)

    assert mail.about == row_of(invitation) == f"i/{invitation.public_id}"
    assert mail.text.startswith(f"{OWN_LINE},\n")
    assert mail.reply_to == "post@agentur.example"


def test_the_own_line_holds_in_its_language_only_and_then_the_guest_is_named_as_registered(event):
    guest = make_registration(
        event, contact=a_friend(event, last_name="Alt"), locale="en", last_name="Neumann"
    )

    (mail,) = written(double_mails.queue_merged, guest)

    assert mail.locale == "en"
    assert OWN_LINE not in mail.text
    assert "Neumann" in mail.text.partition("\n")[0]


@pytest.mark.parametrize("kind", WRITE_TO_REGISTERED)
def test_who_has_no_address_is_told_by_phone(event, kind):
    state = STATES.get(kind, RegistrationState.CONFIRMED)
    guest = make_registration(event, email="", state=state, offer_expires_at=event.starts_at)

    sent = written(WRITE_TO_REGISTERED[kind], guest)

    assert [mail for mail in sent if not mail.to_email] == []


def test_an_address_that_is_none_is_shown_to_the_organiser_not_passed_over(event):
    guest = make_registration(event, email="bernd at werk")

    (mail,) = written(mails.queue_acceptance, guest)

    assert mail.state is MailState.FAILED


def test_there_is_no_other_way():
    """But for the one mail to all who share an address, and those to colleagues."""
    root = Path(eventapp.__file__).parent
    callers = {
        (str(path.relative_to(root)), function.name)
        for path in root.rglob("*.py")
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef)
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "queue_mail"
    }

    assert callers == {
        ("accounts/mails.py", "_queue"),
        ("accounts/mails.py", "queue_barrier_report"),
        ("events/mails.py", "queue_letter"),
        ("registrations/mails.py", "queue_lost_links"),
    }


# ---- Found again ---------------------------------------------------------------------------------


def test_mails_without_a_link_stand_in_the_history_of_the_person(event):
    guest = make_registration(event)
    for kind in ("rejected", "code", "changed"):
        written(WRITE_TO_REGISTERED[kind], guest)

    told = [str(step.what) for step in trail_of(guest) if step.mail]

    assert len(told) == 4
    assert any("Ihr Code" in one for one in told)


def test_they_are_found_and_deleted_with_the_guest_wherever_they_went(event):
    guest = make_registration(event, email="neu@x.example")
    sent = written(WRITE_TO_REGISTERED["changed"], guest)
    assert {mail.to_email for mail in sent} == {"neu@x.example", "alt@x.example"}

    assert {mail.id for mail in own_queries.mails_about(guest)} == {mail.id for mail in sent}
    erase_guest(guest)

    assert db.session.scalars(select(OutboxMail)).all() == []


def test_a_mail_with_the_lost_links_of_two_goes_with_either_of_them(event):
    """What names somebody who had everything deleted goes, also beside another's name."""
    shared = "info@werk.example"
    guests = [make_registration(event, email=shared, first_name=name) for name in ("Eva", "Udo")]
    request_links(shared, asked_from="203.0.113.7", locale="de")
    (mail,) = db.session.scalars(select(OutboxMail))
    assert all(one.first_name in mail.text for one in guests)

    for one in guests:
        assert [found.id for found in own_queries.mails_about(one)] == [mail.id]
    erase_guest(guests[1])

    assert db.session.scalars(select(OutboxMail)).all() == []


def test_a_withdrawal_stops_naming_the_guest_who_is_forgotten(event):
    invitation = make_invitation(event, make_contact(event.host, first_name="Änne-Sophie"))
    guest = make_registration(event, invitation=invitation, first_name="Änne-Sophie")
    with transaction():
        person = Substitute(first_name="Udo", last_name="Ohm", email="udo@x.example", locale="de")
        follow_up = Invitation(event=event, substitute=person, substitute_for=invitation)
        db.session.add(follow_up)
        db.session.flush()
        guest.last_name = invitation.contact.last_name
    tell = partial(invitation_mails.queue_withdrawal, guest=invitation.contact.full_name)
    (mail,) = written(tell, follow_up)
    assert "Änne-Sophie" in mail.text

    erase_guest(guest)

    db.session.expire_all()
    assert "Änne-Sophie" not in mail.text + mail.html + mail.subject
