"""What an organiser should do today about people who were asked to contribute."""

from collections.abc import Iterator, Sequence
from datetime import date

from eventapp.desk.tasks import CASTING, NAMED, Task, Urgency, Way, named
from eventapp.foundation.i18n import localised
from eventapp.foundation.message import message, plural_message
from eventapp.programme.casting.board import open_refusals, overdue_requests, refused_late
from eventapp.programme.models import Contribution, Session
from eventapp.programme.queries import Programme


def casting_tasks(programme: Programme, today: date) -> Iterator[Task]:
    """Who will not come and has not been followed, the late ones first; who has not answered."""
    sessions = [*programme.planned, *programme.unplanned]
    for part in open_refusals(sessions)[:NAMED]:
        yield _refusal(part)
    yield from _silent(overdue_requests(sessions, today))


def _refusal(part: Contribution) -> Task:
    urgency = Urgency(message("at short notice"), "danger") if refused_late(part) else None
    title = message("%(name)s will not come", name=part.contributor.full_name)
    return Task(
        title,
        Way(CASTING, spot=f"session-{part.session_id}"),
        _name(part.session),
        None if urgency else message("Replace"),
        urgency=urgency,
    )


def _silent(parts: Sequence[Contribution]) -> Iterator[Task]:
    if parts:
        title = plural_message(
            "One person has not answered the request to contribute",
            "%(count)s people have not answered the request to contribute",
            len(parts),
        )
        names = named([part.contributor.full_name for part in parts], len(parts))
        yield Task(title, Way(CASTING, {"stage": "waiting"}), names, message("Remind them"))


def _name(session: Session) -> str:
    title = localised(session, "title")
    return f"{session.code} {title}" if session.code else title
