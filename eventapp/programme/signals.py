"""What those above must follow within the same transaction, since it is theirs as well."""

from blinker import Signal

session_goes = Signal("Sent with a session before it is deleted: keep what you have of it.")
