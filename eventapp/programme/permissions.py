"""Who may see and change a programme's rows. Strangers, and rows of other events: "not found"."""

from eventapp.events.models import Event
from eventapp.foundation.errors import NotFound
from eventapp.programme import queries
from eventapp.programme.models import Contribution, Contributor, Session, Slot


def session_for_organiser(event: Event, session_id: int) -> Session:
    """A session of an event that the person organises. Raises NotFound for those of others."""
    session = queries.session_of(event, session_id)
    if session is None:
        raise NotFound
    return session


def slot_for_organiser(event: Event, slot_id: int) -> Slot:
    """A slot of an event that the person organises. Raises NotFound for those of others."""
    slot = queries.slot_of(event, slot_id)
    if slot is None:
        raise NotFound
    return slot


def contributor_for_organiser(event: Event, contributor_id: int) -> Contributor:
    """A contributor of an event that the person organises. Raises NotFound for those of others."""
    contributor = queries.contributor_of(event, contributor_id)
    if contributor is None:
        raise NotFound
    return contributor


def contribution_for_organiser(event: Event, contribution_id: int) -> Contribution:
    """A part in a session of an event that the person organises. Raises NotFound for others."""
    contribution = queries.contribution_of(event, contribution_id)
    if contribution is None:
        raise NotFound
    return contribution
