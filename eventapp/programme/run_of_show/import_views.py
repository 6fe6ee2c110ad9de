"""Pages for organisers: take over a plan that was kept in a table; looked at first, then done."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import ORGANISERS
from eventapp.contacts.errors import FileRefused
from eventapp.events.models import Event
from eventapp.events.permissions import own_event
from eventapp.foundation.access import signed_in
from eventapp.foundation.attempts import UNPROCESSABLE
from eventapp.programme.editing import done, frame
from eventapp.programme.run_of_show import actions
from eventapp.programme.run_of_show.forms import PlanFileForm
from eventapp.programme.run_of_show.reading import PlanRow, Verdict, as_text
from eventapp.programme.run_of_show.receiving import TAKEN, changes_of, read_for
from eventapp.programme.run_of_show.words import VERDICT_BADGES, verdict_label

blueprint = Blueprint("run_of_show_import", __name__)
TAKE = "take"


@blueprint.route("/organise/<slug>/run-of-show/import", methods=["GET", "POST"])
@signed_in(*ORGANISERS)
def upload(slug: str) -> ResponseReturnValue:
    """Choose a file; see what would become of each row; take it over."""
    event = own_event(slug)
    form = PlanFileForm()
    if not form.validate_on_submit():
        return _page(event, form), UNPROCESSABLE if form.is_submitted() else 200
    try:
        text = as_text(form.upload()[1])
        rows = read_for(event, text)
    except FileRefused as problem:
        form.file.errors = [str(problem.text)]
        return _page(event, form), UNPROCESSABLE
    if request.form.get("step") == TAKE:
        count = actions.import_lines(event, changes_of(rows), by=current_account())
        said = ngettext("One line is taken over.", "%(num)s lines are taken over.", count)
        return done(said, "run_of_show.plan", slug)
    return _preview(event, form, text, rows)


def _page(event: Event, form: PlanFileForm) -> str:
    return render_template(
        "programme/run_of_show/import.html", form=form, **frame(event, "run_of_show")
    )


def _preview(event: Event, form: PlanFileForm, text: str, rows: list[PlanRow]) -> str:
    counts = {verdict: sum(row.verdict is verdict for row in rows) for verdict in Verdict}
    return render_template(
        "programme/run_of_show/preview.html",
        form=form,
        text=text,
        rows=rows,
        counts=counts,
        taken=sum(counts[verdict] for verdict in TAKEN),
        verdict_label=verdict_label,
        verdict_badges=VERDICT_BADGES,
        **frame(event, "run_of_show"),
    )
