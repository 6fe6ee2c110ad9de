"""Answers that take the same time whatever was found, so that the time tells nothing."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from flask import current_app
from werkzeug.exceptions import ServiceUnavailable

EVEN_SECONDS = 0.4
"""Many times what the work behind such a page takes, and still quick for a person."""

MOST_AT_ONCE = 2
"""In one process: its other threads stay free for everybody else."""

_turns = BoundedSemaphore(MOST_AT_ONCE)


@contextmanager
def even_pace(*, unless: type[Exception]) -> Iterator[None]:
    """Let the work inside end no earlier than EVEN_SECONDS after its begin, also where it fails.

    Nothing that depends on what was found may be left for later: it would slow the next answer.
    `unless` is raised before anything is looked for, so it tells nothing: such an answer is given
    at once, or whoever is refused again and again would hold the threads that serve everybody.
    Raises ServiceUnavailable while as many wait here already as may: nor may crowds hold them.
    """
    if not _turns.acquire(blocking=False):
        raise ServiceUnavailable(retry_after=1)
    began = time.monotonic()
    try:
        yield
    except unless:
        began -= EVEN_SECONDS
        raise
    finally:
        if not current_app.testing:
            time.sleep(max(0.0, EVEN_SECONDS - (time.monotonic() - began)))
        _turns.release()
