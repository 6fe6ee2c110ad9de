"""The plan of one event as that of another's."""

from eventapp.events.actions import Copying
from eventapp.events.editions import Taken
from eventapp.foundation.database import db, lock, transaction
from eventapp.programme import queries as programme_queries
from eventapp.programme.run_of_show import queries
from eventapp.programme.run_of_show.models import ShowLine

OF_A_LINE = (
    "offset_minutes", "minutes", "fixed", "what", "where", "sound", "light", "video", "stage",
    "remark",
)  # fmt: skip


def copy_run_of_show(copying: Copying) -> int:
    """The lines that stand alone, and those of sessions that have come along; nothing is late.

    Names that were typed come only if persons are asked for; the crew's link does not. Says how
    many. Call it after the programme was copied: sessions are known again by their short names.
    """
    with transaction():
        lock(copying.target)
        sessions = {one.key: one.id for one in programme_queries.sessions_of(copying.target)}
        known = [
            line
            for line in queries.lines_of(copying.source)
            if line.session is None or line.session.key in sessions
        ]
        db.session.add_all(_line(line, sessions, copying) for line in known)
    return len(known)


def _line(line: ShowLine, sessions: dict[str, int], copying: Copying) -> ShowLine:
    return ShowLine(
        event_id=copying.target.id,
        session_id=sessions[line.session.key] if line.session else None,
        starts_at=copying.shift.maybe(line.starts_at),
        who=line.who if copying.takes(Taken.PEOPLE) else "",
        **{name: getattr(line, name) for name in OF_A_LINE},
    )
