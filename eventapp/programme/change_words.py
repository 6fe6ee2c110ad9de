"""Differences between versions of a programme, in the reader's words. No queries.

Times are those on the wall clock of the event's zone; the language is that of the moment in which
the words are made.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from eventapp.foundation.i18n import format_day, format_range, localised
from eventapp.foundation.message import Message, message, plural_message
from eventapp.programme.comparing import (
    ChangeKind,
    PartChange,
    PartKind,
    SessionDifference,
    ShownPerson,
    ShownSession,
)
from eventapp.programme.kinds import ROLE_WORDS, Role
from eventapp.programme.states import ReleaseReason

K = ChangeKind


class Group(StrEnum):
    """Under which heading a difference stands, in this order."""

    CANCELLED = "cancelled"
    MOVED = "moved"
    ADDED = "added"
    RENAMED = "renamed"
    PEOPLE = "people"
    WORDS = "words"


GROUP_OF = {
    K.CANCELLED: Group.CANCELLED,
    K.WITHDRAWN: Group.CANCELLED,
    K.TIME: Group.MOVED,
    K.ROOM: Group.MOVED,
    K.ADDED: Group.ADDED,
    K.REINSTATED: Group.ADDED,
    K.TITLE: Group.RENAMED,
    K.PEOPLE: Group.PEOPLE,
    K.WORDS: Group.WORDS,
}
GROUP_WORDS = {
    Group.CANCELLED: message("Does not take place"),
    Group.MOVED: message("Another time or room"),
    Group.ADDED: message("New"),
    Group.RENAMED: message("Another title"),
    Group.PEOPLE: message("Other people"),
    Group.WORDS: message("Other details"),
}
REASON_WORDS = {
    ReleaseReason.DECIDED: message("Released"),
    ReleaseReason.ROOM_RENAMED: message("A room is called otherwise"),
    ReleaseReason.VENUE_LEFT: message("The event is at another venue"),
    ReleaseReason.DAYS_SHIFTED: message("The event is on another day"),
    ReleaseReason.PERSON_CORRECTED: message("A name is corrected"),
    ReleaseReason.PERSON_DELETED: message("A person is deleted"),
    ReleaseReason.ON_THE_DAY: message("Changed at short notice"),
}


@dataclass(frozen=True, slots=True)
class ReleaseNote:
    """What organisers say about a release, to be read in public and in mails."""

    note_de: str = ""
    note_en: str = ""


NO_NOTE = ReleaseNote()


@dataclass(frozen=True, slots=True)
class ToldChange:
    """A difference as pages and mails say it: the session, and a line for each way it differs."""

    session_id: int
    group: Group
    code: str
    title: str
    lines: tuple[str, ...]

    @property
    def name(self) -> str:
        """ "T1 Daten teilen"."""
        return f"{self.code} {self.title}".strip()

    @property
    def sentence(self) -> str:
        """All in one line, for a mail without colours."""
        return f"{self.name}: {'; '.join(self.lines)}"


def told(difference: SessionDifference, zone: str) -> ToldChange:
    """A difference in the reader's language."""
    shown = _named(difference)
    return ToldChange(
        difference.session_id,
        GROUP_OF[difference.kinds[0]],
        shown.code,
        localised(shown, "title"),
        tuple(str(line) for line in _lines(difference, zone)),
    )


def grouped(
    differences: Sequence[SessionDifference], zone: str
) -> list[tuple[Message, list[ToldChange]]]:
    """All differences under their headings; a heading without any is left out."""
    everything = [told(each, zone) for each in differences]
    groups = [(group, [one for one in everything if one.group is group]) for group in Group]
    return [(GROUP_WORDS[group], changes) for group, changes in groups if changes]


def _named(difference: SessionDifference) -> ShownSession:
    """By what people know it: what says nothing any more is called as it was."""
    shown = difference.shown
    return shown if shown.title_de else (difference.before or shown)


