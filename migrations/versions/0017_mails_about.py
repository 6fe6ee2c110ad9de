"""Whom the mails are about that hold no personal link, so that they are found again."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from eventapp.foundation.mail_links import row_in
from eventapp.foundation.text import normalised_email

revision = "0017_mails_about"
down_revision = "0016_doubles"
branch_labels = None
depends_on = None

AT_ONCE = 500
OWN = "own:"  # so began the keys of mails about a new address, followed by the guest's random name
TO_GUESTS = "registrations/mail/%"

mails = sa.table(
    "outbox_mail",
    sa.column("id"),
    sa.column("about"),
    sa.column("kind"),
    sa.column("scope"),
    sa.column("to_email"),
    sa.column("to_name"),
    sa.column("dedupe_key"),
    sa.column("text"),
)
guests = sa.table(
    "registration",
    sa.column("id"),
    sa.column("public_id"),
    sa.column("event_id"),
    sa.column("email_key"),
    sa.column("title"),
    sa.column("first_name"),
    sa.column("last_name"),
    sa.column("organisation_name"),
    sa.column("name_suffix"),
    sa.column("main_id"),
)


def upgrade() -> None:
    """Read it off the link in the text, the key, or the address and name.

    What none of them tells stays as it is: a mail to somebody whose name or address has changed
    since, or who is no longer there. Guests still find those that went to their present name.
    """
    connection, last = op.get_bind(), 0
    while True:
        rows = connection.execute(
            sa.select(mails)
            .where(mails.c.id > last, mails.c.about == "", _to_somebody())
            .order_by(mails.c.id)
            .limit(AT_ONCE)
        ).all()
        if not rows:
            return
        last = rows[-1].id
        known = _guests_at(connection, rows)
        found = [{"number": row.id, "row": _row_of(row, known)} for row in rows]
        told = [one for one in found if one["row"]]
        if told:
            connection.execute(
                mails.update()
                .where(mails.c.id == sa.bindparam("number"))
                .values(about=sa.bindparam("row")),
                told,
            )


def _to_somebody() -> sa.ColumnElement[bool]:
    kinds = (TO_GUESTS, "invitations/mail/%", "notices/mail/%")
    return sa.or_(*(mails.c.kind.like(kind) for kind in kinds))


def _row_of(row: sa.Row[Any], known: Mapping[tuple[str, str, str], str]) -> str:
    linked = row_in(row.text)
    if linked:
        return linked
    if (row.dedupe_key or "").startswith(OWN):
        return f"r/{row.dedupe_key.split(':')[1]}"
    return known.get((row.scope, normalised_email(row.to_email), row.to_name), "")


def _guests_at(
    connection: sa.Connection, rows: Sequence[sa.Row[Any]]
) -> dict[tuple[str, str, str], str]:
    """Who has these addresses: by event, address and name; of several the one entered last."""
    addresses = {normalised_email(row.to_email) for row in rows if row.to_email}
    people = connection.execute(
        sa.select(guests)
        .where(guests.c.email_key.in_(addresses), guests.c.main_id.is_(None))
        .order_by(guests.c.id)
    )
    return {
        (f"event:{one.event_id}", one.email_key, name): f"r/{one.public_id}"
        for one in people
        for name in _names_of(one)
    }


def _names_of(one: sa.Row[Any]) -> tuple[str, str]:
    """Without and with title, as mails were addressed."""
    name = f"{one.first_name} {one.last_name}".strip() or one.organisation_name
    full = f"{one.title} {name}".strip()
    return name, f"{full}, {one.name_suffix}" if one.name_suffix else full


def downgrade() -> None:
    """Nothing to take back: the version before reads what stands there in the same way."""
