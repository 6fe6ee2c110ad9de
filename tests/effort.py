"""Whether a piece of work keeps us busy: no text may, however long and odd it is (T-61)."""

import time
from collections.abc import Callable

LONGEST_SECONDS = 2
"""Of computing. What grows with the text takes a fiftieth of it, the strangest Markdown a sixth;
a pattern that explodes takes minutes, so a busy machine can be given its share."""


def is_brief(work: Callable[[], object]) -> bool:
    """Whether the work is soon done, in one of three attempts: the first may load what it needs."""
    return any(_seconds_of(work) < LONGEST_SECONDS for _attempt in range(3))


def _seconds_of(work: Callable[[], object]) -> float:
    began = time.thread_time()
    work()
    return time.thread_time() - began
