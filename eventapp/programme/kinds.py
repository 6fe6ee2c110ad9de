"""What sessions can be and what people can do in them, as enums with their words."""

from enum import StrEnum

from eventapp.foundation.message import N_, Message, message


class SessionKind(StrEnum):
    """What happens in a session."""

    REGISTRATION = "registration"
    OPENING = "opening"
    GREETING = "greeting"
    KEYNOTE = "keynote"
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
CALM = frozenset({SessionKind.REGISTRATION, SessionKind.BREAK, SessionKind.NETWORKING})


def kind_label(kind: SessionKind) -> Message:
    """What a kind of session is called, to be translated."""
    return message(KIND_WORDS[kind])


def role_label(role: Role) -> Message:
    """What a role is called, to be translated."""
    return message(ROLE_WORDS[role])
