"""An event as the template of the next: what comes along, what never does, and on which day."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from factories import (
    make_contribution,
    make_contributor,
    make_event,
    make_invitation,
    make_question,
    make_registration,
    make_session,
    make_slot,
    show,
)
from flask.testing import FlaskClient
from statements import statement_count

from eventapp.accounts.audit import SYSTEM
from eventapp.accounts.models import Account, AuditEntry
from eventapp.desk.deletion_queries import Attached, attached_to
from eventapp.desk.edition_actions import Made, make_next_edition
from eventapp.events.actions.copying import DEADLINES, OF_A_PARTNER, SETTINGS, TEXTS
from eventapp.events.editions import UNLESS_ASKED, NextEdition, Taken, proposed_day
from eventapp.events.errors import AddressTaken
from eventapp.events.models import Event, Partner
from eventapp.events.states import EventState, PartnerRole, RegistrationMode
from eventapp.foundation.database import Model, db, transaction
from eventapp.foundation.errors import Invalid
from eventapp.foundation.outbox import OutboxMail
from eventapp.notices.actions.copying import WORDS
from eventapp.notices.models import Notice
from eventapp.notices.queries import stored_notices
from eventapp.notices.states import NoticeKind, NoticeState
from eventapp.programme.actions.copying import OF_A_PERSON, OF_A_SESSION, OF_A_SLOT
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.models import Contributor, Session, Slot
from eventapp.programme.queries import programme_of
from eventapp.programme.release_queries import newest_release
from eventapp.programme.states import ContributorState, SessionState
from eventapp.questions.queries import questions_of
from eventapp.questions.states import QuestionKind

BERLIN = ZoneInfo("Europe/Berlin")
DAY = date(2028, 6, 22)
WHOLE = frozenset(Taken)


@pytest.fixture
def event(app) -> Event:
    return make_event(
        title_de="Fachimpuls",
        slug="fachimpuls-4",
        edition=4,
        starts_at=on("2027-06-24 15:30"),
        ends_at=on("2027-06-25 01:00"),
        doors_at=on("2027-06-24 15:00"),
        registration_opens_at=on("2027-04-12 08:00"),
        reply_by_on=date(2027, 6, 10),
        registration_mode=RegistrationMode.APPROVAL,
        intro_de="Willkommen.",
        state=EventState.OPEN,
    )


def on(text: str) -> datetime:
    """A moment on the wall clock in Berlin."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


def wanted(**given: object) -> NextEdition:
    usual = {
        "title_de": "Fachimpuls", "title_en": "", "edition": 5, "slug": "fachimpuls-5",
        "day": DAY, "take": UNLESS_ASKED, "once": "one page",
    }  # fmt: skip
    return NextEdition(**(usual | given))


def made(event: Event, **given: object) -> Event:
    return make_next_edition(event, wanted(**given), by=SYSTEM).event


def test_the_next_edition_is_a_draft_at_the_same_time_of_day(event: Event):
    new = made(event)

    assert (new.starts_at, new.ends_at, new.doors_at) == (
        on("2028-06-22 15:30"),
        on("2028-06-23 01:00"),
        on("2028-06-22 15:00"),
    )
    assert (new.state, new.edition, new.slug) == (EventState.DRAFT, 5, "fachimpuls-5")
    assert (new.reply_by_on, new.registration_opens_at) == (
        date(2028, 6, 8),
        on("2028-04-10 08:00"),
    )
    assert new.registration_mode is RegistrationMode.APPROVAL
    assert new.intro_de == "Willkommen."
    assert new.venue_id == event.venue_id
    assert new.host_id == event.host_id


