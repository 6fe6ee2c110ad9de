"""Tables of host organisations, accounts, sign-in and the audit trail."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.accounts.states import LegalKind, Role
from eventapp.foundation import clock
from eventapp.foundation.database import Model, VersionedMixin
from eventapp.foundation.tokens import new_public_id


class HostOrganisation(VersionedMixin, Model):
    """An agency that invites; the tenant to which contacts, events and colleagues belong."""

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    colour: Mapped[str] = mapped_column(default="#1c3fb4")
    palette: Mapped[dict[str, Any]] = mapped_column(default=dict)
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class LegalPage(VersionedMixin, Model):
    """One legal page in both languages, Markdown."""

    __table_args__ = (UniqueConstraint("host_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    host_id: Mapped[int] = mapped_column(ForeignKey("host_organisation.id", ondelete="CASCADE"))
    kind: Mapped[LegalKind]
    body_de: Mapped[str] = mapped_column(default="")
    body_en: Mapped[str] = mapped_column(default="")
    updated_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)

    host: Mapped[HostOrganisation] = relationship()


class Account(VersionedMixin, Model):
    """A person who signs in with e-mail address and password, and a second factor if they wish.

    `link_generation` counts the links by which a person sets a new password: only the newest opens,
    until `link_expires_at`; those with which a colleague begins belong to the membership. The
    second factor's secret is derived from `totp_generation`, not stored; `totp_last_step` is the
    time step of the code that was used last.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    position: Mapped[str] = mapped_column(default="")
    password_hash: Mapped[str] = mapped_column(default="")
    locale: Mapped[str] = mapped_column(default="de")
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    public_id: Mapped[str] = mapped_column(unique=True, index=True, default=new_public_id)
    link_generation: Mapped[int] = mapped_column(default=1)
    link_expires_at: Mapped[datetime | None]
    totp_generation: Mapped[int] = mapped_column(default=0)
    totp_since: Mapped[datetime | None]
    totp_last_step: Mapped[int] = mapped_column(default=0)

    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="account", cascade="all, delete-orphan", order_by="Membership.id"
    )


class RecoveryCode(Model):
    """A code for whoever has lost the second factor: works once, and only its hash is kept."""

    __table_args__ = (UniqueConstraint("account_id", "code_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    code_hash: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    used_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship()


def _begins_with_right(context: Any) -> bool:
    """Administrators give the right to others, so they begin with it; anybody else asks them."""
    return bool(context.get_current_parameters()["role"] == Role.ADMINISTRATOR)


class Membership(Model):
    """An account's role for one host organisation.

    It counts from `accepted_at` on: before, the organisation has only asked, and the person may
    work for another one. `sees_needs` is the right to know what support guests need; it works for
    organisers only.
    """

    __table_args__ = (UniqueConstraint("account_id", "host_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    host_id: Mapped[int] = mapped_column(
        ForeignKey("host_organisation.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[Role]
    sees_needs: Mapped[bool] = mapped_column(default=_begins_with_right)
    invited_at: Mapped[datetime] = mapped_column(default=clock.now)
    accepted_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship(back_populates="memberships")
    host: Mapped[HostOrganisation] = relationship()


class SignInSession(Model):
    """One signed-in browser. The cookie carries a random secret, the row only its hash."""

    id: Mapped[int] = mapped_column(primary_key=True)
    secret_hash: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    host_id: Mapped[int | None] = mapped_column(
        ForeignKey("host_organisation.id", ondelete="SET NULL")
    )
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    revoked_at: Mapped[datetime | None]
    user_agent: Mapped[str] = mapped_column(default="")

    account: Mapped[Account] = relationship()


class SignInAttempt(Model):
    """A failed sign-in, counted per account and per address so that guessing becomes slow."""

    __table_args__ = (Index("ix_sign_in_attempt_key_at", "key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=clock.now)


class AuditEntry(Model):
    """Who changed what, when, from what to what. Append-only; never diet or access needs."""

    __table_args__ = (
        Index("ix_audit_entry_subject", "subject_kind", "subject_id"),
        Index("ix_audit_entry_host_at", "host_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    host_id: Mapped[int | None] = mapped_column(
        ForeignKey("host_organisation.id", ondelete="CASCADE")
    )
    scope: Mapped[str] = mapped_column(default="", index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    actor: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    action: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[str]
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reason: Mapped[str] = mapped_column(default="")
