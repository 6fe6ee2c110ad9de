"""The organiser's pages, as a browser without script uses them."""

import re
from datetime import timedelta
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from factories import (
    make_account,
    make_contribution,
    make_contributor,
    make_event,
    make_session,
    make_slot,
)
from flask.testing import FlaskClient
from programme.rows import many_sessions, seen_in
from statements import statement_count

from eventapp.accounts.models import Account
from eventapp.events.models import Event
from eventapp.events.queries import rooms_of
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.queries import contributor_of, programme_of, session_of
from eventapp.programme.states import ContributorState, SessionState


@pytest.fixture
def event(organiser: Account) -> Event:
    return make_event(organiser.memberships[0].host, slug="licht")


BASE = "/organise/licht/programme"


def text_of(response: Any) -> str:
    """The words of a page, without its tags."""
    words = unescape(re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)))
    return " ".join(words.split())


def fields(event: Event, **given: Any) -> dict[str, Any]:
    """A session as a browser sends it."""
    return {
        "kind": "keynote",
        "title_de": "Fabrik ohne Inseln",
        "title_en": "",
        "key": "",
        "slot": "",
        "day": event.starts_on.isoformat(),
        "starts": "16:00",
        "ends": "16:20",
        "last_day": "",
        "room": "",
        "capacity": "",
        "public": "y",
        "teaser_de": "",
        "teaser_en": "",
        "questions": "",
        "parts-sent": "1",
        "seen": "0",
    } | given


def test_an_empty_programme_says_what_to_do_first(client, event):
    assert "Das Programm ist noch leer" in text_of(client.get(BASE))


def test_the_list_shows_time_room_people_and_conflicts_at_the_session(client, event):
    room = rooms_of(event)[0]
    session = make_session(event, room=room, kind=SessionKind.TALK_ROUND, key="T1")
    make_contribution(session, make_contributor(event, last_name="Kappelströd"))

    page = text_of(client.get(BASE))

    assert "T1 Fabrik ohne Inseln" in page
    assert "Talk-Runde · Plenum" in page
    assert "Impuls Friedlinde Kappelströd" in page
    assert "Eine Moderation fehlt. Alle sehen es schon so." in page
    assert "ohne Moderation" in page


def test_publishing_is_refused_on_the_page_with_the_reason(client, event):
    room = rooms_of(event)[0]
    for key in ("P1", "P2"):
        make_session(event, key=key, room=room, state=SessionState.DRAFT)

    page = client.get(BASE).get_data(as_text=True)

    assert 'aria-disabled="true" aria-describedby="conflict"' in page
    assert "Ein Raum ist doppelt belegt. So lässt sich das Programm nicht veröffentlichen." in (
        unescape(page)
    )
    refused = client.post(f"{BASE}/release", data={"seen": ""})
    assert refused.status_code == 409
    assert "So lässt sich das Programm nicht veröffentlichen." in text_of(refused)
    assert event.programme_published_at is None


def test_publishing_says_what_it_did(client, event):
    make_session(event, state=SessionState.DRAFT)

    answer = client.post(f"{BASE}/release", data=seen_in(client, BASE), follow_redirects=True)

    assert "Das Programm ist veröffentlicht." in text_of(answer)
    assert event.programme_published_at is not None


def test_a_session_is_added_with_people_in_their_order(client, event):
    first, second = make_contributor(event), make_contributor(event)

    answer = client.post(
        f"{BASE}/new",
        data=fields(
            event,
            kind="panel",
            **{
                "parts-person": [str(second.id), str(first.id)],
                "parts-role": ["moderation", "panel"],
                "parts-state": ["agreed", "asked"],
            },
        ),
    )

    assert answer.status_code == 303
    session = programme_of(event).sessions[0]
    assert [(each.contributor_id, each.role, each.state) for each in session.contributions] == [
        (second.id, Role.MODERATION, ContributorState.AGREED),
        (first.id, Role.PANEL, ContributorState.ASKED),
    ]
    assert session.starts_at.astimezone(ZoneInfo("Europe/Berlin")).strftime("%H:%M") == "16:00"
    assert session.ends_at - session.starts_at == timedelta(minutes=20)


