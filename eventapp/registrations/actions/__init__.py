"""What people can do with registrations, grouped by intention."""

from eventapp.registrations.actions.addresses import correct_address, follow_address
from eventapp.registrations.actions.answers import accept_invitation, decline_invitation
from eventapp.registrations.actions.asking import answer_questions
from eventapp.registrations.actions.bulk import resend_links, withdraw_invitations
from eventapp.registrations.actions.companions import (
    add_companion,
    add_companion_by_hand,
    name_companion,
    remove_companion,
)
from eventapp.registrations.actions.filling import (
    confirm_place,
    offer_free_places,
    offer_place,
)
from eventapp.registrations.actions.following import keep_needs_for_the_new_day, offer_new_places
from eventapp.registrations.actions.forgetting import forget_companions
from eventapp.registrations.actions.handing_over import hand_over, take_place_back
from eventapp.registrations.actions.leaving import (
    cancel_registration,
    withdraw_invitation,
)
from eventapp.registrations.actions.links import (
    request_links,
    resend_confirmation,
    resend_link,
)
from eventapp.registrations.actions.offer_answers import (
    accept_offer,
    decline_offer,
    return_to_line,
)
from eventapp.registrations.actions.substitution import name_substitute
from eventapp.registrations.actions.sweep import tend_waiting_lists
from eventapp.registrations.actions.telling import (
    agree,
    note_needs,
    tell_needs,
    withdraw_consent,
)
from eventapp.registrations.actions.undoing import (
    reinstate_invitation,
    restore_registration,
    take_reply_back,
)

__all__ = [
    "accept_invitation",
    "accept_offer",
    "add_companion",
    "add_companion_by_hand",
    "agree",
    "answer_questions",
    "cancel_registration",
    "confirm_place",
    "correct_address",
    "decline_invitation",
    "decline_offer",
    "follow_address",
    "forget_companions",
    "hand_over",
    "keep_needs_for_the_new_day",
    "name_companion",
    "name_substitute",
    "note_needs",
    "offer_free_places",
    "offer_new_places",
    "offer_place",
    "reinstate_invitation",
    "remove_companion",
    "request_links",
    "resend_confirmation",
    "resend_link",
    "resend_links",
    "restore_registration",
    "return_to_line",
    "take_place_back",
    "take_reply_back",
    "tell_needs",
    "tend_waiting_lists",
    "withdraw_consent",
    "withdraw_invitation",
    "withdraw_invitations",
]
