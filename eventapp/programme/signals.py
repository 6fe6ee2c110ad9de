"""What those above must follow within the same transaction, since it is theirs as well."""

from blinker import Signal

contributor_leaves = Signal(
    "Sent with a contributor of whom all but a name that everybody reads is forgotten: forget what "
    "is yours."
)
session_goes = Signal("Sent with a session before it is deleted: keep what you have of it.")
place_passes_on = Signal(
    "Sent with a part in a session that ends, before it is deleted, and `to`, the new part of who "
    "takes the place, or None: hand on what belongs to the place, or refuse."
)
