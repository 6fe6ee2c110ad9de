"""What all pages of a public programme stand in: the event's state, the address, the values."""

from typing import Any

from flask import current_app

from eventapp.desk.programme.reading import Read
from eventapp.desk.queries import FrontVersion, front_version
from eventapp.foundation.errors import found


def version_of(slug: str) -> FrontVersion:
    """What everybody may see of an event, and in which state. Raises NotFound for drafts."""
    return found(front_version(slug))


def about(shown: Read) -> dict[str, Any]:
    """What every template of a programme reads."""
    return {
        "event": shown.event,
        "programme": shown.programme,
        "people": shown.people,
        "portraits": shown.portraits,
        "latest": shown.latest,
        "uids": shown.uids,
        "zone": shown.event.zone,
        "base_url": base_url(),
    }


def base_url() -> str:
    """Where the program is found from outside."""
    return str(current_app.config["SETTINGS"].base_url)
