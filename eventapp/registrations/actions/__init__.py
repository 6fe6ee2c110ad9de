"""What people can do with registrations, grouped by intention."""

from eventapp.registrations.actions.answers import accept_invitation, decline_invitation
from eventapp.registrations.actions.bulk import resend_links, withdraw_invitations
from eventapp.registrations.actions.filling import (
    confirm_place,
    offer_free_places,
    offer_place,
)
from eventapp.registrations.actions.following import offer_new_places
from eventapp.registrations.actions.leaving import (
    cancel_registration,
    withdraw_invitation,
)
from eventapp.registrations.actions.links import (
    request_links,
    resend_confirmation,
    resend_link,
)
from eventapp.registrations.actions.merging import (
    join_invitation,
    merge_registrations,
    tell_apart,
)
from eventapp.registrations.actions.offer_answers import (
    accept_offer,
    decline_offer,
    return_to_line,
)
from eventapp.registrations.actions.registering import (
    confirm_registration,
    forget_unconfirmed,
    is_expired,
    register,
)
from eventapp.registrations.actions.reviewing import approve_registration, reject_registration
from eventapp.registrations.actions.substitution import name_substitute
from eventapp.registrations.actions.sweep import tend_waiting_lists

__all__ = [
    "accept_invitation",
    "accept_offer",
    "approve_registration",
    "cancel_registration",
    "confirm_place",
    "confirm_registration",
    "decline_invitation",
    "decline_offer",
    "forget_unconfirmed",
    "is_expired",
    "join_invitation",
    "merge_registrations",
    "name_substitute",
    "offer_free_places",
    "offer_new_places",
    "offer_place",
    "register",
    "reject_registration",
    "request_links",
    "resend_confirmation",
    "resend_link",
    "resend_links",
    "return_to_line",
    "tell_apart",
    "tend_waiting_lists",
    "withdraw_invitation",
    "withdraw_invitations",
]
