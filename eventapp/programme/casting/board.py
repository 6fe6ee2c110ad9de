"""The casting board: session by session who is sure, who is missing and who is asked next.

No queries: it is made from the programme and the lists of candidates.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from eventapp.programme.casting.models import Candidate
from eventapp.programme.casting.states import Stage
from eventapp.programme.kinds import MODERATED, MODERATING, Role, SessionKind
from eventapp.programme.models import Contribution, Contributor, Session
from eventapp.programme.queries import Programme
from eventapp.programme.states import OUT, ContributorState

LATE = timedelta(weeks=3)  # before the event: people are printed by name from then on
LEAST = {
    SessionKind.PANEL: (Role.PANEL, 2),
    SessionKind.CEREMONY: (Role.SIGNING, 2),
    SessionKind.KEYNOTE: (Role.KEYNOTE, 1),
    SessionKind.LECTURE: (Role.INPUT, 1),
    SessionKind.GREETING: (Role.GREETING, 1),
    SessionKind.OPENING: (Role.WELCOME, 1),
}
"""How many people a session needs at least beside its moderator, and what they usually do."""
STAGES = {
    ContributorState.PENCILLED: Stage.TO_ASK,
    ContributorState.ASKED: Stage.WAITING,
    ContributorState.AGREED: Stage.AGREED,
    ContributorState.CONFIRMED: Stage.CONFIRMED,
}


@dataclass(frozen=True)
class Seat:
    """One place in a session: whose it is, instead of whom, and who could follow.

    Where the person will not come and nobody has followed, the place is open.
    """

    part: Contribution
    instead_of: Contribution | None
    candidates: Sequence[Candidate]
    overdue: bool
    late: bool

    @property
    def stage(self) -> Stage:
        """How far the place is."""
        return STAGES.get(self.part.state, Stage.OPEN)

    @property
    def person(self) -> Contributor:
        """Whose place it is."""
        return self.part.contributor

    @property
    def next(self) -> Candidate | None:
        """Who is to be asked if the person does not come."""
        return self.candidates[0] if self.candidates else None

    @property
    def away(self) -> bool:
        """Whether the person is not there while the session runs."""
        person, session = self.person, self.part.session
        if session.starts_at is None or session.ends_at is None or self.stage is Stage.OPEN:
            return False
        too_early = person.available_from and session.starts_at < person.available_from
        too_late = person.available_until and session.ends_at > person.available_until
        return bool(too_early or too_late)


@dataclass(frozen=True)
class Cast:
    """A session with its places in podium order; `lacking` are places that nobody has yet."""

    session: Session
    seats: tuple[Seat, ...]
    lacking: tuple[tuple[Role, int], ...]
    followed: tuple[Contribution, ...] = ()

    @property
    def refused(self) -> list[Seat]:
        """Places whose people will not come, and nobody has followed."""
        return [seat for seat in self.seats if seat.stage is Stage.OPEN]

    @property
    def late(self) -> bool:
        """Whether somebody refused when it was late."""
        return any(seat.late for seat in self.refused)

    @property
    def to_ask(self) -> list[Seat]:
        """Those who are pencilled in, in their order."""
        return [seat for seat in self.seats if seat.stage is Stage.TO_ASK]

    @property
    def podium(self) -> list[Seat]:
        """Those who are to come, in their order."""
        return [seat for seat in self.seats if seat.stage is not Stage.OPEN]

    @property
    def open_places(self) -> int:
        """How many people are missing."""
        return sum(count for _role, count in self.lacking) + len(self.refused)

    @property
    def next_to_ask(self) -> list[str]:
        """Whom to ask next: who follows on a list, then who is pencilled in."""
        follow = [seat.next.contributor.full_name for seat in self.refused if seat.next]
        return follow + [seat.person.full_name for seat in self.to_ask]


@dataclass(frozen=True)
class Board:
    """All sessions that need people or have some, panels first; as it is filtered."""

    casts: tuple[Cast, ...]
    counts: Mapping[Stage, int]
    people: tuple[Contributor, ...]
    total: int


def casting_board(
    programme: Programme, candidates: Mapping[int, Sequence[Candidate]], today: date
) -> Board:
    """The whole board of a programme; cancelled sessions are not cast."""
    casts = [
        _cast(session, candidates, today)
        for session in programme.sessions
        if not programme.is_off(session)
    ]
    shown = [cast for cast in casts if cast.seats or cast.lacking]
    shown.sort(key=lambda cast: cast.session.kind is not SessionKind.PANEL)
    counts: Counter[Stage] = Counter(seat.stage for cast in shown for seat in cast.seats)
    counts[Stage.OPEN] = sum(cast.open_places for cast in shown)
    return Board(tuple(shown), counts, _people(shown), len(shown))


def filtered(board: Board, stage: Stage | None, person: int | None) -> Board:
    """Only places of a stage, or only sessions in which somebody has or could have a place."""
    casts: Sequence[Cast] = board.casts
    if person is not None:
        casts = [cast for cast in casts if _concerns(cast, person)]
    if stage is not None:
        casts = [_at(cast, stage) for cast in casts]
        casts = [cast for cast in casts if cast.seats or cast.lacking]
    return replace(board, casts=tuple(casts))


def _at(cast: Cast, stage: Stage) -> Cast:
    seats = tuple(seat for seat in cast.seats if seat.stage is stage)
    return replace(cast, seats=seats, lacking=cast.lacking if stage is Stage.OPEN else ())


def _concerns(cast: Cast, person: int) -> bool:
    return any(
        person in {seat.part.contributor_id, *(one.contributor_id for one in seat.candidates)}
        for seat in cast.seats
    )


def _people(casts: Sequence[Cast]) -> tuple[Contributor, ...]:
    seats = [seat for cast in casts for seat in cast.seats]
    found = {seat.person.id: seat.person for seat in seats}
    found |= {one.contributor_id: one.contributor for seat in seats for one in seat.candidates}
    return tuple(found.values())


def _cast(session: Session, candidates: Mapping[int, Sequence[Candidate]], today: date) -> Cast:
    parts = session.contributions
    by_id = {part.id: part for part in parts}
    taken_over = {part.replaces_id for part in parts}
    seats = tuple(
        _seat(part, by_id, candidates.get(part.id, ()), today)
        for part in parts
        if part.state not in OUT or part.id not in taken_over
    )
    followed = tuple(part for part in parts if part.state in OUT and part.id in taken_over)
    return Cast(session, seats, lacking_in(session), followed)


def _seat(
    part: Contribution,
    by_id: Mapping[int, Contribution],
    candidates: Sequence[Candidate],
    today: date,
) -> Seat:
    due = part.state is ContributorState.ASKED and part.reply_by_on
    return Seat(
        part,
        by_id.get(part.replaces_id or 0),
        candidates,
        overdue=bool(due and due < today),
        late=refused_late(part),
    )


def refused_late(part: Contribution) -> bool:
    """Whether somebody took back a promise, or declined when the event was near."""
    if part.state is ContributorState.DROPPED_OUT:
        return True
    if part.state is not ContributorState.DECLINED or part.answered_at is None:
        return False
    session = part.session
    return part.answered_at > (session.starts_at or session.event.starts_at) - LATE


def open_refusals(sessions: Sequence[Session]) -> list[Contribution]:
    """Who will not come and whom nobody has followed, in these sessions; the late ones first."""
    found = [
        part
        for session in sessions
        for part in session.contributions
        if part.state in OUT and part.id not in {one.replaces_id for one in session.contributions}
    ]
    return sorted(found, key=lambda part: not refused_late(part))


def overdue_requests(sessions: Sequence[Session], today: date) -> list[Contribution]:
    """Who was asked and has not answered in time."""
    return [
        part
        for session in sessions
        for part in session.contributions
        if part.state is ContributorState.ASKED and part.reply_by_on and part.reply_by_on < today
    ]


def lacking_in(session: Session) -> tuple[tuple[Role, int], ...]:
    """What nobody does yet in a session, and how many people are missing for it.

    Places whose people refused are counted at those places, not here.
    """
    parts, taken = session.contributions, {one.replaces_id for one in session.contributions}
    roles = [part.role for part in parts if part.state not in OUT or part.id not in taken]
    missing = []
    if session.kind in MODERATED and not MODERATING.intersection(roles):
        missing.append((Role.MODERATION, 1))
    role, least = LEAST.get(session.kind, (Role.INPUT, 0))
    aside = MODERATING | {Role.PROTOCOL} if session.kind in MODERATED else {Role.PROTOCOL}
    there = sum(each not in aside for each in roles)
    if there < least:
        missing.append((role, least - there))
    return tuple(missing)
