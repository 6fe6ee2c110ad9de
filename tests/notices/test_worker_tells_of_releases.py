"""Real workers and a real mail server: a moved panel reaches everybody concerned, once."""

from collections import Counter
from datetime import timedelta

from factories import (
    make_contribution,
    make_contributor,
    make_event,
    make_registration,
    make_session,
)
from mail_sink import mail_sink
from notices.test_digests import digests, move, release
from notices.test_worker_sends_notices import wait_for
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


def test_t50_t56_a_moved_panel_reaches_every_feed_and_inbox_concerned_once(app, client, organiser):
    """T-50, T-56: workers killed in the middle; at most one copy each, with the same Message-ID."""
    event = make_event(organiser.memberships[0].host, slug="licht")
    room = event.venue.rooms[0]
    panel = make_session(event, title_de="Podium", kind=SessionKind.PANEL, room=room)
    aside = make_session(event, title_de="Anderes", starts_at=event.starts_at + timedelta(hours=2),
                         ends_at=event.starts_at + timedelta(hours=3))  # fmt: skip
    concerned = [make_contributor(event) for _ in range(4)]
    for number, person in enumerate(concerned):
        make_contribution(panel, person, Role.PANEL if number else Role.MODERATION)
    make_contribution(aside, make_contributor(event, email="unbeteiligt@demo.example"))
    guests = [make_registration(event, email=f"g{n:03}@demo.example").email for n in range(GUESTS)]
    feeds = [
        "/e/licht/calendar.ics",
        f"/e/licht/sessions/{panel.uid}.ics",
    ]
    before = {path: entries(client, path, panel) for path in feeds}
    others = entries(client, feeds[0], aside)
    move(panel)
    actions.send_digest_now(event, release(event).id, by="test")

    with mail_sink(pause=0.003) as sink, nursery(app, sink) as workers:
        for kill in range(1, KILLS + 1):
            worker = workers.start()
            assert sink.wait_for(kill * GUESTS // (KILLS + 2))
            workers.kill(worker)
            let_leases_run_out()
        worker = workers.start()
        wait_for(MailState.SENT, GUESTS + 4)
        workers.kill(worker)

    copies = Counter(sink.message_ids)
    assert len(copies) == GUESTS + 4
    assert set(sink.recipients) == {*guests, *(one.email for one in concerned)}
    assert copies.total() - len(copies) <= KILLS
    assert db.session.scalar(select(func.count(DigestRecipient.id))) == GUESTS + 4
    assert [one.state for one in digests()] == [DigestState.SENT]
    sequence = session_of(event, panel.id).sequence
    assert sequence == 1
    for path in feeds:
        [entry] = entries(client, path, panel)
        assert [entry] != before[path]
        assert f"SEQUENCE:{sequence}" in entry
    assert entries(client, feeds[0], aside) == others
    assert client.get("/e/licht/changes.atom").text.count("Podium: ") <= 1
