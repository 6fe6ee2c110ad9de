"""Who registered without an invitation sends somebody else: the place passes on, nothing else."""

from datetime import timedelta

import pytest
from factories import (
    make_account,
    make_answer,
    make_contact,
    make_event,
    make_invitation,
    make_question,
    make_registration,
)
from registrations.needs_support import give_needs, needs
from registrations.support import all_registrations, latest_mail, ludmila, mail_kinds, places
from sqlalchemy import select

from eventapp.accounts.models import AuditEntry
from eventapp.consents.states import ConsentKind
from eventapp.contacts.actions import block_contact
from eventapp.contacts.states import Sector
from eventapp.desk.feed import happenings
from eventapp.desk.feed_facts import known_of
from eventapp.desk.overview_queries import invited_people, registered_uninvited
from eventapp.desk.rail_queries import rail_counts
from eventapp.events.actions import cancel_event
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.i18n import use_locale
from eventapp.foundation.outbox import OutboxMail
from eventapp.invitations.errors import OwnSubstitute, SubstituteComes, UnavailableSubstitute
from eventapp.invitations.models import Invitation
from eventapp.invitations.queries import counts_by_state
from eventapp.invitations.states import InvitationState as I
from eventapp.registrations import queries
from eventapp.registrations.actions import (
    accept_invitation,
    agree,
    cancel_registration,
    decline_invitation,
    hand_over,
    name_substitute,
    offer_place,
    take_place_back,
    tend_waiting_lists,
)
from eventapp.registrations.actions.handing_over import MOST_NAMED
from eventapp.registrations.doubles.actions import merge_registrations
from eventapp.registrations.errors import AlreadyRegistered, NoSuchStep, TooManySubstitutes
from eventapp.registrations.own_data.actions import erase_guest
from eventapp.registrations.states import RegistrationKind
from eventapp.registrations.states import RegistrationState as S

EVA = "eva@x.example"
LUDMILA = "ludmila@werk.example"
ANNA = {"first_name": "Anna", "email": "anna@werk.example"}


def make_guest(event, **given):
    """Somebody who registered by the public form."""
    return make_registration(
        event, **{"last_name": "Nüsperling", "first_name": "Eva", "email": EVA} | given
    )


def heir_of(follow_up):
    return queries.registration_of(follow_up)


def page(client, path):
    return " ".join(client.get(path).text.split())


def texts(email):
    """What went to this address, in both parts."""
    mails = db.session.scalars(select(OutboxMail).where(OutboxMail.to_email == email))
    return " ".join(one.subject + one.text + one.html for one in mails)


def test_the_substitute_has_the_place_at_once_and_both_are_told(app):
    event = make_event(capacity=1)
    guest = make_guest(event)
    waiting = make_registration(event, state=S.WAITING)

    follow_up = hand_over(guest, ludmila())

    heir = heir_of(follow_up)
    assert (guest.state, heir.state, waiting.state) == (S.REPLACED, S.CONFIRMED, S.WAITING)
    assert (heir.kind, heir.replaces_id) == (RegistrationKind.SUBSTITUTE, guest.id)
    assert (heir.organisation_name, heir.sector) == (guest.organisation_name, Sector.UNKNOWN)
    assert (follow_up.state, follow_up.wave_id, follow_up.substitute_for_id) == (I.SENT, None, None)
    assert mail_kinds() == [(LUDMILA, "substitute"), (EVA, "substitute_notice")]
    assert "Eva Nüsperling kann an" in texts(LUDMILA)
    assert places(event) == (1, 1)


def test_a_spot_in_line_passes_on_with_its_time_and_its_priority(app):
    event = make_event(capacity=1)
    make_registration(event)
    since = clock.now() - timedelta(days=3)
    guest = make_guest(event, state=S.WAITING, waiting_since=since, priority=-1)
    make_registration(event, state=S.WAITING, priority=-1)

    heir = heir_of(hand_over(guest, ludmila()))

    assert (heir.state, heir.waiting_since, heir.priority) == (S.WAITING, since, -1)
    assert queries.line(event)[0].id == heir.id
    assert guest.waiting_since is None


