"""Tables of questions, their choices and the answers."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import Model, VersionedMixin
from eventapp.questions.given import Given
from eventapp.questions.states import NO, WITH_CHOICES, YES, QuestionKind, QuestionStep


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
        order_by="QuestionChoice.position, QuestionChoice.id",
    )

    @property
    def is_asked(self) -> bool:
        """Whether the form still asks it."""
        return self.retired_at is None

    @property
    def has_choices(self) -> bool:
        """Whether it is answered by choosing."""
        return self.kind in WITH_CHOICES

    @property
    def offered(self) -> list["QuestionChoice"]:
        """The choices that the form still offers, in their order."""
        return [one for one in self.choices if one.retired_at is None]

    @property
    def deciding_values(self) -> list[str]:
        """The answers on which other questions can depend: offered choices, or yes and no."""
        if self.kind is QuestionKind.YES_NO:
            return [YES, NO]
        return [one.value for one in self.offered] if self.has_choices else []

    @property
    def field_name(self) -> str:
        """What its field in a form is called."""
        return f"q{self.id}"

    @property
    def lacks_english(self) -> bool:
        """Whether English readers would meet German words."""
        texts = [(self.label_de, self.label_en), (self.purpose_de, self.purpose_en)]
        texts += [(one.label_de, one.label_en) for one in self.offered]
        return any(german and not english for german, english in texts)


class QuestionChoice(Model):
    """One of a question's choices, with as many places as it has, if they are limited.

    `places_taken` counts who chose it and has a place at the event, limited or not; only
    `actions/places.py` moves it.
    """

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

    @property
    def value(self) -> str:
        """How it stands in answers, conditions and forms."""
        return str(self.id)

    @property
    def places_left(self) -> int | None:
        """How many people can still choose it; None where nobody counts."""
        return None if self.places is None else max(0, self.places - self.places_taken)

    @property
    def is_full(self) -> bool:
        """Whether nobody else can choose it."""
        return self.places_left == 0


class QuestionAnswer(Model):
    """What one person answered: words, a number or "yes" in `text`, or ids of choices.

    A row without any of them says that the question was left blank. `missed` are choices that were
    full when the person got a place; they are told, and the row says so until they choose anew.
    """

    __table_args__ = (UniqueConstraint("registration_id", "question_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"))
    question_id: Mapped[int] = mapped_column(
        ForeignKey("question.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str] = mapped_column(default="")
    choices: Mapped[list[str]] = mapped_column(default=list)
    missed: Mapped[list[str]] = mapped_column(default=list)
    answered_at: Mapped[datetime] = mapped_column(default=clock.now)

    question: Mapped[Question] = relationship()

    @property
    def given(self) -> Given:
        """The answer as plain data."""
        return Given(self.text, tuple(self.choices))
