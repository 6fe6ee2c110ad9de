"""What all pages of the programme share: load, try, and show both versions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from eventapp.accounts.permissions import current_account
from eventapp.events.forms import Difference
from eventapp.events.models import Event
from eventapp.events.permissions import event_for_organiser
from eventapp.foundation.database import VersionedMixin
from eventapp.foundation.errors import Invalid, Stale
from eventapp.programme.forms import EntryForm, differences
from eventapp.programme.kinds import CALM, kind_label, role_label
from eventapp.programme.overview import cast_of
from eventapp.programme.queries import programme_of
from eventapp.programme.words import (
    contribution_step_label,
    contributor_badge,
    contributor_state_label,
    session_badge,
    session_state_label,
)

SEE_OTHER = 303
CONFLICT = 409
WORDS: dict[str, Any] = {
    "kind_label": kind_label,
    "role_label": role_label,
    "session_state_label": session_state_label,
    "contributor_state_label": contributor_state_label,
    "session_badge": session_badge,
    "contributor_badge": contributor_badge,
    "contribution_step_label": contribution_step_label,
    "calm_kinds": CALM,
    "cast_of": cast_of,
}


@dataclass(frozen=True)
class Attempt:
    """How an action went: done, refused at a field, or overtaken by a colleague."""

    done: bool
    differences: list[Difference] | None = None

    @property
    def status(self) -> int:
        """With which status the page answers."""
        return CONFLICT if self.differences else 200


def own_event(slug: str) -> Event:
    """The event, if the signed-in person organises for its host. Raises NotFound."""
    return event_for_organiser(slug, current_account())


def frame(event: Event, section: str) -> dict[str, Any]:
    """What every page of the programme needs: the event, its rail, the section, and words."""
    return {"event": event, "rail": "programme", "section": section, **WORDS}


def attempt(form: EntryForm, event: Event, act: Callable[[], object]) -> Attempt:
    """Act if a good form was sent; put what is refused beside its field.

    What a colleague stored in the meantime is told in words.
    """
    if form.only_arranges or not form.validate_on_submit():
        return Attempt(done=False)
    try:
        act()
    except Invalid as problem:
        form.refuse(problem)
        return Attempt(done=False)
    except Stale as problem:
        found = differences(form, problem.differences, programme_of(event))
        return Attempt(done=False, differences=found)
    return Attempt(done=True)


def seen_version(form: EntryForm) -> int:
    """The version that the person saw; none at all if the form does not say."""
    text = str(form.seen.data or "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def send_version(form: EntryForm, row: VersionedMixin, change: Attempt) -> None:
    """Let the form carry the version that the page shows now.

    Who has been shown both versions may overwrite; who was refused for another reason has still
    seen only the old one.
    """
    if change.differences or not form.is_submitted():
        form.seen.data = str(row.version)
