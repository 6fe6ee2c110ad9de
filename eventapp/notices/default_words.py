"""The words with which notices begin; organisers make them their own. Pure.

Day, time and place are not among them: the frame of the mail says them. A line whose placeholder
stays empty is left out, so that nobody reads "Parking:" with nothing behind it.
"""

from eventapp.notices.requests import NoticeWords
from eventapp.notices.states import NoticeKind

_REMINDER_DE = """{salutation},

wir haben Sie zu dieser Veranstaltung eingeladen und noch nichts von Ihnen gehört:

{event}

Kommen Sie? Eine kurze Antwort genügt, auch wenn Sie nicht teilnehmen können oder jemanden \
schicken möchten:

{link}

Bitte antworten Sie bis {reply_by}.

Der Link gilt nur für Sie; bitte leiten Sie ihn nicht weiter.

Mit freundlichen Grüßen
%s"""

_REMINDER_EN = """{salutation},

we invited you to this event and have not heard from you yet:

{event}

Will you come? A short answer is enough, also if you cannot take part or would like to send \
somebody:

{link}

Please answer by {reply_by}.

The link is only for you; please do not forward it.

Kind regards
%s"""

_PRACTICAL_DE = """{salutation},

bald ist es so weit, und wir freuen uns auf Sie. Hier steht, was Sie für den Tag brauchen.

Bus und Bahn: {transit}

Parken: {parking}

Zugang: {access}

{programme}

{companions}

Auf Ihrer persönlichen Seite finden Sie Ihren QR-Code für den Einlass und den Termin für Ihren \
Kalender:

{link}

Sind Sie verhindert? Dann sagen Sie bitte dort ab, damit Ihr Platz frei wird.

{photo_notice}

Mit freundlichen Grüßen
%s"""

_PRACTICAL_EN = """{salutation},

the day is near, and we look forward to meeting you. This is what you need to know.

Public transport: {transit}

Parking: {parking}

Getting in: {access}

{programme}

{companions}

Your personal page has your QR code for admission and the entry for your calendar:

{link}

If you cannot come, please cancel there, so that your place is free.

{photo_notice}

Kind regards
%s"""

_WORDS = {
    NoticeKind.REMINDER: (
        "Bitte antworten Sie: {event}",
        _REMINDER_DE,
        "Please answer: {event}",
        _REMINDER_EN,
    ),
    NoticeKind.PRACTICAL: (
        "Hinweise für Ihren Besuch: {event}",
        _PRACTICAL_DE,
        "For your visit: {event}",
        _PRACTICAL_EN,
    ),
}


def first_words(kind: NoticeKind, *, signed_by: str) -> NoticeWords:
    """The words in both languages, signed by these people."""
    subject_de, body_de, subject_en, body_en = _WORDS[kind]
    return NoticeWords(
        subject_de=subject_de,
        body_de=body_de % signed_by,
        subject_en=subject_en,
        body_en=body_en % signed_by,
    )
