"""Where the tables stand, and how they are brought up or down.

Alembic is imported when tables move: what only asks where they stand, as every web process does
when it starts, does without.
"""

from functools import cache

from flask import current_app
from sqlalchemy import inspect, text

from eventapp.foundation.assets import asset_folder
from eventapp.foundation.database import db
from eventapp.foundation.text import slugify

NEWEST = "head"
ONE_BACK = "-1"


def current_revision() -> str | None:
    """The migration at which the database stands; None where it is empty."""
    with db.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return revision


@cache
def newest_revision() -> str | None:
    """The last migration that this version of the program ships; the files are named by it."""
    names = (path.stem for path in (asset_folder("migrations") / "versions").glob("[0-9]*.py"))
    return max(names, default=None)


def upgrade(revision: str = NEWEST) -> None:
    """Bring the tables up to a revision; data is kept."""
    _prepare()
    from flask_migrate import upgrade as raise_tables  # noqa: PLC0415 - see above

    raise_tables(revision=revision)


def downgrade(revision: str = ONE_BACK) -> None:
    """Take the tables back to a revision."""
    _prepare()
    from flask_migrate import downgrade as lower_tables  # noqa: PLC0415 - see above

    lower_tables(revision=revision)


def stamp(revision: str = NEWEST) -> None:
    """Note that the tables stand at a revision, without touching them."""
    _prepare()
    from flask_migrate import stamp as mark_tables  # noqa: PLC0415 - see above

    mark_tables(revision=revision)


def draft_migration(words: str) -> None:
    """Write the next migration file with the difference between the models and the database."""
    _prepare()
    from flask_migrate import revision as write_draft  # noqa: PLC0415 - see above

    number = int((newest_revision() or "0")[:4]) + 1
    name = f"{number:04}_{slugify(words).replace('-', '_')}"
    write_draft(message=words, autogenerate=True, rev_id=name)


def _prepare() -> None:
    """Tell Alembic where the history lies and whose tables it is about."""
    from flask_migrate import Migrate  # noqa: PLC0415 - see above

    folder = str(asset_folder("migrations"))
    Migrate(current_app, db, directory=folder, render_as_batch=True)
