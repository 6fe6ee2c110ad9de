"""Small vocabularies of consents."""

from enum import StrEnum


class ConsentKind(StrEnum):
    """To what a guest may consent; each on its own, none a condition."""

    PHOTO = "photo"
    ATTENDEE_LIST = "attendee_list"
    NEXT_INVITATION = "next_invitation"
    NEEDS = "needs"
