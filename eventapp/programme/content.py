"""What a deleted draft said, written down so that it can be made again as it was."""

import json
from datetime import datetime
from typing import Any

from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.models import Contribution, Contributor, Session
from eventapp.programme.states import ContributorState, SessionState

CONTENT = "content"
"""Under this name the trail keeps it; it is for the program, not for readers."""
UNDOES = "undoes"
"""Under this name the trail keeps, with what was made again, the number of the step undone."""
_TEXTS = ("uid", "key", "title_de", "title_en", "teaser_de", "teaser_en", "questions")
_NUMBERS = ("room_id", "slot_id", "capacity", "minimum", "public", "sequence")
_MOMENTS = ("starts_at", "ends_at", "created_at")


def kept_content(session: Session) -> dict[str, object]:
    """What readers of the trail should see of it, and all of it for the program."""
    content = {name: getattr(session, name) for name in (*_TEXTS, *_NUMBERS)}
    content |= {name: _written(getattr(session, name)) for name in _MOMENTS}
    content |= {
        "kind": session.kind,
        "state": session.state,
        "people": [[one.contributor_id, one.role, one.state] for one in session.contributions],
    }
    seen = {name: getattr(session, name) for name in ("title_de", "starts_at", "ends_at")}
    return seen | {CONTENT: json.dumps(content, ensure_ascii=False)}


def _written(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def session_from(written: str) -> Session:
    """A session as it was, without its people."""
    content: dict[str, Any] = json.loads(written)
    session = Session(**{name: content[name] for name in (*_TEXTS, *_NUMBERS)})
    for name in _MOMENTS:
        setattr(session, name, datetime.fromisoformat(content[name]) if content[name] else None)
    session.kind, session.state = SessionKind(content["kind"]), SessionState(content["state"])
    return session


def people_from(written: str, contributors: dict[int, Contributor]) -> list[Contribution]:
    """Its people, as far as they still contribute to the event."""
    people: list[tuple[int, str, str]] = json.loads(written)["people"]
    return [
        Contribution(
            contributor=contributors[number],
            role=Role(role),
            state=ContributorState(state),
            position=position,
        )
        for position, (number, role, state) in enumerate(people)
        if number in contributors
    ]
