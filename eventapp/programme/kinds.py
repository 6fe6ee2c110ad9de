"""What sessions can be and what people can do in them, as enums with their words."""

from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum

from eventapp.foundation.message import N_, Message, message


class SessionKind(StrEnum):
    """What happens in a session."""

    REGISTRATION = "registration"
    OPENING = "opening"
    GREETING = "greeting"
    KEYNOTE = "keynote"
    LECTURE = "lecture"
    TALK_ROUND = "talk_round"
    PANEL = "panel"
    CEREMONY = "ceremony"
    BREAK = "break"
    CLOSING = "closing"
    NETWORKING = "networking"
    INTERNAL = "internal"


class Role(StrEnum):
    """What a person does in a session."""

    OVERALL_MODERATION = "overall_moderation"
    MODERATION = "moderation"
    WELCOME = "welcome"
    GREETING = "greeting"
    KEYNOTE = "keynote"
    INPUT = "input"
    PANEL = "panel"
    SIGNING = "signing"
    PROTOCOL = "protocol"


KIND_WORDS = {
    SessionKind.REGISTRATION: N_("Admission"),
    SessionKind.OPENING: N_("Opening"),
    SessionKind.GREETING: N_("Greeting"),
    SessionKind.KEYNOTE: N_("Keynote"),
    SessionKind.LECTURE: N_("Lecture"),
    SessionKind.TALK_ROUND: N_("Talk round"),
    SessionKind.PANEL: N_("Panel"),
    SessionKind.CEREMONY: N_("Signing"),
    SessionKind.BREAK: N_("Break"),
    SessionKind.CLOSING: N_("Closing"),
    SessionKind.NETWORKING: N_("Networking"),
    SessionKind.INTERNAL: N_("Internal"),
}
ROLE_WORDS = {
    Role.OVERALL_MODERATION: N_("Master of ceremonies"),
    Role.MODERATION: N_("Moderation"),
    Role.WELCOME: N_("Welcome"),
    Role.GREETING: N_("Greeting"),
    Role.KEYNOTE: N_("Keynote"),
    Role.INPUT: N_("Input"),
    Role.PANEL: N_("Panel"),
    Role.SIGNING: N_("Signing"),
    Role.PROTOCOL: N_("Minute-taking"),
}

MODERATED = frozenset({SessionKind.TALK_ROUND, SessionKind.PANEL})  # not without a moderator
MODERATING = frozenset({Role.MODERATION, Role.OVERALL_MODERATION})
USUAL_ROLES = {
    SessionKind.TALK_ROUND: Role.INPUT,
    SessionKind.PANEL: Role.PANEL,
    SessionKind.KEYNOTE: Role.KEYNOTE,
    SessionKind.LECTURE: Role.INPUT,
    SessionKind.GREETING: Role.GREETING,
    SessionKind.CEREMONY: Role.SIGNING,
    SessionKind.OPENING: Role.WELCOME,
    SessionKind.CLOSING: Role.OVERALL_MODERATION,
    SessionKind.REGISTRATION: Role.OVERALL_MODERATION,
    SessionKind.BREAK: Role.OVERALL_MODERATION,
    SessionKind.NETWORKING: Role.OVERALL_MODERATION,
    SessionKind.INTERNAL: Role.MODERATION,
}
USUAL_MINUTES = {
    SessionKind.REGISTRATION: 30,
    SessionKind.OPENING: 10,
    SessionKind.GREETING: 10,
    SessionKind.KEYNOTE: 20,
    SessionKind.LECTURE: 45,
    SessionKind.TALK_ROUND: 45,
    SessionKind.PANEL: 60,
    SessionKind.CEREMONY: 15,
    SessionKind.BREAK: 30,
    SessionKind.CLOSING: 10,
    SessionKind.NETWORKING: 60,
    SessionKind.INTERNAL: 30,
}
USUAL_PEOPLE = {SessionKind.PANEL: 4, SessionKind.TALK_ROUND: 2} | dict.fromkeys(
    (SessionKind.REGISTRATION, SessionKind.BREAK, SessionKind.NETWORKING), 0
)
CALM = frozenset({SessionKind.REGISTRATION, SessionKind.BREAK, SessionKind.NETWORKING})
FOR_EVERYBODY = frozenset(SessionKind) - CALM - {SessionKind.TALK_ROUND, SessionKind.INTERNAL}


def kind_label(kind: SessionKind) -> Message:
    """What a kind of session is called, to be translated."""
    return message(KIND_WORDS[kind])


def role_label(role: Role) -> Message:
    """What a role is called, to be translated."""
    return message(ROLE_WORDS[role])


def usual_role(kind: SessionKind, beside: Collection[Role]) -> Role:
    """What one more person most likely does beside those roles; where it is needed, moderate."""
    if kind in MODERATED and not MODERATING.intersection(beside):
        return Role.MODERATION
    return USUAL_ROLES[kind]


def usual_cast(kind: SessionKind) -> list[Role]:
    """The roles of the people for whom a new session of this kind asks."""
    cast: list[Role] = []
    for _row in range(USUAL_PEOPLE.get(kind, 1)):
        cast.append(usual_role(kind, cast))
    return cast


def usual_length(kind: SessionKind) -> timedelta:
    """How long a new session is at first."""
    return timedelta(minutes=USUAL_MINUTES[kind])
