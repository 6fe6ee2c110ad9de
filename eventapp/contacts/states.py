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


class ImportState(StrEnum):
    """An uploaded file: looked at, taken over, taken back, or thrown away."""

    STAGED = "staged"
    IMPORTED = "imported"
    UNDONE = "undone"
    DISCARDED = "discarded"


I = ImportState  # noqa: E741 - short name for the arrows below
ARROWS = {
    I.STAGED: {I.IMPORTED, I.DISCARDED},
    I.IMPORTED: {I.UNDONE},
    I.UNDONE: set[I](),
    I.DISCARDED: set[I](),
}
