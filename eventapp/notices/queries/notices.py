"""Reads of notices: those of an event, those that are due, and how far one has come."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import contains_eager, joinedload

from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import UtcDateTime, db
from eventapp.foundation.mail_states import MailState
from eventapp.foundation.outbox import OutboxMail
from eventapp.notices.by_rule import notice_by_rule
from eventapp.notices.models import Notice, NoticeRecipient
from eventapp.notices.states import TO_SEND, NoticeKind, NoticeState, goes_out_in
from eventapp.notices.timing import local

_OVER = frozenset({NoticeState.SENT, NoticeState.MISSED})
ON_THE_WAY = frozenset({MailState.QUEUED, MailState.AWAITING_RETRY, MailState.INFLIGHT})


def stored_notices(event: Event) -> Sequence[Notice]:
    """The notices that somebody has changed or reviewed, oldest first. One statement."""
    return db.session.scalars(
        select(Notice).where(Notice.event_id == event.id).order_by(Notice.id)
    ).all()


def notices_of(event: Event) -> dict[str, Notice]:
    """All notices of an event by their key, next one first; those by rule that nobody has touched
    are not stored. One statement."""
    return _named(event, stored_notices(event))


def _named(event: Event, stored: Sequence[Notice]) -> dict[str, Notice]:
    kinds = {notice.kind for notice in stored}
    by_rule = [notice_by_rule(event, kind) for kind in NoticeKind if kind not in kinds]
    named = {
        key_of(kind, number): notice
        for kind in NoticeKind
        for number, notice in enumerate(
            [one for one in (*stored, *by_rule) if one.kind is kind], start=1
        )
    }
    return dict(sorted(named.items(), key=lambda pair: (pair[1].due_at, pair[0])))


def reminder_ahead(event: Event) -> str | None:
    """The key of the next reminder that has not gone out yet, if there is one. One statement."""
    return next(
        (
            key
            for key, notice in notices_of(event).items()
            if notice.kind is NoticeKind.REMINDER and notice.standing not in _OVER
        ),
        None,
    )


def key_of(kind: NoticeKind, number: int) -> str:
    """What stands in the address of a notice: "reminder", "reminder-2", "practical"."""
    return kind.value if number == 1 else f"{kind.value}-{number}"


def notice_by_id(notice_id: int) -> Notice | None:
    """A notice with its event, as far as the next lines read it. One statement."""
    return db.session.scalar(
        select(Notice).options(joinedload(Notice.event)).where(Notice.id == notice_id)
    )


def last_reminder_of(invitation_id: int) -> datetime | None:
    """When the person was last reminded. One statement."""
    return db.session.scalar(
        select(func.max(NoticeRecipient.sent_at)).where(
            NoticeRecipient.invitation_id == invitation_id
        )
    )


# built once: the worker asks whenever somebody rings
_NOW = bindparam("now", type_=UtcDateTime())
_TO_SEND_AT = (
    select(Notice)
    .join(Notice.event)
    .options(contains_eager(Notice.event))
    .where(Notice.state.in_(TO_SEND), Notice.due_at <= _NOW, Event.ends_at > _NOW)
    .order_by(Notice.due_at, Notice.id)
    .execution_options(populate_existing=True)
)


def notices_to_send(now: datetime) -> list[int]:
    """Notices that are reviewed and whose time has come, by id, most overdue first.

    Those whose time is over, or whose event keeps them back, are left out. One statement.
    """
    found = db.session.scalars(_TO_SEND_AT, {"now": now}).all()
    return [
        one.id for one in found if one.closes_at > now and goes_out_in(one.event.state, one.kind)
    ]


@dataclass(frozen=True, slots=True)
class NoticeDue:
    """A notice that an organiser should look at; `key` stands in its address.

    `standing` is DRAFT where its day has come and nobody has reviewed it, MISSED where its time is
    over and it did not go out.
    """

    key: str
    kind: NoticeKind
    standing: NoticeState
    due_at: datetime


def notices_due(event: Event) -> list[NoticeDue]:
    """What waits for review although its day has come, or was missed; for the organisers' home.

    Nothing while the event keeps notices back (draft, postponed, called off), or after it has
    begun. One statement.
    """
    return _due_of(event, notices_of(event))


def notices_due_at(events: Sequence[Event]) -> dict[int, list[NoticeDue]]:
    """The same of several events, by the id of each. One statement for all."""
    stored = db.session.scalars(
        select(Notice)
        .where(Notice.event_id.in_([event.id for event in events]))
        .order_by(Notice.id)
    ).all()
    return {
        event.id: _due_of(event, _named(event, [one for one in stored if one.event is event]))
        for event in events
    }


def _due_of(event: Event, notices: Mapping[str, Notice]) -> list[NoticeDue]:
    now = clock.now()
    today = local(now, event.zone).date()
    return [
        NoticeDue(key, notice.kind, notice.standing, notice.due_at)
        for key, notice in notices.items()
        if goes_out_in(event.state, notice.kind)
        and event.starts_at > now
        and notice.standing in {NoticeState.DRAFT, NoticeState.MISSED}
        and local(notice.due_at, event.zone).date() <= today
    ]


@dataclass(frozen=True, slots=True)
class Progress:
    """How many people a notice was written to, and what became of those mails so far."""

    written: int = 0
    on_the_way: int = 0
    failed: int = 0


def progress_of(event: Event) -> dict[int, Progress]:
    """How far each stored notice of the event has come, by its id. Two statements."""
    written = db.session.execute(
        select(NoticeRecipient.notice_id, func.count())
        .join(Notice, Notice.id == NoticeRecipient.notice_id)
        .where(Notice.event_id == event.id)
        .group_by(NoticeRecipient.notice_id)
    )
    mails = db.session.execute(
        select(OutboxMail.dedupe_key, OutboxMail.state).where(
            OutboxMail.scope == event.scope,
            OutboxMail.dedupe_key.like("notice:%"),
            OutboxMail.state.in_({*ON_THE_WAY, MailState.FAILED}),
        )
    ).all()
    counted = Counter(
        (int(str(key).split(":")[1]), state is MailState.FAILED) for key, state in mails
    )
    return {
        notice_id: Progress(count, counted[notice_id, False], counted[notice_id, True])
        for notice_id, count in written
    }
