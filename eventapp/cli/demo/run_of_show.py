"""The run of show of the demo's full event, as its crew wrote it, with the crew's link open."""

import json
from dataclasses import replace

from eventapp.accounts.models import Account
from eventapp.cli.demo import files
from eventapp.cli.demo.events import MAIN
from eventapp.events.models import Event
from eventapp.programme.run_of_show.actions import import_lines, open_link
from eventapp.programme.run_of_show.receiving import changes_of, read_for

FIXED = {"Begrüßung", "Unterzeichnung"}
"""What the press was told to be there for."""


def load_run_of_show(event: Event, *, by: Account) -> None:
    """The lines of the list; its short names of rooms are those of the programme's file."""
    written = json.loads(files.text(MAIN.file))
    rooms = {room["id"]: room["name"] for room in written["rooms"]}
    rows = read_for(event, files.text("regieplan.csv").removeprefix("\ufeff"), rooms=rooms)
    lines = [replace(one, fixed=one.what in FIXED) for one in changes_of(rows)]
    import_lines(event, lines, by=by)
    open_link(event, by=by)
