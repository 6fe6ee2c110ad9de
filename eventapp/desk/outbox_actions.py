"""What organisers do with mails."""

from eventapp.accounts.audit import record_change
from eventapp.accounts.models import Account
from eventapp.foundation.database import transaction
from eventapp.foundation.delivery import retry_now
from eventapp.foundation.outbox import OutboxMail
from eventapp.invitations.errors import NoMailWanted
from eventapp.invitations.queries import (
    event_of_mail,
    invitation_of_mail,
    objects_to_mail,
    unwanted_among,
)


def _is_unwanted(mail: OutboxMail) -> bool:
    """Whether its recipient objects to such mails: from the host, or about this event."""
    event, invitation = event_of_mail(mail), invitation_of_mail(mail)
    if event is None:
        return False
    about_event = invitation is not None and bool(unwanted_among(event, [invitation]))
    return about_event or objects_to_mail(event.host_id, mail.to_email)


def send_again(mail: OutboxMail, *, by: Account) -> None:
    """Try at once what failed or waits. Raises Refused for a mail that was delivered or waits, and
    NoMailWanted where its recipient objects to such mails."""
    if mail.may_be_objected_to and _is_unwanted(mail):
        raise NoMailWanted
    with transaction():
        before = mail.state
        retry_now(mail)
        record_change(
            by, "mail.sent_again", mail, before={"state": before}, after={"state": mail.state},
            scope=mail.scope,
        )  # fmt: skip
