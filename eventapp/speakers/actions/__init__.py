"""What contributors, and organisers for them, can do on the contributor's page.

Whoever imports this also follows what happens below: lost links, and people who are forgotten.
"""

from eventapp.speakers.actions.answering import acknowledge, agree, decline
from eventapp.speakers.actions.files import (
    LARGEST_PICTURE,
    LARGEST_SLIDES,
    hand_in_portrait,
    hand_in_slides,
    remove_portrait,
    remove_slides,
    set_slides_publication,
)
from eventapp.speakers.actions.leaving import delete_me
from eventapp.speakers.actions.links import renew_link, send_link
from eventapp.speakers.actions.telling import (
    forget_speakers_needs,
    tell_availability,
    tell_biography,
    tell_speakers_needs,
    tell_technical,
    tell_travel,
    withdraw_speakers_needs,
)

__all__ = [
    "LARGEST_PICTURE",
    "LARGEST_SLIDES",
    "acknowledge",
    "agree",
    "decline",
    "delete_me",
    "forget_speakers_needs",
    "hand_in_portrait",
    "hand_in_slides",
    "remove_portrait",
    "remove_slides",
    "renew_link",
    "send_link",
    "set_slides_publication",
    "tell_availability",
    "tell_biography",
    "tell_speakers_needs",
    "tell_technical",
    "tell_travel",
    "withdraw_speakers_needs",
]
