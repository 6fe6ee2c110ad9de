"""What an organiser asks to be changed in an event, one bundle for each section of its settings."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime

from eventapp.events.states import Direction, PartnerRole, Promotion, RegistrationMode
from eventapp.foundation.database import Model
from eventapp.foundation.errors import Stale


@dataclass(frozen=True, kw_only=True)
class BasicsChange:
    """Titles, edition, address and places; `target_capacity` may be less than is promised."""

    title_de: str
    title_en: str
    subtitle_de: str
    subtitle_en: str
    series_id: int | None
    edition: int | None
    slug: str
    target_capacity: int
    waiting_list: bool
    registration_mode: RegistrationMode
    promotion: Promotion
    reserved_places: int
    companions_allowed: int


@dataclass(frozen=True, kw_only=True)
class DatesChange:
    """When the event is, in which zone, and until when people may answer."""

    zone: str
    doors_at: datetime | None
    starts_at: datetime
    ends_at: datetime
    registration_opens_at: datetime | None
    reply_by_on: date | None
    wishes_close_at: datetime | None
    min_room_change_minutes: int


@dataclass(frozen=True, kw_only=True)
class TextsChange:
    """What the public page says about the event."""

    intro_de: str
    intro_en: str
    signed_by: str


@dataclass(frozen=True, kw_only=True)
class NoticesChange:
    """What the law and the funder want to be said."""

    funding_notice_de: str
    funding_notice_en: str
    funding_reference: str
    photo_notice_de: str
    photo_notice_en: str


@dataclass(frozen=True, kw_only=True)
class VenueChange:
    """Where a venue is and how people get there."""

    name: str
    street: str
    postcode: str
    city: str
    transit_de: str
    transit_en: str
    parking_de: str
    parking_en: str
    access_de: str
    access_en: str


@dataclass(frozen=True, kw_only=True)
class RoomChange:
    """What a room offers."""

    name: str
    capacity: int
    step_free: bool
    hearing_loop: bool
    seating: str
    note: str
    floor: str = ""
    direction: Direction = Direction.UNKNOWN


@dataclass(frozen=True, kw_only=True)
class PartnerChange:
    """Who a partner is and what it does for the event."""

    name: str
    role: PartnerRole
    url: str


EventChange = BasicsChange | DatesChange | TextsChange | NoticesChange
Change = EventChange | VenueChange | RoomChange | PartnerChange


def stored(row: Model, kind: type[Change]) -> dict[str, object]:
    """The row's present values of what this kind of change is about."""
    return {field.name: getattr(row, field.name) for field in fields(kind)}


def mark_of(row: Model, kind: type[Change]) -> str:
    """What a form shows, as a mark that it sends back.

    It stands for the section and not for the whole row: an event's row also changes with every
    registration, and two colleagues may well work on two sections at once.
    """
    values = "\x1f".join(f"{name}={value}" for name, value in stored(row, kind).items())
    return hashlib.blake2s(values.encode("utf-8"), digest_size=8).hexdigest()


def apply(row: Model, change: Change, *, seen: str) -> Mapping[str, object]:
    """Write a change into its row; gives the values that it replaced.

    Raises Stale with both versions if the row no longer says what the person saw.
    """
    now = stored(row, type(change))
    wanted = {name: getattr(change, name) for name in now}
    different = {name: (now[name], wanted[name]) for name in now if now[name] != wanted[name]}
    if different and mark_of(row, type(change)) != seen:
        raise Stale(different)
    for name in different:
        setattr(row, name, wanted[name])
    return {name: before for name, (before, _wanted) in different.items()}
