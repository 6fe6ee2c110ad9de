"""What stands on door signs: a room's day, one session, and what is otherwise than announced.

Plain data for the typesetter, in both languages, German first.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from eventapp.events.models import Event
from eventapp.foundation.i18n import format_day, format_range, localised, use_locale
from eventapp.foundation.message import Message, message
from eventapp.programme.comparing import ChangeKind, SessionDifference, ShownSession
from eventapp.programme.kinds import Role

Sign = dict[str, Any]
PLAIN_ACCENT = "#1343c7"
_LABELS = {
    ChangeKind.ROOM: message("moved to"),
    ChangeKind.TIME: message("at another time"),
    ChangeKind.CANCELLED: message("does not take place"),
    ChangeKind.REINSTATED: message("takes place after all"),
    ChangeKind.ADDED: message("new"),
}
"""In the order in which one is chosen where several apply."""


def paper(event: Event, signs: Sequence[Sign]) -> dict[str, Any]:
    """All signs of one file, a page each, in the colour of the organisation."""
    colours = (event.host.palette or {}).get("light", {})
    return {
        "title": localised(event, "title", "de"),
        "lang": "de",
        "event": localised(event, "title", "de"),
        "accent": colours.get("accent") or PLAIN_ACCENT,
        "signs": list(signs),
    }


def room_signs(event: Event, sessions: Iterable[ShownSession], day: date) -> list[Sign]:
    """One for each room in which something takes place on the day, by the rooms' names."""
    here = [one for one in sessions if one.room_name and _day(one, event.zone) == day]
    here.sort(key=lambda one: (one.room_name, one.starts_at, one.key))
    return [
        {
            "kind": "room",
            "room": name,
            "day": _both(lambda: format_day(day)),
            "sessions": [_session(one, event.zone) for one in group],
        }
        for name, group in groupby(here, key=lambda one: one.room_name)
    ]


def session_sign(event: Event, shown: ShownSession) -> Sign:
    """One session: what, when, who."""
    return {"kind": "session", "room": shown.room_name, **_session(shown, event.zone)}


def change_signs(event: Event, differences: Iterable[SessionDifference]) -> list[Sign]:
    """For the door where people look for it: where and when it is instead, or that it is not."""
    found = ((each, _label(each)) for each in differences)
    return [
        {
            "kind": "change",
            "label": _both(lambda label=label: str(label)),
            "where": _where(each),
            "was": each.before.room_name if each.before else "",
            "off": each.kinds[0] is ChangeKind.CANCELLED,
            **_session(each.shown, event.zone),
        }
        for each, label in found
        if label is not None
    ]


def has_sign(difference: SessionDifference) -> bool:
    """Whether people at a door need to know."""
    return _label(difference) is not None


def _label(difference: SessionDifference) -> Message | None:
    kinds = difference.kinds
    if ChangeKind.ROOM in kinds and not difference.shown.room_name:
        kinds = tuple(one for one in kinds if one is not ChangeKind.ROOM)
    return next((words for kind, words in _LABELS.items() if kind in kinds), None)


def _where(difference: SessionDifference) -> str:
    return "" if difference.kinds[0] is ChangeKind.CANCELLED else difference.shown.room_name


def _session(shown: ShownSession, zone: str) -> Sign:
    return {
        "code": shown.code,
        "title": _both(lambda: localised(shown, "title")),
        "time": _both(lambda: format_range(shown.starts_at, shown.ends_at, zone)),
        "people": [_person(one) for one in shown.people if one.role is not Role.PROTOCOL],
    }


def _person(person: Any) -> str:
    return ", ".join(filter(None, (person.name, person.organisation)))


def _both(words: Any) -> dict[str, str]:
    """In both languages; English only where it says something else."""
    with use_locale("de"):
        german = words()
    with use_locale("en"):
        english = words()
    return {"de": german, "en": "" if english == german else english}


def _day(shown: ShownSession, zone: str) -> date:
    return shown.starts_at.astimezone(ZoneInfo(zone)).date()
