"""What a guest's own page says: the state in one sentence, what to do, and the consents."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from eventapp.contacts.names import PersonName, split_titles, spoken_title
from eventapp.contacts.states import FormOfAddress
from eventapp.desk.phases import Phase
from eventapp.desk.queries import phase_of
from eventapp.foundation.i18n import current_locale, format_moment
from eventapp.foundation.message import N_, Message, message, plural_message
from eventapp.registrations.models import Registration
from eventapp.registrations.permissions import may_accept_offer
from eventapp.registrations.states import RegistrationState
from eventapp.registrations.substitutions import Kept, SubstituteAnswer, Substitution


@dataclass(frozen=True)
class Standing:
    """The page's first sentence, the one below it, and what is next, if anything."""

    sentence: Message
    explanation: Message
    next: Message | None = None


class ToAnswer(NamedTuple):
    """How many questions to the guest are open, and how many of these have to be answered."""

    open: int
    due: int


NOTHING_TO_ANSWER = ToAnswer(open=0, due=0)


def standing_of(
    registration: Registration,
    rank: int,
    *,
    to_answer: ToAnswer = NOTHING_TO_ANSWER,
    substitution: Substitution | None = None,
) -> Standing:
    """Where the guest stands. `rank` is the place in line, 0 for who does not wait; `to_answer`
    the open questions; `substitution` how things stand with whom the guest named."""
    name = spoken_name(registration)
    phase = phase_of(registration.event)
    if phase is Phase.CALLED_OFF:
        return Standing(
            message("The event does not take place, %(name)s.", name=name),
            message("Your registration has no further effect."),
        )
    if phase is Phase.POSTPONED and registration.is_live:
        return Standing(
            message("The event is postponed, %(name)s.", name=name),
            message("What you have been told of your place stands. The new date will stand here."),
        )
    if registration.state is RegistrationState.WAITING:
        return _waiting(registration, name, rank)
    if registration.state is RegistrationState.CONFIRMED:
        return _coming(registration, name, phase, to_answer)
    if registration.state in {RegistrationState.OFFERED, RegistrationState.EXPIRED}:
        return _offered(registration, name)
    if registration.state is RegistrationState.REPLACED:
        return _replaced(registration, substitution, name)
    return _gone(registration, name)


def _coming(registration: Registration, name: str, phase: Phase, to_answer: ToAnswer) -> Standing:
    if phase is Phase.OVER:
        return Standing(
            message("The event is over, %(name)s.", name=name),
            message("Your place was confirmed. Thank you for your interest."),
        )
    return Standing(
        message("You are coming, %(name)s.", name=name),
        _places(registration),
        _next(to_answer),
    )


def _places(registration: Registration) -> Message:
    party = len(registration.company)
    if not party:
        return message("Your place is confirmed.")
    return plural_message(
        "Your place and that of your companion are confirmed.",
        "Your place and those of your %(count)s companions are confirmed.",
        party,
    )


def _next(to_answer: ToAnswer) -> Message:
    if to_answer.due:
        return plural_message(
            "Please answer one more question before the event; you find it below.",
            "Please answer %(count)s more questions before the event; you find them below.",
            to_answer.due,
        )
    if to_answer.open:
        return plural_message(
            "If you like, answer one more question; you find it below.",
            "If you like, answer %(count)s more questions; you find them below.",
            to_answer.open,
        )
    return message("There is nothing more you need to do until admission.")


def _replaced(registration: Registration, substitution: Substitution | None, name: str) -> Standing:
    if substitution is None:
        return Standing(
            message("You have passed on your place, %(name)s.", name=name),
            message("You do not come yourself any more."),
        )
    return Standing(
        Message(_SUBSTITUTED[substitution.answer], {"name": name}),
        Message(
            _HANDED_OVER[substitution.answer, substitution.kept], {"substitute": substitution.name}
        ),
        _AFTER_NAMING.get((substitution.answer, _way_of(registration))),
    )


class Way(StrEnum):
    """Where a guest changes their mind: by the link of the invitation, or on their own page."""

    ANSWER = "answer"
    OWN_PAGE = "own_page"


def _way_of(registration: Registration) -> Way:
    return Way.OWN_PAGE if registration.invitation is None else Way.ANSWER


