"""What tests about notices share: an event with silent people, and looking at what was written."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from factories import make_account, make_contact, make_invitation
from sqlalchemy import select

from eventapp.accounts.models import Account
from eventapp.events.models import Event
from eventapp.foundation.database import db
from eventapp.foundation.delivery import Tally, deliver_due
from eventapp.foundation.mail_states import MailState
from eventapp.foundation.outbox import OutboxMail
from eventapp.invitations.models import Invitation
from eventapp.notices.actions import review_notice, send_due_notices
from eventapp.notices.models import Notice
from eventapp.notices.queries import notices_of
from eventapp.notices.requests import NoticeChange

REMINDER, PRACTICAL = "reminder", "practical"


WORDS = ("subject_de", "body_de", "subject_en", "body_en")


def change_of(row: Notice, **given) -> NoticeChange:
    words = {name: getattr(row, name) for name in WORDS}
    return NoticeChange(**({"due_at": row.due_at} | words | given))


def organiser_of(event: Event) -> Account:
    return make_account(event.host, name="Gesine Amtsbrück")


def notice(event: Event, key: str = REMINDER) -> Notice:
    """The notice as it is stored now, or would be."""
    db.session.expire_all()
    return notices_of(event)[key]


def seen(event: Event, key: str = REMINDER) -> int:
    """The version that an organiser has before them."""
    return notice(event, key).version


def reviewed(event: Event, key: str = REMINDER) -> Notice:
    """A notice that an organiser has approved."""
    review_notice(event, key, seen=seen(event, key), by=organiser_of(event))
    return notice(event, key)


def silent(event: Event, count: int, **given: Any) -> list[Invitation]:
    """Invited people who have not answered."""
    return [make_invitation(event, make_contact(event.host, **given)) for _ in range(count)]


def when_due(event: Event, key: str = REMINDER) -> datetime:
    return notice(event, key).due_at + timedelta(minutes=1)


def mails() -> list[OutboxMail]:
    return list(
        db.session.scalars(
            select(OutboxMail)
            .where(OutboxMail.kind.like("notices/%"))
            .order_by(OutboxMail.id)
            .execution_options(populate_existing=True)
        )
    )


def written_to() -> list[str]:
    """The addresses of all mails of notices that were not taken back."""
    return [mail.to_email for mail in mails() if mail.state is not MailState.RECALLED]


def emails(invitations: Iterable[Invitation]) -> list[str]:
    return [one.person.email for one in invitations]


def work() -> Tally:
    """One round of the worker; mails are kept here."""
    send_due_notices()
    tally = deliver_due()
    db.session.expire_all()
    return tally
