"""What the consents are called, and what each is for, in the reader's language."""

from collections.abc import Iterable

from eventapp.consents.models import Consent
from eventapp.consents.states import TICKED, ConsentKind, ConsentSource, Sees
from eventapp.foundation.message import Message, message

CONSENT_WORDS = {
    ConsentKind.PHOTO: message("Photos"),
    ConsentKind.ATTENDEE_LIST: message("Attendee list"),
    ConsentKind.NEXT_INVITATION: message("Next invitations"),
    ConsentKind.NEEDS: message("Diet and support"),
}
CONSENT_PURPOSES = {
    ConsentKind.PHOTO: message("Pictures on which you can be recognised."),
    ConsentKind.ATTENDEE_LIST: message("Name and organisation for all guests."),
    ConsentKind.NEXT_INVITATION: message("To similar events of the same host."),
    ConsentKind.NEEDS: message("So that you can eat with us and take part well."),
}
SOURCE_WORDS = {
    ConsentSource.FORM: message("on the registration form"),
    ConsentSource.PERSONAL_PAGE: message("on the personal page"),
    ConsentSource.PHONE: message("by phone, noted by staff"),
}
ACTION_WORDS = {
    "consent.given": message("Consent given"),
    "consent.withdrawn": message("Consent withdrawn"),
}
"""What the steps of the trail are called, by the names under which actions note them."""


def consent_label(kind: ConsentKind) -> Message:
    """What a consent is called."""
    return CONSENT_WORDS[kind]


def consents_told(consents: Iterable[Consent], *, to: Sees) -> str:
    """What somebody consents to now, in one line.

    That they told needs is for few to know: for all others "none" is said only of what they see.
    """
    given = {one.kind for one in consents if one.withdrawn_at is None}
    shown = [*TICKED, *([ConsentKind.NEEDS] if to is Sees.NEEDS else [])]
    labels = [str(CONSENT_WORDS[kind]) for kind in shown if kind in given]
    if labels:
        return ", ".join(labels)
    if to is Sees.NEEDS:
        return str(message("none"))
    return str(message("none for photos, attendee list or next invitations"))


def tells_needs(consents: Iterable[Consent]) -> bool:
    """Whether somebody told diet or support, and stands by it."""
    return any(one.kind is ConsentKind.NEEDS and one.withdrawn_at is None for one in consents)


def source_label(source: str) -> Message | str:
    """Where somebody consented, in words."""
    known = {one.value: words for one, words in SOURCE_WORDS.items()}
    return known.get(source, source)
