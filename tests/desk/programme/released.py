"""Programmes as organisers change and release them, for tests of what everybody then sees."""

import re
from typing import Any

from factories import moment
from flask.testing import FlaskClient

from eventapp.accounts.audit import SYSTEM
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.programme.actions import (
    SessionChange,
    change_session,
    parts_of,
    publish_programme,
)
from eventapp.programme.models import Session
from eventapp.programme.queries import session_of

THURSDAY = "2027-06-24"
"""A day on which it is 15:30 in Arnsberg at 13:30 UTC."""


def save(session: Session, **given: Any) -> None:
    """Change the draft as the form does."""
    session = session_of(session.event, session.id)
    values = {name: getattr(session, name) for name in SessionChange.__dataclass_fields__}
    change_session(
        session, SessionChange(**values | given), parts_of(session),
        seen=session.version, by=SYSTEM,
    )  # fmt: skip


def release(event: Event, at: str) -> None:
    """Show the draft to everybody, at a moment of UTC."""
    with clock.held(moment(at)):
        publish_programme(db.session.get(Event, event.id), by=SYSTEM)


def page_of(client: FlaskClient, event: Event, path: str, **headers: str) -> str:
    """A public page as one line of HTML."""
    answer = client.get(f"/e/{event.slug}{path}", headers=headers)
    assert answer.status_code == 200, (path, answer.status_code)
    return " ".join(answer.text.split())


def headings(page: str, level: int) -> list[str]:
    """The headings of a level as readers see them."""
    found = re.findall(rf"<h{level}[^>]*>(.*?)</h{level}>", page)
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]
