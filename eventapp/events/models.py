"""Tables of series, events, venues, rooms and partners."""

import uuid
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.accounts.models import HostOrganisation
from eventapp.events.states import (
    ARROWS,
    Direction,
    EventState,
    PartnerRole,
    Promotion,
    RegistrationMode,
    state_at,
)
from eventapp.foundation import clock
from eventapp.foundation.database import Model, VersionedMixin


def new_uid() -> str:
    """A calendar UID that stays for ever (RFC 5545 3.8.4.7); tied to no slug, title or host."""
    return f"{uuid.uuid4()}@eventapp"


class CalendarColumns:
    """What a calendar entry needs to stay right (RFC 5545 3.8.7; requirements: calendar 8-13).

    `sequence` grows when start, end, room or status change; `last_modified_at` with any change.
    """

    uid: Mapped[str] = mapped_column(unique=True, default=new_uid)
    sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_modified_at: Mapped[datetime] = mapped_column(default=clock.now)

    def note_change(self) -> None:
        """Words of the entry have changed: calendars should fetch them, nobody need be asked."""
        self.last_modified_at = clock.now()

    def note_move(self) -> None:
        """Start, end, room or status has changed: a newer version of the entry."""
        self.sequence = (self.sequence or 0) + 1
        self.note_change()


class Series(VersionedMixin, Model):
    """A series of events (Veranstaltungsreihe) of one host organisation."""

    __table_args__ = (UniqueConstraint("host_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    host_id: Mapped[int] = mapped_column(ForeignKey("host_organisation.id", ondelete="CASCADE"))
    slug: Mapped[str]
    name_de: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    description_de: Mapped[str] = mapped_column(default="")
    description_en: Mapped[str] = mapped_column(default="")

    host: Mapped[HostOrganisation] = relationship()


class Venue(VersionedMixin, Model):
    """A place with an address and rooms."""

    id: Mapped[int] = mapped_column(primary_key=True)
    host_id: Mapped[int] = mapped_column(
        ForeignKey("host_organisation.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str]
    street: Mapped[str] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(default="")
    city: Mapped[str] = mapped_column(default="")
    transit_de: Mapped[str] = mapped_column(default="")
    transit_en: Mapped[str] = mapped_column(default="")
    parking_de: Mapped[str] = mapped_column(default="")
    parking_en: Mapped[str] = mapped_column(default="")
    access_de: Mapped[str] = mapped_column(default="")
    access_en: Mapped[str] = mapped_column(default="")

    rooms: Mapped[list["Room"]] = relationship(
        back_populates="venue", cascade="all, delete-orphan", order_by="Room.position, Room.id"
    )


class Room(VersionedMixin, Model):
    """A room of a venue; capacity in seats."""

    __table_args__ = (UniqueConstraint("venue_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id", ondelete="CASCADE"))
    name: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    capacity: Mapped[int]
    step_free: Mapped[bool] = mapped_column(default=True)
    hearing_loop: Mapped[bool] = mapped_column(default=False)
    seating: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    floor: Mapped[str] = mapped_column(default="")
    direction: Mapped[Direction] = mapped_column(default=Direction.UNKNOWN)

    venue: Mapped[Venue] = relationship(back_populates="rooms")


class Event(VersionedMixin, CalendarColumns, Model):
    """One day of talks: when, where, for how many, and until when people may answer.

    `places_taken` counts places that are promised; only `registrations` changes it, always while it
    holds the lock, and the database refuses more than the capacity. `revision` grows with every
    change that the public page or a calendar shows.
    """

    __table_args__ = (
        CheckConstraint("places_taken >= 0 AND places_taken <= capacity", name="places"),
        CheckConstraint("ends_at > starts_at", name="order"),
        Index("ix_event_host_starts", "host_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    host_id: Mapped[int] = mapped_column(ForeignKey("host_organisation.id", ondelete="CASCADE"))
    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id"), index=True)
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venue.id"), index=True)
    slug: Mapped[str] = mapped_column(unique=True)
    edition: Mapped[int | None]
    state: Mapped[EventState] = mapped_column(default=EventState.DRAFT)
    title_de: Mapped[str]
    title_en: Mapped[str] = mapped_column(default="")
    subtitle_de: Mapped[str] = mapped_column(default="")
    subtitle_en: Mapped[str] = mapped_column(default="")
    intro_de: Mapped[str] = mapped_column(default="")
    intro_en: Mapped[str] = mapped_column(default="")
    signed_by: Mapped[str] = mapped_column(default="")
    zone: Mapped[str] = mapped_column(default="Europe/Berlin")
    doors_at: Mapped[datetime | None]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    capacity: Mapped[int]
    shrinks_to: Mapped[int | None]
    places_taken: Mapped[int] = mapped_column(default=0)
    waiting_list: Mapped[bool] = mapped_column(default=True)
    registration_mode: Mapped[RegistrationMode] = mapped_column(default=RegistrationMode.OPEN)
    promotion: Mapped[Promotion] = mapped_column(default=Promotion.AUTOMATIC)
    reserved_places: Mapped[int] = mapped_column(default=0)
    companions_allowed: Mapped[int] = mapped_column(default=0)
    registration_opens_at: Mapped[datetime | None]
    reply_by_on: Mapped[date | None]
    wishes_close_at: Mapped[datetime | None]
    min_room_change_minutes: Mapped[int] = mapped_column(default=10)
    funding_notice_de: Mapped[str] = mapped_column(default="")
    funding_notice_en: Mapped[str] = mapped_column(default="")
    funding_reference: Mapped[str] = mapped_column(default="")
    photo_notice_de: Mapped[str] = mapped_column(default="")
    photo_notice_en: Mapped[str] = mapped_column(default="")
    last_registration_number: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int] = mapped_column(default=1)
    programme_published_at: Mapped[datetime | None]

    host: Mapped[HostOrganisation] = relationship()
    series: Mapped[Series | None] = relationship()
    venue: Mapped[Venue | None] = relationship()
    partners: Mapped[list["Partner"]] = relationship(
        back_populates="event",
        cascade="all, delete-orphan",
        order_by="Partner.position, Partner.id",
    )

    @property
    def starts_on(self) -> date:
        """The day on which the event begins, on the venue's wall calendar."""
        return self.starts_at.astimezone(ZoneInfo(self.zone)).date()

    @property
    def target_capacity(self) -> int:
        """How many places the organisers want: nobody is thrown out to get there."""
        return self.capacity if self.shrinks_to is None else self.shrinks_to

    @target_capacity.setter
    def target_capacity(self, wanted: int) -> None:
        """Have so many places, or as many as are promised, fewer with every guest who cancels."""
        self.capacity = max(wanted, self.places_taken)
        self.shrinks_to = wanted if wanted < self.places_taken else None

    @property
    def places_free(self) -> int:
        """Seats nobody has been promised."""
        return self.capacity - self.places_taken

    @property
    def standing(self) -> EventState:
        """Where the event stands now: its state, but for the clock that lets it run and end."""
        return state_at(self.state, (self.starts_at, self.ends_at), clock.now())

    def may_become(self, state: EventState) -> bool:
        """Whether the event's life allows this step now."""
        return state in ARROWS[self.standing]

    @property
    def scope(self) -> str:
        """How mails and audit entries of this event are marked."""
        return f"event:{self.id}"


class Partner(VersionedMixin, Model):
    """An organisation that is named on the event's page: host, organiser, cooperation, funder."""

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    role: Mapped[PartnerRole]
    url: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)

    event: Mapped[Event] = relationship(back_populates="partners")
