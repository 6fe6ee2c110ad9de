"""What was made once and is handed out again, in the memory of this process."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Thing = TypeVar("Thing")


class Shelf(Generic[Key, Thing]):
    """Keeps the things that were used last, up to a number of them. Safe between threads."""

    def __init__(self, places: int) -> None:
        """`places` is how many things it holds."""
        self._places = places
        self._things: OrderedDict[Key, Thing] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> Thing | None:
        """What was put there under this key, if it is still there."""
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
            return self._things.get(key)

    def put(self, key: Key, thing: Thing) -> None:
        """Keep it, in place of what had this key, at the cost of what was unused for longest."""
        with self._lock:
            self._things[key] = thing
            self._things.move_to_end(key)
            while len(self._things) > self._places:
                self._things.popitem(last=False)

    def contents(self) -> list[Thing]:
        """All things, the one used last at the end."""
        with self._lock:
            return list(self._things.values())

    def clear(self) -> None:
        """Forget everything, as a new process would."""
        with self._lock:
            self._things.clear()
