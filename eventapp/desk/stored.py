"""Everything that is stored about a guest, from all slices, to be read or taken along as JSON.

Nothing about others: of companions the names that the guest gave, of a substitute nothing, of
colleagues who did something no name.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from eventapp.accounts.models import AuditEntry
from eventapp.consents.diets import diet_in
from eventapp.consents.models import Consent
from eventapp.consents.queries import consents_of, needs_of
from eventapp.consents.wordings import words_of
from eventapp.consents.words import consent_label, source_label
from eventapp.desk.stored_columns import COLUMNS
from eventapp.desk.stored_words import STAFF, WHO, words_for
from eventapp.desk.trail_words import action_label
from eventapp.events.models import Event
from eventapp.foundation.database import Model
from eventapp.foundation.i18n import current_locale, format_day, format_moment, localised
from eventapp.foundation.message import Message, message
from eventapp.invitations.models import Invitation
from eventapp.programme.models import Contributor
from eventapp.questions.models import QuestionAnswer
from eventapp.questions.queries import answers_in_order
from eventapp.registrations.merge_queries import merge_of
from eventapp.registrations.models import Registration
from eventapp.registrations.own_data import queries
from eventapp.registrations.own_data.person_queries import Reach, parts_of, person_behind
from eventapp.registrations.recipients import Guest
from eventapp.registrations.states import RegistrationState
from eventapp.registrations.trail_queries import Told


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


def stored_about(guest: Guest) -> list[Part]:
    """All parts in the order in which people ask; a part without rows says so.

    Also of other events of the organisation, as far as it is one entry of its address book: of two
    people who share an address neither sees the other.
    """
    person = person_behind(guest, Reach.LINKED)
    selves = sorted(person.registrations, key=lambda one: one.event_id != guest.event_id)
    asked = sorted(person.invitations, key=lambda one: one.event_id != guest.event_id)
    entry = queries.contact_with_lists(person.contact.id) if person.contact is not None else None
    told: list[Told] = [*selves, *asked]
    met = [one.event for one in selves] + [one.event for one in asked]
    events = {event.scope: _event(event) for event in met}
    told += [entry] if entry is not None else []
    rows: dict[str, list[list[Fact]]] = {
        "registration": [
            [*_at(one.event), *_facts(one), *_merge(one), *_around(one)] for one in selves
        ],
        "needs": _each(_needs, selves),
        "consents": _each(_consents, selves),
        "answers": _each(_answers, selves),
        "invitation": [_invitation(one) for one in asked],
        "contact": [[*_facts(entry), *_lists(entry)]] if entry is not None else [],
        "programme": [_contribution(one) for one in parts_of(person)],
        "mails": _mails([*selves, *person.unregistered], events),
        "history": [_step(one, events) for one in queries.entries_about(told)],
    }
    return [
        Part(key, _TITLES[key], _ABOUT[key], rows[key], is_log=key in _LOGS)
        for key in rows
        if rows[key] or key not in _RARE
    ]


def _each(
    part: Callable[[Registration], list[list[Fact]]], selves: Iterable[Registration]
) -> list[list[Fact]]:
    """Whoever left and registered anew, or came to several events, has more than one."""
    return [[_event(one.event), *row] for one in selves for row in part(one)]


_RARE = frozenset({"programme"})
"""Parts that are left out where there is nothing, as for nearly everybody."""
_LOGS = frozenset({"mails", "history"})
_TITLES = {
    "registration": message("Registration"),
    "needs": message("Diet and support"),
    "consents": message("Consents"),
    "answers": message("Answers"),
    "invitation": message("Invitation"),
    "contact": message("Address book"),
    "programme": message("Programme"),
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
    "programme": message("What you contribute, and what colleagues noted for it."),
    "mails": message("What we wrote to you."),
    "history": message("What was done with these things and when, kept for two years."),
}


def _facts(row: Model, *, only: Iterable[str] | None = None) -> list[Fact]:
    """The columns of a row that say something about the guest; empty ones are left out."""
    labels = COLUMNS[row.__tablename__]
    return [
        Fact(key, label, getattr(row, key), words_for(getattr(row, key), key))
        for key, label in labels.items()
        if label is not None and getattr(row, key) not in (None, "", [], 0)
        if only is None or key in only
    ]


def _merge(registration: Registration) -> list[Fact]:
    """Of a registration that staff merged with another one of the same person."""
    merge = merge_of(registration)
    return _facts(merge) if merge is not None else []


def _at(event: Event) -> list[Fact]:
    return [_event(event), Fact("event_begins", message("Begins"), event.starts_at)]


def _event(event: Event) -> Fact:
    return Fact("event", message("Event"), localised(event, "title"))


def _around(registration: Registration) -> list[Fact]:
    """What hangs on the registration: with whom, and its calendar entry."""
    return [Fact("calendar_uid", "", registration.event.uid), *_company(registration)]


def _company(registration: Registration) -> list[Fact]:
    """Who comes along, or would; and who was signed off, until the name is forgotten."""
    gone = [one for one in registration.companions if one.state is RegistrationState.CANCELLED]
    names = [one.name for one in registration.companions if one not in gone]
    known = [one.name for one in gone if one.is_named]
    facts = [Fact("companions", message("Companions"), names)] if names else []
    if known:
        words = message("%(names)s (the name goes within two days)", names=", ".join(known))
        facts.append(Fact("companions_gone", message("No longer comes with you"), known, words))
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


def _mails(guests: Iterable[Guest], events: Mapping[str, Fact]) -> list[list[Fact]]:
    """Each once: a mail to the person by name belongs to all their registrations."""
    found = {mail.id: mail for one in guests for mail in queries.mails_about(one)}
    return [[*_facts(mail), *_of(mail.scope, events)] for _number, mail in sorted(found.items())]


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


def _invitation(invitation: Invitation) -> list[Fact]:
    """The invitation, and for a substitute what whoever named them said about them."""
    named = _facts(invitation.substitute) if invitation.substitute is not None else []
    return [*_at(invitation.event), *_facts(invitation), *named]


def _contribution(contributor: Contributor) -> list[Fact]:
    titles = [localised(one.session, "title") for one in contributor.contributions]
    parts = [Fact("sessions", message("Sessions"), titles)] if titles else []
    return [*_at(contributor.event), *_facts(contributor), *parts]


def _lists(contact: Any) -> list[Fact]:
    names = [one.name for one in contact.lists]
    return [Fact("lists", message("Distribution lists"), names)] if names else []


def _of(scope: str, events: Mapping[str, Fact]) -> list[Fact]:
    """The event to which a mail or a step belongs, if to one of these."""
    return [events[scope]] if scope in events else []


def _step(entry: AuditEntry, events: Mapping[str, Fact]) -> list[Fact]:
    """Colleagues are others: that it was one of them is enough."""
    facts = [
        Fact("action", message("What"), entry.action, action_label(entry.action)),
        Fact("at", message("When"), entry.at),
        Fact("by", message("By"), entry.actor if entry.actor in WHO else "staff",
             WHO.get(entry.actor, STAFF)),
    ]  # fmt: skip
    facts += _of(entry.scope, events)
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
