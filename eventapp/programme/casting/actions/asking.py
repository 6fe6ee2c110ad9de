"""Asking people by mail: what they read, and what is kept of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from eventapp.accounts.audit import Actor
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import lock, transaction
from eventapp.foundation.outbox import is_one_address
from eventapp.programme.actions.revision import note
from eventapp.programme.casting.errors import NobodyToAsk
from eventapp.programme.casting.mails import RequestWords, queue_request
from eventapp.programme.models import Contribution, Session
from eventapp.programme.states import ContributorState, SessionState

ASKABLE = frozenset({ContributorState.PENCILLED, ContributorState.ASKED, ContributorState.DECLINED})
"""Whom a mail may ask: again, who has not answered or has declined before."""


@dataclass(frozen=True)
class Asking:
    """Who is to be asked, as the organiser saw them: `seen` tells if a colleague was faster."""

    parts: Sequence[Contribution]

    @property
    def reachable(self) -> list[Contribution]:
        """Those with an address."""
        return [part for part in self.parts if is_one_address(part.contributor.email)]

    @property
    def out_of_reach(self) -> list[Contribution]:
        """Those who have to be asked in another way."""
        return [part for part in self.parts if not is_one_address(part.contributor.email)]

    @property
    def seen(self) -> str:
        """What has been asked of whom so far, to be compared when the mails are sent."""
        return ",".join(
            f"{part.id}-{part.state}-{part.asked_at.timestamp() if part.asked_at else 0:.0f}"
            for part in self.parts
        )


def still_to_ask(session: Session) -> Asking:
    """Everybody in a session who is pencilled in."""
    parts = session.contributions if session.state is not SessionState.CANCELLED else []
    return Asking([part for part in parts if part.state is ContributorState.PENCILLED])


def asking_again(part: Contribution) -> Asking:
    """One person: for the first time, again after a refusal, or as a reminder."""
    living = part.session.state is not SessionState.CANCELLED
    return Asking([part] if living and part.state in ASKABLE else [])


def ask_by_mail(event: Event, asking: Asking, words: RequestWords, *, seen: str, by: Actor) -> int:
    """Write to everybody who can be reached, and note until when they are to answer.

    Gives how many. Raises NobodyToAsk if a colleague asked them in the meantime.
    """
    with transaction():
        lock(event)
        for part in asking.parts:
            lock(part)
        if asking.seen != seen or not asking.reachable:
            raise NobodyToAsk
        for part in asking.reachable:
            _ask(event, part, words, by=by)
        return len(asking.reachable)


def _ask(event: Event, part: Contribution, words: RequestWords, *, by: Actor) -> None:
    before, again = part.state, part.state is ContributorState.ASKED
    known: date | None = part.reply_by_on
    queue_request(event, part, words)
    part.move_to(ContributorState.ASKED)
    if again:
        part.asked_at = clock.now()
    part.reply_by_on = words.reply_by_on
    part.terms = words.terms(part.contributor.locale)
    different: dict[str, tuple[object, object]] = {"reply_by_on": (known, words.reply_by_on)}
    if not again:
        different["state"] = (before, part.state)
    note(by, "contribution.asked", part, event, different=different)
