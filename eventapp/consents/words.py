"""What the consents are called, and what each is for, in the reader's language."""

from eventapp.consents.states import ConsentKind, ConsentSource
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
}


def consent_label(kind: ConsentKind) -> Message:
    """What a consent is called."""
    return CONSENT_WORDS[kind]


def source_label(source: str) -> Message | str:
    """Where somebody consented, in words."""
    known = {one.value: words for one, words in SOURCE_WORDS.items()}
    return known.get(source, source)
