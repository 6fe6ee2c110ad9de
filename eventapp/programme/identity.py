"""By what other programs know a session: a guid that follows from its calendar UID, and back. Pure.

A session that came from a file of another program has a UID made of the event's and of the file's
guid, so that the same file finds it again; no column is needed for that.
"""

from uuid import UUID, uuid5

_FILES = UUID("6d5f5a0e-3b0c-5d0f-9a40-5c4b1f0f6f11")
_MADE_OF_A_NAME = 5


def uid_for(event_uid: str, guid: str) -> str:
    """The UID that a session of a file has in an event."""
    return f"{uuid5(_FILES, f'{event_uid} {guid}')}@eventapp"


def guid_of(uid: str) -> str:
    """The guid under which a session is exported."""
    try:
        return str(UUID(uid.partition("@")[0]))
    except ValueError:
        return str(uuid5(_FILES, uid))


def came_from_a_file(uid: str) -> bool:
    """Whether the session with this UID was taken over from a file of another program."""
    try:
        return UUID(uid.partition("@")[0]).version == _MADE_OF_A_NAME
    except ValueError:
        return False
