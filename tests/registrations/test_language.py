"""Whoever answers in the other language gets mails and pages in that language from then on."""

import pytest
from factories import make_account, make_contact, make_event, make_invitation
from registrations.support import all_registrations, latest_mail, ludmila, mail_kinds
from sqlalchemy import select

from eventapp.foundation.database import db
from eventapp.foundation.outbox import OutboxMail
from eventapp.registrations import queries
from eventapp.registrations.actions import (
    accept_invitation,
    cancel_registration,
    decline_invitation,
    name_substitute,
    resend_link,
)
from eventapp.registrations.states import RegistrationState

OTHER = {"de": "en", "en": "de"}
both_ways = pytest.mark.parametrize("written", ["de", "en"])


def invite(written: str, **given):
    event = make_event(**given)
    return make_invitation(event, make_contact(event.host, locale=written))


def mail_to(email: str) -> OutboxMail:
    return db.session.scalars(
        select(OutboxMail).where(OutboxMail.to_email == email).order_by(OutboxMail.id.desc())
    ).first()


@both_ways
def test_the_confirmation_comes_in_the_language_of_the_page(app, client, written):
    invitation, chosen = invite(written), OTHER[written]

    client.post(f"/i/{invitation.token}?lang={chosen}", data={"answer": "yes"})

    mail = latest_mail()
    subjects = {"de": "Ihre Anmeldung ist bestätigt", "en": "Your registration is confirmed"}
    assert mail.locale == chosen
    assert mail.subject.startswith(subjects[chosen])
    assert mail.files()[0].filename == {"de": "termin.ics", "en": "event.ics"}[chosen]
    assert all_registrations()[0].locale == chosen


@both_ways
def test_the_thanks_for_a_regret_come_in_the_language_of_the_page(app, client, written):
    invitation, chosen = invite(written), OTHER[written]

    client.post(f"/i/{invitation.token}?lang={chosen}", data={"answer": "no"})

    words = {"de": "Ihre Absage ist angekommen", "en": "Thank you for letting us know"}
    assert latest_mail().subject.startswith(words[chosen])


@both_ways
def test_later_mails_and_pages_keep_to_it(app, client, written):
    chosen = OTHER[written]
    invitation = invite(written, capacity=1)
    first = accept_invitation(make_invitation(invitation.event))
    waiting = accept_invitation(invitation, locale=chosen)
    assert waiting.state is RegistrationState.WAITING

    cancel_registration(first)
    promotion = mail_to(waiting.email)
    resend_link(invitation, by="test")

    assert (promotion.locale, latest_mail().locale) == (chosen, chosen)
    on_the_page = {"de": "Wir halten Ihnen einen Platz frei", "en": "We hold a place for you"}
    assert on_the_page[chosen] in client.get(f"/i/{invitation.token}").text
    assert f'<html lang="{chosen}"' in client.get(f"/r/{waiting.token}").text


@both_ways
def test_cancelling_in_the_other_language_is_answered_in_it(app, client, written):
    registration, chosen = accept_invitation(invite(written)), OTHER[written]

    client.post(f"/r/{registration.token}/cancel?lang={chosen}")

    assert (latest_mail().locale, registration.locale) == (chosen, chosen)


def test_who_returns_after_a_regret_is_still_spoken_to_in_the_language_chosen(app):
    invitation = invite("de")
    accept_invitation(invitation, locale="en")
    decline_invitation(invitation)

    again = accept_invitation(invitation, by=make_account(invitation.event.host))

    assert (again.locale, latest_mail().locale) == ("en", "en")


def test_a_reply_noted_by_staff_is_confirmed_in_the_language_of_the_contact(client, organiser, app):
    event = make_event(organiser.memberships[0].host)
    invitation = make_invitation(event, make_contact(event.host, locale="de"))

    client.post(
        f"/organise/{event.slug}/invitations/{invitation.id}/reply?lang=en",
        data={"answer": "yes", "tell": "y"},
    )

    assert latest_mail().locale == "de"


def test_a_substitute_is_written_to_in_the_language_of_the_guest_until_they_choose(app):
    invitation = invite("de")
    accept_invitation(invitation)

    follow_up = name_substitute(invitation, ludmila(), locale="en")
    asked, told = mail_to("ludmila@werk.example"), mail_to(invitation.contact.email)
    decline_invitation(follow_up, locale="de")
    thanks, answer = mail_to("ludmila@werk.example"), mail_to(invitation.contact.email)

    assert (asked.locale, told.locale, thanks.locale, answer.locale) == ("en", "en", "de", "en")
    assert queries.language_of(follow_up) == "de"
    assert follow_up.substitute.locale == "de"
    assert invitation.contact.locale == "de"  # the contact is the host's, not the guest's


def test_a_salutation_line_of_ones_own_stands_in_every_mail_in_its_language(app):
    event = make_event()
    contact = make_contact(event.host, salutation_override="Sehr geehrter Herr Minister")
    invitation = make_invitation(event, contact)

    registration = accept_invitation(invitation)
    confirmation = latest_mail().text
    cancel_registration(registration, locale="en")

    assert confirmation.startswith("Sehr geehrter Herr Minister,")
    assert not latest_mail().text.startswith("Sehr geehrter Herr Minister")
    assert [kind for _, kind in mail_kinds()] == ["confirmation", "regret"]


@both_ways
@pytest.mark.parametrize("reply", ["no", "substitute"])
def test_who_said_no_on_one_device_is_met_in_that_language_on_the_next(app, client, written, reply):
    invitation, chosen = invite(written), OTHER[written]
    path = f"/i/{invitation.token}"
    if reply == "no":
        client.post(f"{path}?lang={chosen}", data={"answer": "no"})
    else:
        names = {"first_name": "Ludmila", "last_name": "Frøhlich", "email": "l@werk.example"}
        client.post(f"{path}/substitute?lang={chosen}", data=names)
    second = app.test_client()

    page = second.get(path, headers={"Accept-Language": written}).text
    second.post(path, data={"answer": "yes"}, headers={"Accept-Language": written})

    assert f'<html lang="{chosen}"' in page
    assert mail_to(invitation.contact.email).locale == chosen
