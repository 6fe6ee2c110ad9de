"""Who may see and change a programme's rows. Strangers, and rows of other events: "not found"."""

from eventapp.events.models import Event
from eventapp.foundation.errors import found
from eventapp.programme import queries
from eventapp.programme.models import (
    AcknowledgedConflict,
    Contribution,
    Contributor,
    ProgrammeFile,
    Session,
    Slot,
)
from eventapp.programme.release_models import ProgrammeRelease
from eventapp.programme.release_queries import release_of


def session_for_organiser(event: Event, session_id: int) -> Session:
    """A session of an event that the person organises. Raises NotFound for those of others."""
    return found(queries.session_of(event, session_id))


def release_for_organiser(event: Event, number: int) -> ProgrammeRelease:
    """A release of an event that the person organises. Raises NotFound for others."""
    return found(release_of(event, number))


def slot_for_organiser(event: Event, slot_id: int) -> Slot:
    """A slot of an event that the person organises. Raises NotFound for those of others."""
    return found(queries.slot_of(event, slot_id))


def contributor_for_organiser(event: Event, contributor_id: int) -> Contributor:
    """A contributor of an event that the person organises. Raises NotFound for those of others."""
    return found(queries.contributor_of(event, contributor_id))


def contribution_for_organiser(event: Event, contribution_id: int) -> Contribution:
    """A part in a session of an event that the person organises. Raises NotFound for others."""
    return found(queries.contribution_of(event, contribution_id))


def acknowledged_for_organiser(event: Event, number: int) -> AcknowledgedConflict:
    """A hint of an event that the person organises, noted by somebody. Others: NotFound."""
    return found(queries.acknowledged_of(event, number))


def file_for_organiser(event: Event, file_id: int) -> ProgrammeFile:
    """A file for an event that the person organises. Raises NotFound for those of others."""
    return found(queries.file_of(event, file_id))
