"""What organisers do with mails."""

from eventapp.accounts.audit import record_change
from eventapp.accounts.models import Account
from eventapp.foundation.database import transaction
from eventapp.foundation.delivery import retry_now
from eventapp.foundation.outbox import OutboxMail


def send_again(mail: OutboxMail, *, by: Account) -> None:
    """Try at once what failed or waits. Raises Refused for a mail that was delivered or waits."""
    with transaction():
        before = mail.state
        retry_now(mail)
        record_change(
            by, "mail.sent_again", mail, before={"state": before}, after={"state": mail.state},
            scope=mail.scope,
        )  # fmt: skip
