"""Bytes that were made once and are handed out again, in the memory of this process."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock


class Shelf:
    """Keeps the most recently used byte strings, up to a number of bytes. Safe between threads.

    A key names the content completely, so nothing on a shelf is ever out of date; what nobody
    asks for any more makes room.
    """

    def __init__(self, limit: int) -> None:
        """`limit` in bytes; a single content larger than that is not kept."""
        self._limit = limit
        self._size = 0
        self._contents: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> bytes | None:
        """What was put there under this key, if it is still there."""
        with self._lock:
            content = self._contents.get(key)
            if content is not None:
                self._contents.move_to_end(key)
            return content

    def put(self, key: Hashable, content: bytes) -> None:
        """Keep the content, at the cost of those unused for longest."""
        with self._lock:
            self._size += len(content) - len(self._contents.pop(key, b""))
            self._contents[key] = content
            while self._size > self._limit:
                _, oldest = self._contents.popitem(last=False)
                self._size -= len(oldest)

    def clear(self) -> None:
        """Forget everything, as a new process would."""
        with self._lock:
            self._contents.clear()
            self._size = 0
