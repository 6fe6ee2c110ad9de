"""What the pages of a public programme share: read once, from the newest release alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from eventapp.desk.phases import NEWS_BEFORE
from eventapp.desk.programme import queries
from eventapp.desk.programme.news import Latest, latest
from eventapp.events.models import Event
from eventapp.programme.history import Chapter
from eventapp.programme.public import PublicProgramme
from eventapp.programme.release_queries import public_programme
from eventapp.speakers.portraits import ShownPortrait
from eventapp.speakers.queries import portraits_of


@dataclass(frozen=True)
class Read:
    """An event's programme with all that stands beside it."""

    event: Event
    programme: PublicProgramme
    people: Mapping[int, str]
    latest: Latest
    portraits: Mapping[int, ShownPortrait]

    @property
    def uids(self) -> Mapping[int, str]:
        """What stands in the address of each session's page, by the session's number."""
        shown = [each for entry in self.programme.entries for each in entry.sessions]
        return {each.id: each.uid for each in [*shown, *self.programme.cancelled]}


def read(event: Event, today: date | None) -> Read:
    """The programme that everybody sees, and what changed of late. Seven statements at most."""
    programme = public_programme(event)
    return Read(
        event=event,
        programme=programme,
        people=queries.addresses_of_people(event) if programme else {},
        latest=latest(event, _recent(event, programme), today),
        portraits=portraits_of(event) if programme else {},
    )


def _recent(event: Event, programme: PublicProgramme) -> Sequence[Chapter]:
    """The history, where something of it is recent enough to be told."""
    if programme.stand is None or programme.stand < event.starts_at - NEWS_BEFORE:
        return []
    return queries.history_of(event)
