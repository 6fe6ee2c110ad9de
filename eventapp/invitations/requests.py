"""What people ask for, as forms hand it to actions. Pure."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveWords:
    """What the mails of a wave say, and until when to answer."""

    subject_de: str
    body_de: str
    subject_en: str = ""
    body_en: str = ""
    reply_by_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveDraft(WaveWords):
    """A wave with the lists it goes to."""

    name: str
    list_ids: frozenset[int]
    uses_reserved: bool = False
    companions_allowed: int = 0


@dataclass(frozen=True, slots=True)
class SubstituteRequest:
    """Whom a guest names to come instead."""

    first_name: str
    last_name: str
    email: str
