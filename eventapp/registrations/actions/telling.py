"""What guests say voluntarily: consents, diet and support, each taken back as easily as given.

The trail notes consents, but not whether somebody has needs: that is for few to know.
"""

from eventapp.accounts.audit import GUEST, Actor, record_change
from eventapp.consents import actions as consents
from eventapp.consents import queries as consent_queries
from eventapp.consents.requests import NeedsRequest, Told
from eventapp.consents.states import ConsentKind, ConsentSource
from eventapp.foundation.database import lock_columns, transaction
from eventapp.foundation.errors import Stale
from eventapp.registrations.errors import NoSuchStep
from eventapp.registrations.models import Registration
from eventapp.registrations.permissions import may_agree, may_note_needs, may_tell_needs

GIVEN = "consent.given"
WITHDRAWN = "consent.withdrawn"
NEEDS_NOTED = "needs.noted"


def tell_instead(registration: Registration, told: Told) -> None:
    """As long as nobody has confirmed it, what was said last counts."""
    if consent_queries.has_said_anything(registration.id):
        consents.erase([registration.id])
    tell(registration, told)


def tell(registration: Registration, told: Told) -> None:
    """What came with the registration form, in its transaction."""
    for kind in sorted(told.consents):
        _give(registration, kind, source=ConsentSource.FORM, locale=registration.locale)
    if told.needs is not None:
        _keep_needs(registration, told.needs, ConsentSource.FORM, registration.locale)


def agree(registration: Registration, kind: ConsentKind, *, locale: str) -> None:
    """Consent on the personal page; doing it twice changes nothing. Raises NoSuchStep."""
    with transaction():
        lock_columns(registration)
        if kind is ConsentKind.NEEDS or not may_agree(registration):
            raise NoSuchStep
        _give(registration, kind, source=ConsentSource.PERSONAL_PAGE, locale=locale)


def withdraw_consent(registration: Registration, kind: ConsentKind) -> None:
    """Take a consent back, whatever the state of things; what needs said is erased at once."""
    with transaction():
        lock_columns(registration)
        take_back(registration, kind, by=GUEST)


def take_back(registration: Registration, kind: ConsentKind, *, by: Actor) -> None:
    """The same in the transaction of a larger step."""
    if consents.withdraw(registration.id, kind):
        _note(registration, WITHDRAWN, kind, by=by)


def tell_needs(registration: Registration, request: NeedsRequest, *, locale: str) -> None:
    """Say something about diet or support, change it, or take it back. Raises NoSuchStep."""
    with transaction():
        lock_columns(registration)
        if not may_tell_needs(registration):
            raise NoSuchStep
        _keep_needs(registration, request, ConsentSource.PERSONAL_PAGE, locale)


def note_needs(registration: Registration, request: NeedsRequest, *, seen: str, by: Actor) -> None:
    """The same, told by phone: the consent says so, and the history who noted needs, not whose.

    `seen` is the mark of what the page showed. Raises NoSuchStep, and Stale where the guest or a
    colleague said something else meanwhile.
    """
    with transaction():
        lock_columns(registration)
        if not may_note_needs(registration):
            raise NoSuchStep
        if consent_queries.mark_of(consent_queries.needs_now(registration.id)) != seen:
            raise Stale
        _keep_needs(registration, request, ConsentSource.PHONE, registration.locale)
        event = registration.event
        record_change(by, NEEDS_NOTED, event, scope=event.scope)


def drop_needs(registration: Registration) -> None:
    """Whoever does not come any more has no needs; in the transaction of the step."""
    consents.withdraw(registration.id, ConsentKind.NEEDS)


def _keep_needs(
    registration: Registration, request: NeedsRequest, source: ConsentSource, locale: str
) -> None:
    consents.keep_needs(
        registration.id,
        request,
        delete_on=consents.deletion_day(registration.event.starts_on),
        source=source,
        locale=locale,
    )


def _give(
    registration: Registration, kind: ConsentKind, *, source: ConsentSource, locale: str
) -> None:
    if consents.give(registration.id, kind, source=source, locale=locale):
        _note(registration, GIVEN, kind)


def _note(registration: Registration, step: str, kind: ConsentKind, *, by: Actor = GUEST) -> None:
    if kind is ConsentKind.NEEDS:
        return
    record_change(
        by,
        step,
        registration,
        after={"consent": kind},
        scope=registration.event.scope,
        host_id=registration.event.host_id,
    )
