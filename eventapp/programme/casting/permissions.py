"""Who may cast an event's programme: whoever organises it. Rows of other events: "not found"."""

from collections.abc import Sequence

from eventapp.events.models import Event
from eventapp.foundation.errors import NotFound
from eventapp.programme.casting.models import Candidate
from eventapp.programme.casting.queries import candidates_for
from eventapp.programme.models import Contribution


def candidate_for_organiser(
    event: Event, contribution: Contribution, candidate_id: int
) -> Candidate:
    """Somebody on the list for a place of this event. Raises NotFound for others."""
    rows: Sequence[Candidate] = candidates_for(contribution)
    found = next((row for row in rows if row.id == candidate_id), None)
    if found is None or contribution.session.event_id != event.id:
        raise NotFound
    return found
