"""Taking over a contact list in steps: stage, look, import or discard, take back.

Staging stores the file's rows and how its columns are understood, and no contact. An import judges
the rows and makes them ready before it takes a lock, and then writes all of them or none.
"""

from collections.abc import Sequence
from datetime import timedelta
from secrets import token_hex
from typing import Any

from sqlalchemy import Select, delete

from eventapp.accounts.audit import Actor, record_change
from eventapp.accounts.models import Account, HostOrganisation
from eventapp.contacts import queries
from eventapp.contacts.actions.storing import Prepared, prepare, store
from eventapp.contacts.errors import FileRefused, ImportOver, StillNeeded
from eventapp.contacts.mapping import Column, guess_columns, is_usable, kept_choice
from eventapp.contacts.models import Contact, ContactImport, DistributionList, Organisation
from eventapp.contacts.sheet import plain_messages, sheet_of_records
from eventapp.contacts.states import ARROWS, ImportState
from eventapp.contacts.uploads import Upload, one_upload, read_upload
from eventapp.contacts.verdicts import count_verdicts
from eventapp.foundation import clock
from eventapp.foundation.database import db, lock, transaction
from eventapp.foundation.errors import Invalid
from eventapp.foundation.message import message, plural_message
from eventapp.foundation.text import clean

UNDO_TIME = timedelta(hours=24)
KEPT_TIME = timedelta(days=14)  # for rows of a file that are not in the address book


def stage_import(
    host: HostOrganisation,
    *,
    filename: str,
    content: bytes,
    actor: Actor,
    target: DistributionList | None = None,
    sheet: str = "",
) -> ContactImport:
    """Keep the only list of a file, or that of a sheet, for its preview. Raises FileRefused."""
    upload = one_upload(content, sheet)
    return _stage(host, [upload], filename=filename, actor=actor, target=target)[0]


def stage_lists(
    host: HostOrganisation,
    *,
    filename: str,
    content: bytes,
    actor: Actor,
    target: DistributionList | str | None = None,
) -> list[ContactImport]:
    """Keep all lists of a file, each for its own preview. Raises FileRefused.

    `target` is a distribution list for everybody in them, or the name of one that the import makes.
    """
    return _stage(host, read_upload(content), filename=filename, actor=actor, target=target)


def _stage(
    host: HostOrganisation,
    uploads: Sequence[Upload],
    *,
    filename: str,
    actor: Actor,
    target: DistributionList | str | None,
) -> list[ContactImport]:
    """Columns are taken as last time, else guessed."""
    beside = {"new_list": target} if isinstance(target, str) and target else {}
    name, file, now = clean(filename)[-120:] or "contacts.csv", token_hex(8), clock.now()
    with transaction():
        remembered = queries.remembered_columns(host.id)
        staged = [
            ContactImport(
                host_id=host.id,
                account_id=actor.id if isinstance(actor, Account) else None,
                filename=f"{name} · {upload.sheet}" if len(uploads) > 1 else name,
                encoding=upload.encoding,
                delimiter=upload.contact_list.delimiter,
                content=sheet_of_records(upload.contact_list.records),
                mapping=_mapping(upload.contact_list.header, columns)
                | {"file": file, "sheet": upload.sheet, "notes": plain_messages(upload.notes)}
                | beside,
                counts={"rows": len(upload.contact_list.records)},
                list_id=target.id if isinstance(target, DistributionList) else None,
                staged_at=now,
            )
            for upload in uploads
            for columns in [guess_columns(upload.contact_list.header, remembered)]
        ]
        db.session.add_all(staged)
    return staged


def _mapping(header: Sequence[str], columns: Sequence[Column]) -> dict[str, Any]:
    return {
        "header": list(header),
        "columns": [column.value for column in columns],
        "headers": kept_choice(header, columns),
    }


def choose_columns(staged: ContactImport, columns: Sequence[Column]) -> None:
    """Understand the columns as the organiser says. Raises Invalid for a meaning given twice."""
    chosen = [column for column in columns if column not in (Column.IGNORED, Column.UNKNOWN)]
    with transaction():
        lock(staged)
        _expect(staged, ImportState.STAGED)  # first: only such a list can be shown once more
        if len(chosen) != len(set(chosen)):
            raise Invalid("columns", message("Two columns have the same meaning."))
        staged.mapping = staged.mapping | _mapping(staged.mapping["header"], columns)
        staged.counts = {"rows": staged.counts.get("rows", 0)}  # to be read again


