"""What people can do with registrations, grouped by intention."""

from eventapp.registrations.actions.answers import accept_invitation, decline_invitation
from eventapp.registrations.actions.bulk import resend_links, withdraw_invitations
from eventapp.registrations.actions.leaving import (
    cancel_registration,
    fill_free_places,
    withdraw_invitation,
)
from eventapp.registrations.actions.links import (
    request_links,
    resend_confirmation,
    resend_link,
)
from eventapp.registrations.actions.substitution import name_substitute

__all__ = [
    "accept_invitation",
    "cancel_registration",
    "decline_invitation",
    "fill_free_places",
    "name_substitute",
    "request_links",
    "resend_confirmation",
    "resend_link",
    "resend_links",
    "withdraw_invitation",
    "withdraw_invitations",
]
