"""The outbox: a mail is a row, written in the transaction of the change that it reports.

The worker delivers it later (`delivery`). A personal link stands in the row as a placeholder
(`mail_links`): a copy of the database opens no door.
"""

import base64
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.foundation import clock, mail_rendering
from eventapp.foundation.database import Model, after_commit, db
from eventapp.foundation.mail_links import link_placeholder, row_in
from eventapp.foundation.mail_message import one_address, sender_address
from eventapp.foundation.mail_states import MailState
from eventapp.foundation.message import Message
from eventapp.foundation.rows import insert_row_once
from eventapp.foundation.text import clean, search_key
from eventapp.foundation.tokens import LinkKind, new_public_id
from eventapp.foundation.wake import wake_worker

__all__ = [
    "Address", "Attachment", "MailState", "OutboxMail", "base_url", "is_one_address",
    "link_placeholder", "queue_mail",
]  # fmt: skip

LARGEST_ATTACHMENTS = 5 * 1024 * 1024
UNSUBSCRIBE = "List-Unsubscribe"
OBJECTION_GENERATION = 1
UNUSABLE_ADDRESS = "not exactly one e-mail address"


@dataclass(frozen=True, slots=True)
class Address:
    """Exactly one recipient."""

    email: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail; `content_type` without parameters."""

    filename: str
    content_type: str
    body: bytes


class OutboxMail(Model):
    """A mail as its recipient will read it, but for the secrets in its links.

    `scope` says whose mail it is ("event:7", "host:1") and thereby who may read it; `about` for
    which invitation or registration it is ("i/…", "r/…"); `batch` with what it was written
    ("wave:3").
    `returned_at` is when it was noted that the mail cannot be delivered.
    """

    __table_args__ = (
        Index("ix_outbox_mail_due", "state", "next_attempt_at"),
        Index("ix_outbox_mail_scope", "scope", "id"),
        Index("ix_outbox_mail_about", "about"),
        Index("ix_outbox_mail_batch", "batch"),
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
    search: Mapped[str] = mapped_column(default="")
    about: Mapped[str] = mapped_column(default="")
    batch: Mapped[str] = mapped_column(default="")
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
    returned_at: Mapped[datetime | None]

    @property
    def may_be_objected_to(self) -> bool:
        """Whether its recipient can say that no more such mails shall come."""
        return UNSUBSCRIBE in self.headers

    def files(self) -> list[Attachment]:
        """The attached files with their bytes."""
        return files_of(self.attachments)


def files_of(attachments: Iterable[Mapping[str, Any]]) -> list[Attachment]:
    """The files that a row of the outbox holds, with their bytes."""
    return [
        Attachment(one["filename"], one["content_type"], base64.b64decode(one["body"]))
        for one in attachments
    ]


def base_url() -> str:
    """The address under which guests reach this installation; from the settings, never asked."""
    return str(current_app.config["SETTINGS"].base_url)


def is_one_address(email: str) -> bool:
    """Whether a mail to this can be sent at all."""
    return one_address(email) is not None


def queue_mail(
    *,
    to: Address,
    template: str,
    values: Mapping[str, Any],
    locale: str,
    scope: str,
    own: Mapping[str, str | Message] | None = None,
    attachments: Iterable[Attachment] = (),
    reply_to: str | None = None,
    dedupe_key: str | None = None,
    bulk: bool = False,
    headers: Mapping[str, str] | None = None,
    may_object: bool = False,
    about: str = "",
    batch: str = "",
) -> None:
    """Write a mail into the current transaction; the worker is woken after its commit.

    `template` is a .txt with blocks subject and letter; its .html sibling, if any, becomes the
    second part; `own` are the values that are this reader's alone (see `mail_rendering`). A mail
    with the same `dedupe_key` is written once; `bulk` mails wait for others.
    With `may_object` its foot and its headers hold a link for "no more of these", which the
    caller must have heeded. `about` is read from the personal link where it is left out.
    An address that is not exactly one makes the mail fail at once, where the organiser sees it.
    Raises ValueError where the attachments are too large.
    """
    public_id = new_public_id()
    objection = objection_placeholder(public_id) if may_object else ""
    own = {**own, "objection": objection} if own else {}
    shared = values if own else {"objection": objection, **values}
    letter = mail_rendering.render(template, shared, locale, own=own)
    usable = is_one_address(to.email)
    insert_row_once(
        OutboxMail,
        "dedupe_key",
        public_id=public_id,
        message_id=_new_message_id(),
        scope=scope,
        kind=template,
        about=about or row_in(letter.text),
        batch=batch,
        bulk=bulk,
        locale=locale,
        to_email=clean(to.email),
        to_name=clean(to.name),
        reply_to=clean(reply_to or ""),
        from_name=clean(str(values.get("owner") or "")),
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        dedupe_key=dedupe_key,
        headers=_objection_headers(objection) | dict(headers or {}),
        attachments=_stored(attachments),
        search=search_key(to.name, to.email, letter.subject),
        state=MailState.QUEUED if usable else MailState.FAILED,
        last_error="" if usable else UNUSABLE_ADDRESS,
    )
    after_commit("wake worker", wake_worker)


def objection_placeholder(public_id: str) -> str:
    """What stands in a mail for the link to object to more of its kind; bound to this very mail."""
    return link_placeholder(LinkKind.UNSUBSCRIBE, public_id, OBJECTION_GENERATION)


def _objection_headers(link: str) -> dict[str, str]:
    """One click in the mail program (RFC 2369, RFC 8058)."""
    if not link:
        return {}
    return {UNSUBSCRIBE: f"<{link}>", f"{UNSUBSCRIBE}-Post": "List-Unsubscribe=One-Click"}


def mail_by_public_id(public_id: str) -> OutboxMail | None:
    """The mail of this name, of whatever scope: for links that are verified otherwise."""
    return db.session.scalar(select(OutboxMail).where(OutboxMail.public_id == public_id))


def _stored(attachments: Iterable[Attachment]) -> list[dict[str, Any]]:
    files = list(attachments)
    if sum(len(one.body) for one in files) > LARGEST_ATTACHMENTS:
        raise ValueError("attachments larger than mail servers take")
    return [
        {
            "filename": clean(one.filename),
            "content_type": one.content_type,
            "body": base64.b64encode(one.body).decode(),
        }
        for one in files
    ]


def _new_message_id() -> str:
    """Random, with the domain that mails come from: never the name of this machine."""
    sender = sender_address(str(current_app.config["SETTINGS"].mail_from))
    return f"<{secrets.token_hex(16)}@{sender.domain}>"
