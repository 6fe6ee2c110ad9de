"""Pages for guests: answering an invitation, naming a substitute, cancelling, a lost link."""

from flask import (
    Blueprint,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import refresh

from eventapp.accounts.errors import TooManyAttempts
from eventapp.foundation.access import bearer, public
from eventapp.foundation.attempts import CONFLICT, DONE, SHOWN, UNPROCESSABLE, attempt
from eventapp.foundation.errors import Refused
from eventapp.foundation.forms import ConfirmForm
from eventapp.foundation.i18n import current_locale
from eventapp.foundation.pace import even_pace
from eventapp.invitations.errors import UnknownLink, WithdrawnInvitation
from eventapp.invitations.letters import salutation_for
from eventapp.invitations.models import Invitation
from eventapp.invitations.permissions import invitation_for_guest, objection_token
from eventapp.invitations.states import OPEN_REPLY
from eventapp.registrations import actions, queries
from eventapp.registrations.answer_facts import answer_page
from eventapp.registrations.answer_sheet import answer_sheet
from eventapp.registrations.asked import guest_sheet
from eventapp.registrations.company_step import company_step, not_added
from eventapp.registrations.errors import AnsweredMeanwhile, MergedAway
from eventapp.registrations.forms import (
    Answer,
    AnswerForm,
    LostLinkForm,
    SubstituteForm,
)
from eventapp.registrations.guest_pages import NOT_FOUND, frame_of, guesses_limited
from eventapp.registrations.models import Registration
from eventapp.registrations.party import allowance_of, company_words
from eventapp.registrations.party_forms import CompanyForm, company_form
from eventapp.registrations.permissions import may_cancel, registration_for_guest
from eventapp.registrations.words import TELL_AGAIN

blueprint = Blueprint("registrations", __name__)
SEE_OTHER = 303
GONE = 410
TOO_MANY = 429


@blueprint.app_errorhandler(UnknownLink)
def unknown_link(_problem: UnknownLink) -> tuple[str, int]:
    """The one page for every link that opens nothing, with the way to get the right one."""
    return render_template("registrations/unknown_link.html"), NOT_FOUND


@blueprint.app_errorhandler(WithdrawnInvitation)
def withdrawn(problem: WithdrawnInvitation) -> tuple[str, int]:
    """For whoever holds the link of an invitation that was taken back: that it is so."""
    g.guest_locale = problem.locale
    refresh()
    return render_template("registrations/withdrawn.html"), GONE


@blueprint.app_errorhandler(MergedAway)
def merged_away(problem: MergedAway) -> tuple[str, int]:
    """For the link of a registration that was merged: kind, and leading to no other page."""
    g.guest_locale = problem.locale
    refresh()
    return render_template("registrations/merged.html"), GONE


@blueprint.route("/i/<token>")
@bearer
@guesses_limited
def answer(token: str) -> str:
    """The invitation: date, place, three big choices, or what was said before."""
    return answer_page(_invitation(token))


@blueprint.route("/i/<token>", methods=["POST"])
@bearer
@guesses_limited
def give_answer(token: str) -> ResponseReturnValue:
    """Take the answer; the page it leads to says what came of it."""
    invitation, form = _invitation(token), AnswerForm()
    if not form.validate_on_submit():
        return refused_answer(invitation, form), UNPROCESSABLE
    if form.choice() is Answer.SUBSTITUTE:
        return redirect(url_for(".substitute", token=token), code=SEE_OTHER)
    company = sent_company(invitation)
    if form.choice() is Answer.YES and company.names_company():
        return accept_together(invitation, company)
    try:
        return redirect(_answered(invitation, form.choice()), code=SEE_OTHER)
    except Refused as problem:  # things have changed since the page was opened
        form.form_errors.append(str(problem.text))
        return refused_answer(invitation, form), CONFLICT


def _answered(invitation: Invitation, choice: Answer) -> str:
    """Take a yes or no, and give the address of the page that says what came of it."""
    if choice is Answer.NO:
        actions.decline_invitation(invitation, locale=current_locale())
        return url_for(".answer", token=invitation.token)
    comes_back = _has_given_up(invitation)
    registration = actions.accept_invitation(invitation, locale=current_locale())
    if comes_back:
        flash(str(TELL_AGAIN), "info")
    return _page_after_yes(registration)


def _has_given_up(invitation: Invitation) -> bool:
    """Whether there was a place or place in line before, so that more was said than a yes."""
    if invitation.state in OPEN_REPLY:
        return False
    before = queries.registration_of(invitation)
    return before is not None and not before.is_live


def _page_after_yes(registration: Registration) -> str:
    if guest_sheet(registration).open:
        return url_for("registrations_asked.answer", token=registration.token)
    return url_for("desk.personal_page", token=registration.token)


def sent_company(invitation: Invitation) -> CompanyForm:
    """What was entered about who comes along; it is sent with every answer of the page."""
    return company_form(allowance_of(invitation.event, invitation))()


def accept_together(invitation: Invitation, form: CompanyForm) -> ResponseReturnValue:
    """A yes with those who were entered, whichever button was pressed."""
    if not form.validate_on_submit():
        return refused_answer(invitation, company=form), UNPROCESSABLE
    try:
        return redirect(_accepted_with(invitation, form), code=SEE_OTHER)
    except Refused as problem:  # things have changed since the page was opened
        form.form_errors.append(str(problem.text))
        return refused_answer(invitation, company=form), CONFLICT


def _accepted_with(invitation: Invitation, form: CompanyForm) -> str:
    """For who had answered before, the yes alone, and the page where to name the others."""
    accept, locale = actions.accept_invitation, current_locale()
    try:
        return _page_after_yes(accept(invitation, companions=form.companions(), locale=locale))
    except AnsweredMeanwhile:
        registration = accept(invitation, locale=locale)
        flash(str(not_added()), "info")
        return url_for("registrations_party.companions", token=registration.token)


@blueprint.route("/i/<token>/substitute", methods=["GET", "POST"])
@bearer
@guesses_limited
def substitute(token: str) -> ResponseReturnValue:
    """Name somebody who comes instead; they get an invitation of their own."""
    invitation, form = _invitation(token), SubstituteForm()
    if not answer_sheet(invitation).may_substitute:
        return redirect(url_for(".answer", token=token), code=SEE_OTHER)  # it says why not
    name, locale = actions.name_substitute, current_locale()
    status = attempt(form, lambda: name(invitation, form.request(), locale=locale))
    if status == DONE:
        return redirect(url_for(".answer", token=token), code=SEE_OTHER)
    page = render_template(
        "registrations/substitute.html",
        form=form,
        way_back=_way_back(invitation),
        left_behind=company_words(_company_of(invitation)),
        looked_at=False,
        **frame_of(invitation.event),
    )
    return make_response(page, status)


def _way_back(invitation: Invitation) -> str:
    """To the personal page for who came from there, else to the invitation."""
    registration = queries.registration_of(invitation) if "back" in request.args else None
    if registration is None:
        return url_for(".answer", token=invitation.token)
    return url_for("desk.personal_page", token=registration.token)


def _company_of(invitation: Invitation) -> list[Registration]:
    """Who would have come along with the guest."""
    registration = queries.registration_of(invitation)
    return registration.company if registration is not None else []


@blueprint.route("/i/<token>/not-me")
@bearer
@guesses_limited
def not_me(token: str) -> str:
    """For whoever was forwarded a link, or left the organisation: what to do."""
    invitation = _invitation(token)
    return render_template(
        "registrations/not_me.html",
        invitation=invitation,
        person=invitation.person,
        token=token,
        form=AnswerForm(formdata=None),
        sheet=answer_sheet(invitation),
        **frame_of(invitation.event),
    )


@blueprint.route("/r/<token>/cancel", methods=["GET", "POST"])
@bearer
@guesses_limited
def cancel(token: str) -> ResponseReturnValue:
    """Say what cancelling means, and do it when the button is pressed."""
    registration, form = _registration(token), ConfirmForm()
    if form.validate_on_submit():
        actions.cancel_registration(registration, locale=current_locale())
        return redirect(url_for("desk.personal_page", token=token), code=SEE_OTHER)
    return render_template(
        "registrations/cancel.html",
        registration=registration,
        company=company_words(registration.company),
        form=form,
        token=token,
        may_cancel=may_cancel(registration),
        somebody_waits=queries.waiting_in_time(registration.event) > 0,
        **frame_of(registration.event),
    )


@blueprint.route("/link", methods=["GET", "POST"])
@public
def lost_link() -> ResponseReturnValue:
    """Ask for one's links by address; the answer, and its time, are the same for everybody."""
    form = LostLinkForm()
    if not form.validate_on_submit():
        status = UNPROCESSABLE if form.is_submitted() else SHOWN
        return render_template("registrations/lost_link.html", form=form), status
    email, address = form.keep("email"), request.remote_addr or ""
    try:
        with even_pace(unless=TooManyAttempts):
            actions.request_links(email, asked_from=address, locale=current_locale())
    except TooManyAttempts as problem:
        form.form_errors.append(str(problem.text))
        page = make_response(render_template("registrations/lost_link.html", form=form), TOO_MANY)
        page.headers["Retry-After"] = str(problem.wait_seconds)
        return page
    return redirect(url_for(".link_sent"), code=SEE_OTHER)


@blueprint.route("/link/sent")
@public
def link_sent() -> str:
    """What happens now, whoever asked."""
    return render_template("registrations/link_sent.html")


def _invitation(token: str) -> Invitation:
    """Load by link, and speak the guest's language unless another one was chosen."""
    invitation = invitation_for_guest(token)
    g.guest_locale = queries.language_of(invitation)
    return invitation


def _registration(token: str) -> Registration:
    registration = registration_for_guest(token)
    g.guest_locale = registration.locale
    return registration


def refused_answer(
    invitation: Invitation, form: AnswerForm | None = None, *, company: CompanyForm | None = None
) -> str:
    """The answer page with what was wrong in one of its two forms."""
    person, event, sheet = invitation.person, invitation.event, answer_sheet(invitation)
    return render_template(
        "registrations/answer.html",
        form=form or AnswerForm(formdata=None),
        person=person,
        problems=company or form,
        sheet=sheet,
        company=company_step(invitation, sheet, company),
        token=invitation.token,
        objection=objection_token(invitation),
        salutation=salutation_for(person, current_locale()),
        **frame_of(event),
    )
