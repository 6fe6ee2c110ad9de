"""Roles and the small vocabularies of accounts."""

from enum import StrEnum


class Role(StrEnum):
    """What a colleague may do for a host organisation; each includes what stands below it."""

    ADMINISTRATOR = "administrator"
    ORGANISER = "organiser"
    FRONTDESK = "frontdesk"
    VIEWER = "viewer"


ORGANISERS = (Role.ADMINISTRATOR, Role.ORGANISER)
"""The roles that may change invitations, programme and guests."""

ADMINISTRATORS = (Role.ADMINISTRATOR,)
"""The role that decides who works for the organisation."""
READERS = (*ORGANISERS, Role.VIEWER)
"""The roles that see figures and programme."""
DOORKEEPERS = (*ORGANISERS, Role.FRONTDESK)
"""The roles that see who is expected."""


class LegalKind(StrEnum):
    """The pages the law expects, editable by the host organisation."""

    IMPRINT = "imprint"
    PRIVACY = "privacy"
    ACCESSIBILITY = "accessibility"
