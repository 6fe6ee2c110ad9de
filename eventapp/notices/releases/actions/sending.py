"""Writing the digests that are due. The worker calls it, as often and from as many as it likes.

A batch is one transaction: under the event's lock each person is looked at again, noted as a
recipient, and the mail queued. A process that dies leaves whole batches, the next one goes on
behind them.
"""

from collections.abc import Callable, Sequence
from itertools import islice

from sqlalchemy import insert

from eventapp.accounts.audit import SYSTEM, record_change
from eventapp.contacts.models import PersonColumns
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import db, lock_columns, transaction
from eventapp.foundation.logs import log
from eventapp.foundation.text import normalised_email
from eventapp.notices import queries as notice_queries
from eventapp.notices.by_rule import notice_by_rule
from eventapp.notices.releases import queries
from eventapp.notices.releases.audience import Audience, audience_of_digest
from eventapp.notices.releases.mails import Letters
from eventapp.notices.releases.models import DigestRecipient, ReleaseDigest
from eventapp.notices.releases.queries import Written
from eventapp.notices.releases.states import DigestState
from eventapp.notices.states import NoticeKind
from eventapp.programme.concerned import Concerned
from eventapp.registrations.models import Registration
from eventapp.registrations.person_keys import name_key_of

BATCH = 50
"""People who are looked at in one transaction; on SQLite others wait for it to write."""
Likeness = tuple[str, str]


def _never() -> bool:
    return False


def send_due_digests(*, stopping: Callable[[], bool] = _never) -> None:
    """Queue the mails of all digests that are due.

    One that fails does not keep the others waiting; the next round tries again.
    """
    for digest_id in queries.digests_to_send(clock.now()):
        try:
            _send(digest_id, stopping)
        except Exception:
            log.exception("a digest could not be sent", digest_id=digest_id)


def _send(digest_id: int, stopping: Callable[[], bool]) -> None:
    reached: int | None = 0
    while reached is not None and not stopping():
        reached = _send_batch(digest_id, after=reached)


def _send_batch(digest_id: int, *, after: int) -> int | None:
    """The next people; guests are those beyond the id `after`. Gives the last of them, or None at
    the end."""
    with transaction():
        digest = _locked(digest_id)
        if digest is None or digest_id not in queries.digests_to_send(clock.now()):
            return None
        if digest.state is DigestState.WAITING:
            digest.move_to(DigestState.SENDING)
        whom, written = audience_of_digest(digest), queries.written_of(digest)
        if _tell_contributors(digest, whom, written):
            return after
        return _tell_guests(digest, whom, written, after=after)


def _locked(digest_id: int) -> ReleaseDigest | None:
    """Read once its event is ours: whoever adds a release to it, or stops it, waits there too."""
    digest = queries.digest_by_id(digest_id)
    if digest is not None:
        lock_columns(digest.event)
    return queries.digest_by_id(digest_id)


def _tell_contributors(digest: ReleaseDigest, whom: Audience, written: Written) -> bool:
    """Write to the next ones; whether there were any."""
    todo = (one for one in whom.contributors if one.contributor.id not in written.contributors)
    people = list(islice(todo, BATCH))
    twins = _twins(digest.event, people, written) if whom.for_guests else {}
    letters = Letters(digest, whom.for_guests)
    rows = []
    for one in people:
        twin = twins.get(_likeness(one.contributor))
        letters.to_contributor(one, as_guest=twin)
        rows.append((one.contributor.id, twin.id if twin else None))
    _note(digest, rows)
    return bool(rows)


def _twins(
    event: Event, people: Sequence[Concerned], written: Written
) -> dict[Likeness, Registration]:
    """Those who come as guests as well."""
    likely = {_likeness(one.contributor) for one in people}
    guests = queries.guests_at(event, {email for email, _name in likely if email})
    return {
        _likeness(one): one
        for one in guests
        if _likeness(one) in likely and one.id not in written.registrations
    }


def _likeness(person: PersonColumns) -> Likeness:
    return normalised_email(person.email or ""), name_key_of(person)


def _tell_guests(
    digest: ReleaseDigest, whom: Audience, written: Written, *, after: int
) -> int | None:
    if whom.for_guests:
        rule = notice_by_rule(digest.event, NoticeKind.PRACTICAL)
        people = notice_queries.addressees(rule, after=after, limit=BATCH)
        ids = [
            one.id for one in people if one.reason is None and one.id not in written.registrations
        ]
        letters = Letters(digest, whom.for_guests)
        for guest in notice_queries.registrations_by_ids(digest.event, ids):
            letters.to_guest(guest)
        _note(digest, [(None, one) for one in ids])
        if len(people) == BATCH:
            return people[-1].id
    _finish(digest)
    return None


def _note(digest: ReleaseDigest, people: Sequence[tuple[int | None, int | None]]) -> None:
    if not people:
        return
    now = clock.now()
    db.session.execute(
        insert(DigestRecipient),
        [
            {
                "digest_id": digest.id,
                "contributor_id": contributor,
                "registration_id": registration,
                "sent_at": now,
            }
            for contributor, registration in people
        ],
    )


def _finish(digest: ReleaseDigest) -> None:
    digest.move_to(DigestState.SENT)
    digest.ended_at = clock.now()
    event = digest.event
    progress = queries.progress_of(event).get(digest.id, queries.Progress())
    record_change(
        SYSTEM,
        "digest.sent",
        event,
        after={"people": progress.written},
        scope=event.scope,
        host_id=event.host_id,
    )
