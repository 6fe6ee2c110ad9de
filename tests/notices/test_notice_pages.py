"""The organisers' pages of notices."""

import re
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from factories import make_contact, make_event, make_invitation, make_registration
from notices.support import REMINDER, notice, reviewed, silent, when_due, work, written_to
from sqlalchemy import select

from eventapp.events.states import EventState
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.i18n import format_moment, use_locale
from eventapp.notices.forms import WORDS
from eventapp.notices.models import Notice
from eventapp.notices.states import NoticeState


@pytest.fixture(autouse=True)
def english(client):
    client.set_cookie("lang", "en")


@pytest.fixture
def event(organiser):
    return make_event(organiser.memberships[0].host)


def address(event, rest=""):
    return f"/organise/{event.slug}/notices{rest}"


def fields_of(event, key=REMINDER, **given):
    row = notice(event, key)
    local = row.due_at.astimezone(ZoneInfo(event.zone))
    form = {name: getattr(row, name) for name in WORDS}
    form |= {"day": f"{local:%Y-%m-%d}", "time": f"{local:%H:%M}", "seen": str(row.version)}
    return form | given


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_list_shows_both_notices_with_their_days_and_whom_they_reach(client, event):
    silent(event, 2)
    make_registration(event)

    page = words_of(client.get(address(event)).text)

    assert "Reminder to invited people who have not answered" in page
    assert "Practical information to guests with a place" in page
    assert "2 people today" in page
    assert "one person today" in page


def test_a_notice_says_whom_it_reaches_who_not_and_why(client, event):
    silent(event, 1, first_name="Ida", last_name="Ohm")
    make_invitation(event, make_contact(event.host, blocked_at=clock.now()))
    make_invitation(event, make_contact(event.host, email=""))

    page = words_of(client.get(address(event, "/reminder")).text)

    assert "One person would get it today" in page
    assert "Ida Ohm" in page
    assert "2 people do not get it" in page
    assert "Does not want mails 1" in page
    assert "No e-mail address 1" in page


def test_three_real_mails_are_shown_one_in_each_language(client, event):
    silent(event, 4)
    silent(event, 1, locale="en", last_name="Zzyzx")

    page = client.get(address(event, "/reminder")).text
    frames = re.findall(r'<iframe src="([^"]+)"', page)

    assert len(frames) == 3
    assert "Please answer: Fachimpuls" in page
    letters = [client.get(frame) for frame in frames]
    assert {one.status_code for one in letters} == {200}
    assert all("/i/" not in one.text for one in letters)


def test_changing_words_and_day(client, event):
    later = notice(event).due_at + timedelta(days=1)
    form = fields_of(
        event, subject_de="Noch einmal: {event}", day=f"{later:%Y-%m-%d}", time="08:15"
    )

    answer = client.post(address(event, "/reminder/edit"), data=form)

    assert (answer.status_code, answer.location) == (303, address(event, "/reminder"))
    row = notice(event)
    assert row.subject_de == "Noch einmal: {event}"
    assert row.due_at.date() == later.date()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"body_de": "ohne"}, "Without {link} nobody finds the way"),
        ({"body_de": "{lnk} {link}"}, "There is no placeholder {lnk}"),
        ({"subject_de": "{link}"}, "A link cannot stand in the subject"),
        ({"subject_en": ""}, "Please write a subject"),
        ({"day": "2099-01-01"}, "This is too late"),
        ({"day": "2020-01-01"}, "This moment is over"),
        ({"day": "gestern"}, "Please give a date"),
        ({"time": ""}, "Please fill this in"),
    ],
)
def test_faults_stand_beside_the_field_and_what_was_typed_stays(client, event, given, said):
    form = fields_of(event, body_en="{salutation} typed {link}") | given

    answer = client.post(address(event, "/reminder/edit"), data=form)

    assert answer.status_code == 422
    assert said in words_of(answer.text)
    assert "typed" in answer.text
    assert db.session.scalars(select(Notice)).all() == []


def test_old_words_are_not_written_over_new_ones(client, event):
    """T-53."""
    form = fields_of(event, subject_de="Alt: {event}")
    client.post(address(event, "/reminder/edit"), data=form | {"subject_de": "Neu: {event}"})

    answer = client.post(address(event, "/reminder/edit"), data=form)

    assert answer.status_code == 409
    assert "Alt: {event}" in answer.text
    assert notice(event).subject_de == "Neu: {event}"


def test_from_review_to_sending_and_to_what_was_sent(client, event):
    silent(event, 2)

    reviewing = client.post(address(event, "/reminder/review"), data={"seen": "0"})
    version = str(notice(event).version)
    sending = client.post(address(event, "/reminder/send"), data={"seen": version})
    work()
    page = words_of(client.get(address(event, "/reminder")).text)

    assert (reviewing.status_code, sending.status_code) == (303, 303)
    assert "2 people were written to" in page
    assert "approved by Sönke Vaßholz" in page
    assert len(written_to()) == 2


def test_a_step_that_is_not_possible_says_so_and_changes_nothing(client, event):
    answer = client.post(address(event, "/reminder/send"), data={"seen": "0"})
    page = client.get(answer.location)

    assert answer.status_code == 303
    assert "the step is not possible any more" in page.text
    assert db.session.scalars(select(Notice)).all() == []


def test_stop_and_take_up_by_buttons(client, event):
    reviewed(event)

    client.post(address(event, "/reminder/stop"), data={"seen": "1"})
    assert notice(event).state is NoticeState.STOPPED
    assert "nobody gets it twice" in client.get(address(event, "/reminder")).text

    client.post(address(event, "/reminder/take-up"), data={"seen": "1"})
    assert notice(event).state is NoticeState.DRAFT