def test_the_programme_comes_as_drafts_with_its_short_names_and_uids_of_its_own(event: Event):
    slot = make_slot(event, starts_at=event.starts_at, ends_at=event.ends_at)
    room = event.venue.rooms[0]
    first = make_session(
        event, kind=SessionKind.TALK_ROUND, slot=slot, room=room, capacity=20, minimum=6,
        state=SessionState.PUBLISHED, questions="Was fehlt?",
    )  # fmt: skip
    again = make_session(event, kind=SessionKind.TALK_ROUND, repeats_id=first.id, starts_at=None,
                         ends_at=None)  # fmt: skip
    make_session(event, state=SessionState.CANCELLED)

    whole = programme_of(made(event))

    copies = {each.key: each for each in whole.sessions}
    assert set(copies) == {first.key, again.key}
    assert {each.state for each in copies.values()} == {SessionState.DRAFT}
    assert [each.key for each in whole.slots] == [slot.key]
    new = copies[first.key]
    assert (new.room_id, new.slot_id, new.capacity, new.minimum, new.questions) == (
        room.id, whole.slots[0].id, 20, 6, "Was fehlt?",
    )  # fmt: skip
    assert new.starts_at == first.starts_at + timedelta(days=364)
    assert new.uid != first.uid
    assert (new.sequence, new.published_at) == (0, None)
    assert (copies[again.key].repeats_id, copies[again.key].starts_at) == (new.id, None)


def test_nobody_comes_along_unless_asked(event: Event):
    make_contribution(make_session(event), make_contributor(event))

    new = programme_of(made(event))

    assert new.contributors == []
    assert [each.contributions for each in new.sessions] == [[]]


def test_persons_who_are_asked_for_are_pencilled_in_and_nobody_is_told(event: Event):
    session = make_session(event)
    agreed = make_contributor(event, last_name="Ada", email="ada@demo.example",
                              available_from=event.starts_at, biography_de="Forscht.")  # fmt: skip
    gone = make_contributor(event, last_name="Weg")
    make_contributor(event, last_name="Ohne Rolle")
    make_contribution(session, agreed, role=Role.KEYNOTE, state=ContributorState.CONFIRMED)
    make_contribution(session, gone, state=ContributorState.DECLINED)

    new = programme_of(made(event, take=WHOLE))

    [person] = new.contributors
    [part] = new.sessions[0].contributions
    assert (person.last_name, person.email, person.biography_de) == (
        "Ada", "ada@demo.example", "Forscht.",
    )  # fmt: skip
    assert (person.available_from, person.public_id == agreed.public_id) == (None, False)
    assert (part.role, part.state) == (Role.KEYNOTE, ContributorState.PENCILLED)
    assert db.session.query(OutboxMail).count() == 0


def test_the_form_comes_with_choices_places_and_conditions_but_no_answers(event: Event):
    first = make_question(event, ("Bus", 40), "Bahn", kind=QuestionKind.CHOICE)
    make_question(event, condition_id=first.id, condition_value=first.choices[0].value)
    with transaction():
        first.choices[0].places_taken = 7

    new, second = questions_of(made(event))

    assert [(one.label_de, one.places, one.places_taken) for one in new.choices] == [
        ("Bus", 40, 0),
        ("Bahn", None, 0),
    ]
    assert (second.condition_id, second.condition_value) == (new.id, new.choices[0].value)


def test_notices_come_as_drafts_as_many_days_before_the_new_date(event: Event):
    with transaction():
        db.session.add(
            Notice(event=event, kind=NoticeKind.PRACTICAL, state=NoticeState.SENT, body_de="Kommt.",
                   due_at=on("2027-06-17 09:00"), reviewed_by="Ada")
        )  # fmt: skip

    [notice] = stored_notices(made(event))

    assert (notice.state, notice.body_de, notice.due_at, notice.reviewed_by) == (
        NoticeState.DRAFT,
        "Kommt.",
        on("2028-06-15 09:00"),
        "",
    )


def test_nothing_of_guests_or_releases_comes_along(event: Event):
    make_registration(event)
    make_invitation(event)
    show(make_session(event))

    new = made(event, take=WHOLE)

    assert (new.places_taken, new.last_registration_number) == (0, 0)
    assert newest_release(new) is None
    assert new.programme_published_at is None
    assert attached_to(new) == Attached(
        sessions=1, contributors=0, waves=0, invitations=0, registrations=0, mails=0
    )


