"""Tables of notices and of those who got them."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import Model, VersionedMixin
from eventapp.notices.errors import NoSuchStep
from eventapp.notices.states import ARROWS, NoticeKind, NoticeState, state_at
from eventapp.notices.timing import EventDays, closes_at


class Notice(VersionedMixin, Model):
    """A mail to many that is due on a day: reviewed by an organiser, then sent once to each.

    `reviewed_by` and `reviewed_at` stay when a change takes the review back: the page says so.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    kind: Mapped[NoticeKind]
    state: Mapped[NoticeState] = mapped_column(default=NoticeState.DRAFT)
    due_at: Mapped[datetime]
    subject_de: Mapped[str] = mapped_column(default="")
    subject_en: Mapped[str] = mapped_column(default="")
    body_de: Mapped[str] = mapped_column(default="")
    body_en: Mapped[str] = mapped_column(default="")
    reviewed_by: Mapped[str] = mapped_column(default="")
    reviewed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()

    @property
    def closes_at(self) -> datetime:
        """From when on it would be pointless."""
        return closes_at(self.kind, days_of(self.event))

    @property
    def is_over(self) -> bool:
        """Whether it would be pointless by now."""
        return clock.now() >= self.closes_at

    @property
    def is_due(self) -> bool:
        """Whether its moment has come, so that it goes out as soon as it is reviewed."""
        return clock.now() >= self.due_at

    @property
    def standing(self) -> NoticeState:
        """Where it stands now: its state, or missed because its time is over."""
        return state_at(self.state, self.closes_at, clock.now())

    def move_to(self, state: NoticeState) -> None:
        """Take an arrow of the life cycle. Raises NoSuchStep where there is none."""
        if state not in ARROWS[self.state]:
            raise NoSuchStep
        self.state = state


class NoticeRecipient(Model):
    """To whom a notice went; the pair is unique, so that nobody gets it twice."""

    __table_args__ = (
        UniqueConstraint("notice_id", "invitation_id"),
        UniqueConstraint("notice_id", "registration_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id", ondelete="CASCADE"))
    invitation_id: Mapped[int | None] = mapped_column(
        ForeignKey("invitation.id", ondelete="CASCADE"), index=True
    )
    registration_id: Mapped[int | None] = mapped_column(
        ForeignKey("registration.id", ondelete="CASCADE"), index=True
    )
    sent_at: Mapped[datetime] = mapped_column(default=clock.now)


def days_of(event: Event) -> EventDays:
    """The dates of the event that its notices hang on."""
    return EventDays(starts_at=event.starts_at, zone=event.zone, reply_by_on=event.reply_by_on)
