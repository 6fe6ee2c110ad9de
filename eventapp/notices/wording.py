"""Which placeholders the words of a notice may hold, and what is wrong with words. Pure."""

from eventapp.foundation.message import N_, Message, message
from eventapp.foundation.placeholders import unknown_names
from eventapp.notices.requests import NoticeWords
from eventapp.notices.states import NoticeKind

LINK = "{link}"
DEADLINE = "{reply_by}"
_ALWAYS = {
    "salutation": N_("the salutation line of the person"),
    "event": N_("the title of the event"),
    "date": N_("the day of the event"),
    "time": N_("beginning and end"),
    "place": N_("venue and address"),
    "link": N_("the personal link, needed once"),
}
PLACEHOLDERS = {
    NoticeKind.REMINDER: {**_ALWAYS, "reply_by": N_("until when the person may answer")},
    NoticeKind.PRACTICAL: {
        **_ALWAYS,
        "doors": N_("from when people are admitted"),
        "transit": N_("how to get there by bus and train"),
        "parking": N_("where to park"),
        "access": N_("ways without steps and the like"),
        "programme": N_("the published programme"),
        "companions": N_("who comes with the person"),
        "photo_notice": N_("the photo notice"),
    },
}


def fault_of_text(kind: NoticeKind, text: str) -> Message | None:
    """What keeps the text of a mail from going out."""
    if LINK not in text:
        return message("Without {link} nobody finds the way. Please put it in.")
    return _unknown(kind, text)


def fault_of_subject(kind: NoticeKind, text: str, *, deadline: object) -> Message | None:
    """What keeps a subject from going out; `deadline` is the event's, if it has one."""
    if not text.strip():
        return message("Please write a subject.")
    if LINK in text:
        return message("A link cannot stand in the subject.")
    if DEADLINE in text and not deadline:
        return message("{reply_by} stays empty: the event has no deadline.")
    return _unknown(kind, text)


def _unknown(kind: NoticeKind, text: str) -> Message | None:
    unknown = unknown_names(text, set(PLACEHOLDERS[kind]))
    if not unknown:
        return None
    return message(
        "There is no placeholder {%(name)s}. Please check the spelling.", name=unknown[0]
    )


def fault_of_words(kind: NoticeKind, words: NoticeWords, *, deadline: object) -> Message | None:
    """The first fault of all; English words are needed together or not at all."""
    faults = [
        fault_of_subject(kind, words.subject_de, deadline=deadline),
        fault_of_text(kind, words.body_de),
    ]
    if words.body_en:
        faults += [
            fault_of_subject(kind, words.subject_en, deadline=deadline),
            fault_of_text(kind, words.body_en),
        ]
    return next((fault for fault in faults if fault is not None), None)
