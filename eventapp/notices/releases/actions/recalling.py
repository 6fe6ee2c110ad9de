"""Taking back mails of digests that have become pointless while they waited in the outbox.

The mail server may be away for hours: who has given the place back since then does not get it, nor
does anybody once the digest was stopped, or the event called off or over.
"""

from eventapp.foundation import clock
from eventapp.foundation.database import db, lock_columns
from eventapp.foundation.delivery_statements import ClaimedMail
from eventapp.foundation.recall import ask_before_sending
from eventapp.notices.releases import queries
from eventapp.notices.releases.mails import CHANGES
from eventapp.notices.releases.models import ReleaseDigest
from eventapp.notices.releases.states import GOING_OUT


def is_still_wanted(mail: ClaimedMail) -> bool:
    """Look once more, right before the mail goes out; who does not get it is no recipient."""
    word, digest_id, name = str(mail.dedupe_key).split(":", 2)
    if word != "digest":
        return True  # written before there were digests
    digest = queries.digest_by_id(int(digest_id))
    if digest is None:
        return False
    lock_columns(digest.event)
    recipient = queries.recipient_named(digest, name)
    if recipient is None:
        return False
    guest = recipient.registration_id if recipient.contributor_id is None else None
    if _goes_on(digest) and (guest is None or queries.has_place(guest)):
        return True
    db.session.delete(recipient)
    return False


def _goes_on(digest: ReleaseDigest) -> bool:
    event = digest.event
    held_back = event.state in queries.HELD_BACK or event.ends_at <= clock.now()
    return digest.state in GOING_OUT and not held_back


ask_before_sending(CHANGES, is_still_wanted)
