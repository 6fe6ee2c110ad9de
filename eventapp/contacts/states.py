"""The small vocabularies of contacts: sectors, forms of address, states of an import."""

from enum import StrEnum


class Sector(StrEnum):
    """From which part of society a person comes."""

    BUSINESS = "business"
    POLITICS = "politics"
    SCIENCE = "science"
    CIVIL = "civil"
    PRESS = "press"
    UNKNOWN = "unknown"


class FormOfAddress(StrEnum):
    """Frau, Herr, or none given."""

    MS = "ms"
    MR = "mr"
    NONE = "none"


class Standing(StrEnum):
    """By what to do next about a contact: can be reached, needs an address, must be left alone."""

    ALL = "all"
    REACHABLE = "reachable"
    WITHOUT_EMAIL = "without-email"
    UNDELIVERABLE = "undeliverable"
    BLOCKED = "blocked"


class ObjectionKind(StrEnum):
    """Why somebody gets no invitations any more."""

    ASKED = "asked"
    LINK = "link"
    GONE = "gone"
    OTHER = "other"


BY_STAFF = (ObjectionKind.ASKED, ObjectionKind.GONE, ObjectionKind.OTHER)
"""What an organiser can say; by the link only the person can object."""


class ImportState(StrEnum):
    """An uploaded file: being read, looked at, being taken over, and what became of it."""

    READING = "reading"
    STAGED = "staged"
    IMPORTING = "importing"
    IMPORTED = "imported"
    UNDONE = "undone"
    DISCARDED = "discarded"


I = ImportState  # noqa: E741 - short name for the arrows below
UNDER_WAY = frozenset({I.READING, I.IMPORTING})
"""A thread is at work on it, or was when its process ended."""
ARROWS = {
    I.READING: {I.READING, I.STAGED, I.DISCARDED},
    I.STAGED: {I.READING, I.IMPORTING, I.IMPORTED, I.DISCARDED},
    I.IMPORTING: {I.IMPORTING, I.STAGED, I.IMPORTED, I.DISCARDED},
    I.IMPORTED: {I.UNDONE},
    I.UNDONE: set[I](),
    I.DISCARDED: set[I](),
}