def test_an_offer_passes_on_with_its_deadline_and_lapses_for_both(app, client):
    event = make_event(capacity=2)
    guest = make_guest(event, state=S.WAITING)
    offer_place(guest, by="test", reason="Probe")
    until = guest.offer_expires_at

    heir = heir_of(hand_over(guest, ludmila()))

    assert (heir.state, heir.offer_expires_at, guest.offer_expires_at) == (S.OFFERED, until, None)
    with clock.held(until + timedelta(minutes=5)):
        tend_waiting_lists()
    assert heir.state is S.EXPIRED
    text = page(client, f"/r/{guest.token}")
    assert "substitute/back" not in text
    assert 'href="/e/' in text
    with pytest.raises(NoSuchStep):
        take_place_back(guest)
    assert places(event) == (0, 0)


def test_needs_consents_answers_and_companions_stay_behind(app):
    event = make_event(capacity=3, companions_allowed=2)
    question = make_question(event)
    guest = make_guest(event)
    make_registration(event, kind=RegistrationKind.COMPANION, main_id=guest.id, email="")
    make_answer(guest, question, text="Das geht nur mich an")
    agree(guest, ConsentKind.PHOTO, locale="de")
    give_needs(guest)
    with transaction():
        guest.note, guest.phone, guest.group_key = "privat", "02921 1", "k"

    heir = heir_of(hand_over(guest, ludmila()))

    assert (heir.consents, heir.company, needs()) == ([], [], [])
    assert (heir.note, heir.phone, heir.group_key) == ("", "", "")
    assert "Das geht" not in texts(LUDMILA)
    assert [one.state for one in guest.companions] == [S.CANCELLED]
    assert places(event) == (1, 1)


def test_nobody_is_counted_as_invited_who_was_not(app):
    event = make_event()
    guest = make_guest(event)
    hand_over(guest, ludmila())

    accept_invitation(hand_over(guest, ludmila(**ANNA)))

    assert rail_counts(event)["invitations"] == 0
    assert rail_counts(event)["guests"] == 1
    assert counts_by_state(event) == {}
    assert invited_people(event) == []
    assert [one.people for one in registered_uninvited(event)] == [1]


def test_a_yes_is_told_and_settles_it(client):
    guest = make_guest(make_event())
    follow_up = hand_over(guest, ludmila())
    assert "Eva Nüsperling hat Sie als Vertretung benannt" in page(client, f"/i/{follow_up.token}")

    client.post(f"/i/{follow_up.token}", data={"answer": "yes"})

    assert (follow_up.state, heir_of(follow_up).state) == (I.ACCEPTED, S.CONFIRMED)
    assert mail_kinds().count((EVA, "substitute_answer")) == 1
    text = page(client, f"/r/{guest.token}")
    assert "Ludmila Frøhlich hat zugesagt und hat Ihren Platz übernommen." in text
    assert "/substitute" not in text
    with pytest.raises(SubstituteComes):
        take_place_back(guest)
    with pytest.raises(SubstituteComes):
        hand_over(guest, ludmila(**ANNA))


def test_a_no_opens_the_place_to_others_and_leads_the_guest_to_the_form(client):
    event = make_event(capacity=1)
    guest = make_guest(event)
    waiting = make_registration(event, state=S.WAITING)
    follow_up = hand_over(guest, ludmila())

    client.post(f"/i/{follow_up.token}", data={"answer": "no"})

    db.session.refresh(waiting)
    assert waiting.state is S.OFFERED
    assert "ob Sie sich wieder anmelden können" in texts(EVA)
    text = page(client, f"/r/{guest.token}")
    assert "Ihre Vertretung kommt nicht, Frau Nüsperling." in text
    assert "Für Sie und Ihre Vertretung ist kein Platz reserviert." in text
    assert f'href="/e/{event.slug}/register"' in text
    assert f"/r/{guest.token}/substitute" not in text
    with pytest.raises(NoSuchStep):
        take_place_back(guest)
    assert places(event) == (1, 1)


def test_a_substitute_who_cancels_on_their_own_page_is_told_of_as_well(app):
    guest = make_guest(make_event())
    follow_up = hand_over(guest, ludmila())
    accept_invitation(follow_up)

    cancel_registration(heir_of(follow_up))

    assert mail_kinds().count((EVA, "substitute_answer")) == 2


