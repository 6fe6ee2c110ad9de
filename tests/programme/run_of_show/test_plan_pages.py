"""The pages of the plan: entered and changed in place, delayed, imported, read by a crew."""

import re
from datetime import timedelta

import pytest
from exports.taking import take
from factories import make_account, make_event, make_registration, make_session, make_show_line

from eventapp.accounts.states import Role
from eventapp.foundation import clock
from eventapp.programme.run_of_show.actions import open_link
from eventapp.programme.run_of_show.queries import run_of_show

BASE = "/organise/licht/run-of-show"
LINE = {"day": "2027-06-24", "starts": "15:30", "minutes": "10", "what": "Gong", "session": ""}


@pytest.fixture
def event(organiser):
    return make_event(organiser.memberships[0].host, slug="licht")


def titles(event):
    return [cue.what for cue in run_of_show(event).cues]


def test_a_line_is_added_and_shown(client, event):
    answer = client.post(f"{BASE}/new", data=LINE | {"sound": "Hand 1"}, follow_redirects=True)

    assert answer.status_code == 200
    assert "Hand 1" in answer.text
    assert titles(event) == ["Gong"]


def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(client, event):
    answer = client.post(f"{BASE}/new", data=LINE | {"starts": "halb vier", "who": "Inspizienz"})

    assert answer.status_code == 422
    assert 'value="Inspizienz"' in answer.text
    assert 'id="starts-error"' in answer.text
    assert titles(event) == []


def test_t01_a_session_of_another_event_is_refused_beside_its_field(client, event):
    """T-01."""
    stranger = make_session(make_event(event.host))

    answer = client.post(f"{BASE}/new", data=LINE | {"session": str(stranger.id)})

    assert answer.status_code == 422
    assert 'id="session-error"' in answer.text
    assert titles(event) == []


def test_a_line_is_changed_where_it_stands(client, event):
    line = make_show_line(event, light="Saal 80 %")
    page = client.get(f"{BASE}/{line.id}").text
    seen = re.search(r'name="seen"[^>]*value="(\d+)"', page)[1]

    assert 'value="Saal 80 %"' in page
    client.post(f"{BASE}/{line.id}", data=LINE | {"seen": seen, "what": "Glocke"})

    assert titles(event) == ["Glocke"]


def test_the_second_of_two_sees_both_versions_and_may_then_overwrite(client, event):
    line = make_show_line(event)
    seen = {"seen": str(line.version)}
    client.post(f"{BASE}/{line.id}", data=LINE | seen | {"what": "Gong"})

    answer = client.post(f"{BASE}/{line.id}", data=LINE | seen | {"what": "Glocke"})

    assert answer.status_code == 409
    assert "Gong" in answer.text
    assert 'value="Glocke"' in answer.text
    newer = {"seen": re.search(r'name="seen"[^>]*value="(\d+)"', answer.text)[1]}
    client.post(f"{BASE}/{line.id}", data=LINE | newer | {"what": "Glocke"})
    assert titles(event) == ["Glocke"]


def test_a_deleted_line_is_offered_back(client, event):
    line = make_show_line(event)

    answer = client.post(f"{BASE}/{line.id}/delete", follow_redirects=True)
    undo = re.search(r'href="(/organise/licht/undo/\d+)"', answer.text)[1]
    assert titles(event) == []
    client.post(undo)

    assert titles(event) == ["Begrüßung"]


def test_a_delay_is_previewed_then_done_then_undone(client, event):
    line = make_show_line(event)
    make_show_line(event, what="Rede", starts_at=event.starts_at + timedelta(minutes=10))

    preview = client.get(f"{BASE}/{line.id}/delay?minutes=10").text
    assert "2 Zeilen verschieben sich" in preview
    assert not run_of_show(event).is_late
    mark = re.search(r'name="mark"[^>]*value="([^"]*)"', preview)[1]
    sent = {"minutes": "10", "mark": mark}
    done = client.post(f"{BASE}/{line.id}/delay", data=sent, follow_redirects=True)
    assert "+10 min" in done.text
    again = client.post(f"{BASE}/{line.id}/delay", data=sent)
    assert (again.status_code, "hat sich seit dieser Vorschau" in again.text) == (409, True)

    client.post(re.search(r'href="(/organise/licht/undo/\d+)"', done.text)[1])
    assert not run_of_show(event).is_late


@pytest.mark.parametrize("minutes", ["viel", "9999", "0"])
def test_minutes_that_are_none_get_no_preview(client, event, minutes):
    line = make_show_line(event)

    answer = client.get(f"{BASE}/{line.id}/delay?minutes={minutes}")

    assert answer.status_code == (200 if minutes == "0" else 422)
    assert "Zeilen verschieben sich" not in answer.text


