"""Pages for organisers: distribution lists and organisations."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.accounts.permissions import current_account, current_host
from eventapp.accounts.states import ORGANISERS
from eventapp.contacts import actions, forms, queries
from eventapp.contacts.permissions import list_for_organiser, organisation_for_organiser
from eventapp.contacts.words import sector_label
from eventapp.foundation.access import signed_in
from eventapp.foundation.errors import Invalid
from eventapp.foundation.pages import page_number
from eventapp.foundation.text import clean

blueprint = Blueprint("contacts_groups", __name__, url_prefix="/organise")

SEE_OTHER = 303


@blueprint.route("/contacts/lists", methods=["GET", "POST"])
@signed_in(*ORGANISERS)
def lists() -> ResponseReturnValue:
    """All distribution lists, and a form for one more."""
    host = current_host()
    form = forms.ListForm()
    if form.validate_on_submit():
        try:
            created = actions.create_list(host, form.change(), actor=current_account())
        except Invalid as problem:
            form.refuse(problem)
        else:
            flash(
                _(
                    "“%(name)s” is there. Put contacts on it from the address book.",
                    name=created.name,
                ),
                "success",
            )
            return redirect(url_for(".lists"), code=SEE_OTHER)
    return render_template(
        "contacts/organiser/lists.html",
        form=form,
        rail="lists",
        rows=queries.lists_of_host(host.id),
    )


@blueprint.route("/contacts/lists/<int:list_id>", methods=["GET", "POST"])
@signed_in(*ORGANISERS)
def distribution_list(list_id: int) -> ResponseReturnValue:
    """Rename a list, say what it is for, or give it up."""
    shown = list_for_organiser(list_id, current_host())
    form = forms.ListForm(obj=shown)
    if form.validate_on_submit():
        try:
            actions.change_list(
                shown, form.change(), seen=form.seen_version(), actor=current_account()
            )
        except Invalid as problem:
            form.refuse(problem)
        else:
            flash(_("The list has been saved."), "success")
            return redirect(url_for(".lists"), code=SEE_OTHER)
    return render_template(
        "contacts/organiser/list.html",
        form=form,
        shown=shown,
        rail="lists",
        size=queries.list_size(shown),
        may_remove=not queries.list_references(shown),
    )


@blueprint.route("/contacts/lists/<int:list_id>/remove", methods=["POST"])
@signed_in(*ORGANISERS)
def remove_list(list_id: int) -> ResponseReturnValue:
    """Give up a list; its contacts stay."""
    removed = list_for_organiser(list_id, current_host())
    name = removed.name
    actions.remove_list(removed, actor=current_account())
    flash(_("The list “%(name)s” is gone. Its contacts stay.", name=name), "success")
    return redirect(url_for(".lists"), code=SEE_OTHER)


@blueprint.route("/organisations")
@signed_in(*ORGANISERS)
def organisations() -> str:
    """All organisations, searched, a page at a time."""
    search = clean(request.args.get("q", ""))[:200]
    page = queries.organisations_page(
        current_host().id, search, page_number(request.args.get("page"))
    )
    return render_template(
        "contacts/organiser/organisations.html",
        page=page,
        search=search,
        sector_label=sector_label,
        rail="organisations",
    )


@blueprint.route("/organisations/<int:organisation_id>", methods=["GET", "POST"])
@signed_in(*ORGANISERS)
def organisation(organisation_id: int) -> ResponseReturnValue:
    """One organisation and who comes from it."""
    shown = organisation_for_organiser(organisation_id, current_host())
    form = forms.OrganisationForm(obj=shown)
    form.offer(queries.municipalities())
    if form.validate_on_submit():
        try:
            actions.change_organisation(
                shown, form.change(), seen=form.seen_version(), actor=current_account()
            )
        except Invalid as problem:
            form.refuse(problem)
        else:
            flash(_("The organisation has been saved."), "success")
            return redirect(url_for(".organisation", organisation_id=shown.id), code=SEE_OTHER)
    return render_template(
        "contacts/organiser/organisation.html",
        form=form,
        shown=shown,
        rail="organisations",
        page=queries.contacts_page(
            shown.host_id,
            queries.WhichContacts(organisation_id=shown.id),
            page_number(request.args.get("page")),
        ),
    )
