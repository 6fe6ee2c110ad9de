"""What the program itself changes in what everybody sees, at once and without a draft in between.

Four things must not wait for the next release: a room that is called otherwise, a venue that was
left, an event on another day, and a person who is named otherwise or not at all.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from eventapp.accounts.audit import SYSTEM, Actor
from eventapp.events.models import Event, Room
from eventapp.programme import release_queries as queries
from eventapp.programme.actions.release_rows import correct_release
from eventapp.programme.comparing import ShownPerson, ShownSession
from eventapp.programme.models import Contributor
from eventapp.programme.states import Appearance, ReleaseReason


def rename_room(room: Room) -> None:
    """Whoever looks for the old name would not find the room."""

    def renamed(shown: ShownSession) -> ShownSession:
        return replace(shown, room_name=room.name) if shown.room_id == room.id else shown

    for event in queries.events_that_show(room):
        _correct(event, renamed, ReleaseReason.ROOM_RENAMED, by=SYSTEM)


def leave_rooms(event: Event, *, by: Actor) -> None:
    """The rooms of the former venue are at no place where the event is."""
    _correct(
        event,
        lambda shown: replace(shown, room_id=None, room_name=""),
        ReleaseReason.VENUE_LEFT,
        by=by,
    )


def shift_days(event: Event, later: Callable[[datetime], datetime], *, by: Actor) -> None:
    """What takes place does so at its time of day on the event's new day."""

    def shifted(shown: ShownSession) -> ShownSession:
        if shown.appearance is not Appearance.TAKES_PLACE:
            return shown
        return replace(shown, starts_at=later(shown.starts_at), ends_at=later(shown.ends_at))

    _correct(event, shifted, ReleaseReason.DAYS_SHIFTED, by=by)


def rename_person(contributor: Contributor, *, by: Actor) -> None:
    """Everybody reads the corrected name, office and organisation."""

    def renamed(person: ShownPerson) -> ShownPerson:
        if person.contributor_id != contributor.id:
            return person
        return replace(
            person,
            name=contributor.full_name,
            organisation=contributor.organisation_name,
            position=contributor.position,
        )

    _correct(
        contributor.event,
        lambda shown: replace(shown, people=tuple(map(renamed, shown.people))),
        ReleaseReason.PERSON_CORRECTED,
        by=by,
        naming=contributor,
    )


def forget_person(contributor: Contributor, *, by: Actor) -> None:
    """The name leaves what everybody sees, and every release that was kept."""
    _correct(
        contributor.event,
        lambda shown: replace(
            shown,
            people=tuple(one for one in shown.people if one.contributor_id != contributor.id),
        ),
        ReleaseReason.PERSON_DELETED,
        by=by,
        naming=contributor,
    )
    for row in queries.rows_naming(contributor):
        row.people = [one for one in row.people if one["contributor_id"] != contributor.id]


def is_named_now(contributor: Contributor) -> bool:
    """Whether everybody reads the name today."""
    newest = queries.newest_release(contributor.event)
    return newest is not None and any(
        row.release_id == newest.id for row in queries.rows_naming(contributor)
    )


def _correct(
    event: Event,
    change: Callable[[ShownSession], ShownSession],
    reason: ReleaseReason,
    *,
    by: Actor,
    naming: Contributor | None = None,
) -> None:
    if naming is not None and not is_named_now(naming):
        return
    sessions = queries.newest_kept(event).sessions
    after = {number: change(shown) for number, shown in sessions.items()}
    correct_release(event, after, reason=reason, by=by)
