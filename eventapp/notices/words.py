"""What notices, their states and the reasons are called, to be translated. Pure."""

from eventapp.foundation.message import Message, message, plural_message
from eventapp.notices.reach import BETWEEN_QUESTIONS, Reason
from eventapp.notices.states import NoticeKind, NoticeState

KIND_WORDS = {
    NoticeKind.REMINDER: message("Reminder"),
    NoticeKind.PRACTICAL: message("Practical information"),
}
PURPOSES = {
    NoticeKind.REMINDER: message("to invited people who have not answered"),
    NoticeKind.PRACTICAL: message("to guests with a place"),
}
STATE_WORDS = {
    NoticeState.DRAFT: message("not approved yet"),
    NoticeState.REVIEWED: message("approved"),
    NoticeState.SENDING: message("is being sent"),
    NoticeState.SENT: message("sent"),
    NoticeState.STOPPED: message("stopped"),
    NoticeState.MISSED: message("missed"),
}
STATE_KINDS = {
    NoticeState.DRAFT: "plain",
    NoticeState.REVIEWED: "info",
    NoticeState.SENDING: "info",
    NoticeState.SENT: "success",
    NoticeState.STOPPED: "warning",
    NoticeState.MISSED: "danger",
}
REASON_WORDS = {
    Reason.HAS_IT: message("Has got it already"),
    Reason.ANSWERED: message("Has answered"),
    Reason.CANCELLED: message("Does not come"),
    Reason.NO_PLACE: message("Has no place yet"),
    Reason.WITHDRAWN: message("Invitation withdrawn"),
    Reason.NOT_INVITED_YET: message("Invitation not sent yet"),
    Reason.BLOCKED: message("Does not want mails"),
    Reason.UNDELIVERABLE: message("Mail to this address came back"),
    Reason.NO_ADDRESS: message("No e-mail address"),
    Reason.TOO_LATE: message("The person’s own deadline is over"),
    Reason.ASKED_LATELY: plural_message(
        "Was asked by mail less than one day ago",
        "Was asked by mail less than %(count)s days ago",
        BETWEEN_QUESTIONS.days,
    ),
}
ACTION_WORDS = {
    "notice.added": message("Reminder added"),
    "notice.changed": message("Notice changed"),
    "notice.review_lifted": message("Notice must be approved again"),
    "notice.reviewed": message("Notice approved"),
    "notice.sent": message("Notice sent"),
    "notice.sent_early": message("Notice sent before its day"),
    "notice.stopped": message("Notice stopped"),
    "notice.taken_up": message("Notice taken up again"),
    "digest.sent": message("Change of the programme told"),
    "digest.sent_early": message("Change of the programme told without waiting"),
    "digest.stopped": message("Mails about the programme stopped"),
}
"""What the steps of the trail are called, by the names under which actions note them."""


def state_label(state: NoticeState) -> Message:
    """Where a notice stands, as a badge says it."""
    return STATE_WORDS[state]


def reason_label(reason: Reason) -> Message:
    """Why somebody does not get it."""
    return REASON_WORDS[reason]


def title_of(kind: NoticeKind, key: str) -> Message:
    """What a page calls a notice: "Reminder", "Reminder 2"."""
    _kind, _dash, number = key.partition("-")
    if not number:
        return KIND_WORDS[kind]
    return message("%(kind)s %(number)s", kind=KIND_WORDS[kind], number=number)


def title_of_nth(kind: NoticeKind, number: int) -> Message:
    """What a page calls the first, second … notice of a kind."""
    return title_of(kind, kind.value if number == 1 else f"{kind}-{number}")
