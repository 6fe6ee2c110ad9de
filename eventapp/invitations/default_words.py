"""The words with which a new wave begins; organisers make them their own. Pure."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Words:
    """Subject and text of an invitation in one language."""

    subject: str
    body: str


_GERMAN = """{salutation},

wir laden Sie herzlich ein: %s

%sÜber Ihren persönlichen Link sagen Sie mit einem Klick zu, ab oder benennen eine Vertretung:

{link}

Der Link gilt nur für Sie; bitte leiten Sie ihn nicht weiter.

Mit freundlichen Grüßen
%s"""

_ENGLISH = """{salutation},

you are cordially invited: %s

%sWith your personal link you accept, decline or name a substitute in one click:

{link}

The link is only for you; please do not forward it.

Kind regards
%s"""

_GERMAN_DEADLINE = "Bitte antworten Sie bis {reply_by}. "
_ENGLISH_DEADLINE = "Please answer by {reply_by}. "
_FACTS = "{event}, {date}, {time}, {place}."


def german_words(*, signed_by: str, deadline: date | None) -> Words:
    """A German invitation, signed by these people; asks for an answer by the deadline, if any."""
    sentence = _GERMAN_DEADLINE if deadline else ""
    return Words("Einladung: {event}", _GERMAN % (_FACTS, sentence, signed_by))


def english_words(*, signed_by: str, deadline: date | None) -> Words:
    """An English invitation, signed by these people; asks for an answer by the deadline, if any."""
    sentence = _ENGLISH_DEADLINE if deadline else ""
    return Words("Invitation: {event}", _ENGLISH % (_FACTS, sentence, signed_by))
