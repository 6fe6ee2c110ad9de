"""What an organiser asks to be changed in a programme, one bundle for each kind of row."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime

from eventapp.contacts.states import FormOfAddress
from eventapp.foundation.database import VersionedMixin
from eventapp.foundation.errors import Stale
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.models import Contribution, Contributor, Session, Slot
from eventapp.programme.states import ContributorState


@dataclass(frozen=True, kw_only=True)
class SessionChange:
    """What a session is to say; an empty key stands for "find a short name"."""

    key: str
    kind: SessionKind
    title_de: str
    title_en: str
    teaser_de: str
    teaser_en: str
    questions: str
    starts_at: datetime | None
    ends_at: datetime | None
    room_id: int | None
    slot_id: int | None
    capacity: int | None
    public: bool


@dataclass(frozen=True, kw_only=True)
class SlotChange:
    """What a slot is to say."""

    key: str
    name_de: str
    name_en: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class ContributorChange:
    """What is to be known of a contributor."""

    key: str
    form_of_address: FormOfAddress
    title: str
    first_name: str
    last_name: str
    name_suffix: str
    position: str
    organisation_name: str
    email: str
    phone: str
    available_from: datetime | None
    available_until: datetime | None
    availability_fixed: bool
    biography_de: str
    biography_en: str
    locale: str = "de"


@dataclass(frozen=True)
class Part:
    """Who does what in a session, and how sure it is; the order of parts is that on the podium."""

    contributor_id: int
    role: Role
    state: ContributorState = ContributorState.PENCILLED


@dataclass(frozen=True)
class Newcomer:
    """Who is entered along with a session, as far as one knows in a hurry."""

    first_name: str
    last_name: str
    organisation_name: str
    title: str = ""
    form_of_address: FormOfAddress = FormOfAddress.NONE


@dataclass(frozen=True)
class NewPart:
    """A part of somebody who may not be among the event's contributors yet."""

    person: Newcomer
    role: Role
    state: ContributorState = ContributorState.PENCILLED


AnyPart = Part | NewPart
Change = SessionChange | SlotChange | ContributorChange
Row = Session | Slot | Contributor


def parts_of(session: Session) -> tuple[Part, ...]:
    """The people of a session as they are stored, in their order."""
    return tuple(_part(each) for each in session.contributions)


def _part(contribution: Contribution) -> Part:
    return Part(contribution.contributor_id, contribution.role, contribution.state)


def differences(row: Row, change: Change) -> dict[str, tuple[object, object]]:
    """What a change would alter: field by field what is stored, and what is wanted."""
    pairs = {
        field.name: (getattr(row, field.name), getattr(change, field.name))
        for field in fields(change)
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def refuse_stale(
    row: VersionedMixin, seen: int, different: Mapping[str, tuple[object, object]]
) -> None:
    """Raise Stale with both versions if the row has changed since the person saw it.

    Who wants what is stored already is not bothered.
    """
    if different and row.version != seen:
        raise Stale(different)


def write(row: Row, different: Mapping[str, tuple[object, object]]) -> None:
    """Put the wanted values into the row."""
    for name, (_stored, wanted) in different.items():
        setattr(row, name, wanted)
