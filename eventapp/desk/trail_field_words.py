"""What the values in the audit trail are called, and what they mean, to be translated. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from eventapp.accounts.words import ROLE_WORDS
from eventapp.consents.words import CONSENT_WORDS
from eventapp.contacts.words import (
    FORM_WORDS,
    LOCALE_WORDS,
    OBJECTION_WORDS,
    SECTOR_WORDS,
    STANDING_WORDS,
)
from eventapp.desk.outbox_words import GROUP_WORDS as MAIL_GROUP_WORDS
from eventapp.events.states import Promotion
from eventapp.events.words import EVENT_WORDS, MODE_WORDS, PARTNER_WORDS, WAY_WORDS
from eventapp.exports.columns import ORDER_WORDS
from eventapp.exports.words import FORMAT_WORDS, PURPOSE_WORDS
from eventapp.foundation.message import Message, message
from eventapp.invitations.replies import GROUP_WORDS as REPLY_GROUP_WORDS
from eventapp.invitations.words import INVITATION_WORDS, WAVE_WORDS
from eventapp.notices.words import KIND_WORDS as NOTICE_KIND_WORDS
from eventapp.notices.words import STATE_WORDS as NOTICE_WORDS
from eventapp.programme.kinds import Role as Part
from eventapp.programme.kinds import SessionKind, kind_label, role_label
from eventapp.programme.words import CONTRIBUTOR_WORDS, SESSION_WORDS
from eventapp.questions.states import Direction
from eventapp.questions.words import KIND_WORDS as QUESTION_KIND_WORDS
from eventapp.questions.words import STEP_WORDS as QUESTION_STEP_WORDS
from eventapp.registrations.guests import GROUP_WORDS as GUEST_GROUP_WORDS
from eventapp.registrations.words import KIND_WORDS as GUEST_KIND_WORDS
from eventapp.registrations.words import MAILING_WORDS, STATE_WORDS

YES, NO = message("yes"), message("no")
FIELDS = {
    "access_de": message("Accessibility, German"),
    "access_en": message("Accessibility, English"),
    "action": message("What"),
    "sessions": message("Sessions"),
    "template": message("Made of"),
    "availability_fixed": message("Only at these times"),
    "available_from": message("Available from"),
    "available_until": message("Available until"),
    "biography_de": message("Biography, German"),
    "biography_en": message("Biography, English"),
    "blocked": message("Rows of blocked people"),
    "body_de": message("Text, German"),
    "body_en": message("Text, English"),
    "capacity": message("Places"),
    "choices": message("Choices"),
    "city": message("Town"),
    "colour": message("Colour"),
    "columns": message("Columns"),
    "companion": message("Number of the companion"),
    "companions_allowed": message("Companions allowed"),
    "condition": message("Only if"),
    "condition_id": message("Only after the question"),
    "condition_value": message("Only with the answer"),
    "consent": message("Consent"),
    "contacts": message("Contacts"),
    "county": message("County"),
    "direction": message("Direction"),
    "doors_at": message("Admission from"),
    "due_at": message("Due"),
    "duplicate": message("Double rows"),
    "edition": message("Edition"),
    "email": message("E-mail address"),
    "ends_at": message("End"),
    "error": message("Faulty rows"),
    "fields": message("Fields"),
    "file": message("File"),
    "filter": message("Filter"),
    "first_name": message("First name"),
    "floor": message("Floor"),
    "form_of_address": message("Form of address"),
    "format": message("Kind of file"),
    "funding_notice_de": message("Funding notice, German"),
    "funding_notice_en": message("Funding notice, English"),
    "funding_reference": message("Funding reference"),
    "group": message("State"),
    "hearing_loop": message("Hearing loop"),
    "intro_de": message("Introduction, German"),
    "intro_en": message("Introduction, English"),
    "invitation": message("Invitation"),
    "invitations": message("Invitations"),
    "invited": message("Number of people invited"),
    "key": message("Short name"),
    "kind": message("Kind"),
    "label_de": message("Question, German"),
    "label_en": message("Question, English"),
    "last_name": message("Last name"),
    "list": message("List"),
    "list_id": message("Distribution list"),
    "lists": message("Distribution lists"),
    "locale": message("Language"),
    "mail": message("Mail"),
    "mails": message("Number of mails"),
    "min_room_change_minutes": message("Minutes to change rooms"),
    "municipality_ags": message("Key of the municipality"),
    "name": message("Name"),
    "release": message("Version"),
    "name_de": message("Name, German"),
    "name_en": message("Name, English"),
    "name_suffix": message("Name suffix"),
    "note": message("Note"),
    "ok": message("Rows without doubts"),
    "order": message("Order of the rows"),
    "organisation": message("Company or body"),
    "organisation_id": message("Company or body"),
    "organisation_name": message("Organisation"),
    "other": message("Together with"),
    "page": message("Page"),
    "parking_de": message("Way by car, German"),
    "parking_en": message("Way by car, English"),
    "parties": message("Number of parties"),
    "people": message("People"),
    "registrations": message("Registrations"),
    "phone": message("Telephone"),
    "photo_notice_de": message("Photo notice, German"),
    "photo_notice_en": message("Photo notice, English"),
    "position": message("Position"),
    "postcode": message("Postcode"),
    "promotion": message("A place that becomes free"),
    "public": message("On the public page"),
    "purpose": message("Purpose"),
    "purpose_de": message("What for, German"),
    "purpose_en": message("What for, English"),
    "questions": message("Leading questions"),
    "reason": message("Reason"),
    "reference": message("Contact number"),
    "registration": message("Registration"),
    "registration_mode": message("Who may register"),
    "registration_opens_at": message("Registration opens"),
    "instead_of": message("Instead of"),
    "podium": message("Order on the podium"),
    "reply_by_on": message("Reply by"),
    "required": message("Must be answered"),
    "reserved_places": message("Places for invited people"),
    "role": message("Role"),
    "room_id": message("Room"),
    "rows": message("Rows"),
    "salutation_override": message("Salutation line"),
    "scope": message("Event"),
    "search": message("Searched for"),
    "seating": message("Seating"),
    "sector": message("Sector"),
    "series_id": message("Series"),
    "signed_by": message("Signed by"),
    "since": message("From"),
    "skip": message("Empty rows"),
    "slot_id": message("Slot"),
    "slug": message("Address of the page"),
    "source": message("Origin of the data"),
    "standing": message("State"),
    "starts_at": message("Begin"),
    "state": message("State"),
    "step": message("When it is asked"),
    "step_free": message("Step-free"),
    "street": message("Street and number"),
    "subject": message("What it concerns"),
    "subject_de": message("Subject, German"),
    "subject_en": message("Subject, English"),
    "substitute_for": message("Substitute for"),
    "subtitle_de": message("Subtitle, German"),
    "subtitle_en": message("Subtitle, English"),
    "target_capacity": message("Places"),
    "teaser_de": message("Short text, German"),
    "teaser_en": message("Short text, English"),
    "title": message("Title"),
    "title_de": message("Title, German"),
    "title_en": message("Title, English"),
    "transit_de": message("Way by train and bus, German"),
    "transit_en": message("Way by train and bus, English"),
    "until": message("Until"),
    "url": message("Web address"),
    "uses_reserved": message("May use the places kept for invited people"),
    "venue_id": message("Venue"),
    "waiting_list": message("Waiting list"),
    "waiting_since": message("Waits since"),
    "warning": message("Rows to look at"),
    "wave": message("Wave of invitations"),
    "wishes_close_at": message("Wishes until"),
    "written": message("Number of people"),
    "zone": message("Time zone"),
}
PROMOTION_WORDS = {
    Promotion.AUTOMATIC: message("is offered to the next person by itself"),
    Promotion.MANUAL: message("is offered by hand"),
}
DIRECTION_WORDS = {Direction.UP: message("further up"), Direction.DOWN: message("further down")}
VALUES: dict[tuple[str, str], Mapping[Any, Message]] = {
    ("account", "role"): ROLE_WORDS,
    ("contact", "form_of_address"): FORM_WORDS,
    ("contact", "kind"): OBJECTION_WORDS,
    ("contact", "locale"): LOCALE_WORDS,
    ("contributor", "locale"): LOCALE_WORDS,
    ("contact", "sector"): SECTOR_WORDS,
    ("contribution", "role"): {part: role_label(part) for part in Part},
    ("contribution", "state"): CONTRIBUTOR_WORDS,
    ("contributor", "form_of_address"): FORM_WORDS,
    ("event", "promotion"): PROMOTION_WORDS,
    ("event", "registration_mode"): MODE_WORDS,
    ("event", "state"): EVENT_WORDS,
    ("invitation", "mail"): MAILING_WORDS,
    ("invitation", "state"): INVITATION_WORDS,
    ("notice", "kind"): NOTICE_KIND_WORDS,
    ("notice", "state"): NOTICE_WORDS,
    ("partner", "role"): PARTNER_WORDS,
    ("room", "direction"): WAY_WORDS,
    ("question", "direction"): DIRECTION_WORDS,
    ("question", "kind"): QUESTION_KIND_WORDS,
    ("question", "step"): QUESTION_STEP_WORDS,
    ("registration", "consent"): CONSENT_WORDS,
    ("registration", "form_of_address"): FORM_WORDS,
    ("registration", "kind"): GUEST_KIND_WORDS,
    ("registration", "sector"): SECTOR_WORDS,
    ("registration", "state"): STATE_WORDS,
    ("session", "kind"): {kind: kind_label(kind) for kind in SessionKind},
    ("session", "state"): SESSION_WORDS,
    ("wave", "state"): WAVE_WORDS,
}
ANYWHERE: dict[str, Mapping[Any, Message]] = {
    "format": FORMAT_WORDS,
    "order": ORDER_WORDS,
    "purpose": PURPOSE_WORDS,
    "role": ROLE_WORDS,
}
"""What these say is the same wherever they stand."""
FILTERS: dict[str, Mapping[Any, Message]] = {
    "group": {**MAIL_GROUP_WORDS, **REPLY_GROUP_WORDS, **GUEST_GROUP_WORDS},
    "sector": SECTOR_WORDS,
    "standing": STANDING_WORDS,
}
"""What the filter of a list that was taken along says."""
REFERENCES = {
    ("contact", "other"): "contact",
    ("invitation", "other"): "invitation",
    ("invitation", "substitute_for"): "invitation",
    ("registration", "invitation"): "invitation",
    ("registration", "registration"): "registration",
    ("question", "condition_id"): "question",
    ("contact", "organisation_id"): "organisation",
    ("event", "series_id"): "series",
    ("event", "venue_id"): "venue",
    ("session", "room_id"): "room",
    ("session", "slot_id"): "slot",
}
"""Which numbers stand for a thing with a name, and for what kind of thing."""


def field_label(name: str) -> Message | str:
    """What a value is called; its bare name where nobody has put it into words yet."""
    return FIELDS.get(name, name)


def value_label(kind: str, name: str, value: object) -> Message | str:
    """What a value means, such as a state of this kind of thing; else the value itself."""
    if isinstance(value, bool):
        return YES if value else NO
    words = VALUES.get((kind, name)) or ANYWHERE.get(name, {})
    return words.get(value, str(value))


def filter_words(written: str) -> str:
    """A list's filter as it was kept ("group=confirmed, search=Müller"), in words."""
    pairs = (part.partition("=") for part in written.split(", "))
    return ", ".join(_filter_part(name, value) for name, _sign, value in pairs)


def _filter_part(name: str, value: str) -> str:
    if not value:
        return name
    return f"{field_label(name)}: {FILTERS.get(name, {}).get(value, value)}"


def field_names(written: str) -> str:
    """Names of fields as they were kept ("city, last_name"), in words."""
    return ", ".join(str(field_label(name)) for name in written.split(", "))


def things_in(kind: str, values: Iterable[tuple[str, object]]) -> list[tuple[str, str]]:
    """The things, by kind and number, for which numbers among these values stand."""
    return [
        (REFERENCES[kind, name], str(value))
        for name, value in values
        if (kind, name) in REFERENCES and value is not None
    ]
