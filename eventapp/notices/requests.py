"""What people ask for, as forms hand it to actions. Pure."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeWords:
    """What the mails of a notice say."""

    subject_de: str
    body_de: str
    subject_en: str = ""
    body_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeChange(NoticeWords):
    """The words, and when they are due."""

    due_at: datetime
