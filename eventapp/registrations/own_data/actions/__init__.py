"""What guests can do with what is kept about them."""

from eventapp.registrations.own_data.actions.erasing import (
    erase_guest,
    erase_guest_for_good,
    stays_in_book,
)
from eventapp.registrations.own_data.actions.mending import (
    ask_for_address,
    change_address,
    change_details,
)

__all__ = [
    "ask_for_address",
    "change_address",
    "change_details",
    "erase_guest",
    "erase_guest_for_good",
    "stays_in_book",
]
