"""What a guest's own page says of consents, and of diet and support."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from eventapp.consents.actions import deletion_day
from eventapp.consents.queries import needs_of
from eventapp.consents.states import TICKED, ConsentKind
from eventapp.consents.wordings import current_words, words_of
from eventapp.consents.words import CONSENT_PURPOSES, CONSENT_WORDS
from eventapp.foundation.i18n import current_locale
from eventapp.foundation.message import Message
from eventapp.registrations.models import Registration
from eventapp.registrations.permissions import may_tell_needs


@dataclass(frozen=True)
class ConsentRow:
    """One kind of consent: what it means, its words, and since which day it is given, if it is.

    The words are those that the guest agreed to, else those of today.
    """

    kind: str
    label: Message
    meaning: Message
    words: str
    given_on: date | None


class GivenConsent(NamedTuple):
    """A consent in force: to which words, and since which day on the event's calendar."""

    kind: ConsentKind
    text_version: str
    given_on: date


def given_consents(registration: Registration) -> tuple[GivenConsent, ...]:
    """The consents that are in force, the latest of each kind."""
    given = {one.kind: one for one in registration.consents if one.withdrawn_at is None}
    zone = ZoneInfo(registration.event.zone)
    return tuple(
        GivenConsent(kind, given[kind].text_version, given[kind].given_at.astimezone(zone).date())
        for kind in TICKED
        if kind in given
    )


def consent_rows(given: Sequence[GivenConsent], *, may_agree: bool) -> list[ConsentRow]:
    """Each consent that is in force, and those that may still be given."""
    by_kind = {one.kind: one for one in given}
    return [_row(kind, by_kind.get(kind)) for kind in TICKED if kind in by_kind or may_agree]


def _row(kind: ConsentKind, given: GivenConsent | None) -> ConsentRow:
    locale = current_locale()
    words = words_of(kind, given.text_version, otherwise=locale) if given else ""
    return ConsentRow(
        kind=kind.value,
        label=CONSENT_WORDS[kind],
        meaning=CONSENT_PURPOSES[kind],
        words=words or current_words(kind, locale),
        given_on=given.given_on if given else None,
    )


@dataclass(frozen=True)
class NeedsRow:
    """Whether the guest said something about diet or support, and when that is deleted."""

    stored: bool
    deleted_on: date
    may_tell: bool


def needs_row(registration: Registration) -> NeedsRow | None:
    """None where nothing is stored and nothing can be said any more. One statement."""
    needs, may_tell = needs_of(registration.id), may_tell_needs(registration)
    if needs is None and not may_tell:
        return None
    until = needs.delete_on if needs else deletion_day(registration.event.starts_on)
    return NeedsRow(stored=needs is not None, deleted_on=until, may_tell=may_tell)
