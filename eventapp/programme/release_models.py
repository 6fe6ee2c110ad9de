"""Tables of what everybody sees: each release of a programme, with all its sessions."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.accounts.models import Account
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import Model
from eventapp.programme.kinds import SessionKind
from eventapp.programme.models import Session
from eventapp.programme.states import Appearance, ReleaseReason


class ProgrammeRelease(Model):
    """A version of an event's programme that everybody could read; the newest is what they see.

    `released_by` is empty where the program made it, or where the account is gone.
    """

    __table_args__ = (UniqueConstraint("event_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    number: Mapped[int]
    released_at: Mapped[datetime] = mapped_column(default=clock.now)
    released_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    reason: Mapped[ReleaseReason] = mapped_column(default=ReleaseReason.DECIDED)
    note_de: Mapped[str] = mapped_column(default="")
    note_en: Mapped[str] = mapped_column(default="")

    event: Mapped[Event] = relationship()
    released_by: Mapped[Account | None] = relationship()


class ReleasedSession(Model):
    """A session as a release shows it. `since` is the release in which it became so.

    Room and slot stand here by name, and by a number that may be gone: what was released does not
    change because a draft does. `people` are those named, in their order (`snapshots`).
    """

    release_id: Mapped[int] = mapped_column(
        ForeignKey("programme_release.id", ondelete="CASCADE"), primary_key=True
    )
    session_id: Mapped[int] = mapped_column(
        ForeignKey("session.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    since: Mapped[int]
    key: Mapped[str]
    kind: Mapped[SessionKind]
    appearance: Mapped[Appearance] = mapped_column(default=Appearance.TAKES_PLACE)
    title_de: Mapped[str]
    title_en: Mapped[str] = mapped_column(default="")
    teaser_de: Mapped[str] = mapped_column(default="")
    teaser_en: Mapped[str] = mapped_column(default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    room_id: Mapped[int | None]
    room_name: Mapped[str] = mapped_column(default="")
    slot_id: Mapped[int | None]
    slot_de: Mapped[str] = mapped_column(default="")
    slot_en: Mapped[str] = mapped_column(default="")
    capacity: Mapped[int | None]
    people: Mapped[list[dict[str, Any]]] = mapped_column(default=list)

    release: Mapped[ProgrammeRelease] = relationship()
    session: Mapped[Session] = relationship()
