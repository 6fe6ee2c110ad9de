"""Taking in returned mails: whose they are, what follows, and that each is heeded once.

A row says that a message has been dealt with, written in the transaction of what follows from it;
only then is the message taken out of the mailbox. Two workers meet at the row's unique digest. What
is none of our mails, or none to this recipient, changes nothing and stays where it is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from flask import current_app
from sqlalchemy import ForeignKey, delete, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.foundation import clock
from eventapp.foundation.database import Model, db, lock, transaction
from eventapp.foundation.logs import log
from eventapp.foundation.mail_message import one_address
from eventapp.foundation.mail_states import MailState, may_become
from eventapp.foundation.outbox import OutboxMail
from eventapp.foundation.return_box import BoxAway, ReturnBox, Returned, opened, read_box_url
from eventapp.foundation.return_reports import (
    Finality,
    Report,
    envelope_text,
    is_for_good,
    read_report,
)
from eventapp.foundation.text import normalised_email
from eventapp.foundation.tokens import is_sealed

REMEMBERED = timedelta(days=30)
MOST_REFUSED = 200
LISTED = 50
Follow = Callable[[OutboxMail], None]


class Outcome(StrEnum):
    """What became of a message in the mailbox for returned mails."""

    MARKED = "marked"
    GIVEN_UP = "given_up"
    TEMPORARY = "temporary"
    UNKNOWN = "unknown"  # not ours, or no report: a person has to look at it


class ReturnedMail(Model):
    """A message that was found in the mailbox for returned mails, known by its content."""

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    box_key: Mapped[str]
    outcome: Mapped[Outcome]
    mail_id: Mapped[int | None] = mapped_column(
        ForeignKey("outbox_mail.id", ondelete="SET NULL"), index=True
    )
    sender: Mapped[str] = mapped_column(default="")
    subject: Mapped[str] = mapped_column(default="")
    found_at: Mapped[datetime] = mapped_column(default=clock.now)


@dataclass
class Taken:
    """What one look into the mailbox brought."""

    marked: int = 0
    ignored: int = 0
    unknown: int = 0


def take_in_returns(follow: Follow) -> Taken:
    """Look into the mailbox once; `follow` draws the consequences of each mail that came back.

    A mailbox that cannot be read is logged, no more: mails go out without it.
    """
    taken = Taken()
    url = current_app.config["SETTINGS"].bounce_url.get_secret_value()
    if not url:
        return taken
    try:
        with opened(read_box_url(url)) as box:
            _empty(box, follow, taken)
    except BoxAway as problem:
        log.warning("the mailbox for returned mails cannot be read", reason=str(problem))
    if taken.marked or taken.unknown:
        log.info("returned mails", marked=taken.marked, unknown=taken.unknown)
    return taken


def unknown_returns() -> Sequence[ReturnedMail]:
    """Messages that a person has to look at, newest first, at most 50. One statement."""
    return db.session.scalars(
        select(ReturnedMail)
        .where(ReturnedMail.outcome == Outcome.UNKNOWN)
        .order_by(ReturnedMail.id.desc())
        .limit(LISTED)
    ).all()


def _empty(box: ReturnBox, follow: Follow, taken: Taken) -> None:
    there = frozenset(box.keys())
    rows = db.session.execute(select(ReturnedMail.box_key, ReturnedMail.outcome))
    seen = {row.box_key: row.outcome for row in rows}
    for key in there & seen.keys():
        if seen[key] is not Outcome.UNKNOWN:
            box.clear(key)  # dealt with by a worker that ended before it could do this
    for returned in box.messages(frozenset(seen)):
        outcome = _dealt_with(returned, follow)
        _count(taken, outcome)
        if outcome not in {None, Outcome.UNKNOWN}:
            box.clear(returned.key)
    _forget(there)


def _count(taken: Taken, outcome: Outcome | None) -> None:
    if outcome in {Outcome.MARKED, Outcome.GIVEN_UP}:
        taken.marked += 1
    elif outcome is Outcome.UNKNOWN:
        taken.unknown += 1
    elif outcome is Outcome.TEMPORARY:
        taken.ignored += 1


def _dealt_with(returned: Returned, follow: Follow) -> Outcome | None:
    """What became of it; None where it has to wait, or another worker is at it."""
    report = read_report(returned.content)
    try:
        return _noted(returned, report, follow)
    except IntegrityError:
        return None
    except Exception:  # one message that breaks us must not keep all others from being read
        log.exception("a returned mail could not be dealt with")
        return _noted(returned, Report(sender=report.sender, subject=report.subject), follow)


def _noted(returned: Returned, report: Report, follow: Follow) -> Outcome | None:
    digest = sha256(returned.content).hexdigest()
    with transaction():
        known = db.session.scalar(select(ReturnedMail).where(ReturnedMail.digest == digest))
        if known is not None:
            known.box_key = returned.key
            return known.outcome
        mail = _mail_of(report)
        if mail is not None and mail.state in {MailState.INFLIGHT, MailState.AWAITING_RETRY}:
            return None  # quicker than the line that says it was sent
        outcome = _outcome(mail, report)
        db.session.add(
            ReturnedMail(
                digest=digest,
                box_key=returned.key,
                outcome=outcome,
                mail_id=mail.id if mail and outcome is not Outcome.UNKNOWN else None,
                sender=report.sender if outcome is Outcome.UNKNOWN else "",
                subject=report.subject if outcome is Outcome.UNKNOWN else "",
            )
        )
        db.session.flush()  # whoever is second fails here, before anything else is done
        if mail is not None:
            _mark(mail, outcome, report, follow)
    return outcome


def _outcome(mail: OutboxMail | None, report: Report) -> Outcome:
    if mail is None or mail.state not in {MailState.SENT, MailState.RETURNED}:
        return Outcome.UNKNOWN
    return {
        Finality.PERMANENT: Outcome.MARKED,
        Finality.GIVEN_UP: Outcome.GIVEN_UP,
        Finality.TEMPORARY: Outcome.TEMPORARY,
        Finality.NONE: Outcome.UNKNOWN,
    }[report.finality]


def _mark(mail: OutboxMail, outcome: Outcome, report: Report, follow: Follow) -> None:
    if outcome not in {Outcome.MARKED, Outcome.GIVEN_UP}:
        return
    if not may_become(mail.state, MailState.RETURNED):
        return  # it has come back before
    mail.state, mail.returned_at, mail.last_error = MailState.RETURNED, clock.now(), report.reason
    if outcome is Outcome.MARKED:
        follow(mail)


def _mail_of(report: Report) -> OutboxMail | None:
    """Our mail to one of the recipients that the report names, locked. A report proves that it
    knows the mail by the random name that the mail bears, or by the seal in its envelope."""
    sealed = [number for number, mark in report.envelopes if is_sealed(envelope_text(number), mark)]
    mails = db.session.scalars(
        select(OutboxMail)
        .where(or_(OutboxMail.message_id.in_(report.message_ids), OutboxMail.id.in_(sealed)))
        .order_by(OutboxMail.id)
    ).all()
    for mail in mails:
        if _is_to(mail, report.recipients) or (mail.id in sealed and not report.recipients):
            lock(mail)
            return mail
    return None


def _is_to(mail: OutboxMail, recipients: frozenset[str]) -> bool:
    plain = normalised_email(mail.to_email)
    return bool({plain, one_address(plain) or plain} & recipients)


def _forget(there: frozenset[str]) -> None:
    """Rows of messages that are gone: at once where a person took them out, else after a while."""
    gone = [
        row.id
        for row in db.session.execute(
            select(ReturnedMail.id, ReturnedMail.box_key, ReturnedMail.outcome).where(
                or_(
                    ReturnedMail.outcome == Outcome.UNKNOWN,
                    ReturnedMail.found_at < clock.now() - REMEMBERED,
                )
            )
        )
        if row.box_key not in there
    ]
    if gone:
        with transaction():
            db.session.execute(delete(ReturnedMail).where(ReturnedMail.id.in_(gone)))


# ---- Mails that the server refused at once ------------------------------------------------------


def take_in_refusals(follow: Follow) -> int:
    """Draw the consequences of mails that a server refused for good while they were handed over."""
    numbers = db.session.scalars(
        select(OutboxMail.id)
        .where(
            OutboxMail.state == MailState.FAILED,
            OutboxMail.returned_at.is_(None),
            OutboxMail.last_error.like("5%"),
        )
        .order_by(OutboxMail.id)
        .limit(MOST_REFUSED)
    ).all()
    for number in numbers:
        with transaction():
            _take_in_refusal(db.session.get_one(OutboxMail, number), follow)
    return len(numbers)


def _take_in_refusal(mail: OutboxMail, follow: Follow) -> None:
    lock(mail)
    if mail.state is not MailState.FAILED or mail.returned_at is not None:
        return
    mail.returned_at = clock.now()
    if is_for_good(mail.last_error):
        follow(mail)
