"""Real workers and a real mail server: a moved panel reaches everybody concerned, once."""

from collections import Counter
from datetime import timedelta
from zoneinfo import ZoneInfo

from factories import (
    make_contribution,
    make_contributor,
    make_event,
    make_registration,
    make_session,
)
from mail_sink import mail_sink
from notices.test_digests import digests, move, release
from notices.test_worker_sends_notices import wait_for, wait_until
from speakers.support import link
from sqlalchemy import func, select
from workers import let_leases_run_out, nursery

from eventapp.foundation.database import db
from eventapp.foundation.mail_states import MailState
from eventapp.notices.releases import actions
from eventapp.notices.releases.models import DigestRecipient
from eventapp.notices.releases.states import DigestState
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.models import Session
from eventapp.programme.queries import session_of

GUESTS = 120
KILLS = 3


def entries(client, path: str, session: Session) -> list[str]:
    """What a calendar says of a session, a block each."""
    blocks = client.get(path).text.replace("\r\n ", "").split("BEGIN:VEVENT")
    return [block for block in blocks if f"UID:{session.uid}" in block]


def written() -> int:
    """How many people the digest was written to so far, read afresh."""
    db.session.rollback()
    return db.session.scalar(select(func.count(DigestRecipient.id)))


def test_t50_t56_a_moved_panel_reaches_every_calendar_and_inbox_concerned_once(
    app, client, organiser
):
    """T-50, T-56: workers killed while the mails are written and while they are sent; at most one
    copy more for each kill, with the same Message-ID."""
    event = make_event(organiser.memberships[0].host, slug="licht")
    room = event.venue.rooms[0]
    panel = make_session(event, title_de="Podium", kind=SessionKind.PANEL, room=room)
    aside = make_session(event, title_de="Anderes", starts_at=event.starts_at + timedelta(hours=2),
                         ends_at=event.starts_at + timedelta(hours=3))  # fmt: skip
    concerned = [make_contributor(event) for _ in range(4)]
    for number, person in enumerate(concerned):
        make_contribution(panel, person, Role.PANEL if number else Role.MODERATION)
    uninvolved = make_contributor(event, email="unbeteiligt@demo.example")
    make_contribution(aside, uninvolved)
    guests = [make_registration(event, email=f"g{n:03}@demo.example").email for n in range(GUESTS)]
    public = ["/e/licht/calendar.ics", "/e/licht/calendar.ics?lang=en"]
    calendars = [*public, f"/e/licht/sessions/{panel.uid}.ics",
                 *(f"{link(person)}/calendar.ics" for person in concerned)]  # fmt: skip
    elsewhere = [*public, f"/e/licht/sessions/{aside.uid}.ics", f"{link(uninvolved)}/calendar.ics"]
    before = {path: entries(client, path, panel) for path in calendars}
    others = {path: entries(client, path, aside) for path in elsewhere}
    move(panel)
    assert {path: entries(client, path, panel) for path in calendars} == before  # only a draft
    actions.send_digest_now(event, release(event).id, by="test")
    everybody = {*guests, *(one.email for one in concerned)}

    with mail_sink(pause=0.003) as sink, nursery(app, sink) as workers:
        worker = workers.start()
        wait_until(written)
        workers.kill(worker)
        let_leases_run_out()
        for kill in range(1, KILLS + 1):
            worker = workers.start()
            assert sink.wait_for(kill * GUESTS // (KILLS + 2))
            workers.kill(worker)
            let_leases_run_out()
        worker = workers.start()
        wait_for(MailState.SENT, len(everybody))
        workers.kill(worker)

    copies = Counter(sink.message_ids)
    assert len(copies) == len(everybody)
    assert set(sink.recipients) == everybody
    assert copies.total() - len(copies) <= KILLS + 1
    assert written() == len(everybody)
    assert [one.state for one in digests()] == [DigestState.SENT]
    starts = session_of(event, panel.id).starts_at
    for path in calendars:
        [entry] = entries(client, path, panel)
        assert [entry] != before[path]
        assert "SEQUENCE:1\r\n" in entry
        assert f"{starts.astimezone(ZoneInfo(event.zone)):%Y%m%dT%H%M%S}\r\n" in entry
    assert {path: entries(client, path, aside) for path in elsewhere} == others
    assert client.get("/e/licht/changes.atom").text.count("Podium</b>: ") == 1
