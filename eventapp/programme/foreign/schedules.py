"""What schedule.xml and schedule.json have in common. Pure."""

from zoneinfo import ZoneInfo, available_timezones

from eventapp.foundation.message import Message, message
from eventapp.foundation.text import clean
from eventapp.programme.foreign.raw import Target
from eventapp.programme.foreign.remarks import WHOLE_FILE, Notes, Topic

LONGEST_NAME = 80


def named(title: str, number: str) -> Message:
    """How a session is called in remarks: by its title and the file's number for it."""
    shown = clean(title)
    shown = shown if len(shown) <= LONGEST_NAME else f"{shown[:LONGEST_NAME]} …"
    if not number:
        return message("“%(title)s”", title=shown)
    return message("“%(title)s” (%(number)s)", title=shown, number=clean(number)[:LONGEST_NAME])


def read_zone(name: str, target: Target, notes: Notes) -> ZoneInfo:
    """The clock of the file; the event's, where it names none or one nobody knows."""
    if name and name not in available_timezones():
        notes.tell(
            WHOLE_FILE,
            Topic.FILE,
            name,
            message("No time zone; the event's clock is taken (%(zone)s).", zone=target.zone),
        )
    return ZoneInfo(name if name in available_timezones() else target.zone)
