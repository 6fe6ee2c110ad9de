"""The programme of one event as the draft of another's."""

from collections.abc import Mapping
from dataclasses import dataclass

from eventapp.events.actions import Copying
from eventapp.events.editions import Taken
from eventapp.foundation.database import db, lock, transaction
from eventapp.foundation.errors import Invalid
from eventapp.foundation.i18n import localised
from eventapp.foundation.message import message
from eventapp.programme import queries
from eventapp.programme.models import Contribution, Contributor, Session, Slot
from eventapp.programme.queries import Programme
from eventapp.programme.states import OUT

OF_A_SLOT = ("key", "name_de", "name_en")
OF_A_SESSION = (
    "key", "kind", "title_de", "title_en", "teaser_de", "teaser_en", "questions", "capacity",
    "minimum", "public",
)  # fmt: skip
OF_A_PERSON = (
    "key", "contact_id", "form_of_address", "title", "first_name", "last_name", "name_suffix",
    "position", "organisation_name", "email", "phone", "locale", "biography_de", "biography_en",
)  # fmt: skip


@dataclass(frozen=True)
class CopiedProgramme:
    """How many sessions, slots and persons have come along."""

    sessions: int
    slots: int
    people: int


def copy_programme(copying: Copying) -> CopiedProgramme:
    """Slots and sessions as drafts at their times of day, with new UIDs and the same short names.

    Cancelled sessions stay behind. Persons come only if they are asked for: each part pencilled
    in, nobody told, without what they said of their own times. Raises Invalid beside the day.
    """
    with transaction():
        lock(copying.target)
        known = queries.programme_of(copying.source)
        kept = known.kept
        slots = {slot.id: _slot(slot, copying) for slot in known.slots}
        db.session.flush()
        sessions = {each.id: _session(each, slots, copying) for each in kept}
        people = _people(known, copying)
        db.session.flush()
        for old in kept:
            new, repeated = sessions[old.id], sessions.get(old.repeats_id or 0)
            new.repeats_id = repeated.id if repeated else None
            new.contributions = _cast(old, people)
    return CopiedProgramme(len(sessions), len(slots), len(people))


def _slot(slot: Slot, copying: Copying) -> Slot:
    times = _times(slot, localised(slot, "name", "de"), copying)
    words = {name: getattr(slot, name) for name in OF_A_SLOT}
    new = Slot(event=copying.target, **times, **words)
    db.session.add(new)
    return new


def _session(session: Session, slots: Mapping[int, Slot], copying: Copying) -> Session:
    new = Session(
        event=copying.target,
        room_id=session.room_id if session.room_id in copying.rooms else None,
        slot=slots.get(session.slot_id or 0),
        **_times(session, localised(session, "title", "de"), copying),
        **{name: getattr(session, name) for name in OF_A_SESSION},
    )
    db.session.add(new)
    return new


def _times(row: Session | Slot, name: str, copying: Copying) -> dict[str, object]:
    """Both times so many days later; the night of a clock change may leave nothing between them."""
    starts, ends = copying.shift.maybe(row.starts_at), copying.shift.maybe(row.ends_at)
    if starts and ends and ends <= starts:
        raise Invalid(
            "day",
            message(
                "In the night of that day the clocks change: “%(name)s” would end before it "
                "begins. Please choose another day, or change its times first.",
                name=name,
            ),
        )
    return {"starts_at": starts, "ends_at": ends}


def _people(known: Programme, copying: Copying) -> dict[int, Contributor]:
    if not copying.takes(Taken.PEOPLE):
        return {}
    people = {each.id: _person(each, copying) for each in known.taking_part}
    db.session.add_all(people.values())
    return people


def _person(person: Contributor, copying: Copying) -> Contributor:
    kept = {name: getattr(person, name) for name in OF_A_PERSON}
    return Contributor(event=copying.target, **kept)


def _cast(session: Session, people: Mapping[int, Contributor]) -> list[Contribution]:
    return [
        Contribution(
            contributor_id=people[each.contributor_id].id, role=each.role, position=each.position
        )
        for each in session.contributions
        if each.contributor_id in people and each.state not in OUT
    ]
