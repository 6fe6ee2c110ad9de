"""What the organiser's programme page shows: lines by time, and conflicts in words. No queries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby
from types import MappingProxyType
from zoneinfo import ZoneInfo

from eventapp.foundation.message import Message, message, plural_message
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.models import AcknowledgedConflict, Contribution, Session, Slot
from eventapp.programme.queries import Programme
from eventapp.programme.states import NAMED_IN_PUBLIC, OUT
from eventapp.programme.timetable.checks import Checked, Conflict, Rule, Severity, hard_conflicts
from eventapp.programme.timetable.suggestions import Suggestion, suggestions
from eventapp.programme.words import RULE_TITLES, SOFT_TITLES

UNKNOWN_RULE = message("Something does not fit.")
NOT_LIKE_THIS = message("The programme cannot be published like this.")
HELPED = 5
IN_TWO_PLACES = frozenset({Rule.SPEAKER_OVERLAP, Rule.PROTOCOL_OVERLAP})
ALREADY_PUBLIC = message("Everybody can see it like this already.")


@dataclass(frozen=True, slots=True)
class Line:
    """One session, or a slot with its rounds."""

    slot: Slot | None
    starts_at: datetime
    ends_at: datetime
    sessions: tuple[Session, ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """A conflict for the page: its headline, its sentence, and where to mend it.

    `parts` are those of a person who is in two places, either of which may be given up; `ways_out`
    are moves that would solve it. `noted` says who has taken note of it, and why it may stay.
    """

    kind: str
    title: Message
    text: Message
    sessions: tuple[Session, ...]
    parts: tuple[Contribution, ...]
    conflict: Conflict
    noted: AcknowledgedConflict | None = None
    ways_out: tuple[Suggestion, ...] = ()


@dataclass(frozen=True)
class Overview:
    """The whole page. `markers` are short words to stand at a session, by its id; `pending` are the
    sessions that everybody sees otherwise, or not yet.
    """

    programme: Programme
    lines: tuple[Line, ...]
    hard: tuple[Trouble, ...]
    soft: tuple[Trouble, ...]
    markers: dict[int, list[Message]]
    soft_markers: dict[int, list[Message]]
    noted: tuple[Trouble, ...] = ()
    pending: frozenset[int] = frozenset()

    @property
    def days(self) -> list[date]:
        """The days on which something begins, on the event's wall calendar."""
        return sorted({self._day_of(line) for line in self.lines})

    def lines_on(self, day: date) -> list[Line]:
        """What begins on a day."""
        return [line for line in self.lines if self._day_of(line) == day]

    def _day_of(self, line: Line) -> date:
        return line.starts_at.astimezone(ZoneInfo(self.programme.event.zone)).date()

    @property
    def waiting(self) -> int:
        """How many sessions would be published now, or published otherwise."""
        return len(self.pending | {session.id for session in self.programme.waiting})

    @property
    def has_aside(self) -> bool:
        """Whether something is still to be done or to be known, beside the programme."""
        return bool(self.programme.unplanned or self.soft or self.noted)

    @property
    def to_arrange(self) -> int:
        """How many talk rounds without a time could be put into slots."""
        rounds = [one for one in self.programme.unplanned if one.may_be_deleted]
        return sum(one.kind is SessionKind.TALK_ROUND for one in rounds)

    @property
    def unnamed(self) -> int:
        """How many people the public page leaves out because they have not agreed yet."""
        return len(
            {
                part.contributor_id
                for session in self.programme.planned
                for part in session.contributions
                if not session.internal and part.state not in NAMED_IN_PUBLIC | OUT
            }
        )

    def troubles_of(self, session: Session) -> list[Trouble]:
        """What concerns one session, hard first."""
        return [each for each in (*self.hard, *self.soft) if session in each.sessions]

    @property
    def hard_title(self) -> Message:
        """What stands in the way: the one rule, or how many things."""
        titles = list(dict.fromkeys(trouble.title.msgid for trouble in self.hard))
        if len(titles) == 1 and len(self.hard) == 1:
            return self.hard[0].title
        return plural_message(
            "One thing does not fit together.",
            "%(count)s things do not fit together.",
            len(self.hard),
        )

    @property
    def consequence(self) -> Message:
        """What the hard conflicts mean now."""
        return NOT_LIKE_THIS if self.waiting else ALREADY_PUBLIC


