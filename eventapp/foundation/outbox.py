"""The outbox: a mail is a row, written in the transaction of the change that it reports.

The worker delivers it later (`delivery`). A personal link stands in the row as a placeholder, which
becomes an address only at the moment of sending: a copy of the database opens no door.
"""

import base64
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import make_msgid
from enum import StrEnum
from typing import Any

from flask import current_app
from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.foundation import clock, mail_rendering
from eventapp.foundation.database import Model, after_commit, db
from eventapp.foundation.text import clean
from eventapp.foundation.tokens import LinkKind, new_public_id, sign
from eventapp.foundation.wake import wake_worker

_PLACEHOLDER = re.compile(
    r"https://link\.invalid/(?P<kind>[a-z])/(?P<id>[\w-]{1,40})\.(?P<generation>\d{1,9})"
)
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+")


class MailState(StrEnum):
    """Where a mail stands. KEPT: no mail server is set, it is read in the app and goes nowhere."""

    QUEUED = "queued"
    INFLIGHT = "inflight"
    AWAITING_RETRY = "awaiting_retry"
    SENT = "sent"
    FAILED = "failed"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Address:
    """Exactly one recipient."""

    email: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail."""

    filename: str
    content_type: str
    body: bytes


class OutboxMail(Model):
    """A mail as its recipient will read it, but for the secrets in its links.

    `scope` says whose mail it is ("event:7", "host:1") and thereby who may read it.
    """

    __table_args__ = (
        Index("ix_outbox_mail_due", "state", "next_attempt_at"),
        Index("ix_outbox_mail_scope", "scope", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    message_id: Mapped[str] = mapped_column(unique=True)
    scope: Mapped[str]
    kind: Mapped[str]
    to_email: Mapped[str]
    to_name: Mapped[str] = mapped_column(default="")
    from_name: Mapped[str] = mapped_column(default="")
    reply_to: Mapped[str] = mapped_column(default="")
    locale: Mapped[str] = mapped_column(default="de")
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str] = mapped_column(default="")
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    headers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    bulk: Mapped[bool] = mapped_column(default=False)
    dedupe_key: Mapped[str | None] = mapped_column(unique=True)
    state: Mapped[MailState] = mapped_column(default=MailState.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime] = mapped_column(default=clock.now)
    leased_until: Mapped[datetime | None]
    lease_id: Mapped[str] = mapped_column(default="")
    last_error: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    sent_at: Mapped[datetime | None]

    def files(self) -> list[Attachment]:
        """The attached files with their bytes."""
        return [Attachment(one["filename"], one["content_type"], base64.b64decode(one["body"]))
                for one in self.attachments]


def base_url() -> str:
    """The address under which guests reach this installation; from the settings, never asked."""
    return str(current_app.config["SETTINGS"].base_url)


def is_one_address(email: str) -> bool:
    """Whether a mail to this can be queued at all."""
    return _ADDRESS.fullmatch(email) is not None


def was_queued(dedupe_key: str) -> bool:
    """Whether a mail with this key lies in the outbox already."""
    return db.session.scalar(
        select(OutboxMail.id).where(OutboxMail.dedupe_key == dedupe_key)
    ) is not None


def link_placeholder(kind: LinkKind, public_id: str, generation: int) -> str:
    """What stands in the outbox for a personal link; survives escaping as an address does."""
    return f"https://link.invalid/{kind.value}/{public_id}.{generation}"


def fill_links(text: str, base: str) -> str:
    """The text with every placeholder turned into the link that works; only for sending."""
    return _PLACEHOLDER.sub(lambda found: base + _path(found), text)


def mask_links(text: str, base: str) -> str:
    """The text with every placeholder shown as a link whose secret is hidden."""
    return _PLACEHOLDER.sub(lambda found: f"{base}/{found['kind']}/…", text)


def _path(found: re.Match[str]) -> str:
    kind = LinkKind(found["kind"])
    return f"/{kind.value}/{sign(kind, found['id'], int(found['generation']))}"


def queue_mail(
    *, to: Address, template: str, values: Mapping[str, Any], locale: str, scope: str,
    attachments: Iterable[Attachment] = (), reply_to: str | None = None,
    dedupe_key: str | None = None, bulk: bool = False,
) -> OutboxMail:
    """Write a mail into the current transaction; the worker is woken after its commit.

    `template` is a .txt with blocks subject and letter; its .html sibling, if any, becomes the
    second part. Raises ValueError unless `to` is exactly one address.
    """
    if not is_one_address(to.email):
        raise ValueError("not exactly one e-mail address")
    letter = mail_rendering.render(template, values, locale)
    mail = OutboxMail(
        message_id=make_msgid(secrets.token_hex(8), domain=_domain()), scope=scope, kind=template,
        to_email=to.email, to_name=clean(to.name), reply_to=reply_to or "", locale=locale,
        from_name=clean(str(values.get("owner") or "")), subject=letter.subject, text=letter.text,
        html=letter.html, bulk=bulk, dedupe_key=dedupe_key,
        attachments=[
            {"filename": one.filename, "content_type": one.content_type,
             "body": base64.b64encode(one.body).decode()} for one in attachments
        ],
    )
    db.session.add(mail)
    after_commit("wake worker", wake_worker)
    return mail


def _domain() -> str:
    """The right-hand side of a Message-ID: where mails come from, never this machine's name."""
    address = str(current_app.config["SETTINGS"].mail_from)
    return address.rpartition("@")[2].strip("> ") or "localhost.example"