def test_until_there_is_an_answer_the_guest_can_come_after_all(client):
    event = make_event(capacity=1)
    guest = make_guest(event)
    make_registration(event, state=S.WAITING)
    follow_up = hand_over(guest, ludmila())
    text = page(client, f"/r/{guest.token}")
    assert "halten Ihren Platz für diese Person frei. Eine Antwort steht noch aus." in text
    assert "Doch selbst kommen" in text

    answer = client.post(f"/r/{guest.token}/substitute/back")
    client.post(f"/r/{guest.token}/substitute/back")

    assert answer.status_code == 303
    db.session.expire_all()
    assert (guest.state, follow_up.state) == (S.CONFIRMED, I.WITHDRAWN)
    assert mail_kinds()[-2:] == [(LUDMILA, "withdrawal"), (EVA, "confirmation")]
    assert "Eva Nüsperling hatte Sie" in latest_to(LUDMILA)
    assert client.get(f"/i/{follow_up.token}").status_code == 410
    assert places(event) == (1, 1)


def latest_to(email):
    mails = db.session.scalars(
        select(OutboxMail).where(OutboxMail.to_email == email).order_by(OutboxMail.id)
    ).all()
    return mails[-1].text


def test_an_offer_that_was_handed_over_comes_back_as_an_offer(app):
    event = make_event(capacity=1)
    guest = make_guest(event, state=S.WAITING)
    offer_place(guest, by="test", reason="Probe")
    until = guest.offer_expires_at
    hand_over(guest, ludmila())

    take_place_back(guest)

    assert (guest.state, guest.offer_expires_at) == (S.OFFERED, until)
    assert places(event) == (1, 1)


def test_somebody_else_can_be_named_until_there_is_an_answer(client):
    event = make_event(capacity=1)
    guest = make_guest(event)
    first = hand_over(guest, ludmila())

    second = hand_over(guest, ludmila(**ANNA))

    assert (first.state, second.state) == (I.WITHDRAWN, I.SENT)
    assert (heir_of(first).state, heir_of(second).state) == (S.REPLACED, S.CONFIRMED)
    assert heir_of(second).replaces_id == guest.id
    assert mail_kinds().count((LUDMILA, "withdrawal")) == 1
    assert "Anna Frøhlich" in page(client, f"/r/{guest.token}")
    assert places(event) == (1, 1)
    take_place_back(guest)
    assert (guest.state, places(event)) == (S.CONFIRMED, (1, 1))


def test_the_same_form_sent_twice_names_one_person(app):
    guest = make_guest(make_event())

    first, second = hand_over(guest, ludmila()), hand_over(guest, ludmila())

    assert first is second
    assert mail_kinds().count((LUDMILA, "substitute")) == 1


def test_whom_a_substitute_sends_comes_for_them(client):
    event = make_event(capacity=1)
    guest = make_guest(event)
    follow_up = hand_over(guest, ludmila())
    accept_invitation(follow_up)

    third = name_substitute(follow_up, ludmila(**ANNA))
    accept_invitation(third)

    assert heir_of(third).state is S.CONFIRMED
    assert "Ihre Vertretung kommt" in page(client, f"/r/{guest.token}")
    with pytest.raises(SubstituteComes):
        take_place_back(guest)
    assert places(event) == (1, 1)


def test_it_ends_with_so_many_names_as_nobody_means_well(app):
    guest = make_guest(make_event())
    for number in range(MOST_NAMED):
        hand_over(guest, ludmila(email=f"v{number}@x.example"))
    sent = len(mail_kinds())

    with pytest.raises(TooManySubstitutes):
        hand_over(guest, ludmila(email="noch@x.example"))

    assert len(mail_kinds()) == sent


def test_nobody_names_themselves_or_who_comes_anyway_or_who_objects(app):
    event = make_event(capacity=2)
    guest = make_guest(event)
    make_registration(event, first_name="Ludmila", last_name="Frøhlich", email=LUDMILA)
    block_contact(make_contact(event.host, email=ANNA["email"]), reason="", actor="test")

    for person, problem in (
        (ludmila(first_name="EVA", last_name="nüsperling", email=EVA.upper()), OwnSubstitute),
        (ludmila(), UnavailableSubstitute),
        (ludmila(**ANNA), UnavailableSubstitute),
    ):
        with pytest.raises(problem):
            hand_over(guest, person)

    db.session.refresh(guest)
    assert (guest.state, mail_kinds(), places(event)) == (S.CONFIRMED, [], (2, 2))


