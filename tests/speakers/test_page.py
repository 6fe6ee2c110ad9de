"""A contributor's own page: where they stand, yes and no, what is new."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from factories import (
    make_contribution,
    make_contributor,
    make_event,
    make_registration,
    make_session,
    show,
)
from speakers.support import asked, later, link

from eventapp.accounts.models import AuditEntry
from eventapp.consents.models import Needs
from eventapp.events.states import EventState
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.outbox import OutboxMail
from eventapp.programme.models import Contribution, Contributor
from eventapp.programme.states import ContributorState, SessionState
from eventapp.speakers.event_queries import catering_sums
from eventapp.speakers.marks import mark_of_texts, mark_of_times
from eventapp.speakers.models import Colleague, SpeakerNeeds, SpeakerSheet
from eventapp.speakers.permissions import token_of
from eventapp.speakers.reading import sessions_of

S = ContributorState
STEPS = ("biography", "technical", "travel", "availability", "diet", "portrait", "slides",
         "data", "data.json", "delete", "calendar.ics")  # fmt: skip


def press(client, part, step, **more):
    """The button of a page, with the mark that the page carried."""
    [shown] = [one for one in sessions_of(part.contributor) if one.part_id == part.id]
    address = f"{link(part)}/contributions/{part.id}/{step}"
    return client.post(address, data={"mark": shown.mark} | more)


@pytest.mark.parametrize("step", STEPS)
def test_each_thing_has_a_page_of_its_own(app, client, step):
    part = asked()

    assert client.get(link(part)).status_code == 200
    assert client.get(f"{link(part)}/{step}", buffered=True).status_code == 200


def test_who_is_asked_says_yes(app, client):
    part = asked()

    answer = press(client, part, "agree")

    assert (answer.status_code, part.state) == (303, S.AGREED)
    [entry] = db.session.query(AuditEntry).filter_by(action="contribution.changed").all()
    assert entry.actor == "contributor"
    assert "Sie wirken mit" in client.get(link(part)).text


def test_what_is_only_thought_of_is_told_to_nobody(app, client):
    part = asked(state=S.PENCILLED)

    assert part.session.title_de not in client.get(link(part)).text
    assert client.get(f"{link(part)}/contributions/{part.id}/decline").status_code == 404


def test_nobody_agrees_to_a_time_that_they_have_not_seen(app, client):
    part = asked()
    [shown] = sessions_of(part.contributor)
    with transaction():
        part.session.starts_at = later(part.session.starts_at, -10)
    show(part.session)

    answer = client.post(
        f"{link(part)}/contributions/{part.id}/agree",
        data={"mark": shown.mark},
        follow_redirects=True,
    )

    assert part.state is S.ASKED
    assert "An diesem Programmpunkt hat sich etwas geändert" in answer.text


def test_who_cannot_come_says_why_and_proposes_a_colleague(app, client):
    part = asked()

    answer = press(
        client, part, "decline", reason="Bin auf Reisen", colleague_name="Uta Krahl",
        colleague_email="krahl@werk.example",
    )  # fmt: skip

    assert (answer.status_code, part.state, part.reason) == (303, S.DECLINED, "Bin auf Reisen")
    [proposed] = db.session.query(Colleague).all()
    assert (proposed.name, proposed.email) == ("Uta Krahl", "krahl@werk.example")


def test_a_no_without_a_reason_keeps_what_was_typed(app, client):
    part = asked()

    answer = press(client, part, "decline", colleague_email="krahl@werk.example")

    assert (answer.status_code, part.state) == (422, S.ASKED)
    assert "krahl@werk.example" in answer.text


def test_who_has_agreed_can_still_drop_out(app, client):
    part = asked(state=S.AGREED)

    press(client, part, "decline", reason="Krank")

    assert part.state is S.DROPPED_OUT


def test_after_the_event_nothing_can_be_promised(app, client):
    part = asked()

    with clock.held(later(part.session.event.ends_at, 1)):
        answer = press(client, part, "agree")

    assert (answer.status_code, part.state) == (303, S.ASKED)


def test_what_changed_since_the_last_look_is_marked_until_it_was_seen(app, client):
    event = make_event(state=EventState.OPEN)
    session = make_session(event, state=SessionState.PUBLISHED)
    part = make_contribution(session, make_contributor(event), state=S.AGREED)
    client.post(f"{link(part)}/seen", data={"mark": _mark(part)})
    assert "neu:" not in client.get(link(part)).text
    with transaction():
        session.starts_at = later(session.starts_at, 10)
    assert "neu:" not in client.get(link(part)).text  # organisers only try it out

    show(session)
    page = client.get(link(part)).text
    assert "neu: 16:00 statt 15:50 Uhr" in page or "statt" in page
    client.post(f"{link(part)}/seen", data={"mark": _mark(part)})

    assert "statt" not in client.get(link(part)).text


def test_opening_the_page_notes_nothing(app, client):
    """T-13: what somebody has seen is noted by a button alone."""
    part = asked()

    client.get(link(part))

    assert db.session.query(SpeakerSheet).count() == 0


def _mark(part):
    from eventapp.speakers.own_sessions import mark_of

    return mark_of(sessions_of(part.contributor))


@pytest.mark.parametrize(
    ("name", "words"), [("biography_de", "x" * 501), ("biography_en", "é" * 501)]
)
def test_five_hundred_characters_about_the_person_and_not_one_more(app, client, name, words):
    part = asked()

    refused = client.post(f"{link(part)}/biography", data={name: words, "mark": _of(part)})
    taken = client.post(f"{link(part)}/biography", data={name: words[1:], "mark": _of(part)})

    assert (refused.status_code, taken.status_code) == (422, 303)
    assert words in refused.text
    assert getattr(part.contributor, name) == words[1:]


def _of(part):
    return mark_of_texts(part.contributor.biography_de, part.contributor.biography_en)


def test_two_who_write_the_same_text_overwrite_nothing(app, client):
    part = asked()
    before = _of(part)
    with transaction():
        part.contributor.biography_de = "Von der Agentur geschrieben"

    late = client.post(f"{link(part)}/biography", data={"biography_de": "Meins", "mark": before})

    assert late.status_code == 409
    assert "Von der Agentur geschrieben" in late.text
    assert ">Meins<" in late.text.replace("\r\n", "").replace("\n", "")


def test_times_are_the_events_and_impossible_ones_are_refused(app, client):
    part = asked()
    event, address = part.session.event, f"{link(part)}/availability"
    day = event.starts_on.isoformat()
    night = {"day": "2027-03-28", "available_from": "02:30"}

    def send(**said):
        return client.post(
            address, data={"day": day, "mark": mark_of_times(part.contributor)} | said
        )

    backwards = send(available_from="17:00", until="16:00")
    before = send(until="06:00")
    fine = send(available_from="14:00", availability_fixed="y")

    assert [one.status_code for one in (backwards, before, fine)] == [422, 422, 303]
    assert client.post(address, data=night).status_code == 422
    local = part.contributor.available_from.astimezone(ZoneInfo(event.zone))
    assert (local.hour, part.contributor.availability_fixed) == (14, True)


def test_diet_needs_a_consent_and_is_counted_without_names(app, client):
    part = asked(state=S.AGREED)
    address = f"{link(part)}/diet"

    without = client.post(address, data={"diet": "vegan"})
    client.post(address, data={"diet": "Vegan", "agreed": "y"})

    assert without.status_code == 422
    assert catering_sums(part.session.event) == [("vegan", 1)]
    [needs] = db.session.query(SpeakerNeeds).all()
    assert needs.delete_on > part.session.event.starts_on
    client.post(f"{address}/withdraw")
    assert db.session.query(SpeakerNeeds).count() == 0


def test_who_is_a_guest_as_well_is_asked_once(app, client):
    part = asked(state=S.AGREED)
    person = part.contributor
    guest = make_registration(
        part.session.event, email=person.email, first_name=person.first_name,
        last_name=person.last_name,
    )  # fmt: skip
    with transaction():
        db.session.add(
            Needs(registration_id=guest.id, diet="halal", delete_on=datetime.now(UTC).date())
        )

    page = client.get(f"{link(part)}/diet")
    sent = client.post(f"{link(part)}/diet", data={"diet": "vegan", "agreed": "y"})

    assert "halal" in page.text
    assert (sent.status_code, db.session.query(SpeakerNeeds).count()) == (409, 0)
    assert f"/r/{guest.token}" in client.get(link(part)).text
    assert token_of(person) in client.get(f"/r/{guest.token}").text


def test_two_people_of_one_address_are_two(app, client):
    part = asked()
    guest = make_registration(part.session.event, email=part.contributor.email, last_name="Anders")

    assert guest.token not in client.get(link(part)).text


def test_a_contributor_has_everything_deleted(app, client):
    part = asked(state=S.AGREED)
    address = link(part)

    gone = client.post(f"{address}/delete")

    assert gone.status_code == 303
    assert (db.session.query(Contributor).count(), db.session.query(Contribution).count()) == (0, 0)
    assert client.get(address).status_code == 404


def test_who_has_lost_the_link_gets_it_by_mail(app, client):
    part = asked(state=S.AGREED)

    client.post("/link", data={"email": part.contributor.email.upper()})

    [mail] = db.session.query(OutboxMail).filter_by(kind="speakers/mail/link.txt").all()
    assert mail.to_email == part.contributor.email
    assert part.contributor.public_id in mail.text


def test_t02_nothing_of_another_contributor_is_reached_by_this_link(app, client):
    """T-01, T-02: parts and slides of others are absent."""
    mine, other = asked(), asked()

    for step in ("agree", "decline"):
        address = f"{link(mine)}/contributions/{other.id}/{step}"
        assert client.post(address, data={"reason": "x"}).status_code == 404
    assert other.state is S.ASKED


def test_what_is_stored_is_said_in_the_language_of_the_page(app, client):
    part = asked(locale="en")
    with transaction():
        part.session.title_en = "Villages online"

    page = client.get(f"{link(part)}/data").text

    assert "Villages online" in page
    assert "<bdi>English</bdi>" in page


def test_a_guest_who_contributes_finds_what_is_stored_of_both(app, client):
    part = asked(email="ute@example.org", last_name="Möhn", first_name="Ute")
    event = part.session.event
    guest = make_registration(event, email="ute@example.org", last_name="Möhn", first_name="Ute")
    other = make_registration(event, email="ute@example.org", last_name="Anders", first_name="Jo")

    assert f"{link(part)}/data" in client.get(f"/r/{guest.token}/data").text
    assert "/s/" not in client.get(f"/r/{other.token}/data").text
