"""Whom a notice reaches, and why it does not reach others. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from eventapp.invitations.states import InvitationState
from eventapp.registrations.states import LIVE, RegistrationState

SAMPLES = 3
BETWEEN_QUESTIONS = timedelta(days=3)
"""Nobody is asked for the answer again sooner: people need a few days, a weekend among them, and a
reminder of what arrived yesterday reads as if it had not been sent by people."""


class Reason(StrEnum):
    """Why somebody does not get a notice, in the order in which the reasons are looked for."""

    HAS_IT = "has_it"
    ANSWERED = "answered"
    CANCELLED = "cancelled"
    NO_PLACE = "no_place"
    WITHDRAWN = "withdrawn"
    NOT_INVITED_YET = "not_invited_yet"
    BLOCKED = "blocked"
    UNDELIVERABLE = "undeliverable"
    NO_ADDRESS = "no_address"
    TOO_LATE = "too_late"
    ASKED_LATELY = "asked_lately"


_REASON_OF_INVITATION = {
    InvitationState.PLANNED: Reason.NOT_INVITED_YET,
    InvitationState.ACCEPTED: Reason.ANSWERED,
    InvitationState.DECLINED: Reason.ANSWERED,
    InvitationState.SUBSTITUTED: Reason.ANSWERED,
    InvitationState.UNDELIVERABLE: Reason.UNDELIVERABLE,
    InvitationState.WITHDRAWN: Reason.WITHDRAWN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """What is known of the address: whether one mail can go there, arrives, and is welcome."""

    is_one: bool = True
    objects: bool = False
    undeliverable: bool = False

    @property
    def reason(self) -> Reason | None:
        """Why nothing can go there that the person has not asked for."""
        return Reason.BLOCKED if self.objects else self.reason_against_needed

    @property
    def reason_against_needed(self) -> Reason | None:
        """Why not even what a registration needs can go there; an objection is none."""
        if self.undeliverable:
            return Reason.UNDELIVERABLE
        return None if self.is_one else Reason.NO_ADDRESS


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """When the person was last asked for the answer by mail, seen from `now`, in the event's zone.

    The notice that is being judged does not count.
    """

    last_at: datetime | None
    now: datetime
    today: date

    @property
    def is_lately(self) -> bool:
        """Whether it is too early to ask again."""
        return self.last_at is not None and self.now - self.last_at < BETWEEN_QUESTIONS


def reason_against_reminding(
    state: InvitationState, mailbox: Mailbox, *, is_registered: bool, asked: Asked, deadline: date
) -> Reason | None:
    """Why an invited person is not reminded; `deadline` is the one of their own invitation.

    Who registered without using the link has answered.
    """
    reason = _REASON_OF_INVITATION.get(state) or (Reason.ANSWERED if is_registered else None)
    reason = reason or mailbox.reason or (Reason.TOO_LATE if deadline < asked.today else None)
    return reason or (Reason.ASKED_LATELY if asked.is_lately else None)


def reason_against_informing(state: RegistrationState, mailbox: Mailbox) -> Reason | None:
    """Why a registered person does not get the practical information.

    It is part of what was registered for, no advertising: an objection to invitations does not stop
    it. See decision 0043.
    """
    if state is not RegistrationState.CONFIRMED:
        return Reason.NO_PLACE if state in LIVE else Reason.CANCELLED
    return mailbox.reason_against_needed


@dataclass(frozen=True, slots=True)
class Addressee:
    """One person whom a notice may reach: `id` is the invitation's, or the registration's."""

    id: int
    name: str
    organisation: str
    locale: str
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class Reach:
    """Who gets a notice if it goes out now, and who does not."""

    chosen: tuple[Addressee, ...]
    left_out: tuple[Addressee, ...]

    @property
    def counts(self) -> dict[Reason, int]:
        """How many are left out for each reason, in the order of the reasons."""
        counted = Counter(one.reason for one in self.left_out)
        return {reason: counted[reason] for reason in Reason if counted[reason]}

    def left_out_for(self, reason: Reason) -> tuple[Addressee, ...]:
        """The people left out for one reason."""
        return tuple(one for one in self.left_out if one.reason is reason)


def reach_of(people: Sequence[Addressee]) -> Reach:
    """The people apart, each part in the order given."""
    return Reach(
        tuple(one for one in people if one.reason is None),
        tuple(one for one in people if one.reason is not None),
    )


def samples_of(chosen: Sequence[Addressee]) -> list[Addressee]:
    """Three people to show real mails of; whoever reads another language is among them."""
    if not chosen:
        return []
    foreign = [one for one in chosen if one.locale != chosen[0].locale][:1]
    alike = [one for one in chosen if one not in foreign][: SAMPLES - len(foreign)]
    return [*alike, *foreign]