@pytest.mark.parametrize(
    "given",
    [
        {"state": S.IN_REVIEW},
        {"state": S.CANCELLED},
        {"state": S.EXPIRED},
        {"kind": RegistrationKind.CREW},
        {"kind": RegistrationKind.PRESS},
    ],
)
def test_only_who_has_a_place_of_the_guests_or_waits_can_hand_over(client, given):
    guest = make_guest(make_event(), **given)

    with pytest.raises(NoSuchStep):
        hand_over(guest, ludmila())

    assert f"/r/{guest.token}/substitute" not in client.get(f"/r/{guest.token}").text
    assert client.get(f"/r/{guest.token}/substitute").status_code == 303


def test_nothing_is_handed_over_once_the_event_is_called_off(client):
    event = make_event()
    guest, other = make_guest(event), make_registration(event)
    hand_over(guest, ludmila())
    cancel_event(event, by="test")

    for step in (lambda: hand_over(other, ludmila(**ANNA)), lambda: take_place_back(guest)):
        with pytest.raises(NoSuchStep):
            step()

    assert "/substitute" not in client.get(f"/r/{other.token}").text


def test_who_registered_anew_meanwhile_takes_nothing_back(app):
    event = make_event()
    guest = make_guest(event)
    follow_up = hand_over(guest, ludmila())
    make_guest(event)

    with pytest.raises(AlreadyRegistered):
        take_place_back(guest)
    decline_invitation(follow_up)

    assert mail_kinds().count((EVA, "substitute_answer")) == 0


def test_the_page_offers_the_step_and_keeps_what_was_typed(client):
    guest = make_guest(make_event())
    path = f"/r/{guest.token}/substitute"
    assert f'href="{path}"' in client.get(f"/r/{guest.token}").text

    wrong = client.post(path, data={"first_name": "Ludmila", "last_name": "", "email": "l@x"})
    own = client.post(path, data={"first_name": "Eva", "last_name": "Nüsperling", "email": EVA})
    named = client.post(
        path, data={"first_name": "Ludmila", "last_name": "Frøhlich", "email": LUDMILA}
    )
    late = client.post(path, data={"first_name": "L", "last_name": "F", "email": EVA})

    assert (wrong.status_code, own.status_code) == (422, 422)
    assert 'value="Ludmila"' in wrong.text
    assert (named.status_code, named.location) == (303, f"/r/{guest.token}")
    assert late.status_code == 303
    assert client.get(path, headers={"Accept-Language": "en"}).status_code == 200


def test_an_invited_guest_is_led_to_the_step_at_the_invitation(client):
    invitation = make_invitation(make_event())
    guest = accept_invitation(invitation)

    answer = client.get(f"/r/{guest.token}/substitute")
    posted = client.post(
        f"/r/{guest.token}/substitute",
        data={"first_name": "Ludmila", "last_name": "Frøhlich", "email": LUDMILA},
    )

    assert answer.location == f"/i/{invitation.token}/substitute"
    assert posted.status_code == 409
    assert guest.state is S.CONFIRMED


def test_the_trail_and_the_home_page_tell_it_of_both(app):
    event = make_event()
    guest = make_guest(event)

    hand_over(guest, ludmila())
    hand_over(guest, ludmila(**ANNA))

    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).all()
    with use_locale("de"):
        told = [str(one.sentence) for one in happenings(entries, known_of(entries))]
    assert [one.action for one in entries if one.subject_id == str(guest.id)].count(
        "registration.handed_over"
    ) == 2
    assert "Eva Nüsperling benennt Anna Frøhlich als Vertretung." in told
    assert not any(LUDMILA in str(one.after) for one in entries)


def test_the_substitute_deletes_everything_and_the_guests_mails_forget_the_name(client):
    event = make_event(capacity=1)
    guest = make_guest(event)
    follow_up = hand_over(guest, ludmila())
    accept_invitation(follow_up)

    erase_guest(heir_of(follow_up))

    assert "Frøhlich" not in texts(EVA)
    assert "Ihre Vertretung kommt nicht" in page(client, f"/r/{guest.token}")
    assert places(event) == (0, 0)


