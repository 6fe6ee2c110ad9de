"""The organisers' homes: all events, and one event with what matters today."""

import re
from datetime import date, timedelta

import pytest
from factories import (
    make_account,
    make_contact,
    make_contribution,
    make_contributor,
    make_event,
    make_host,
    make_invitation,
    make_registration,
    make_series,
    make_session,
    make_slot,
    make_wave,
    moment,
)
from statements import statement_count

from eventapp.accounts.states import Role
from eventapp.contacts.states import Sector
from eventapp.desk import tasks
from eventapp.desk.answers import Invited, by_county
from eventapp.desk.feed import since_words
from eventapp.desk.gaps import _untranslated
from eventapp.desk.overview import headline_of, overview_of
from eventapp.desk.tasks import named
from eventapp.events.states import EventState
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.i18n import use_locale
from eventapp.foundation.outbox import MailState, OutboxMail
from eventapp.invitations.models import Substitute
from eventapp.invitations.states import InvitationState
from eventapp.programme.kinds import SessionKind
from eventapp.programme.queries import programme_of
from eventapp.programme.states import SessionState
from eventapp.registrations.states import RegistrationKind, RegistrationState

I, R = InvitationState, RegistrationState  # noqa: E741 - as in the code


@pytest.fixture
def english(app):
    with use_locale("en"):
        yield app


def invite(event, state, sector=Sector.BUSINESS, **given):
    contact = make_contact(event.host, sector=sector)
    return make_invitation(event, contact, state=state, **given)


def figures(event):
    return {
        str(figure.label): (figure.number, str(figure.detail))
        for figure in overview_of(event).figures
    }


def titles(tasks):
    return [str(task.title) for task in tasks]


def test_the_figures_count_people_as_organisers_do(app):
    event = make_event(capacity=120)
    for state in (I.ACCEPTED, I.ACCEPTED, I.SENT, I.DECLINED, I.SUBSTITUTED, I.PLANNED):
        invite(event, state)
    guest = make_registration(event)
    make_registration(event, kind=RegistrationKind.COMPANION, main_id=guest.id)
    make_registration(event, kind=RegistrationKind.SUBSTITUTE)
    make_registration(event, state=R.WAITING)
    make_registration(event, state=R.CANCELLED)

    with use_locale("de"):
        found = figures(event)

    assert {label: number for label, (number, _detail) in found.items()} == {
        "Plätze belegt": 3,
        "Zugesagt": 2,
        "Ohne Antwort": 1,
        "Abgesagt": 1,
        "Warteliste": 1,
    }
    assert found["Plätze belegt"][1] == "von 120, mit 1 Vertretung und 1 Begleitung"
    assert found["Zugesagt"][1] == "von 5 Eingeladenen"  # nobody invited waits or has cancelled
    assert found["Abgesagt"][1] == "eine weitere Person schickt Vertretung"


def test_what_is_said_of_the_invited_counts_only_them_and_adds_up(app):
    event = make_event()
    states = {I.ACCEPTED: 3, I.SENT: 2, I.DECLINED: 2, I.SUBSTITUTED: 1, I.UNDELIVERABLE: 2}
    invited = {
        state: [invite(event, state) for _ in range(count)] for state, count in states.items()
    }
    make_registration(event, invitation_id=invited[I.ACCEPTED][0].id)
    waiting = make_registration(event, state=R.WAITING, invitation_id=invited[I.ACCEPTED][1].id)
    make_registration(
        event,
        state=R.WAITING,
        kind=RegistrationKind.COMPANION,
        main_id=waiting.id,
        invitation_id=waiting.invitation_id,
    )
    gone = {"state": R.CANCELLED, "confirmed_at": clock.now()}
    make_registration(event, **gone, invitation_id=invited[I.DECLINED][0].id)
    for state in (R.WAITING, R.CANCELLED):
        make_registration(event, state=state, confirmed_at=gone["confirmed_at"])

    with use_locale("de"):
        found = figures(event)

    assert found["Zugesagt"] == (3, "von 10 Eingeladenen; davon wartet eine Person")
    assert found["Ohne Antwort"] == (2, "2 weitere unzustellbar")
    assert found["Abgesagt"] == (
        2,
        "davon hatte eine Person schon einen Platz; eine weitere Person schickt Vertretung",
    )
    assert found["Warteliste"][0] == 3
    assert 3 + 2 + 2 + 2 + 1 == 10


