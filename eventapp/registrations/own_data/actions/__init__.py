"""What guests, and staff for them, can do with what is kept about them."""

from eventapp.registrations.own_data.actions.erasing import (
    erase_guest,
    erase_guest_for_good,
    stays_in_book,
)
from eventapp.registrations.own_data.actions.mending import (
    ask_for_address,
    change_address,
    change_details,
    correct_guest_address,
)
from eventapp.registrations.own_data.actions.person import erase_person, still_to_come
from eventapp.registrations.own_data.actions.renewing import renew_link, renew_page_link

__all__ = [
    "ask_for_address",
    "change_address",
    "change_details",
    "correct_guest_address",
    "erase_guest",
    "erase_guest_for_good",
    "erase_person",
    "renew_link",
    "renew_page_link",
    "stays_in_book",
    "still_to_come",
]
