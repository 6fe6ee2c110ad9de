"""The rule of the waiting list in sentences, for the pages; docs/waiting-list.md says the same."""

from eventapp.events.models import Event
from eventapp.events.states import Promotion
from eventapp.foundation.message import Message, message
from eventapp.registrations.deadlines import OFFER_HOURS, SHORT_FROM_DAYS, SHORT_OFFER_HOURS

FIRST = message("First come, first served: whoever has waited longest comes first.")
OFFER = message("When a place becomes free, we offer it to the first in line by mail.")
BY_HAND = message(
    "When a place becomes free, the organisers decide when it is offered, and to whom."
)
HELD = message(
    "The place is held for %(hours)s hours, and from %(days)s days before the event on for "
    "%(short)s hours; never longer than until the event begins.",
    hours=OFFER_HOURS,
    days=SHORT_FROM_DAYS,
    short=SHORT_OFFER_HOURS,
)
ANSWER = message(
    "You accept or decline on your page. Without an answer in time, the next in line gets the "
    "offer, and you can join again at the end."
)
PARTY = message(
    "Who comes with companions waits until there is a place for everybody; nobody overtakes them."
)
LATE = message(
    "Who asks after the reply deadline stands behind all who were in time, and is offered a place "
    "only by the organisers."
)
OUT_OF_TURN = message(
    "The organisers can also give somebody a place out of turn; the reason is noted in the history."
)
KEPT = message(
    "Some places are kept for people whom the host has invited by name; they do not go to the "
    "waiting list."
)


def rule_sentences(event: Event) -> list[Message]:
    """What holds for this event, most important first."""
    by_hand = event.promotion is Promotion.MANUAL
    rule = [FIRST, BY_HAND if by_hand else OFFER, HELD, ANSWER, PARTY, LATE, OUT_OF_TURN]
    return [*rule, KEPT] if event.reserved_places else rule
