"""The words with which a new wave begins; organisers make them their own. Pure.

Day, time and place are not among them: the frame of the mail says them.
"""

from datetime import date

from eventapp.invitations.requests import WaveWords

_GERMAN = """{salutation},

wir laden Sie herzlich zu dieser Veranstaltung ein:

{event}

%sÜber Ihren persönlichen Link sagen Sie zu, ab oder benennen eine Vertretung:

{link}

Der Link gilt nur für Sie; bitte leiten Sie ihn nicht weiter.

Mit freundlichen Grüßen
%s"""

_ENGLISH = """{salutation},

you are cordially invited to this event:

{event}

%sWith your personal link you accept, decline or name a substitute:

{link}

The link is only for you; please do not forward it.

Kind regards
%s"""

_GERMAN_DEADLINE = "Bitte antworten Sie bis {reply_by}. "
_ENGLISH_DEADLINE = "Please answer by {reply_by}. "


def first_words(*, signed_by: str, deadline: date | None) -> WaveWords:
    """An invitation in both languages, signed by these people, asking for an answer if need be."""
    german = _GERMAN_DEADLINE if deadline else ""
    english = _ENGLISH_DEADLINE if deadline else ""
    return WaveWords(
        subject_de="Einladung: {event}",
        body_de=_GERMAN % (german, signed_by),
        subject_en="Invitation: {event}",
        body_en=_ENGLISH % (english, signed_by),
    )
