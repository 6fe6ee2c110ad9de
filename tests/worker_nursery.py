"""Starts workers quickly: a process that has everything imported forks one for each line it reads.

Run by workers.py, whose tests kill the forks; its environment holds the settings.
"""

import os
import sys
from threading import Event

from eventapp.app import create_inner_app
from eventapp.cli.worker import work_until_stopped


def main() -> None:
    app = create_inner_app()
    print("ready", flush=True)
    for _line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            with app.app_context():
                work_until_stopped(Event())
            os._exit(0)
        print(pid, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