def test_rows_are_added_moved_and_removed_without_storing_anything(client, event):
    people = [make_contributor(event, last_name=name) for name in ("Eins", "Zwei")]
    typed = {
        "parts-person": [str(each.id) for each in people],
        "parts-role": ["input", "panel"],
        "parts-state": ["pencilled", "agreed"],
    }

    def chosen(wish: str) -> list[str]:
        page = client.post(
            f"{BASE}/new", data=fields(event, title_de="Getippt", arrange=wish, **typed)
        ).get_data(as_text=True)
        assert 'value="Getippt"' in page
        rows = re.findall(r'name="parts-person">(.*?)</select>', page, re.S)
        return ["".join(re.findall(r"selected>[^<]*?(\w+)</option>", row)) for row in rows]

    assert chosen("up-1") == ["Zwei", "Eins"]
    assert chosen("down-0") == ["Zwei", "Eins"]
    assert chosen("remove-0") == ["Zwei"]
    assert chosen("add") == ["Eins", "Zwei", ""]
    assert chosen("up-99") == chosen("nonsense") == ["Eins", "Zwei"]
    assert programme_of(event).sessions == []


def test_a_slot_gives_its_times_to_a_round_without_any(client, event):
    slot = make_slot(event)

    client.post(
        f"{BASE}/new", data=fields(event, kind="talk_round", slot=str(slot.id), starts="", ends="")
    )

    session = programme_of(event).sessions[0]
    assert (session.starts_at, session.ends_at, session.key) == (slot.starts_at, slot.ends_at, "T1")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"ends": "15:00"}, "Das Ende muss nach dem Beginn liegen."),
        ({"ends": "16:00"}, "Das Ende muss nach dem Beginn liegen."),
        ({"ends": ""}, "Bitte beide Zeiten angeben oder keine."),
        ({"title_de": "  "}, "Bitte füllen Sie dieses Feld aus."),
        ({"capacity": "viele"}, "Bitte geben Sie eine ganze Zahl an."),
        ({"starts": "25:99"}, "Bitte geben Sie eine Uhrzeit an, zum Beispiel 15:30."),
        ({"day": "9999-12-31"}, "Bitte prüfen Sie das Jahr."),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_input_stays(client, event, wrong, sentence):
    """T-57."""
    answer = client.post(f"{BASE}/new", data=fields(event, title_en="My words") | wrong)

    assert answer.status_code == 422
    assert text_of(answer).count(sentence) == 2  # in the summary and at the field
    assert 'value="My words"' in answer.get_data(as_text=True)
    assert programme_of(event).sessions == []


def test_a_time_that_the_clock_change_leaves_out_is_refused(client, event):
    """T-54: 02:30 does not exist on 28.03.2027."""
    answer = client.post(
        f"{BASE}/new", data=fields(event, day="2027-03-28", starts="02:30", ends="04:00")
    )

    assert "Diese Uhrzeit gibt es nicht" in text_of(answer)
    assert programme_of(event).sessions == []


def test_a_session_may_run_past_midnight(client, event):
    """T-57."""
    tomorrow = event.starts_on + timedelta(days=1)

    client.post(
        f"{BASE}/new",
        data=fields(event, starts="23:30", ends="00:30", last_day=tomorrow.isoformat()),
    )

    session = programme_of(event).sessions[0]
    assert session.ends_at - session.starts_at == timedelta(hours=1)


def test_the_second_of_two_people_gets_409_and_sees_both_versions(client, event):
    """T-52."""
    session = make_session(event, title_de="Alt")
    form = fields(event, title_de="Von der Kollegin", seen=str(session.version))
    assert client.post(f"{BASE}/{session.id}", data=form).status_code == 303

    late = client.post(f"{BASE}/{session.id}", data=form | {"title_de": "Von mir"})

    assert late.status_code == 409
    assert "Titel, deutsch Von der Kollegin Von mir" in text_of(late)
    assert session_of(event, session.id).title_de == "Von der Kollegin"
    again = re.search(r'name="seen"[^>]*value="(\d+)"', late.get_data(as_text=True)).group(1)
    assert (
        client.post(
            f"{BASE}/{session.id}", data=form | {"title_de": "Von mir", "seen": again}
        ).status_code
        == 303
    )
    assert session_of(event, session.id).title_de == "Von mir"


def test_a_promise_goes_on_from_the_list_of_contributors(client, event):
    person = make_contributor(event)
    part = make_contribution(make_session(event), person, state=ContributorState.ASKED)

    client.post(f"{BASE}/contributions/{part.id}", data={"state": "agreed"})

    assert contributor_of(event, person.id).contributions[0].state is ContributorState.AGREED


def test_a_double_booking_is_ended_from_the_alert(client, event):
    person = make_contributor(event)
    sessions = [make_session(event, key=key, kind=SessionKind.TALK_ROUND) for key in ("T1", "T2")]
    parts = [make_contribution(session, person) for session in sessions]
    assert "Aus T1 nehmen Aus T2 nehmen" in text_of(client.get(BASE))

    client.post(f"{BASE}/contributions/{parts[0].id}/remove")

    assert [len(session_of(event, each.id).contributions) for each in sessions] == [0, 1]
    assert "Aus T2 nehmen" not in text_of(client.get(BASE))


