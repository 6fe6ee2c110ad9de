"""Work of some seconds beside the request that asked for it, while somebody waits and looks.

A thread of the web server does it, so that no other process has to run. Such work ends with its
process: whoever begins it says so in a row, and whoever looks at the row sees if it has stopped.
What must happen in any case belongs to the worker.
"""

from collections.abc import Callable
from threading import BoundedSemaphore, Thread, enumerate

from flask import Flask, current_app

from eventapp.foundation.logs import log

_PREFIX = "beside-"
_turns = BoundedSemaphore(2)  # what comes on top waits, or it would slow all pages


def work_beside(name: str, work: Callable[[], None]) -> None:
    """Begin the work in a thread with the application's context; what it raises is logged."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # of the proxy
    Thread(target=_work, args=(app, work), name=f"{_PREFIX}{name}").start()


def wait_for_work(seconds: float) -> None:
    """Wait until all such work is done, up to `seconds` for each."""
    for thread in enumerate():
        if thread.name.startswith(_PREFIX):
            thread.join(seconds)


def _work(app: Flask, work: Callable[[], None]) -> None:
    with _turns, app.app_context():
        try:
            work()
        except Exception:  # nobody above could answer; who looks at the row sees that it stopped
            log.exception("work beside a request failed")
