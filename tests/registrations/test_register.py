"""Anybody registers: entered, confirmed by a link, then a place, the waiting list, or a review."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from factories import make_contact, make_event, make_invitation, make_municipality
from registrations.public_form import hermine, link_in_mail
from registrations.support import all_registrations, latest_mail, ludmila, mail_kinds, places

from eventapp.accounts.errors import TooManyAttempts
from eventapp.accounts.throttle import register_keys
from eventapp.contacts.states import Sector
from eventapp.events.states import EventState, RegistrationMode
from eventapp.foundation import clock
from eventapp.foundation.database import transaction
from eventapp.invitations.states import InvitationState
from eventapp.registrations import queries
from eventapp.registrations.actions import accept_invitation, cancel_registration, name_substitute
from eventapp.registrations.errors import (
    AnswersClosed,
    ConfirmationExpired,
    EventIsFull,
    RegistrationClosed,
)
from eventapp.registrations.front_door.actions import (
    confirm_registration,
    forget_unconfirmed,
    register,
)
from eventapp.registrations.queue import LATE_PRIORITY
from eventapp.registrations.requests import Filler, PersonRequest
from eventapp.registrations.states import RegistrationState

S = RegistrationState


def registered(event, **given):
    register(event, hermine(**given))
    return all_registrations()[-1]


def confirmed(event, **given):
    one = registered(event, **given)
    confirm_registration(one)
    return one


def states():
    return [one.state for one in all_registrations()]


def test_before_the_link_is_used_no_place_is_held_and_one_mail_goes_out(app):
    event = make_event(capacity=1)

    one = registered(event)

    assert one.state is S.UNCONFIRMED
    assert places(event) == (0, 0)
    assert mail_kinds() == [("hermine@werk.example", "confirm")]
    assert event.last_registration_number == 0


def test_the_link_makes_a_place_with_a_number_and_the_confirmation(app):
    event = make_event(capacity=1)

    one = confirmed(event)

    assert (one.state, one.number) == (S.CONFIRMED, "A-0001")
    assert places(event) == (1, 1)
    assert mail_kinds()[-1] == ("hermine@werk.example", "confirmation")
    assert "Anmeldung" in latest_mail().text
    assert "Einladung" not in latest_mail().text


def test_the_town_gives_county_and_municipality_where_it_is_unique(app):
    make_municipality()
    event = make_event()

    near, far = registered(event), registered(event, last_name="Öhm", city="Timbuktu")

    assert (near.municipality_ags, near.county) == ("05958004", "Hochsauerlandkreis")
    assert far.municipality_ags is None
    assert far.county.startswith("außerhalb")
    assert near.sector is Sector.BUSINESS


def test_when_all_is_full_the_link_leads_to_the_waiting_list_in_order(app):
    event = make_event(capacity=1)
    confirmed(event)
    second = confirmed(event, email="b@werk.example")
    third = confirmed(event, email="c@werk.example")

    assert [one.id for one in queries.line(event)] == [second.id, third.id]
    assert mail_kinds()[-1] == ("c@werk.example", "waiting")
    assert places(event) == (1, 1)


def test_first_is_who_confirms_first_not_who_fills_in_first(app):
    event = make_event(capacity=1)
    slow, quick = registered(event), registered(event, email="b@werk.example")

    confirm_registration(quick)
    confirm_registration(slow)

    assert (quick.state, slow.state) == (S.CONFIRMED, S.WAITING)


def test_confirming_twice_changes_nothing_t44(app):
    """T-51: the answer was lost."""
    event = make_event()
    one = confirmed(event)
    before = mail_kinds()

    confirm_registration(one)

    assert mail_kinds() == before
    assert places(event) == (1, 1)


def test_t44_a_form_sent_twice_is_one_registration_and_one_mail(app):
    """T-51: the answer was lost."""
    event = make_event()
    with clock.held(clock.now().replace(minute=5)):
        register(event, hermine())
        register(event, hermine(city="Soest"))

    assert len(all_registrations()) == 1
    assert all_registrations()[0].city == "Soest"
    assert mail_kinds() == [("hermine@werk.example", "confirm")]


def test_two_people_may_share_one_address(app):
    event = make_event()

    confirmed(event)
    confirmed(event, first_name="Balduin")

    assert states() == [S.CONFIRMED, S.CONFIRMED]


def test_t16_who_is_registered_already_is_told_by_mail_and_nothing_changes(app):
    event = make_event()
    one = confirmed(event)

    register(event, hermine(city="Soest", locale="en"))

    assert len(all_registrations()) == 1
    assert all_registrations()[0].city == "Arnsberg"
    assert mail_kinds()[-1] == ("hermine@werk.example", "already")
    assert latest_mail().locale == "en"
    assert link_in_mail("r") == f"/r/{one.token}"


def test_who_cancelled_can_register_again(app):
    event = make_event()
    cancel_registration(confirmed(event))

    confirmed(event)

    assert states() == [S.CANCELLED, S.CONFIRMED]


def test_after_two_days_the_link_confirms_nothing_and_all_is_deleted(app):
    event = make_event()
    one = registered(event)
    with clock.held(clock.now() + timedelta(hours=49)):
        with pytest.raises(ConfirmationExpired):
            confirm_registration(one)
        fresh = registered(event, email="b@werk.example")
        assert forget_unconfirmed() == 1
        assert forget_unconfirmed() == 0

    assert [row.id for row in all_registrations()] == [fresh.id]


def test_the_sweep_keeps_whoever_confirmed(app):
    event = make_event()
    confirmed(event)

    with clock.held(clock.now() + timedelta(days=9)):
        assert forget_unconfirmed() == 0
    assert states() == [S.CONFIRMED]


def test_entering_it_again_gives_two_more_days(app):
    event = make_event()
    one = registered(event)
    with clock.held(clock.now() + timedelta(hours=40)):
        register(event, hermine())
    with clock.held(clock.now() + timedelta(hours=60)):
        confirm_registration(one)

    assert states() == [S.CONFIRMED]


def test_t55_the_deadline_counts_when_the_form_is_sent_on_the_clock_of_the_place(app):
    event = make_event(zone="Europe/Berlin", capacity=5)
    last_minute = datetime.combine(
        event.reply_by_on, datetime.max.time(), ZoneInfo("Europe/Berlin")
    )
    with clock.held(last_minute):
        in_time = registered(event)
    with clock.held(last_minute + timedelta(minutes=10)):
        late = registered(event, email="b@werk.example")
        confirm_registration(late)
        confirm_registration(in_time)

    assert (in_time.state, in_time.priority) == (S.CONFIRMED, 0)
    assert (late.state, late.priority) == (S.WAITING, LATE_PRIORITY)


@pytest.mark.parametrize(
    "given",
    [
        {"state": EventState.CANCELLED},
        {"state": EventState.POSTPONED},
        {"state": EventState.CLOSED},
        {"state": EventState.RELEASED},
        {"registration_mode": RegistrationMode.INVITED},
        {"starts_at": clock.now() - timedelta(hours=1)},
        {"registration_opens_at": clock.now() + timedelta(days=1)},
    ],
    ids=["cancelled", "postponed", "closed", "released", "invited", "begun", "not yet"],
)
def test_where_registration_is_not_open_nothing_is_kept(app, given):
    event = make_event(**given)

    with pytest.raises(RegistrationClosed):
        register(event, hermine())

    assert all_registrations() == []
    assert mail_kinds() == []


def test_a_released_event_opens_at_its_moment(app):
    event = make_event(
        state=EventState.RELEASED, registration_opens_at=clock.now() - timedelta(minutes=1)
    )

    assert confirmed(event).state is S.CONFIRMED


def test_full_without_waiting_list_is_said_before_anything_is_kept(app):
    event = make_event(capacity=1, waiting_list=False)
    early = registered(event, email="b@werk.example")
    confirmed(event)

    with pytest.raises(EventIsFull):
        register(event, hermine(email="c@werk.example"))
    with pytest.raises(EventIsFull):
        confirm_registration(early)

    assert places(event) == (1, 1)


def test_an_event_called_off_meanwhile_confirms_nobody(app):
    event = make_event()
    one = registered(event)
    with transaction():
        event.state = EventState.CANCELLED

    with pytest.raises(AnswersClosed):
        confirm_registration(one)


def test_colleagues_get_a_mail_each_and_decide_for_themselves(app):
    event = make_event()
    people = (
        PersonRequest(first_name="Eva", last_name="Öhm", email="e@werk.example"),
        PersonRequest(first_name="Udo", last_name="Öhm", email="e@werk.example"),
        PersonRequest(first_name="Jan", last_name="Ohm", email="j@werk.example"),
    )

    register(event, hermine(people=people, organisation_name="Werk Nord GmbH"))

    rows = all_registrations()
    assert len({one.group_key for one in rows}) == 1
    assert rows[0].group_key
    assert {one.organisation_name for one in rows} == {"Werk Nord GmbH"}
    assert [to for to, _kind in mail_kinds()] == ["e@werk.example"] * 2 + ["j@werk.example"]
    confirm_registration(rows[2])
    assert states() == [S.UNCONFIRMED, S.UNCONFIRMED, S.CONFIRMED]


def test_an_invited_person_who_takes_the_public_form_has_accepted(app):
    event = make_event(registration_mode=RegistrationMode.APPROVAL)
    contact = make_contact(
        event.host, first_name="Hermine", last_name="Äußerlich", email="Hermine@Werk.example"
    )
    invitation = make_invitation(event, contact)

    one = confirmed(event)

    assert (one.state, one.invitation_id) == (S.CONFIRMED, invitation.id)
    assert invitation.state is InvitationState.ACCEPTED


def test_what_a_stranger_enters_in_somebodys_name_is_in_nobodys_way(app):
    event = make_event()
    contact = make_contact(
        event.host, first_name="Hermine", last_name="Äußerlich", email="hermine@werk.example"
    )
    register(event, hermine())

    own = accept_invitation(make_invitation(event, contact))

    assert [one.id for one in all_registrations()] == [own.id]
    register(
        event, hermine(first_name="Ludmila", last_name="Frøhlich", email="ludmila@werk.example")
    )
    name_substitute(make_invitation(event), ludmila())


def test_t95_programs_are_slowed_down_sooner_than_people(app):
    event = make_event(capacity=200)
    for number in range(30):
        register(event, hermine(email=f"m{number}@werk.example", filler=Filler.MACHINE))
    with pytest.raises(TooManyAttempts):
        register(event, hermine(email="m30@werk.example", filler=Filler.MACHINE))

    register(event, hermine(email="person@werk.example"))

    assert len(all_registrations()) == 31


def test_one_mailbox_cannot_be_filled(app):
    event = make_event()
    for number in range(5):
        register(event, hermine(first_name=f"Nr{number}", email=f"hermine+{number}@werk.example"))

    with pytest.raises(TooManyAttempts):
        register(event, hermine(first_name="Nr6"))

    assert len(mail_kinds()) == 5


def test_colleagues_who_share_a_mailbox_fill_it_once_each(app):
    event = make_event(capacity=200)
    people = tuple(
        PersonRequest(first_name=f"Nr{number}", last_name="Öhm", email="buero@werk.example")
        for number in range(5)
    )
    register(event, hermine(people=people))

    with pytest.raises(TooManyAttempts):
        register(event, hermine(email="buero@werk.example"))

    assert len(mail_kinds()) == 5


def test_from_one_address_people_are_counted_and_not_forms(app):
    assert register_keys(["a@x.example", "a+1@x.example", "b@x.example"], "192.0.2.7") == (
        *sorted(register_keys(["a@x.example"], "192.0.2.7")[:1] * 2
        + register_keys(["b@x.example"], "192.0.2.7")[:1]),
        *["register:address:192.0.2.7"] * 3,
    )  # fmt: skip