def test_only_what_is_ticked_comes_along(event: Event):
    make_session(event)
    make_question(event)
    with transaction():
        db.session.add(Partner(event=event, name="Stiftung", role=PartnerRole.FUNDER))

    new = made(event, take=frozenset())
    partners = made(event, take={Taken.PARTNERS}, slug="andere", once="another page").partners

    assert (new.venue_id, new.partners, new.intro_de) == (None, [], "")
    assert (new.registration_mode, new.reply_by_on) == (RegistrationMode.OPEN, None)
    assert programme_of(new).sessions == []
    assert questions_of(new) == []
    assert [each.name for each in partners] == ["Stiftung"]


def test_without_its_venue_a_programme_comes_without_rooms(event: Event):
    make_session(event, room=event.venue.rooms[0])

    [session] = programme_of(made(event, take={Taken.PROGRAMME})).sessions

    assert session.room_id is None


def test_t50_the_same_page_sent_twice_makes_one_event(event: Event):
    first = made(event)

    assert made(event) is first
    assert db.session.query(Event).filter_by(edition=5).count() == 1


def test_an_address_that_is_taken_is_refused_and_nothing_is_made(event: Event):
    make_event(slug="vergeben")

    with pytest.raises(AddressTaken):
        made(event, slug="vergeben")

    assert db.session.query(Event).count() == 2


@pytest.mark.parametrize(
    ("starts", "ends"),
    [("2027-06-25 02:15", "2027-06-25 04:00"), ("2027-06-25 01:30", "2027-06-25 02:30")],
)
def test_t54_a_time_that_the_clocks_leave_out_is_refused_with_all_of_it(event, starts, ends):
    """T-54: on 26 March 2028 the clocks go from two to three."""
    make_session(event, starts_at=on(starts), ends_at=on(ends))

    with pytest.raises(Invalid) as refused:
        made(event, day=date(2028, 3, 25))

    assert refused.value.field == "day"
    assert db.session.query(Event).count() == 1


def test_t54_across_the_change_times_of_day_stay(event: Event):
    session = make_session(event, starts_at=on("2027-06-24 23:30"), ends_at=on("2027-06-25 00:45"))

    new = made(event, day=date(2028, 10, 28))

    [copy] = programme_of(new).sessions
    assert copy.starts_at.astimezone(BERLIN).strftime("%d.%m. %H:%M") == "28.10. 23:30"
    assert copy.ends_at - copy.starts_at == session.ends_at - session.starts_at


def test_several_days_move_together(event: Event):
    session = make_session(event, starts_at=on("2027-06-26 09:00"), ends_at=on("2027-06-26 10:00"))

    [copy] = programme_of(made(event)).sessions

    assert copy.starts_at - session.starts_at == timedelta(days=364)


def test_the_history_says_of_what_it_is_made(event: Event):
    make_session(event)

    new = made(event)

    entry = db.session.query(AuditEntry).filter_by(action="event.copied").one()
    assert (entry.subject_id, entry.scope) == (str(new.id), new.scope)
    assert entry.after == {"template": "fachimpuls-4", "sessions": 1, "people": 0}


def test_made_says_how_much_has_come_along(event: Event):
    make_contribution(make_session(event), make_contributor(event))

    told = make_next_edition(event, wanted(take=WHOLE), by=SYSTEM)

    assert told == Made(told.event, sessions=1, people=1)


@pytest.mark.parametrize(
    ("last", "today", "proposed"),
    [
        (date(2027, 6, 24), date(2027, 7, 1), date(2028, 6, 22)),
        (date(2020, 1, 2), date(2027, 7, 1), date(2027, 8, 26)),
    ],
)
def test_the_same_weekday_is_proposed_a_year_later_or_the_next_that_is_ahead(last, today, proposed):
    day = proposed_day(last, today)

    assert (day.weekday(), day > today) == (last.weekday(), True)
    assert day == proposed or today.year > last.year + 1


