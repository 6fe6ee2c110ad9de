"""What strangers do to get in, and what staff says to it."""

from eventapp.registrations.front_door.actions.registering import (
    confirm_registration,
    forget_unconfirmed,
    is_expired,
    prospect_for,
    register,
)
from eventapp.registrations.front_door.actions.reviewing import (
    approve_registration,
    reject_registration,
)

__all__ = [
    "approve_registration",
    "confirm_registration",
    "forget_unconfirmed",
    "is_expired",
    "prospect_for",
    "register",
    "reject_registration",
]