def test_another_reminder(client, event):
    answer = client.post(
        address(event, "/new"), data=fields_of(event, subject_de="Letzte Bitte: {event}")
    )

    assert answer.location == address(event, "/reminder-2")
    assert "Reminder 2" in client.get(answer.location).text
    assert notice(event, "reminder-2").subject_de == "Letzte Bitte: {event}"


def test_what_is_due_and_what_was_missed_is_said_first(client, event, organiser, sign_in):
    silent(event, 1)

    with clock.held(when_due(event)):
        sign_in(client, organiser)
        due = words_of(client.get(address(event)).text)
        one = words_of(client.get(address(event, "/reminder")).text)
    with clock.held(notice(event).closes_at):
        sign_in(client, organiser)
        missed = words_of(client.get(address(event, "/reminder")).text)

    assert "Reminder: due, and not approved yet" in due
    assert "Due, and not approved yet" in one
    assert "The time is over, nothing goes out any more" in missed
    assert "Nobody was written to." in missed


def test_while_the_event_is_a_draft_the_page_says_what_is_missing(client, organiser):
    event = make_event(organiser.memberships[0].host, state=EventState.DRAFT)

    page = words_of(client.get(address(event, "/reminder")).text)

    assert "Nothing can go out now" in page
    assert "Approve it" not in page


@pytest.mark.parametrize("key", ["reminder-2", "reminder-x", "unknown", "practical-9"])
def test_an_unknown_notice_is_not_found(client, event, key):
    assert client.get(address(event, f"/{key}")).status_code == 404


def test_a_sample_of_somebody_elses_guest_is_not_found(client, event):
    """T-01."""
    foreign = make_invitation(make_event())

    answer = client.get(address(event, f"/reminder/samples/{foreign.id}"))

    assert answer.status_code == 404


def test_releasing_what_is_due_says_that_it_sends_and_to_how_many(
    client, event, organiser, sign_in
):
    with clock.held(when_due(event)):
        sign_in(client, organiser)
        silent(event, 2)
        page = words_of(client.get(address(event, "/reminder")).text)
        answer = client.post(address(event, "/reminder/review"), data={"seen": "0"})
        after = words_of(client.get(answer.location).text)

    assert "Approve and send to 2 people now" in page
    assert "once approved it goes out at once" in page
    assert "Approved. The mails go out now." in after
    assert "Send now" not in after


def test_releasing_what_is_not_due_names_the_day(client, event):
    silent(event, 1)
    due_at = notice(event).due_at

    page = words_of(client.get(address(event, "/reminder")).text)
    answer = client.post(address(event, "/reminder/review"), data={"seen": "0"})
    after = words_of(client.get(answer.location).text)

    with use_locale("en"):
        moment = format_moment(due_at, event.zone)
    assert "send to" not in page
    assert f"Once approved it goes out by itself on {moment}." in page
    assert f"Approved. It goes out on {moment}." in after


def test_the_button_stands_below_the_mails_that_it_sends(client, event):
    silent(event, 1)

    page = client.get(address(event, "/reminder")).text

    assert page.index("<iframe") < page.index("/reminder/review")


@pytest.mark.parametrize("days_left", [30, 9, 2, 1])
def test_another_reminder_is_proposed_for_a_day_to_come(client, event, days_left):
    with transaction():
        event.reply_by_on = clock.today(event.zone) + timedelta(days=days_left)

    page = client.get(address(event, "/new")).text
    day = date.fromisoformat(re.search(r'name="day"[^>]*value="([^"]+)"', page)[1])

    assert clock.today(event.zone) < day <= event.reply_by_on


def test_who_was_asked_lately_is_listed_with_that_reason(client, event):
    [person] = silent(event, 1)
    with transaction():
        person.sent_at = clock.now()

    page = words_of(client.get(address(event, "/reminder")).text)

    assert "Was asked by mail less than 3 days ago 1" in page


def test_from_the_silent_a_link_leads_to_the_reminder_that_is_to_go_out_next(client, event):
    silent(event, 1)
    board = client.get(f"/organise/{event.slug}/invitations?group=unanswered").text

    first = client.get(address(event, "/remind"))
    reviewed(event)
    with transaction():
        notice(event).state = NoticeState.SENT
    then = client.get(address(event, "/remind"))

    assert f'href="{address(event, "/remind")}"' in board
    assert "Remind the silent" in board
    assert (first.location, then.location) == (address(event, "/reminder"), address(event, "/new"))


def test_while_it_is_being_sent_the_page_says_how_many_are_still_to_get_it(client, event):
    silent(event, 2)
    reviewed(event)
    with transaction():
        notice(event).state = NoticeState.SENDING

    page = words_of(client.get(address(event, "/reminder")).text)
    board = words_of(client.get(address(event)).text).partition("Reminder to invited")[2]

    assert "Being sent: 2 people are still to get it" in page
    assert "would get it today" not in page
    assert board.partition("Practical information")[0].endswith("being sent being sent ")


def test_above_the_fold_a_link_leads_to_the_step_that_sends(client, event):
    silent(event, 1)
    draft = client.get(address(event, "/reminder")).text
    reviewed(event)

    ready = client.get(address(event, "/reminder")).text

    for page in (draft, ready):
        assert page.index('href="#steps"') < page.index('id="steps"')
    assert "use “Send now”, which appears here once it is approved" in draft
    assert "Send now" in ready
