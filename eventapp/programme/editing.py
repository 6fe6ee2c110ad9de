"""What all pages of the programme share: try, say what was done, and show both versions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventapp.events.forms import Difference
from eventapp.events.models import Event
from eventapp.foundation.attempts import SHOWN, UNPROCESSABLE
from eventapp.foundation.database import VersionedMixin
from eventapp.foundation.errors import Invalid, Stale
from eventapp.foundation.forms import ConfirmForm
from eventapp.programme.change_words import REASON_WORDS
from eventapp.programme.conflict_pages import written_move
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
LIST = "programme_organiser.programme"
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
    "written_move": written_move,
    "reason_words": REASON_WORDS,
}


@dataclass(frozen=True)
class Attempt:
    """How an action went: done, refused at a field, or overtaken by a colleague.

    `status` is that with which the page answers: 200 too where the form was only looked at.
    """

    done: bool
    status: int = SHOWN
    differences: list[Difference] | None = None


def frame(event: Event, section: str) -> dict[str, Any]:
    """What every page of the programme needs: the event, its rail, the section, and words."""
    return {"event": event, "rail": "programme", "section": section, **WORDS}


def done(said: str, endpoint: str, slug: str, **where: Any) -> ResponseReturnValue:
    """What was done, said on the page to which it leads."""
    flash(said, "success")
    return redirect(url_for(endpoint, slug=slug, **where), code=SEE_OTHER)


def show_entry(
    event: Event,
    page: str,
    form: EntryForm,
    act: Callable[[], object],
    *,
    said: str,
    then: str,
    section: str,
    row: VersionedMixin | None = None,
    **shown: Any,
) -> ResponseReturnValue:
    """A page with a form: on a good submission act, say so, and go on to the endpoint `then`.

    `row` is what the form was filled from, so that a colleague's change in the meantime is noticed;
    then both versions are shown.
    """
    change = attempt(form, event, act)
    if change.done:
        return done(said, then, event.slug)
    if row is not None:
        send_version(form, row, change)
    text = render_template(
        f"programme/organiser/{page}.html",
        form=form,
        differences=change.differences,
        **shown,
        **frame(event, section),
    )
    return text, change.status


def show_question(
    event: Event, page: str, act: Callable[[], object], *, said: str, then: str, **shown: Any
) -> ResponseReturnValue:
    """What a step means, and the button that takes it."""
    form = ConfirmForm()
    if form.validate_on_submit():
        act()
        return done(said, then, event.slug)
    return render_template(
        f"programme/organiser/{page}.html", form=form, **shown, **frame(event, "programme")
    )


def attempt(form: EntryForm, event: Event, act: Callable[[], object]) -> Attempt:
    """Act if a good form was sent; put what is refused beside its field.

    What a colleague stored in the meantime is told in words.
    """
    if form.only_arranges or not form.is_submitted():
        return Attempt(done=False)
    if not form.validate():
        return Attempt(done=False, status=UNPROCESSABLE)
    try:
        act()
    except Invalid as problem:
        form.refuse(problem)
        return Attempt(done=False, status=UNPROCESSABLE)
    except Stale as problem:
        found = differences(form, problem.differences, programme_of(event))
        return Attempt(done=False, status=CONFLICT, differences=found)
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
