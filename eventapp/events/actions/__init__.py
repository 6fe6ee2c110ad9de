"""What organisers can do with events, grouped by intention."""

from eventapp.events.actions.changes import (
    BasicsChange,
    DatesChange,
    NoticesChange,
    PartnerChange,
    RoomChange,
    TextsChange,
    VenueChange,
    mark_of,
)
from eventapp.events.actions.editing import (
    NewEvent,
    change_basics,
    change_event,
    create_event,
    free_slug,
    series_for,
)
from eventapp.events.actions.life import (
    archive_event,
    cancel_event,
    close_registration,
    open_registration,
    postpone_event,
    publish_event,
    resume_event,
    take_step,
    withdraw_event,
)
from eventapp.events.actions.partners import add_partner, change_partner, remove_partner
from eventapp.events.actions.places import (
    add_room,
    add_venue,
    change_room,
    change_venue,
    choose_venue,
    remove_room,
)
from eventapp.events.actions.revision import touch_event, touch_event_time

__all__ = [
    "BasicsChange",
    "DatesChange",
    "NewEvent",
    "NoticesChange",
    "PartnerChange",
    "RoomChange",
    "TextsChange",
    "VenueChange",
    "add_partner",
    "add_room",
    "add_venue",
    "archive_event",
    "cancel_event",
    "change_basics",
    "change_event",
    "change_partner",
    "change_room",
    "change_venue",
    "choose_venue",
    "close_registration",
    "create_event",
    "free_slug",
    "mark_of",
    "open_registration",
    "postpone_event",
    "publish_event",
    "remove_partner",
    "remove_room",
    "resume_event",
    "series_for",
    "take_step",
    "touch_event",
    "touch_event_time",
    "withdraw_event",
]
