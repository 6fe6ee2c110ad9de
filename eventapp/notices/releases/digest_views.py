"""The page of the mails about changes of the programme: who was told, who waits, and stopping."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import ORGANISERS
from eventapp.events.permissions import own_event
from eventapp.foundation import clock
from eventapp.foundation.access import signed_in
from eventapp.foundation.forms import ConfirmForm
from eventapp.notices.releases import actions, queries
from eventapp.notices.releases.audience import audience_of_digest, guests_with_place
from eventapp.notices.releases.models import ReleaseDigest
from eventapp.notices.releases.queries import Progress
from eventapp.notices.releases.states import TO_SEND
from eventapp.notices.releases.words import state_kind, state_label
from eventapp.programme.editing import SEE_OTHER, frame

blueprint = Blueprint("notices_digests", __name__, url_prefix="/organise/<slug>/programme/mails")


@dataclass(frozen=True)
class Shown:
    """A digest with how far it has come; `ahead` are those still to be written to."""

    digest: ReleaseDigest
    progress: Progress
    ahead: int

    @property
    def may_stop(self) -> bool:
        """Whether the button is offered."""
        return actions.may_stop(self.digest, self.progress)

    @property
    def is_due(self) -> bool:
        """Whether the worker has it in hand."""
        return self.digest.due_at <= clock.now()


@blueprint.route("")
@signed_in(*ORGANISERS)
def digests(slug: str) -> str:
    """All digests, newest first, with the releases they tell of."""
    event = own_event(slug)
    progress = queries.progress_of(event)
    shown = [
        Shown(one, progress.get(one.id, Progress()), _ahead(one))
        for one in queries.digests_of(event)
    ]
    return render_template(
        "notices/releases/digests.html",
        shown=shown,
        is_held_back=event.state in queries.HELD_BACK,
        form=ConfirmForm(),
        state_label=state_label,
        state_kind=state_kind,
        **frame(event, "mails"),
    )


def _ahead(digest: ReleaseDigest) -> int:
    """Only of what is still to go: that is one digest, seldom two."""
    if digest.state not in TO_SEND:
        return 0
    whom, written = audience_of_digest(digest), queries.written_of(digest)
    guests = guests_with_place(digest.event) if whom.for_guests else []
    contributors = {one.contributor.id for one in whom.contributors} - written.contributors
    return len(contributors) + len(set(guests) - written.registrations)


@blueprint.route("/<int:digest_id>/stop", methods=["POST"])
@signed_in(*ORGANISERS)
def stop(slug: str, digest_id: int) -> ResponseReturnValue:
    """Nobody else is told."""
    event = own_event(slug)
    return _step(
        slug,
        lambda: actions.stop_digest(event, digest_id, by=current_account()),
        _("Stopped. Nobody else gets a mail about it; the programme stays as published."),
    )


@blueprint.route("/<int:digest_id>/send", methods=["POST"])
@signed_in(*ORGANISERS)
def send(slug: str, digest_id: int) -> ResponseReturnValue:
    """Do not wait any longer."""
    event = own_event(slug)
    return _step(
        slug,
        lambda: actions.send_digest_now(event, digest_id, by=current_account()),
        _("The mails go out now."),
    )


def _step(slug: str, act: Callable[[], None], said: str) -> ResponseReturnValue:
    if ConfirmForm().validate_on_submit():
        act()
        flash(said, "success")
    return redirect(url_for(".digests", slug=slug), code=SEE_OTHER)
