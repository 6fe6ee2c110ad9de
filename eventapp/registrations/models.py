"""Tables of registrations, and of what staff knows of people who look like one."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.consents.models import Consent
from eventapp.contacts.models import Contact, PersonColumns, PlaceColumns
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import Model, VersionedMixin
from eventapp.foundation.derived import refresh_before_write
from eventapp.foundation.message import message
from eventapp.foundation.text import normalised_email, search_key
from eventapp.foundation.tokens import LinkKind, new_public_id, sign
from eventapp.invitations.models import Invitation
from eventapp.registrations.deadlines import offer_end
from eventapp.registrations.errors import NoSuchStep
from eventapp.registrations.person_keys import name_key_of
from eventapp.registrations.states import (
    ARROWS,
    HOLDS_PLACE,
    LIVE,
    RegistrationKind,
    RegistrationState,
)

_LIVE_ROWS = text("state IN ({})".format(", ".join(f"'{state.value}'" for state in sorted(LIVE))))
LIVE_PERSON = text(f"{_LIVE_ROWS.text} AND email_key <> ''")
"""Who stands in the index of live people; a search says it in the same words, or reads them all."""


def companion_name(main_name: str) -> str:
    """How a companion is called who was counted first and will be named later."""
    return str(message("Companion of %(name)s", name=main_name))


class Registration(VersionedMixin, PersonColumns, PlaceColumns, Model):
    """One person's place at one event, or place in the queue; the person is a copied snapshot.

    `waiting_since` orders the waiting list. `link_sent_at` says when a later link to confirm was
    sent, which moves nobody in line. `name_key` and `email_key` name a person: two may share an
    address, nobody registers twice. People whom one form registered share a `group_key`.
    """

    __table_args__ = (
        UniqueConstraint("event_id", "number"),
        Index(
            "uq_registration_live_person",
            "event_id",
            "email_key",
            "name_key",
            unique=True,
            sqlite_where=LIVE_PERSON,
        ),
        Index(
            "uq_registration_live_invitation",
            "invitation_id",
            unique=True,
            sqlite_where=text(f"{_LIVE_ROWS.text} AND main_id IS NULL"),
        ),
        Index("ix_registration_event_state", "event_id", "state", "waiting_since"),
        Index("ix_registration_event_sort", "event_id", "sort_name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    number: Mapped[str]
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    link_generation: Mapped[int] = mapped_column(default=1)
    kind: Mapped[RegistrationKind] = mapped_column(default=RegistrationKind.GUEST)
    state: Mapped[RegistrationState]
    invitation_id: Mapped[int | None] = mapped_column(
        ForeignKey("invitation.id", ondelete="SET NULL"), index=True
    )
    contact_id: Mapped[int | None] = mapped_column(
        ForeignKey("contact.id", ondelete="SET NULL"), index=True
    )
    main_id: Mapped[int | None] = mapped_column(
        ForeignKey("registration.id", ondelete="CASCADE"), index=True
    )
    replaces_id: Mapped[int | None] = mapped_column(
        ForeignKey("registration.id", ondelete="SET NULL"), index=True
    )
    registered_at: Mapped[datetime] = mapped_column(default=clock.now)
    link_sent_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    waiting_since: Mapped[datetime | None]
    offer_expires_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    group_key: Mapped[str] = mapped_column(default="", index=True)
    priority: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(default="")
    email_key: Mapped[str] = mapped_column(default="")
    name_key: Mapped[str] = mapped_column(default="")
    search_text: Mapped[str] = mapped_column(default="")
    sort_name: Mapped[str] = mapped_column(default="")

    event: Mapped[Event] = relationship()
    invitation: Mapped[Invitation | None] = relationship()
    contact: Mapped[Contact | None] = relationship()
    main: Mapped["Registration | None"] = relationship(
        remote_side=[id], foreign_keys=[main_id], back_populates="companions"
    )
    companions: Mapped[list["Registration"]] = relationship(
        foreign_keys=[main_id],
        back_populates="main",
        order_by="Registration.number",
        cascade="save-update, merge, delete",
        passive_deletes=True,
    )
    consents: Mapped[list[Consent]] = relationship(
        cascade="all, delete-orphan", order_by="Consent.id"
    )

    @property
    def company(self) -> list["Registration"]:
        """The companions who still come, wait or are looked at together with this guest."""
        return [one for one in self.companions if one.is_live]

    @property
    def is_named(self) -> bool:
        """Whether a name is known; a companion may be counted first and named later."""
        return bool(self.first_name or self.last_name)

    @property
    def name(self) -> str:
        """First and last name; a companion without one goes by whom they come with."""
        if self.kind is not RegistrationKind.COMPANION or self.is_named or self.main is None:
            return super().name
        return companion_name(self.main.name)

    @property
    def known_phone(self) -> str:
        """Under which number staff reaches the person: their own word, else the address book's."""
        return self.phone or (self.contact.phone if self.contact is not None else "")

    @property
    def token(self) -> str:
        """The secret of the personal link, as it stands in the address of the personal page."""
        return sign(LinkKind.REGISTRATION, self.public_id, self.link_generation)

    @property
    def is_live(self) -> bool:
        """Whether the person still comes, waits or is being looked at."""
        return self.state in LIVE

    @property
    def is_proposal(self) -> bool:
        """Whether a guest would like to send this person, and the organisers have not agreed yet.

        Nobody comes into review in another way as a substitute.
        """
        in_review = self.state is RegistrationState.IN_REVIEW
        return in_review and self.kind is RegistrationKind.SUBSTITUTE

    @property
    def is_erased(self) -> bool:
        """Whether the person had everything deleted that says who they were."""
        return not (self.first_name or self.last_name or self.organisation_name or self.email)

    @property
    def holds_place(self) -> bool:
        """Whether a place is promised to this person."""
        return self.state in HOLDS_PLACE

    @property
    def offered_until(self) -> datetime | None:
        """Until when the place is held that is offered; None where none is."""
        return offer_end(self.offer_expires_at, self.event.starts_at)

    def move_to(self, state: RegistrationState) -> None:
        """Take an arrow of the life cycle and note when. Raises NoSuchStep where there is none."""
        if state not in ARROWS[self.state]:
            raise NoSuchStep
        self.state = state
        self.note_moment()

    def note_moment(self) -> None:
        """Keep the moments that belong to the current state, and clear those that do not."""
        now, state = clock.now(), self.state
        offered = state is RegistrationState.OFFERED
        waits = offered or state is RegistrationState.WAITING
        self.waiting_since = (self.waiting_since or now) if waits else None
        self.offer_expires_at = self.offer_expires_at if offered else None
        self.confirmed_at = now if state is RegistrationState.CONFIRMED else self.confirmed_at
        self.cancelled_at = None if state in LIVE else now


