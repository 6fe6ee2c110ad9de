"""Taking back mails of notices that have become pointless while they waited in the outbox.

The mail server may be away for hours: whoever has answered, or was withdrawn, since the mail was
written does not get it; nor does anybody once the notice was stopped, the event moved or called
off, or the deadline is over.
"""

from sqlalchemy import delete, update

from eventapp.foundation.database import db, lock_columns
from eventapp.foundation.delivery_statements import ClaimedMail
from eventapp.foundation.recall import ask_before_sending
from eventapp.invitations.models import Invitation
from eventapp.notices import queries
from eventapp.notices.actions.preview import obstacle_to
from eventapp.notices.mails import TEMPLATES
from eventapp.notices.models import Notice, NoticeRecipient
from eventapp.notices.states import GOING_OUT, NoticeKind


def is_still_wanted(mail: ClaimedMail) -> bool:
    """Look once more, right before the mail goes out; who does not get it is no recipient."""
    _word, notice_id, name = str(mail.dedupe_key).split(":")
    notice = queries.notice_by_id(int(notice_id))
    if notice is None:
        return False
    lock_columns(notice.event)
    lock_columns(notice)
    person_id = queries.person_named(notice, name)
    if person_id is None:
        return False
    if _goes_on(notice) and queries.is_still_for(notice, person_id):
        return True
    _forget(notice, person_id)
    return False


def _goes_on(notice: Notice) -> bool:
    return notice.state in GOING_OUT and not notice.is_over and obstacle_to(notice) is None


def _forget(notice: Notice, person_id: int) -> None:
    reminds = notice.kind is NoticeKind.REMINDER
    column = NoticeRecipient.invitation_id if reminds else NoticeRecipient.registration_id
    db.session.execute(
        delete(NoticeRecipient).where(NoticeRecipient.notice_id == notice.id, column == person_id)
    )
    if reminds:
        db.session.execute(
            update(Invitation)
            .where(Invitation.id == person_id)
            .values(reminded_at=queries.last_reminder_of(person_id))
        )


for _template in TEMPLATES.values():
    ask_before_sending(_template, is_still_wanted)
