"""Life cycles of sessions and contributors: the enums with their arrows, and nothing else."""

from enum import StrEnum


class SessionState(StrEnum):
    """How far the draft of a session is. What everybody sees of it stands in the newest release.

    CHANGED is published and not as it was released; so may CANCELLED be. HELD is read off the clock
    and never stored, see `Session.standing`.
    """

    DRAFT = "draft"
    CHECKED = "checked"
    PUBLISHED = "published"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    HELD = "held"


class ContributorState(StrEnum):
    """How sure it is that a person contributes. Names are public from AGREED on."""

    PENCILLED = "pencilled"
    ASKED = "asked"
    AGREED = "agreed"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    DROPPED_OUT = "dropped_out"


class Appearance(StrEnum):
    """How a session stands in a release. WITHDRAWN was seen once and is internal now."""

    TAKES_PLACE = "takes_place"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"


class ReleaseReason(StrEnum):
    """Why there is a release: somebody decided so, or the program because something below moved.

    ON_THE_DAY is decided as well: a few sessions, at once, whatever else is in the draft.
    """

    DECIDED = "decided"
    ROOM_RENAMED = "room_renamed"
    VENUE_LEFT = "venue_left"
    DAYS_SHIFTED = "days_shifted"
    PERSON_CORRECTED = "person_corrected"
    PERSON_DELETED = "person_deleted"
    ON_THE_DAY = "on_the_day"


S, C = SessionState, ContributorState
SESSION_ARROWS: dict[SessionState, set[SessionState]] = {
    S.DRAFT: {S.CHECKED},
    S.CHECKED: {S.DRAFT, S.PUBLISHED},
    S.PUBLISHED: {S.CHANGED, S.CANCELLED},
    S.CHANGED: {S.PUBLISHED, S.CANCELLED},
    S.CANCELLED: set(),
    S.HELD: set(),
}
CONTRIBUTOR_ARROWS: dict[ContributorState, set[ContributorState]] = {
    C.PENCILLED: {C.ASKED, C.AGREED},  # who was asked in passing has agreed in passing
    C.ASKED: {C.AGREED, C.DECLINED},
    C.AGREED: {C.CONFIRMED, C.DROPPED_OUT},
    C.CONFIRMED: {C.DROPPED_OUT},
    C.DECLINED: {C.ASKED},
    C.DROPPED_OUT: set(),
}

RELEASED = frozenset({S.PUBLISHED, S.CHANGED})  # in a release, and still to take place
OUTSIDE = RELEASED | {S.CANCELLED}  # somebody may have it in a calendar
UNRELEASED = frozenset({S.DRAFT, S.CHECKED})  # nobody outside has seen it: it may be deleted
NAMED_IN_PUBLIC = frozenset({C.AGREED, C.CONFIRMED})
OUT = frozenset({C.DECLINED, C.DROPPED_OUT})  # assigned once, but will not come


def next_states(state: ContributorState) -> list[ContributorState]:
    """Where a contribution may go from here, in the order of the enum."""
    return [each for each in ContributorState if each in CONTRIBUTOR_ARROWS[state]]