def test_a_substitutes_own_invitation_is_not_counted_twice(english):
    event = make_event()
    first = invite(event, I.SUBSTITUTED)
    person = Substitute(first_name="Ludmila", last_name="Frøhlich", email="l@x.example")
    make_invitation(event, substitute=person, state=I.ACCEPTED, substitute_for_id=first.id)

    assert figures(event)["Accepted"] == (0, "of 1 invited")


def test_answers_are_counted_by_sector_largest_first(english):
    event = make_event()
    for state in (I.ACCEPTED, I.SUBSTITUTED, I.DECLINED):
        invite(event, state, Sector.SCIENCE)
    invite(event, I.UNDELIVERABLE, Sector.PRESS)

    rows = overview_of(event).sectors

    assert [(str(row.label), row.accepted, row.declined, row.unanswered) for row in rows] == [
        ("Universities & research", 2, 1, 0),
        ("Press", 0, 0, 1),
    ]


def test_undeliverable_invitations_and_open_answers_are_due(english):
    event = make_event(reply_by_on=clock.today("Europe/Berlin"))
    invite(event, I.UNDELIVERABLE)
    invite(event, I.SENT)

    assert titles(overview_of(event).due) == [
        "One person has not answered",
        "Reminder",
        "One invitation undeliverable",
    ]


def test_answers_are_not_pressed_for_long_before_the_deadline(english):
    event = make_event(reply_by_on=clock.today("Europe/Berlin") + timedelta(days=8))
    invite(event, I.SENT)

    assert overview_of(event).due == []


def test_a_wave_that_waits_to_be_sent_is_due(english):
    event = make_event()
    make_wave(event, name="Welle 3")

    assert titles(overview_of(event).due) == ["Send “Welle 3”"]


def test_conflicts_of_the_programme_are_due_in_words(english):
    event = make_event()
    room = event.venue.rooms[0]
    for _ in range(2):
        make_session(event, room_id=room.id)

    due = overview_of(event).due

    assert titles(due) == ["The programme contradicts itself"]
    assert "Plenum" in due[0].detail


def test_what_the_programme_lacks_is_listed_by_name(english):
    event = make_event()
    make_session(
        event, title_en="", kind=SessionKind.TALK_ROUND, key="T1", state=SessionState.DRAFT
    )

    missing = {
        str(task.title): [str(part.name) for part in task.parts]
        for task in overview_of(event).missing
    }

    assert missing == {
        "Rooms": ["T1"],
        "Moderation": ["T1"],
        "Texts in English": ["T1"],
        "Publication of sessions": ["T1"],
    }


def test_offers_that_lapse_today_are_due_with_the_hour(english):
    with clock.held(moment("2027-03-01T09:00:00")):
        event = make_event()
        for hours, name in ((7, "Bald"), (9, "Später"), (30, "Morgen")):
            make_registration(
                event,
                last_name=name,
                state=R.OFFERED,
                offer_expires_at=clock.now() + timedelta(hours=hours),
            )
        due = overview_of(event).due

    assert titles(due) == ["2 offered places lapse today"]
    assert due[0].detail == "Claudia Bald, Claudia Später"
    assert str(due[0].urgency.words) == "until 17:00"


def test_registrations_that_wait_for_approval_are_due(english):
    event = make_event()
    for _ in range(2):
        make_registration(event, state=R.IN_REVIEW)

    assert titles(overview_of(event).due) == ["2 registrations wait for your approval"]


def test_free_places_are_due_while_people_wait(english):
    event = make_event(capacity=4, reserved_places=1)
    make_registration(event)
    make_registration(event, state=R.WAITING)

    due = overview_of(event).due

    assert (titles(due), due[0].detail) == (
        ["2 places are free while people wait"],
        "One person is on the waiting list",
    )


