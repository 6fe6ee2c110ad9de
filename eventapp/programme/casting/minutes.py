"""The minute plan of a moderator: steps that fill the session to the minute. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from eventapp.programme.kinds import SessionKind

TIME_CARDS = (10, 5, 1)


class StepKind(StrEnum):
    """What happens in a part of a session."""

    WELCOME = "welcome"
    INTRODUCTIONS = "introductions"
    INPUT = "input"
    QUESTION = "question"
    TALK = "talk"
    AUDIENCE = "audience"
    RESULTS = "results"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a session: after how many minutes it begins and how long it is; `about` is who
    speaks or the question."""

    kind: StepKind
    begins: int
    minutes: int
    about: str = ""


@dataclass(frozen=True, slots=True)
class _Wish:
    """A part, and how long it should be in relation to the others."""

    kind: StepKind
    weight: int
    about: str = ""


def minute_plan(
    kind: SessionKind, minutes: int, speakers: Sequence[str], questions: Sequence[str]
) -> list[Step]:
    """Steps of whole minutes, one after the other, that are exactly `minutes` long together.

    Of a session too short for all that belongs into one, what matters most is left; of one without
    a length nothing.
    """
    if minutes <= 0:
        return []
    wishes = _wishes(kind, speakers, questions)
    while len(wishes) > minutes:
        wishes.remove(min(wishes, key=lambda wish: wish.weight))
    return _placed(wishes, _shares([wish.weight for wish in wishes], minutes))


def time_cards(minutes: int) -> list[int]:
    """The cards that are held up when so many minutes are left, as far as the session is longer."""
    return [card for card in TIME_CARDS if card < minutes]


def _wishes(kind: SessionKind, speakers: Sequence[str], questions: Sequence[str]) -> list[_Wish]:
    wishes = [_Wish(StepKind.WELCOME, 3)]
    if kind is SessionKind.PANEL:
        wishes += [_Wish(StepKind.INTRODUCTIONS, 2, name) for name in speakers]
    else:
        wishes += [_Wish(StepKind.INPUT, 7, name) for name in speakers]
    if kind in (SessionKind.PANEL, SessionKind.TALK_ROUND):
        wishes += [_Wish(StepKind.QUESTION, 10, one) for one in questions] or [
            _Wish(StepKind.TALK, 24)
        ]
        wishes.append(_Wish(StepKind.AUDIENCE, 8))
    if kind is SessionKind.TALK_ROUND:
        wishes.append(_Wish(StepKind.RESULTS, 6))
    return [*wishes, _Wish(StepKind.CLOSING, 2)]


def _shares(weights: Sequence[int], minutes: int) -> list[int]:
    """At least a minute for each, the rest by weight, what is left over to the heaviest."""
    rest, total = minutes - len(weights), sum(weights)
    shares = [1 + rest * weight // total for weight in weights]
    order = sorted(range(len(weights)), key=lambda place: -weights[place])
    for place in order[: minutes - sum(shares)]:
        shares[place] += 1
    return shares


def _placed(wishes: Sequence[_Wish], shares: Sequence[int]) -> list[Step]:
    steps, begins = [], 0
    for wish, minutes in zip(wishes, shares, strict=True):
        steps.append(Step(wish.kind, begins, minutes, wish.about))
        begins += minutes
    return steps
