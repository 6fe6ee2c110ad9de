"""Pages for organisers: take over a programme that another program or a colleague wrote."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import ORGANISERS
from eventapp.events.models import Event
from eventapp.events.permissions import own_event
from eventapp.foundation.access import signed_in
from eventapp.foundation.attempts import SHOWN, UNPROCESSABLE
from eventapp.foundation.forms import ConfirmForm
from eventapp.programme import actions, queries
from eventapp.programme.actions import Verdict, verdict_label
from eventapp.programme.editing import SEE_OTHER, done, frame
from eventapp.programme.exchange import BadProgramme, Fault
from eventapp.programme.foreign import topic_label
from eventapp.programme.forms import FirstDayForm, ProgrammeFileForm
from eventapp.programme.import_paper import read_paper
from eventapp.programme.models import ProgrammeFile
from eventapp.programme.permissions import file_for_organiser

blueprint = Blueprint("programme_import", __name__, url_prefix="/organise/<slug>/programme/import")
MOST_SHOWN = 200


@blueprint.route("", methods=["GET", "POST"])
@signed_in(*ORGANISERS)
def upload(slug: str) -> ResponseReturnValue:
    """Choose a file; it is read and shown, and nothing of it is in the programme yet."""
    event = own_event(slug)
    form = ProgrammeFileForm()
    faults: list[Fault] = []
    if form.validate_on_submit():
        filename, content = form.upload()
        try:
            staged = actions.stage_file(
                event, filename=filename, content=content, by=current_account()
            )
        except BadProgramme as problem:
            faults = problem.faults
        else:
            return _to_file(staged)
    page = render_template(
        "programme/organiser/import.html",
        form=form,
        faults=faults,
        files=queries.files_of(event),
        **frame(event, "import"),
    )
    return page, UNPROCESSABLE if form.is_submitted() else SHOWN


@blueprint.route("/<int:file_id>")
@signed_in(*ORGANISERS)
def preview(slug: str, file_id: int) -> str:
    """What would happen to each entry and what is odd, or what has happened."""
    event = own_event(slug)
    return _file_page(event, file_for_organiser(event, file_id), FirstDayForm(formdata=None))


def _file_page(event: Event, shown: ProgrammeFile, form: FirstDayForm) -> str:
    paper = read_paper(shown.report)
    if not form.is_submitted():
        form.first_day.data = shown.first_day or event.starts_on
    return render_template(
        "programme/organiser/import_file.html",
        shown=shown,
        paper=paper,
        form=form,
        verdicts=Verdict,
        verdict_label=verdict_label,
        topic_label=topic_label,
        most=MOST_SHOWN,
        forgotten_on=(shown.staged_at + actions.KEPT_TIME).date(),
        **frame(event, "import"),
    )


@blueprint.route("/<int:file_id>/move", methods=["POST"])
@signed_in(*ORGANISERS)
def move(slug: str, file_id: int) -> ResponseReturnValue:
    """Look at it as if it began on another day."""
    event = own_event(slug)
    staged = file_for_organiser(event, file_id)
    form = FirstDayForm()
    if not form.validate_on_submit():
        return _file_page(event, staged, form), UNPROCESSABLE
    actions.move_file(staged, form.first_day.data, by=current_account())
    return _to_file(staged)


@blueprint.route("/<int:file_id>/take", methods=["POST"])
@signed_in(*ORGANISERS)
def take(slug: str, file_id: int) -> ResponseReturnValue:
    """Take it over as a whole."""
    staged = file_for_organiser(own_event(slug), file_id)
    if ConfirmForm().validate_on_submit():
        actions.take_file(staged, by=current_account())
    return _to_file(staged)


@blueprint.route("/<int:file_id>/discard", methods=["POST"])
@signed_in(*ORGANISERS)
def discard(slug: str, file_id: int) -> ResponseReturnValue:
    """Give it up."""
    staged = file_for_organiser(own_event(slug), file_id)
    if not ConfirmForm().validate_on_submit():
        return _to_file(staged)
    actions.discard_file(staged)
    return done(_("The file is gone. The programme is as it was."), ".upload", slug)


def _to_file(staged: ProgrammeFile) -> ResponseReturnValue:
    address = url_for(".preview", slug=staged.event.slug, file_id=staged.id)
    return redirect(address, code=SEE_OTHER)
