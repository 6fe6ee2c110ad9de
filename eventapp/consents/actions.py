"""Giving and taking back consents, and needs with them; in the caller's transaction.

The slice above knows whose registration it is, locks it first, and writes the trail. What somebody
said about diet and support never goes there.
"""

from collections.abc import Collection
from datetime import date, timedelta

from eventapp.consents import queries
from eventapp.consents.diets import kept_word
from eventapp.consents.models import Consent, Needs
from eventapp.consents.requests import NeedsRequest
from eventapp.consents.states import ConsentKind, ConsentSource
from eventapp.consents.wordings import current_version
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction

NEEDS_KEPT = timedelta(days=14)
SWEPT_AT_ONCE = 500
ZONE = "Europe/Berlin"


def deletion_day(event_day: date) -> date:
    """On which day needs are deleted that somebody stated for an event."""
    return event_day + NEEDS_KEPT


def give(registration_id: int, kind: ConsentKind, *, source: ConsentSource, locale: str) -> bool:
    """Note a consent to the current words; False where one is in force already."""
    if queries.consents_in_force(registration_id, kind):
        return False
    version = current_version(kind, locale)
    db.session.add(
        Consent(
            registration_id=registration_id, kind=kind, text_version=version, source=source.value
        )
    )
    return True


def withdraw(registration_id: int, kind: ConsentKind) -> bool:
    """Take a consent back, and with it what it allowed; False where none was in force."""
    if kind is ConsentKind.NEEDS:
        queries.delete_needs([registration_id])
    given = queries.consents_in_force(registration_id, kind)
    for consent in given:
        consent.withdrawn_at = clock.now()
    return bool(given)


def keep_needs(
    registration_id: int,
    request: NeedsRequest,
    *,
    delete_on: date,
    source: ConsentSource,
    locale: str,
) -> None:
    """Keep what the person said until its day; nothing said takes everything back."""
    if not (request.diet or request.access):
        withdraw(registration_id, ConsentKind.NEEDS)
        return
    give(registration_id, ConsentKind.NEEDS, source=source, locale=locale)
    needs = queries.needs_of(registration_id)
    if needs is None:
        needs = Needs(registration_id=registration_id)
        db.session.add(needs)
    needs.diet, needs.access = kept_word(request.diet), request.access
    needs.delete_on = delete_on


def erase(registration_ids: Collection[int]) -> None:
    """Erase consents and needs of people whose data is deleted."""
    queries.delete_needs(registration_ids)
    queries.delete_consents(registration_ids)


def forget_needs() -> int:
    """Delete the needs whose day has come; says of how many people. The worker calls it."""
    today = clock.today(ZONE)
    if not queries.needs_due(today, most=1):
        return 0
    with transaction():
        due = queries.needs_due(today, most=SWEPT_AT_ONCE)
        queries.delete_needs([needs.registration_id for needs in due])
        return len(due)
