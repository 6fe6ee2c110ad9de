"""What organisers do on the board beside moving: take their own steps back, and take them again."""

from collections.abc import Mapping

from eventapp.accounts.models import Account, AuditEntry
from eventapp.events.models import Event
from eventapp.foundation.database import lock, transaction
from eventapp.foundation.errors import Overtaken
from eventapp.programme.actions import move_back, places_in
from eventapp.programme.board.lean import BoardSession
from eventapp.programme.board.queries import board_sessions, steps_of
from eventapp.programme.board.steps import Stacks, Step, stacks
from eventapp.programme.content import CONTENT, UNDOES


def offered_steps(
    event: Event, account: Account, sessions: Mapping[int, BoardSession]
) -> tuple[Stacks, dict[int, AuditEntry]]:
    """What this person may undo and redo as sessions are now, and the entries behind it."""
    entries = {entry.id: entry for entry in steps_of(event, account)}
    steps = [Step(entry.id, _undone(entry)) for entry in entries.values()]

    def stands(number: int) -> bool:
        return _stands(entries[number], sessions)

    return stacks(steps, stands), entries


def _undone(entry: AuditEntry) -> int | None:
    if CONTENT not in entry.before:
        return -1  # from before such steps kept anything: no step at all
    number = entry.after.get(UNDOES)
    return None if number is None else int(number)


def _stands(entry: AuditEntry, sessions: Mapping[int, BoardSession]) -> bool:
    kept = places_in(entry)
    return all(each.session_id in sessions for each in kept) and all(
        each.stands(sessions[each.session_id]) for each in kept
    )


def undo_move(event: Event, number: int, *, by: Account) -> list[int]:
    """One's own last move is taken back; gives the ids of its sessions.

    Raises Overtaken if it is not the last any more, or the sessions are elsewhere by now.
    """
    return _take_back(event, number, "next_undo", by)


def redo_move(event: Event, number: int, *, by: Account) -> list[int]:
    """The move that was undone last is made again. Raises Overtaken as `undo_move` does."""
    return _take_back(event, number, "next_redo", by)


def _take_back(event: Event, number: int, which: str, by: Account) -> list[int]:
    with transaction():
        lock(event)
        offered, entries = offered_steps(event, by, board_sessions(event))
        if getattr(offered, which) != number:
            raise Overtaken
        move_back(event, entries[number], by=by)
        return [kept.session_id for kept in places_in(entries[number])]
