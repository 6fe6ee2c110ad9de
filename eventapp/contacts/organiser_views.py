"""Pages for organisers: the address book and single contacts."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from eventapp.accounts.permissions import current_account, current_host
from eventapp.accounts.states import ORGANISERS
from eventapp.contacts import actions, forms, queries
from eventapp.contacts.models import Contact, DistributionList
from eventapp.contacts.moving_links import links_moving
from eventapp.contacts.permissions import (
    contact_for_organiser,
    contacts_for_organiser,
    list_for_organiser,
)
from eventapp.contacts.queries import likely
from eventapp.contacts.signals import coming_asked
from eventapp.contacts.states import Sector
from eventapp.contacts.words import county_label, objection_label, sector_label
from eventapp.foundation.access import signed_in
from eventapp.foundation.errors import Invalid, Stale
from eventapp.foundation.http import own_path, with_ticked
from eventapp.foundation.pages import page_number

blueprint = Blueprint("contacts_organiser", __name__, url_prefix="/organise/contacts")
blueprint.add_app_template_filter(county_label, "county")

SEE_OTHER = 303
CONFLICT = 409
UNPROCESSABLE = 422


@blueprint.route("")
@signed_in(*ORGANISERS)
def address_book() -> str:
    """Everybody the host may invite: searched, filtered, a page at a time."""
    host = current_host()
    which = forms.which_contacts(request.args)
    return render_template(
        "contacts/organiser/address_book.html",
        rail="contacts",
        which=which,
        page=queries.contacts_page(host.id, which, page_number(request.args.get("page"))),
        counts=queries.standing_counts(host.id, which),
        lists=queries.lists_of_host(host.id),
        counties=queries.counties_of(host.id),
        of_import=queries.import_by_id(host.id, which.import_id) if which.import_id else None,
        sectors=Sector,
        sector_label=sector_label,
    )


@blueprint.route("/new", methods=["GET", "POST"])
@signed_in(*ORGANISERS)
def new_contact() -> ResponseReturnValue:
    """Enter somebody by hand."""
    host = current_host()
    form = forms.ContactForm()
    form.offer(queries.municipalities(), queries.lists_of_host(host.id))
    if form.validate_on_submit():
        try:
            contact = actions.add_contact(host, form.change(), actor=current_account())
        except Invalid as problem:
            form.refuse(problem)
        else:
            flash(_("%(name)s is in the address book.", name=contact.name), "success")
            return redirect(url_for(".contact", contact_id=contact.id), code=SEE_OTHER)
    return render_template(
        "contacts/organiser/contact.html", form=form, contact=None, rail="contacts"
    )


@blueprint.route("/<int:contact_id>", methods=["GET", "POST"])
@signed_in(*ORGANISERS)
def contact(contact_id: int) -> ResponseReturnValue:
    """One contact: everything that is kept, to be read and changed."""
    host = current_host()
    shown = contact_for_organiser(contact_id, host)
    if request.method != "POST":
        return _contact_page(_form_of(shown), shown)
    form = forms.ContactForm()
    form.offer(queries.municipalities(), queries.lists_of_host(host.id))
    if form.validate():
        try:
            actions.change_contact(
                shown, form.change(), seen=form.seen_version(), actor=current_account()
            )
        except Invalid as problem:
            form.refuse(problem)
        except Stale as problem:
            return _contact_page(form, shown, stale=problem), CONFLICT
        else:
            flash(_("The contact has been saved."), "success")
            return redirect(url_for(".contact", contact_id=shown.id), code=SEE_OTHER)
    return _contact_page(form, shown)


def _form_of(shown: Contact) -> forms.ContactForm:
    """The form with what is stored, whatever else was sent."""
    form = forms.ContactForm(formdata=None, obj=shown)
    form.offer(queries.municipalities(), queries.lists_of_host(shown.host_id))
    form.show(shown, queries.gazetteer().locate(shown.city, shown.postcode)[0])
    return form


def _contact_page(
    form: forms.ContactForm,
    shown: Contact,
    *,
    stale: Stale | None = None,
    objection: forms.BlockForm | forms.LiftForm | None = None,
) -> str:
    """`objection` is the form of a block, or of its end, that has to be filled in again."""
    seen = form.version.data if stale is None else shown.version
    return render_template(
        "contacts/organiser/contact.html",
        form=form,
        contact=shown,
        stale=stale,
        version=seen,
        block=objection if isinstance(objection, forms.BlockForm) else forms.BlockForm(None),
        lift=objection if isinstance(objection, forms.LiftForm) else forms.LiftForm(None),
        objection=objection,
        objection_label=objection_label,
        rail="contacts",
        coming=[one for _receiver, found in coming_asked.send(shown) for one in found],
        moves=links_moving(shown),
        may_remove=not queries.contact_references([shown.id]),
        namesakes=likely.namesakes_of(shown),
    )


@blueprint.route("/<int:contact_id>/block", methods=["POST"])
@signed_in(*ORGANISERS)
def block(contact_id: int) -> ResponseReturnValue:
    """Never invite this person again."""
    blocked = contact_for_organiser(contact_id, current_host())
    form = forms.BlockForm()
    if not form.validate_on_submit():
        return _contact_page(_form_of(blocked), blocked, objection=form), UNPROCESSABLE
    actions.block_contact(
        blocked, kind=form.block_kind(), reason=form.keep("reason"), actor=current_account()
    )
    flash(
        _("%(name)s gets no more invitations, not even after a new import.", name=blocked.name),
        "success",
    )
    return redirect(url_for(".contact", contact_id=contact_id), code=SEE_OTHER)


@blueprint.route("/<int:contact_id>/unblock", methods=["POST"])
@signed_in(*ORGANISERS)
def unblock(contact_id: int) -> ResponseReturnValue:
    """The person wants invitations again."""
    freed, form = contact_for_organiser(contact_id, current_host()), forms.LiftForm()
    if not form.validate_on_submit():
        return _contact_page(_form_of(freed), freed, objection=form), UNPROCESSABLE
    actions.unblock_contact(freed, reason=form.keep("lift_reason"), actor=current_account())
    flash(_("%(name)s can be invited again.", name=freed.name), "success")
    return redirect(url_for(".contact", contact_id=contact_id), code=SEE_OTHER)


@blueprint.route("/<int:contact_id>/remove", methods=["POST"])
@signed_in(*ORGANISERS)
def remove(contact_id: int) -> ResponseReturnValue:
    """Forget somebody who was never invited."""
    removed = contact_for_organiser(contact_id, current_host())
    name = removed.name
    actions.remove_contact(removed, actor=current_account())
    flash(_("%(name)s has been removed.", name=name), "success")
    return redirect(url_for(".address_book"), code=SEE_OTHER)


@blueprint.route("/membership", methods=["POST"])
@signed_in(*ORGANISERS)
def membership() -> ResponseReturnValue:
    """Put the ticked contacts on a list, or take them off it."""
    host = current_host()
    chosen = contacts_for_organiser(forms.contact_ids(request.form), host)
    back = own_path(request.form.get("back"), otherwise=url_for(".address_book"))
    if not request.form.get("list"):
        flash(_("No distribution list is chosen. Please choose one and go on."), "warning")
        return redirect(with_ticked(back, [one.id for one in chosen]), code=SEE_OTHER)
    _change_membership(
        list_for_organiser(forms.number_from(request.form.get("list")) or 0, host), chosen
    )
    return redirect(back, code=SEE_OTHER)


def _change_membership(target: DistributionList, chosen: Sequence[Contact]) -> None:
    """Put contacts on a list or take them off it, and say how many."""
    if "leave" in request.form:
        count = actions.take_off_list(target, chosen, actor=current_account())
        flash(
            ngettext(
                "%(num)s contact was taken off “%(name)s”.",
                "%(num)s contacts were taken off “%(name)s”.",
                count,
                name=target.name,
            ),
            "success",
        )
    else:
        count = actions.put_on_list(target, chosen, actor=current_account())
        flash(
            ngettext(
                "%(num)s contact was put on “%(name)s”.",
                "%(num)s contacts were put on “%(name)s”.",
                count,
                name=target.name,
            ),
            "success",
        )
