"""Taking over a contact list in steps: stage, look, import or discard, take back.

Staging stores the file's text and how its columns are understood, and no contact. The verdicts are
found anew whenever they are shown and once more, under a lock, when the list is imported.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta

from sqlalchemy import delete

from eventapp.accounts.audit import Actor, record_change
from eventapp.accounts.models import Account, HostOrganisation
from eventapp.contacts import queries
from eventapp.contacts.actions.storing import store_rows
from eventapp.contacts.errors import FileRefused, ImportOver, StillNeeded
from eventapp.contacts.mapping import Column, guess_columns, is_usable, kept_choice
from eventapp.contacts.models import Contact, ContactImport, DistributionList
from eventapp.contacts.reading import decode, parse_list
from eventapp.contacts.states import ARROWS, ImportState
from eventapp.contacts.verdicts import count_verdicts
from eventapp.foundation import clock
from eventapp.foundation.database import db, lock, transaction
from eventapp.foundation.errors import Invalid
from eventapp.foundation.message import message, plural_message
from eventapp.foundation.text import clean

UNDO_TIME = timedelta(hours=24)
Progress = Callable[[int], None]


def _no_progress(_rows: int) -> None:
    """Nobody watches."""


def stage_import(
    host: HostOrganisation,
    *,
    filename: str,
    content: bytes,
    actor: Actor,
    target: DistributionList | None = None,
) -> ContactImport:
    """Keep a list for its preview; columns are taken as last time, else guessed.

    `target` is a distribution list for everybody in it. Raises FileRefused.
    """
    source = decode(content)
    contact_list = parse_list(source.text)
    with transaction():
        columns = guess_columns(contact_list.header, queries.remembered_columns(host.id))
        staged = ContactImport(
            host_id=host.id,
            account_id=actor.id if isinstance(actor, Account) else None,
            filename=clean(filename)[-120:] or "contacts.csv",
            encoding=source.encoding,
            delimiter=contact_list.delimiter,
            content=source.text,
            mapping=_mapping(contact_list.header, columns),
            list_id=target.id if target else None,
        )
        db.session.add(staged)
    return staged


def _mapping(header: Sequence[str], columns: Sequence[Column]) -> dict[str, object]:
    return {
        "header": list(header),
        "columns": [column.value for column in columns],
        "headers": kept_choice(header, columns),
    }


def choose_columns(staged: ContactImport, columns: Sequence[Column]) -> None:
    """Understand the columns as the organiser says. Raises Invalid for a meaning given twice."""
    chosen = [column for column in columns if column not in (Column.IGNORED, Column.UNKNOWN)]
    if len(chosen) != len(set(chosen)):
        raise Invalid("columns", message("Two columns have the same meaning."))
    with transaction():
        lock(staged)
        _expect(staged, ImportState.STAGED)
        staged.mapping = _mapping(staged.mapping["header"], columns)


def import_staged(
    staged: ContactImport, *, actor: Actor, progress: Progress = _no_progress
) -> ContactImport:
    """Write all rows that are ok or merely doubtful, or none. Raises ImportOver or FileRefused.

    `progress` hears how many rows have been written since it was last told.
    """
    with transaction():
        lock(queries.first_import(staged.host_id))  # two imports of one host: one after the other
        lock(staged)
        _expect(staged, ImportState.STAGED)
        if not is_usable([Column(value) for value in staged.mapping["columns"]]):
            raise FileRefused(message("No column holds a name or an organisation."))
        verdicts = queries.verdicts_on(staged)
        stored = store_rows(staged, verdicts, progress)
        staged.counts = {"verdicts": count_verdicts(verdicts), **stored}
        staged.imported_at = clock.now()
        _move_to(staged, ImportState.IMPORTED)
        record_change(
            actor,
            "contacts.imported",
            staged,
            after={"file": staged.filename, **count_verdicts(verdicts)},
        )
    return staged


def discard_import(staged: ContactImport) -> None:
    """Throw a staged list away; nothing of it is kept."""
    with transaction():
        lock(staged)
        _move_to(staged, ImportState.DISCARDED)


def undo_import(done: ContactImport, *, actor: Actor) -> int:
    """Take an import back within a day; says how many contacts went.

    Contacts that were edited or blocked since then stay. Raises StillNeeded once somebody has been
    invited, ImportOver after a day.
    """
    with transaction():
        lock(done)
        if not may_undo(done):
            raise ImportOver
        untouched = queries.untouched_since_import(done)
        used = queries.contact_references(untouched)
        if used:
            raise StillNeeded(
                plural_message(
                    "%(count)s invitation or registration refers to these contacts.",
                    "%(count)s invitations or registrations refer to these contacts.",
                    used,
                )
            )
        count = len(db.session.scalars(untouched).all())
        db.session.execute(
            delete(Contact).where(Contact.id.in_(untouched)),
            execution_options={"synchronize_session": False},
        )
        _move_to(done, ImportState.UNDONE)
        record_change(actor, "contacts.import_undone", done, after={"contacts": count})
    db.session.expire_all()
    return count


def may_undo(done: ContactImport) -> bool:
    """Whether the import stands and is not older than a day."""
    return (
        done.state is ImportState.IMPORTED
        and done.imported_at is not None
        and clock.now() - done.imported_at <= UNDO_TIME
    )


def _expect(staged: ContactImport, state: ImportState) -> None:
    if staged.state is not state:
        raise ImportOver


def _move_to(moved: ContactImport, state: ImportState) -> None:
    if state not in ARROWS[moved.state]:
        raise ImportOver
    moved.state = state
    moved.content = ""  # people's data is not kept twice
