"""Sending people their papers, once for each of their parts."""

from collections.abc import Sequence
from dataclasses import dataclass

from eventapp.accounts.audit import Actor
from eventapp.foundation import clock
from eventapp.foundation.database import lock, transaction
from eventapp.foundation.message import message
from eventapp.foundation.outbox import Attachment, is_one_address
from eventapp.foundation.papers import PDF
from eventapp.programme.actions.revision import note
from eventapp.programme.casting.mails import queue_papers
from eventapp.programme.casting.papers import (
    briefing_paper,
    guide_paper,
    moderated_by,
    sessions_of,
)
from eventapp.programme.models import Contribution, Contributor
from eventapp.programme.queries import Programme
from eventapp.programme.states import NAMED_IN_PUBLIC

AT_ONCE = 20  # people; half a second each


@dataclass(frozen=True)
class Unbriefed:
    """Somebody who has agreed to parts of which their papers say nothing yet."""

    person: Contributor
    parts: Sequence[Contribution]

    @property
    def reachable(self) -> bool:
        """Whether a mail can be sent."""
        return is_one_address(self.person.email)


def unbriefed_in(programme: Programme) -> list[Unbriefed]:
    """Everybody with a part that was agreed, has a time, and went out with no papers, by name."""
    found: dict[int, list[Contribution]] = {}
    for session in programme.planned:
        for part in session.contributions:
            if part.state in NAMED_IN_PUBLIC and part.briefed_at is None:
                found.setdefault(part.contributor_id, []).append(part)
    return [
        Unbriefed(person, found[person.id])
        for person in programme.contributors
        if person.id in found
    ]


def send_papers(programme: Programme, waiting: Sequence[Unbriefed], *, by: Actor) -> int:
    """A mail with briefing and guides to each of the first so many who can be reached.

    Gives how many. The papers are set before anything is locked; whoever got theirs from a
    colleague in the meantime gets no second mail.
    """
    chosen = [one for one in waiting if one.reachable][:AT_ONCE]
    files = [_files(programme, one.person) for one in chosen]
    with transaction():
        lock(programme.event)
        pairs = zip(chosen, files, strict=True)
        return sum(_send(programme, one, own, by=by) for one, own in pairs)


def _send(programme: Programme, one: Unbriefed, files: Sequence[Attachment], *, by: Actor) -> bool:
    for part in one.parts:
        lock(part)
    if all(part.briefed_at for part in one.parts):
        return False
    queue_papers(programme.event, one.person, sessions_of(programme, one.person), files)
    for part in one.parts:
        part.briefed_at = clock.now()
    note(by, "papers.sent", one.person, programme.event, name=one.person.name)
    return True


def _files(programme: Programme, person: Contributor) -> list[Attachment]:
    briefing = Attachment("Briefing.pdf", PDF, briefing_paper(programme, person))
    guides = [
        Attachment(f"{_guide_name()}-{session.key}.pdf", PDF, guide_paper(session, person.locale))
        for session in moderated_by(programme, person)
    ]
    return [briefing, *guides]


def _guide_name() -> str:
    return str(message("Guide"))
