"""Pages for organisers: the reply board, one invited person, the guests and the waiting list."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.accounts.permissions import current_account, may_see_needs_at
from eventapp.accounts.states import ORGANISERS
from eventapp.consents.states import Sees
from eventapp.consents.words import consents_told, tells_needs
from eventapp.contacts.queries import lists_of_host
from eventapp.contacts.states import Sector
from eventapp.contacts.words import sector_label
from eventapp.events.models import Event
from eventapp.events.permissions import own_event
from eventapp.foundation.access import signed_in
from eventapp.foundation.errors import Invalid
from eventapp.foundation.pages import page_number
from eventapp.invitations import actions as invitation_actions
from eventapp.invitations import permissions as invitation_permissions
from eventapp.invitations import queries as invitation_queries
from eventapp.invitations import replies as reply_groups
from eventapp.invitations.errors import NoMailWanted
from eventapp.invitations.models import Invitation
from eventapp.invitations.permissions import invitation_for_organiser
from eventapp.invitations.words import invitation_label
from eventapp.registrations import actions, permissions, queries
from eventapp.registrations.asked import staff_sheet
from eventapp.registrations.company_part import company_part
from eventapp.registrations.doubles.sheet import pairs_of
from eventapp.registrations.errors import AlreadyRegistered
from eventapp.registrations.fill_part import fill_sheet
from eventapp.registrations.forms import AddressForm, FillForm, ReasonForm
from eventapp.registrations.guest_queries import silent_substitutes
from eventapp.registrations.heir_queries import in_turn
from eventapp.registrations.list_part import list_part
from eventapp.registrations.merge_queries import kept_for, merged_into
from eventapp.registrations.models import Registration
from eventapp.registrations.objection import objection_of
from eventapp.registrations.own_data.actions import renew_link as renew_invitation_link
from eventapp.registrations.party_forms import CompanionForm
from eventapp.registrations.permissions import registration_for_organiser
from eventapp.registrations.recipients import address_of
from eventapp.registrations.reply_forms import (
    AgainForm,
    CancelForm,
    InsteadForm,
    RenewForm,
    ReplyForm,
    mailing_forms,
)
from eventapp.registrations.reply_part import reply_part
from eventapp.registrations.substitutions import name_behind
from eventapp.registrations.trail import reason_of_return, trail_of
from eventapp.registrations.waiting_rule import rule_sentences
from eventapp.registrations.words import kind_label, state_label

blueprint = Blueprint("registrations_organiser", __name__, url_prefix="/organise/<slug>")
SEE_OTHER = 303
UNPROCESSABLE = 422


@blueprint.route("/invitations")
@signed_in(*ORGANISERS)
def replies(slug: str) -> str:
    """Who was invited and what they replied: counts, search, filters, a page of names."""
    event, wanted = own_event(slug), reply_groups.reply_filter(request.args)
    states = invitation_queries.counts_by_state(event)
    fitting = invitation_queries.counts_by_state(event, wanted) if wanted.is_narrow else states
    page = invitation_queries.replies(event, wanted, page_number(request.args.get("page")))
    return render_template(
        "registrations/organiser/replies.html",
        event=event,
        rail="invitations",
        page=page,
        wanted=wanted,
        counts=reply_groups.group_counts(states),
        chip_counts=reply_groups.group_counts(fitting),
        label=invitation_label,
        group_label=reply_groups.group_label,
        registered=queries.states_of(page.rows),
        waves=invitation_queries.waves_of(event),
        lists=lists_of_host(event.host_id),
        sectors=list(Sector),
        sector_label=sector_label,
        state_label=state_label,
    )


@blueprint.route("/invitations/<int:invitation_id>")
@signed_in(*ORGANISERS)
def invitation(slug: str, invitation_id: int) -> str:
    """One invited person: what happened, and what staff can do."""
    event = own_event(slug)
    return invitation_page(event, invitation_for_organiser(event, invitation_id))


@blueprint.route("/invitations/<int:invitation_id>/link", methods=["POST"])
@signed_in(*ORGANISERS)
def send_link(slug: str, invitation_id: int) -> ResponseReturnValue:
    """Mail the personal link once more."""
    person = invitation_for_organiser(own_event(slug), invitation_id)
    actions.resend_link(person, by=current_account())
    flash(_("The personal link is on its way."), "success")
    return _to_invitation(slug, invitation_id)


@blueprint.route("/invitations/<int:invitation_id>/link/renew", methods=["POST"])
@signed_in(*ORGANISERS)
def renew_link(slug: str, invitation_id: int) -> ResponseReturnValue:
    """Mail a new personal link; the old one is dead."""
    person = invitation_for_organiser(own_event(slug), invitation_id)
    renew_invitation_link(person, by=current_account())
    flash(_("A new link is on its way; the earlier ones open nothing any more."), "success")
    return _to_invitation(slug, invitation_id)


@blueprint.route("/invitations/<int:invitation_id>/undeliverable", methods=["POST"])
@signed_in(*ORGANISERS)
def undeliverable(slug: str, invitation_id: int) -> ResponseReturnValue:
    """The mail came back."""
    person = invitation_for_organiser(own_event(slug), invitation_id)
    invitation_actions.mark_undeliverable(person, by=current_account())
    return _to_invitation(slug, invitation_id)


@blueprint.route("/invitations/<int:invitation_id>/address", methods=["POST"])
@signed_in(*ORGANISERS)
def new_address(slug: str, invitation_id: int) -> ResponseReturnValue:
    """A wrong address is corrected, and the link sent to the right one."""
    event = own_event(slug)
    person, form = invitation_for_organiser(event, invitation_id), AddressForm()
    if not form.validate_on_submit():
        return invitation_page(event, person, address_form=form), UNPROCESSABLE
    try:
        actions.correct_address(person, form.keep("email"), by=current_account())
    except (Invalid, NoMailWanted, AlreadyRegistered) as problem:
        form.refuse(Invalid("email", problem.text))
        return invitation_page(event, person, address_form=form), UNPROCESSABLE
    flash(_("The address is corrected, and the personal link is on its way."), "success")
    return _to_invitation(slug, invitation_id)


@blueprint.route("/invitations/<int:invitation_id>/withdraw", methods=["POST"])
@signed_in(*ORGANISERS)
def withdraw(slug: str, invitation_id: int) -> ResponseReturnValue:
    """Take the invitation back, with the place if there is one."""
    person, form = invitation_for_organiser(own_event(slug), invitation_id), ReasonForm()
    if form.validate_on_submit():
        actions.withdraw_invitation(person, by=current_account(), reason=form.keep("reason"))
        flash(_("The invitation is withdrawn; its link opens nothing any more."), "success")
    return _to_invitation(slug, invitation_id)


@blueprint.route("/guests")
@signed_in(*ORGANISERS)
def guests(slug: str) -> str:
    """Who comes and who waits, in which order."""
    event = own_event(slug)
    return render_template(
        "registrations/organiser/guests.html", event=event, rail="guests", **list_part(event)
    )


@blueprint.route("/guests/<int:registration_id>")
@signed_in(*ORGANISERS)
def guest(slug: str, registration_id: int) -> str:
    """One guest: what is known, what happened, and what staff can do."""
    event = own_event(slug)
    return guest_page(event, registration_for_organiser(event, registration_id))


def guest_page(
    event: Event,
    one: Registration,
    fill_form: FillForm | None = None,
    *,
    party_form: CompanionForm | None = None,
    again: AgainForm | RenewForm | InsteadForm | None = None,
) -> str:
    """The page about one guest, with what was wrong in the form of a step by hand."""
    no_mail = objection_of(event, one.email, one.invitation)
    return render_template(
        "registrations/organiser/guest.html",
        event=event,
        rail="guests",
        guest=one,
        asked=staff_sheet(one),
        rank=queries.rank_of(one),
        is_silent=bool(silent_substitutes([one])),
        kept=kept_for(one),
        **in_turn(one),
        merged=merged_into(one),
        twins=pairs_of(one),
        **_open_steps(one),
        form=ReasonForm(formdata=None),
        no_mail=no_mail,
        **mailing_forms(no_mail, again),
        fill_form=fill_form or FillForm(formdata=None),
        fill=fill_sheet(one),
        rule_sentences=rule_sentences,
        **company_part(one, party_form),
        trail=trail_of(one),
        **_consents_part(one),
        state_label=state_label,
        kind_label=kind_label,
        sector_label=sector_label,
    )


def _consents_part(one: Registration) -> dict[str, Any]:
    """What the reader may know of somebody's consents, and note for them."""
    sees = Sees.NEEDS if may_see_needs_at(one.event.host_id) else Sees.TICKS
    return {
        "consents": consents_told(one.consents, to=sees),
        "tells_needs": tells_needs(one.consents),
        "sees_needs": sees is Sees.NEEDS,
        "may_note_needs": sees is Sees.NEEDS and permissions.may_note_needs(one),
    }


