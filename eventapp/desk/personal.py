"""What a guest's own page says: the state in one sentence, what to do, and what is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from eventapp.consents.states import ConsentKind
from eventapp.contacts.names import PersonName, split_titles, spoken_title
from eventapp.contacts.states import FormOfAddress
from eventapp.contacts.words import SECTOR_WORDS
from eventapp.desk.phases import Phase
from eventapp.desk.queries import phase_of
from eventapp.foundation.i18n import current_locale, format_moment
from eventapp.foundation.message import Message, message, plural_message
from eventapp.registrations.models import Registration
from eventapp.registrations.permissions import may_accept_offer
from eventapp.registrations.states import RegistrationState


@dataclass(frozen=True)
class Standing:
    """The page's first sentence and the one below it."""

    sentence: Message
    explanation: Message


def standing_of(registration: Registration, rank: int) -> Standing:
    """Where the guest stands. `rank` is the place in line, 0 for who does not wait."""
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
        return _coming(registration, name, phase)
    if registration.state in {RegistrationState.OFFERED, RegistrationState.EXPIRED}:
        return _offered(registration, name)
    return _gone(registration, name)


def _coming(registration: Registration, name: str, phase: Phase) -> Standing:
    if phase is Phase.OVER:
        return Standing(
            message("The event is over, %(name)s.", name=name),
            message("Your place was confirmed. Thank you for your interest."),
        )
    party = len(registration.company)
    explanation = message(
        "Your place is confirmed. Until the doors open there is nothing more to do."
    )
    if party:
        explanation = plural_message(
            "Your place and that of your companion are confirmed. Until the doors open there is "
            "nothing more to do.",
            "Your place and those of your %(count)s companions are confirmed. Until the doors open "
            "there is nothing more to do.",
            party,
        )
    return Standing(message("You are coming, %(name)s.", name=name), explanation)


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
            message("It goes to the next in line, and you are off the waiting list."),
        )
    moment = format_moment(until, registration.event.zone)
    return Standing(
        plural_message(
            "We hold a place for you until %(until)s, %(name)s.",
            "We hold %(count)s places for you until %(until)s, %(name)s.",
            1 + len(registration.company),
            until=moment,
            name=name,
        ),
        message(
            "It is yours if you accept by then. Without an answer it goes to the next in line."
        ),
    )


def _gone(registration: Registration, name: str) -> Standing:
    if registration.state is RegistrationState.IN_REVIEW:
        return Standing(
            message("Your registration is being looked at, %(name)s.", name=name),
            message("The organisers write to you when they have decided. No place is kept so far."),
        )
    if registration.state is RegistrationState.REPLACED:
        return Standing(
            message("Somebody comes in your place, %(name)s.", name=name),
            message("Your place has gone to the person you named."),
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


@dataclass(frozen=True)
class ConsentRow:
    """One kind of consent: what it means, and since which day it is given, if it is."""

    label: Message
    meaning: Message
    given_on: date


_CONSENTS = (
    (ConsentKind.PHOTO, message("Photos"), message("Pictures on which you can be recognised.")),
    (
        ConsentKind.ATTENDEE_LIST,
        message("Attendee list"),
        message("Name and organisation for all guests."),
    ),
    (
        ConsentKind.NEXT_INVITATION,
        message("Next invitations"),
        message("To similar events of the same host."),
    ),
)


def consents_of(registration: Registration) -> list[ConsentRow]:
    """The consents that were given and not withdrawn."""
    zone = ZoneInfo(registration.event.zone)
    given = {
        consent.kind: consent.given_at.astimezone(zone).date()
        for consent in registration.consents
        if consent.withdrawn_at is None
    }
    return [
        ConsentRow(label, meaning, given[kind])
        for kind, label, meaning in _CONSENTS
        if kind in given
    ]


def stored_about(person: Registration) -> Sequence[tuple[Message, str]]:
    """What the registration holds about the person; empty columns are left out."""
    rows = (
        (message("Name"), person.full_name),
        (message("Position"), person.position),
        (message("Organisation"), person.organisation_name),
        (message("E-mail"), person.email),
        (message("Phone"), person.phone),
        (message("Town"), f"{person.postcode} {person.city}".strip()),
        (message("District"), person.county),
        (message("Sector"), str(SECTOR_WORDS[person.sector])),
        (message("Number"), person.number),
    )
    return [(label, value) for label, value in rows if value]
