"""What has changed in a programme of late, in the reader's words. No queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from eventapp.desk.phases import NEWS_BEFORE
from eventapp.events.models import Event
from eventapp.programme.change_words import Group, ToldChange, told
from eventapp.programme.comparing import SessionDifference
from eventapp.programme.history import Chapter
from eventapp.programme.schedule_plan import programme_day


@dataclass(frozen=True, slots=True)
class News:
    """A session that is otherwise than it was, and since when."""

    change: ToldChange
    since: datetime


@dataclass(frozen=True, slots=True)
class Latest:
    """What public pages tell of changes: `today` above the page, `marks` at the sessions."""

    today: Sequence[News] = ()
    marks: Mapping[int, News] | None = None

    def mark(self, session_id: int) -> News | None:
        """What has changed about a session since the day before the event."""
        return (self.marks or {}).get(session_id)


def latest(event: Event, history: Sequence[Chapter], today: date | None) -> Latest:
    """Changes since the day before the event, and those of today; `history` oldest first."""
    zone = ZoneInfo(event.zone)
    late = [
        chapter
        for chapter in history
        if not chapter.is_first and chapter.release.released_at >= event.starts_at - NEWS_BEFORE
    ]
    of_today = [
        chapter for chapter in late if programme_day(chapter.release.released_at, zone) == today
    ]
    return Latest(
        today=sorted(_news(of_today, event.zone), key=lambda one: one.since, reverse=True),
        marks={one.change.session_id: one for one in _news(late, event.zone)},
    )


def history_of_session(history: Sequence[Chapter], session_id: int, zone: str) -> list[News]:
    """All that ever changed about a session once it was public, newest first."""
    found = [
        News(told(difference, zone), chapter.release.released_at)
        for chapter in history
        for difference in chapter.differences
        if difference.session_id == session_id and difference.before is not None
    ]
    return found[::-1]


def _news(chapters: Iterable[Chapter], zone: str) -> list[News]:
    """Each session once, as it was before the chapters and is after them, by time.

    What came back to where it was is no news; a revised description is for who reads it.
    """
    found: dict[int, tuple[SessionDifference, datetime]] = {}
    for chapter in chapters:
        for each in chapter.differences:
            first = found[each.session_id][0] if each.session_id in found else each
            whole = SessionDifference(first.before, each.after)
            found[each.session_id] = whole, chapter.release.released_at
    changed = [(each, since) for each, since in found.values() if each.before != each.after]
    ordered = sorted(changed, key=lambda one: (one[0].shown.starts_at, one[0].session_id))
    news = [News(told(each, zone), since) for each, since in ordered]
    return [one for one in news if one.change.group is not Group.WORDS]
