"""Many rows at once, for tests about cost."""

import re
from datetime import timedelta

from factories import show
from flask.testing import FlaskClient

from eventapp.events.models import Event
from eventapp.foundation.database import db, transaction
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.models import Contribution, Contributor, Session
from eventapp.programme.states import ContributorState, SessionState


def seen_in(client: FlaskClient, base: str) -> dict[str, str]:
    """What the page that releases a programme shows, as its form sends it back."""
    page = client.get(f"{base}/release").get_data(as_text=True)
    return {"seen": re.search(r'name="seen"[^>]*value="([^"]*)"', page)[1]}


def many_sessions(event: Event, count: int) -> None:
    """Published sessions one after the other, each with a person of its own who has agreed."""
    sessions = []
    with transaction():
        for number in range(count):
            starts_at = event.starts_at + timedelta(minutes=number % 300)
            session = Session(
                event_id=event.id,
                key=f"X{count}-{number}",
                kind=SessionKind.KEYNOTE,
                state=SessionState.PUBLISHED,
                title_de=f"Vortrag {number}",
                starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=1),
            )
            person = Contributor(event_id=event.id, key=f"X{count}-{number}", last_name="Öhm")
            sessions.append(session)
            db.session.add_all([session, person])
            db.session.flush()
            db.session.add(
                Contribution(
                    session_id=session.id,
                    contributor_id=person.id,
                    role=Role.KEYNOTE,
                    state=ContributorState.AGREED,
                )
            )
    show(*sessions)
