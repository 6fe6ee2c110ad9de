"""What the consents are called, and what each is for, in the reader's language."""

from collections.abc import Iterable

from eventapp.consents.models import Consent
from eventapp.consents.states import TICKED, ConsentKind, ConsentSource
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


def labels_in_force(consents: Iterable[Consent]) -> list[str]:
    """What somebody consents to now; not whether they told needs, which is for few to know."""
    given = {one.kind for one in consents if one.withdrawn_at is None}
    return [str(CONSENT_WORDS[kind]) for kind in TICKED if kind in given]


def source_label(source: str) -> Message | str:
    """Where somebody consented, in words."""
    known = {one.value: words for one, words in SOURCE_WORDS.items()}
    return known.get(source, source)
