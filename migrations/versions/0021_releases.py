"""Releases of a programme: what everybody sees, apart from the draft that organisers work on.

What is public becomes release 1 of its event; when a session was cancelled is told by that.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021_releases"
down_revision = "0020_acknowledged_conflicts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables, and release 1 of every event that has announced something."""
    op.create_table(
        "programme_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("note_de", sa.Text(), nullable=False),
        sa.Column("note_en", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_programme_release_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["released_by_id"],
            ["account.id"],
            name=op.f("fk_programme_release_released_by_id_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_release")),
        sa.UniqueConstraint(
            "event_id", "number", name=op.f("uq_programme_release_event_id_number")
        ),
    )
    op.create_index(
        op.f("ix_programme_release_released_by_id"), "programme_release", ["released_by_id"]
    )
    op.create_table(
        "released_session",
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("appearance", sa.String(40), nullable=False),
        sa.Column("title_de", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("teaser_de", sa.Text(), nullable=False),
        sa.Column("teaser_en", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("room_name", sa.Text(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=True),
        sa.Column("slot_de", sa.Text(), nullable=False),
        sa.Column("slot_en", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["programme_release.id"],
            name=op.f("fk_released_session_release_id_programme_release"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["session.id"],
            name=op.f("fk_released_session_session_id_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("release_id", "session_id", name=op.f("pk_released_session")),
    )
    op.create_index(op.f("ix_released_session_session_id"), "released_session", ["session_id"])
    _release_what_is_public()
    op.drop_column("session", "cancelled_at")


def downgrade() -> None:
    """What was cancelled is told by a column again; drafts are public at once, as they were."""
    op.add_column("session", sa.Column("cancelled_at", sa.DateTime(timezone=True)))
    op.execute(
        "UPDATE session SET cancelled_at = last_modified_at WHERE id IN (SELECT session_id"
        " FROM released_session WHERE appearance <> 'takes_place' AND NOT EXISTS (SELECT 1"
        " FROM released_session AS later WHERE later.session_id = released_session.session_id"
        " AND later.release_id > released_session.release_id))"
    )
    op.drop_table("released_session")
    op.drop_table("programme_release")


def _release_what_is_public() -> None:
    connection = op.get_bind()
    session = sa.table("session", *map(sa.column, (
        "id", "event_id", "key", "kind", "state", "public", "title_de", "title_en", "teaser_de",
        "teaser_en", "starts_at", "ends_at", "room_id", "slot_id", "capacity", "cancelled_at",
    )))  # fmt: skip
    rows = (
        connection.execute(
            sa.select(session).where(
                session.c.state.in_(("published", "changed", "cancelled")),
                session.c.starts_at.is_not(None),
            )
        )
        .mappings()
        .all()
    )
    releases = _releases({row["event_id"] for row in rows if _appearance(row)})
    names = {
        "room": _by_id("SELECT id, name FROM room"),
        "slot": _by_id("SELECT id, name_de, name_en FROM slot"),
    }
    people = _people()
    table = sa.table("released_session", *map(sa.column, (
        "release_id", "session_id", "since", "key", "kind", "appearance", "title_de", "title_en",
        "teaser_de", "teaser_en", "starts_at", "ends_at", "room_id", "room_name", "slot_id",
        "slot_de", "slot_en", "capacity",
    )), sa.column("people", sa.JSON))  # fmt: skip
    for row in rows:
        appearance = _appearance(row)
        if appearance:
            values = {name: row[name] for name in ("key", "kind", "starts_at", "ends_at")}
            values |= {"appearance": appearance, "release_id": releases[row["event_id"]],
                       "session_id": row["id"], "since": 1}  # fmt: skip
            connection.execute(
                sa.insert(table).values(values | _words(row, appearance, names, people))
            )


def _by_id(statement: str):
    return {row["id"]: row for row in op.get_bind().execute(sa.text(statement)).mappings()}


def _appearance(row) -> str:
    """How everybody sees it, if they do: an internal one only where they once did."""
    internal = not row["public"] or row["kind"] == "internal"
    if internal:
        return "withdrawn" if row["cancelled_at"] is not None else ""
    return "cancelled" if row["state"] == "cancelled" else "takes_place"


def _releases(event_ids) -> dict[int, int]:
    connection = op.get_bind()
    event = sa.table("event", *map(sa.column, (
        "id", "programme_published_at", "last_modified_at")))  # fmt: skip
    release = sa.table("programme_release", *map(sa.column, (
        "id", "event_id", "number", "released_at", "reason", "note_de", "note_en")))  # fmt: skip
    first = sa.select(
        event.c.id,
        sa.literal(1),
        sa.func.coalesce(event.c.programme_published_at, event.c.last_modified_at),
        sa.literal("decided"),
        sa.literal(""),
        sa.literal(""),
    ).where(event.c.id.in_(sorted(event_ids)))
    names = ["event_id", "number", "released_at", "reason", "note_de", "note_en"]
    connection.execute(sa.insert(release).from_select(names, first))
    rows = connection.execute(sa.select(release.c.event_id, release.c.id))
    return {row.event_id: row.id for row in rows}


def _people() -> dict[int, list[dict[str, object]]]:
    """Who is named in each session, in their order."""
    found: dict[int, list[dict[str, object]]] = {}
    rows = op.get_bind().execute(sa.text(
        "SELECT contribution.session_id, contribution.role, contributor.id, contributor.title,"
        " contributor.first_name, contributor.last_name, contributor.name_suffix,"
        " contributor.organisation_name, contributor.position"
        " FROM contribution JOIN contributor ON contributor.id = contribution.contributor_id"
        " WHERE contribution.state IN ('agreed', 'confirmed') AND contribution.role <> 'protocol'"
        " ORDER BY contribution.position, contribution.id"
    ))  # fmt: skip
    for one in rows.mappings():
        found.setdefault(one["session_id"], []).append(
            {
                "contributor_id": one["id"],
                "name": _full_name(one),
                "role": one["role"],
                "organisation": one["organisation_name"],
                "position": one["position"],
            }
        )
    return found


def _full_name(person) -> str:
    name = f"{person['first_name']} {person['last_name']}".strip() or person["organisation_name"]
    name = f"{person['title']} {name}".strip()
    return f"{name}, {person['name_suffix']}" if person["name_suffix"] else name


def _words(row, appearance, names, people) -> dict[str, object]:
    """What it says; what is internal now says nothing."""
    if appearance == "withdrawn":
        texts = ("title_de", "title_en", "teaser_de", "teaser_en", "room_name", "slot_de")
        return dict.fromkeys((*texts, "slot_en"), "") | {
            "room_id": None, "slot_id": None, "capacity": None, "people": []}  # fmt: skip
    room, slot = names["room"].get(row["room_id"]), names["slot"].get(row["slot_id"])
    same = ("title_de", "title_en", "teaser_de", "teaser_en", "room_id", "slot_id", "capacity")
    return {name: row[name] for name in same} | {
        "room_name": room["name"] if room else "",
        "slot_de": slot["name_de"] if slot else "",
        "slot_en": slot["name_en"] if slot else "",
        "people": people.get(row["id"], []),
    }
