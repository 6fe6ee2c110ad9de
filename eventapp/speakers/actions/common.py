"""What all steps of contributors share: the trail, the sheet, and what they have seen."""

from eventapp.accounts.audit import Actor, record_change
from eventapp.foundation.database import Model, db
from eventapp.programme.models import Contributor
from eventapp.speakers import queries
from eventapp.speakers.models import SpeakerSheet


def note(
    by: Actor,
    action: str,
    contributor: Contributor,
    *,
    subject: Model | None = None,
    after: dict[str, object] | None = None,
) -> None:
    """Keep in the trail that it was done; never what somebody said about themselves."""
    event = contributor.event
    record_change(
        by,
        action,
        subject or contributor,
        after={"name": contributor.name} | (after or {}),
        scope=event.scope,
        host_id=event.host_id,
    )


def sheet_for(contributor: Contributor) -> SpeakerSheet:
    """The person's sheet, a new one where there is none; under the event's lock."""
    sheet = queries.sheet_of(contributor)
    if sheet is None:
        sheet = SpeakerSheet(contributor_id=contributor.id, seen={})
        db.session.add(sheet)
        db.session.flush()
    return sheet
