"""What states are called, and how broken rules are announced, to be translated. Pure."""

from enum import StrEnum

from eventapp.foundation.message import Message, message
from eventapp.programme.states import ContributorState, SessionState
from eventapp.programme.timetable.checks import Rule

SESSION_WORDS = {
    SessionState.DRAFT: message("draft"),
    SessionState.CHECKED: message("checked"),
    SessionState.PUBLISHED: message("published"),
    SessionState.CHANGED: message("changed since"),
    SessionState.CANCELLED: message("does not take place"),
    SessionState.HELD: message("took place"),
}
SESSION_BADGES = {
    SessionState.PUBLISHED: "success",
    SessionState.CHANGED: "info",
    SessionState.CANCELLED: "danger",
}
CONTRIBUTOR_WORDS = {
    ContributorState.PENCILLED: message("pencilled in"),
    ContributorState.ASKED: message("asked"),
    ContributorState.AGREED: message("agreed"),
    ContributorState.CONFIRMED: message("confirmed"),
    ContributorState.DECLINED: message("declined"),
    ContributorState.DROPPED_OUT: message("dropped out"),
}
STEP_WORDS = {
    ContributorState.PENCILLED: message("Pencil in"),
    ContributorState.ASKED: message("Note the request"),
    ContributorState.AGREED: message("Note the promise"),
    ContributorState.CONFIRMED: message("Confirm"),
    ContributorState.DECLINED: message("Note the refusal"),
    ContributorState.DROPPED_OUT: message("Note the absence"),
}
CONTRIBUTOR_BADGES = {
    ContributorState.AGREED: "success",
    ContributorState.CONFIRMED: "success",
    ContributorState.ASKED: "info",
    ContributorState.DECLINED: "danger",
    ContributorState.DROPPED_OUT: "danger",
}
RULE_TITLES: dict[StrEnum, Message] = {
    Rule.END_BEFORE_START: message("A session ends before it begins."),
    Rule.OUTSIDE_EVENT: message("A session lies outside the event."),
    Rule.ROOM_OVERLAP: message("A room is booked twice."),
    Rule.SPEAKER_OVERLAP: message("A person is planned in two places at once."),
    Rule.PROTOCOL_OVERLAP: message("Somebody takes the minutes and is needed elsewhere."),
    Rule.DUPLICATE_ASSIGNMENT: message("A person is entered twice."),
    Rule.MODERATOR_MISSING: message("A moderator is missing."),
    Rule.CAPACITY_EXCEEDS_ROOM: message("A session has more places than its room."),
    Rule.SPEAKER_UNAVAILABLE: message("A person is not there at that time."),
    Rule.GUEST_OVERLAP: message("Somebody is a guest and needed elsewhere at the same time."),
    Rule.ROOM_INACCESSIBLE: message("Only stairs lead to where somebody needs a way without."),
    Rule.BREAK_TOO_SHORT: message("Short break between two rooms"),
    Rule.SETUP_TOO_SHORT: message("Little time to set up a room"),
    Rule.PROTOCOL_MISSING: message("Nobody for the minutes"),
    Rule.ONLY_THE_MODERATOR_SPEAKS: message("Input by the moderator only"),
    Rule.MODERATORS_OF_ONE_ORGANISATION: message("Both moderators of one organisation"),
    Rule.IN_EVERY_SLOT: message("Needed in every slot"),
    Rule.SAME_CONTENT_TWICE: message("The same content twice"),
    Rule.SHARED_FIRST_WISHES: message("Wished for by the same guests"),
    Rule.SPEAKER_NOT_CONFIRMED: message("Promise outstanding"),
}
SOFT_TITLES = RULE_TITLES | {
    Rule.SPEAKER_UNAVAILABLE: message("Not there at that time"),
    Rule.ROOM_INACCESSIBLE: message("A way without steps is needed"),
}
ACTION_WORDS = {
    "candidate.added": message("Candidate put on the list"),
    "candidate.moved": message("Candidate moved on the list"),
    "candidate.removed": message("Candidate taken off the list"),
    "conflict.acknowledged": message("Hint taken note of"),
    "conflict.shown_again": message("Hint shown again"),
    "contribution.added": message("Part in a session added"),
    "contribution.asked": message("Asked to contribute"),
    "contribution.changed": message("Part in a session changed"),
    "contribution.removed": message("Part in a session removed"),
    "contributor.added": message("Contributor added"),
    "contributor.changed": message("Contributor changed"),
    "contributor.removed": message("Contributor removed"),
    "papers.sent": message("Papers sent"),
    "podium.arranged": message("Order on the podium changed"),
    "programme.published": message("Programme published"),
    "programme.changed_on_the_day": message("Programme changed at short notice"),
    "programme.day_change_undone": message("Change at short notice taken back"),
    "programme.imported": message("Programme file taken over"),
    "session.added": message("Session added"),
    "session.cancelled": message("Session cancelled"),
    "session.changed": message("Session changed"),
    "session.deleted": message("Session deleted"),
    "session.reinstated": message("Session takes place after all"),
    "session.restored": message("Deleted session brought back"),
    "sessions.moved": message("Sessions moved"),
    "sessions.moved_back": message("Moved sessions put back"),
    "slot.added": message("Slot added"),
    "slot.changed": message("Slot changed"),
    "slot.removed": message("Slot removed"),
}
"""What the steps of the trail are called, by the names under which actions note them."""


def session_state_label(state: SessionState) -> Message:
    """How far a session is, as a badge says it."""
    return SESSION_WORDS[state]


def contributor_state_label(state: ContributorState) -> Message:
    """How sure it is that a person comes, as a badge says it."""
    return CONTRIBUTOR_WORDS[state]


def contribution_step_label(state: ContributorState) -> Message:
    """What a button says that leads to a state."""
    return STEP_WORDS[state]


def session_badge(state: SessionState) -> str:
    """The look of the badge: plain for what is neither good nor bad."""
    return SESSION_BADGES.get(state, "plain")


def contributor_badge(state: ContributorState) -> str:
    """The look of the badge: plain for what is neither good nor bad."""
    return CONTRIBUTOR_BADGES.get(state, "plain")
