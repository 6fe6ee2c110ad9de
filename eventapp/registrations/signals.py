"""What slices above must follow within the same transaction, since it is theirs as well."""

from blinker import Signal

links_requested = Signal(
    "Sent with an address whose links somebody has lost, `locale` in which language they asked: "
    "mail what other links there are."
)
