"""Tables of waves, invitations and substitutes."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.contacts.models import Contact, DistributionList, PersonColumns
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import Base, Model, VersionedMixin
from eventapp.foundation.derived import refresh_before_write
from eventapp.foundation.text import normalised_email, search_key, sort_key
from eventapp.foundation.tokens import LinkKind, new_public_id, sign
from eventapp.invitations.errors import NoSuchStep
from eventapp.invitations.states import (
    INVITATION_ARROWS,
    WAVE_ARROWS,
    Channel,
    InvitationState,
    WaveState,
)

wave_list = Table(
    "wave_list",
    Base.metadata,
    Column("wave_id", ForeignKey("wave.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "list_id",
        ForeignKey("distribution_list.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
)


STANDING = 0
"""The number of the wave that people invited one by one belong to; made when first needed."""


class Wave(VersionedMixin, Model):
    """One round of invitations: to which lists, with which words, until when to answer."""

    __table_args__ = (UniqueConstraint("event_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    number: Mapped[int]
    name: Mapped[str]
    state: Mapped[WaveState] = mapped_column(default=WaveState.DRAFT)
    subject_de: Mapped[str] = mapped_column(default="")
    subject_en: Mapped[str] = mapped_column(default="")
    body_de: Mapped[str] = mapped_column(default="")
    body_en: Mapped[str] = mapped_column(default="")
    reply_by_on: Mapped[date | None]
    companions_allowed: Mapped[int] = mapped_column(default=0)
    uses_reserved: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    sent_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()
    lists: Mapped[list[DistributionList]] = relationship(
        secondary=wave_list, order_by=DistributionList.name
    )

    @property
    def is_standing(self) -> bool:
        """Whether it takes in people one by one, goes to no lists, and is never sent as a whole."""
        return self.number == STANDING

    @property
    def batch(self) -> str:
        """What stands at the mails of the wave."""
        return f"wave:{self.id}"

    @property
    def answer_by(self) -> date | None:
        """The last day to answer: its own, else that of the event."""
        return self.reply_by_on or self.event.reply_by_on

    def move_to(self, state: WaveState) -> None:
        """Take an arrow of the wave's life cycle. Raises NoSuchStep where there is none."""
        if state not in WAVE_ARROWS[self.state]:
            raise NoSuchStep
        self.state = state


class Substitute(PersonColumns, Model):
    """A person whom a guest named to come instead; known only through that guest, no contact."""

    id: Mapped[int] = mapped_column(primary_key=True)
    named_at: Mapped[datetime] = mapped_column(default=clock.now)
    email_key: Mapped[str] = mapped_column(default="", index=True)
    search_text: Mapped[str] = mapped_column(default="")
    sort_name: Mapped[str] = mapped_column(default="")


class Invitation(VersionedMixin, Model):
    """One person's invitation with its own secret link; to a contact, or to a substitute.

    From `no_mail_at` on the person wants no more mails to many about this event.
    """

    __table_args__ = (
        UniqueConstraint("event_id", "contact_id"),
        CheckConstraint("(contact_id IS NULL) <> (substitute_id IS NULL)", name="one_person"),
        Index("ix_invitation_event_state", "event_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    wave_id: Mapped[int | None] = mapped_column(
        ForeignKey("wave.id", ondelete="SET NULL"), index=True
    )
    contact_id: Mapped[int | None] = mapped_column(
        ForeignKey("contact.id", ondelete="CASCADE"), index=True
    )
    substitute_id: Mapped[int | None] = mapped_column(
        ForeignKey("substitute.id", ondelete="CASCADE"), unique=True
    )
    substitute_for_id: Mapped[int | None] = mapped_column(
        ForeignKey("invitation.id", ondelete="CASCADE"), index=True
    )
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    link_generation: Mapped[int] = mapped_column(default=1)
    channel: Mapped[Channel] = mapped_column(default=Channel.EMAIL)
    state: Mapped[InvitationState] = mapped_column(default=InvitationState.PLANNED)
    reply_by_on: Mapped[date | None]
    companions_allowed: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    sent_at: Mapped[datetime | None]
    replied_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    no_mail_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")

    event: Mapped[Event] = relationship()
    wave: Mapped[Wave | None] = relationship()
    contact: Mapped[Contact | None] = relationship()
    substitute: Mapped[Substitute | None] = relationship()
    substitute_for: Mapped["Invitation | None"] = relationship(remote_side=[id])

    @property
    def person(self) -> Contact | Substitute:
        """Whom the invitation is for."""
        person = self.contact or self.substitute
        if person is None:
            raise LookupError("an invitation without a person")
        return person

    @property
    def is_nameless(self) -> bool:
        """Whether a substitute had everything deleted that says who they are."""
        who = self.substitute
        return who is not None and not (who.first_name or who.last_name or who.email)

    @property
    def token(self) -> str:
        """The secret of the personal link, as it stands in the address of the answer page."""
        return sign(LinkKind.INVITATION, self.public_id, self.link_generation)

    @property
    def answer_by(self) -> date | None:
        """The last day to answer: its own, else that of the event."""
        return self.reply_by_on or self.event.reply_by_on

    def move_to(self, state: InvitationState) -> None:
        """Take an arrow of the invitation's life cycle. Raises NoSuchStep where there is none."""
        if state not in INVITATION_ARROWS[self.state]:
            raise NoSuchStep
        self.state = state


def index_substitute(substitute: Substitute) -> None:
    """Derive what searching, sorting and comparing need, as for contacts."""
    substitute.email_key = normalised_email(substitute.email or "")
    substitute.search_text = search_key(
        substitute.first_name,
        substitute.last_name,
        substitute.organisation_name,
        substitute.email_key,
    )
    substitute.sort_name = sort_key(substitute.last_name or "", substitute.first_name or "")


refresh_before_write(Substitute, index_substitute)
