"""Named reads for the public programme."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from eventapp.events.models import Event
from eventapp.foundation.database import db
from eventapp.programme.history import Chapter, chapters, without_internal
from eventapp.programme.models import Contributor
from eventapp.programme.release_queries import changed_sessions, releases_of


def history_of(event: Event) -> list[Chapter]:
    """All releases of an event, oldest first, without what is internal by now. Two statements."""
    oldest_first: Sequence[Chapter] = chapters(
        releases_of(event), without_internal(changed_sessions(event))
    )
    return list(oldest_first)[::-1]


def addresses_of_people(event: Event) -> Mapping[int, str]:
    """What stands in the address of each contributor's page, by the contributor's number."""
    rows = db.session.execute(
        select(Contributor.id, Contributor.public_id).where(Contributor.event_id == event.id)
    )
    return {row[0]: row[1] for row in rows}


def contributor_at(event: Event, speaker_id: str) -> Contributor | None:
    """The contributor of this event whose page has this address."""
    return db.session.scalar(
        select(Contributor)
        .where(Contributor.event_id == event.id, Contributor.public_id == speaker_id)
        .execution_options(populate_existing=True)
    )
