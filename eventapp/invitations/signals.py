"""What invitations ask of the slices above, which own the places."""

from blinker import Signal

room_asked = Signal(
    "Asked with a wave before it is sent to `people`; answers are sentences about what happens to "
    "whoever accepts."
)
