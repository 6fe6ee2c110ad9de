"""The second factor: its page among one's own, and the second step of signing in."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from eventapp.accounts import factor_actions, factor_queries, queries, second_step
from eventapp.accounts.access_forms import CodeForm, NewCodesForm, OwnPasswordForm, TurnOnForm
from eventapp.accounts.errors import TooManyAttempts, WrongSignIn
from eventapp.accounts.permissions import current_account, current_membership, here
from eventapp.accounts.second_factor import enrolment_uri, spaced
from eventapp.accounts.views import known_mark, let_in
from eventapp.foundation import sessions
from eventapp.foundation.access import public, signed_in
from eventapp.foundation.errors import Invalid
from eventapp.foundation.forms import BaseForm
from eventapp.foundation.http import no_store
from eventapp.foundation.logs import log
from eventapp.foundation.qr import qr_code

blueprint = Blueprint("accounts_factor", __name__, url_prefix="/organise")

SEE_OTHER = 303
UNAUTHORISED = 401
TOO_MANY = 429
FEW_CODES = 3


@blueprint.route("/signin/code", methods=["GET", "POST"])
@public
def code() -> Response:
    """The second step: a code from the phone, or a recovery code."""
    account, form = second_step.account_at_the_door(), CodeForm()
    if account is None:
        wanted = request.args.get("next")
        return redirect(url_for("accounts.signin", next=wanted), code=SEE_OTHER)
    if not form.validate_on_submit():
        return _code_page(form, 200)
    mark = known_mark(account.email)
    typed = factor_actions.CodeRequest(
        code=form.keep("code"), user_agent=request.user_agent.string, device=mark
    )
    before = factor_queries.recovery_codes_left(account)
    try:
        person = factor_actions.confirm_code(account, typed)
    except WrongSignIn:
        return redirect(url_for("accounts.signin"), code=SEE_OTHER)
    except (Invalid, TooManyAttempts) as problem:
        log.warning("code refused", problem=type(problem).__name__, address=request.remote_addr)
        return _refused(form, problem)
    answer = let_in(person, mark=mark)
    _tell_of_codes(before, factor_queries.recovery_codes_left(account))
    return answer


def _tell_of_codes(before: int, left: int) -> None:
    """Whoever came in by a recovery code hears how many are left."""
    if left < before:
        flash(
            ngettext(
                "You signed in with a recovery code. One more is left; you get new ones under "
                "“My account”, second factor.",
                "You signed in with a recovery code. %(num)s more are left; you get new ones under "
                "“My account”, second factor.",
                left,
            ),
            "warning" if left < FEW_CODES else "info",
        )


def _refused(form: CodeForm, problem: Invalid | TooManyAttempts) -> Response:
    if isinstance(problem, Invalid):
        form.refuse(problem)
        return _code_page(form, UNAUTHORISED)
    form.form_errors.append(str(problem.text))
    page = _code_page(form, TOO_MANY)
    page.headers["Retry-After"] = str(problem.wait_seconds)
    return page


def _code_page(form: CodeForm, status: int) -> Response:
    page = render_template("accounts/code.html", form=form, host=queries.only_host())
    return no_store(make_response(page, status))


@blueprint.route("/account/second-factor")
@signed_in()
def show() -> str:
    """Whether it is on, and how to turn it on or off."""
    return _page()


@blueprint.route("/account/second-factor/on", methods=["POST"])
@signed_in()
def turn_on() -> Response | str:
    """Turn it on with the password and one right code, and show the recovery codes once."""
    form, person = TurnOnForm(), here()
    if not form.validate_on_submit():
        return _page(turning_on=form)
    try:
        done = factor_actions.turn_on(
            person, password=form.keep("password"), code=form.keep("code")
        )
    except (Invalid, TooManyAttempts) as problem:
        return _told(problem, _page(turning_on=_marked(form, problem)))
    sessions.begin_session(done.person)
    return _codes_page(done.codes, first="yes")


@blueprint.route("/account/second-factor/off", methods=["POST"])
@signed_in()
def turn_off() -> Response | str:
    """Turn it off with the password."""
    form, person = OwnPasswordForm(), here()
    if not form.validate_on_submit():
        return _page(turning_off=form)
    try:
        renewed = factor_actions.turn_off(person, password=form.keep("password"))
    except (Invalid, TooManyAttempts) as problem:
        return _told(problem, _page(turning_off=_marked(form, problem)))
    sessions.begin_session(renewed)
    flash(_("The second factor is off. Your password alone is enough again."), "success")
    return redirect(url_for(".show"), code=SEE_OTHER)


@blueprint.route("/account/second-factor/codes", methods=["POST"])
@signed_in()
def renew_codes() -> Response | str:
    """Ten new recovery codes; the old ones are worth nothing."""
    form, person = NewCodesForm(), here()
    if not form.validate_on_submit():
        return _page(renewing=form)
    try:
        codes = factor_actions.renew_recovery_codes(person, password=form.keep("current"))
    except (Invalid, TooManyAttempts) as problem:
        return _told(problem, _page(renewing=_marked(form, problem)))
    return _codes_page(codes, first="")


def _marked(form: BaseForm, problem: Invalid | TooManyAttempts) -> BaseForm:
    if isinstance(problem, Invalid):
        form.refuse(problem)
    else:
        form.form_errors.append(str(problem.text))
    return form


def _told(problem: Invalid | TooManyAttempts, page: str) -> Response:
    answer = make_response(page, 200)
    if isinstance(problem, TooManyAttempts):
        answer.status_code = TOO_MANY
        answer.headers["Retry-After"] = str(problem.wait_seconds)
    return answer


def _codes_page(codes: list[str], *, first: str) -> Response:
    """The recovery codes, this once."""
    page = render_template(
        "accounts/organiser/recovery_codes.html", codes=codes, first=first, rail="account"
    )
    return no_store(make_response(page))


def _page(
    *,
    turning_on: BaseForm | None = None,
    turning_off: BaseForm | None = None,
    renewing: BaseForm | None = None,
) -> str:
    account = current_account()
    if factor_actions.is_on(account):
        return render_template(
            "accounts/organiser/factor_on.html",
            account=account,
            left=factor_queries.recovery_codes_left(account),
            off_form=turning_off or OwnPasswordForm(formdata=None),
            codes_form=renewing or NewCodesForm(formdata=None),
            failed=turning_off or renewing,
            rail="account",
        )
    secret = factor_actions.candidate_secret(account)
    uri = enrolment_uri(secret, email=account.email, issuer=current_membership().host.name)
    return render_template(
        "accounts/organiser/factor_off.html",
        form=turning_on or TurnOnForm(formdata=None),
        qr=qr_code(uri),
        secret=spaced(secret),
        rail="account",
    )
