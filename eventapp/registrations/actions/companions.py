"""Bringing somebody along: each companion is a registration that follows its main guest.

They have no address and no link of their own; whom they come with manages them.
"""

from collections.abc import Iterable

from eventapp.accounts.audit import GUEST, Actor
from eventapp.foundation.database import db, lock_columns, transaction
from eventapp.foundation.tokens import new_public_id
from eventapp.registrations import mails, queries
from eventapp.registrations.actions.forgetting import forget_companion
from eventapp.registrations.actions.notes import (
    BROUGHT,
    COMPANION_ADDED,
    COMPANION_NAMED,
    COMPANION_REMOVED,
    note_party,
    note_step,
)
from eventapp.registrations.actions.offers import offer_freed_places
from eventapp.registrations.actions.places import (
    give_back_places,
    next_number,
    places_promised,
    take_places,
)
from eventapp.registrations.actions.telling import drop_needs
from eventapp.registrations.errors import (
    EventHasBegun,
    NoRoomForCompanion,
    NoSuchStep,
    NotEnoughPlaces,
    PartyHasChanged,
    ReasonNeeded,
)
from eventapp.registrations.models import Registration
from eventapp.registrations.party import (
    MOST_COMPANIONS,
    allowance_of,
    check_allowed,
    has_room_for_one_more,
    may_change_party,
)
from eventapp.registrations.permissions import takes_answers
from eventapp.registrations.requests import CompanionName
from eventapp.registrations.states import RegistrationKind, RegistrationState


def bring(main: Registration, names: Iterable[CompanionName], *, by: Actor) -> list[Registration]:
    """Companions in the state of their main guest; their places are the caller's business."""
    return [_join(main, name, by=by) for name in names]


def _join(main: Registration, name: CompanionName, *, by: Actor) -> Registration:
    public_id = new_public_id()
    unconfirmed = main.state is RegistrationState.UNCONFIRMED
    companion = Registration(
        event=main.event,
        main=main,
        kind=RegistrationKind.COMPANION,
        public_id=public_id,
        number=f"U-{public_id}" if unconfirmed else next_number(main.event),
        state=main.state,
        title="",
        first_name=name.first_name,
        last_name=name.last_name,
        name_suffix="",
        organisation_name="",
        locale=main.locale,
        waiting_since=main.waiting_since,
        offer_expires_at=main.offer_expires_at,
        priority=main.priority,
    )
    companion.note_moment()
    db.session.add(companion)
    note_step(companion, None, by=by, step=BROUGHT)
    return companion


def add_companion(
    main: Registration, name: CompanionName, *, seen: frozenset[int], by: Actor = GUEST
) -> Registration:
    """One more person comes along; who has a place needs a free one for them, else all wait on.

    `seen` are the companions that the page showed: the same form sent twice adds nobody twice.
    Raises NoSuchStep, TooManyCompanions, NoRoomForCompanion, PartyHasChanged.
    """
    with transaction():
        again = _look_again(main, name, seen)
        if again is not None:
            return again
        check_allowed(len(main.company) + 1, allowance_of(main.event, main.invitation))
        fits = has_room_for_one_more(main)
        if not fits or (main.holds_place and not take_places(main.event, 1)):
            raise NoRoomForCompanion
        return _added(main, name, by=by)


def add_companion_by_hand(
    main: Registration, name: CompanionName, *, seen: frozenset[int], by: Actor, reason: str = ""
) -> Registration:
    """The same by staff: beyond the allowance, and with a reason past those who wait.

    Never beyond the places there are. Raises ReasonNeeded, NotEnoughPlaces, and as above.
    """
    with transaction():
        again = _look_again(main, name, seen)
        if again is not None:
            return again
        check_allowed(len(main.company) + 1, MOST_COMPANIONS)
        fits = has_room_for_one_more(main)
        if main.holds_place and main.event.places_free < 1:
            raise NotEnoughPlaces(needed=1, free=main.event.places_free)
        if not fits and not reason.strip():
            raise ReasonNeeded
        if main.holds_place and not take_places(main.event, 1):
            raise NotEnoughPlaces(needed=1, free=main.event.places_free)
        companion = _added(main, name, by=by, reason=reason)
        mails.queue_party_change(main)
    return companion


def _added(main: Registration, name: CompanionName, *, by: Actor, reason: str = "") -> Registration:
    [companion] = bring(main, [name], by=by)
    note_party(companion, COMPANION_ADDED, by=by, reason=reason)
    return companion


def _look_again(
    main: Registration, name: CompanionName, seen: frozenset[int]
) -> Registration | None:
    """Queue behind rivals, and see who comes along now; gives back who was added by this form."""
    lock_columns(main.event)
    queries.registrations_by_ids([main.id])
    if not may_change_party(main):
        raise NoSuchStep
    unseen = [one for one in main.company if one.id not in seen]
    if not unseen:
        return None
    again = next((one for one in unseen if _name_of(one) == name), None)
    if again is None:
        raise PartyHasChanged
    return again


def _name_of(companion: Registration) -> CompanionName:
    return CompanionName(companion.first_name, companion.last_name)


def name_companion(
    companion: Registration, name: CompanionName, *, seen: CompanionName, by: Actor = GUEST
) -> None:
    """Give a companion a name, or another one. `seen` is what the page said.

    Raises PartyHasChanged if somebody else was faster, and NoSuchStep for who does not come.
    """
    with transaction():
        _lock_with_main(companion)
        if not companion.is_live or not takes_answers(companion.event):
            raise NoSuchStep
        if _name_of(companion) == name:
            return
        if _name_of(companion) != seen:
            raise PartyHasChanged
        drop_needs(companion)  # another name may be another person, who has consented to nothing
        companion.first_name, companion.last_name = name.first_name, name.last_name
        note_party(companion, COMPANION_NAMED, by=by)


def remove_companion(companion: Registration, *, by: Actor = GUEST, reason: str = "") -> None:
    """Somebody does not come along after all; a place goes to whoever waits longest.

    The name is forgotten: nobody needs it any more. Doing it twice changes nothing. Raises
    EventHasBegun.
    """
    with transaction():
        main = _lock_with_main(companion)
        if not companion.is_live:
            return
        if not takes_answers(companion.event):
            raise EventHasBegun
        _leave(companion, by=by, reason=reason)
        note_party(companion, COMPANION_REMOVED, by=by, reason=reason)
        forget_companion(companion)
        if by is not GUEST:
            mails.queue_party_change(main)
        offer_freed_places(companion.event)


def leave_company_behind(main: Registration, *, by: Actor) -> None:
    """Companions go when somebody else comes in the guest's place; what is free is not offered yet.

    Needs the event's lock.
    """
    for companion in main.company:
        _leave(companion, by=by)


def _leave(companion: Registration, *, by: Actor, reason: str = "") -> None:
    give_back_places(companion.event, places_promised([companion]))
    before = companion.state
    companion.move_to(RegistrationState.CANCELLED)
    drop_needs(companion)
    note_step(companion, before, by=by, reason=reason)


def _lock_with_main(companion: Registration) -> Registration:
    lock_columns(companion.event)
    found = queries.registrations_by_ids([companion.main_id or 0])
    if not found or found[0].main_id is not None:
        raise NoSuchStep
    return found[0]
