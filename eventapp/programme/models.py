"""Tables of slots, sessions, contributors, what they do where, and of files to be taken over."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.contacts.models import Contact, PersonColumns
from eventapp.events.models import CalendarColumns, Event, Room
from eventapp.events.states import HAS_BEGUN
from eventapp.foundation import clock
from eventapp.foundation.database import Model, VersionedMixin
from eventapp.foundation.tokens import LinkKind, new_public_id
from eventapp.programme.errors import NotNow
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.states import (
    CONTRIBUTOR_ARROWS,
    NAMED_IN_PUBLIC,
    OUTSIDE,
    RELEASED,
    SESSION_ARROWS,
    UNRELEASED,
    ContributorState,
    SessionState,
)


class Slot(VersionedMixin, Model):
    """A time in which several talk rounds run side by side."""

    __table_args__ = (
        UniqueConstraint("event_id", "key"),
        CheckConstraint("ends_at > starts_at", name="order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    key: Mapped[str]
    name_de: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]

    event: Mapped[Event] = relationship()


class Session(VersionedMixin, CalendarColumns, Model):
    """A programme item. A talk round is a session with a slot, a capacity and a moderator.

    Without start and end it is not scheduled yet. `key` is the short name people use ("T1"). This
    is the draft that organisers work on: everybody else sees `ReleasedSession`, and `sequence` and
    `last_modified_at` tell of that one.
    """

    __table_args__ = (
        UniqueConstraint("event_id", "key"),
        Index("ix_session_event_starts", "event_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    key: Mapped[str]
    kind: Mapped[SessionKind]
    state: Mapped[SessionState] = mapped_column(default=SessionState.DRAFT)
    title_de: Mapped[str]
    title_en: Mapped[str] = mapped_column(default="")
    teaser_de: Mapped[str] = mapped_column(default="")
    teaser_en: Mapped[str] = mapped_column(default="")
    questions: Mapped[str] = mapped_column(default="")
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"), index=True)
    slot_id: Mapped[int | None] = mapped_column(
        ForeignKey("slot.id", ondelete="SET NULL"), index=True
    )
    repeats_id: Mapped[int | None] = mapped_column(
        ForeignKey("session.id", ondelete="SET NULL"), index=True
    )
    capacity: Mapped[int | None]
    minimum: Mapped[int | None]
    public: Mapped[bool] = mapped_column(default=True)
    published_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()
    room: Mapped[Room | None] = relationship()
    slot: Mapped[Slot | None] = relationship()
    contributions: Mapped[list["Contribution"]] = relationship(
        back_populates="session",
        cascade="all, delete-orphan",
        order_by="Contribution.position, Contribution.id",
    )

    @property
    def code(self) -> str:
        """What people call a talk round: "T1". Other sessions go by their title."""
        return self.key if self.kind is SessionKind.TALK_ROUND else ""

    @property
    def standing(self) -> SessionState:
        """Its state, or HELD once it is over in an event that took place: the clock tells."""
        over = self.ends_at is not None and self.ends_at <= clock.now()
        held = over and self.released and self.event.standing in HAS_BEGUN
        return SessionState.HELD if held else self.state

    @property
    def internal(self) -> bool:
        """Whether only colleagues ever see it, published or not."""
        return not self.public or self.kind is SessionKind.INTERNAL

    @property
    def released(self) -> bool:
        """Whether it takes place for everybody to see, unless it is an internal one."""
        return self.state in RELEASED

    @property
    def known_outside(self) -> bool:
        """Whether somebody may have it in a calendar; a cancelled one stays there."""
        return self.state in OUTSIDE

    @property
    def may_be_deleted(self) -> bool:
        """Whether nobody outside has seen it; afterwards it can only be cancelled."""
        return self.state in UNRELEASED

    def move_to(self, state: SessionState) -> None:
        """Go one step in its life. Raises NotNow where no arrow leads there."""
        if state not in SESSION_ARROWS[self.state]:
            raise NotNow
        self.state = state


class Contributor(VersionedMixin, PersonColumns, Model):
    """A person who contributes to an event; a snapshot, linked to the contact if there is one."""

    __table_args__ = (UniqueConstraint("event_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    contact_id: Mapped[int | None] = mapped_column(
        ForeignKey("contact.id", ondelete="SET NULL"), index=True
    )
    key: Mapped[str]
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    link_generation: Mapped[int] = mapped_column(default=1)
    available_from: Mapped[datetime | None]
    available_until: Mapped[datetime | None]
    availability_fixed: Mapped[bool] = mapped_column(default=False)
    biography_de: Mapped[str] = mapped_column(default="")
    biography_en: Mapped[str] = mapped_column(default="")

    event: Mapped[Event] = relationship()
    contact: Mapped[Contact | None] = relationship()
    contributions: Mapped[list["Contribution"]] = relationship(
        back_populates="contributor", cascade="all, delete-orphan", order_by="Contribution.id"
    )

    @property
    def mails_about(self) -> str:
        """What stands at the mails about them, "s/…"."""
        return f"{LinkKind.CONTRIBUTOR}/{self.public_id}"


class AcknowledgedConflict(Model):
    """A hint of which somebody has taken note, with the reason why it may stay.

    `fingerprint` names exactly one conflict, see `Conflict.fingerprint`; `rule` says of which kind.
    """

    __table_args__ = (UniqueConstraint("event_id", "fingerprint"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    fingerprint: Mapped[str]
    rule: Mapped[str]
    reason: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=clock.now)

    event: Mapped[Event] = relationship()


class Contribution(Model):
    """What one person does in one session, in which order, and whether they agreed.

    `asked_at` is when they were asked last, with or without a mail, `reply_by_on` until when they
    were to answer, `terms` what they were told of travel and fee, `answered_at` when they last said
    yes or no, `reason` why not. `replaces_id` is whose place this is now. `briefed_at` is when the
    papers for this part went to them.
    """

    __table_args__ = (UniqueConstraint("session_id", "contributor_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"))
    contributor_id: Mapped[int] = mapped_column(
        ForeignKey("contributor.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[Role]
    state: Mapped[ContributorState] = mapped_column(default=ContributorState.PENCILLED)
    position: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime | None]
    reply_by_on: Mapped[date | None]
    terms: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")
    replaces_id: Mapped[int | None] = mapped_column(
        ForeignKey("contribution.id", ondelete="SET NULL"), index=True
    )
    briefed_at: Mapped[datetime | None]

    session: Mapped[Session] = relationship(back_populates="contributions")
    contributor: Mapped[Contributor] = relationship(back_populates="contributions")

    @property
    def named_in_public(self) -> bool:
        """Whether the person has agreed, so that the name may be published."""
        return self.state in NAMED_IN_PUBLIC

    def move_to(self, state: ContributorState) -> None:
        """Go one step on the way to a promise. Raises NotNow where no arrow leads there."""
        if state is self.state:
            return
        if state not in CONTRIBUTOR_ARROWS[self.state]:
            raise NotNow
        self.state = state
        if state is ContributorState.ASKED:
            self.asked_at, self.answered_at, self.reason = clock.now(), None, ""
            self.reply_by_on, self.terms = None, ""
        elif state is not ContributorState.CONFIRMED:
            self.answered_at = clock.now()


class ProgrammeFile(VersionedMixin, Model):
    """A programme file between preview and decision, and for some days what became of it.

    `content` is the file as it was uploaded, emptied once it is taken over; `first_day` is the day
    to which the programme is to be moved; `report` says what would happen, afterwards what did.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    filename: Mapped[str]
    content: Mapped[bytes] = mapped_column(deferred=True)
    first_day: Mapped[date | None]
    report: Mapped[dict[str, Any]] = mapped_column(default=dict, deferred=True)
    staged_at: Mapped[datetime] = mapped_column(default=clock.now)
    imported_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()
