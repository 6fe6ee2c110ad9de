"""Tables of what contributors hand in, one row a person at most but for slides and colleagues."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.foundation import clock
from eventapp.foundation.database import Model, VersionedMixin
from eventapp.foundation.tokens import new_public_id
from eventapp.foundation.uploads import StoredFile
from eventapp.programme.models import Contribution, Contributor
from eventapp.speakers.states import Size


class SpeakerSheet(VersionedMixin, Model):
    """What somebody needs and how they travel, and what they have seen of their sessions.

    `seen` is told by session: its time, room, title and people as they stood on the page.
    """

    contributor_id: Mapped[int] = mapped_column(
        ForeignKey("contributor.id", ondelete="CASCADE"), primary_key=True
    )
    technical: Mapped[str] = mapped_column(default="")
    technical_at: Mapped[datetime | None]
    arrival: Mapped[str] = mapped_column(default="")
    hotel: Mapped[bool] = mapped_column(default=False)
    hotel_note: Mapped[str] = mapped_column(default="")
    parking: Mapped[bool] = mapped_column(default=False)
    travel_at: Mapped[datetime | None]
    seen: Mapped[dict[str, Any]] = mapped_column(default=dict)
    seen_at: Mapped[datetime | None]

    contributor: Mapped[Contributor] = relationship()


class Portrait(VersionedMixin, Model):
    """A picture of a contributor that may be published, and who says so."""

    id: Mapped[int] = mapped_column(primary_key=True)
    contributor_id: Mapped[int] = mapped_column(
        ForeignKey("contributor.id", ondelete="CASCADE"), unique=True
    )
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    small_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    large_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    small_width: Mapped[int]
    small_height: Mapped[int]
    large_width: Mapped[int]
    large_height: Mapped[int]
    photographer: Mapped[str]
    alt: Mapped[str] = mapped_column(default="")
    rights_at: Mapped[datetime]

    contributor: Mapped[Contributor] = relationship()
    small: Mapped[StoredFile] = relationship(foreign_keys=[small_id])
    large: Mapped[StoredFile] = relationship(foreign_keys=[large_id])

    def file(self, size: Size) -> StoredFile:
        """The picture in one of its sizes."""
        return self.small if size is Size.SMALL else self.large


class Slides(VersionedMixin, Model):
    """A presentation that somebody brings; published after the event only where they said so."""

    id: Mapped[int] = mapped_column(primary_key=True)
    contributor_id: Mapped[int] = mapped_column(
        ForeignKey("contributor.id", ondelete="CASCADE"), index=True
    )
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    publish: Mapped[bool] = mapped_column(default=False)

    contributor: Mapped[Contributor] = relationship()
    file: Mapped[StoredFile] = relationship()


class SpeakerNeeds(Model):
    """Diet and support of a contributor who is no guest, with the consent that they need.

    Who is a guest as well told it with the registration.
    """

    contributor_id: Mapped[int] = mapped_column(
        ForeignKey("contributor.id", ondelete="CASCADE"), primary_key=True
    )
    diet: Mapped[str] = mapped_column(default="")
    access: Mapped[str] = mapped_column(default="")
    text_version: Mapped[str]
    given_at: Mapped[datetime] = mapped_column(default=clock.now)
    delete_on: Mapped[date] = mapped_column(index=True)


class Colleague(Model):
    """Whom somebody proposes to take a part that they cannot take."""

    contribution_id: Mapped[int] = mapped_column(
        ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str]
    email: Mapped[str] = mapped_column(default="")
    organisation: Mapped[str] = mapped_column(default="")
    proposed_at: Mapped[datetime] = mapped_column(default=clock.now)

    contribution: Mapped[Contribution] = relationship()
