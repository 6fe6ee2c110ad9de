"""What a broken rule is: the rules' names, how bad it is, whom and what it concerns, in words."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256

from eventapp.foundation.message import Message

Key = int | str
Fact = str | int | datetime | None
FINGERPRINT_LENGTH = 32


class Rule(StrEnum):
    """The rules a programme is held to, by the names under which they are documented."""

    END_BEFORE_START = "end_before_start"
    OUTSIDE_EVENT = "outside_event"
    ROOM_OVERLAP = "room_overlap"
    SPEAKER_OVERLAP = "speaker_overlap"
    PROTOCOL_OVERLAP = "protocol_overlap"
    GUEST_OVERLAP = "guest_overlap"
    DUPLICATE_ASSIGNMENT = "duplicate_assignment"
    MODERATOR_MISSING = "moderator_missing"
    CAPACITY_EXCEEDS_ROOM = "capacity_exceeds_room"
    ROOM_INACCESSIBLE = "room_inaccessible"
    SPEAKER_UNAVAILABLE = "speaker_unavailable"
    BREAK_TOO_SHORT = "break_too_short"
    SETUP_TOO_SHORT = "setup_too_short"
    SPEAKER_NOT_CONFIRMED = "speaker_not_confirmed"
    PROTOCOL_MISSING = "protocol_missing"
    ONLY_THE_MODERATOR_SPEAKS = "only_the_moderator_speaks"
    MODERATORS_OF_ONE_ORGANISATION = "moderators_of_one_organisation"
    IN_EVERY_SLOT = "in_every_slot"
    SAME_CONTENT_TWICE = "same_content_twice"
    SHARED_FIRST_WISHES = "shared_first_wishes"


class Severity(StrEnum):
    """HARD keeps a programme from being published; SOFT is for the organiser to know."""

    HARD = "hard"
    SOFT = "soft"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A rule that a timetable breaks: how badly, whom and what it concerns, in words.

    `rule` is one of `Rule`, or of a higher slice's own.
    `text` says who, when and where; `marker` is the short form to stand at the session itself.
    `facts` are what else it is about, see `fingerprint`.
    """

    rule: StrEnum
    severity: Severity
    text: Message
    marker: Message
    at: datetime
    sessions: tuple[Key, ...]
    persons: tuple[Key, ...] = ()
    rooms: tuple[Key, ...] = ()
    facts: tuple[Fact, ...] = ()

    @property
    def order(self) -> tuple[object, ...]:
        """Hard ones first, then by time; the same for every order of the input."""
        return (
            self.severity is not Severity.HARD,
            self.at,
            self.rule.value,
            tuple(map(str, self.sessions)),
            tuple(map(str, self.persons)),
            self.text.msgid,
            tuple(map(str, self.facts)),
        )

    @property
    def identity(self) -> tuple[object, ...]:
        """Which rule is broken by whom and what, whenever it may be.

        A session that is moved and still collides with the same one keeps its conflict.
        """
        return self.rule, frozenset(self.sessions), frozenset(self.persons), frozenset(self.rooms)

    @property
    def fingerprint(self) -> str:
        """A stable name for exactly this conflict, by which somebody has taken note of it.

        In it are the rule, the sessions, the persons, the rooms, and the facts: that which makes
        the sentence true and on which a reason such as "the rooms are next door" rests. Whether
        times belong to it is for the rule to say. A short change of rooms is about its two times
        and rooms; a promise that is outstanding, about the state and the time for which somebody
        was asked; a missing minutes keeper, about the session and nothing else. If one of these
        changes, it is another conflict and is shown again. Titles, names and the names of rooms are
        not in it, nor the language: a typo put right changes nothing that somebody has noted.
        """
        things = [sorted(map(str, keys)) for keys in (self.sessions, self.persons, self.rooms)]
        facts = [_plain(fact) for fact in self.facts]
        written = json.dumps([self.rule.value, self.severity.value, things, facts])
        return sha256(written.encode()).hexdigest()[:FINGERPRINT_LENGTH]


def _plain(fact: Fact) -> str | int | None:
    return fact.astimezone(UTC).isoformat() if isinstance(fact, datetime) else fact