def _lines(difference: SessionDifference, zone: str) -> Iterator[Message | str]:
    kinds, before, after = difference.kinds, difference.before, difference.after
    if K.CANCELLED in kinds:
        yield message("does not take place")
    if K.WITHDRAWN in kinds:
        yield message("is no longer in the public programme")
    if K.REINSTATED in kinds:
        yield message("takes place after all")
    if after is not None and GROUP_OF[kinds[0]] is Group.ADDED:
        yield _when_and_where(after, zone)
    if before is not None and after is not None:
        yield from _changed(kinds, before, after, zone)
        yield from _people(difference)


def _when_and_where(shown: ShownSession, zone: str) -> str:
    return ", ".join(filter(None, (_moment(shown, zone), shown.room_name)))


def _moment(shown: ShownSession, zone: str) -> str:
    day = format_day(shown.starts_at.astimezone(ZoneInfo(zone)).date())
    return f"{day}, {format_range(shown.starts_at, shown.ends_at, zone)}"


def _changed(
    kinds: Sequence[ChangeKind], before: ShownSession, after: ShownSession, zone: str
) -> Iterator[Message]:
    if K.TIME in kinds:
        yield _other_time(before, after, zone)
    if K.ROOM in kinds:
        yield _other_room(before.room_name, after.room_name)
    if K.TITLE in kinds:
        yield message("called “%(title)s” until now", title=localised(before, "title"))
    if K.WORDS in kinds:
        yield from _other_details(before, after)


def _other_time(before: ShownSession, after: ShownSession, zone: str) -> Message:
    same_day = len({each.starts_at.astimezone(ZoneInfo(zone)).date() for each in (before, after)})
    if same_day == 1:
        old, new = (format_range(each.starts_at, each.ends_at, zone) for each in (before, after))
    else:
        old, new = _moment(before, zone), _moment(after, zone)
    return message("%(new)s instead of %(old)s", new=new, old=old)


def _other_room(old: str, new: str) -> Message:
    if old and new:
        return message("%(new)s instead of %(old)s", new=new, old=old)
    if new:
        return message("in %(room)s", room=new)
    return message("no longer in %(room)s; the room is still open", room=old)


def _other_details(before: ShownSession, after: ShownSession) -> Iterator[Message]:
    if before.capacity != after.capacity and after.capacity:
        yield _other_capacity(before.capacity, after.capacity)
    rest = ("key", "kind", "teaser_de", "teaser_en", "slot_id", "slot_de", "slot_en")
    if any(getattr(before, name) != getattr(after, name) for name in rest):
        yield message("description or order revised")


def _other_capacity(old: int | None, new: int) -> Message:
    places = plural_message("%(count)s place", "%(count)s places", new)
    return message("%(new)s instead of %(old)s", new=places, old=str(old)) if old else places


def _people(difference: SessionDifference) -> Iterator[Message]:
    parts = difference.parts
    if K.PEOPLE in difference.kinds and not parts:
        yield message("people in another order")
    for role in dict.fromkeys(part.person.role for part in parts):
        yield from _in_role([part for part in parts if part.person.role is role], role)


def _in_role(parts: Sequence[PartChange], role: Role) -> Iterator[Message]:
    """ "Anna Ohm instead of Jan Kolb (Moderation)" where one takes the place of another."""
    label = message(ROLE_WORDS[role])
    came = [part.person for part in parts if part.kind is PartKind.JOINED]
    went = [part.person for part in parts if part.kind is PartKind.LEFT]
    if len(came) == len(went) == 1:
        yield message("%(new)s instead of %(old)s (%(role)s)",
                      new=came[0].name, old=went[0].name, role=label)  # fmt: skip
    else:
        yield from (message("with %(name)s (%(role)s)", name=one.name, role=label) for one in came)
        yield from (
            message("without %(name)s (%(role)s)", name=one.name, role=label) for one in went
        )
    for part in parts:
        if part.kind is PartKind.NAMED:
            yield _named_otherwise(part.before or part.person, part.person)


def _named_otherwise(before: ShownPerson, after: ShownPerson) -> Message:
    if before.name != after.name:
        return message("%(new)s, formerly named %(old)s", new=after.name, old=before.name)
    return message("%(name)s with another office or organisation", name=after.name)
