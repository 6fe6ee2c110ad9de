"""Named reads of digests and of those who get them."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from eventapp.events.models import Event
from eventapp.events.states import EventState
from eventapp.foundation.database import UtcDateTime, db
from eventapp.foundation.mail_states import MailState
from eventapp.foundation.outbox import OutboxMail
from eventapp.notices.queries.notices import ON_THE_WAY
from eventapp.notices.releases.models import DigestRecipient, ReleaseDigest, ReleaseTelling
from eventapp.notices.releases.states import TO_SEND, DigestState
from eventapp.programme.models import Contributor
from eventapp.programme.release_models import ProgrammeRelease
from eventapp.registrations.models import Registration
from eventapp.registrations.states import RegistrationState

HELD_BACK = frozenset({EventState.CANCELLED, EventState.POSTPONED, EventState.ARCHIVED})
"""While an event stands so, nobody is told that its sessions move."""
SHOWN = 30
_FULL = (joinedload(ReleaseDigest.event),
         selectinload(ReleaseDigest.tellings).joinedload(ReleaseTelling.release))  # fmt: skip

# built once: the worker asks whenever somebody rings
_NOW = bindparam("now", type_=UtcDateTime())
_TO_SEND_AT = (
    select(ReleaseDigest.id)
    .join(ReleaseDigest.event)
    .where(
        ReleaseDigest.state.in_(TO_SEND),
        ReleaseDigest.due_at <= _NOW,
        Event.ends_at > _NOW,
        Event.state.not_in(HELD_BACK),
    )
    .order_by(ReleaseDigest.id)
)


def digests_to_send(now: datetime) -> list[int]:
    """Digests whose time has come, by id, oldest first. One statement."""
    return list(db.session.scalars(_TO_SEND_AT, {"now": now}))


def digest_by_id(digest_id: int) -> ReleaseDigest | None:
    """A digest with its event and releases, read afresh. Two statements."""
    return db.session.scalar(
        select(ReleaseDigest)
        .options(*_FULL)
        .where(ReleaseDigest.id == digest_id)
        .execution_options(populate_existing=True)
    )


def digest_of(event: Event, digest_id: int) -> ReleaseDigest | None:
    """A digest of this event."""
    return db.session.scalar(
        select(ReleaseDigest)
        .options(*_FULL)
        .where(ReleaseDigest.event_id == event.id, ReleaseDigest.id == digest_id)
        .execution_options(populate_existing=True)
    )


def waiting_digest(event: Event) -> ReleaseDigest | None:
    """The digest of the event that waits; there is at most one."""
    return db.session.scalar(
        select(ReleaseDigest)
        .where(ReleaseDigest.event_id == event.id, ReleaseDigest.state == DigestState.WAITING)
        .execution_options(populate_existing=True)
    )


def digests_of(event: Event) -> Sequence[ReleaseDigest]:
    """The event's newest digests with their releases. Two statements."""
    return db.session.scalars(
        select(ReleaseDigest)
        .options(*_FULL)
        .where(ReleaseDigest.event_id == event.id)
        .order_by(ReleaseDigest.id.desc())
        .limit(SHOWN)
    ).all()


def digest_telling_of(release: ProgrammeRelease) -> ReleaseDigest | None:
    """In which digest people learn of a release."""
    return db.session.scalar(
        select(ReleaseDigest)
        .join(ReleaseDigest.tellings)
        .where(ReleaseTelling.release_id == release.id)
    )


def digests_by_release(event: Event) -> dict[int, ReleaseDigest]:
    """The digest by the id of each release of which somebody is told. One statement."""
    rows = db.session.execute(
        select(ReleaseTelling.release_id, ReleaseDigest)
        .join(ReleaseTelling.digest)
        .where(ReleaseDigest.event_id == event.id)
    )
    return {row.release_id: row.ReleaseDigest for row in rows}


@dataclass(frozen=True, slots=True)
class Written:
    """Who has a digest already."""

    contributors: frozenset[int]
    registrations: frozenset[int]


def written_of(digest: ReleaseDigest) -> Written:
    """To whom the digest has gone so far. One statement."""
    rows = db.session.execute(
        select(DigestRecipient.contributor_id, DigestRecipient.registration_id).where(
            DigestRecipient.digest_id == digest.id
        )
    ).all()
    return Written(
        frozenset(row.contributor_id for row in rows if row.contributor_id is not None),
        frozenset(row.registration_id for row in rows if row.registration_id is not None),
    )


def guests_at(event: Event, addresses: Collection[str]) -> Sequence[Registration]:
    """Guests with a place at these addresses, by id; companions have none of their own."""
    return db.session.scalars(
        select(Registration)
        .where(
            Registration.event_id == event.id,
            Registration.state == RegistrationState.CONFIRMED,
            Registration.main_id.is_(None),
            Registration.email_key.in_(addresses),
        )
        .order_by(Registration.id)
    ).all()


@dataclass(frozen=True, slots=True)
class Progress:
    """How many people a digest was written to, and what became of those mails so far."""

    written: int = 0
    on_the_way: int = 0
    failed: int = 0

    @property
    def gone(self) -> int:
        """How many mails have left for good."""
        return self.written - self.on_the_way - self.failed


def progress_of(event: Event) -> dict[int, Progress]:
    """How far each digest of the event has come, by its id. Two statements."""
    written = db.session.execute(
        select(DigestRecipient.digest_id, func.count())
        .join(ReleaseDigest, ReleaseDigest.id == DigestRecipient.digest_id)
        .where(ReleaseDigest.event_id == event.id)
        .group_by(DigestRecipient.digest_id)
    )
    mails = db.session.execute(
        select(OutboxMail.dedupe_key, OutboxMail.state).where(
            OutboxMail.scope == event.scope,
            OutboxMail.dedupe_key.like("digest:%"),
            OutboxMail.state.in_({*ON_THE_WAY, MailState.FAILED}),
        )
    ).all()
    counted = Counter(
        (int(str(key).split(":")[1]), state is MailState.FAILED) for key, state in mails
    )
    return {
        digest_id: Progress(count, counted[digest_id, False], counted[digest_id, True])
        for digest_id, count in written
    }


def recipient_named(digest: ReleaseDigest, public_id: str) -> DigestRecipient | None:
    """Who got the digest under this random name, as contributor or as guest. One statement."""
    return db.session.scalar(
        select(DigestRecipient)
        .outerjoin(Contributor, Contributor.id == DigestRecipient.contributor_id)
        .outerjoin(Registration, Registration.id == DigestRecipient.registration_id)
        .where(
            DigestRecipient.digest_id == digest.id,
            or_(Contributor.public_id == public_id, Registration.public_id == public_id),
        )
    )


def has_place(registration_id: int) -> bool:
    """Whether the guest comes."""
    state = db.session.scalar(select(Registration.state).where(Registration.id == registration_id))
    return state is RegistrationState.CONFIRMED
