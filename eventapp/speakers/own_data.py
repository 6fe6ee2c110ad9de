"""Everything that is stored about a contributor, in words and for programs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from eventapp.contacts.words import LOCALE_WORDS
from eventapp.foundation.i18n import format_day, format_moment, localised
from eventapp.foundation.message import Message, message
from eventapp.programme.kinds import role_label
from eventapp.programme.models import Contributor
from eventapp.programme.words import contributor_state_label
from eventapp.registrations.trail_queries import mails_about
from eventapp.speakers import queries

Value = str | int | bool | date | datetime | None
PERSON = (
    ("title", message("Academic title")),
    ("first_name", message("First name")),
    ("last_name", message("Last name")),
    ("name_suffix", message("After the name")),
    ("position", message("Position")),
    ("organisation_name", message("Organisation")),
    ("email", message("E-mail address")),
    ("phone", message("Telephone")),
    ("locale", message("Language")),
    ("biography_de", message("About you, in German")),
    ("biography_en", message("About you, in English")),
    ("available_from", message("There from")),
    ("available_until", message("There until")),
    ("availability_fixed", message("These times are fixed")),
)
SHEET = (
    ("technical", message("Technical needs")),
    ("arrival", message("Arrival")),
    ("parking", message("Parking space")),
    ("hotel", message("Room for the night")),
    ("hotel_note", message("From when to when")),
    ("seen_at", message("Changes last seen")),
)
NEEDS = (
    ("diet", message("Diet")),
    ("access", message("Support")),
    ("given_at", message("Consent given")),
    ("text_version", message("Version of the words")),
    ("delete_on", message("Is deleted on")),
)
PORTRAIT = (
    ("photographer", message("Picture taken by")),
    ("alt", message("What can be seen")),
    ("rights_at", message("May be published, said on")),
)
COLLEAGUE = (
    ("name", message("Proposed instead")),
    ("organisation", message("Organisation")),
    ("email", message("E-mail address")),
    ("proposed_at", message("When")),
)


@dataclass(frozen=True)
class StoredFact:
    """One thing that is stored: its name for programs, its label for people, its value."""

    key: str
    label: Message
    value: Value


@dataclass(frozen=True)
class StoredPart:
    """What is stored in one place, a list of facts for each row."""

    key: str
    title: Message
    rows: list[list[StoredFact]]


def stored_about(person: Contributor) -> list[StoredPart]:
    """All parts, in the order in which people ask; those without a row are left out."""
    portrait = queries.portrait_of(person)
    parts = (
        StoredPart("person", message("You"), [_facts(person, PERSON)]),
        StoredPart("parts", message("Your sessions"), _parts(person)),
        StoredPart("colleagues", message("Whom you proposed"),
                   _rows(queries.colleagues_of(person).values(), COLLEAGUE)),
        StoredPart("sheet", message("Technical needs and travel"),
                   _rows([queries.sheet_of(person)], SHEET)),
        StoredPart("portrait", message("Portrait"), _rows([portrait], PORTRAIT)),
        StoredPart("slides", message("Slides"), _slides(person)),
        StoredPart("needs", message("Diet and support"), _rows([queries.needs_of(person)], NEEDS)),
        StoredPart("mails", message("Mails to you"), _mails(person)),
    )  # fmt: skip
    return [part for part in parts if part.rows]


def _facts(row: object, names: Iterable[tuple[str, Message]]) -> list[StoredFact]:
    facts = (StoredFact(name, label, getattr(row, name)) for name, label in names)
    return [fact for fact in facts if fact.value not in ("", None)]


def _rows(
    rows: Iterable[object | None], names: Sequence[tuple[str, Message]]
) -> list[list[StoredFact]]:
    return [facts for row in rows if row is not None and (facts := _facts(row, names))]


def _parts(person: Contributor) -> list[list[StoredFact]]:
    return [
        [
            StoredFact("session", message("Session"), localised(part.session, "title")),
            StoredFact("role", message("Role"), str(role_label(part.role))),
            StoredFact("state", message("State"), str(contributor_state_label(part.state))),
            StoredFact("reason", message("Reason given"), part.reason),
        ]
        for part in queries.parts_of(person)
    ]


def _slides(person: Contributor) -> list[list[StoredFact]]:
    return [
        [
            StoredFact("filename", message("File"), one.file.filename),
            StoredFact("size", message("Bytes"), one.file.size),
            StoredFact("publish", message("May be published after the event"), one.publish),
            StoredFact("stored_at", message("When"), one.file.stored_at),
        ]
        for one in queries.slides_of(person)
    ]


def _mails(person: Contributor) -> list[list[StoredFact]]:
    return [
        [
            StoredFact("subject", message("Subject"), mail.subject),
            StoredFact("to", message("To"), mail.to_email),
            StoredFact("created_at", message("When"), mail.created_at),
        ]
        for mail in mails_about([person.mails_about])
    ]


def in_words(fact: StoredFact, zone: str) -> str:
    """The value as people read it."""
    value = fact.value
    if fact.key == "locale":
        return str(LOCALE_WORDS.get(str(value), value))
    if isinstance(value, bool):
        return str(message("yes") if value else message("no"))
    if isinstance(value, datetime):
        return format_moment(value, zone)
    if isinstance(value, date):
        return format_day(value)
    return str(value)


def as_json(parts: Sequence[StoredPart]) -> dict[str, Any]:
    """The same for programs: moments in UTC."""
    return {
        part.key: [{fact.key: _plain(fact.value) for fact in row} for row in part.rows]
        for part in parts
    }


def _plain(value: Value) -> str | int | bool | None:
    return value.isoformat() if isinstance(value, date) else value