class RegistrationMerge(Model):
    """Staff found that a registration, now cancelled, was the person of another one: the kept."""

    registration_id: Mapped[int] = mapped_column(
        ForeignKey("registration.id", ondelete="CASCADE"), primary_key=True
    )
    kept_id: Mapped[int] = mapped_column(
        ForeignKey("registration.id", ondelete="CASCADE"), index=True
    )
    merged_at: Mapped[datetime] = mapped_column(default=clock.now)


class TwoPeople(Model):
    """Staff knows: a registration is not the person of another one, or of an invitation."""

    __tablename__ = "two_people"
    __table_args__ = (
        UniqueConstraint("registration_id", "other_id"),
        UniqueConstraint("registration_id", "invitation_id"),
        CheckConstraint("(other_id IS NULL) <> (invitation_id IS NULL)", name="one_other"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"))
    other_id: Mapped[int | None] = mapped_column(
        ForeignKey("registration.id", ondelete="CASCADE"), index=True
    )
    invitation_id: Mapped[int | None] = mapped_column(
        ForeignKey("invitation.id", ondelete="CASCADE"), index=True
    )
    decided_at: Mapped[datetime] = mapped_column(default=clock.now)

    @property
    def key(self) -> tuple[int, int | None, int | None]:
        """Who it is about: registration, other registration, invitation."""
        return self.registration_id, self.other_id, self.invitation_id


def index_registration(registration: Registration) -> None:
    """Derive what searching, sorting and finding a person twice need."""
    registration.email_key = normalised_email(registration.email or "")
    registration.sort_name = registration.name_key = name_key_of(registration)
    main = registration.main if registration.kind is RegistrationKind.COMPANION else None
    if main is not None and not registration.is_named:
        registration.sort_name = name_key_of(main)  # stands beside whom they come with
    registration.search_text = search_key(
        *((main.first_name, main.last_name) if main is not None else ()),
        registration.first_name,
        registration.last_name,
        registration.organisation_name,
        registration.city,
        registration.email_key,
        registration.number,
    )


refresh_before_write(Registration, index_registration)
