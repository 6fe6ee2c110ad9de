"""Tables of questions, their choices and the answers."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import Model, VersionedMixin
from eventapp.questions.states import QuestionKind, QuestionStep


class Question(VersionedMixin, Model):
    """A question that the organiser adds to the form; retired instead of deleted once answered.

    With `condition_id` it is asked only of those who gave that question the answer
    `condition_value`: a choice's id, or "yes" or "no".
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[QuestionKind]
    step: Mapped[QuestionStep] = mapped_column(default=QuestionStep.REGISTRATION)
    label_de: Mapped[str]
    label_en: Mapped[str] = mapped_column(default="")
    purpose_de: Mapped[str] = mapped_column(default="")
    purpose_en: Mapped[str] = mapped_column(default="")
    required: Mapped[bool] = mapped_column(default=False)
    condition_id: Mapped[int | None] = mapped_column(
        ForeignKey("question.id", ondelete="SET NULL"), index=True
    )
    condition_value: Mapped[str] = mapped_column(default="")
    retired_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()
    choices: Mapped[list["QuestionChoice"]] = relationship(
        back_populates="question",
        cascade="all, delete-orphan",
        order_by="QuestionChoice.position",
    )


class QuestionChoice(Model):
    """One of a question's choices, with as many places as it has, if they are limited."""

    __table_args__ = (
        CheckConstraint(
            "places IS NULL OR (places_taken >= 0 AND places_taken <= places)", name="places"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(
        ForeignKey("question.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int] = mapped_column(default=0)
    label_de: Mapped[str]
    label_en: Mapped[str] = mapped_column(default="")
    places: Mapped[int | None]
    places_taken: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None]

    question: Mapped[Question] = relationship(back_populates="choices")


class QuestionAnswer(Model):
    """What one person answered: words, a number or "yes" in `text`, or ids of choices."""

    __table_args__ = (UniqueConstraint("registration_id", "question_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"))
    question_id: Mapped[int] = mapped_column(
        ForeignKey("question.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str] = mapped_column(default="")
    choices: Mapped[list[str]] = mapped_column(default=list)
    answered_at: Mapped[datetime] = mapped_column(default=clock.now)
    question: Mapped[Question] = relationship()