def test_a_list_is_looked_at_before_it_is_taken_over_and_twice_brings_nothing(client, event):
    text = "Zeit;Dauer;Was\n12:00;–;Aufbau\nbald;;Rede\n14:00;30';Probe\n"

    preview = client.post(f"{BASE}/import", data={"text": text})
    assert (preview.status_code, titles(event)) == (200, [])
    assert "2 Zeilen übernehmen" in preview.text
    client.post(f"{BASE}/import", data={"text": text, "step": "take"})
    client.post(f"{BASE}/import", data={"text": text, "step": "take"})

    assert titles(event) == ["Aufbau", "Probe"]


@pytest.mark.parametrize("text", ["", "Name;Farbe\nA;rot\n"])
def test_a_list_that_is_none_is_refused_at_its_field(client, event, text):
    answer = client.post(f"{BASE}/import", data={"text": text})

    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text


def test_the_trade_shows_what_concerns_it(client, event):
    make_show_line(event, what="Gong", sound="Gong 1")
    make_show_line(event, what="Abbau")

    page = client.get(f"{BASE}?trade=sound").text

    assert ("Gong 1" in page, "Abbau" in page) == (True, False)


def test_now_shows_what_runs_what_comes_and_not_what_is_over(client, event):
    now = clock.now().replace(microsecond=0)
    for what, minutes in (("Vorbei", -60), ("Läuft", -5), ("Gleich eins", 5), ("Später", 30)):
        make_show_line(event, what=what, starts_at=now + timedelta(minutes=minutes), minutes=20)

    page = client.get(f"{BASE}/now").text
    lists = re.split(r'data-list="', page)[1:]

    assert "Vorbei" not in page
    assert ["Läuft" in lists[0], "Gleich eins" in lists[1], "Später" in lists[2]] == [True] * 3


@pytest.mark.parametrize("role", [Role.VIEWER, Role.FRONTDESK])
def test_who_only_reads_sees_the_plan_and_no_way_to_change_it(client, sign_in, event, role):
    make_show_line(event, what="Gong")
    sign_in(client, make_account(event.host, role))

    page = client.get(BASE)

    assert (page.status_code, "Gong" in page.text) == (200, True)
    assert "Zeile hinzufügen" not in page.text
    assert "/delay" not in client.get(f"{BASE}/now").text


def test_a_crew_without_account_reads_the_plan_and_nothing_about_guests(app, event):
    make_registration(event, first_name="Quittenmarmelade")
    make_show_line(event, what="Gong", remark="Leise")
    plan = open_link(event, by="test")
    crew = app.test_client()

    pages = [crew.get(f"/k/{plan.token}{part}") for part in ("", "/plan")]

    assert [page.status_code for page in pages] == [200, 200]
    assert all("Gong" in page.text for page in pages)
    assert not any("Quittenmarmelade" in page.text or "/organise" in page.text for page in pages)
    assert all("noindex" in page.headers["X-Robots-Tag"] for page in pages)
    assert crew.get("/k/nichts").status_code == 404


def test_the_link_is_opened_renewed_and_closed_on_one_page(client, event):
    closed = client.get(f"{BASE}/crew").text
    opened = client.post(f"{BASE}/crew/open", follow_redirects=True).text
    renewed = client.post(f"{BASE}/crew/renew", follow_redirects=True).text
    ended = client.post(f"{BASE}/crew/close", follow_redirects=True).text

    links = [
        re.search(r'href="[^"]*(/k/[^"]+)"', page) for page in (closed, opened, renewed, ended)
    ]
    assert [link is not None for link in links] == [False, True, True, False]
    assert links[1][1] != links[2][1]


def test_sessions_become_lines_at_a_button(client, event):
    make_session(event)

    answer = client.post(f"{BASE}/sessions", follow_redirects=True)

    assert "Ein Programmpunkt hat jetzt eine Zeile." in answer.text
    assert titles(event) == ["Fabrik ohne Inseln"]


def test_the_exported_list_comes_back_as_it_was(client, event):
    make_show_line(event, what="+Gong", minutes=5, sound="Gong 1", fixed=True)
    make_show_line(event, what="Rede", starts_at=event.starts_at + timedelta(minutes=5))
    columns = ["begins_at", "minutes", "what", "sound", "fixed"]
    file = take(client, "/organise/licht/lists/run_of_show", columns=columns, format="csv")
    assert file.mimetype == "text/csv"
    preview = client.post(f"{BASE}/import", data={"text": file.data.decode("utf-8-sig")})

    assert preview.text.count("Steht schon im Plan") == 2
