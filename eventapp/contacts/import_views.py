"""Pages for organisers: take over a contact list, from the file to the address book."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from eventapp.accounts.permissions import current_account, current_host
from eventapp.accounts.states import ORGANISERS
from eventapp.contacts import actions, forms, queries
from eventapp.contacts.cells import Verdict
from eventapp.contacts.errors import FileRefused
from eventapp.contacts.mapping import Column, is_usable
from eventapp.contacts.models import ContactImport
from eventapp.contacts.permissions import import_for_organiser, list_for_organiser
from eventapp.contacts.states import ImportState
from eventapp.contacts.verdicts import RowVerdict, count_verdicts
from eventapp.contacts.words import import_label
from eventapp.foundation.access import signed_in
from eventapp.foundation.errors import Invalid
from eventapp.foundation.pages import PAGE_SIZE, Page, page_number

blueprint = Blueprint("contacts_import", __name__, url_prefix="/organise/contacts/import")

SEE_OTHER = 303


@blueprint.route("", methods=["GET", "POST"])
@signed_in(*ORGANISERS)
def upload() -> ResponseReturnValue:
    """Choose a file; it is read and shown, and nothing is written to the address book."""
    host = current_host()
    form = forms.UploadForm()
    form.offer(queries.lists_of_host(host.id))
    if form.validate_on_submit():
        try:
            staged = _stage(form)
        except FileRefused as problem:
            form.refuse(Invalid("file", problem.text))
        else:
            return redirect(url_for(".preview", import_id=staged.id), code=SEE_OTHER)
    return render_template(
        "contacts/organiser/import.html",
        form=form,
        rail="contacts",
        imports=queries.imports_of_host(host.id),
        import_label=import_label,
    )


def _stage(form: forms.UploadForm) -> ContactImport:
    host = current_host()
    filename, content = form.upload()
    target = list_for_organiser(form.target.data, host) if form.target.data else None
    return actions.stage_import(
        host, filename=filename, content=content, target=target, actor=current_account()
    )


@blueprint.route("/<int:import_id>")
@signed_in(*ORGANISERS)
def preview(import_id: int) -> str:
    """What would happen to each row; after the decision, what has happened."""
    shown = import_for_organiser(import_id, current_host())
    if shown.state is not ImportState.STAGED:
        return render_template(
            "contacts/organiser/imported.html",
            shown=shown,
            rail="contacts",
            may_undo=actions.may_undo(shown),
            import_label=import_label,
        )
    return _preview_page(shown)


def _preview_page(shown: ContactImport, problem: Invalid | None = None) -> str:
    verdicts = queries.verdicts_on(shown)
    chosen = _chosen_verdict(request.args.get("verdict", ""))
    rows = [row for row in verdicts if chosen is None or row.verdict is chosen]
    columns = [Column(value) for value in shown.mapping["columns"]]
    return render_template(
        "contacts/organiser/import_preview.html",
        shown=shown,
        rail="contacts",
        chosen=chosen,
        counts=count_verdicts(verdicts),
        page=_page(rows, page_number(request.args.get("page"))),
        importable=sum(row.is_imported for row in verdicts),
        total=len(verdicts),
        verdicts=Verdict,
        columns=list(zip(shown.mapping["header"], columns, strict=True)),
        problem=problem,
        column_choices=forms.column_choices(),
        unknown=columns.count(Column.UNKNOWN),
        usable=is_usable(columns),
        target=shown.target,
    )


def _chosen_verdict(text: str) -> Verdict | None:
    return Verdict(text) if text in set(Verdict) else None


def _page(rows: Sequence[RowVerdict], number: int) -> Page[RowVerdict]:
    page = Page(rows=rows, number=number, total=len(rows), size=PAGE_SIZE)
    number = min(number, page.last)
    start = (number - 1) * PAGE_SIZE
    return Page(
        rows=rows[start : start + PAGE_SIZE], number=number, total=len(rows), size=PAGE_SIZE
    )


@blueprint.route("/<int:import_id>/columns", methods=["POST"])
@signed_in(*ORGANISERS)
def columns(import_id: int) -> ResponseReturnValue:
    """Say what each column means."""
    staged = import_for_organiser(import_id, current_host())
    chosen = forms.columns_from(request.form, len(staged.mapping["header"]))
    try:
        actions.choose_columns(staged, chosen)
    except Invalid as problem:
        return _preview_page(staged, problem), 400
    return redirect(url_for(".preview", import_id=import_id), code=SEE_OTHER)


@blueprint.route("/<int:import_id>/take", methods=["POST"])
@signed_in(*ORGANISERS)
def take(import_id: int) -> ResponseReturnValue:
    """Write the rows that can be written, all or none."""
    staged = import_for_organiser(import_id, current_host())
    actions.import_staged(staged, actor=current_account())
    return redirect(url_for(".preview", import_id=import_id), code=SEE_OTHER)


@blueprint.route("/<int:import_id>/discard", methods=["POST"])
@signed_in(*ORGANISERS)
def discard(import_id: int) -> ResponseReturnValue:
    """Throw the file away."""
    staged = import_for_organiser(import_id, current_host())
    actions.discard_import(staged)
    flash(_("The file has been discarded. Nothing was taken over."), "success")
    return redirect(url_for(".upload"), code=SEE_OTHER)


@blueprint.route("/<int:import_id>/undo", methods=["POST"])
@signed_in(*ORGANISERS)
def undo(import_id: int) -> ResponseReturnValue:
    """Take the import back within a day."""
    done = import_for_organiser(import_id, current_host())
    count = actions.undo_import(done, actor=current_account())
    flash(
        ngettext(
            "%(num)s contact has been taken out of the address book again.",
            "%(num)s contacts have been taken out of the address book again.",
            count,
        ),
        "success",
    )
    return redirect(url_for(".preview", import_id=import_id), code=SEE_OTHER)
