"""The programme's lists to take along: sessions, and who does what in them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eventapp.accounts.states import ORGANISERS, READERS
from eventapp.events.models import Event
from eventapp.foundation.i18n import localised
from eventapp.foundation.listing import Asked, Belongs, Choice, Concerns, Field, Listing
from eventapp.foundation.message import message
from eventapp.foundation.tabular import YES_NO, Cell
from eventapp.programme import queries
from eventapp.programme.kinds import KIND_WORDS, ROLE_WORDS
from eventapp.programme.models import Contribution, Contributor, Session
from eventapp.programme.words import CONTRIBUTOR_WORDS, SESSION_WORDS


def _everything(_asked: Asked) -> None:
    """These pages have no filter."""


def _nothing_told(_event: Event, _wanted: None) -> Sequence[object]:
    return ()


def _people(session: Session) -> str:
    """Who does what, as "Moderation: Dr. Anna Ohm; Impuls: …"."""
    return "; ".join(
        f"{message(ROLE_WORDS[part.role])}: {part.contributor.full_name}"
        for part in session.contributions
    )


def _slot(session: Session) -> str | None:
    return localised(session.slot, "name") if session.slot else None


NOBODY = Concerns.NOBODY
SESSIONS = Listing(
    key="sessions",
    title=message("Programme"),
    belongs=Belongs.EVENT,
    roles=READERS,
    page="programme_organiser.programme",
    rail="programme",
    fields=(
        Field("key", message("Short name"), lambda one: one.key, 10, concerns=NOBODY),
        Field("starts_at", message("Begin"), lambda one: one.starts_at, 17, concerns=NOBODY),
        Field("ends_at", message("End"), lambda one: one.ends_at, 17, concerns=NOBODY),
        Field("kind", message("Kind"), lambda one: one.kind, 16,
              {kind: message(word) for kind, word in KIND_WORDS.items()}, NOBODY),
        Field("title_de", message("Title, German"), lambda one: one.title_de, 44, concerns=NOBODY),
        Field("title_en", message("Title, English"), lambda one: one.title_en, 44, concerns=NOBODY),
        Field("slot", message("Slot"), _slot, 18, concerns=NOBODY),
        Field("room", message("Room"), lambda one: one.room.name if one.room else None, 18,
              concerns=NOBODY),
        Field("capacity", message("Places"), lambda one: one.capacity, 9, concerns=NOBODY),
        Field("state", message("State"), lambda one: one.standing, 16, SESSION_WORDS, NOBODY),
        Field("public", message("Public"), lambda one: not one.internal, 10, YES_NO, NOBODY),
        Field("people", message("Contributors"), _people, 50),
    ),
    asked=_everything,
    told=_nothing_told,
    count=lambda event, _wanted: len(queries.sessions_of(event)),
    rows=lambda event, _wanted, _choice: queries.sessions_of(event),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """What one person does in one session; a person without a part stands there as well."""

    person: Contributor
    contribution: Contribution | None

    def of_session(self, name: str) -> Any:
        """A value of the session, None where there is none."""
        return getattr(self.contribution.session, name) if self.contribution else None


def _parts(event: Event, _wanted: None, _choice: Choice) -> Iterator[Part]:
    """Contributors by name, a row a part. Two statements."""
    for person in queries.contributors_by_name(event):
        yield from (Part(person, each) for each in person.contributions)
        if not person.contributions:
            yield Part(person, None)


def _of_person(name: str) -> Callable[[Part], Cell]:
    return lambda one: getattr(one.person, name)


def _title(one: Part) -> str | None:
    return localised(one.contribution.session, "title") if one.contribution else None


def _begin(one: Part) -> datetime | None:
    begin: datetime | None = one.of_session("starts_at")
    return begin


def _role(one: Part) -> Cell:
    return one.contribution.role if one.contribution else None


def _state(one: Part) -> Cell:
    return one.contribution.state if one.contribution else None


CONTRIBUTORS = Listing(
    key="contributors",
    title=message("Contributors"),
    belongs=Belongs.EVENT,
    roles=ORGANISERS,
    page="programme_people.people",
    rail="programme",
    fields=(
        Field("title", message("Title"), _of_person("title"), 12),
        Field("first_name", message("First name"), _of_person("first_name")),
        Field("last_name", message("Last name"), _of_person("last_name"), 22),
        Field("position", message("Position"), _of_person("position"), 24),
        Field("organisation", message("Organisation"), _of_person("organisation_name"), 34),
        Field("email", message("E-mail"), _of_person("email"), 36),
        Field("phone", message("Phone"), _of_person("phone"), 20),
        Field("role", message("Part"), _role, 20,
              {role: message(word) for role, word in ROLE_WORDS.items()}),
        Field("state", message("State"), _state, 16, CONTRIBUTOR_WORDS),
        Field("session", message("Session"), _title, 44),
        Field("starts_at", message("Begin"), _begin, 17),
        Field("available_from", message("There from"), _of_person("available_from"), 17),
        Field("available_until", message("There until"), _of_person("available_until"), 17),
    ),
    asked=_everything,
    told=_nothing_told,
    count=lambda event, _wanted: sum(1 for _ in _parts(event, None, Choice(()))),
    rows=_parts,
)  # fmt: skip

LISTINGS = (SESSIONS, CONTRIBUTORS)
