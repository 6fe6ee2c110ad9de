"""Sessions as everybody sees them: made from the draft, and from what was released."""

from collections.abc import Iterable
from dataclasses import asdict, fields, replace
from typing import Any

from eventapp.programme.comparing import ShownPerson, ShownSession, Version
from eventapp.programme.kinds import Role
from eventapp.programme.models import Contribution, Session
from eventapp.programme.release_models import ReleasedSession
from eventapp.programme.states import Appearance, SessionState

NAMES = tuple(field.name for field in fields(ShownSession) if field.name != "people")


def people_in(row: ReleasedSession) -> tuple[ShownPerson, ...]:
    """Who is named in a released session, in their order."""
    return tuple(ShownPerson(**person | {"role": Role(person["role"])}) for person in row.people)


def as_released(row: ReleasedSession) -> ShownSession:
    """What a release shows of a session."""
    return ShownSession(**{name: getattr(row, name) for name in NAMES}, people=people_in(row))


def columns_of(shown: ShownSession) -> dict[str, Any]:
    """What the table keeps of a session."""
    values = {name: getattr(shown, name) for name in NAMES}
    return values | {"people": [asdict(person) for person in shown.people]}


def draft_version(sessions: Iterable[Session], released: Version) -> dict[int, ShownSession]:
    """What everybody would see if the draft were released now.

    Sessions come with room, slot and people. One without a time is not shown; what others have
    seen already stays, as cancelled where it is off, and without a word where it is internal now.
    """
    found = {session.id: _shown(session, released.get(session.id)) for session in sessions}
    return {number: shown for number, shown in found.items() if shown is not None}


def _shown(session: Session, known: ShownSession | None) -> ShownSession | None:
    if session.internal:
        return _withdrawn(known) if known else None
    if session.state is SessionState.CANCELLED:
        return _cancelled(known) if known else None
    return as_drafted(session) or known


def _cancelled(known: ShownSession) -> ShownSession:
    """As people knew it: what was changed and then cancelled is of no use to anybody."""
    if known.appearance is Appearance.WITHDRAWN:
        return known
    return replace(known, appearance=Appearance.CANCELLED)


def _withdrawn(known: ShownSession) -> ShownSession:
    """Only when it was: calendars need that to cancel their entry."""
    return ShownSession(
        session_id=known.session_id,
        key=known.key,
        kind=known.kind,
        title_de="",
        starts_at=known.starts_at,
        ends_at=known.ends_at,
        appearance=Appearance.WITHDRAWN,
    )


def as_drafted(session: Session) -> ShownSession | None:
    """A session with all that everybody may know of it; None without a time."""
    if session.starts_at is None or session.ends_at is None:
        return None
    room, slot = session.room, session.slot
    return ShownSession(
        session_id=session.id,
        key=session.key,
        kind=session.kind,
        title_de=session.title_de,
        title_en=session.title_en,
        teaser_de=session.teaser_de,
        teaser_en=session.teaser_en,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        room_id=room.id if room else None,
        room_name=room.name if room else "",
        slot_id=slot.id if slot else None,
        slot_de=slot.name_de if slot else "",
        slot_en=slot.name_en if slot else "",
        capacity=session.capacity,
        people=tuple(_person(part) for part in session.contributions if _is_named(part)),
    )


def _is_named(part: Contribution) -> bool:
    return part.named_in_public and part.role is not Role.PROTOCOL


def _person(part: Contribution) -> ShownPerson:
    person = part.contributor
    return ShownPerson(
        person.id, person.full_name, part.role, person.organisation_name, person.position
    )
