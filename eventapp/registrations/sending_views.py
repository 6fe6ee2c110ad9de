"""Pages for organisers: a mail to a guest once more, or a new link; objections are heeded."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import ORGANISERS
from eventapp.events.models import Event
from eventapp.events.permissions import own_event
from eventapp.foundation.access import signed_in
from eventapp.foundation.attempts import UNPROCESSABLE
from eventapp.registrations import actions
from eventapp.registrations.models import Registration
from eventapp.registrations.objection import objection_of
from eventapp.registrations.organiser_views import SEE_OTHER, guest_page
from eventapp.registrations.own_data import actions as own_actions
from eventapp.registrations.permissions import main_guest_for_organiser, registration_for_organiser
from eventapp.registrations.reply_forms import AgainForm, RenewForm

blueprint = Blueprint(
    "registrations_sending", __name__, url_prefix="/organise/<slug>/guests/<int:registration_id>"
)


@blueprint.route("/mail", methods=["POST"])
@signed_in(*ORGANISERS)
def send_mail(slug: str, registration_id: int) -> ResponseReturnValue:
    """Send confirmation or waiting-list notice once more; who wants no mails is asked about."""
    event = own_event(slug)
    one = registration_for_organiser(event, registration_id)
    form = AgainForm(objection_of(event, one.email, one.invitation))
    said = _("The mail with the personal link is on its way.")
    return _answered(event, one, form, actions.resend_confirmation, said)


@blueprint.route("/link", methods=["POST"])
@signed_in(*ORGANISERS)
def renew_link(slug: str, registration_id: int) -> ResponseReturnValue:
    """A new personal link, for one that was forwarded; who wants no mails is asked about."""
    event = own_event(slug)
    one = main_guest_for_organiser(event, registration_id)
    form = RenewForm(objection_of(event, one.email, one.invitation))
    said = _("A new link is on its way; the earlier ones open nothing any more.")
    return _answered(event, one, form, own_actions.renew_page_link, said)


def _answered(
    event: Event,
    one: Registration,
    form: AgainForm | RenewForm,
    send: Callable[..., None],
    said: str,
) -> ResponseReturnValue:
    if not form.validate_on_submit():
        return guest_page(event, one, again=form), UNPROCESSABLE
    send(one, by=current_account())
    flash(said, "success")
    address = url_for("registrations_organiser.guest", slug=event.slug, registration_id=one.id)
    return redirect(address, code=SEE_OTHER)
