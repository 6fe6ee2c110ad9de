"""A row of the outbox as it goes out: only here do its links begin to work."""

from functools import lru_cache

from eventapp.foundation.delivery_statements import ClaimedMail
from eventapp.foundation.mail_links import link_filler
from eventapp.foundation.mail_message import Draft, Part, one_address, sender_address
from eventapp.foundation.return_reports import envelope_text
from eventapp.foundation.settings import Settings
from eventapp.foundation.tokens import seal


def draft_of(mail: ClaimedMail, settings: Settings) -> Draft:
    """All that the message says."""
    filled = link_filler(settings.base_url)
    return Draft(
        message_id=mail.message_id,
        written_at=mail.created_at,
        sender=settings.mail_from,
        sender_name=mail.from_name,
        recipient=mail.to_email,
        recipient_name=mail.to_name,
        reply_to=mail.reply_to,
        locale=mail.locale,
        subject=mail.subject,
        text=filled(mail.text),
        html=filled(mail.html),
        parts=[Part(one.filename, one.content_type, one.body) for one in mail.files()],
        headers={name: filled(value) for name, value in mail.headers.items()},
    )


def envelope_sender(mail_id: int, settings: Settings) -> str:
    """To whom this mail comes back: where a "*" stands in the address, with the mail's number."""
    own = settings.bounce_address or _own_address(settings.mail_from)
    if "*" not in own:
        return own
    return own.replace("*", f"{mail_id}-{seal(envelope_text(mail_id))}", 1)


@lru_cache(maxsize=8)
def _own_address(mail_from: str) -> str:
    return sender_address(mail_from).addr_spec


def envelope_recipient(draft: Draft) -> str:
    """To whom it goes; international domains as the line takes them."""
    return one_address(draft.recipient) or draft.recipient
