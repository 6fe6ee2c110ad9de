"""Long lists: read and imported by a thread, while their page shows how far it is.

The row of the import says what is under way: which run, how many of how many steps, and when it was
last heard of. A run that has gone silent may be begun again: the row knows only the newest one, and
an older one that is still alive finds that out, under the lock, before it writes anything.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from secrets import token_hex
from typing import Any

from eventapp.accounts.audit import SYSTEM, Actor
from eventapp.accounts.models import Account
from eventapp.contacts import queries
from eventapp.contacts.actions.imports import (
    expect_usable,
    finish_import,
    import_staged,
    lock_import,
    move_to,
)
from eventapp.contacts.actions.storing import STEPS_PER_ROW, prepare
from eventapp.contacts.errors import ImportOver
from eventapp.contacts.models import ContactImport
from eventapp.contacts.sheet import sheet_of_verdicts
from eventapp.contacts.states import ImportState
from eventapp.contacts.verdicts import count_known, count_verdicts
from eventapp.foundation import clock
from eventapp.foundation.beside import work_beside
from eventapp.foundation.database import after_commit, db, lock, transaction
from eventapp.foundation.logs import log

BEAT_SECONDS = 0.5
SILENCE = timedelta(seconds=20)  # of a run that lives, writing everything is the longest


class _Superseded(Exception):
    """Somebody has discarded the list or begun anew; this run has nothing to do any more."""


@dataclass
class _Run:
    """One thread's work on one list; called with steps that are done, it notes them in the row."""

    import_id: int
    key: str
    done: int = 0
    noted_at: float = field(default_factory=time.monotonic)

    def __call__(self, steps: int) -> None:
        self.done += steps
        if time.monotonic() - self.noted_at > BEAT_SECONDS:
            with transaction():
                staged = self.claim()
                work = staged.counts["work"] | {"done": self.done, "beat": _moment()}
                staged.counts = staged.counts | {"work": work}
            self.noted_at = time.monotonic()

    def claim(self) -> ContactImport:
        """The row, locked. Raises _Superseded if it is no longer ours."""
        staged = db.session.get_one(ContactImport, self.import_id)
        lock(staged)
        if staged.counts.get("work", {}).get("run") != self.key:
            raise _Superseded
        return staged


def begin_reading(staged: ContactImport) -> None:
    """Judge a long list beside the request; a short one is judged whenever it is shown."""
    if staged.is_long:
        _begin(staged, ImportState.READING, _read)


def take_over(staged: ContactImport, *, actor: Actor) -> None:
    """Import a short list now, a long one beside the request; a second click changes nothing.

    Raises ImportOver for a list that was discarded or taken back, FileRefused for one without
    names.
    """
    if staged.is_long:
        expect_usable(staged)
        account_id = actor.id if isinstance(actor, Account) else None
        _begin(staged, ImportState.IMPORTING, partial(_import, account_id=account_id))
        return
    try:
        import_staged(staged, actor=actor)
    except ImportOver:
        if staged.state is not ImportState.IMPORTED:
            raise


def is_silent(staged: ContactImport) -> bool:
    """Whether a list under way has not been heard of for so long that its process must be gone."""
    beat = staged.counts.get("work", {}).get("beat")
    return beat is None or clock.now() - datetime.fromisoformat(beat) > SILENCE


def _begin(staged: ContactImport, state: ImportState, work: Callable[[_Run], None]) -> None:
    with transaction():
        lock(staged)
        if staged.state is ImportState.IMPORTED or (
            staged.state is state and not is_silent(staged)
        ):
            return
        move_to(staged, state)
        run = _Run(staged.id, token_hex(8))
        steps = int(staged.counts["rows"]) * _STEPS[state]
        kept = {name: value for name, value in staged.counts.items() if name != "failed"}
        staged.counts = kept | {
            "work": {"run": run.key, "done": 0, "steps": steps, "beat": _moment()}
        }
        after_commit(
            run.key, lambda: work_beside(f"import-{run.import_id}", lambda: _do(work, run))
        )


_STEPS = {ImportState.READING: 1, ImportState.IMPORTING: STEPS_PER_ROW}


def _moment() -> str:
    return clock.now().isoformat()


def _do(work: Callable[[_Run], None], run: _Run) -> None:
    try:
        with _back_to_the_preview(run):
            work(run)
    except _Superseded:
        log.info("a newer decision about a contact list took precedence", list=run.import_id)


@contextmanager
def _back_to_the_preview(run: _Run) -> Iterator[None]:
    """Whatever fails, nothing was written, and the organiser may try again."""
    try:
        yield
    except _Superseded:
        raise
    except Exception:
        db.session.rollback()
        with transaction():
            staged = run.claim()
            staged.counts = _rested(staged) | {"failed": True}
            move_to(staged, ImportState.STAGED)
        raise


def _read(run: _Run) -> None:
    staged = db.session.get_one(ContactImport, run.import_id)
    mark = queries.address_book_mark(staged.host_id)
    verdicts = queries.verdicts_on(staged, progress=run)
    sheet = sheet_of_verdicts(verdicts)
    with transaction():
        staged = run.claim()
        staged.content = sheet
        staged.counts = _rested(staged) | {
            "verdicts": count_verdicts(verdicts),
            "known": count_known(verdicts),
            "mark": mark,
        }
        move_to(staged, ImportState.STAGED)


def _import(run: _Run, *, account_id: int | None) -> None:
    account = db.session.get(Account, account_id) if account_id is not None else None
    prepared = prepare(db.session.get_one(ContactImport, run.import_id), run)
    with transaction():
        lock_import(db.session.get_one(ContactImport, run.import_id))
        finish_import(run.claim(), prepared, actor=account or SYSTEM)


def _rested(staged: ContactImport) -> dict[str, Any]:
    return {name: value for name, value in staged.counts.items() if name != "work"}