def test_mails_that_failed_are_due(english):
    event = make_event()
    with transaction():
        db.session.add(
            OutboxMail(
                message_id="<1@test>", scope=event.scope, kind="test", to_email="a@b.example",
                subject="", text="", state=MailState.FAILED,
            )
        )  # fmt: skip

    assert titles(overview_of(event).due) == ["One mail could not be delivered"]


def test_what_stands_there_in_german_only_is_missing_in_english(english):
    event = make_event(title_en="", intro_de="Willkommen", funding_notice_de="Land")
    with transaction():
        event.venue.parking_de = "Hof"
    slot = make_slot(event, name_en="")
    light = make_session(event, title_en="Light", teaser_de="Kurz", room_id=event.venue.rooms[0].id)
    make_contribution(light, make_contributor(event))
    make_session(event, title_en="", kind=SessionKind.INTERNAL, room_id=event.venue.rooms[1].id)

    task = {str(one.title): one for one in overview_of(event).missing}["Texts in English"]

    assert (task.count, task.more) == (6, 3)
    assert [str(part.name) for part in task.parts] == [
        "Title of the event",
        "Introduction",
        "Funding notice",
    ]
    whole = _untranslated(programme_of(event))
    assert [part.way.spot for part in whole] == [
        "title_en",
        "intro_en",
        "funding_notice_en",
        "parking_en",
        "name_en",
        "teaser_en",
    ]
    assert whole[4].way.address == {"slot_id": slot.id}


def test_what_is_missing_leads_straight_to_the_field_that_mends_it(client, organiser):
    event = make_event(organiser.memberships[0].host)
    session = make_session(event, title_en="")
    home = client.get(f"/organise/{event.slug}/").text

    way = f"/organise/{event.slug}/programme/{session.id}"
    assert f'href="{way}#title_en"' in home
    page = client.get(way).text
    for field in ("title_en", "room", "starts", "parts"):
        assert f'id="{field}"' in page


@pytest.mark.parametrize("field", ["intro_en", "subtitle_en", "photo_notice_en", "access_en"])
def test_each_text_of_the_event_has_its_field(client, organiser, field):
    name = field.removesuffix("_en")
    event = make_event(organiser.memberships[0].host)
    with transaction():
        setattr(event.venue if name == "access" else event, f"{name}_de", "Text")

    home = client.get(f"/organise/{event.slug}/").text
    way = re.search(rf'href="([^"]*)#{field}"', home)[1]

    assert f'id="{field}"' in client.get(way).text


def test_an_event_without_place_or_deadline_lacks_them(english):
    event = make_event(venue=None, venue_id=None, reply_by_on=None)
    with transaction():
        event.venue = None

    assert titles(overview_of(event).missing) == ["Place", "Deadline for answers"]


def test_nothing_is_missing_any_more_once_it_is_over(english):
    event = make_event(starts_at=moment("2020-06-24T13:30:00"))
    make_session(event, title_en="")

    assert overview_of(event).missing == []


def test_answers_are_counted_by_county_and_nobody_is_dropped(english):
    event = make_event()
    for county in ("Kreis Soest", "Kreis Soest", ""):
        contact = make_contact(event.host, county=county)
        make_invitation(event, contact, state=I.ACCEPTED)
    make_registration(event, county="Kreis Olpe")
    make_registration(event, county="Kreis Olpe", state=R.CANCELLED)

    rows = overview_of(event).counties

    assert [(str(row.label), row.accepted, row.uninvited, row.invited) for row in rows] == [
        ("Kreis Soest", 2, 0, 2),
        ("Kreis Olpe", 0, 1, 0),
        ("not known", 1, 0, 1),
    ]


def test_many_counties_are_the_largest_and_all_others_together():
    invited = [Invited(Sector.PRESS, f"Kreis {n:02}", I.SENT, 20 - n) for n in range(14)]

    rows = by_county(invited, [])

    assert len(rows) == 10
    assert (str(rows[-1].label), rows[-1].unanswered) == ("all others", 11 + 10 + 9 + 8 + 7)
    assert sum(row.invited for row in rows) == sum(one.people for one in invited)


