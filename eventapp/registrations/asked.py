"""Which of the organiser's questions a guest is asked, and until when they can answer them."""

from typing import Any

from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.i18n import use_locale
from eventapp.questions.models import Question, QuestionAnswer
from eventapp.questions.queries import answers_by, asked_questions, questions_of
from eventapp.questions.sheet import Sheet, public_sheet, required_ids
from eventapp.questions.states import Claim, QuestionStep
from eventapp.registrations.models import Registration
from eventapp.registrations.permissions import is_past_deadline, takes_answers
from eventapp.registrations.states import REGISTERED, RegistrationKind, RegistrationState

FIRST_STEP = frozenset({QuestionStep.REGISTRATION})
BOTH_STEPS = frozenset(QuestionStep)


def steps_of(state: RegistrationState) -> frozenset[QuestionStep]:
    """The second step is for those who have a place, the first for all who registered."""
    if state is RegistrationState.CONFIRMED:
        return BOTH_STEPS
    return FIRST_STEP if state in REGISTERED else frozenset()


def form_sheet(event: Event) -> Sheet:
    """What the public form asks. Two statements at most."""
    return public_sheet(asked_questions(event))


def entered_sheet(registration: Registration) -> Sheet:
    """What somebody answered in the public form and is yet to confirm. Three statements at most."""
    asked = form_sheet(registration.event)
    if not asked.questions:
        return asked
    answers = answers_by(registration.id)
    answered = [one for one in asked.questions if one.id in answers]
    return Sheet(answered, known=answered, answers=answers)


def staff_sheet(registration: Registration) -> Sheet:
    """What staff can note for a guest: whatever is asked of them, at any time, nothing demanded."""
    return _sheet(registration)


def guest_sheet(registration: Registration) -> Sheet:
    """What the guest is asked. Three statements at most, one where the event has no questions.

    The first step can be changed until the reply deadline and what is still open of it until the
    event begins, as can all of the second step.
    """
    sheet = _sheet(registration)
    asked = sheet.questions
    fixed = frozenset(one.id for one in asked)
    if takes_answers(registration.event):
        today = clock.today(registration.event.zone)
        late = is_past_deadline(registration.event, registration.invitation, on=today)
        fixed = frozenset(one.id for one in asked if late and _is_done(one, sheet))
    return Sheet(asked, sheet.known, sheet.answers, fixed, required_ids(asked))


def _sheet(registration: Registration) -> Sheet:
    known = questions_of(registration.event)
    if not known or registration.kind is RegistrationKind.COMPANION:
        return Sheet(questions=())
    steps = steps_of(registration.state)
    asked = [one for one in known if one.is_asked and one.step in steps]
    return Sheet(asked, known, answers_by(registration.id))


def _is_done(question: Question, sheet: Sheet) -> bool:
    """Whether a question of the first step has its answer, so that the deadline settles it."""
    row: QuestionAnswer | None = sheet.answers.get(question.id)
    if question.step is QuestionStep.AFTER or row is None or row.missed:
        return False
    return not (question.required and row.given.is_empty)


def claim_of(registration: Registration) -> Claim:
    """Who has a place at the event takes one at what they choose; for others it is a wish."""
    return Claim.PLACE if registration.holds_place else Claim.WISH


def told_by_mail(registration: Registration) -> dict[str, Any]:
    """What a mail says about questions: how many are open, and what was full meanwhile."""
    sheet = guest_sheet(registration)
    if not sheet.questions:
        return {"open_questions": 0, "missed_choices": ()}
    with use_locale(registration.locale):
        return {"open_questions": len(sheet.open), "missed_choices": tuple(sheet.missed)}
