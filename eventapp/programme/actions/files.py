"""Programme files: looked at first, then taken over as a whole or given up."""

from datetime import date, datetime, timedelta

from sqlalchemy import delete

from eventapp.accounts.audit import Actor
from eventapp.accounts.models import Account
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import db, lock, transaction
from eventapp.foundation.errors import Overtaken
from eventapp.foundation.text import clean
from eventapp.programme.actions.importing import import_programme, preview_programme
from eventapp.programme.actions.revision import note
from eventapp.programme.exchange_entries import ProgrammeDocument
from eventapp.programme.foreign import Reading
from eventapp.programme.import_paper import write_paper
from eventapp.programme.models import ProgrammeFile
from eventapp.programme.receiving import moved_to, read_for

KEPT_TIME = timedelta(days=14)


def stage_file(event: Event, *, filename: str, content: bytes, by: Actor) -> ProgrammeFile:
    """Keep a file with what it would do; nothing of it is in the programme yet.

    Raises BadProgramme for a file that cannot be read.
    """
    reading, document = _read(event, content, None)
    report = preview_programme(event, document, by=by)
    with transaction():
        staged = ProgrammeFile(
            event=event,
            account_id=by.id if isinstance(by, Account) else None,
            filename=clean(filename)[-120:],
            content=content,
            report=write_paper(reading, document, report),
        )
        db.session.add(staged)
    return staged


def move_file(staged: ProgrammeFile, first_day: date | None, *, by: Actor) -> None:
    """Look at the file anew as if its programme began on another day; None for its own day.

    Raises Overtaken once it is taken over.
    """
    event = staged.event
    _expect_waiting(staged)
    reading, document = _read(event, staged.content, first_day)
    report = preview_programme(event, document, by=by)
    with transaction():
        lock(staged)
        _expect_waiting(staged)
        staged.first_day = first_day
        staged.report = write_paper(reading, document, report)


def take_file(staged: ProgrammeFile, *, by: Actor) -> None:
    """Take the file over as a whole; a second click changes nothing."""
    event = staged.event
    if staged.imported_at is not None:
        return
    reading, document = _read(event, staged.content, staged.first_day)
    with transaction():
        report = import_programme(event, document, by=by)
        lock(staged)
        if staged.imported_at is not None:
            return
        staged.report = write_paper(reading, document, report)
        staged.imported_at = clock.now()
        staged.content = b""
        note(by, "programme.imported", event, event, name=staged.filename)


def discard_file(staged: ProgrammeFile) -> None:
    """Give a file up, or the word about one that was taken over."""
    with transaction():
        lock(staged)
        db.session.delete(staged)


def forget_old_files() -> None:
    """Let go of files, and of the word about them, after two weeks."""
    with transaction():
        db.session.execute(delete(ProgrammeFile).where(ProgrammeFile.staged_at < _too_old()))


def _too_old() -> datetime:
    return clock.now() - KEPT_TIME


def _read(
    event: Event, content: bytes, first_day: date | None
) -> tuple[Reading, ProgrammeDocument]:
    reading = read_for(event, content)
    document = reading.document
    return reading, document if first_day is None else moved_to(document, first_day)


def _expect_waiting(staged: ProgrammeFile) -> None:
    if staged.imported_at is not None:
        raise Overtaken
