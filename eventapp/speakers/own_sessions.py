"""A contributor's own sessions as their page shows them, with what is new since they last looked.

Of a session that is published they see what everybody sees; before that, the draft, which the page
calls provisional.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from eventapp.foundation.i18n import format_moment, format_time, localised
from eventapp.foundation.message import Message, message
from eventapp.foundation.tokens import seal
from eventapp.programme.kinds import Role
from eventapp.programme.models import Contribution, Session
from eventapp.programme.release_models import ReleasedSession
from eventapp.programme.snapshots import people_in
from eventapp.programme.states import (
    NAMED_IN_PUBLIC,
    Appearance,
    ContributorState,
    SessionState,
)

Seen = Mapping[str, Any]


@dataclass(frozen=True)
class OwnSession:
    """One part: what, when, where, with whom, and what changed since the person last looked."""

    part_id: int
    session_id: int
    role: Role
    state: ContributorState
    code: str
    title: str
    starts_at: datetime | None
    ends_at: datetime | None
    room: str
    step_free: bool
    others: tuple[str, ...]
    questions: str
    provisional: bool
    cancelled: bool
    news: tuple[Message, ...] = ()

    @property
    def key(self) -> str:
        """How it is remembered that somebody has seen it."""
        return str(self.session_id)

    def shown(self) -> dict[str, Any]:
        """What the page shows of it, to be remembered."""
        return {
            "starts": self.starts_at.isoformat() if self.starts_at else "",
            "ends": self.ends_at.isoformat() if self.ends_at else "",
            "room": self.room,
            "off": self.cancelled,
            "others": list(self.others),
        }

    @property
    def mark(self) -> str:
        """By which a form tells that what it showed still stands."""
        return seal(f"session {self.session_id}\0{self.state}\0{sorted(self.shown().items())}")


def own_sessions(
    parts: Sequence[Contribution],
    released: Mapping[int, ReleasedSession],
    seen: Seen,
    *,
    zone: str,
) -> list[OwnSession]:
    """The person's parts in their order; nothing is new for who has never looked."""
    return [_own(part, released.get(part.session_id), seen, zone) for part in parts]


def seen_after(sessions: Sequence[OwnSession]) -> dict[str, Any]:
    """What is to be remembered once these were seen."""
    return {one.key: one.shown() for one in sessions}


def mark_of(sessions: Sequence[OwnSession]) -> str:
    """By which the button "seen" tells what was on the page."""
    return seal("\0".join(one.mark for one in sessions))


def _own(part: Contribution, row: ReleasedSession | None, seen: Seen, zone: str) -> OwnSession:
    session = part.session
    shows = row is not None and row.appearance is not Appearance.WITHDRAWN
    fresh = _of_release(part, row) if row is not None and shows else _of_draft(part)
    before = seen.get(str(session.id))
    news = _news(before, fresh, zone) if before is not None else _unseen(seen)
    return OwnSession(**fresh, news=tuple(news))


def _unseen(seen: Seen) -> list[Message]:
    return [message("new for you")] if seen else []


def _of_release(part: Contribution, row: ReleasedSession) -> dict[str, Any]:
    others = (one.name for one in people_in(row) if one.contributor_id != part.contributor_id)
    off = row.appearance is not Appearance.TAKES_PLACE
    return _common(part) | {
        "title": localised(row, "title"),
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
        "room": row.room_name,
        "others": tuple(dict.fromkeys(others)),
        "provisional": False,
        "cancelled": off or part.session.state is SessionState.CANCELLED,
    }


def _of_draft(part: Contribution) -> dict[str, Any]:
    session = part.session
    return _common(part) | {
        "title": localised(session, "title"),
        "starts_at": session.starts_at,
        "ends_at": session.ends_at,
        "room": session.room.name if session.room else "",
        "others": _others(session, part.contributor_id),
        "provisional": not session.internal,
        "cancelled": session.state is SessionState.CANCELLED,
    }


def _common(part: Contribution) -> dict[str, Any]:
    session = part.session
    return {
        "part_id": part.id,
        "session_id": session.id,
        "role": part.role,
        "state": part.state,
        "code": session.code,
        "questions": session.questions,
        "step_free": bool(session.room and session.room.step_free),
    }


def _others(session: Session, own: int) -> tuple[str, ...]:
    """Who has agreed as well; who was only asked is nobody else's business."""
    named = (
        one.contributor.full_name
        for one in session.contributions
        if one.contributor_id != own and one.state in NAMED_IN_PUBLIC
    )
    return tuple(dict.fromkeys(named))


def _news(before: Mapping[str, Any], now: Mapping[str, Any], zone: str) -> list[Message]:
    if now["cancelled"]:
        return [] if before.get("off") else [message("cancelled")]
    news = [message("takes place after all")] if before.get("off") else []
    news += _times(before, now, zone)
    if before.get("room", "") != now["room"]:
        news.append(_rooms(before.get("room", ""), now["room"]))
    known, here = before.get("others", []), list(now["others"])
    come = [name for name in here if name not in known]
    gone = [name for name in known if name not in here]
    if come:
        news.append(message("new with you: %(names)s", names=", ".join(come)))
    if gone:
        news.append(message("not with you any more: %(names)s", names=", ".join(gone)))
    return news


def _rooms(old: str, new: str) -> Message:
    if not new:
        return message("new: the room is not certain yet (it was %(old)s)", old=old)
    if not old:
        return message("new: %(new)s", new=new)
    return message("new: %(new)s instead of %(old)s", new=new, old=old)


def _times(before: Mapping[str, Any], now: Mapping[str, Any], zone: str) -> list[Message]:
    old, new = _moment(before.get("starts")), now["starts_at"]
    ended, ends = _moment(before.get("ends")), now["ends_at"]
    if old == new:
        if ended != ends and ended and ends:
            times = {"new": format_time(ends, zone), "old": format_time(ended, zone)}
            return [message("new: until %(new)s instead of %(old)s", **times)]
        return []
    if new is None:
        return [message("new: the time is not certain yet")]
    if old is None:
        return [message("new: %(new)s", new=format_moment(new, zone))]
    if _day(old, zone) == _day(new, zone):
        return [_clock(old, new, zone)]
    moments = {"new": format_moment(new, zone), "old": format_moment(old, zone)}
    return [message("new: %(new)s instead of %(old)s", **moments)]


def _clock(old: datetime, new: datetime, zone: str) -> Message:
    times = {"new": format_time(new, zone), "old": format_time(old, zone)}
    return message("new: at %(new)s instead of %(old)s", **times)


def _day(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()


def _moment(text: object) -> datetime | None:
    return datetime.fromisoformat(str(text)) if text else None
