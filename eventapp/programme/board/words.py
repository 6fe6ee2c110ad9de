"""What the board says of moves, in words. No queries."""

from collections.abc import Sequence
from typing import Any

from eventapp.foundation.i18n import format_moment, format_range, localised
from eventapp.foundation.message import Message, message
from eventapp.programme.board.lean import Board, BoardSession
from eventapp.programme.timetable.checks import Checked, Severity
from eventapp.programme.timetable.entries import session_label

MOST_TOLD = 3
PLACES = frozenset({"starts_at", "ends_at", "room_id", "slot_id"})
_ADDED = message("%(who)s has added %(what)s.")
_MOVED = message("%(who)s has moved %(what)s.")
_CHANGED = message("%(who)s has changed %(what)s.")
_CANCELLED = message("%(who)s has cancelled %(what)s.")
SENTENCES = {
    "session.added": _ADDED,
    "session.changed": _CHANGED,
    "session.cancelled": _CANCELLED,
}


def name_of(session: Any) -> str:
    """What people call a session."""
    return str(session_label(session.kind, session.key, localised(session, "title")))


def where(board: Board, session: BoardSession) -> Message:
    """Where a session is now: "T2: 16:50–17:35 Uhr, Akademie 2."."""
    what = name_of(session)
    if session.starts_at is None or session.ends_at is None:
        return message("%(what)s is put aside, without a time.", what=what)
    zone, room = board.event.zone, board.timetable.room_of.get(session.room_id or 0)
    time = format_range(session.starts_at, session.ends_at, zone)
    if board.calendar.day_of(session.starts_at) != board.calendar.first_day:
        time = f"{format_moment(session.starts_at, zone)}, {time}"
    if room is None:
        return message("%(what)s: %(time)s, no room yet.", what=what, time=time)
    return message("%(what)s: %(time)s, %(room)s.", what=what, time=time, room=room.name)


def sentence_of_conflicts(before: Checked, after: Checked) -> list[str]:
    """Which conflicts a step has made or solved."""
    known = {each.identity for each in before.conflicts}
    still = {each.identity for each in after.conflicts}
    new = [each for each in after.conflicts if each.identity not in known]
    gone = [each for each in before.conflicts if each.identity not in still]
    words = [_announced(each.severity, each.text) for each in new[:MOST_TOLD]]
    if any(each.severity is Severity.HARD for each in gone) and not new:
        words.append(message("A conflict is solved."))
    return [str(each) for each in words]


def _announced(severity: Severity, text: Message) -> Message:
    if severity is Severity.HARD:
        return message("Conflict: %(what)s", what=text)
    return message("Hint: %(what)s", what=text)


def news_in_words(news: Sequence[Any], titles: dict[int, Any]) -> list[str]:
    """Who did what, each thing once, in the order of the trail."""
    told: dict[str, None] = {}
    for entry in news:
        told.setdefault(str(_told(entry, titles)))
    return [text for text in told if text][:MOST_TOLD]


def _told(entry: Any, titles: dict[int, Any]) -> Message | str:
    if entry.subject_kind != "session":
        moved_along = entry.action.startswith("sessions.")
        return "" if moved_along else message("%(who)s has changed the programme.", who=entry.actor)
    row = titles.get(int(entry.subject_id))
    if row is None:
        return message("%(who)s has deleted a session.", who=entry.actor)
    sentence = SENTENCES.get(entry.action, _CHANGED)
    if sentence is _CHANGED and entry.after and PLACES.issuperset(entry.after):
        sentence = _MOVED
    return message(sentence.msgid, who=entry.actor, what=name_of(row))
