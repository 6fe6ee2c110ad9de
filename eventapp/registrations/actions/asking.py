"""Answering the organiser's questions; choices with places follow the place at the event."""

from collections.abc import Mapping

from eventapp.accounts.audit import GUEST, Actor, record_change
from eventapp.foundation.database import lock_columns, transaction
from eventapp.questions.actions import give_back_chosen, keep_answers, take_chosen
from eventapp.questions.given import Given
from eventapp.registrations.asked import claim_of, form_sheet, guest_sheet, staff_sheet
from eventapp.registrations.errors import AnswersClosed
from eventapp.registrations.models import Registration
from eventapp.registrations.states import HOLDS_PLACE, RegistrationState


def answer_questions(
    registration: Registration, given: Mapping[int, Given], *, by: Actor = GUEST
) -> None:
    """Keep what a guest answers, wholly or not at all; the trail says that, not what.

    Staff can do it for them also after the deadline. Raises AnswersClosed, ChoiceIsFull and
    ChoiceIsGone.
    """
    with transaction():
        lock_columns(registration.event)
        lock_columns(registration)
        sheet = guest_sheet(registration) if by == GUEST else staff_sheet(registration)
        open_to_change = {one.id for one in sheet.in_form}
        if not open_to_change:
            raise AnswersClosed
        changed = keep_answers(
            registration.id,
            {number: answer for number, answer in given.items() if number in open_to_change},
            questions=sheet.questions,
            claim=claim_of(registration),
        )
        if changed:
            event = registration.event
            record_change(
                by, "registration.answered", registration, scope=event.scope, host_id=event.host_id
            )


def keep_form_answers(registration: Registration, given: Mapping[int, Given]) -> None:
    """What somebody answered in the public form; nobody has a place by then. Needs the lock."""
    if given:
        keep_answers(
            registration.id,
            given,
            questions=form_sheet(registration.event).questions,
            claim=claim_of(registration),
        )


def choices_follow(registration: Registration, before: RegistrationState | None) -> None:
    """Take places at what the guest chose as soon as they have one at the event, and give them
    back with it. Needs the event's lock; a registration that is new has chosen nothing yet."""
    had = before in HOLDS_PLACE
    if before is None or had == registration.holds_place:
        return
    if had:
        give_back_chosen(registration.id)
    else:
        take_chosen(registration.id)
