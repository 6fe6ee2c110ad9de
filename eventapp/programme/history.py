"""How a programme came to be what everybody sees: its releases, each with what it changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eventapp.programme.comparing import SessionDifference, ShownSession
from eventapp.programme.release_models import ProgrammeRelease, ReleasedSession
from eventapp.programme.snapshots import as_released
from eventapp.programme.states import Appearance


@dataclass(frozen=True)
class Chapter:
    """One release, and what everybody saw otherwise from then on."""

    release: ProgrammeRelease
    differences: tuple[SessionDifference, ...]

    @property
    def is_first(self) -> bool:
        """Whether there was no programme before."""
        return self.release.number == 1


def chapters(
    releases: Sequence[ProgrammeRelease], changed: Iterable[ReleasedSession]
) -> list[Chapter]:
    """The releases in the order given, each with its differences by time.

    `changed` are the sessions of each release that it changed, oldest release first.
    """
    known: dict[int, ShownSession] = {}
    found: dict[int, list[SessionDifference]] = {}
    for row in changed:
        shown, before = as_released(row), known.get(row.session_id)
        known[row.session_id] = shown
        if shown != before:
            found.setdefault(row.release_id, []).append(SessionDifference(before, shown))
    return [
        Chapter(release, tuple(sorted(found.get(release.id, ()), key=_by_time)))
        for release in releases
    ]


def _by_time(difference: SessionDifference) -> tuple[object, ...]:
    return difference.shown.starts_at, len(difference.shown.key), difference.shown.key


def without_internal(changed: Sequence[ReleasedSession]) -> list[ReleasedSession]:
    """For everybody: nothing at all of a session that is internal by now."""
    last = {row.session_id: row.appearance for row in changed}
    return [row for row in changed if last[row.session_id] is not Appearance.WITHDRAWN]
