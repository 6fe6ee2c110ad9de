"""Pages for organisers: briefings and guides as PDF, and who has none yet."""

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import ORGANISERS
from eventapp.events.permissions import own_event
from eventapp.foundation.access import signed_in
from eventapp.foundation.forms import ConfirmForm
from eventapp.foundation.i18n import current_locale
from eventapp.foundation.papers import PDF
from eventapp.programme.casting.actions import AT_ONCE, send_papers, unbriefed_in
from eventapp.programme.casting.frames import casting_frame
from eventapp.programme.casting.papers import briefing_paper, guide_paper, people_with_papers
from eventapp.programme.editing import SEE_OTHER, done
from eventapp.programme.kinds import MODERATED
from eventapp.programme.permissions import contributor_for_organiser, session_for_organiser
from eventapp.programme.queries import programme_of

blueprint = Blueprint("programme_papers", __name__)
PAPERS = "programme_papers.papers"


@blueprint.route("/organise/<slug>/programme/casting/papers", methods=["GET", "POST"])
@signed_in(*ORGANISERS)
def papers(slug: str) -> ResponseReturnValue:
    """All briefings and guides, who has none yet, and the button that sends them."""
    event = own_event(slug)
    programme = programme_of(event)
    waiting = unbriefed_in(programme)
    form = ConfirmForm()
    if form.validate_on_submit():
        count = send_papers(programme, waiting, by=current_account())
        said = ngettext("One mail is on its way.", "%(num)s mails are on their way.", count)
        return (
            done(said, PAPERS, slug) if count else redirect(url_for(PAPERS, slug=slug), SEE_OTHER)
        )
    return render_template(
        "programme/casting/papers.html",
        waiting=[one for one in waiting if one.reachable],
        out_of_reach=[one for one in waiting if not one.reachable],
        people=people_with_papers(programme),
        sessions=[one for one in programme.planned if one.kind in MODERATED],
        at_once=AT_ONCE,
        form=form,
        **casting_frame(event),
    )


@blueprint.route("/organise/<slug>/programme/casting/people/<int:contributor_id>/briefing.pdf")
@signed_in(*ORGANISERS)
def briefing_attachment(slug: str, contributor_id: int) -> Response:
    """What one contributor has to know, to be printed or read."""
    event = own_event(slug)
    person = contributor_for_organiser(event, contributor_id)
    return _pdf(briefing_paper(programme_of(event), person), f"Briefing-{person.key}")


@blueprint.route("/organise/<slug>/programme/casting/sessions/<int:session_id>/guide.pdf")
@signed_in(*ORGANISERS)
def guide_attachment(slug: str, session_id: int) -> Response:
    """What the moderator of a session holds in their hands."""
    session = session_for_organiser(own_event(slug), session_id)
    return _pdf(guide_paper(session, current_locale()), f"Guide-{session.key}")


def _pdf(paper: bytes, name: str) -> Response:
    answer = Response(paper, mimetype=PDF)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.pdf")
    return answer
