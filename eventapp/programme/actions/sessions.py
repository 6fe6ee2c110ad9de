"""Sessions: added, changed, cancelled, and deleted as long as nobody has seen them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from eventapp.accounts.audit import Actor
from eventapp.events.models import Event, new_uid
from eventapp.foundation.database import db, lock, transaction
from eventapp.foundation.errors import Invalid
from eventapp.foundation.i18n import localised
from eventapp.foundation.message import message
from eventapp.programme.actions.changes import (
    AnyPart,
    Part,
    SessionChange,
    differences,
    parts_of,
    refuse_stale,
    write,
)
from eventapp.programme.actions.newcomers import enter_newcomers
from eventapp.programme.actions.revision import note, touch_session
from eventapp.programme.actions.surroundings import Surroundings, locked_surroundings
from eventapp.programme.content import kept_content
from eventapp.programme.errors import EndBeforeStart, KeyTaken, NeedsTime, NotNow, StillPublic
from eventapp.programme.keys import free_key
from eventapp.programme.kinds import SessionKind
from eventapp.programme.models import Contribution, Session
from eventapp.programme.signals import place_passes_on, session_goes
from eventapp.programme.states import SessionState


@dataclass(frozen=True)
class NewSession:
    """A session to be added; its UID only where it is known already."""

    change: SessionChange
    parts: Sequence[AnyPart]
    uid: str | None = None


def add_session(
    event: Event, change: SessionChange, parts: Sequence[AnyPart], *, by: Actor
) -> Session:
    """A draft that only colleagues see. Raises Invalid where the event does not allow it."""
    with transaction():
        return add_sessions(locked_surroundings(event), [NewSession(change, parts)], by=by)[0]


def add_sessions(around: Surroundings, wanted: Sequence[NewSession], *, by: Actor) -> list[Session]:
    """Many drafts at once; call it inside the transaction in which `around` was read."""
    sessions = []
    for new in wanted:
        change = _checked(around, new.change, known_key="")
        session = Session(event=around.event, uid=new.uid or new_uid(), **asdict(change))
        db.session.add(session)
        _cast(session, around, enter_newcomers(around, new.parts, by=by))
        sessions.append(session)
    db.session.flush()
    for session in sessions:
        note(by, "session.added", session, around.event, name=localised(session, "title", "de"))
    return sessions


def change_session(
    session: Session,
    change: SessionChange,
    parts: Sequence[AnyPart],
    *,
    seen: int,
    by: Actor,
    around: Surroundings | None = None,
) -> None:
    """Change what the draft of a session says and who is in it; others see it once it is released.

    Raises Invalid, NotNow for a cancelled one, or Stale with both versions if a colleague was
    faster.
    """
    event = session.event
    with transaction():
        around = around or locked_surroundings(event)
        lock(session)
        _check_known(session, change)
        change = _checked(around, change, known_key=session.key)
        different = differences(session, change)
        cast = enter_newcomers(around, parts, by=by)
        if parts_of(session) != tuple(cast):
            different["people"] = (parts_of(session), tuple(cast))
        refuse_stale(session, seen, different)
        if not different:
            return
        write(session, {name: pair for name, pair in different.items() if name != "people"})
        _cast(session, around, cast)
        touch_session(session)
        note(by, "session.changed", session, event, different=different)


def cancel_session(session: Session, *, by: Actor) -> None:
    """A published session does not take place. With the next release everybody reads that, and
    calendars keep it as cancelled.

    Raises NotNow once it is over.
    """
    with transaction():
        lock(session.event)
        lock(session)
        if session.standing is SessionState.HELD:
            raise NotNow
        before = session.state
        session.move_to(SessionState.CANCELLED)
        moved = {"state": (before, session.state)}
        note(
            by, "session.cancelled", session, session.event, different=moved, name=session.title_de
        )


def delete_draft_session(session: Session, *, by: Actor) -> None:
    """Remove a session that nobody outside has seen. Raises StillPublic for others."""
    with transaction():
        lock(session.event)
        lock(session)
        if not session.may_be_deleted:
            raise StillPublic
        gone = {name: (value, None) for name, value in kept_content(session).items()}
        note(by, "session.deleted", session, session.event, different=gone)
        session_goes.send(session)
        db.session.delete(session)


def _checked(around: Surroundings, change: SessionChange, *, known_key: str) -> SessionChange:
    """The change with a short name, if it fits into the event. Raises Invalid where it does not."""
    if (change.starts_at is None) != (change.ends_at is None):
        raise Invalid("ends", message("A session has both a start and an end, or neither."))
    if change.starts_at and change.ends_at and change.ends_at <= change.starts_at:
        raise EndBeforeStart
    if change.room_id is not None and change.room_id not in around.rooms:
        raise Invalid("room", message("This room does not belong to the event's venue."))
    if change.slot_id is not None and change.slot_id not in around.slots:
        raise Invalid("slot", message("This slot does not belong to the event."))
    if change.kind is SessionKind.INTERNAL:
        change = replace(change, public=False)
    if not change.key:
        prefix = "T" if change.kind is SessionKind.TALK_ROUND else "P"
        change = replace(change, key=known_key or free_key(prefix, around.session_keys))
    elif change.key != known_key and change.key in around.session_keys:
        raise KeyTaken
    around.session_keys.add(change.key)
    return change


def _check_known(session: Session, change: SessionChange) -> None:
    """What others have in their calendars must not silently vanish from there."""
    if session.state is SessionState.CANCELLED:
        raise NotNow
    if session.known_outside and change.starts_at is None:
        raise NeedsTime


def _cast(session: Session, around: Surroundings, parts: Sequence[Part]) -> None:
    """Give the session these people in this order; who stays keeps the row."""
    own = around.contributors
    if any(part.contributor_id not in own for part in parts):
        raise Invalid("parts", message("Somebody chosen here does not belong to the event."))
    if len({(part.contributor_id, part.role) for part in parts}) < len(parts):
        raise Invalid("parts", message("Somebody is entered twice with the same role."))
    before = {(each.contributor_id, each.role): each for each in session.contributions}
    cast = []
    for position, part in enumerate(parts):
        contribution = before.get((part.contributor_id, part.role))
        if contribution is None:
            person = own[part.contributor_id]
            contribution = Contribution(contributor=person, role=part.role, state=part.state)
        contribution.move_to(part.state)
        contribution.position = position
        cast.append(contribution)
    left = [each for each in session.contributions if each not in cast]
    with db.session.no_autoflush:  # whoever listens still finds what those who left had
        session.contributions = cast
        _pass_on(left, [each for each in cast if each not in before.values()])


def _pass_on(left: Sequence[Contribution], new: list[Contribution]) -> None:
    """What belongs to a place goes to whoever has it now: the same person in another role, else
    somebody new in the same one."""
    for gone in left:
        alike = [each for each in new if each.contributor is gone.contributor]
        alike += [each for each in new if each.role is gone.role]
        to = next(iter(alike), None)
        place_passes_on.send(gone, to=to)
        if to is not None:
            new.remove(to)
