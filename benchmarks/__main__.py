"""`make bench`: build a world, measure, print figures beside their budgets."""

import os
import tempfile
from pathlib import Path

from benchmarks import board, bulk, mail, pages, programme, registering, table, world
from benchmarks.servers import bare_server, free_port, running, seconds_to_first_answer
from eventapp.foundation.settings import load_settings


def main() -> None:
    """Measure everything that exists."""
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        os.environ["EVENTAPP_DATA_DIR"] = name
        settings = load_settings(data_dir=folder, base_url=f"http://127.0.0.1:{port}")
        known = world.build(settings)
        rows = [*bulk.import_times(), bare_server()]
        rows.append(seconds_to_first_answer(folder, port))
        with running(folder, port) as served:
            rows += pages.measure_pages(served, folder, known)
            rows += registering.measure_registering(served, known)
            rows += board.measure_board(served, settings, known)
        rows += bulk.measure_bulk(settings, known)
        rows += [*mail.measure_mail(settings), mail.measure_bell(), *programme.measure_timetable()]
        rows += programme.measure_schedule(settings)
    table.show(rows)
    print(f"kept in {table.keep(rows).relative_to(Path.cwd())}")


if __name__ == "__main__":
    main()