def test_the_guest_deletes_everything_and_the_substitutes_mails_forget_the_name(client):
    event = make_event(capacity=1)
    guest = make_guest(event)
    follow_up = hand_over(guest, ludmila())

    erase_guest(guest)
    accept_invitation(follow_up)

    assert "Nüsperling" not in texts(LUDMILA)
    assert "Nüsperling" not in page(client, f"/i/{follow_up.token}")
    assert heir_of(follow_up).state is S.CONFIRMED
    assert texts(EVA) == ""


def test_a_substitute_found_to_be_registered_already_still_comes_for_the_guest(client):
    event = make_event(capacity=2)
    guest = make_guest(event)
    heir = heir_of(hand_over(guest, ludmila()))
    other = make_registration(event, first_name="Ludmila", last_name="Frøhlich")

    merge_registrations(other, heir, by="test")

    assert "Ihre Vertretung kommt" in page(client, f"/r/{guest.token}")


def test_staff_reads_on_both_pages_who_comes_for_whom(client, sign_in):
    event = make_event()
    account = make_account(host=event.host)
    guest = make_guest(event)
    follow_up = hand_over(guest, ludmila())
    sign_in(client, account)

    theirs = page(client, f"/organise/{event.slug}/guests/{guest.id}")
    heirs = page(client, f"/organise/{event.slug}/guests/{heir_of(follow_up).id}")
    invited = page(client, f"/organise/{event.slug}/invitations/{follow_up.id}")

    assert "Ludmila Frøhlich" in theirs
    assert "Eva Nüsperling" in heirs
    assert "Eva Nüsperling" in invited


def test_t12_the_link_of_whom_the_guest_takes_the_place_back_from_is_dead(client):
    """T-12: the substitute's invitation and personal page give nothing away any more."""
    guest = make_guest(make_event())
    follow_up = hand_over(guest, ludmila())
    heir = heir_of(follow_up)

    take_place_back(guest)

    answers = [
        client.get(f"/i/{follow_up.token}"),
        client.post(f"/i/{follow_up.token}", data={"answer": "yes"}),
    ]
    assert [one.status_code for one in answers] == [410, 410]
    assert "Nüsperling" not in client.get(f"/r/{heir.token}").text
    assert (guest.state, heir.state) == (S.CONFIRMED, S.CANCELLED)


def test_t09_a_wrong_link_hands_nothing_over(client):
    """T-09."""
    for path in ("substitute", "substitute/back"):
        answer = client.post(f"/r/abcdefgh-wrong/{path}")
        assert answer.status_code == 404


def test_every_invitation_has_a_person(app):
    guest = make_guest(make_event())

    hand_over(guest, ludmila())

    assert len(all_registrations()) == 2
    assert db.session.scalars(select(Invitation)).one().person.full_name == "Ludmila Frøhlich"
    assert latest_mail().to_email == EVA


def test_staff_records_the_substitute_on_the_page_of_who_registered_themselves(client, organiser):
    event = make_event(organiser.memberships[0].host)
    guest = make_guest(event)
    path = f"/organise/{event.slug}/guests/{guest.id}"
    named = {"instead_first_name": "Ludmila", "instead_last_name": "Frøhlich"}

    offered = f'action="{path}/substitute"' in page(client, path)
    wrong = client.post(f"{path}/substitute", data=named)
    done = client.post(f"{path}/substitute", data=named | {"instead_email": LUDMILA})

    assert offered
    assert (wrong.status_code, 'value="Ludmila"' in wrong.text) == (422, True)
    assert (done.status_code, done.location) == (303, path)
    db.session.refresh(guest)
    assert guest.state is S.REPLACED
    assert mail_kinds() == [(LUDMILA, "substitute")]  # the tick for the guest's own mail was off
    assert "Ludmila Frøhlich kommt stattdessen" in client.get(path).text


def test_from_an_invited_guest_a_link_leads_to_the_open_form_at_the_invitation(client, organiser):
    event = make_event(organiser.memberships[0].host)
    invitation = make_invitation(event, make_contact(event.host))
    guest = accept_invitation(invitation)

    shown = page(client, f"/organise/{event.slug}/guests/{guest.id}")
    way = f"/organise/{event.slug}/invitations/{invitation.id}?open=substitute"
    form = page(client, way)

    assert f'href="{way}#substitute"' in shown
    assert 'id="substitute" open' in form