LEFT = {
    Event: {
        "id", "version", "uid", "sequence", "created_at", "last_modified_at", "host_id",
        "series_id", "venue_id", "slug", "edition", "state", "title_de", "title_en", "zone",
        "doors_at", "starts_at", "ends_at", "capacity", "shrinks_to", "places_taken",
        "reply_by_on", "last_registration_number", "revision", "programme_published_at", *SETTINGS,
        *TEXTS, *DEADLINES,
    },
    Partner: {"id", "version", "event_id", *OF_A_PARTNER},
    Slot: {"id", "version", "event_id", "starts_at", "ends_at", *OF_A_SLOT},
    Session: {
        "id", "version", "uid", "sequence", "created_at", "last_modified_at", "event_id", "state",
        "starts_at", "ends_at", "room_id", "slot_id", "repeats_id", "published_at", *OF_A_SESSION,
    },
    Notice: {
        "id", "version", "event_id", "kind", "state", "due_at", "reviewed_by", "reviewed_at",
        "sent_at", *WORDS,
    },
}  # fmt: skip


@pytest.mark.parametrize("kind", list(LEFT), ids=lambda kind: kind.__name__)
def test_of_each_column_somebody_has_decided_whether_it_comes_along(kind: type[Model]):
    assert set(kind.__table__.columns.keys()) == LEFT[kind]


def test_of_persons_only_what_is_named_comes_along():
    """A new column about a person stays behind until somebody decides otherwise."""
    assert set(OF_A_PERSON) <= set(Contributor.__table__.columns.keys())
    assert not {"available_from", "public_id", "link_generation"} & set(OF_A_PERSON)


# pages


PAGE = "/organise/fachimpuls-4/next-edition"


@pytest.fixture
def known(organiser: Account) -> Event:
    host = organiser.memberships[0].host
    return make_event(host, slug="fachimpuls-4", edition=4, title_de="Fachimpuls")


def sent(**given: str) -> dict[str, str]:
    return {
        "title_de": "Fachimpuls", "title_en": "", "edition": "5", "slug": "fachimpuls-5",
        "day": "2030-06-20", "programme": "y", "once": "abc",
    } | given  # fmt: skip


def test_the_page_counts_what_there_is_and_proposes_the_rest(client: FlaskClient, known: Event):
    make_contribution(make_session(known), make_contributor(known))
    make_session(known, state=SessionState.CANCELLED)

    text = client.get(PAGE).get_data(as_text=True)

    assert 'value="fachimpuls-5"' in text
    assert 'name="edition" type="number" value="5"' in text or 'value="5"' in text
    for words in ("ein Programmpunkt", "ohne einen abgesagten", "eine Person"):
        assert words in text


def test_one_click_makes_it_and_leads_there(client: FlaskClient, known: Event):
    make_session(known)

    answer = client.post(PAGE, data=sent())
    again = client.post(PAGE, data=sent())

    assert (answer.status_code, answer.location) == (303, "/organise/fachimpuls-5/")
    assert again.location == answer.location
    assert "Ein Programmpunkt ist als Entwurf dabei." in client.get(answer.location).text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"slug": "Nicht Gut"}, "kleine Buchstaben"),
        ({"slug": "fachimpuls-4"}, "Eine andere Veranstaltung"),
        ({"day": "2031-02-30"}, "Datum"),
        ({"day": "2001-05-05"}, "vorbei"),
        ({"day": "9999-01-01"}, "Jahr"),
        ({"people": "y", "programme": ""}, "nur mit dem Programm"),
        ({"title_de": ""}, "füllen Sie dieses Feld aus"),
    ],
)
def test_bad_input_is_said_beside_its_field_and_stays(client, known, given, said):
    data = {name: value for name, value in sent(title_en="Kept words", **given).items() if value}

    answer = client.post(PAGE, data=data)

    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="Kept words"' in answer.text
    assert db.session.query(Event).count() == 1


def test_the_page_asks_as_often_for_a_long_programme(
    client: FlaskClient, known: Event, make_many: Callable[[Event, int], None]
):
    few = _statements(client)
    make_many(known, 20)

    assert _statements(client) <= few + 3


@pytest.fixture
def make_many() -> Callable[[Event, int], None]:
    def make(event: Event, number: int) -> None:
        for _each in range(number):
            make_contribution(make_session(event), make_contributor(event))

    return make


def _statements(client: FlaskClient) -> int:
    with statement_count() as count:
        assert client.get(PAGE).status_code == 200
    return len(count)