def overview_of(
    programme: Programme,
    checked: Checked,
    acknowledged: Mapping[str, AcknowledgedConflict] = MappingProxyType({}),
    pending: Collection[int] = (),
) -> Overview:
    """Put conflicts to the sessions they concern, and sessions to their lines.

    Hints of which somebody has taken note stand aside, `acknowledged` by their fingerprints.
    """
    sessions = {session.id: session for session in programme.sessions}
    hard = hard_conflicts(checked.conflicts)
    every = [one for one in checked.conflicts if one.severity is Severity.SOFT]
    known = {one.fingerprint: one for one in every} if acknowledged else {}
    noted = [known[key] for key in known if key in acknowledged]
    soft = [one for one in every if one not in noted]
    return Overview(
        programme=programme,
        lines=_lines(programme),
        hard=tuple(_trouble(each, sessions, RULE_TITLES) for each in hard),
        soft=tuple(_trouble(each, sessions, SOFT_TITLES) for each in soft),
        markers=_markers(hard),
        soft_markers=_markers(soft),
        noted=tuple(
            replace(_trouble(one, sessions, SOFT_TITLES), noted=acknowledged[one.fingerprint])
            for one in noted
        ),
        pending=frozenset(pending),
    )


def with_ways_out(page: Overview, checked: Checked) -> Overview:
    """The same with suggestions for the first few hard conflicts; the others come after these."""
    helped = tuple(
        replace(trouble, ways_out=tuple(suggestions(checked, trouble.conflict)))
        for trouble in page.hard[:HELPED]
    )
    return replace(page, hard=helped + page.hard[HELPED:])


def _lines(programme: Programme) -> tuple[Line, ...]:
    timed = [session for session in programme.sessions if session.starts_at]
    begins: dict[int | None, datetime | None] = {}
    for session in timed:
        begins.setdefault(session.slot_id, session.starts_at)

    def place(session: Session) -> tuple[str, int]:
        """Rounds of a slot stand together; everything else stands alone."""
        if session.slot_id is None:
            return str(session.starts_at), -session.id
        return str(begins[session.slot_id]), session.slot_id

    groups = [list(group) for _place, group in groupby(sorted(timed, key=place), key=place)]
    return tuple(_line(group) for group in groups)


def _line(sessions: Sequence[Session]) -> Line:
    starts = [session.starts_at for session in sessions if session.starts_at]
    ends = [session.ends_at for session in sessions if session.ends_at]
    return Line(sessions[0].slot, min(starts), max(ends), tuple(sessions))


def _trouble(
    conflict: Conflict, sessions: dict[int, Session], titles: Mapping[StrEnum, Message]
) -> Trouble:
    concerned = tuple(sessions[int(key)] for key in conflict.sessions)
    return Trouble(
        kind="danger" if conflict.severity is Severity.HARD else "warning",
        title=titles.get(conflict.rule, UNKNOWN_RULE),
        text=conflict.text,
        sessions=concerned,
        parts=tuple(
            part
            for session in concerned
            for part in session.contributions
            if conflict.rule in IN_TWO_PLACES and part.contributor_id in conflict.persons
        ),
        conflict=conflict,
    )


def cast_of(session: Session) -> list[tuple[Role, list[Contribution]]]:
    """The people of a session by role; roles in the order in which they first appear."""
    roles = dict.fromkeys(part.role for part in session.contributions)
    return [(role, [part for part in session.contributions if part.role is role]) for role in roles]


def _markers(found: Sequence[Conflict]) -> dict[int, list[Message]]:
    markers: dict[int, list[Message]] = {}
    for conflict in found:
        for key in conflict.sessions:
            theirs = markers.setdefault(int(key), [])
            if conflict.marker not in theirs:
                theirs.append(conflict.marker)
    return markers
