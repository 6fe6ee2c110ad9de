"""Tables of digests: whom to tell of which releases, and who was told."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import Model
from eventapp.notices.errors import NoSuchStep
from eventapp.notices.releases.states import ARROWS, DigestState
from eventapp.programme.release_models import ProgrammeRelease

_WAITS = text("state = 'waiting'")


class ReleaseDigest(Model):
    """One mail to each person concerned by one or several releases; an event has one that waits."""

    __table_args__ = (
        Index(
            "uq_release_digest_waiting",
            "event_id",
            unique=True,
            sqlite_where=_WAITS,
        ),
        Index("ix_release_digest_due", "state", "due_at"),
        Index("ix_release_digest_event_id", "event_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    state: Mapped[DigestState] = mapped_column(default=DigestState.WAITING)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    due_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()
    tellings: Mapped[list["ReleaseTelling"]] = relationship(
        back_populates="digest", order_by="ReleaseTelling.id", passive_deletes=True
    )

    def move_to(self, state: DigestState) -> None:
        """Take an arrow of the life cycle. Raises NoSuchStep where there is none."""
        if state not in ARROWS[self.state]:
            raise NoSuchStep
        self.state = state


class ReleaseTelling(Model):
    """Who learns of one release, as organisers decided; in which digest it stands."""

    id: Mapped[int] = mapped_column(primary_key=True)
    digest_id: Mapped[int] = mapped_column(
        ForeignKey("release_digest.id", ondelete="CASCADE"), index=True
    )
    release_id: Mapped[int] = mapped_column(
        ForeignKey("programme_release.id", ondelete="CASCADE"), unique=True
    )
    contributors: Mapped[bool]
    guests: Mapped[bool]

    digest: Mapped[ReleaseDigest] = relationship(back_populates="tellings")
    release: Mapped[ProgrammeRelease] = relationship()


class DigestRecipient(Model):
    """To whom a digest went; who contributes and is a guest as well stands in one row as both."""

    __table_args__ = (
        UniqueConstraint("digest_id", "contributor_id"),
        UniqueConstraint("digest_id", "registration_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    digest_id: Mapped[int] = mapped_column(ForeignKey("release_digest.id", ondelete="CASCADE"))
    contributor_id: Mapped[int | None] = mapped_column(
        ForeignKey("contributor.id", ondelete="CASCADE"), index=True
    )
    registration_id: Mapped[int | None] = mapped_column(
        ForeignKey("registration.id", ondelete="CASCADE"), index=True
    )
    sent_at: Mapped[datetime] = mapped_column(default=clock.now)
