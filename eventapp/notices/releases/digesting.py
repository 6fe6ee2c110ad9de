"""What a digest says: the differences of its releases, put together. Pure."""

from collections.abc import Collection, Iterable

from eventapp.programme.comparing import SessionDifference, compare
from eventapp.programme.history import Chapter
from eventapp.programme.states import Appearance


def put_together(
    chapters: Iterable[Chapter], numbers: Collection[int], *, until: int
) -> list[SessionDifference]:
    """From before the first of the releases `numbers` to the release `until`.

    Only sessions that one of those releases changed. What was changed and changed back is no
    difference; nor is what came and went before anybody was told.
    """
    ordered = sorted(
        (one for one in chapters if one.release.number <= until), key=lambda one: one.release.number
    )
    told = [each for one in ordered if one.release.number in numbers for each in one.differences]
    before = {each.session_id: each.before for each in reversed(told)}  # the first one counts
    after = {each.session_id: each.after for one in ordered for each in one.differences}
    found = compare(
        {number: shown for number, shown in before.items() if shown is not None},
        {number: shown for number in before if (shown := after[number]) is not None},
    )
    return [each for each in found if each.before is not None or _takes_place(each)]


def _takes_place(difference: SessionDifference) -> bool:
    return difference.shown.appearance is Appearance.TAKES_PLACE
