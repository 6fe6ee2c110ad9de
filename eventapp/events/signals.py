"""What slices above must follow within the same transaction, since it is theirs as well.

`accounts` to `events` know nothing of sessions: they say what happened, `programme` listens.
"""

from blinker import Signal

entry_moved = Signal(
    "Sent with an event whose date, place or status has changed: so has what hangs on it."
)
days_shifted = Signal(
    "Sent with an event that begins on another day than before; `days` says by how many, `by` whom."
)
dates_changed = Signal(
    "Sent with an event with another beginning, end, zone or deadline; `before` says by name what "
    "stood there."
)
venue_left = Signal("Sent with an event that is at another venue than before; `by` says by whom.")
places_changed = Signal(
    "Sent with an event that has another number of places, or keeps another number of them; "
    "messages that are given back are told to whoever changed it."
)
companions_lowered = Signal(
    "Asked of an event that allows fewer companions than before; answers are sentences to show."
)
room_renamed = Signal("Sent with a room that has another name than before.")
