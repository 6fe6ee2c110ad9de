"""What an organiser asks a line to say."""

from dataclasses import dataclass, fields
from datetime import datetime

from eventapp.foundation.errors import Invalid
from eventapp.foundation.message import message
from eventapp.programme.run_of_show.models import ShowLine


@dataclass(frozen=True, kw_only=True)
class LineChange:
    """The line as it is to be; with a session, what is empty is as in the programme."""

    session_id: int | None = None
    starts_at: datetime | None = None
    offset_minutes: int = 0
    minutes: int | None = None
    fixed: bool = False
    what: str = ""
    where: str = ""
    who: str = ""
    sound: str = ""
    light: str = ""
    video: str = ""
    stage: str = ""
    remark: str = ""

    def check(self, session_ids: set[int]) -> None:
        """Raises Invalid for a session of another event, and for a line that says too little."""
        if self.session_id is not None and self.session_id not in session_ids:
            raise Invalid("session", message("This session does not belong to the event."))
        if self.session_id is None and not self.what:
            raise Invalid("what", message("Say what happens, or choose a session."))
        if self.session_id is None and self.starts_at is None:
            raise Invalid("starts", message("Give a time, or choose a session."))


def differences(line: ShowLine, change: LineChange) -> dict[str, tuple[object, object]]:
    """What a change would alter: field by field what is stored, and what is wanted."""
    pairs = {
        field.name: (getattr(line, field.name), getattr(change, field.name))
        for field in fields(change)
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
