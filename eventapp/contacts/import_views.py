"""Pages for organisers: take over a contact list, from the file to the address book."""

from collections.abc import Sequence

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from eventapp.accounts.permissions import current_account, current_host
from eventapp.accounts.states import ORGANISERS
from eventapp.contacts import actions, forms, queries
from eventapp.contacts.cells import Verdict
from eventapp.contacts.errors import FileRefused
from eventapp.contacts.mapping import Column, is_usable
from eventapp.contacts.models import ContactImport, DistributionList
from eventapp.contacts.permissions import import_for_organiser, list_for_organiser
from eventapp.contacts.states import UNDER_WAY, ImportState
from eventapp.contacts.words import import_label, verdict_label
from eventapp.foundation.access import signed_in
from eventapp.foundation.errors import Invalid
from eventapp.foundation.i18n import format_number
from eventapp.foundation.pages import page_number
from eventapp.foundation.tabular import to_csv
from eventapp.foundation.text import slugify

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
            if len(staged) > 1:
                return redirect(url_for(".sheets", import_id=staged[0].id), code=SEE_OTHER)
            actions.begin_reading(staged[0])
            return redirect(url_for(".preview", import_id=staged[0].id), code=SEE_OTHER)
    return render_template(
        "contacts/organiser/import.html",
        form=form,
        rail="contacts",
        imports=queries.imports_of_host(host.id),
        import_label=import_label,
    )


def _stage(form: forms.UploadForm) -> list[ContactImport]:
    host = current_host()
    filename, content = form.upload()
    target: DistributionList | str = form.keep("new_list")
    if form.target.data:
        target = list_for_organiser(form.target.data, host)
    return actions.stage_lists(
        host, filename=filename, content=content, target=target, actor=current_account()
    )


@blueprint.route("/<int:import_id>/sheets")
@signed_in(*ORGANISERS)
def sheets(import_id: int) -> str:
    """Which sheet of a workbook is meant; each is a list of its own."""
    shown = import_for_organiser(import_id, current_host())
    return render_template(
        "contacts/organiser/import_sheets.html",
        shown=shown,
        rail="contacts",
        lists=queries.lists_of_file(shown),
        import_label=import_label,
    )


@blueprint.route("/<int:import_id>")
@signed_in(*ORGANISERS)
def preview(import_id: int) -> str:
    """How far a list is, what would happen to each row, or what has happened to it."""
    shown = import_for_organiser(import_id, current_host())
    if shown.state in UNDER_WAY or (shown.state is ImportState.STAGED and shown.awaits_reading):
        return _progress_page(shown)
    if shown.state is ImportState.STAGED:
        return _preview_page(shown)
    return render_template(
        "contacts/organiser/imported.html",
        shown=shown,
        rail="contacts",
        undo=queries.taking_back(shown) if actions.may_undo(shown) else None,
        left_out=queries.left_out_of(shown, page_number(request.args.get("page"))),
        forgotten_on=(shown.imported_at or shown.staged_at) + actions.KEPT_TIME,
        verdict_label=verdict_label,
    )


def _progress_page(shown: ContactImport) -> str:
    work = shown.counts.get("work", {"done": 0, "steps": 1})
    return render_template(
        "contacts/organiser/import_progress.html",
        shown=shown,
        rail="contacts",
        is_silent=actions.is_silent(shown),
        done=min(work["done"], work["steps"]),
        steps=work["steps"],
        rows=shown.counts["rows"],
    )


def _preview_page(shown: ContactImport, problem: Invalid | None = None) -> str:
    chosen = _chosen_verdict(request.args.get("verdict", ""))
    columns = queries.columns_of(shown)
    return render_template(
        "contacts/organiser/import_preview.html",
        shown=shown,
        rail="contacts",
        notes=queries.notes_on(shown),
        beside=len(queries.lists_of_file(shown)) - 1,
        chosen=chosen,
        preview=queries.preview_of(shown, chosen, page_number(request.args.get("page"))),
        verdict_label=verdict_label,
        columns=list(zip(shown.mapping["header"], columns, strict=True)),
        problem=problem,
        column_choices=forms.column_choices(),
        unknown=_unknown_headers(shown.mapping["header"], columns),
        usable=is_usable(columns),
        list_name=shown.target.name if shown.target else shown.new_list,
    )


def _unknown_headers(header: Sequence[str], columns: Sequence[Column]) -> list[str]:
    """The names above the columns that are not taken over."""
    return [
        name or _("(no name)")
        for name, column in zip(header, columns, strict=True)
        if column is Column.UNKNOWN
    ]


def _chosen_verdict(text: str) -> Verdict | None:
    return Verdict(text) if text in set(Verdict) else None


@blueprint.route("/<int:import_id>/columns", methods=["POST"])
@signed_in(*ORGANISERS)
def columns(import_id: int) -> ResponseReturnValue:
    """Say what each column means."""
    staged = import_for_organiser(import_id, current_host())
    chosen = forms.columns_from(request.form, len(staged.mapping["header"]))
    try:
        actions.choose_columns(staged, chosen)
    except Invalid as problem:
        if staged.awaits_reading:  # there is no preview in which it could be said
            flash(str(problem.text), "warning")
            return redirect(url_for(".preview", import_id=import_id), code=SEE_OTHER)
        return _preview_page(staged, problem), 400
    actions.begin_reading(staged)
    return redirect(url_for(".preview", import_id=import_id), code=SEE_OTHER)


@blueprint.route("/<int:import_id>/read", methods=["POST"])
@signed_in(*ORGANISERS)
def read(import_id: int) -> ResponseReturnValue:
    """Judge the rows of a long list anew."""
    actions.begin_reading(import_for_organiser(import_id, current_host()))
    return redirect(url_for(".preview", import_id=import_id), code=SEE_OTHER)


@blueprint.route("/<int:import_id>/take", methods=["POST"])
@signed_in(*ORGANISERS)
def take(import_id: int) -> ResponseReturnValue:
    """Write the rows that can be written, all or none; a long list while its page is looked at."""
    staged = import_for_organiser(import_id, current_host())
    actions.take_over(staged, actor=current_account())
    return redirect(url_for(".preview", import_id=import_id), code=SEE_OTHER)


@blueprint.route("/<int:import_id>/left-out", methods=["POST"])
@signed_in(*ORGANISERS)
def left_out(import_id: int) -> Response:
    """The rows that were not taken over, to be corrected and imported again."""
    done = import_for_organiser(import_id, current_host())
    table = actions.export_left_out(done, actor=current_account())
    name = slugify(done.filename.rpartition(".")[0]) or "liste"
    return send_file(
        to_csv(table),
        mimetype="text/csv",
        as_attachment=True,
        download_name=f"{name}-{_('not-imported')}.csv",
    )


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
            "%(count)s contact has been taken out of the address book again.",
            "%(count)s contacts have been taken out of the address book again.",
            count,
            count=format_number(count),
        ),
        "success",
    )
    return redirect(url_for(".preview", import_id=import_id), code=SEE_OTHER)
