"""Named reads of the outbox, always within the scopes that the page may show."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import load_only

from eventapp.accounts.models import HostOrganisation
from eventapp.desk.outbox_groups import GROUPS, MailFilter, MailGroup
from eventapp.events.models import Event
from eventapp.foundation.database import db
from eventapp.foundation.outbox import OutboxMail
from eventapp.foundation.pages import Page, paginate
from eventapp.foundation.text import like_pattern, search_terms


def scopes_of_host(host_id: int) -> Sequence[str]:
    """The host's own scope and those of its events. One statement."""
    ids = db.session.scalars(select(Event.id).where(Event.host_id == host_id))
    return [f"host:{host_id}", *(f"event:{one}" for one in ids)]


def is_only_host() -> bool:
    """Whether this installation serves one organisation. One statement."""
    return db.session.scalar(select(func.count()).select_from(HostOrganisation)) == 1


def mails(scopes: Sequence[str], wanted: MailFilter, number: int) -> Page[OutboxMail]:
    """Mails without their contents, newest first. Two statements."""
    return paginate(mails_wanted(scopes, wanted), number)


def mails_wanted(scopes: Sequence[str], wanted: MailFilter) -> Select[OutboxMail]:
    """Selects the mails that pass the filter, newest first: for the page and for the file."""
    return (
        select(OutboxMail)
        .options(
            load_only(
                OutboxMail.public_id, OutboxMail.kind, OutboxMail.to_email, OutboxMail.to_name,
                OutboxMail.subject, OutboxMail.state, OutboxMail.created_at, OutboxMail.sent_at,
                OutboxMail.attempts,
            )
        )
        .where(*_wanted(scopes, wanted.search), OutboxMail.state.in_(GROUPS[wanted.group]))
        .order_by(OutboxMail.id.desc())
    )  # fmt: skip


def mail_counts(scopes: Sequence[str], search: str) -> dict[MailGroup, int]:
    """How many of the found mails are in each group. One statement."""
    rows = db.session.execute(
        select(OutboxMail.state, func.count())
        .where(*_wanted(scopes, search))
        .group_by(OutboxMail.state)
    )
    counted = {row[0]: row[1] for row in rows}
    return {
        group: sum(counted.get(state, 0) for state in states) for group, states in GROUPS.items()
    }


def mail_by_public_id(scopes: Sequence[str], public_id: str) -> OutboxMail | None:
    """One mail with everything, if it belongs to one of the scopes."""
    return db.session.scalar(
        select(OutboxMail).where(OutboxMail.public_id == public_id, OutboxMail.scope.in_(scopes))
    )


def _wanted(scopes: Sequence[str], search: str) -> list[ColumnElement[bool]]:
    found = [
        OutboxMail.search.like(like_pattern(term), escape="\\") for term in search_terms(search)
    ]
    return [OutboxMail.scope.in_(scopes), *found]