def test_a_programme_of_several_days_is_shown_a_day_at_a_time(client, event):
    tomorrow = event.starts_at + timedelta(days=1)
    make_session(event, title_de="Heute")
    make_session(
        event, title_de="Morgen", starts_at=tomorrow, ends_at=tomorrow + timedelta(minutes=20)
    )
    day = (event.starts_on + timedelta(days=1)).isoformat()

    for path in ("", "/grid"):
        words = text_of(client.get(f"{BASE}{path}?day={day}"))
        assert ("Morgen" in words.split("Vormerken")[0], "20 Uhr Heute" in words) == (True, False)
    assert client.get(f"{BASE}?day=nonsense").status_code == 200


def test_a_hundred_contributors_stand_on_a_page(client, event):
    many_sessions(event, 101)

    page = text_of(client.get(f"{BASE}/people?page=2"))

    assert "101–101 von 101" in page


def test_who_reads_english_is_written_to_in_english(client, event):
    typed = {"form_of_address": "mr", "last_name": "Whitlock", "day": event.starts_on.isoformat()}

    client.post(f"{BASE}/people/new", data=typed | {"locale": "en"})
    client.post(f"{BASE}/people/new", data=typed | {"last_name": "Möhn"})

    languages = {one.last_name: one.locale for one in programme_of(event).contributors}
    assert languages == {"Whitlock": "en", "Möhn": "de"}


def test_a_contributor_is_entered_changed_and_removed(client, event):
    typed = {
        "form_of_address": "ms",
        "first_name": "Nilgün",
        "last_name": "Bärwald",
        "available_from": "16:00",
        "until": "18:00",
        "day": event.starts_on.isoformat(),
    }
    client.post(f"{BASE}/people/new", data=typed)
    person = programme_of(event).contributors[0]
    assert (person.name, person.available_until - person.available_from) == (
        "Nilgün Bärwald",
        timedelta(hours=2),
    )

    client.post(
        f"{BASE}/people/{person.id}",
        data=typed | {"last_name": "Bärwald-Öhm", "seen": str(person.version)},
    )
    assert contributor_of(event, person.id).last_name == "Bärwald-Öhm"

    client.post(f"{BASE}/people/{person.id}/remove")
    assert programme_of(event).contributors == []


def test_a_slot_is_made_moved_and_removed(client, event):
    typed = {
        "name_de": "Talk-Runden I",
        "day": event.starts_on.isoformat(),
        "starts": "16:50",
        "ends": "17:35",
    }
    client.post(f"{BASE}/slots", data=typed)
    slot = programme_of(event).slots[0]
    assert slot.ends_at - slot.starts_at == timedelta(minutes=45)

    client.post(
        f"{BASE}/slots/{slot.id}", data=typed | {"ends": "17:45", "seen": str(slot.version)}
    )
    assert slot.ends_at - slot.starts_at == timedelta(minutes=55)

    client.post(f"{BASE}/slots/{slot.id}/remove")
    assert programme_of(event).slots == []


def test_cancelling_and_deleting_say_first_what_they_mean(client, event):
    public, draft = make_session(event), make_session(event, state=SessionState.DRAFT)

    assert "sieht ihn dort als abgesagt" in text_of(client.get(f"{BASE}/{public.id}/cancel"))
    assert "Nur das Team hat diesen Entwurf gesehen" in (
        text_of(client.get(f"{BASE}/{draft.id}/delete"))
    )
    assert [each.state for each in programme_of(event).sessions] == [
        SessionState.PUBLISHED,
        SessionState.DRAFT,
    ]

    client.post(f"{BASE}/{public.id}/cancel")
    client.post(f"{BASE}/{draft.id}/delete")
    assert [each.state for each in programme_of(event).sessions] == [SessionState.CANCELLED]


PAGES = ["", "/grid", "/new", "/people", "/people/new", "/slots"]


@pytest.mark.parametrize("path", PAGES)
def test_strangers_and_colleagues_of_others_find_nothing(client, sign_in, app, event, path):
    """T-01."""
    assert app.test_client().get(BASE + path).status_code == 303
    other = sign_in(app.test_client(), make_account())
    assert other.get(BASE + path).status_code == 404


