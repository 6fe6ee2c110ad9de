"""Answers that take the same time whatever was found, so that the time tells nothing."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app

EVEN_SECONDS = 0.4
"""Many times what the work behind such a page takes, and still quick for a person."""


@contextmanager
def even_pace() -> Iterator[None]:
    """Let the work inside end no earlier than EVEN_SECONDS after its begin, also where it fails.

    Nothing that depends on what was found may be left for later: it would slow the next answer.
    """
    began = time.monotonic()
    try:
        yield
    finally:
        if not current_app.testing:
            time.sleep(max(0.0, EVEN_SECONDS - (time.monotonic() - began)))
