"""Tables of the plan's lines, and of what belongs to the plan as a whole."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.events.models import Event
from eventapp.foundation.database import Model, VersionedMixin
from eventapp.foundation.tokens import LinkKind, new_public_id, sign
from eventapp.programme.models import Session


class ShowPlan(VersionedMixin, Model):
    """The plan of one event: the link of its crew, which opens something once it is shared."""

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), unique=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    link_generation: Mapped[int] = mapped_column(default=1)
    shared_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()

    @property
    def token(self) -> str:
        """What stands in the crew's link."""
        return sign(LinkKind.CREW, self.public_id, self.link_generation)


class ShowLine(VersionedMixin, Model):
    """One line of the plan.

    With a session, everything that is empty here is as the draft of the programme says: time (then
    `offset_minutes` after its begin), length, what, where, who. Without one it has a time of its
    own. `late_minutes` is by how much it is late by now, see `delays`.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    session_id: Mapped[int | None] = mapped_column(
        ForeignKey("session.id", ondelete="SET NULL"), index=True
    )
    starts_at: Mapped[datetime | None]
    offset_minutes: Mapped[int] = mapped_column(default=0)
    minutes: Mapped[int | None]
    late_minutes: Mapped[int] = mapped_column(default=0)
    fixed: Mapped[bool] = mapped_column(default=False)
    what: Mapped[str] = mapped_column(default="")
    where: Mapped[str] = mapped_column("place", default="")
    who: Mapped[str] = mapped_column(default="")
    sound: Mapped[str] = mapped_column(default="")
    light: Mapped[str] = mapped_column(default="")
    video: Mapped[str] = mapped_column(default="")
    stage: Mapped[str] = mapped_column(default="")
    remark: Mapped[str] = mapped_column(default="")

    event: Mapped[Event] = relationship()
    session: Mapped[Session | None] = relationship()
