"""What files and purposes are called, to be translated. Pure."""

from eventapp.exports.states import FileFormat
from eventapp.foundation.listing import Purpose
from eventapp.foundation.message import Message, message

FORMAT_WORDS = {
    FileFormat.XLSX: message("Excel (XLSX)"),
    FileFormat.CSV: message("CSV for Excel"),
    FileFormat.JSON: message("JSON, for programs"),
}
PURPOSE_WORDS = {
    Purpose.FOLLOW_UP: message("to call or write to people"),
    Purpose.DOOR: message("for the reception"),
    Purpose.VISITORS: message("for the host’s gate"),
    Purpose.CATERING: message("for the catering"),
    Purpose.PRESS: message("for the press work"),
    Purpose.EVIDENCE: message("for the proof of use"),
    Purpose.CHECK: message("to check our own data"),
    Purpose.REQUEST: message("because somebody asked about their data"),
    Purpose.OTHER: message("something else"),
}
ACTION_WORDS = {
    "attendees.exported": message("Guest list exported"),
    "columns.changed": message("Kept columns of a list changed"),
    "columns.kept": message("Columns of a list kept"),
    "columns.removed": message("Kept columns of a list removed"),
    "contacts.exported": message("Contacts exported"),
    "list.exported": message("List downloaded"),
}
"""What the steps of the trail are called, by the names under which actions note them."""


def format_label(kind: FileFormat) -> Message:
    """What a kind of file is called."""
    return FORMAT_WORDS[kind]


def purpose_label(purpose: Purpose) -> Message:
    """What a list is taken along for."""
    return PURPOSE_WORDS[purpose]