def test_the_last_edition_is_the_latest_of_the_series_that_is_over(english):
    host = make_host()
    series, other = make_series(host), make_series(host)
    now = clock.now()
    first, second = (
        make_event(host, series_id=series.id, title_en=name, starts_at=now - timedelta(days=days))
        for name, days in (("First", 400), ("Second", 200))
    )
    make_event(host, series_id=series.id, starts_at=now + timedelta(days=9))
    make_event(
        host, series_id=series.id, starts_at=now - timedelta(days=9), state=EventState.CANCELLED
    )
    make_event(host, series_id=other.id, starts_at=now - timedelta(days=9))
    event = make_event(host, series_id=series.id)
    for one, before in ((first, 410), (second, 210), (event, 1)):
        make_registration(one, confirmed_at=now - timedelta(days=before))

    assert str(overview_of(event).chart.comparison).startswith("Second, ")


def test_every_task_leads_to_a_page_that_exists(app):
    assert tasks.PAGES - set(app.view_functions) == set()


def test_names_are_given_to_the_third(english):
    assert named(["A", "B", "C", "D"], 12) == "A, B, C and 9 more"
    assert named(["A"], 1) == "A"
    assert named([], 4) == ""


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today, 11:00"),
        (1, "yesterday, 11:00"),
        (3, "Mo., 11:00"),
        (40, "15.05., 11:00"),
    ],
)
def test_moments_are_said_as_people_say_them(app, days, words):
    at = moment("2027-06-24T09:00") - timedelta(days=days)
    with use_locale("de"):
        found = since_words(at, "Europe/Berlin", date(2027, 6, 24))

    assert found == words.replace("today", "heute").replace("yesterday", "gestern")


def test_an_older_moment_is_written_as_english_readers_write_it(english):
    at = moment("2027-05-15T09:00")

    assert since_words(at, "Europe/Berlin", date(2027, 6, 24)) == "15 May, 11:00"


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2027, 6, 1), "Answers are due in 9 days"),
        (date(2027, 6, 9), "Answers are due tomorrow"),
        (date(2027, 6, 10), "Answers are due today"),
        (date(2027, 6, 11), "13 days to go"),
        (date(2027, 6, 23), "Tomorrow is the day"),
        (date(2027, 6, 24), "Today is the day"),
        (date(2027, 6, 25), "The event is over"),
    ],
)
def test_the_headline_is_the_nearest_date(english, today, words):
    event = make_event(starts_at=moment("2027-06-24T13:30"), reply_by_on=date(2027, 6, 10))

    assert str(headline_of(event, today)) == words


def test_a_new_event_says_what_comes_first(client, organiser):
    event = make_event(organiser.memberships[0].host, state=EventState.DRAFT)

    page = client.get(f"/organise/{event.slug}/").text

    assert "Was zuerst kommt" in page
    assert page.count("erledigt") == 1  # the factory's venue has rooms
    assert f'href="/organise/{event.slug}/life"' in page


def test_what_is_due_is_done_by_a_button_that_leads_there(client, organiser):
    event = make_event(organiser.memberships[0].host)
    make_invitation(event, state=InvitationState.UNDELIVERABLE)

    page = client.get(f"/organise/{event.slug}/").text

    button = re.search(r'<a class="kern-btn[^>]*href="([^"]*)"[^>]*>(?:(?!</a>).)*Adressen', page)
    assert button[1] == f"/organise/{event.slug}/invitations?group=undeliverable"
    assert "kern-badge--warning" not in page


def test_people_invited_singly_belong_to_no_wave_that_is_behind(english):
    event = make_event()
    single, first, second = (make_wave(event, number=number) for number in (0, 1, 2))
    for wave in (single, single, first, second):
        make_invitation(event, wave_id=wave.id)

    silent = overview_of(event).figures[2]

    assert str(silent.detail) == "1 of them from wave 1"


def test_the_page_draws_the_curve_with_its_table(client, organiser):
    event = make_event(organiser.memberships[0].host)
    make_registration(event, confirmed_at=clock.now())

    page = client.get(f"/organise/{event.slug}/").text

    assert '<svg class="curve" role="img" aria-label="Belegte Plätze: 1 von 120' in page
    assert "Als Tabelle" in page


