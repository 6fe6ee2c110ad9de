"""The history of a person: asked, reminded, answered, changed, by whom; over one event and all."""

from factories import make_account, make_contact, make_event, make_invitation
from invitations.waves import sent_wave
from registrations.support import ludmila
from sqlalchemy import select
from statements import statement_count

from eventapp.accounts.audit import SYSTEM, record_change
from eventapp.contacts.actions import block_contact
from eventapp.foundation.database import db, transaction
from eventapp.foundation.mail_states import MailState
from eventapp.foundation.outbox import OutboxMail
from eventapp.invitations.actions import invite_person, mark_undeliverable
from eventapp.invitations.models import Invitation
from eventapp.registrations.actions import (
    accept_invitation,
    cancel_registration,
    decline_invitation,
    name_substitute,
    request_links,
    resend_link,
)
from eventapp.registrations.own_data.actions import correct_guest_address
from eventapp.registrations.trail import trail_of, trail_of_contact


def told(steps) -> list[tuple[str, str]]:
    """(who, what) oldest first, without mails."""
    return [(one.who, str(one.what)) for one in reversed(steps) if not one.mail]


def mails(steps) -> list[str]:
    return [one.who for one in reversed(steps) if one.mail]


def test_who_asked_who_answered_and_who_noted_it_by_phone(app):
    event = make_event()
    katrin = make_account(event.host, name="Katrin Öhm")
    contact = make_contact(event.host, email="eva@werk.example")
    sent_wave(event, contact)
    invitation = db.session.scalars(select(Invitation)).one()

    accept_invitation(invitation, by=katrin, note="Anruf, Frau Sommer")
    cancel_registration(accept_invitation(invitation))

    steps = trail_of(invitation)
    assert told(steps)[0] == ("test", "Eingeladen mit „Fachverteiler“")
    assert set(told(steps)[1:3]) == {
        ("Katrin Öhm", "Platz bestätigt"),
        ("Katrin Öhm", "Zugesagt, vom Team eingetragen"),
    }
    assert ("Gast", "Anmeldung storniert") in told(steps)
    assert [one.reason for one in steps if one.action == "invitation.accepted"] == [
        "Anruf, Frau Sommer"
    ]
    assert mails(steps)[0] == "eva@werk.example"


def test_mails_stand_with_what_became_of_them(app):
    event = make_event()
    invitation = invite_person(event, make_contact(event.host), by="test")
    with transaction():
        mail = db.session.scalars(select(OutboxMail)).one()
        mail.state, mail.last_error = MailState.RETURNED, "5.2.2 550 over quota"

    (step,) = [one for one in trail_of(invitation) if one.mail]

    assert str(step.state_words) == "zurückgekommen"
    assert step.reason == "Das Postfach ist voll"


def test_why_a_mail_came_back_is_said_in_words_of_the_reader(app):
    invitation = make_invitation(make_event())
    mark_undeliverable(invitation, by=SYSTEM, reason="5.1.1 550 5.1.1 User unknown")

    assert trail_of(invitation)[0].reason == "Diese Adresse gibt es nicht"


def test_what_staff_writes_is_not_translated(app):
    invitation = make_invitation(make_event())
    mark_undeliverable(invitation, by=make_account(invitation.event.host), reason="5.1.1 laut Uwe")

    assert trail_of(invitation)[0].reason == "5.1.1 laut Uwe"


def test_substitutes_links_and_changes_of_mind_are_told_in_order(app):
    invitation = make_invitation(make_event())
    accept_invitation(invitation)
    resend_link(invitation, by="test")
    name_substitute(invitation, ludmila(), locale="de")
    decline_invitation(invitation, note="krank")

    words = [what for _who, what in told(trail_of(invitation))]

    assert set(words[:2]) == {"Platz bestätigt", "Zugesagt"}
    assert words.index("Persönlicher Link erneut versendet") < words.index("Vertretung benannt")
    assert "Abgesagt" in words


def test_a_contact_is_told_of_over_all_events(app):
    first = make_event()
    second = make_event(first.host)
    contact = make_contact(first.host)
    decline_invitation(invite_person(first, contact, by="test"))
    accept_invitation(invite_person(second, contact, by="test"))
    block_contact(contact, reason="Anruf", actor="test")

    steps = trail_of_contact(contact)

    assert {one.scope for one in steps} == {first.scope, second.scope, ""}
    assert told(steps)[-1] == ("test", "Für Einladungen gesperrt")


def test_two_people_who_share_an_address_have_histories_of_their_own(app):
    event = make_event()
    both = [make_contact(event.host, email="paar@haus.example") for _ in range(2)]
    for contact in both:
        invite_person(event, contact, by="test")

    assert [len(mails(trail_of_contact(contact))) for contact in both] == [1, 1]


def test_lost_links_stand_in_the_history_of_both_who_share_the_address(app):
    event = make_event()
    both = [make_contact(event.host, email="paar@haus.example") for _ in range(2)]
    guests = [invite_person(event, contact, by="test") for contact in both]
    other = invite_person(event, make_contact(event.host), by="test")
    accept_invitation(guests[1])
    before = [len(mails(trail_of(one))) for one in (*guests, other)]

    request_links("paar@haus.example", asked_from="192.0.2.7", locale="de")
    request_links("Paar@Haus.Example", asked_from="192.0.2.7", locale="de")  # in the ten minutes

    after = [len(mails(trail_of(one))) for one in (*guests, other)]
    assert after == [before[0] + 1, before[1] + 1, before[2]]
    assert [len(mails(trail_of_contact(one))) for one in both] == after[:2]


def test_lost_links_stay_in_the_history_of_who_has_another_address_now(app):
    event = make_event()
    both = [make_contact(event.host, email="paar@haus.example") for _ in range(2)]
    guests = [accept_invitation(invite_person(event, contact, by="test")) for contact in both]
    request_links("paar@haus.example", asked_from="192.0.2.7", locale="de")

    for number, guest in enumerate(guests):
        before = len(mails(trail_of(guest)))
        correct_guest_address(guest, f"neu{number}@haus.example", by="test")
        assert len(mails(trail_of(guest))) == before + 1


def test_the_pages_show_it_and_say_where_a_mail_is(client, organiser):
    event = make_event(organiser.memberships[0].host)
    contact = make_contact(event.host)
    invitation = invite_person(event, contact, by=organiser)

    page = client.get(f"/organise/{event.slug}/invitations/{invitation.id}").text
    history = client.get(f"/organise/contacts/{contact.id}/history").text

    mail = db.session.scalars(select(OutboxMail)).one()
    for text in (page, history):
        assert f"/organise/{event.slug}/mails/{mail.public_id}" in text
        assert "Eingeladen" in text
    assert (
        f"/organise/contacts/{contact.id}/history"
        in client.get(f"/organise/contacts/{contact.id}").text
    )


def test_a_long_history_needs_as_many_statements_as_a_short_one(client, organiser):
    host = organiser.memberships[0].host
    contact = make_contact(host)

    def statements(count):
        for _ in range(count):
            accept_invitation(invite_person(make_event(host), contact, by="test"))
        db.session.expire_all()
        with statement_count() as sent:
            assert client.get(f"/organise/contacts/{contact.id}/history").status_code == 200
        return len(sent)

    assert statements(2) == statements(12)


def test_steps_that_nobody_has_words_for_are_changes(app):
    invitation = make_invitation(make_event())
    with transaction():
        record_change(SYSTEM, "invitation.odd", invitation, scope=invitation.event.scope)

    assert str(trail_of(invitation)[0].what) == "Geändert"
