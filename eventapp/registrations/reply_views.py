"""Pages for organisers: a reply that came by phone or mail, under the rules of the guest's own."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import ORGANISERS
from eventapp.events.permissions import own_event
from eventapp.foundation.access import signed_in
from eventapp.foundation.attempts import DONE, attempt
from eventapp.invitations.models import Invitation
from eventapp.invitations.permissions import invitation_for_organiser
from eventapp.registrations import actions, queries
from eventapp.registrations.forms import Answer
from eventapp.registrations.organiser_views import SEE_OTHER, invitation_page
from eventapp.registrations.party import company_words
from eventapp.registrations.reply_forms import InsteadForm, ReplyForm
from eventapp.registrations.reply_part import sent_reply
from eventapp.registrations.words import state_label

blueprint = Blueprint("registrations_replies", __name__, url_prefix="/organise/<slug>/invitations")


@blueprint.route("/<int:invitation_id>/reply", methods=["POST"])
@signed_in(*ORGANISERS)
def record(slug: str, invitation_id: int) -> ResponseReturnValue:
    """Comes, perhaps with others, or does not come; Enter alone chooses nothing."""
    event = own_event(slug)
    person = invitation_for_organiser(event, invitation_id)
    form = sent_reply(person, queries.registration_of(person))
    status = attempt(form, lambda: flash(_record(person, form), "success"))
    if status != DONE:
        return invitation_page(event, person, form), status
    return _to_invitation(slug, invitation_id)


def _record(person: Invitation, form: ReplyForm) -> str:
    note, account, mailing = form.keep("note"), current_account(), form.mailing()
    if form.choice() is Answer.NO:
        actions.decline_invitation(person, by=account, note=note, mailing=mailing)
        return str(_("Noted: declined."))
    registration = actions.accept_invitation(
        person, companions=form.companions(), by=account, note=note, mailing=mailing
    )
    state, names = state_label(registration.state), company_words(registration.company)
    if names:
        return str(_("Noted: %(state)s. Brings: %(names)s.", state=state, names=names))
    return str(_("Noted: %(state)s.", state=state))


@blueprint.route("/<int:invitation_id>/substitute", methods=["POST"])
@signed_in(*ORGANISERS)
def substitute(slug: str, invitation_id: int) -> ResponseReturnValue:
    """Somebody else comes; they get an invitation of their own, with the place if there is one."""
    event, form = own_event(slug), InsteadForm()
    person = invitation_for_organiser(event, invitation_id)
    status = attempt(form, lambda: flash(_record_substitute(person, form), "success"))
    if status != DONE:
        return invitation_page(event, person, instead=form), status
    return _to_invitation(slug, invitation_id)


def _record_substitute(person: Invitation, form: InsteadForm) -> str:
    follow_up = actions.name_substitute(
        person,
        form.request(),
        by=current_account(),
        note=form.keep("instead_note"),
        mailing=form.mailing(),
    )
    name = follow_up.person.full_name
    return str(_("Noted: %(name)s comes instead. The invitation is on its way.", name=name))


def _to_invitation(slug: str, invitation_id: int) -> ResponseReturnValue:
    address = url_for("registrations_organiser.invitation", slug=slug, invitation_id=invitation_id)
    return redirect(address, code=SEE_OTHER)
