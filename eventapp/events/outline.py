"""What decides whether one can come to an event, and how: no more of it than that."""

from datetime import date, datetime
from typing import Protocol

from eventapp.events.states import EventState, RegistrationMode


class EventOutline(Protocol):
    """An event, or a few columns of it for pages that need no more."""

    @property
    def state(self) -> EventState:
        """What people have decided."""

    @property
    def standing(self) -> EventState:
        """Where it stands by the clock."""

    @property
    def zone(self) -> str:
        """Where the clock hangs that counts."""

    @property
    def registration_mode(self) -> RegistrationMode:
        """Who may register."""

    @property
    def registration_opens_at(self) -> datetime | None:
        """From when on, if a moment is fixed."""

    @property
    def reply_by_on(self) -> date | None:
        """The last day on which answers are in time."""

    @property
    def waiting_list(self) -> bool:
        """Whether people can wait for a place."""
