"""What contributors ask for, as forms hand it to actions."""

from dataclasses import dataclass
from datetime import datetime
from typing import IO


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Why somebody cannot come, and whom they propose instead."""

    reason: str = ""
    colleague_name: str = ""
    colleague_email: str = ""
    colleague_organisation: str = ""


@dataclass(frozen=True, kw_only=True)
class Availability:
    """From when until when somebody is there; fixed: nothing can be planned outside."""

    available_from: datetime | None
    available_until: datetime | None
    availability_fixed: bool


@dataclass(frozen=True, kw_only=True)
class Travel:
    """How somebody comes, whether they stay the night and park."""

    arrival: str
    hotel: bool
    hotel_note: str
    parking: bool


@dataclass(frozen=True, kw_only=True)
class PortraitRequest:
    """A picture with who took it; without a picture only the words change."""

    picture: IO[bytes] | None
    filename: str
    photographer: str
    alt: str


@dataclass(frozen=True, kw_only=True)
class SlidesRequest:
    """A presentation, and whether it may be published after the event."""

    file: IO[bytes]
    filename: str
    publish: bool