_SUBSTITUTED = {
    SubstituteAnswer.OPEN: N_("You have named a substitute, %(name)s."),
    SubstituteAnswer.COMES: N_("Your substitute is coming, %(name)s."),
    SubstituteAnswer.LEFT: N_("Your substitute is not coming, %(name)s."),
}
_DECLINED = N_("%(substitute)s has declined. No place is kept for you or your substitute.")
_HANDED_OVER = {
    (SubstituteAnswer.OPEN, Kept.PLACE): N_(
        "We have invited %(substitute)s and keep your place for this person. There is no answer "
        "yet."
    ),
    (SubstituteAnswer.OPEN, Kept.LINE): N_(
        "We have invited %(substitute)s; your place in line on the waiting list goes with the "
        "invitation. There is no answer yet."
    ),
    (SubstituteAnswer.OPEN, Kept.NOTHING): N_(
        "We have invited %(substitute)s. There is no answer yet, and no place is kept."
    ),
    (SubstituteAnswer.COMES, Kept.PLACE): N_("%(substitute)s has accepted and has your place."),
    (SubstituteAnswer.COMES, Kept.LINE): N_(
        "%(substitute)s has accepted and is on the waiting list in your place."
    ),
    (SubstituteAnswer.COMES, Kept.NOTHING): N_("%(substitute)s has taken over from you."),
    (SubstituteAnswer.LEFT, Kept.PLACE): _DECLINED,
    (SubstituteAnswer.LEFT, Kept.LINE): _DECLINED,
    (SubstituteAnswer.LEFT, Kept.NOTHING): _DECLINED,
}
_CHANGE_OF_MIND = message("Until there is an answer, you can still change your mind.")
_AFTER_NAMING = {
    (SubstituteAnswer.OPEN, Way.ANSWER): _CHANGE_OF_MIND,
    (SubstituteAnswer.OPEN, Way.OWN_PAGE): _CHANGE_OF_MIND,
    (SubstituteAnswer.LEFT, Way.ANSWER): message(
        "You can name somebody else, or come yourself after all."
    ),
}


def _waiting(registration: Registration, name: str, rank: int) -> Standing:
    party = 1 + len(registration.company)
    rule = plural_message(
        "When a place becomes free, it is offered to whoever waits longest. When it is your turn, "
        "you get a mail that says until when the place is held for you.",
        "When %(count)s places become free, they are offered to whoever waits longest. When it is "
        "your turn, you get a mail that says until when the places are held for you.",
        party,
    )
    return Standing(
        message("You are number %(rank)s on the waiting list, %(name)s.", rank=rank, name=name),
        rule,
    )


def _offered(registration: Registration, name: str) -> Standing:
    until = registration.offered_until
    if until is None or not may_accept_offer(registration):
        return Standing(
            message("The time to accept your place is over, %(name)s.", name=name),
            message("It is open to others again, and you are no longer on the waiting list."),
        )
    moment, places = format_moment(until, registration.event.zone), 1 + len(registration.company)
    return Standing(
        plural_message(
            "We hold a place for you, %(name)s.",
            "We hold %(count)s places for you, %(name)s.",
            places,
            name=name,
        ),
        plural_message(
            "It is yours if you accept by %(until)s. Without an answer by then it is open to "
            "others again.",
            "They are yours if you accept by %(until)s. Without an answer by then they are open to "
            "others again.",
            places,
            until=moment,
        ),
    )


def _gone(registration: Registration, name: str) -> Standing:
    if registration.state is RegistrationState.IN_REVIEW:
        return Standing(
            message("Your registration is being looked at, %(name)s.", name=name),
            message("The organisers write to you when they have decided. No place is kept so far."),
        )
    if registration.state is RegistrationState.CANCELLED:
        return Standing(
            message("You have cancelled, %(name)s.", name=name),
            message("Your place has been given back.")
            if registration.confirmed_at
            else message("You are no longer on the waiting list."),
        )
    return Standing(
        message("You have no place at present, %(name)s.", name=name),
        message("Please ask the people who run the event."),
    )


def spoken_name(person: Registration) -> str:
    """How the page speaks to the guest: "Frau Dr. Nüsperling", else the full name."""
    last = split_titles(person.last_name)[1]
    name = PersonName(person.form_of_address, person.title, person.first_name, person.last_name)
    locale = current_locale()
    title = spoken_title(name, locale)
    form = str(_FORMS[person.form_of_address]) if person.form_of_address in _FORMS else ""
    if not last or not (form or title):
        return person.name
    if locale == "en" and title:
        form = ""
    return " ".join(filter(None, (form, title, last)))


_FORMS = {FormOfAddress.MS: message("Ms"), FormOfAddress.MR: message("Mr")}
