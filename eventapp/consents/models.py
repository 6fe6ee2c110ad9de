"""Tables of consents and voluntary needs."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.consents.states import ConsentKind
from eventapp.foundation import clock
from eventapp.foundation.database import Model


class Consent(Model):
    """A consent that was given: to which words, when, where, and when it was withdrawn."""

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(
        ForeignKey("registration.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[ConsentKind]
    text_version: Mapped[str]
    given_at: Mapped[datetime] = mapped_column(default=clock.now)
    source: Mapped[str] = mapped_column(default="")
    withdrawn_at: Mapped[datetime | None]


class Needs(Model):
    """Diet and access needs: voluntary, seen by few, deleted on their own date."""

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(
        ForeignKey("registration.id", ondelete="CASCADE"), unique=True
    )
    diet: Mapped[str] = mapped_column(default="")
    access: Mapped[str] = mapped_column(default="")
    delete_on: Mapped[date] = mapped_column(index=True)
