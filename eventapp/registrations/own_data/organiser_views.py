"""Pages for organisers: putting right what a guest told them, and needs by phone."""

from functools import partial

from flask import (
    Blueprint,
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.accounts.permissions import current_account, may_see_needs_at
from eventapp.accounts.states import ORGANISERS
from eventapp.consents.forms import NeedsByPhoneForm
from eventapp.consents.promises import promises_for
from eventapp.consents.queries import mark_of, needs_now, needs_of
from eventapp.events.models import Event
from eventapp.events.permissions import own_event
from eventapp.foundation.access import signed_in
from eventapp.foundation.attempts import CONFLICT, DONE, attempt
from eventapp.foundation.errors import NotAllowed, NotFound
from eventapp.foundation.forms import BaseForm, ConfirmForm
from eventapp.foundation.http import no_store
from eventapp.registrations.actions import note_needs
from eventapp.registrations.actions.looking import look_at_needs, may_read_on
from eventapp.registrations.models import Registration
from eventapp.registrations.objection import objection_of
from eventapp.registrations.own_data import actions as own_actions
from eventapp.registrations.own_data.forms import GuestDetailsForm
from eventapp.registrations.permissions import (
    main_guest_for_organiser,
    may_note_needs,
    registration_for_organiser,
)
from eventapp.registrations.reply_forms import GuestAddressForm

blueprint = Blueprint(
    "registrations_mending", __name__, url_prefix="/organise/<slug>/guests/<int:registration_id>"
)
SEE_OTHER = 303
TYPED = frozenset({"diet", "access"})


@blueprint.route("/details", methods=["GET", "POST"])
@signed_in(*ORGANISERS)
def details(slug: str, registration_id: int) -> ResponseReturnValue:
    """Correct name, work and place; nothing the guest or a colleague did is overwritten."""
    event, one = _load(slug, registration_id)
    form, change, by = GuestDetailsForm(one), own_actions.change_details, current_account()
    status = attempt(form, lambda: change(one, form.request(), seen=form.seen_version(), by=by))
    if status == DONE:
        flash(_("The details are changed."), "success")
        return _to_guest(slug, one)
    if status == CONFLICT:
        form.seen.data = str(one.version)
    return _page("details", event, one, form, status=status)


@blueprint.route("/address", methods=["GET", "POST"])
@signed_in(*ORGANISERS)
def address(slug: str, registration_id: int) -> ResponseReturnValue:
    """Another address: a new link goes there, and the earlier ones open nothing any more."""
    event, one = _load(slug, registration_id)
    correct, by = own_actions.correct_guest_address, current_account()
    objection = partial(objection_of, event, invitation=one.invitation)
    form = GuestAddressForm(objection, data={"email": one.email})
    status = attempt(form, lambda: correct(one, form.keep("email"), by=by))
    if status == DONE:
        flash(_("The address is corrected, and a new personal link is on its way."), "success")
        return _to_guest(slug, one)
    return _page("address", event, one, form, status=status)


@blueprint.route("/needs", methods=["GET", "POST"])
@signed_in(*ORGANISERS)
def needs(slug: str, registration_id: int) -> ResponseReturnValue:
    """Diet and support told by phone; what stands there is shown once the look is noted.

    Where the look ran out while somebody typed, the page that asks for another carries it along.
    """
    event, one = _load_with_company(slug, registration_id)
    _expect_right(event)
    if not may_read_on(event, current_account()):
        return _needs_page(event, one, None)
    form, by = _needs_form(one), current_account()
    status = attempt(form, lambda: note_needs(one, form.request(), seen=form.seen_mark(), by=by))
    if status == DONE:
        flash(_("Noted. Only few people see it."), "success")
        return _to_guest(slug, one)
    if status == CONFLICT:
        form.seen.data = mark_of(needs_now(one.id))
    return _needs_page(event, one, form, status=status)


@blueprint.route("/needs/look", methods=["POST"])
@signed_in(*ORGANISERS)
def look(slug: str, registration_id: int) -> ResponseReturnValue:
    """Note the look and open the form, with what was typed before the last look ran out."""
    event, one = _load_with_company(slug, registration_id)
    _expect_right(event)
    if ConfirmForm().validate_on_submit():
        look_at_needs(event, by=current_account())
        if TYPED & set(request.form):
            return _needs_page(event, one, _needs_form(one))
    return redirect(url_for(".needs", slug=slug, registration_id=one.id), code=SEE_OTHER)


def _load(slug: str, registration_id: int) -> tuple[Event, Registration]:
    event = own_event(slug)
    return event, main_guest_for_organiser(event, registration_id)


def _load_with_company(slug: str, registration_id: int) -> tuple[Event, Registration]:
    """Also a companion whose name is known: they can say by phone what they need."""
    event = own_event(slug)
    one = registration_for_organiser(event, registration_id)
    if one.is_erased:
        raise NotFound
    return event, one


def _needs_form(one: Registration) -> NeedsByPhoneForm:
    stored = needs_of(one.id)
    return NeedsByPhoneForm(obj=stored, data={"seen": mark_of(stored)})


def _expect_right(event: Event) -> None:
    if not may_see_needs_at(event.host_id):
        raise NotAllowed


def _page(name: str, event: Event, one: Registration, form: BaseForm, *, status: int) -> Response:
    page = render_template(
        f"registrations/organiser/guest_{name}.html",
        event=event,
        rail="guests",
        guest=one,
        form=form,
    )
    return make_response(page, status)


def _needs_page(
    event: Event, one: Registration, form: NeedsByPhoneForm | None, *, status: int = 200
) -> Response:
    """Without a form while the look is not noted."""
    page = render_template(
        "registrations/organiser/guest_needs.html",
        event=event,
        rail="guests",
        guest=one,
        form=form or ConfirmForm(formdata=None),
        looking=form is not None,
        stored=needs_of(one.id) if form is not None else None,
        conflict=status == CONFLICT,
        typed=NeedsByPhoneForm().typed() if form is None and request.form else {},
        may_tell=may_note_needs(one),
        promises=promises_for(event, one.locale),
    )
    return no_store(make_response(page, status))


def _to_guest(slug: str, one: Registration) -> ResponseReturnValue:
    address = url_for("registrations_organiser.guest", slug=slug, registration_id=one.id)
    return redirect(address, code=SEE_OTHER)
