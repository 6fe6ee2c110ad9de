"""Which steps of the trail can be taken back, for how long, by what, and what that means for whom.

Only what a colleague did, only for a day, and only while it is the last thing that happened to its
subject. Whether it still works (is the place free?) is for the action to say, which checks with
everything locked.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from eventapp.accounts.audit import Actor
from eventapp.accounts.models import AuditEntry
from eventapp.events.actions import unarchive_event
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.message import Message, message
from eventapp.invitations.actions import clear_undeliverable
from eventapp.invitations.permissions import invitation_for_organiser
from eventapp.programme.actions import move_back, reinstate_session, restore_session
from eventapp.programme.content import CONTENT, UNDOES
from eventapp.programme.permissions import session_for_organiser
from eventapp.programme.run_of_show.actions import restore_delays, restore_line, take_lines_back
from eventapp.programme.run_of_show.permissions import plan_for_organiser
from eventapp.registrations.actions import (
    reinstate_invitation,
    restore_registration,
    take_reply_back,
)
from eventapp.registrations.actions.notes import WITHOUT_EFFECT, was_told
from eventapp.registrations.actions.undoing import builds_on
from eventapp.registrations.permissions import registration_for_organiser

OFFERED_FOR = timedelta(hours=24)
Thing = tuple[str, str]
"""Kind and id of a subject, as they stand in an entry."""
DELETED = "session.deleted"
MOVED = "sessions.moved"
NEEDED: dict[str, str | None] = {
    DELETED: CONTENT,
    MOVED: CONTENT,
    "show_plan.delayed": CONTENT,
    "show_plan.line_deleted": CONTENT,
    "show_plan.imported": CONTENT,
    "show_plan.sessions_taken": CONTENT,
    "event.archived": None,
}
"""What the trail must know of a step so that it can be undone; of others the state before."""


@dataclass(frozen=True)
class Way:
    """How one kind of step is undone.

    `load` finds its subject by event and id, `act(subject, step, by=…)` does it; `effect` says
    beforehand what it means for whom, `done` that it has happened.
    """

    load: Callable[[Event, int], Any]
    act: Callable[..., object]
    effect: Message
    done: Message


def _event_itself(event: Event, _number: int) -> Event:
    return event


def _out_of_the_archive(event: Event, _step: AuditEntry, *, by: Actor) -> None:
    unarchive_event(event, by=by)


_REPLY = Way(
    invitation_for_organiser,
    take_reply_back,
    message(
        "The invitation stands as before the reply. A place that came of it is free again, one "
        "that was given up comes back if it is still free."
    ),
    message("The reply is taken back."),
)
_LINES = Way(
    plan_for_organiser,
    take_lines_back,
    message("The lines that came in with this step are gone again, if nobody has changed them."),
    message("The lines are gone again."),
)
WAYS = {
    "registration.cancelled": Way(
        registration_for_organiser,
        restore_registration,
        message(
            "The guest has the place again, with those who came along, or the old place on the "
            "waiting list."
        ),
        message("The cancellation is undone."),
    ),
    "invitation.accepted": _REPLY,
    "invitation.declined": _REPLY,
    "invitation.undeliverable": Way(
        invitation_for_organiser,
        clear_undeliverable,
        message("The invitation counts as delivered again. No mail goes out."),
        message("The invitation counts as delivered again."),
    ),
    "invitation.withdrawn": Way(
        invitation_for_organiser,
        reinstate_invitation,
        message(
            "The personal link opens again, and a place that went with the invitation comes back "
            "if it is still free. No mail goes out."
        ),
        message("The invitation stands again."),
    ),
    "session.cancelled": Way(
        session_for_organiser,
        reinstate_session,
        message(
            "The session takes place again in the draft. Where its end was released, everybody "
            "learns of it with the next release. No mail goes out."
        ),
        message("The session takes place again."),
    ),
    DELETED: Way(
        _event_itself,
        restore_session,
        message("The draft is there again, with its texts and people. Only colleagues see it."),
        message("The draft is there again."),
    ),
    MOVED: Way(
        _event_itself,
        move_back,
        message("The sessions are back at their times and in their rooms. No mail goes out."),
        message("The sessions are back where they were."),
    ),
    "show_plan.delayed": Way(
        plan_for_organiser,
        restore_delays,
        message("The run of show is as late as before this step. The programme is untouched."),
        message("The delay is taken back."),
    ),
    "show_plan.line_deleted": Way(
        plan_for_organiser,
        restore_line,
        message("The line stands in the run of show again."),
        message("The line is there again."),
    ),
    "show_plan.imported": _LINES,
    "show_plan.sessions_taken": _LINES,
    "event.archived": Way(
        _event_itself,
        _out_of_the_archive,
        message("The event stands among your past events again."),
        message("The event is out of the archive."),
    ),
}


MAILED = frozenset({"registration.cancelled", "invitation.accepted", "invitation.declined"})
"""Steps of which the guest is told, unless staff chose otherwise."""


def effect_of(step: AuditEntry) -> list[Message]:
    """What taking this step back means for whom, and whether the guest gets a mail."""
    if step.action not in MAILED:
        return [WAYS[step.action].effect]
    told = message("The guest is told by mail.")
    untold = message("The guest gets no mail, as they were not told of this step either.")
    return [WAYS[step.action].effect, told if was_told(step) else untold]


def is_undoable(step: AuditEntry) -> bool:
    """Whether a step is of a kind that can be taken back, and young enough."""
    return step.action in WAYS and _is_complete(step) and not is_too_old(step)


def _is_complete(step: AuditEntry) -> bool:
    """Whether a colleague did it, and the trail knows how things stood before."""
    if step.account_id is None:
        return False
    needed = NEEDED.get(step.action, "state")
    return needed is None or needed in step.before


def is_too_old(step: AuditEntry) -> bool:
    """Whether the time is over in which it was offered."""
    return clock.now() - step.at > OFFERED_FOR


def open_to_undo(
    steps: Iterable[AuditEntry], parents: Mapping[Thing, Thing] | None = None
) -> set[int]:
    """The ids of those that can be undone: after which nothing happened to their subject.

    `steps` are all that happened since the first of them, newest first. A deleted draft has no more
    history; another one may even have got its number. `parents` says by which invitation somebody
    registered, and with whom companions come: a reply is settled by what became of the registration
    as well, and the other way round; companions come and go with their main guest.
    """
    newest: dict[Thing, AuditEntry] = {}
    undone, deleted = set(), set()
    for step in steps:
        undone.add(step.after.get(UNDOES))
        if step.action == DELETED:
            deleted.add(step.id)
        elif step.action not in WITHOUT_EFFECT:
            newest.setdefault((step.subject_kind, step.subject_id), step)
    overtaken = set(_overtaken(newest, parents or {}))
    return ({one.id for one in newest.values()} | deleted) - undone - overtaken


def _overtaken(newest: Mapping[Thing, AuditEntry], parents: Mapping[Thing, Thing]) -> Iterator[int]:
    """Of an invitation's last step and that of its registration, the one on which the other builds;
    and all of companions."""
    for thing, step in newest.items():
        parent = parents.get(thing)
        if thing[0] != "registration" or parent is None:
            continue
        if parent[0] == "registration":
            yield step.id
        elif parent in newest:
            yield from (
                earlier.id
                for earlier, later in ((newest[parent], step), (step, newest[parent]))
                if builds_on(later, earlier)
            )
