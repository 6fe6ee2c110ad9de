"""Two answers for machines: is the process alive, and can it do its work."""

import os

from flask import Blueprint, Response, current_app
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from eventapp.foundation.access import public
from eventapp.foundation.database import db
from eventapp.foundation.http import no_store
from eventapp.foundation.logs import log
from eventapp.foundation.migrations import current_revision, newest_revision

blueprint = Blueprint("health", __name__)

UNAVAILABLE = 503


@blueprint.route("/healthz")
@public
def alive() -> Response:
    """The process answers; asks nothing else, so that a slow database restarts nobody."""
    return no_store(Response("ok\n", mimetype="text/plain"))


@blueprint.route("/readyz")
@public
def ready() -> Response:
    """The database answers, its tables are the newest, and the data folder can be written."""
    missing = shortcomings()
    if not missing:
        return no_store(Response("ok\n", mimetype="text/plain"))
    log.error("not ready", missing=missing)
    answer = Response(
        "".join(f"{line}\n" for line in missing), mimetype="text/plain", status=UNAVAILABLE
    )
    return no_store(answer)


def shortcomings() -> list[str]:
    """What keeps the program from working, a line each, without secrets."""
    folder = current_app.config["SETTINGS"].data_dir
    lines = [] if os.access(folder, os.W_OK) else ["the data folder cannot be written"]
    try:
        with db.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
        current = current_revision()
    except SQLAlchemyError:
        return [*lines, "the database does not answer"]
    return lines if current == newest_revision() else [*lines, "the tables are not the newest"]
