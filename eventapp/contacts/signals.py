"""What slices above must follow within the same transaction, since it is theirs as well."""

from blinker import Signal

merge_begins = Signal(
    "Sent with the ids of two contacts before they are locked: lock what is yours first."
)
coming_asked = Signal(
    "Asked with a contact: lists of the coming events that the person is registered for."
)
moving_asked = Signal(
    "Asked with a contact, and `other` with whom it may be made one: lists of the personal links "
    "that change if the contact's address does."
)
address_moves = Signal(
    "Sent with the ids of contacts whose address may change, before they are locked: lock what is "
    "yours first."
)
address_moved = Signal(
    "Sent with a contact whose mail goes elsewhere now, `before` where to, `by` whom: what was "
    "sent there opens nothing any more."
)
contacts_merge = Signal(
    "Sent with the contact that stays before `other` goes, `by` whom: move what is yours, refuse "
    "what cannot be; messages that are given back are told to whoever merges."
)
