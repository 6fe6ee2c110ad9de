"""Who answered what to one question, as a list to take along."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from eventapp.accounts.states import ORGANISERS
from eventapp.events.models import Event
from eventapp.foundation.i18n import localised
from eventapp.foundation.listing import Belongs, Choice, Field, Listing
from eventapp.foundation.message import message
from eventapp.foundation.pages import stream
from eventapp.foundation.tabular import Cell
from eventapp.questions.queries import question_of
from eventapp.questions.states import NO, YES
from eventapp.questions.words import answer_words, value_label
from eventapp.registrations import asked_queries
from eventapp.registrations.models import Registration
from eventapp.registrations.words import STATE_WORDS

DIGITS = 9


@dataclass(frozen=True, slots=True)
class AnswerFilter:
    """Which question, and which answer to it; no answer means all."""

    question: int = 0
    value: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """Somebody who answered, and what."""

    guest: Registration
    words: str


def answer_filter(asked: Mapping[str, str]) -> AnswerFilter:
    """What an address asks for; an answer is a choice, or yes or no, never what somebody typed."""
    number, value = asked.get("question", ""), asked.get("value", "")
    return AnswerFilter(
        int(number) if _is_number(number) else 0,
        value if value in (YES, NO) or _is_number(value) else "",
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= DIGITS


def _told(event: Event, wanted: AnswerFilter) -> Sequence[object]:
    question = question_of(event, wanted.question)
    if question is None:
        return []
    label = value_label(question, wanted.value)
    return [localised(question, "label"), *([label] if label else [])]


def _count(event: Event, wanted: AnswerFilter) -> int:
    question = question_of(event, wanted.question)
    return len(asked_queries.answers_to(question, wanted.value)) if question else 0


def _rows(event: Event, wanted: AnswerFilter, _choice: Choice) -> Iterator[Answered]:
    """Those who answered, by name; nobody without a question. Five statements."""
    question = question_of(event, wanted.question)
    if question is None:
        return
    given = asked_queries.answers_to(question, wanted.value)
    words = {number: answer_words(question, answer) for number, answer in given.items()}
    for (guest,) in stream(asked_queries.by_name(event, words.keys())):
        yield Answered(guest, words[guest.id])


def _of_guest(name: str) -> Callable[[Answered], Cell]:
    return lambda one: getattr(one.guest, name)


ANSWERS = Listing(
    key="answers",
    title=message("Answers to a question"),
    belongs=Belongs.EVENT,
    roles=ORGANISERS,
    page="registrations_questions.answers",
    rail="questions",
    fields=(
        Field("number", message("Registration no."), _of_guest("number"), 10),
        Field("title", message("Title"), _of_guest("title"), 12),
        Field("first_name", message("First name"), _of_guest("first_name")),
        Field("last_name", message("Last name"), _of_guest("last_name"), 22),
        Field("organisation", message("Organisation"), _of_guest("organisation_name"), 34),
        Field("email", message("E-mail"), _of_guest("email"), 36),
        Field("phone", message("Phone"), _of_guest("phone"), 20),
        Field("state", message("Status"), _of_guest("state"), 16, STATE_WORDS),
        Field("answer", message("Answer"), lambda one: one.words, 40),
    ),
    asked=answer_filter,
    told=_told,
    count=_count,
    rows=_rows,
)