def test_strangers_are_sent_to_sign_in(client):
    event = make_event()

    for address in ("/organise/", f"/organise/{event.slug}/"):
        assert "/organise/signin" in client.get(address).headers["Location"]


def test_t01_an_event_of_another_host_is_not_found(client, sign_in):
    sign_in(client, make_account())

    assert client.get(f"/organise/{make_event().slug}/").status_code == 404


def statements_of(client, address):
    db.session.remove()
    with statement_count() as sent:
        assert client.get(address).status_code == 200
    return len(sent)


def fill(event, count):
    with transaction():
        for number in range(count):
            invite(event, list(I)[number % len(I)], replied_at=clock.now())
            make_registration(event, state=R.WAITING if number % 3 else R.CONFIRMED)
            make_session(event, title_en="")


def test_a_large_event_needs_no_more_statements_than_a_small_one(client, organiser):
    host = organiser.memberships[0].host
    small, large = make_event(host, capacity=500), make_event(host, capacity=500)
    fill(small, 8)
    fill(large, 60)
    pages = [f"/organise/{event.slug}/" for event in (small, large)]

    counted = [statements_of(client, page) for page in pages]

    assert counted[0] == counted[1]


@pytest.mark.parametrize(
    "given",
    [{"state": EventState.CANCELLED}, {"starts_at": moment("2020-06-24T13:30:00")}],
    ids=["called off", "over"],
)
def test_nobody_is_told_how_to_begin_what_is_over(client, organiser, given):
    event = make_event(organiser.memberships[0].host, **given)

    assert overview_of(event).steps == []
    assert "Was zuerst kommt" not in client.get(f"/organise/{event.slug}/").text


def test_nobody_is_chased_once_the_event_is_over(client, organiser):
    """The silent, drafts of waves and the button for answers belong to the time before."""
    host = organiser.memberships[0].host
    event = make_event(
        host,
        state=EventState.OPEN,
        starts_at=clock.now() - timedelta(days=9),
        ends_at=clock.now() - timedelta(days=8),
        reply_by_on=(clock.now() - timedelta(days=20)).date(),
    )
    make_invitation(event, state=InvitationState.SENT)
    make_invitation(event, state=InvitationState.UNDELIVERABLE)
    make_wave(event, name="Welle 9")
    page = client.get(f"/organise/{event.slug}/", headers={"Accept-Language": "de"}).text

    assert overview_of(event).due == []
    assert "Antwort erfassen" not in page


def test_people_registered_twice_are_due(english):
    event = make_event()
    for number in range(2):
        make_registration(
            event, first_name="Ada", last_name="Ohm", email=f"ada{number}@werk.example"
        )

    assert "One guest may be registered twice" in titles(overview_of(event).due)


@pytest.mark.parametrize(("role", "page"), [(Role.VIEWER, "figures"), (Role.FRONTDESK, "names")])
def test_the_shared_address_leads_each_role_to_its_page(client, sign_in, role, page):
    event = make_event()
    sign_in(client, make_account(event.host, role))

    answer = client.get(f"/organise/{event.slug}/")

    assert (answer.status_code, answer.location) == (303, f"/organise/{event.slug}/{page}")
    assert client.get(answer.location).status_code == 200


def test_the_menu_of_the_front_desk_leads_to_the_guest_list(client, sign_in):
    event = make_event()
    sign_in(client, make_account(event.host, Role.FRONTDESK))
    page = client.get(f"/organise/{event.slug}/names").text

    assert f'href="/organise/{event.slug}/names" aria-current="page"' in page
    assert f'href="/organise/{event.slug}/"' not in page


@pytest.mark.parametrize(
    ("query", "found"), [("muess", True), ("Müß", True), ("ada", True), ("werk", False)]
)
def test_the_front_desk_searches_what_it_sees(client, sign_in, query, found):
    event = make_event()
    make_registration(event, first_name="Ada", last_name="Müßig", organisation_name="Stahlwerk")
    sign_in(client, make_account(event.host, Role.FRONTDESK))
    page = client.get(f"/organise/{event.slug}/names", query_string={"q": query}).text

    assert ("Müßig" in page.partition("<table")[2]) is found