def test_children_of_another_event_are_not_found_under_this_one(client, event):
    """T-02."""
    other = make_event(event.host)
    session, slot = make_session(other), make_slot(other)
    person = make_contributor(other)
    part = make_contribution(session, person)

    for path in (
        f"/{session.id}",
        f"/{session.id}/cancel",
        f"/{session.id}/delete",
        f"/people/{person.id}",
        f"/slots/{slot.id}",
    ):
        assert client.get(BASE + path).status_code == 404
    for path in (
        f"/{session.id}",
        f"/{session.id}/cancel",
        f"/{session.id}/delete",
        f"/people/{person.id}/remove",
        f"/slots/{slot.id}/remove",
        f"/contributions/{part.id}",
        f"/contributions/{part.id}/remove",
    ):
        assert client.post(BASE + path, data={"state": "declined"}).status_code == 404


def test_ids_of_another_event_in_the_form_are_refused(client, event):
    """T-01."""
    other = make_event(event.host)
    foreign = fields(
        event,
        room=str(rooms_of(other)[0].id),
        slot=str(make_slot(other).id),
        **{
            "parts-person": str(make_contributor(other).id),
            "parts-role": "input",
            "parts-state": "agreed",
        },
    )

    answer = client.post(f"{BASE}/new", data=foreign)

    assert answer.status_code == 422
    assert programme_of(event).sessions == []


def test_nothing_is_stored_without_the_token_of_our_own_page(app, client, event):
    """T-19."""
    session = make_session(event)
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        for path, data in (
            (f"/{session.id}", fields(event)),
            ("/new", fields(event)),
            ("/release", {}),
            (f"/{session.id}/cancel", {}),
            ("/slots", {"name_de": "Runden"}),
        ):
            client.post(BASE + path, data=data)
    finally:
        app.config["WTF_CSRF_ENABLED"] = False

    programme = programme_of(event)
    assert [(each.title_de, each.state) for each in programme.sessions] == [
        ("Fabrik ohne Inseln", SessionState.PUBLISHED)
    ]
    assert programme.slots == []


MARKER = "<script>alert('x')</script>{{7*7}}%(name)s"


def everything_marked(event: Event) -> tuple[int, int, int]:
    slot = make_slot(event, name_de=MARKER)
    session = make_session(
        event,
        title_de=MARKER,
        teaser_de=MARKER,
        questions=MARKER,
        slot_id=slot.id,
        kind=SessionKind.TALK_ROUND,
    )
    make_session(event, title_de=MARKER, starts_at=None, ends_at=None)
    person = make_contributor(
        event,
        first_name=MARKER,
        last_name=MARKER,
        position=MARKER,
        organisation_name=MARKER,
        available_from=event.ends_at,
    )
    make_contribution(session, person, state=ContributorState.ASKED)
    return session.id, person.id, slot.id


def test_organisers_words_are_text_on_every_page(client, event):
    """T-20."""
    session, person, slot = everything_marked(event)

    for path in (
        *PAGES,
        f"/{session}",
        f"/{session}/cancel",
        f"/{session}/delete",
        f"/people/{person}",
        f"/slots/{slot}",
    ):
        answer = client.get(BASE + path)
        assert answer.status_code == 200
        page = answer.get_data(as_text=True)
        assert "<script>alert" not in page
        assert "{{7*7}}%(name)s" in page or path == "/people/new"  # which shows nobody's words


@pytest.mark.parametrize(
    "name",
    [
        "👩‍👩‍👧‍👦",
        "\u202etxet",
        "a\u0301" * 500,
        "x" * 100_000,
        "\x00Null\x00",
        "O'Neil",
        "--",
        "ẞß İi",
        "\ud83d",
    ],
)
def test_no_name_breaks_a_page(client, event, name):
    """T-59, T-60."""
    typed = fields(event, title_de=name.encode("utf-8", "surrogatepass"))

    answer = client.post(f"{BASE}/new", data=typed)

    assert answer.status_code in {200, 303, 400, 422}
    assert client.get(BASE).status_code == 200


@pytest.mark.parametrize("path", ["", "/grid", "/people", "/slots"])
def test_every_page_costs_the_same_for_3_sessions_and_300(client, event, path):
    def cost(sessions: int) -> int:
        many_sessions(event, sessions)
        with statement_count() as sent:
            assert client.get(BASE + path).status_code == 200
        return len(sent)

    assert cost(3) == cost(300)


def test_a_browser_sees_the_grid_with_a_double_booking_marked(client: FlaskClient, event):
    room = rooms_of(event)[0]
    for key in ("P1", "P2"):
        make_session(event, key=key, room=room)

    page = client.get(f"{BASE}/grid").get_data(as_text=True)

    assert page.count('class="block block--bad"') == 2
    assert [lane in page for lane in ('data-lane="1" data-lanes="2"', 'data-lane="2"')] == [
        True
    ] * 2
