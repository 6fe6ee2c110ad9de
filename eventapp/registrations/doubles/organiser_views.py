"""Pages for organisers: who seems to be registered twice; one person, or two."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import ORGANISERS
from eventapp.events.models import Event
from eventapp.events.permissions import own_event
from eventapp.foundation.access import signed_in
from eventapp.foundation.errors import Refused
from eventapp.invitations.models import Invitation
from eventapp.invitations.permissions import invitation_for_organiser
from eventapp.registrations.doubles import actions
from eventapp.registrations.doubles.sheet import double_sheet
from eventapp.registrations.forms import PairForm
from eventapp.registrations.models import Registration
from eventapp.registrations.permissions import registration_for_organiser
from eventapp.registrations.words import kind_label, state_label

blueprint = Blueprint(
    "registrations_doubles", __name__, url_prefix="/organise/<slug>/guests/doubles"
)
SEE_OTHER = 303
CONFLICT = 409
UNPROCESSABLE = 422


@blueprint.route("")
@signed_in(*ORGANISERS)
def doubles(slug: str) -> str:
    """Each pair side by side, with the reason and the decisions; what is decided as two people."""
    return _page(own_event(slug))


def _page(event: Event, problem: object = None) -> str:
    return render_template(
        "registrations/organiser/doubles.html",
        event=event,
        rail="guests",
        sheet=double_sheet(event),
        problem=problem,
        state_label=state_label,
        kind_label=kind_label,
    )


@blueprint.route("/merge", methods=["POST"])
@signed_in(*ORGANISERS)
def merge(slug: str) -> ResponseReturnValue:
    """The same person: one registration stays, or the invitation belongs to it."""
    return _decide(own_event(slug), _merge)


@blueprint.route("/apart", methods=["POST"])
@signed_in(*ORGANISERS)
def apart(slug: str) -> ResponseReturnValue:
    """Two people, who are not proposed again."""
    return _decide(own_event(slug), _tell_apart)


@blueprint.route("/again", methods=["POST"])
@signed_in(*ORGANISERS)
def look_again(slug: str) -> ResponseReturnValue:
    """Perhaps one person after all: the pair is proposed again."""
    return _decide(own_event(slug), _look_again)


def _merge(event: Event, form: PairForm) -> str:
    account = current_account()
    if form.invitation.data:
        kept = registration_for_organiser(event, form.number_of("one"))
        invitation = invitation_for_organiser(event, form.number_of("invitation"))
        actions.join_invitation(kept, invitation, by=account)
    else:
        kept = registration_for_organiser(event, form.kept())
        other = registration_for_organiser(event, form.merged())
        actions.merge_registrations(kept, other, by=account)
    words = _("One registration now: %(name)s, %(number)s.", name=kept.name, number=kept.number)
    return str(words)


def _tell_apart(event: Event, form: PairForm) -> str:
    one, other = _pair(event, form)
    actions.tell_apart(one, other, by=current_account())
    return str(_("Noted: two people. They are not proposed again."))


def _look_again(event: Event, form: PairForm) -> str:
    one, other = _pair(event, form)
    actions.look_at_pair_again(one, other, by=current_account())
    return str(_("The pair can be compared again."))


def _pair(event: Event, form: PairForm) -> tuple[Registration, Registration | Invitation]:
    """Both, of this event. Raises NotFound."""
    one = registration_for_organiser(event, form.number_of("one"))
    if form.invitation.data:
        return one, invitation_for_organiser(event, form.number_of("invitation"))
    return one, registration_for_organiser(event, form.number_of("other"))


def _decide(event: Event, step: Callable[[Event, PairForm], str]) -> ResponseReturnValue:
    form = PairForm()
    if not form.validate_on_submit():
        return _page(event, _("Please choose which registration stays.")), UNPROCESSABLE
    try:
        flash(step(event, form), "success")
    except Refused as problem:
        return _page(event, problem.text), CONFLICT
    return redirect(url_for(".doubles", slug=event.slug), code=SEE_OTHER)
