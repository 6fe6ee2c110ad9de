"""What the sentences about the last changes need to know of guests and things."""

from collections.abc import Sequence

from eventapp.accounts.models import AuditEntry
from eventapp.desk.feed import Known
from eventapp.desk.overview_queries import lines_of
from eventapp.desk.trail_queries import names_of
from eventapp.desk.undo import Thing
from eventapp.registrations.models import Registration
from eventapp.registrations.queries import ranks, registrations_by_ids


def known_of(entries: Sequence[AuditEntry]) -> Known:
    """Names, who belongs to whom, and places in line. Five statements at most."""
    rows = registrations_by_ids(_ids(entries, "registration"))
    invitations = {row.invitation_id for row in rows if row.invitation_id}
    lines = lines_of(invitations.union(_ids(entries, "invitation")))
    parents: dict[Thing, Thing] = {
        ("invitation", str(own)): ("invitation", str(guest)) for own, guest in lines.items()
    }
    parents |= {
        ("invitation", str(row.invitation_id)): ("registration", str(row.replaces_id))
        for row in rows
        if row.replaces_id and row.invitation_id and row.invitation_id not in lines
    }
    parents |= {("registration", str(row.id)): over for row in rows if (over := _above(row))}
    now = names_of(entries)
    return Known(
        names=now.names,
        since=now.since,
        parents=parents,
        company=frozenset(str(row.id) for row in rows if row.companions),
        ranks={str(number): rank for number, rank in ranks(rows).items()},
    )


def _ids(entries: Sequence[AuditEntry], kind: str) -> list[int]:
    found = {entry.subject_id for entry in entries if entry.subject_kind == kind}
    return sorted(int(number) for number in found if number.isdecimal())


def _above(row: Registration) -> Thing | None:
    if row.main_id is not None:
        return ("registration", str(row.main_id))
    if row.invitation_id is not None:
        return ("invitation", str(row.invitation_id))
    return None