def import_staged(
    staged: ContactImport, *, actor: Actor, progress: queries.Progress = queries.silent
) -> ContactImport:
    """Write all rows that are ok or merely doubtful, or none. Raises ImportOver or FileRefused.

    `progress` hears of STEPS_PER_ROW steps for each row of the list.
    """
    expect_usable(staged)
    prepared = prepare(staged, progress)
    with transaction():
        lock_import(staged)
        _expect(staged, ImportState.STAGED)
        finish_import(staged, prepared, actor=actor)
    return staged


def lock_import(staged: ContactImport) -> None:
    """Begin to write: imports of one host go one after the other."""
    lock(queries.first_import(staged.host_id))
    lock(staged)


def expect_usable(staged: ContactImport) -> None:
    """Raise FileRefused if no column can name anybody."""
    if not is_usable(queries.columns_of(staged)):
        raise FileRefused(message("No column holds a name or an organisation."))


def finish_import(staged: ContactImport, prepared: Prepared, *, actor: Actor) -> None:
    """Write what was prepared, within the transaction that holds the locks.

    If the address book or the columns have changed in the meantime, it is prepared once more.
    """
    as_now = (queries.address_book_mark(staged.host_id), queries.columns_of(staged))
    if as_now != (prepared.mark, prepared.columns):
        prepared = prepare(staged, queries.silent)
    verdicts = count_verdicts(prepared.verdicts)
    stored = store(staged, prepared)
    staged.counts = {"rows": len(prepared.verdicts), "verdicts": verdicts, **stored}
    staged.imported_at = clock.now()
    move_to(staged, ImportState.IMPORTED)
    staged.content = prepared.left_out
    record_change(actor, "contacts.imported", staged, after={"file": staged.filename, **verdicts})


def discard_import(staged: ContactImport) -> None:
    """Throw a staged list away, also while it is being read or imported; nothing is kept."""
    with transaction():
        lock(staged)
        move_to(staged, ImportState.DISCARDED)
        staged.content = ""


def undo_import(done: ContactImport, *, actor: Actor) -> int:
    """Take an import back within a day; says how many contacts went.

    Contacts that were edited or blocked since then stay, and organisations that others come from.
    Raises StillNeeded once somebody has been invited, ImportOver after a day.
    """
    with transaction():
        lock(done)
        if not may_undo(done):
            raise ImportOver
        untouched = queries.untouched_since_import(done)
        gone = db.session.scalars(untouched).all()
        queries.lock_for_joining(gone, ())
        _expect_uninvited(untouched)
        staying = queries.taking_back(done).staying
        undone = {
            "contacts": len(gone),
            "staying": staying,
            "organisations": _delete(Organisation, queries.organisations_only_of(untouched)),
        }
        _delete(Contact, untouched)
        move_to(done, ImportState.UNDONE)
        done.counts = done.counts | {"undone": undone}
        done.content = ""
        record_change(actor, "contacts.import_undone", done, after={"contacts": len(gone)})
    db.session.expire_all()
    return len(gone)


def _expect_uninvited(untouched: Select[int]) -> None:
    used = queries.contact_references(untouched)
    if used:
        raise StillNeeded(
            plural_message(
                "%(count)s invitation or registration refers to these contacts.",
                "%(count)s invitations or registrations refer to these contacts.",
                used,
            )
        )


def _delete(kind: type[Contact | Organisation], which: Select[int]) -> int:
    """Delete the rows, and say how many they were."""
    deleted = db.session.execute(
        delete(kind).where(kind.id.in_(which)),
        execution_options={"synchronize_session": False},
    )
    return int(getattr(deleted, "rowcount", 0))


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


def move_to(moved: ContactImport, state: ImportState) -> None:
    """Follow an arrow of `states.py`. Raises ImportOver where there is none."""
    if state not in ARROWS[moved.state]:
        raise ImportOver
    moved.state = state


def forget_old_lists() -> int:
    """Let go of rows that were kept for an import long enough; says of how many imports.

    What was not decided upon by then counts as discarded.
    """
    old = queries.imports_older_than(clock.now() - KEPT_TIME)
    if not old:
        return 0
    with transaction():
        for row in old:
            lock(row)
            row.content = ""
            if ImportState.DISCARDED in ARROWS[row.state]:  # somebody may have been quicker
                move_to(row, ImportState.DISCARDED)
    return len(old)
