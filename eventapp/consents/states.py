"""Small vocabularies of consents."""

from enum import StrEnum


class ConsentKind(StrEnum):
    """To what a guest may consent; each on its own, none a condition."""

    PHOTO = "photo"
    ATTENDEE_LIST = "attendee_list"
    NEXT_INVITATION = "next_invitation"
    NEEDS = "needs"


class Sees(StrEnum):
    """What a colleague may know of somebody's consents."""

    TICKS = "ticks"
    NEEDS = "needs"


TICKED = (ConsentKind.PHOTO, ConsentKind.ATTENDEE_LIST, ConsentKind.NEXT_INVITATION)
"""Those that stand for themselves; the one for needs comes with what it is about."""


class ConsentSource(StrEnum):
    """Where somebody consented."""

    FORM = "form"
    PERSONAL_PAGE = "personal_page"
    PHONE = "phone"