def _open_steps(one: Registration) -> dict[str, bool]:
    """What staff can do for the guest as things stand."""
    return {
        "may_cancel": permissions.may_cancel(one),
        "may_fill": permissions.may_be_given_place(one),
        "may_hand_over": permissions.may_hand_over(one),
        "may_renew": permissions.may_renew(one),
    }


@blueprint.route("/guests/<int:registration_id>/cancel", methods=["POST"])
@signed_in(*ORGANISERS)
def cancel(slug: str, registration_id: int) -> ResponseReturnValue:
    """Cancel for a guest who called; the place moves on."""
    one, form = registration_for_organiser(own_event(slug), registration_id), CancelForm()
    if form.validate_on_submit():
        actions.cancel_registration(
            one, by=current_account(), reason=form.keep("reason"), mailing=form.mailing()
        )
        flash(_("Cancelled for %(name)s.", name=one.full_name), "success")
    return redirect(url_for(".guest", slug=slug, registration_id=registration_id), code=SEE_OTHER)


def invitation_page(
    event: Event,
    person: Invitation,
    form: ReplyForm | None = None,
    *,
    address_form: AddressForm | None = None,
    instead: InsteadForm | None = None,
) -> str:
    """The page about one invited person, with what was wrong in one of its forms."""
    registration = queries.registration_of(person)
    email = address_of(person, registration)
    trail, no_mail = trail_of(person), objection_of(event, email, person)
    return render_template(
        "registrations/organiser/invitation.html",
        event=event,
        rail="invitations",
        invitation=person,
        person=person.person,
        reason_form=ReasonForm(formdata=None),
        registration=registration,
        email=email,
        **reply_part(person, registration, no_mail=no_mail, form=form, instead=instead),
        address_form=address_form or AddressForm(formdata=None, email=person.person.email),
        trail=trail,
        may_note_needs=registration is not None
        and may_see_needs_at(event.host_id)
        and permissions.may_note_needs(registration),
        came_back=reason_of_return(trail),
        no_mail=no_mail,
        comes_for=name_behind(person),
        substitutes=invitation_queries.substitutes_of(person),
        label=invitation_label,
        state_label=state_label,
        may_reply=permissions.may_answer(person),
        may_withdraw=invitation_permissions.may_withdraw(person),
        may_resend=invitation_permissions.may_resend(person) and not no_mail,
        may_mark_undeliverable=invitation_permissions.may_mark_undeliverable(person),
    )


def _to_invitation(slug: str, invitation_id: int) -> ResponseReturnValue:
    return redirect(url_for(".invitation", slug=slug, invitation_id=invitation_id), code=SEE_OTHER)
