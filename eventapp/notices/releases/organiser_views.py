"""The page that releases a programme: what becomes public, what stands against it, who is told."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import ORGANISERS
from eventapp.events.models import Event
from eventapp.events.permissions import own_event
from eventapp.foundation.access import signed_in
from eventapp.foundation.forms import ConfirmForm
from eventapp.notices.releases import actions
from eventapp.notices.releases.audience import audience_of
from eventapp.notices.releases.forms import ReleaseForm
from eventapp.programme.actions import Pending, pending_of
from eventapp.programme.change_words import grouped
from eventapp.programme.editing import CONFLICT, LIST, SEE_OTHER, frame
from eventapp.programme.errors import DraftMoved, NothingToPublish, NotPublishable
from eventapp.programme.overview import overview_of

blueprint = Blueprint("notices_release", __name__)
UNPROCESSABLE = 422


@blueprint.route("/organise/<slug>/programme/release", methods=["GET", "POST"])
@signed_in(*ORGANISERS)
def release(slug: str) -> ResponseReturnValue:
    """What would become public, in groups, and the button that does it.

    Who decided on another draft than there is now sees what has changed since.
    """
    event, form = own_event(slug), ReleaseForm()
    if not form.validate_on_submit():
        return _page(event, form), UNPROCESSABLE if form.errors else 200
    seen = form.seen_marks()
    try:
        digest = actions.release_programme(event, form.request(), by=current_account())
    except DraftMoved:
        return _page(event, form, seen=seen), CONFLICT
    except NotPublishable:
        return _page(event, form), CONFLICT  # its first words say what stands in the way
    except NothingToPublish as problem:
        flash(str(problem.text), "info")
        return redirect(url_for(LIST, slug=slug), code=SEE_OTHER)
    flash(_("The programme is published."), "success")
    then = LIST if digest is None else "notices_digests.digests"
    return redirect(url_for(then, slug=slug), code=SEE_OTHER)


def _page(event: Event, form: ReleaseForm, *, seen: dict[int, str] | None = None) -> str:
    pending = pending_of(event)
    form.show(pending.marks)
    if not form.is_submitted():
        form.contributors.data = pending.released.number > 0  # unasked only of changes
    return render_template(
        "notices/releases/release.html",
        form=form,
        confirm=ConfirmForm(),
        pending=pending,
        page=overview_of(pending.programme, pending.checked, pending=pending.marks),
        groups=grouped(pending.differences, event.zone),
        audience=audience_of(event, pending.programme, pending.differences),
        is_stale=seen is not None,
        unseen=_unseen(pending, seen),
        **frame(event, "release"),
    )


def _unseen(pending: Pending, seen: dict[int, str] | None) -> set[int]:
    """The sessions of which the person has seen nothing, or something else."""
    if seen is None:
        return set()
    return {number for number, mark in pending.marks.items() if seen.get(number) != mark}
