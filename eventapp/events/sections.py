"""What all sections of an event's settings share: show, check, act, and show both versions."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.events import actions, forms
from eventapp.events.models import Event
from eventapp.foundation.attempts import CONFLICT, SHOWN, UNPROCESSABLE
from eventapp.foundation.database import Model
from eventapp.foundation.errors import Invalid, Stale
from eventapp.foundation.message import Message

Outcome = list[forms.Difference] | None
_CHIPS = {"room": "rooms", "partner": "partners", "new_place": "place"}


def show_section(
    event: Event,
    section: str,
    form: Any,
    act: Callable[[], None],
    *,
    kind: Any = None,
    row: Model | None = None,
    then: str | None = None,
    said: str = "",
    came_of_it: Sequence[Message] = (),
    **shown: Any,
) -> ResponseReturnValue:
    """Show a section's form; on a good submission act, and come back to `then` or the section.

    `kind` is the bundle of columns the form was filled from, so that a colleague's change in the
    meantime is noticed; then both versions are shown. `came_of_it` is what `act` has found to say.
    """
    differences: Outcome = None
    if form.validate_on_submit():
        differences = _try(event, form, act)
        if differences is None and not form.errors:
            flash(" ".join([said or _("Saved."), *map(str, came_of_it)]), "success")
            return redirect(url_for(f".{then or section}", slug=event.slug), code=303)
    if kind is not None and (differences or not form.is_submitted()):
        form.seen.data = actions.mark_of(row or event, kind)
    page = render_template(
        f"events/organiser/{section}.html",
        event=event,
        form=form,
        rail="settings",
        section=_CHIPS.get(section, section),
        differences=differences,
        **shown,
    )
    return page, CONFLICT if differences else UNPROCESSABLE if form.errors else SHOWN


def _try(event: Event, form: Any, act: Callable[[], None]) -> Outcome:
    """What stands in the way: differences to a colleague's version; complaints go to the form."""
    try:
        act()
    except Invalid as problem:
        form.refuse(problem)
    except Stale as problem:
        return forms.differences(form, problem.differences, event.zone)
    return None
