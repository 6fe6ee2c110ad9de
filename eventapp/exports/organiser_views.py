"""The page on which organisers take a list of their guests along."""

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import ORGANISERS
from eventapp.events.models import Event
from eventapp.events.permissions import event_for_organiser
from eventapp.exports.actions import ExportRequest, FileFormat, export_attendees
from eventapp.exports.columns import SET_HINTS
from eventapp.exports.forms import ExportForm
from eventapp.foundation import clock
from eventapp.foundation.access import signed_in

MIMETYPES = {
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.CSV: "text/csv",
    FileFormat.JSON: "application/json",
}

blueprint = Blueprint("exports_organiser", __name__)


@blueprint.route("/organise/<slug>/guests/export", methods=["GET", "POST"])
@signed_in(*ORGANISERS)
def guest_list(slug: str) -> ResponseReturnValue:
    """Choose a list and download it; the download is noted, so it is a POST."""
    event = event_for_organiser(slug, current_account())
    form = ExportForm()
    if not form.validate_on_submit():
        form.start_with(request.args)
        return render_template("exports/organiser/guest_list.html", form=form, event=event,
                               rail="guests", hints=SET_HINTS)  # fmt: skip
    wanted = form.request()
    file = export_attendees(event, wanted, by=current_account())
    return send_file(file, mimetype=MIMETYPES[wanted.format], as_attachment=True,
                     download_name=_file_name(event, wanted))  # fmt: skip


def _file_name(event: Event, wanted: ExportRequest) -> str:
    """As in "licht-door-2027-06-24.xlsx": which event, which list, which day it was taken."""
    today = clock.today(event.zone)
    return f"{event.slug}-{wanted.columns.value}-{today:%Y-%m-%d}.{wanted.format.value}"
