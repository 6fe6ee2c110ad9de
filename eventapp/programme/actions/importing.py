"""Taking a programme file over: whole or not at all, and the same file twice changes nothing."""

from collections.abc import Callable

from eventapp.accounts.audit import Actor
from eventapp.events.models import Event
from eventapp.foundation.database import lock, transaction
from eventapp.programme import queries
from eventapp.programme.actions.taking_over import Importer
from eventapp.programme.checking import conflicts_in
from eventapp.programme.exchange_entries import ProgrammeDocument
from eventapp.programme.import_report import ImportReport


class _OnlyLooking(Exception):
    """Ends a preview, so that its transaction is rolled back."""


def preview_programme(event: Event, document: ProgrammeDocument, *, by: Actor) -> ImportReport:
    """What `import_programme` would do; nothing is kept of it."""
    reports = []
    try:
        with transaction():
            reports.append(import_programme(event, document, by=by))
            raise _OnlyLooking
    except _OnlyLooking:
        return reports[0]


def import_programme(
    event: Event,
    document: ProgrammeDocument,
    *,
    by: Actor,
    advance: Callable[[], None] = lambda: None,
) -> ImportReport:
    """Take all entries over, new ones as drafts, known ones changed.

    A file of our own knows its entries by their keys, a foreign one by guid and name. What the file
    does not mention stays. Rooms that the venue has already keep what they say, and nobody falls
    back from a promise to a question. `advance` is called after each entry.
    """
    with transaction():
        if event.venue is not None:
            lock(event.venue)  # rooms may be added, and the venue is always locked first
        lock(event)
        importer = Importer(event, by, advance)
        importer.take(document)
        return importer.report(conflicts_in(queries.programme_of(event)))
