"""Everything that is stored about a guest, from all slices, to be read or taken along as JSON.

Nothing about others: of companions the names that the guest gave, of a substitute nothing, of
colleagues who did something no name.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from eventapp.accounts.audit import GUEST, SYSTEM
from eventapp.accounts.models import AuditEntry
from eventapp.consents.diets import diet_in
from eventapp.consents.models import Consent
from eventapp.consents.queries import consents_of, needs_of
from eventapp.consents.wordings import words_of
from eventapp.consents.words import consent_label, source_label
from eventapp.contacts.states import FormOfAddress, ObjectionKind, Sector
from eventapp.contacts.words import form_label, objection_label, sector_label
from eventapp.desk.outbox_words import STATE_WORDS as MAIL_WORDS
from eventapp.desk.stored_columns import COLUMNS
from eventapp.desk.trail_words import action_label
from eventapp.foundation.database import Model
from eventapp.foundation.i18n import current_locale, format_day, format_moment, localised
from eventapp.foundation.mail_states import MailState
from eventapp.foundation.message import Message, message
from eventapp.invitations.states import Channel, InvitationState
from eventapp.invitations.words import invitation_label
from eventapp.questions.models import QuestionAnswer
from eventapp.questions.queries import answers_in_order
from eventapp.registrations.merge_queries import merge_of
from eventapp.registrations.models import Registration
from eventapp.registrations.own_data import queries
from eventapp.registrations.states import RegistrationKind, RegistrationState
from eventapp.registrations.words import kind_label, state_label

WHO = {GUEST: message("you"), SYSTEM: message("automatically")}
STAFF = message("the organisers")
CHANNELS = {
    Channel.EMAIL: message("E-mail"),
    Channel.POST: message("letter post"),
    Channel.PHONE: message("Phone"),
}
LANGUAGES = {"de": "Deutsch", "en": "English"}
WORDS: dict[type[StrEnum], Any] = {
    FormOfAddress: form_label,
    Sector: sector_label,
    RegistrationKind: kind_label,
    RegistrationState: state_label,
    InvitationState: invitation_label,
    MailState: lambda state: MAIL_WORDS[state],
    Channel: lambda channel: CHANNELS[channel],
    ObjectionKind: objection_label,
}


@dataclass(frozen=True)
class Fact:
    """One thing that is stored: its name for programs, its label for people, its value.

    What tells people nothing has no label, and is only in the file for programs.
    """

    key: str
    label: Message | str
    value: Any
    words: Message | str | None = None


@dataclass(frozen=True)
class Part:
    """What is stored in one place, one list of facts for each row; `about` says why it is there.

    Rows that are many and alike are shown as one line each.
    """

    key: str
    title: Message
    about: Message
    rows: list[list[Fact]] = field(default_factory=list)
    is_log: bool = False


def stored_about(registration: Registration) -> list[Part]:
    """All parts in the order in which people ask; a part without rows says so."""
    selves = queries.selves_of(registration)
    contact = queries.contact_with_lists(registration.contact_id)
    invitation = registration.invitation
    entry = contact or (invitation.contact if invitation else None)
    rows: dict[str, list[list[Fact]]] = {
        "registration": [[*_facts(one), *_merge(one), *_around(one)] for one in selves],
        "needs": _each(_needs, selves),
        "consents": _each(_consents, selves),
        "answers": _each(_answers, selves),
        "invitation": _each(_invitation, selves),
        "contact": [[*_facts(entry), *_lists(entry)]] if entry is not None else [],
        "mails": _mails(selves),
        "history": _each(_history, selves),
    }
    return [Part(key, _TITLES[key], _ABOUT[key], rows[key], is_log=key in _LOGS) for key in rows]


def _each(
    part: Callable[[Registration], list[list[Fact]]], selves: Iterable[Registration]
) -> list[list[Fact]]:
    """Whoever left and registered anew has more than one registration."""
    return [row for one in selves for row in part(one)]


_LOGS = frozenset({"mails", "history"})
_TITLES = {
    "registration": message("Registration"),
    "needs": message("Diet and support"),
    "consents": message("Consents"),
    "answers": message("Answers"),
    "invitation": message("Invitation"),
    "contact": message("Address book"),
    "mails": message("Mails"),
    "history": message("History"),
}
_ABOUT = {
    "registration": message("To run the event; town, county and sector also for its statistics."),
    "needs": message("Voluntary, seen by few, deleted two weeks after the event."),
    "consents": message("To which words you agreed, when and where; withdrawn ones stay as proof."),
    "answers": message("What you answered to questions of the organisers."),
    "invitation": message("Whether and when you were invited, and what you replied."),
    "contact": message("The host's list of people whom it may invite."),
    "mails": message("What we wrote to you for this event."),
    "history": message("What was done with your registration, kept for two years."),
}


def _facts(row: Model, *, only: Iterable[str] | None = None) -> list[Fact]:
    """The columns of a row that say something about the guest; empty ones are left out."""
    labels = COLUMNS[row.__tablename__]
    return [
        Fact(key, label, getattr(row, key), _words(getattr(row, key), key))
        for key, label in labels.items()
        if label is not None and getattr(row, key) not in (None, "", [], 0)
        if only is None or key in only
    ]


def _words(value: Any, key: str) -> Message | str | None:
    if key == "locale":
        return LANGUAGES.get(value)
    label = WORDS.get(type(value))
    return label(value) if label is not None else None


def _merge(registration: Registration) -> list[Fact]:
    """Of a registration that staff merged with another one of the same person."""
    merge = merge_of(registration)
    return _facts(merge) if merge is not None else []


def _around(registration: Registration) -> list[Fact]:
    """What hangs on the registration: for which event, with whom, and its calendar entry."""
    event = registration.event
    facts = [
        Fact("event", message("Event"), localised(event, "title")),
        Fact("event_begins", message("Begins"), event.starts_at),
        Fact("calendar_uid", "", event.uid),
    ]
    names = [one.name for one in registration.companions]
    if names:
        facts.append(Fact("companions", message("Companions"), names))
    return facts


def _needs(registration: Registration) -> list[list[Fact]]:
    needs = needs_of(registration.id)
    if needs is None:
        return []
    facts = _facts(needs)
    diet = diet_in(current_locale(), needs.diet)
    return [[Fact(one.key, one.label, one.value, diet if one.key == "diet" else None)
             for one in facts]]  # fmt: skip


def _consents(registration: Registration) -> list[list[Fact]]:
    return [_consent(one) for one in consents_of(registration.id)]


def _answers(registration: Registration) -> list[list[Fact]]:
    return [_answer(one) for one in answers_in_order(registration.id)]


def _mails(selves: Iterable[Registration]) -> list[list[Fact]]:
    """Each once: a mail to the person by name belongs to all their registrations."""
    found = {mail.id: mail for one in selves for mail in queries.mails_about(one)}
    return [_facts(found[number]) for number in sorted(found)]


def _history(registration: Registration) -> list[list[Fact]]:
    return [_step(one) for one in queries.entries_about(registration)]


def _consent(consent: Consent) -> list[Fact]:
    words = words_of(consent.kind, consent.text_version, otherwise=current_locale())
    facts = {fact.key: fact for fact in _facts(consent)}
    facts["kind"] = Fact("kind", facts["kind"].label, consent.kind, consent_label(consent.kind))
    if "source" in facts:
        where = source_label(consent.source)
        facts["source"] = Fact("source", facts["source"].label, consent.source, where)
    return [*facts.values(), Fact("words", message("You agreed to these words"), words)]


def _answer(answer: QuestionAnswer) -> list[Fact]:
    question = answer.question
    chosen = [
        localised(choice, "label")
        for choice in question.choices
        if str(choice.id) in answer.choices
    ]
    said = [Fact("choices", message("Chosen"), chosen)] if chosen else []
    return [
        Fact("question", message("Question"), localised(question, "label")),
        *said,
        *_facts(answer, only={"text", "answered_at"}),
    ]


def _invitation(registration: Registration) -> list[list[Fact]]:
    """The invitation, and for a substitute what whoever named them said about them."""
    invitation = registration.invitation
    if invitation is None:
        return []
    named = _facts(invitation.substitute) if invitation.substitute is not None else []
    return [[*_facts(invitation), *named]]


def _lists(contact: Any) -> list[Fact]:
    names = [one.name for one in contact.lists]
    return [Fact("lists", message("Distribution lists"), names)] if names else []


def _step(entry: AuditEntry) -> list[Fact]:
    """Colleagues are others: that it was one of them is enough."""
    facts = [
        Fact("action", message("What"), entry.action, action_label(entry.action)),
        Fact("at", message("When"), entry.at),
        Fact("by", message("By"), entry.actor if entry.actor in WHO else "staff",
             WHO.get(entry.actor, STAFF)),
    ]  # fmt: skip
    if entry.reason:
        facts.append(Fact("reason", message("Reason"), entry.reason))
    values: Mapping[str, Mapping[str, Any]] = {"before": entry.before, "after": entry.after}
    return facts + [Fact(key, "", kept) for key, kept in values.items() if kept]


def shown(fact: Fact, zone: str) -> str:
    """The value as people read it."""
    value = fact.value
    if fact.words is not None:
        return str(fact.words)
    if isinstance(value, datetime):
        return format_moment(value, zone)
    if isinstance(value, date):
        return format_day(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {one}" for key, one in value.items())
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def as_json(parts: Sequence[Part]) -> dict[str, list[dict[str, Any]]]:
    """The same for programs: columns and values, moments in UTC."""
    return {
        part.key: [{fact.key: _plain(fact.value) for fact in row} for row in part.rows]
        for part in parts
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
