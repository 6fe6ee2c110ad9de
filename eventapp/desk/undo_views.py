"""Taking back a step: what that means for whom, and the button that does it."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventapp.accounts.models import AuditEntry
from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import ORGANISERS
from eventapp.desk import overview_queries as queries
from eventapp.desk.feed_facts import known_of
from eventapp.desk.feed_words import sentence_of
from eventapp.desk.trail_words import action_label, actor_label
from eventapp.desk.undo import OFFERED_FOR, WAYS, effect_of, is_too_old, is_undoable, open_to_undo
from eventapp.events.models import Event
from eventapp.events.permissions import own_event
from eventapp.foundation.access import signed_in
from eventapp.foundation.errors import found
from eventapp.foundation.forms import ConfirmForm
from eventapp.foundation.message import Message, message
from eventapp.registrations.actions.notes import WITHOUT_EFFECT
from eventapp.registrations.trail_queries import parents_of

blueprint = Blueprint("undo", __name__)


@blueprint.app_template_global("undo_of")
def offer_for(event: Event, kind: str, number: int) -> AuditEntry | None:
    """The last step that was done to a thing of the event, if it can be taken back.

    For the pages about that thing. Three statements at most.
    """
    steps, undoable = _history(event, kind, number)
    own = (one for one in steps if (one.subject_kind, one.subject_id) == (kind, str(number)))
    return next((one for one in own if one.id in undoable and is_undoable(one)), None)


def _history(event: Event, kind: str, number: int) -> tuple[Sequence[AuditEntry], set[int]]:
    """What happened to a thing and to what belongs to it, and what of it is open to undo."""
    steps = queries.entries_about(event, kind, number)
    return steps, open_to_undo(steps, parents_of(steps))


@blueprint.route("/organise/<slug>/undo/<int:entry_id>", methods=["GET", "POST"])
@signed_in(*ORGANISERS)
def step(slug: str, entry_id: int) -> ResponseReturnValue:
    """One step of the event's trail, and taking it back; says why where that is too late."""
    event = own_event(slug)
    entry = found(queries.entry_of(event, entry_id))
    form, problem = ConfirmForm(), _problem(event, entry)
    if form.validate_on_submit() and problem is None:
        way = WAYS[entry.action]
        subject = way.load(event, int(entry.subject_id))
        way.act(subject, entry, by=current_account())
        flash(str(way.done), "success")
        return redirect(url_for("desk_organiser.overview", slug=slug), code=303)
    page = render_template(
        "desk/organiser/undo.html",
        event=event,
        entry=entry,
        form=form,
        problem=problem,
        sentence=sentence_of(entry, [entry], known_of([entry])),
        effect=effect_of(entry) if entry.action in WAYS else [],
        rail="overview",
    )
    return page, 409 if form.is_submitted() else 200


def _problem(event: Event, entry: AuditEntry) -> Message | None:
    """Why the step cannot be taken back, as far as the trail tells; None if it can."""
    if entry.action in WAYS and is_too_old(entry):
        hours = int(OFFERED_FOR.total_seconds() // 3600)
        return message("It is longer ago than %(hours)s hours.", hours=hours)
    if not is_undoable(entry):
        return message("A step of this kind cannot be undone.")
    since, undoable = _history(event, entry.subject_kind, int(entry.subject_id))
    if entry.id in undoable:
        return None
    if not since:  # the thing is gone, and its number another's
        return message("What this step was about is gone.")
    later = _what_came_later(entry, since)
    return message(
        "Something else has happened since then: %(what)s, %(who)s.",
        what=action_label(later.action),
        who=actor_label(later.actor),
    )


def _what_came_later(entry: AuditEntry, since: Sequence[AuditEntry]) -> AuditEntry:
    """What happened last to the thing itself, else to what belongs to it."""
    later = [one for one in since if one.id > entry.id and one.action not in WITHOUT_EFFECT]
    own = [one for one in later if one.subject_kind == entry.subject_kind]
    return next(iter(own or later), since[0])
