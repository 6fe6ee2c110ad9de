"""The page about columns that are kept: another name, or no longer."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.accounts.permissions import current_account, current_host
from eventapp.accounts.states import ORGANISERS
from eventapp.exports import actions
from eventapp.exports.forms import RenameForm
from eventapp.exports.models import KeptColumns
from eventapp.exports.permissions import kept_columns_for_organiser
from eventapp.foundation.access import signed_in
from eventapp.foundation.errors import Invalid, Stale
from eventapp.foundation.http import own_path

SEE_OTHER, CONFLICT, UNPROCESSABLE = 303, 409, 422

blueprint = Blueprint("kept_columns", __name__, url_prefix="/organise/lists/columns")


@blueprint.route("/<int:kept_id>", methods=["GET", "POST"])
@signed_in(*ORGANISERS)
def rename(kept_id: int) -> ResponseReturnValue:
    """Another name for columns that are kept."""
    kept = kept_columns_for_organiser(kept_id, current_host())
    form = RenameForm(obj=None if request.method == "POST" else kept)
    status = 200
    if form.is_submitted() and not form.validate():
        status = UNPROCESSABLE
    elif form.is_submitted():
        try:
            actions.rename_columns(
                kept, form.keep("name"), seen=form.seen_version(), by=current_account()
            )
        except Invalid as problem:
            form.refuse(problem)
            status = UNPROCESSABLE
        except Stale:
            return _rename_page(form, kept, is_stale=True), CONFLICT
        else:
            flash(_("The columns are now called “%(name)s”.", name=kept.name), "success")
            return redirect(_back(), code=SEE_OTHER)
    return _rename_page(form, kept), status


def _rename_page(form: RenameForm, kept: KeptColumns, *, is_stale: bool = False) -> str:
    return render_template(
        "exports/organiser/columns.html",
        form=form,
        kept=kept,
        version=kept.version if is_stale else form.version.data or kept.version,
        is_stale=is_stale,
        back=_back(),
    )


@blueprint.route("/<int:kept_id>/remove", methods=["POST"])
@signed_in(*ORGANISERS)
def remove(kept_id: int) -> ResponseReturnValue:
    """Forget columns that are kept; no list changes by it."""
    kept = kept_columns_for_organiser(kept_id, current_host())
    name = kept.name
    actions.remove_columns(kept, by=current_account())
    flash(_("The columns “%(name)s” are no longer kept.", name=name), "success")
    return redirect(_back(), code=SEE_OTHER)


def _back() -> str:
    """The list from which somebody came; the events, where that is not known."""
    return own_path(request.args.get("back"), otherwise=url_for("desk_organiser.events"))
